//! Serves a router over HTTP/1.1 with every time-out that hyper, left alone, does not set.

mod connection;
pub mod listen;
mod net_cap;
mod notify;
mod signal;
mod site;
mod stall;
#[cfg(test)]
mod tests;

pub use site::Site;

use crate::config::Config;
use axum::Router;
use ipnet::IpNet;
use nameplate_web::layers::Peer;
use net_cap::NetCap;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

/// How long a connection may take for what; table P3 of the security policy.
#[derive(Debug, Clone, Copy)]
pub struct TimeOuts {
    /// For the first byte, the headers and between requests.
    pub header: Duration,
    /// The same for a trusted proxy: longer than the proxy keeps idle connections itself, or it answers 502.
    pub header_proxy: Duration,
    /// Without the client taking any byte of an answer.
    pub write_stall: Duration,
    /// For requests in work when the server stops.
    pub drain: Duration,
}

/// What the server needs besides the routes.
#[derive(Debug, Clone)]
pub struct Options {
    /// See [`TimeOuts`].
    pub time_outs: TimeOuts,
    /// Connections in all; further ones wait in the system's queue.
    pub max_connections: usize,
    /// Connections of one client that is no proxy; `None` when `limits.enabled` is false.
    pub max_per_net: Option<usize>,
    /// Networks whose connections belong to many clients.
    pub trusted_proxies: Vec<IpNet>,
}

impl Options {
    /// The policy's numbers with what the configuration says.
    pub fn new(config: &Config) -> Self {
        Self {
            time_outs: TimeOuts {
                header: Duration::from_secs(15),
                header_proxy: Duration::from_secs(75),
                write_stall: Duration::from_secs(15),
                drain: Duration::from_secs(10),
            },
            max_connections: 1_024,
            max_per_net: config.limits.enabled.then_some(64),
            trusted_proxies: config.trusted_proxies.clone(),
        }
    }
}

/// Serves until the process is told to stop, and tells systemd about it.
///
/// # Errors
/// When a signal handler cannot be installed.
pub async fn until_signal(listeners: Vec<TcpListener>, app: Router, options: Options) -> io::Result<()> {
    let stop = signal::stop()?;
    notify::ready();
    let watchdog = notify::watchdog();
    let stop = async {
        stop.await;
        notify::stopping();
    };
    if run(listeners, app, options, stop).await == Drained::Cut {
        tracing::warn!("requests were still in work after the drain time and were cut");
    }
    watchdog.abort();
    Ok(())
}

/// How the last connections ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// All by themselves.
    Whole,
    /// Some were cut after the drain time.
    Cut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Serving,
    Draining,
    Cut,
}

struct Shared {
    app: Router,
    options: Options,
    connections: Arc<Semaphore>,
    nets: NetCap,
    phase: watch::Sender<Phase>,
}

/// Serves until `stop` completes, then lets requests in work finish for the drain time (D16).
pub async fn run(
    listeners: Vec<TcpListener>,
    app: Router,
    options: Options,
    stop: impl Future<Output = ()>,
) -> Drained {
    let shared = Arc::new(Shared {
        app,
        connections: Arc::new(Semaphore::new(options.max_connections)),
        nets: NetCap::new(options.max_per_net),
        phase: watch::Sender::new(Phase::Serving),
        options,
    });
    let mut accepting = JoinSet::new();
    for listener in listeners {
        accepting.spawn(accept(listener, Arc::clone(&shared)));
    }
    stop.await;
    accepting.shutdown().await;
    shared.phase.send_replace(Phase::Draining);
    let drained = tokio::time::timeout(shared.options.time_outs.drain, shared.phase.closed()).await;
    shared.phase.send_replace(Phase::Cut);
    if drained.is_ok() { Drained::Whole } else { Drained::Cut }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok(permit) = Arc::clone(&shared.connections).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, peer)) => greet(stream, Peer(peer), permit, &shared),
            Err(error) if is_exhausted(&error) => {
                tracing::error!(%error, "cannot accept connections; trying again in a second");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            // The client went away before it was greeted.
            Err(_) => {}
        }
    }
}

fn greet(stream: TcpStream, peer: Peer, permit: OwnedSemaphorePermit, shared: &Arc<Shared>) {
    let options = &shared.options;
    let proxy = nameplate_web::layers::address::is_trusted(peer.0.ip(), &options.trusted_proxies);
    let place = if proxy { None } else { Some(shared.nets.enter(peer.0.ip())) };
    if matches!(place, Some(None)) {
        return;
    }
    let header = if proxy { options.time_outs.header_proxy } else { options.time_outs.header };
    let serving = connection::serve(stream, peer, header, options.time_outs.write_stall, shared.app.clone());
    let phase = shared.phase.subscribe();
    tokio::spawn(async move {
        serving.until(phase).await;
        drop((place, permit));
    });
}

/// No file descriptors or memory left: waiting helps, asking again at once does not (F42).
fn is_exhausted(error: &io::Error) -> bool {
    const ENFILE: i32 = 23;
    const EMFILE: i32 = 24;
    const ENOMEM: i32 = 12;
    const ENOBUFS: i32 = 105;
    matches!(error.raw_os_error(), Some(ENFILE | EMFILE | ENOMEM | ENOBUFS))
}
