//! One request at a time, for what is not under load.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: String,
}

/// GETs a path from this machine.
pub fn get(port: u16, path: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    // Version 1.0 asks for a body that is not cut into chunks and ends with the connection.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").context("no end of the headers")?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
    Ok(Answer { status, body: body.to_owned() })
}

/// The body of a page that must be there.
pub fn body(port: u16, path: &str) -> Result<String> {
    let answer = get(port, path)?;
    if answer.status != 200 {
        bail!("GET {path} answered {}: {}", answer.status, answer.body);
    }
    Ok(answer.body)
}
