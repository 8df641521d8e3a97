//! A program under measurement: started, asked for its processor time and memory, stopped.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::machine;

/// A running program that has printed its first line.
pub struct Running {
    child: Child,
    /// The first line of its output.
    pub line: String,
    /// From its start to that line.
    pub ready_after: Duration,
}

impl Running {
    /// Starts a program and waits for its first line. What it says on standard error goes to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let start = Instant::now();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(log)?)
            .spawn()
            .with_context(|| format!("cannot start {program}"))?;
        let mut output = BufReader::new(child.stdout.take().context("no standard output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let ready_after = start.elapsed();
        if line.is_empty() {
            let _ = child.kill();
            let _ = child.wait();
            bail!("{program} ended without a line; see {}", log.display());
        }
        // A full pipe would stop the program.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Ok(Self { child, line, ready_after })
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

impl Running {
    fn child_waits_for_input(&self) -> bool {
        self.line.starts_with("postgres")
    }
}
