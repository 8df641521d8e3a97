//! Opens the sockets.

use anyhow::{Context as _, Result, bail};
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::net::TcpListener;

/// Connections that may wait to be accepted.
const BACKLOG: i32 = 1_024;

/// Listens on every address.
///
/// # Errors
/// When one of them cannot be had, naming it.
pub fn all(addresses: &[SocketAddr]) -> Result<Vec<TcpListener>> {
    let open = |address: &SocketAddr| one(*address).with_context(|| format!("cannot listen on {address}"));
    addresses.iter().map(open).collect()
}

/// Listens on both loopback addresses with one port, so that `localhost` answers whichever the browser takes first;
/// on 127.0.0.1 alone where the machine has no IPv6. Port 0 takes a free one. Returns the port too.
///
/// # Errors
/// When the port is taken.
pub fn loopback(port: u16) -> Result<(Vec<TcpListener>, u16)> {
    // With port 0 the port that is free for IPv4 may be taken for IPv6.
    for _ in 0..16 {
        let v4 = one((Ipv4Addr::LOCALHOST, port).into())
            .with_context(|| format!("cannot listen on 127.0.0.1:{port}"))?;
        let chosen = v4.local_addr()?.port();
        match one((Ipv6Addr::LOCALHOST, chosen).into()) {
            Ok(v6) => return Ok((vec![v4, v6], chosen)),
            Err(error) if error.kind() == ErrorKind::AddrInUse && port == 0 => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                return Err(error).with_context(|| format!("cannot listen on [::1]:{port}"));
            }
            Err(_) => return Ok((vec![v4], chosen)),
        }
    }
    bail!("found no port that is free on 127.0.0.1 and ::1")
}

fn one(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if address.is_ipv6() {
        // So that 0.0.0.0 and [::] can be named side by side.
        socket.set_only_v6(true)?;
    }
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    TcpListener::from_std(socket.into())
}
