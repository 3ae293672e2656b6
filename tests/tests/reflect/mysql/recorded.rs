//! The rows that were recorded for the tests of migrate-core are those that the server answers.

use std::fs;
use std::path::Path;

use migrate_core::dialect::Scope;
use migrate_core::sqlx::{AssertSqlSafe, Connection, Executor, MySqlConnection, Row, ValueRef, raw_sql};
use migrate_tests::TestDatabase;
use migrate_tests::recorded::{answers, written};

use super::mysql;
use crate::compared::same;

/// The rows that a server answers, as a file: a line for each, `#` between the answers, in the form of `COPY`.
async fn recorded(connection: &mut MySqlConnection, scope: &Scope) -> String {
    let mut file = String::new();
    for query in mysql().catalog(scope).unwrap() {
        file.push_str("#\n");
        for row in connection.fetch_all(raw_sql(AssertSqlSafe(query))).await.unwrap() {
            let values = (0..row.len()).map(|index| {
                let value = row.try_get_raw(index).unwrap();
                let text = (!value.is_null()).then(|| row.try_get_unchecked::<Vec<u8>, _>(index).unwrap());
                let text = text.map(|text| String::from_utf8(text).unwrap());
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
#[ignore = "needs MariaDB: run by cargo xtask test"]
async fn the_recorded_rows_are_read_as_those_of_this_server() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrate-core/tests/recorded");
    let database = TestDatabase::mysql().await;
    database
        .execute(&fs::read_to_string(folder.join("mariadb.sql")).unwrap())
        .await;
    let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
    let name = database.url().rsplit('/').next().unwrap();
    let rows = recorded(&mut connection, &Scope::Current)
        .await
        .replace(name, "shop");
    let file = folder.join("mariadb.rows");
    if std::env::var_os("MIGRATE_TEST_RECORD").is_some() {
        fs::write(&file, &rows).unwrap();
    }
    let read = |rows: &str| mysql().read(&answers(rows)).unwrap();
    let (recorded, now) = (read(&fs::read_to_string(file).unwrap()), read(&rows));
    same(
        &mysql().normal(&now.metadata),
        &mysql().normal(&recorded.metadata),
    );
    assert_eq!(now.notes, recorded.notes);
}
