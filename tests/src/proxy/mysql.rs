//! The packets of a MySQL or MariaDB server, as it answers the statements that sqlx sends unprepared.
//!
//! What a prepared statement is answered with is not known here, nor a packet of 16 megabytes.
//! <https://mariadb.com/kb/en/clientserver-protocol/>

use std::io;

use tokio::io::AsyncReadExt;
use tokio::net::tcp::OwnedReadHalf;

use super::Message;

const OK: u8 = 0x00;
const END: u8 = 0xfe;
const ERROR: u8 = 0xff;

/// Another answer follows: the client sent several statements.
const MORE: u16 = 0x0008;

/// What the next packet belongs to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Expected {
    /// The greeting, and what is said until the client is let in.
    #[default]
    Login,
    /// The beginning of an answer.
    Answer,
    /// The columns of an answer, so many of them, and then its rows.
    Columns(usize),
    /// The rows of an answer.
    Rows,
}

impl Expected {
    /// Reads one packet: a length of three bytes, a number, and so many bytes.
    pub(super) async fn read(&mut self, server: &mut OwnedReadHalf) -> io::Result<Message> {
        let mut head = [0; 4];
        server.read_exact(&mut head).await?;
        let length = u32::from_le_bytes([head[0], head[1], head[2], 0]);
        let mut bytes = head.to_vec();
        bytes.resize(4 + length as usize, 0);
        server.read_exact(&mut bytes[4..]).await?;
        let ends = self.ended_by(&bytes[4..]);
        // Not told here: the answer to a COMMIT is like any other.
        let commits = false;
        Ok(Message { bytes, ends, commits })
    }

    /// Goes on after this packet; whether an answer ends with it.
    fn ended_by(&mut self, packet: &[u8]) -> bool {
        let kind = packet.first().copied().unwrap_or(ERROR);
        let ends = match (*self, kind) {
            (_, ERROR) => true,
            (Self::Login, OK) => true,
            (Self::Login, _) => return false,
            (Self::Answer, OK) | (Self::Rows, END) => status(packet) & MORE == 0,
            (Self::Answer, columns) => {
                *self = Self::Columns(columns.into());
                return false;
            }
            (Self::Columns(1), _) => {
                *self = Self::Rows;
                return false;
            }
            (Self::Columns(more), _) => {
                *self = Self::Columns(more - 1);
                return false;
            }
            (Self::Rows, _) => return false,
        };
        *self = Self::Answer;
        ends
    }
}

/// The flags that follow two numbers, each of a length of its own.
fn status(packet: &[u8]) -> u16 {
    let after = |at: usize| {
        let length = match packet[at] {
            0xfc => 3,
            0xfd => 4,
            0xfe => 9,
            _ => 1,
        };
        at + length
    };
    let at = after(after(1));
    u16::from_le_bytes([packet[at], packet[at + 1]])
}
