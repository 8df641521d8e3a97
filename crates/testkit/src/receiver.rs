//! A receiver of webhooks on this machine, well-behaved or hostile.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver as Channel, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How a request is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manner {
    /// By this status and a short body.
    Status(u16),
    /// By a status that sends elsewhere.
    Redirect(String),
    /// Not at all: the connection stays open.
    Hang,
    /// By a reset, before the request was read.
    Reset,
    /// By half a head, and the end of the connection.
    Cut,
    /// By a thousand headers.
    Headers,
    /// By a body of a hundred megabytes.
    Huge,
    /// By a byte of the head a second.
    Drip,
    /// By what is no HTTP.
    Garbage,
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Received {
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Received {
    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }
}

/// The receiver; it ends with the process.
pub struct Receiver {
    address: SocketAddr,
    manner: Arc<Mutex<Manner>>,
    requests: Mutex<Channel<Received>>,
    connections: Arc<Mutex<usize>>,
    written: Arc<Mutex<usize>>,
}

impl Receiver {
    /// Listens on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test fails by panicking")]
    pub fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (keep, requests) = channel();
        let receiver = Self {
            address,
            manner: Arc::new(Mutex::new(manner)),
            requests: Mutex::new(requests),
            connections: Arc::default(),
            written: Arc::default(),
        };
        let (manner, connections) = (Arc::clone(&receiver.manner), Arc::clone(&receiver.connections));
        let written = Arc::clone(&receiver.written);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                *lock(&connections) += 1;
                let (manner, keep, written) = (Arc::clone(&manner), keep.clone(), Arc::clone(&written));
                std::thread::spawn(move || serve(stream, &manner, &keep, &written));
            }
        });
        receiver
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/hook?key=of-the-receiver", self.address)
    }

    /// Answers otherwise from now on.
    pub fn behave(&self, manner: Manner) {
        *lock(&self.manner) = manner;
    }

    /// The next request, which must come within half a minute.
    ///
    /// # Panics
    /// When none comes.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test fails by panicking")]
    pub fn next(&self) -> Received {
        lock(&self.requests).recv_timeout(Duration::from_secs(30)).expect("a request")
    }

    /// Those that came and were not taken yet.
    #[must_use]
    pub fn rest(&self) -> Vec<Received> {
        lock(&self.requests).try_iter().collect()
    }

    /// How many connections were made so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        *lock(&self.connections)
    }

    /// How many bytes of huge bodies went out, into the buffers of the system too.
    #[must_use]
    pub fn written(&self) -> usize {
        *lock(&self.written)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok().filter(|read| *read > 0)?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length")?.1.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Received { headers, body: String::from_utf8_lossy(&body).into_owned() })
}

fn serve(mut stream: TcpStream, manner: &Mutex<Manner>, keep: &Sender<Received>, written: &Mutex<usize>) {
    let manner = lock(manner).clone();
    if manner == Manner::Reset {
        // Closed with something unread, a connection is reset.
        let _ = stream.read(&mut [0]);
        return;
    }
    let Some(received) = read(&stream) else { return };
    // Nobody may wait for it any more.
    let _ = keep.send(received);
    let _ = match manner {
        Manner::Status(status) => stream.write_all(
            format!("HTTP/1.1 {status} It\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok").as_bytes(),
        ),
        Manner::Redirect(to) => stream.write_all(
            format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .as_bytes(),
        ),
        // Until whoever called goes away.
        Manner::Hang => stream.read(&mut [0]).map(drop),
        Manner::Reset => Ok(()),
        Manner::Cut => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n"),
        Manner::Headers => {
            let headers: Vec<_> = (0..1_000).map(|n| format!("x-{n}: {}", "a".repeat(100))).collect();
            stream.write_all(format!("HTTP/1.1 200 OK\r\n{}\r\n\r\n", headers.join("\r\n")).as_bytes())
        }
        Manner::Huge => {
            let chunk = [b'a'; 10_000];
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            for _ in 0..10_000 {
                if stream.write_all(&chunk).is_err() {
                    break;
                }
                *lock(written) += chunk.len();
            }
            Ok(())
        }
        Manner::Drip => {
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
            let mut left = head.iter();
            // A read that ends by its time-out is the second between two bytes.
            let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
            loop {
                let Some(byte) = left.next() else { return };
                if stream.write_all(&[*byte]).is_err() || matches!(stream.read(&mut [0]), Ok(0)) {
                    return;
                }
            }
        }
        Manner::Garbage => stream.write_all(b"220 mail.example.com ESMTP\r\n"),
    };
}
