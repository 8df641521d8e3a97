//! PF10: 10,000 reminders that are due at once, on both engines, into a real SMTP server.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;

use super::Bench;
use super::data::{Data, Size};
use super::figures::{Row, short};
use super::process::Running;
use crate::install;
use crate::run::command;
use crate::workspace::root;

/// Of each of the 1,000 agents' meetings.
const EACH: usize = 10;
const ALL: usize = 1_000 * EACH;
/// As many as the server keeps open by default.
const CONNECTIONS: usize = 4;
/// A message may take so long until the run counts as stalled.
const PATIENCE: Duration = Duration::from_mins(2);
/// After the last one: a second copy would be among the next that are claimed.
const AFTER: Duration = Duration::from_secs(3);

pub fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let folder = bench.fresh("reminders")?;
    let cluster = Running::start(&mut command(&bench.postgres, [""; 0]), &folder.join("postgres.log"))?;
    let mut rows = Vec::new();
    for (engine, url) in [("SQLite", None), ("PostgreSQL", Some(cluster.line.trim()))] {
        let data = Data::fill_with(bench, &format!("reminders-{engine}"), Size::L, url, EACH)?;
        let mail = Mail::start(&folder)?;
        let smtp = format!("smtp.url=smtp://127.0.0.1:{}?tls=none", mail.port);
        let begin = Instant::now();
        let server = data.serve_with(bench, &[&smtp, "mail.from=meetings@example.com"])?;
        let ours = mail.receive(begin)?;
        let used = server.running.used()?;
        drop(server);
        let floor = mail.fill(ours.size)?;
        rows.push(row(engine, &ours, used, &floor));
    }
    Ok(rows)
}

fn row(engine: &str, ours: &Arrived, used: f64, floor: &Arrived) -> Row {
    let (time, least) = (ours.after.as_secs_f64(), floor.after.as_secs_f64());
    let once = ours.messages == ALL && ours.ids == ALL;
    Row {
        id: "PF10".into(),
        work: format!(
            "{engine}, {ALL} reminders that are due at once, until the SMTP server has the last one"
        ),
        ours: format!(
            "{} s, of them {} s of processor time; {} messages, {} of them different",
            short(time),
            short(used),
            ours.messages,
            ours.ids
        ),
        floor: format!("{} s, as many of the same size by {CONNECTIONS} bare connections", short(least)),
        ratio: format!("{:.1}", time / least),
        goal: "≤ 60 s, none twice".into(),
        met: Some(once && time <= 60.0),
    }
}

/// What reached the SMTP server.
struct Arrived {
    after: Duration,
    messages: usize,
    ids: usize,
    /// Bytes of the last one.
    size: usize,
}

/// The SMTP server of the tests.
struct Mail {
    child: Child,
    port: u16,
    lines: Receiver<String>,
}

impl Mail {
    fn start(folder: &Path) -> Result<Self> {
        let server = root().join("tests/consumers/smtp_server.py");
        let mut start = command(install::python()?, ["-u"]);
        start.arg(server).arg("ok").stdout(Stdio::piped()).stderr(File::create(folder.join("smtp.log"))?);
        let mut child = start.spawn().context("the SMTP server")?;
        let mut output = BufReader::new(child.stdout.take().context("no standard output")?);
        let mut first = String::new();
        output.read_line(&mut first)?;
        let (send, lines) = mpsc::channel();
        thread::spawn(move || pass_on(output, &send));
        Ok(Self { child, port: first.trim().parse().context("no port")?, lines })
    }

    /// All messages, and whatever else comes.
    fn receive(&self, begin: Instant) -> Result<Arrived> {
        let mut arrived = Arrived { after: Duration::ZERO, messages: 0, ids: 0, size: 0 };
        let mut ids = HashSet::new();
        loop {
            let wait = if arrived.messages < ALL { PATIENCE } else { AFTER };
            match self.lines.recv_timeout(wait) {
                Ok(line) => {
                    arrived.after = begin.elapsed();
                    arrived.messages += 1;
                    let message: Value = serde_json::from_str(&line)?;
                    // Each message has its own address to which it would come back.
                    ids.insert(text(&message, "from")?);
                    arrived.size = text(&message, "raw")?.len() / 4 * 3;
                }
                Err(RecvTimeoutError::Timeout) if arrived.messages >= ALL => break,
                Err(error) => bail!("{} of {ALL} messages arrived: {error}", arrived.messages),
            }
        }
        Ok(Arrived { ids: ids.len(), ..arrived })
    }

    /// As many messages as fast as they are taken: what the SMTP server itself costs.
    fn fill(&self, size: usize) -> Result<Arrived> {
        let begin = Instant::now();
        let port = self.port;
        let senders: Vec<_> = (0..CONNECTIONS)
            .map(|connection| thread::spawn(move || send(port, connection, ALL / CONNECTIONS, size)))
            .collect();
        let arrived = self.receive(begin)?;
        for sender in senders {
            sender.join().map_err(|_| anyhow!("a connection of the floor ended early"))??;
        }
        Ok(arrived)
    }
}

impl Drop for Mail {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn pass_on(output: BufReader<ChildStdout>, to: &Sender<String>) {
    for line in output.lines().map_while(Result::ok) {
        if to.send(line).is_err() {
            return;
        }
    }
}

fn text(message: &Value, key: &str) -> Result<String> {
    Ok(message.get(key).and_then(Value::as_str).context("not in the line of the SMTP server")?.to_owned())
}

/// Hands over so many messages on one connection, without a mail library.
fn send(port: u16, connection: usize, messages: usize, size: usize) -> Result<()> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    let (mut answers, mut stream) = (BufReader::new(stream.try_clone()?), stream);
    let mut answer = move || -> Result<()> {
        let mut line = String::new();
        // A line with a dash after its number is followed by another one.
        while line.is_empty() || line.as_bytes().get(3) == Some(&b'-') {
            line.clear();
            answers.read_line(&mut line)?;
        }
        if line.starts_with(['2', '3']) { Ok(()) } else { bail!("the SMTP server said {line}") }
    };
    answer()?;
    let body = format!("{}\r\n", "x".repeat(70)).repeat(size / 72);
    let mut say = |line: &str| -> Result<()> {
        stream.write_all(line.as_bytes())?;
        answer()
    };
    say("EHLO localhost\r\n")?;
    for number in 0..messages {
        say(&format!("MAIL FROM:<{connection}-{number}@example.com>\r\n"))?;
        say("RCPT TO:<carla@example.org>\r\n")?;
        say("DATA\r\n")?;
        say(&format!("Subject: floor\r\n\r\n{body}.\r\n"))?;
    }
    say("QUIT\r\n")
}
