//! The migrations' own tests, by the testing kit, on each of the three databases.

migrate_core::testing::migration_tests!(existing_schema::migrations::migrator());

mod on_postgresql {
    migrate_core::testing::migration_tests!(
        existing_schema::migrations::migrator(),
        on = std::env::var("MIGRATE_TEST_POSTGRES").expect("it names a server"),
        ignore = "needs PostgreSQL: run by cargo xtask test"
    );
}

mod on_mariadb {
    migrate_core::testing::migration_tests!(
        existing_schema::migrations::migrator(),
        on = std::env::var("MIGRATE_TEST_MYSQL").expect("it names a server"),
        ignore = "needs MariaDB: run by cargo xtask test"
    );
}
