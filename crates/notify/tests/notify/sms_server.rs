//! A provider of SMS: takes one request after the other, keeps it, and answers as it was told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

#[derive(Debug, Clone, Copy)]
pub enum Reply {
    Answer(u16, &'static str),
    /// More than anybody reads.
    Long,
    /// The connection ends without an answer.
    Cut,
    End,
}

pub struct Request {
    pub line: String,
    headers: Vec<(String, String)>,
    fields: Vec<(String, String)>,
}

impl Request {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// A field of the query, the form or the JSON object.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }
}

pub struct Server {
    pub port: u16,
    replies: Sender<Reply>,
    requests: Receiver<Request>,
    thread: JoinHandle<()>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (replies, wanted) = channel::<Reply>();
        let (keep, requests) = channel();
        let thread = std::thread::spawn(move || {
            while let Ok(reply) = wanted.recv() {
                if matches!(reply, Reply::End) {
                    break;
                }
                let (mut stream, _) = listener.accept().unwrap();
                let _ = keep.send(read(&stream));
                match reply {
                    Reply::Answer(status, body) => {
                        let head = format!(
                            "HTTP/1.1 {status} It\r\nContent-Length: {}\r\nLocation: http://127.0.0.1:9/\r\nConnection: close\r\n\r\n",
                            body.len()
                        );
                        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
                    }
                    Reply::Long => {
                        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
                        // Whoever has read enough goes away.
                        let _ = stream.write_all(format!("{head}{}", "a".repeat(2_000_000)).as_bytes());
                    }
                    Reply::Cut | Reply::End => {}
                }
            }
        });
        Self { port, replies, requests, thread }
    }

    /// How the next request is answered.
    pub fn reply(&self, reply: Reply) {
        self.replies.send(reply).unwrap();
    }

    pub fn request(&self) -> Request {
        self.requests.recv().unwrap()
    }

    pub fn end(self) {
        self.reply(Reply::End);
        self.thread.join().unwrap();
    }
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let find =
        |name: &str| headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str());
    let mut body = vec![0; find("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let path = line.split(' ').nth(1).unwrap_or_default();
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let pairs = |text: &[u8]| url::form_urlencoded::parse(text).into_owned().collect::<Vec<_>>();
    let mut fields = pairs(query.as_bytes());
    if find("content-type").contains("json") {
        let json: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&body).unwrap();
        fields.extend(json.into_iter().map(|(name, value)| (name, value.as_str().unwrap().to_owned())));
    } else {
        fields.extend(pairs(&body));
    }
    Request { line: line.trim_end().to_owned(), headers, fields }
}
