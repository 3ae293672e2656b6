//! A proxy before a PostgreSQL server that counts round trips, and can swallow the answer to a COMMIT.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::TestDatabase;

/// Counts the answers that end with `ReadyForQuery`: each is one message of a client, answered.
#[derive(Debug)]
pub struct Proxy {
    url: String,
    answers: Arc<AtomicU64>,
}

impl Proxy {
    /// Stands before a database's server.
    ///
    /// # Panics
    /// When it cannot listen, or the database is none of PostgreSQL.
    pub async fn before(database: &TestDatabase) -> Self {
        Self::swallowing(database, u64::MAX).await
    }

    /// Stands before a database's server, and cuts a connection instead of passing on the answer to this COMMIT,
    /// counted from 1 over all connections.
    ///
    /// # Panics
    /// As [`before`](Self::before).
    pub async fn swallowing(database: &TestDatabase, commit: u64) -> Self {
        let (server, name) = database.url().rsplit_once('/').unwrap();
        let (login, address) = server.rsplit_once('@').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let answers = Arc::new(AtomicU64::new(0));
        tokio::spawn(serve(listener, address.to_owned(), Arc::clone(&answers), commit));
        Self {
            url: format!("{login}@127.0.0.1:{port}/{name}?sslmode=disable"),
            answers,
        }
    }

    /// The database's URL through the proxy.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How many round trips there have been.
    #[must_use]
    pub fn round_trips(&self) -> u64 {
        self.answers.load(Ordering::SeqCst)
    }
}

async fn serve(listener: TcpListener, address: String, answers: Arc<AtomicU64>, swallowed: u64) {
    let commits = Arc::new(AtomicU64::new(0));
    while let Ok((client, _)) = listener.accept().await {
        let server = TcpStream::connect(&address).await.unwrap();
        client.set_nodelay(true).unwrap();
        server.set_nodelay(true).unwrap();
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
        let (answers, commits) = (Arc::clone(&answers), Arc::clone(&commits));
        tokio::spawn(async move {
            // A message is a byte of kind, and a length that counts itself but not the kind.
            let mut head = [0; 5];
            while from_server.read_exact(&mut head).await.is_ok() {
                let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
                let mut message = head.to_vec();
                message.resize(1 + length as usize, 0);
                from_server.read_exact(&mut message[5..]).await.unwrap();
                let committed = message[5..] == *b"COMMIT\0";
                if committed && commits.fetch_add(1, Ordering::SeqCst) + 1 == swallowed {
                    return;
                }
                if head[0] == b'Z' {
                    answers.fetch_add(1, Ordering::SeqCst);
                }
                to_client.write_all(&message).await.unwrap();
            }
        });
    }
}
