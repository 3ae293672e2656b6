//! The id of a new revision.
//!
//! It is random, and not looked up: that it is taken is found out with all that is wrong with a new revision.

use uuid::Uuid;

/// Twelve random hexadecimal digits, as Alembic makes them.
pub(crate) fn random() -> String {
    let mut digits = Uuid::new_v4().simple().to_string();
    digits.split_off(20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_twelve_hexadecimal_digits_and_never_the_same() {
        let ids = [random(), random()];
        for id in &ids {
            assert_eq!(id.len(), 12);
            assert!(id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        }
        assert_ne!(ids[0], ids[1]);
    }
}
