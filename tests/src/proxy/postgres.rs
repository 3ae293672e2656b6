//! The messages of a PostgreSQL server.

use std::io;

use tokio::io::AsyncReadExt;
use tokio::net::tcp::OwnedReadHalf;

use super::Message;

/// Reads one: a byte of kind, and a length that counts itself but not the kind. `ReadyForQuery` ends an answer.
pub(super) async fn read(server: &mut OwnedReadHalf) -> io::Result<Message> {
    let mut head = [0; 5];
    server.read_exact(&mut head).await?;
    let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
    let mut bytes = head.to_vec();
    bytes.resize(1 + length as usize, 0);
    server.read_exact(&mut bytes[5..]).await?;
    Ok(Message {
        commits: bytes[5..] == *b"COMMIT\0",
        ends: head[0] == b'Z',
        bytes,
    })
}
