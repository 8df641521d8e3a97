//! Tells systemd how the service does: the text protocol of `sd_notify(3)` over a datagram socket.

use std::ffi::OsStr;
use std::io;
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn ready() {
    tell("READY=1");
}

pub fn stopping() {
    tell("STOPPING=1");
}

/// Says "still alive" twice as often as systemd asks for, when it asks.
pub fn watchdog() -> JoinHandle<()> {
    let wanted =
        std::env::var("WATCHDOG_USEC").ok().and_then(|text| text.parse().ok()).filter(|wanted| *wanted > 0);
    tokio::spawn(async move {
        let Some(wanted) = wanted else { return };
        let mut ticks = tokio::time::interval(Duration::from_micros(wanted) / 2);
        loop {
            ticks.tick().await;
            tell("WATCHDOG=1");
        }
    })
}

fn tell(state: &str) {
    if let Some(socket) = std::env::var_os("NOTIFY_SOCKET")
        && let Err(error) = send(&socket, state)
    {
        tracing::warn!(%error, "cannot tell systemd {state}");
    }
}

fn send(socket: &OsStr, state: &str) -> io::Result<()> {
    let address = match socket.as_bytes().strip_prefix(b"@") {
        Some(name) => SocketAddr::from_abstract_name(name)?,
        None => SocketAddr::from_pathname(socket)?,
    };
    UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_arrives_at_a_path_and_at_an_abstract_name() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("notify");
        let name = format!("nameplate-test-{}", std::process::id());
        let at_path = UnixDatagram::bind(&path).unwrap();
        let at_name = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        for (socket, receiver) in [(path.into_os_string(), at_path), (format!("@{name}").into(), at_name)] {
            send(&socket, "READY=1").unwrap();
            let mut buffer = [0; 64];
            let length = receiver.recv(&mut buffer).unwrap();
            assert_eq!(&buffer[..length], b"READY=1");
        }
    }
}
