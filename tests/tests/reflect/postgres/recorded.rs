//! The rows that were recorded for the tests of migrate-core are those that the server answers.

use std::fs;
use std::path::Path;

use migrate_core::dialect::Scope;
use migrate_core::sqlx::{AssertSqlSafe, Connection, PgConnection, Row, ValueRef, raw_sql};
use migrate_tests::TestDatabase;
use migrate_tests::recorded::{answers, written};

use super::postgres;
use crate::compared::same;

/// The rows that a server answers, as a file: a line for each, `#` between the answers, in the form of `COPY`.
async fn recorded(connection: &mut PgConnection, scope: &Scope) -> String {
    let mut file = String::new();
    for query in postgres().catalog(scope).unwrap() {
        file.push_str("#\n");
        for row in raw_sql(AssertSqlSafe(query))
            .fetch_all(&mut *connection)
            .await
            .unwrap()
        {
            let values = (0..row.len()).map(|index| {
                let value = row.try_get_raw(index).unwrap();
                let text = (!value.is_null()).then(|| value.as_str().unwrap().to_owned());
                written(text.as_deref())
            });
            file.push_str(&values.collect::<Vec<_>>().join("\t"));
            file.push('\n');
        }
    }
    file
}

/// With `MIGRATE_TEST_RECORD` the file is written instead.
#[tokio::test]
#[ignore = "needs PostgreSQL: run by cargo xtask test"]
async fn the_recorded_rows_are_read_as_those_of_this_server() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrate-core/tests/recorded");
    let database = TestDatabase::postgres().await;
    database
        .execute(&fs::read_to_string(folder.join("postgres.sql")).unwrap())
        .await;
    let scope = Scope::Schemas(vec!["public".into(), "auth".into()]);
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    let rows = recorded(&mut connection, &scope).await;
    let file = folder.join("postgres.rows");
    if std::env::var_os("MIGRATE_TEST_RECORD").is_some() {
        fs::write(&file, &rows).unwrap();
    }
    // Other versions spell some expressions otherwise, and `normal` makes up for it.
    let read = |rows: &str| postgres().read(&answers(rows)).unwrap();
    let (recorded, now) = (read(&fs::read_to_string(file).unwrap()), read(&rows));
    same(
        &postgres().normal(&now.metadata),
        &postgres().normal(&recorded.metadata),
    );
    assert_eq!(now.notes, recorded.notes);
}
