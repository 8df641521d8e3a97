//! Text messages through a real Kannel (bearerbox and smsbox) to a centre that speaks SMPP: a text arrives as it was written,
//! its delivery is noted, and STOP is honoured.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// For each step: Kannel looks for work once a second.
const PATIENCE: Duration = Duration::from_secs(40);
const CUSTOMER: &str = "+31612345678";
const SENDER: &str = "+3197010000000";

/// A program that ends with the test.
struct Program(Child);

impl Program {
    fn start(command: &mut Command) -> Self {
        Self(command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}")))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The centre and what it says.
struct Centre {
    _program: Program,
    input: ChildStdin,
    said: Receiver<Value>,
}

impl Centre {
    fn start() -> (Self, u16) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let modules = std::env::var_os("NAMEPLATE_NODE_DIR").unwrap_or_else(|| {
            panic!("NAMEPLATE_NODE_DIR is missing: run the tests with `cargo xtask test`")
        });
        let mut program = Program::start(
            Command::new("node")
                .arg(root.join("tests/consumers/smsc.mjs"))
                .env("NAMEPLATE_NODE_DIR", modules)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped()),
        );
        let (input, output) = (program.0.stdin.take().unwrap(), program.0.stdout.take().unwrap());
        let (say, said) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = say.send(serde_json::from_str(&line).unwrap_or_default());
            }
        });
        let centre = Self { _program: program, input, said };
        let port = centre.next()["port"].as_u64().unwrap();
        (centre, port.try_into().unwrap())
    }

    fn next(&self) -> Value {
        self.said.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("the centre said nothing more"))
    }

    fn receive(&mut self, from: &str, text: &str) {
        let line = json!({ "from": from, "to": SENDER, "text": text });
        writeln!(self.input, "{line}").unwrap();
    }
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// Waits until something holds.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let since = Instant::now();
    while !holds() {
        assert!(since.elapsed() < PATIENCE, "{what}");
        std::thread::yield_now();
    }
}

fn is_open(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// The server's data with the agents of the demonstration: the first one's slug and token.
fn made(data: &Path) -> (String, String) {
    let mut demo = Program::start(
        Command::new(env!("CARGO_BIN_EXE_nameplate"))
            .args(["demo", "--port", "0", "--json", "--data-dir"])
            .arg(data)
            .env("NAMEPLATE_LOG", "warn")
            .stdout(Stdio::piped()),
    );
    let mut line = String::new();
    BufReader::new(demo.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let facts: Value = serde_json::from_str(&line).unwrap();
    let text = |name: &str| facts["agents"][0][name].as_str().unwrap().to_owned();
    (text("slug"), text("token"))
}

struct Server {
    _program: Program,
    port: u16,
    token: String,
}

impl Server {
    /// `flags` are those of the configuration.
    fn start(data: &Path, port: u16, flags: &[String], token: String) -> Self {
        let program = Program::start(
            Command::new(env!("CARGO_BIN_EXE_nameplate"))
                .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data-dir"])
                .arg(data)
                .args(flags.iter().flat_map(|flag| ["--set", flag]))
                .env("NAMEPLATE_LOG", "warn")
                .stdout(Stdio::null()),
        );
        until("the server does not listen", || is_open(port));
        Self { _program: program, port, token }
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        let (body, token) = (body.map(ToString::to_string).unwrap_or_default(), &self.token);
        let bearer = if path.starts_with("/api") {
            format!("Authorization: Bearer {token}\r\n")
        } else {
            String::new()
        };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{bearer}Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.port,
            body.len(),
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    fn json(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = self.ask(method, path, body);
        serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{method} {path}: {answer}"))
    }

    /// Books a start for a customer who wants text messages: the path of the agent's page of the meeting.
    fn book(&self, agent: &str, start: &Value) -> String {
        let body = json!({
            "agent": agent, "meeting_type": "introduction", "start": start, "sms_consent": true,
            "customer": {
                "name": "Sam Sample", "email": "sam@example.org", "time_zone": "Europe/Amsterdam", "phone_number": CUSTOMER,
            },
        });
        let meeting = self.json("POST", "/api/v1/meetings", Some(&body));
        let id = meeting["id"].as_str().unwrap_or_else(|| panic!("{meeting}"));
        let own = self.json("GET", &format!("/api/v1/meetings/{id}"), None);
        let (_, path) = own["manage_url"].as_str().unwrap().split_once("/m/").unwrap();
        format!("/m/{path}")
    }
}

fn configuration(smsc: u16, smsbox: u16, sendsms: u16, inbound: &str) -> String {
    let admin = free_port();
    format!(
        "group = core\nadmin-port = {admin}\nadmin-interface = 127.0.0.1\nadmin-password = quiet\nsmsbox-port = {smsbox}\n\
         smsbox-interface = 127.0.0.1\nbox-allow-ip = 127.0.0.1\nbox-deny-ip = \"*.*.*.*\"\n\n\
         group = smsc\nsmsc = smpp\nsmsc-id = centre\nhost = 127.0.0.1\nport = {smsc}\ntransceiver-mode = true\n\
         smsc-username = np\nsmsc-password = np\nsystem-type = VMA\nmsg-id-type = 0x01\n\n\
         group = smsbox\nbearerbox-host = 127.0.0.1\nsendsms-port = {sendsms}\nsendsms-interface = 127.0.0.1\n\n\
         group = sendsms-user\nusername = np\npassword = quiet-otter\nmax-messages = 10\nconcatenation = true\n\n\
         group = sms-service\nkeyword = default\ncatch-all = true\nmax-messages = 0\nget-url = \"{inbound}?from=%p&to=%P&text=%a\"\n"
    )
}

#[test]
fn c09_a_text_goes_through_kannel_and_back() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let (agent, token) = made(&data);
    let (mut centre, smsc) = Centre::start();
    let (port, smsbox, sendsms) = (free_port(), free_port(), free_port());
    let flags = [
        "limits.enabled=false".to_owned(),
        "sms.provider=kannel".to_owned(),
        format!("sms.url=http://127.0.0.1:{sendsms}"),
        "sms.user=np".to_owned(),
        "sms.password=quiet-otter".to_owned(),
        format!("sms.from={SENDER}"),
        "sms.countries=NL".to_owned(),
    ];
    let server = Server::start(&data, port, &flags, token);
    let hooks = Command::new(env!("CARGO_BIN_EXE_nameplate"))
        .args(["sms-hooks", "--listen", &format!("127.0.0.1:{port}"), "--data-dir"])
        .arg(&data)
        .args(flags.iter().flat_map(|flag| ["--set", flag]))
        .env("NAMEPLATE_LOG", "warn")
        .output()
        .unwrap();
    let hooks = String::from_utf8(hooks.stdout).unwrap();
    let inbound = hooks.lines().find_map(|line| line.strip_prefix("inbound  ")).unwrap();
    let file = directory.path().join("kannel.conf");
    // Kannel may know no IPv6.
    std::fs::write(&file, configuration(smsc, smsbox, sendsms, &inbound.replace("localhost", "127.0.0.1")))
        .unwrap();
    let box_of = |program: &str| {
        Program::start(
            Command::new(format!("/usr/sbin/{program}"))
                .arg(&file)
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )
    };
    let _bearerbox = box_of("bearerbox");
    assert_eq!(centre.next(), json!({ "bound": true }));
    until("bearerbox takes no box", || is_open(smsbox));
    let _smsbox = box_of("smsbox");
    until("smsbox takes no messages", || is_open(sendsms));

    server.json("PATCH", "/api/v1/me", Some(&json!({ "name": "Zoë😀 Bérg", "display_name": null })));
    #[expect(clippy::disallowed_methods, reason = "the server that is tested reads the same clock")]
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let until_date = today.saturating_add(jiff::Span::new().days(21));
    let free = server.json(
        "GET",
        &format!("/api/v1/agents/{agent}/slots?meeting_type=introduction&from={today}&to={until_date}&time_zone=UTC"),
        None,
    );
    let starts: Vec<Value> =
        free["slots"].as_array().unwrap().iter().map(|slot| slot["start"].clone()).collect();

    let first = server.book(&agent, &starts[0]);
    let text = centre.next();
    assert_eq!((&text["coding"], text["parts"].as_u64().unwrap() > 1), (&json!(8), true), "{text}");
    assert!(text["to"].as_str().unwrap().ends_with(&CUSTOMER[1..]), "{text}");
    let written = text["text"].as_str().unwrap();
    assert!(written.starts_with("Booked: ") && written.contains(" with Zoë😀. http://localhost:"), "{text}");
    until("the report is not noted", || server.ask("GET", &first, None).contains("Delivered to the phone"));

    centre.receive(&CUSTOMER[1..], "Stop");
    until("STOP is not noted", || server.ask("GET", &first, None).contains("were stopped on"));
    let second = server.book(&agent, starts.last().unwrap());
    until("the second text is not held back", || {
        server.ask("GET", &second, None).contains("Not sent: this number wants no text messages")
    });
    assert!(centre.said.try_recv().is_err(), "nothing more was sent");
}
