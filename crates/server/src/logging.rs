//! The log: one JSON object a line on standard error, or readable lines on a terminal. See docs/logging.md.

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::panic::PanicHookInfo;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

/// Lines that may wait for a slow reader before further ones are dropped.
const WAITING: usize = 4_096;
/// How long lines are gathered before they are written.
const GATHER: Duration = Duration::from_millis(5);

/// Writes what is still waiting when it is dropped.
pub struct Log(SyncSender<Message>);

enum Message {
    Line(Vec<u8>),
    Flush(SyncSender<()>),
}

/// Every request of an assistant has its line in the access log; what the library tells of each besides says nothing more.
const USUAL: &str = "info,rmcp=warn";

/// Starts logging for the process; `NAMEPLATE_LOG` holds filter directives, [`USUAL`] without it.
///
/// # Errors
/// When the filter cannot be read, or logging was started before.
pub fn start() -> anyhow::Result<Log> {
    let directives = std::env::var("NAMEPLATE_LOG").unwrap_or_default();
    let filter = if directives.is_empty() { EnvFilter::new(USUAL) } else { EnvFilter::try_new(directives)? };
    let (sender, receiver) = sync_channel(WAITING);
    let dropped = Arc::new(AtomicU64::new(0));
    let sink = Sink { sender: sender.clone(), dropped: Arc::clone(&dropped) };
    std::thread::Builder::new()
        .name("log".to_owned())
        .spawn(move || write(&receiver, &dropped, GATHER, io::stderr()))?;
    let lines = fmt().with_env_filter(filter).with_writer(sink);
    if io::stderr().is_terminal() {
        lines.finish().try_init()?;
    } else {
        lines.json().flatten_event(true).with_span_list(false).finish().try_init()?;
    }
    std::panic::set_hook(Box::new(log_panic));
    Ok(Log(sender))
}

impl Drop for Log {
    fn drop(&mut self) {
        let (done, wait) = sync_channel(1);
        // A reader that takes nothing must not keep the process from ending.
        if self.0.try_send(Message::Flush(done)).is_ok() {
            let _ = wait.recv_timeout(Duration::from_secs(1));
        }
    }
}

/// The place of a panic, without its message: that may hold what somebody typed.
fn log_panic(info: &PanicHookInfo<'_>) {
    let location = info.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(target: "panic", "panicked at {location}");
}

/// Hands lines to the writing thread and never waits for it: requests go on when nobody reads the log (F50).
#[derive(Clone)]
struct Sink {
    sender: SyncSender<Message>,
    dropped: Arc<AtomicU64>,
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Write for Sink {
    /// The formatter writes each event whole.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.sender.try_send(Message::Line(line.to_vec())).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes what comes, all that comes within `gather` at once: to wake this thread for every line costs more than the line.
fn write(messages: &Receiver<Message>, dropped: &AtomicU64, gather: Duration, out: impl Write) {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    while let Ok(first) = messages.recv() {
        // Nobody unparks this thread, so it is the time that ends the pause.
        std::thread::park_timeout(gather);
        for message in std::iter::once(first).chain(messages.try_iter()) {
            match message {
                Message::Line(line) => drop(out.write_all(&line)),
                Message::Flush(done) => drop((out.flush(), done.send(()))),
            }
        }
        let lost = dropped.swap(0, Ordering::Relaxed);
        if lost > 0 {
            let _ = writeln!(
                out,
                r#"{{"level":"WARN","target":"log","message":"lines were dropped","count":{lost}}}"#
            );
        }
        let _ = out.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sink(waiting: usize) -> (Sink, Receiver<Message>) {
        let (sender, receiver) = sync_channel(waiting);
        (Sink { sender, dropped: Arc::default() }, receiver)
    }

    fn written(sink: Sink, messages: &Receiver<Message>) -> Vec<serde_json::Value> {
        let dropped = Arc::clone(&sink.dropped);
        drop(sink);
        let mut out = Vec::new();
        write(messages, &dropped, Duration::ZERO, &mut out);
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn sec_d01_one_event_is_one_line_whatever_it_holds() {
        let (sink, messages) = sink(10);
        let subscriber = fmt().json().flatten_event(true).with_writer(sink.clone()).finish();
        tracing::subscriber::with_default(subscriber, || {
            let hostile = "a\r\n{\"level\":\"forged\"}\u{1b}[31m\u{2028}";
            tracing::info!(target: "security", event = "sign_in", subject = %hostile, result = "denied");
        });
        let lines = written(sink, &messages);
        assert_eq!(lines.len(), 1);
        let line = &lines[0];
        assert_eq!((line["target"].as_str(), line["result"].as_str()), (Some("security"), Some("denied")));
        assert_eq!(line["subject"], "a\r\n{\"level\":\"forged\"}\u{1b}[31m\u{2028}");
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'), "{line}");
    }

    #[test]
    fn sec_f50_a_reader_that_takes_nothing_costs_lines_and_they_are_counted() {
        let (mut sink, messages) = sink(2);
        for _ in 0..5 {
            sink.write_all(b"{\"level\":\"INFO\"}\n").unwrap();
        }
        let lines = written(sink, &messages);
        assert_eq!(lines.len(), 3);
        assert_eq!((&lines[2]["target"], &lines[2]["count"]), (&"log".into(), &3.into()));
    }

    #[test]
    fn sec_i07_a_panic_is_logged_by_its_place_alone() {
        let (sink, messages) = sink(10);
        let subscriber = fmt().json().flatten_event(true).with_writer(sink.clone()).finish();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(log_panic));
        tracing::subscriber::with_default(subscriber, || {
            let _ = std::panic::catch_unwind(|| panic!("hunter2"));
        });
        std::panic::set_hook(before);
        let lines = written(sink, &messages);
        assert_eq!(lines.len(), 1);
        let text = lines[0]["message"].as_str().unwrap();
        assert!(text.starts_with("panicked at ") && text.contains("logging.rs"), "{text}");
        assert!(!lines[0].to_string().contains("hunter2"));
    }
}
