//! The data sets, and a server on one of them.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use super::http;
use super::process::Running;
use super::{Bench, wrk};
use crate::run::{command, quiet};

/// How much there is beside the demo's own agents and those with 0, 100 and 1,000 busy times in the coming month.
#[derive(Clone, Copy)]
pub enum Size {
    /// Nothing.
    S,
    /// 1,000 agents with 20 meetings each.
    L,
}

/// A database that `demo` and the loader have filled.
pub struct Data {
    folder: PathBuf,
    url: String,
}

impl Data {
    /// Fills a database. Without a URL it is SQLite in an own folder.
    pub fn fill(bench: &Bench, name: &str, size: Size, url: Option<&str>) -> Result<Self> {
        let folder = bench.fresh(name)?;
        let own = || format!("sqlite:{}", folder.join("bench.db").display());
        let data = Self { url: url.map_or_else(own, str::to_owned), folder };
        // The first start makes the schema and the organisation.
        drop(data.serve(bench)?);
        let agents = match size {
            Size::S => "0",
            Size::L => "1000",
        };
        quiet(&mut command(&bench.loader, [data.url.as_str(), agents, "20"]))?;
        Ok(data)
    }

    /// Starts the demo on it; rate limits are off there, and messages go to the mailbox.
    pub fn serve(&self, bench: &Bench) -> Result<Server> {
        let mut demo = command(&bench.server, ["demo", "--json", "--port", "0", "--data-dir"]);
        demo.arg(&self.folder).env("NAMEPLATE_DATABASE__URL", &self.url).env("RUST_LOG", "warn");
        let running = Running::start(&mut demo, &self.folder.join("log"))?;
        let said = running.said()?;
        let base = said.get("base_url").and_then(Value::as_str).context("no base_url")?;
        let port = base.rsplit(':').next().and_then(|port| port.parse().ok()).context("no port")?;
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
