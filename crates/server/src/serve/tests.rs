//! Raw sockets against the running server. The clock is paused: time passes only while everybody waits.

use super::*;
use axum::body::{Body, Bytes};
use axum::extract::Extension;
use axum::routing::{get, post};
use nameplate_web::layers::{self, LayerConfig, body::BodyLimits};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

fn options() -> Options {
    let seconds = Duration::from_secs;
    Options {
        time_outs: TimeOuts {
            header: seconds(15),
            header_proxy: seconds(75),
            write_stall: seconds(15),
            drain: seconds(10),
        },
        max_connections: 100,
        max_per_net: None,
        trusted_proxies: Vec::new(),
    }
}

fn routes() -> Router {
    let endless = || async {
        let parts = futures::stream::repeat_with(|| Ok::<_, io::Error>(Bytes::from_static(&[b'a'; 16_000])));
        Body::from_stream(parts)
    };
    Router::new()
        .route("/", get(|Extension(peer): Extension<Peer>| async move { peer.0.ip().to_string() }))
        .route("/echo", post(|body: Bytes| async move { body }))
        .route("/endless", get(endless))
}

fn layered() -> Router {
    let config = LayerConfig {
        public_origin: "http://localhost".to_owned(),
        trusted_proxies: Vec::new(),
        session_cookie: "session",
        form_token_key: [0; 32],
        fresh_request_id: Arc::new(|| "fresh-001".to_owned()),
        rates: None,
        refusal_page: Arc::new(|refusal, _, _| refusal.code().to_owned()),
        bodies: BodyLimits::default(),
        max_in_flight: 100,
    };
    layers::apply(routes(), config)
}

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<Drained>,
}

fn start(app: Router, options: Options) -> Running {
    let listeners = listen::all(&["127.0.0.1:0".parse().unwrap()]).unwrap();
    let address = listeners[0].local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let stopped = async {
        let _ = stopped.await;
    };
    Running { address, stop, server: tokio::spawn(run(listeners, app, options, stopped)) }
}

/// Sends the bytes, then reads until the server closes; says what came and after how many seconds it closed.
async fn talk(address: SocketAddr, bytes: &[u8]) -> (String, u64) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let started = Instant::now();
    // The server may have answered and closed before it was told everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    (String::from_utf8_lossy(&answer).into_owned(), started.elapsed().as_secs())
}

async fn first_line(address: SocketAddr, bytes: &[u8]) -> String {
    let (answer, _) = talk(address, bytes).await;
    answer.lines().next().unwrap_or("closed").to_owned()
}

/// The head of an answer, byte by byte, so that the connection can be used further.
async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

#[tokio::test(start_paused = true)]
async fn sec_f27_silent_half_and_idle_connections_are_closed() {
    let server = start(routes(), options());
    assert_eq!(talk(server.address, b"").await, (String::new(), 15), "silent");
    let (_, after) = talk(server.address, b"GET / HTTP/1.1\r\nHost: a\r\nX-Half: ").await;
    assert_eq!(after, 15, "half a header");
    let (answer, after) = talk(server.address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("127.0.0.1"), "{answer}");
    assert_eq!(after, 15, "idle after an answer");
    let preface = first_line(server.address, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    assert!(preface == "closed" || preface.starts_with("HTTP/1.1 4"), "HTTP/2 is not spoken: {preface}");
}

#[tokio::test(start_paused = true)]
async fn sec_p3_a_trusted_proxy_may_stay_idle_longer() {
    let trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    let server = start(routes(), Options { trusted_proxies, ..options() });
    assert_eq!(talk(server.address, b"").await.1, 75);
}

#[tokio::test(start_paused = true)]
async fn sec_f27_slow_bodies_are_closed() {
    let server = start(layered(), options());
    let head =
        b"POST /echo HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 9\r\n\r\nhalf";
    let (answer, after) = talk(server.address, head).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert_eq!(after, 10);
}

#[tokio::test(start_paused = true)]
async fn sec_f27_a_client_that_does_not_read_is_closed() {
    let server = start(routes(), options());
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET /endless HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    read_head(&mut stream).await;
    let started = Instant::now();
    server.stop.send(()).unwrap();
    // Draining waits for the answer, which never ends: only the stall can end it before the drain time does.
    assert_eq!(server.server.await.unwrap(), Drained::Cut);
    assert_eq!(started.elapsed().as_secs(), 10);

    let patient =
        Options { time_outs: TimeOuts { drain: Duration::from_mins(1), ..options().time_outs }, ..options() };
    let server = start(routes(), patient);
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET /endless HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    read_head(&mut stream).await;
    let started = Instant::now();
    server.stop.send(()).unwrap();
    assert_eq!(server.server.await.unwrap(), Drained::Whole);
    assert_eq!(started.elapsed().as_secs(), 15);
}

#[tokio::test(start_paused = true)]
async fn sec_f28_malformed_and_oversized_heads_are_refused() {
    let server = start(layered(), options());
    let ask = async |head: String| first_line(server.address, head.as_bytes()).await;
    let many = "X-Header: 1\r\n".repeat(101);
    assert_eq!(
        ask(format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n")).await,
        "HTTP/1.1 431 Request Header Fields Too Large"
    );
    let long = "a".repeat(1_000_000);
    let answer = ask(format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 431") || answer == "closed", "{answer}");
    let middling = "a".repeat(9_000);
    assert_eq!(
        ask(format!("GET /{middling} HTTP/1.1\r\nHost: a\r\n\r\n")).await,
        "HTTP/1.1 414 URI Too Long"
    );
    let two = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab";
    assert_eq!(ask(two.to_owned()).await, "HTTP/1.1 400 Bad Request");
}

#[tokio::test(start_paused = true)]
async fn sec_c16_a_length_and_chunks_are_answered_once_and_closed() {
    let server = start(layered(), options());
    let smuggled = b"POST /echo HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 6\r\n\
        Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n";
    let (answer, after) = talk(server.address, smuggled).await;
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    assert_eq!(after, 0, "closed at once");
}

#[tokio::test(start_paused = true)]
async fn sec_f28_an_oversized_body_is_refused_before_it_is_read() {
    let server = start(layered(), options());
    let head =
        b"POST /echo HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 999999999\r\n\r\n";
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(head).await.unwrap();
    let head = read_head(&mut stream).await;
    assert!(head.starts_with("HTTP/1.1 413"), "{head}");
    assert!(head.contains("content-security-policy"), "{head}");
}

#[tokio::test(start_paused = true)]
async fn sec_p3_connections_are_capped_in_all_and_per_client() {
    let server = start(routes(), Options { max_per_net: Some(2), ..options() });
    let held = [
        TcpStream::connect(server.address).await.unwrap(),
        TcpStream::connect(server.address).await.unwrap(),
    ];
    let hello = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    assert_eq!(
        talk(server.address, hello).await,
        (String::new(), 0),
        "the third of a client is closed at once"
    );
    drop(held);

    let server = start(routes(), Options { max_connections: 1, ..options() });
    let mut held = TcpStream::connect(server.address).await.unwrap();
    held.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    read_head(&mut held).await;
    let (answer, after) = talk(server.address, hello).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(after, 15, "it waited until the idle one was closed");
}

#[tokio::test(start_paused = true)]
async fn sec_d16_requests_in_work_are_finished_and_new_ones_refused() {
    let (entered, gate) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (says, waits) = (Arc::clone(&entered), Arc::clone(&gate));
    let slow = move || async move {
        says.notify_one();
        waits.notified().await;
        "done"
    };
    let server = start(routes().route("/slow", get(slow)), options());
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    read_head(&mut idle).await;
    let request = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";
    let asking = tokio::spawn(async move { talk(server.address, request).await });
    entered.notified().await;
    server.stop.send(()).unwrap();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody listens any more");
    gate.notify_one();
    let (answer, after) = asking.await.unwrap();
    assert!(answer.ends_with("done") && answer.contains("connection: close"), "{answer}");
    assert_eq!(after, 0);
    assert_eq!(server.server.await.unwrap(), Drained::Whole);
}

#[tokio::test]
async fn the_demo_listens_on_both_loopback_addresses_with_one_port() {
    let (listeners, port) = listen::loopback(0).unwrap();
    assert_ne!(port, 0);
    let addresses: Vec<String> = listeners.iter().map(|l| l.local_addr().unwrap().to_string()).collect();
    assert_eq!(addresses[0], format!("127.0.0.1:{port}"));
    // A machine without IPv6 has the first alone.
    assert!(addresses.get(1).is_none_or(|second| *second == format!("[::1]:{port}")), "{addresses:?}");
    assert!(listen::loopback(port).is_err(), "a port that is taken is refused");
}

#[test]
fn sec_f42_only_exhaustion_makes_the_server_pause() {
    for (code, pauses) in [(24, true), (23, true), (12, true), (105, true), (103, false), (104, false)] {
        assert_eq!(is_exhausted(&io::Error::from_raw_os_error(code)), pauses, "{code}");
    }
}
