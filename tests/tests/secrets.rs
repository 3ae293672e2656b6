//! What an application logs of this library holds no password.

use std::error::Error as _;

use migrate_core::{Database, Error};
use migrate_tests::migrations::{migration, migrator};

/// Everything that an error says, to whoever asks.
fn all(error: &Error) -> String {
    let chain = std::iter::successors(error.source(), |error| (*error).source());
    let chain: Vec<String> = chain.map(|error| format!("{error} {error:?}")).collect();
    format!("{error} {error:?} {error:#?} {chain:?}")
}

#[tokio::test]
async fn neither_errors_nor_values_show_the_password_of_a_url() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let migrator = migrator(vec![migration("a1", &[], |_| Ok(()), |_| Ok(()))]);
    for url in [
        format!("postgres://me:s3cr3t%40rd@127.0.0.1:{port}/app"),
        format!("postgres://127.0.0.1:{port}/app?user=me&password=s3cr3t%40rd"),
        format!("postgres://me:s3cr3t%FF@127.0.0.1:{port}/app"),
        "postgres://me:s3cr3t/rd@127.0.0.1/app".to_owned(),
        "postgres://me:s3cr3t@no host/app".to_owned(),
        "postgres://me:s3cr3t@127.0.0.1:99999/app".to_owned(),
        "postgres://me@127.0.0.1/app?password=s3cr3t&sslmode=nonsense".to_owned(),
        format!("mysql://me:s3cr3t%40rd@127.0.0.1:{port}/app"),
        format!("mariadb+pymysql://me:s3cr3t%40rd@127.0.0.1:{port}/app"),
        format!("mysql://me:s3cr3t%FF@127.0.0.1:{port}/app"),
        "mysql://me:s3cr3t/rd@127.0.0.1/app".to_owned(),
        "mysql://me:s3cr3t@no host/app".to_owned(),
        "mysql://me:s3cr3t@127.0.0.1:99999/app".to_owned(),
        "mysql://me:s3cr3t@127.0.0.1/app?ssl-mode=nonsense".to_owned(),
        "oracle://me:s3cr3t@127.0.0.1/app".to_owned(),
        "sqlite://me:s3cr3t@no/such/folder.db".to_owned(),
    ] {
        assert_eq!(format!("{:?}", Database::from(&url)), "Database(url)");
        for error in [
            migrator.upgrade(&url, "head").await.unwrap_err(),
            migrator.rows(&url).await.err().unwrap_or(Error::InTransaction),
        ] {
            let said = all(&error);
            assert!(
                !said.contains("s3cr3t") && !said.contains("40rd"),
                "{url}: {said}"
            );
        }
        assert!(!format!("{migrator:?}").contains("s3cr3t"));
    }
}
