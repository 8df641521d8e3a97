//! The data sets, and a server on one of them.

use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use super::http;
use super::process::Running;
use super::{Bench, wrk};
use crate::run::{command, quiet};

/// How much there is beside three agents with 0, 100 and 1,000 busy times in the coming month.
#[derive(Clone, Copy)]
pub enum Size {
    /// Nothing.
    S,
    /// 1,000 agents with 20 meetings each.
    L,
}

/// A database that the loader has filled.
pub struct Data {
    folder: PathBuf,
    url: String,
}

impl Data {
    /// Fills a database. Without a URL it is SQLite in an own folder.
    pub fn fill(bench: &Bench, name: &str, size: Size, url: Option<&str>) -> Result<Self> {
        Self::fill_with(bench, name, size, url, 0)
    }

    /// The same, with so many reminders of each of the 1,000 agents' meetings that are due at once.
    pub fn fill_with(
        bench: &Bench,
        name: &str,
        size: Size,
        url: Option<&str>,
        reminders: usize,
    ) -> Result<Self> {
        let folder = bench.fresh(name)?;
        let own = || format!("sqlite:{}", folder.join("nameplate.db").display());
        let url = url.map_or_else(own, str::to_owned);
        let agents = match size {
            Size::S => "0",
            Size::L => "1000",
        };
        quiet(&mut command(&bench.loader, [url.as_str(), agents, "20", &reminders.to_string()]))?;
        Ok(Self { folder, url })
    }

    /// Serves it as an installation would, but without rate limits and with the mailbox in place of SMTP.
    pub fn serve(&self, bench: &Bench) -> Result<Server> {
        self.serve_with(bench, &["dev.mailbox=true"])
    }

    /// The same with other settings about where messages go.
    pub fn serve_with(&self, bench: &Bench, settings: &[&str]) -> Result<Server> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut serve = command(&bench.server, ["serve", "--data-dir"]);
        serve.arg(&self.folder).args(["--listen", &format!("127.0.0.1:{port}")]);
        let always = ["limits.enabled=false", &format!("database.url={}", self.url)];
        for setting in always.iter().chain(settings) {
            serve.args(["--set", setting]);
        }
        let running = Running::start_service(&mut serve, &self.folder.join("log"))?;
        Ok(Server { running, port })
    }
}

/// A running server and where it answers.
pub struct Server {
    pub running: Running,
    pub port: u16,
}

impl Server {
    /// Starts a floor.
    pub fn floor(bench: &Bench, kind: &str, place: &str) -> Result<Self> {
        let log = bench.folder.join(format!("{kind}.log"));
        let running = Running::start(&mut command(&bench.floor, [kind, place]), &log)?;
        let port = running.said()?.get("port").and_then(Value::as_u64).context("no port")?;
        Ok(Self { running, port: u16::try_from(port)? })
    }

    /// Asks for one path for some seconds over eight connections.
    pub fn ask(&self, path: &str) -> Result<wrk::Outcome> {
        let load = wrk::Load {
            url: format!("http://127.0.0.1:{}{path}", self.port),
            script: "get.lua",
            arguments: Vec::new(),
            threads: 1,
            clients: 8,
            seconds: 3,
        };
        load.drive(&self.running)
    }

    /// The starts that can be booked on 62 dates from tomorrow, as the API offers them.
    pub fn starts(&self, agent: &str) -> Result<Vec<String>> {
        let body = http::body(self.port, &slots(agent, 62)?)?;
        let answer: Value = serde_json::from_str(&body)?;
        let slots = answer.get("slots").and_then(Value::as_array).context("no slots")?;
        Ok(slots.iter().filter_map(|slot| Some(slot.get("start")?.as_str()?.to_owned())).collect())
    }
}

/// The path of the free times of so many dates from tomorrow, for a customer in New York.
pub fn slots(agent: &str, days: u32) -> Result<String> {
    let date = |ahead: u32| quiet(&mut command("date", ["--utc", "--date", &format!("+{ahead} day"), "+%F"]));
    let (from, to) = (date(1)?, date(days)?);
    Ok(format!(
        "/api/v1/agents/{agent}/slots?meeting_type=intro&from={}&to={}&time_zone=America/New_York",
        from.trim(),
        to.trim()
    ))
}
