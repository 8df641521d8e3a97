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
    // Version 1.0 asks for a body that is not cut into chunks and ends with the connection.
    send(port, &format!("GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n"))
}

/// POSTs as a page or, with a token, as a program of this machine would.
pub fn post(port: u16, path: &str, kind: &str, token: &str, body: &str) -> Result<Answer> {
    let by = if token.is_empty() {
        "Sec-Fetch-Site: same-origin".to_owned()
    } else {
        format!("Authorization: Bearer {token}")
    };
    let length = body.len();
    send(
        port,
        &format!(
            "POST {path} HTTP/1.0\r\nHost: localhost:{port}\r\n{by}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
        ),
    )
}

fn send(port: u16, request: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(request.as_bytes())?;
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
