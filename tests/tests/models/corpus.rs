//! The models that this test made, compiled.
#![expect(
    unreachable_pub,
    dead_code,
    reason = "made for a library, and rows that nobody reads"
)]

pub(crate) mod sqlite {
    use migrate_core::model::Model;
    include!("corpus/sqlite.in");
}

pub(crate) mod postgres {
    use migrate_core::model::Model;
    include!("corpus/postgres.in");
}

pub(crate) mod mysql {
    use migrate_core::model::Model;
    include!("corpus/mysql.in");
}
