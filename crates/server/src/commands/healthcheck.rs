//! `nameplate healthcheck`: asks a running server over plain HTTP, so that an image needs no other program (C-05).

use crate::config::{Config, Sources};
use anyhow::{Context as _, Result, anyhow, bail};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::Duration;
use url::Url;

const PATIENCE: Duration = Duration::from_secs(3);

/// Succeeds when the server answers 200.
pub fn run(url: Option<String>, sources: &Sources) -> Result<()> {
    let url = match url {
        Some(url) => Url::parse(&url).context("--url is no address")?,
        None => default_url(&super::config::load(sources)?)?,
    };
    let status = ask(&url)?;
    if status == 200 {
        return Ok(());
    }
    bail!("{url} answered {status}")
}

fn default_url(config: &Config) -> Result<Url> {
    let first = config.listen.first().context("server.listen is empty")?;
    Ok(Url::parse(&format!("http://{}/readyz", reachable(*first)))?)
}

/// A server that listens everywhere is asked on loopback.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn ask(url: &Url) -> Result<u16> {
    if url.scheme() != "http" {
        bail!("the health check speaks plain http: ask the server itself, not the proxy");
    }
    let host = url.host_str().context("the address has no host")?;
    let port = url.port_or_known_default().unwrap_or(80);
    let bare = host.trim_matches(['[', ']']);
    let mut last = anyhow!("{host} has no address");
    for address in (bare, port).to_socket_addrs().with_context(|| format!("cannot resolve {host}"))? {
        match get(address, host, url.path()) {
            Ok(status) => return Ok(status),
            Err(error) => last = error.context(format!("no answer from {address}")),
        }
    }
    Err(last)
}

fn get(address: SocketAddr, host: &str, path: &str) -> Result<u16> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    let status =
        line.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).and_then(|code| code.parse().ok());
    status.ok_or_else(|| anyhow!("that is no HTTP server"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::thread::JoinHandle;

    /// Answers one request with this line; gives back what it was sent.
    fn answering(line: &'static str) -> (Url, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/readyz", listener.local_addr().unwrap()).parse().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while !request.ends_with("\r\n\r\n") {
                reader.read_line(&mut request).unwrap();
            }
            stream.write_all(line.as_bytes()).unwrap();
            request
        });
        (url, server)
    }

    #[test]
    fn c05_only_200_is_healthy() {
        for (line, healthy) in [
            ("HTTP/1.1 200 OK\r\n\r\n", true),
            ("HTTP/1.1 503 Service Unavailable\r\n\r\n", false),
            ("SSH-2.0-x\r\n", false),
            ("", false),
        ] {
            let (url, server) = answering(line);
            let asked = run(Some(url.to_string()), &Sources::default());
            assert_eq!(asked.is_ok(), healthy, "{line}: {asked:?}");
            assert!(server.join().unwrap().starts_with("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n"));
        }
    }

    #[test]
    fn a_server_that_is_not_there_or_speaks_tls_is_an_error() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(run(Some(format!("http://{free}/")), &Sources::default()).is_err());
        let tls = run(Some("https://localhost/".to_owned()), &Sources::default()).unwrap_err();
        assert!(tls.to_string().contains("plain http"), "{tls}");
    }

    #[test]
    fn without_an_address_the_first_listener_is_asked() {
        for (listen, expected) in
            [("0.0.0.0:1", "127.0.0.1:1"), ("[::]:2", "[::1]:2"), ("192.0.2.1:3", "192.0.2.1:3")]
        {
            assert_eq!(reachable(listen.parse().unwrap()).to_string(), expected);
        }
    }
}
