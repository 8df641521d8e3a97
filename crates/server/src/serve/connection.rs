//! One connection: HTTP/1.1 with a header timer, in the set-up that closes silent and idle connections.

use super::Phase;
use super::stall::StallGuard;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use nameplate_web::layers::Peer;
use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::ServiceExt as _;

/// Request line and headers together (P4); the request line alone is held to 8 KiB by a layer.
const MAX_HEAD: usize = 40 * 1024;
const MAX_HEADERS: usize = 100;

type Answer = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;
type Handler = Box<dyn Fn(Request<Incoming>) -> Answer + Send + Sync>;

pub struct Connection {
    io: TokioIo<StallGuard<TcpStream>>,
    header: Duration,
    handler: Handler,
}

pub fn serve(
    stream: TcpStream,
    peer: Peer,
    header: Duration,
    write_stall: Duration,
    app: Router,
) -> Connection {
    // Answers are written whole: waiting to fill packets only delays them.
    let _ = stream.set_nodelay(true);
    let handler: Handler = Box::new(move |request| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        Box::pin(app.clone().oneshot(request))
    });
    Connection { io: TokioIo::new(StallGuard::new(stream, write_stall)), header, handler }
}

impl Connection {
    /// Serves requests until the client is done or away, or the server stops.
    pub async fn until(self, mut phase: watch::Receiver<Phase>) {
        let service = service_fn(self.handler);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.header)
            .max_headers(MAX_HEADERS)
            .max_buf_size(MAX_HEAD)
            .serve_connection(self.io, service);
        let mut connection = pin!(connection);
        tokio::select! {
            // An error here is the client's: it left, was too slow or spoke no HTTP.
            _ = connection.as_mut() => return,
            () = reached(&mut phase, Phase::Draining) => connection.as_mut().graceful_shutdown(),
        }
        tokio::select! {
            _ = connection => {}
            () = reached(&mut phase, Phase::Cut) => {}
        }
    }
}

async fn reached(phase: &mut watch::Receiver<Phase>, wanted: Phase) {
    let _ = phase.wait_for(|phase| *phase == wanted || *phase == Phase::Cut).await;
}
