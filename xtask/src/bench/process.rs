//! A program under measurement: started, asked for its processor time and memory, stopped.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::machine;

/// How long a program may take to be ready.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running program that has said that it is ready.
pub struct Running {
    child: Child,
    /// The first line of its output, where it tells so that it is ready.
    pub line: String,
    /// From its start until it was ready.
    pub ready_after: Duration,
}

impl Running {
    /// Starts a program and waits for its first line. What it says on standard error goes to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(File::create(log)?);
        let start = Instant::now();
        let child = command.spawn().with_context(|| format!("cannot start {}", name(command)))?;
        let mut running = Self { child, line: String::new(), ready_after: Duration::ZERO };
        let mut output = BufReader::new(running.child.stdout.take().context("no standard output")?);
        output.read_line(&mut running.line)?;
        running.ready_after = start.elapsed();
        if running.line.is_empty() {
            bail!("{} ended without a line; see {}", name(command), log.display());
        }
        // A full pipe would stop the program.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Ok(running)
    }

    /// Starts a service that tells systemd when it is ready, and waits for that. All that it says goes to `log`.
    pub fn start_service(command: &mut Command, log: &Path) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("nameplate-bench-{}.socket", std::process::id()));
        // One of an earlier start.
        let _ = fs::remove_file(&path);
        let socket = UnixDatagram::bind(&path)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        let file = File::create(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).env("NOTIFY_SOCKET", &path);
        let start = Instant::now();
        let child = command.spawn().with_context(|| format!("cannot start {}", name(command)))?;
        let mut running = Self { child, line: String::new(), ready_after: Duration::ZERO };
        let mut told = [0; 64];
        let ready = socket.recv(&mut told);
        running.ready_after = start.elapsed();
        fs::remove_file(&path)?;
        ready.with_context(|| format!("{} was not ready in time; see {}", name(command), log.display()))?;
        Ok(running)
    }

    /// The first line as JSON.
    pub fn said(&self) -> Result<Value> {
        serde_json::from_str(&self.line).with_context(|| format!("not JSON: {}", self.line))
    }

    /// Seconds of processor time so far.
    pub fn used(&self) -> Result<f64> {
        Ok(machine::used(&self.file("stat")?))
    }

    /// Megabytes of memory now, and the most so far.
    pub fn memory(&self) -> Result<(f64, f64)> {
        let status = self.file("status")?;
        let megabytes = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key));
            let kilobytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
            kilobytes.map(|kilobytes| kilobytes * 1024.0 / 1e6).context("no memory in /proc")
        };
        Ok((megabytes("VmRSS:")?, megabytes("VmHWM:")?))
    }

    fn file(&self, name: &str) -> Result<String> {
        Ok(fs::read_to_string(format!("/proc/{}/{name}", self.child.id()))?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A throw-away PostgreSQL takes its cluster away when its input ends.
        drop(self.child.stdin.take());
        if !self.child_waits_for_input() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

impl Running {
    fn child_waits_for_input(&self) -> bool {
        self.line.starts_with("postgres")
    }
}
