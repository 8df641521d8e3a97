//! The load: Debian's wrk, which reports as JSON through `xtask/bench/result.lua`.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use super::machine::{Usage, Watch, used_by_children};
use super::process::Running;
use crate::run::{command, quiet};
use crate::workspace::root;

/// One run's shape.
pub struct Load<'a> {
    /// Where to.
    pub url: String,
    /// A script of `xtask/bench`.
    pub script: &'a str,
    /// What the script is given.
    pub arguments: Vec<String>,
    /// Threads of the load generator; divides `clients`.
    pub threads: u32,
    /// Connections, each with one request at a time.
    pub clients: u32,
    /// How long.
    pub seconds: u32,
}

/// What a run came to.
pub struct Outcome {
    /// Requests answered.
    pub requests: f64,
    /// Requests answered in a second.
    pub rate: f64,
    /// The server's processor time for one request, in microseconds.
    pub cost: f64,
    /// Milliseconds within which 99 % were answered.
    pub p99: f64,
    /// Milliseconds of the slowest.
    pub slowest: f64,
    /// Answers with a status of 400 or more, and requests without an answer.
    pub failed: u64,
    /// 201, 409, and any other status, where the script counts them.
    pub created: u64,
    pub conflict: u64,
    pub other: u64,
    /// Requests of the busiest thread, answered or not, where the script counts them.
    pub most: u64,
    /// Requests without an answer: connection refused, cut or too slow.
    pub broken: u64,
    /// What else the machine did.
    pub usage: Usage,
}

impl Load<'_> {
    /// Drives a server and watches what it and the machine use.
    pub fn drive(&self, server: &Running) -> Result<Outcome> {
        let children = || fs::read_to_string("/proc/self/stat").map(|stat| used_by_children(&stat));
        let watch = Watch::start()?;
        let (server_before, wrk_before) = (server.used()?, children()?);
        let arguments = [
            format!("-t{}", self.threads),
            format!("-c{}", self.clients),
            format!("-d{}s", self.seconds),
            "--timeout".to_owned(),
            "10s".to_owned(),
            "-s".to_owned(),
            self.script.to_owned(),
            self.url.clone(),
            "--".to_owned(),
        ];
        let arguments = arguments.into_iter().chain(self.arguments.iter().cloned());
        let output = quiet(command("wrk", arguments).current_dir(root().join("xtask/bench")))?;
        let server_used = server.used()? - server_before;
        let usage = watch.stop(server_used + children()? - wrk_before)?;
        let line =
            output.lines().find_map(|line| line.strip_prefix("RESULT ")).context("wrk gave no result")?;
        let result: Value = serde_json::from_str(line)?;
        let number = |key: &str| result.get(key).and_then(Value::as_f64).context("a number of wrk's result");
        let count = |key: &str| result.get(key).and_then(Value::as_u64).context("a count of wrk's result");
        let requests = number("requests")?;
        Ok(Outcome {
            requests,
            rate: requests * 1e6 / number("micros")?,
            cost: server_used * 1e6 / requests,
            p99: number("p99")? / 1e3,
            slowest: number("max")? / 1e3,
            failed: count("refused")? + count("broken")?,
            created: count("created")?,
            conflict: count("conflict")?,
            other: count("other")?,
            most: count("most")?,
            broken: count("broken")?,
            usage,
        })
    }
}
