//! The nearest name to one that nobody has: "did you mean".
//!
//! This is for hints only: nothing is ever resolved to a name because it is near.

use alloc::vec::Vec;

/// The name that was probably meant: one that starts with `name`, if a single one does, else the one with the
/// fewest edits, if these are few. Of equally near names the first in `names` is taken.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let mut longer = names.clone().filter(|candidate| candidate.starts_with(name));
    if name.len() >= 3
        && let (Some(only), None) = (longer.next(), longer.next())
    {
        return Some(only);
    }
    let mut best = None;
    // Random ids differ in nearly every character, so a difference of two is a typing mistake.
    let mut limit = if name.len() > 4 { 2 } else { 1 };
    for candidate in names {
        if let Some(edits) = edits(name.as_bytes(), candidate.as_bytes(), limit) {
            if edits == 0 {
                return Some(candidate);
            }
            best = Some(candidate);
            limit = edits - 1;
            if limit == 0 {
                break;
            }
        }
    }
    best
}

/// The number of edits between two names (an insertion, a deletion, a substitution, or two neighbours
/// swapped), unless it is above `limit`.
fn edits(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut edits = (above[j] + usize::from(x != y))
                .min(above[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                edits = edits.min(before[j - 1] + 1);
            }
            row.push(edits);
        }
        if row.iter().all(|&edits| edits > limit) {
            return None;
        }
        before = core::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_mistake_and_an_abbreviation_find_the_name() {
        let names = ["1f3c5b7d9e2a", "0a2b4c6d8e1f", "cart", "users"];
        let near = |name| nearest(name, names.iter().copied());
        assert_eq!(near("1f3c5b7d9e2b"), Some("1f3c5b7d9e2a"));
        assert_eq!(near("1f3c5b7d92ea"), Some("1f3c5b7d9e2a"));
        assert_eq!(near("0a2b"), Some("0a2b4c6d8e1f"));
        assert_eq!(near("crat"), Some("cart"));
        assert_eq!(near("user"), Some("users"));
        assert_eq!(near("ffffffffffff"), None);
        assert_eq!(near("x"), None);
    }

    #[test]
    fn of_several_near_names_the_nearest_is_meant() {
        assert_eq!(
            nearest("abcdef", ["abcxyf", "abcdxf", "abcdex"].into_iter()),
            Some("abcdxf")
        );
    }
}
