//! A proxy before a server that counts round trips, and can cut connections where a test wants it.

mod mysql;
mod postgres;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use crate::TestDatabase;

/// Where a connection is cut, counted from 1 over all connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Nowhere.
    Never,
    /// Instead of passing on the answer to this COMMIT; on PostgreSQL alone.
    Commit(u64),
    /// Before this message reaches the server.
    Message(u64),
    /// Instead of passing on the end of the answer to this message: the server did what it says.
    Answer(u64),
}

/// Counts whole answers: each is one message of a client, answered.
#[derive(Debug)]
pub struct Proxy {
    url: String,
    count: Arc<Count>,
}

#[derive(Debug, Default)]
struct Count {
    answers: AtomicU64,
    commits: AtomicU64,
    cuts: AtomicU64,
}

impl Proxy {
    /// Stands before a database's server.
    ///
    /// # Panics
    /// When it cannot listen, or the database has no server.
    pub async fn before(database: &TestDatabase) -> Self {
        Self::cutting(database, Cut::Never).await
    }

    /// Stands before a database's server, and cuts one connection.
    ///
    /// # Panics
    /// As [`before`](Self::before).
    pub async fn cutting(database: &TestDatabase, cut: Cut) -> Self {
        let (server, name) = database.url().rsplit_once('/').unwrap();
        let (login, address) = server.rsplit_once('@').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let count = Arc::new(Count::default());
        let (wire, open) = if database.is_postgres() {
            (Wire::Postgres, "sslmode=disable")
        } else {
            (Wire::MySql(mysql::Expected::default()), "ssl-mode=disabled")
        };
        tokio::spawn(serve(listener, address.to_owned(), wire, Arc::clone(&count), cut));
        Self {
            url: format!("{login}@127.0.0.1:{port}/{name}?{open}"),
            count,
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
        self.count.answers.load(Ordering::SeqCst)
    }

    /// Whether it has cut a connection.
    #[must_use]
    pub fn has_cut(&self) -> bool {
        self.count.cuts.load(Ordering::SeqCst) > 0
    }
}

/// What a server says at once.
struct Message {
    bytes: Vec<u8>,
    /// Whether an answer ends with it.
    ends: bool,
    /// Whether it says that a transaction is committed.
    commits: bool,
}

/// The language of a server, and how far its answer got.
#[derive(Debug, Clone, Copy)]
enum Wire {
    Postgres,
    MySql(mysql::Expected),
}

impl Wire {
    async fn read(&mut self, server: &mut OwnedReadHalf) -> io::Result<Message> {
        match self {
            Self::Postgres => postgres::read(server).await,
            Self::MySql(expected) => expected.read(server).await,
        }
    }
}

async fn serve(listener: TcpListener, address: String, wire: Wire, count: Arc<Count>, cut: Cut) {
    while let Ok((client, _)) = listener.accept().await {
        let server = TcpStream::connect(&address).await.unwrap();
        client.set_nodelay(true).unwrap();
        server.set_nodelay(true).unwrap();
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        let counted = Arc::clone(&count);
        tokio::spawn(async move {
            // When one direction ends, so does the other, and with them both connections.
            tokio::select! {
                () = forward(from_client, to_server, &counted, cut) => {}
                () = answer(from_server, to_client, wire, &counted, cut) => {}
            }
        });
    }
}

/// What a client says: nothing, until all that it said before is answered.
async fn forward(mut client: OwnedReadHalf, mut server: OwnedWriteHalf, count: &Count, cut: Cut) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(length @ 1..) = client.read(&mut bytes).await {
        let message = count.answers.load(Ordering::SeqCst) + 1;
        if cut == Cut::Message(message) {
            count.cuts.fetch_add(1, Ordering::SeqCst);
            // Only once: the next connection's messages come after it.
            count.answers.fetch_add(1, Ordering::SeqCst);
            return;
        }
        if server.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}

async fn answer(
    mut server: OwnedReadHalf,
    mut client: OwnedWriteHalf,
    mut wire: Wire,
    count: &Count,
    cut: Cut,
) {
    while let Ok(message) = wire.read(&mut server).await {
        let commit = message
            .commits
            .then(|| count.commits.fetch_add(1, Ordering::SeqCst) + 1);
        let answered = message
            .ends
            .then(|| count.answers.fetch_add(1, Ordering::SeqCst) + 1);
        if commit.is_some_and(|commit| cut == Cut::Commit(commit))
            || answered.is_some_and(|answer| cut == Cut::Answer(answer))
        {
            count.cuts.fetch_add(1, Ordering::SeqCst);
            return;
        }
        if client.write_all(&message.bytes).await.is_err() {
            return;
        }
    }
}
