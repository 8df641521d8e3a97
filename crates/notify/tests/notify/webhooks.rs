//! Calls of webhooks, held against a verifier that we did not write and receivers that mean no good (`security.md` C13, D6, F23).

use jiff::Timestamp;
use nameplate_domain::ids::DeliveryId;
use nameplate_domain::webhooks::HookUrl;
use nameplate_notify::webhook::{Answer, Call, Courier, Failure, Guard, Lookup, Secret};
use nameplate_testkit::receiver::{Manner, Received, Receiver};
use nameplate_testkit::tools::python;
use serde_json::{Value, json};
use std::io;
use std::net::{IpAddr, TcpListener};
use std::path::Path;
use std::pin::Pin;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

const BODY: &str = r#"{"type":"agent.created","data":{"name":"Zoë \"Z\" Öz"}}"#;

fn secret(n: u8) -> Secret {
    Secret::new([n; 32])
}

fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

async fn call_with(guard: Guard, url: &str, secrets: &[Secret]) -> Answer {
    let courier = Courier::new(Arc::new(guard)).unwrap();
    let url = HookUrl::parse(url).unwrap();
    let id = DeliveryId::new(Uuid::from_u128(7));
    courier.call(&Call { url: &url, id, now: now(), body: BODY, secrets }).await
}

fn this_machine() -> Guard {
    Guard::allowing(["127.0.0.1"]).unwrap()
}

async fn call(url: &str) -> Answer {
    call_with(this_machine(), url, &[secret(1)]).await
}

fn failed(failure: Failure) -> Answer {
    Answer { status: None, failure: Some(failure) }
}

/// What the library of Standard Webhooks says of each request under a secret.
fn verified(requests: &[(&str, &Received)]) -> Vec<bool> {
    let requests: Vec<Value> = requests
        .iter()
        .map(|(secret, request)| {
            let headers: serde_json::Map<_, _> =
                request.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
            json!({"secret": secret, "headers": headers, "body": request.body, "now": now().as_second()})
        })
        .collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/verify_webhook.py");
    let mut child =
        Command::new(python()).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    serde_json::to_writer(child.stdin.take().unwrap(), &requests).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn sec_c13_a_library_of_others_takes_our_signatures_and_no_altered_byte() {
    let receiver = Receiver::start(Manner::Status(204));
    let answer = call_with(this_machine(), &receiver.url(), &[secret(1), secret(2)]).await;
    assert_eq!(answer, Answer { status: Some(204), failure: None });
    let request = receiver.next();
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("webhook-id"), DeliveryId::new(Uuid::from_u128(7)).to_string());
    assert_eq!(request.header("webhook-timestamp"), now().as_second().to_string());
    assert_eq!(request.body, BODY);
    let (one, two, three) = (secret(1).reveal(), secret(2).reveal(), secret(3).reveal());
    assert!(one.starts_with("whsec_"));
    let mut altered =
        vec![(one.as_str(), request.clone()), (&two, request.clone()), (&three, request.clone())];
    for at in [0, BODY.len() / 2, BODY.len() - 1] {
        let mut other = request.clone();
        let mut bytes = other.body.into_bytes();
        bytes[at] ^= 1;
        other.body = String::from_utf8_lossy(&bytes).into_owned();
        altered.push((&one, other));
    }
    for name in ["webhook-id", "webhook-timestamp"] {
        let mut other = request.clone();
        let header = other.headers.iter_mut().find(|(found, _)| found == name).unwrap();
        header.1 = header.1.replace('7', "8").replace("17", "18");
        assert_ne!(other.header(name), request.header(name));
        altered.push((&one, other));
    }
    let asked: Vec<_> = altered.iter().map(|(secret, request)| (*secret, request)).collect();
    assert_eq!(verified(&asked), [true, true, false, false, false, false, false, false]);
}

#[tokio::test]
async fn sec_f23_what_a_receiver_answers_is_told_as_it_is() {
    for (manner, expected) in [
        (Manner::Status(200), Answer { status: Some(200), failure: None }),
        (Manner::Status(404), Answer { status: Some(404), failure: Some(Failure::Refused) }),
        (Manner::Status(500), Answer { status: Some(500), failure: Some(Failure::Refused) }),
        (Manner::Reset, failed(Failure::NoConnection)),
        (Manner::Cut, failed(Failure::Unreadable)),
        (Manner::Headers, failed(Failure::Unreadable)),
        (Manner::Garbage, failed(Failure::Unreadable)),
    ] {
        let receiver = Receiver::start(manner.clone());
        assert_eq!(call(&receiver.url()).await, expected, "{manner:?}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(call(&format!("http://{closed}/")).await, failed(Failure::NoConnection));
}

#[tokio::test]
async fn sec_c13_ten_seconds_and_no_more_whether_a_receiver_hangs_or_drips() {
    let (hanging, dripping) = (Receiver::start(Manner::Hang), Receiver::start(Manner::Drip));
    let begun = Instant::now();
    let (hanging, dripping) = (hanging.url(), dripping.url());
    let answers = tokio::join!(call(&hanging), call(&dripping));
    assert_eq!(answers, (failed(Failure::TimedOut), failed(Failure::TimedOut)));
    let took = begun.elapsed();
    assert!(took >= Duration::from_secs(9) && took < Duration::from_secs(15), "{took:?}");
}

#[tokio::test]
async fn sec_c13_of_a_huge_body_little_is_taken() {
    let receiver = Receiver::start(Manner::Huge);
    let begun = Instant::now();
    assert_eq!(call(&receiver.url()).await, Answer { status: Some(200), failure: None });
    assert!(begun.elapsed() < Duration::from_secs(5));
    // What the system takes in before anybody reads it is no more than some megabytes.
    assert!(receiver.written() < 20_000_000, "{}", receiver.written());
}

#[tokio::test]
async fn sec_c13_nothing_is_called_that_may_not_be_called() {
    let inside = Receiver::start(Manner::Status(200));
    let port = inside.port();
    let private = failed(Failure::PrivateAddress);
    for host in
        ["127.0.0.1", "[::ffff:7f00:1]", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "127.1"]
    {
        let url = format!("https://{host}:{port}/");
        assert_eq!(call_with(Guard::default(), &url, &[secret(1)]).await, private, "{url}");
    }
    // By a redirect.
    let outside = Receiver::start(Manner::Redirect(inside.url()));
    let answer = call_with(this_machine(), &outside.url(), &[secret(1)]).await;
    assert_eq!(answer, Answer { status: Some(302), failure: Some(Failure::Refused) });
    assert_eq!(inside.connections(), 0, "seen at the socket");
}

/// A name server that says another thing each time it is asked.
struct Flipping {
    answers: Vec<Vec<&'static str>>,
    asked: Arc<AtomicUsize>,
}

impl Lookup for Flipping {
    fn addresses(&self, _: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        let n = self.asked.fetch_add(1, Ordering::SeqCst);
        let found = self.answers[n % self.answers.len()].iter().map(|ip| ip.parse().unwrap()).collect();
        Box::pin(async move { Ok(found) })
    }
}

#[tokio::test]
async fn sec_c13_a_name_is_looked_up_once_a_call_and_every_address_counts() {
    let inside = Receiver::start(Manner::Status(200));
    let url = format!("https://rebind.example.com:{}/", inside.port());
    let guarded = |answers: Vec<Vec<&'static str>>, asked: &Arc<AtomicUsize>| {
        Guard::default().looking_up(Flipping { answers, asked: Arc::clone(asked) })
    };
    // A public address beside a private one, in either order, and in the clothes of IPv6.
    for answers in [
        vec!["8.8.8.8", "127.0.0.1"],
        vec!["127.0.0.1", "8.8.8.8"],
        vec!["::1"],
        vec!["::ffff:127.0.0.1"],
        vec!["64:ff9b::7f00:1"],
        vec!["169.254.169.254"],
    ] {
        let asked = Arc::default();
        let answer = call_with(guarded(vec![answers.clone()], &asked), &url, &[secret(1)]).await;
        assert_eq!(answer, failed(Failure::PrivateAddress), "{answers:?}");
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }
    // First one that is judged well and where nobody is (RFC 5737), then home: the connection goes to what was judged.
    let (asked, nobody) = (Arc::default(), Guard::allowing(["192.0.2.0/24"]).unwrap());
    let answers = vec![vec!["192.0.2.1"], vec!["127.0.0.1"]];
    let flipping = nobody.looking_up(Flipping { answers, asked: Arc::clone(&asked) });
    let answer = call_with(flipping, &url, &[secret(1)]).await;
    assert!([failed(Failure::NoConnection), failed(Failure::TimedOut)].contains(&answer), "{answer:?}");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    let nowhere = call_with(guarded(vec![Vec::new()], &Arc::default()), &url, &[secret(1)]).await;
    assert_eq!(nowhere, failed(Failure::HostUnknown));
    assert_eq!(inside.connections(), 0, "seen at the socket");
}

/// A TLS server of openssl with a certificate of its own that is good for `name`.
fn tls_server(folder: &Path, name: &str) -> (std::process::Child, u16) {
    let (key, certificate) = (folder.join("key.pem"), folder.join("cert.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x", "-addext"])
        .arg(format!("subjectAltName={name}"))
        .args(["-keyout".as_ref(), key.as_os_str(), "-out".as_ref(), certificate.as_os_str()])
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(made.success());
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut server = Command::new("openssl")
        .args(["s_server", "-www", "-accept", &format!("127.0.0.1:{port}")])
        .args(["-key".as_ref(), key.as_os_str(), "-cert".as_ref(), certificate.as_os_str()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It says ACCEPT when it listens.
    let mut said = io::BufReader::new(server.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("ACCEPT") {
        line.clear();
        assert!(io::BufRead::read_line(&mut said, &mut line).unwrap() > 0, "openssl ended");
    }
    (server, port)
}

#[tokio::test]
async fn sec_d6_a_certificate_that_nobody_vouches_for_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, port) = tls_server(folder.path(), "IP:127.0.0.1");
    assert_eq!(call(&format!("https://127.0.0.1:{port}/")).await, failed(Failure::Certificate));
    server.kill().unwrap();
    server.wait().unwrap();
}
