//! PF5 and PF6: bookings of many agents, and a storm on one, on both engines.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::Bench;
use super::data::{Data, Server, Size};
use super::figures::{Figure, Row, short};
use super::process::Running;
use super::wrk::{Load, Outcome};
use crate::run::command;

/// Agents that are booked in turn.
const AGENTS: usize = 1000;

pub fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let folder = bench.fresh("bookings-floor")?;
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let mut rows = Vec::new();

    let plain = Server::floor(bench, "insert", &file("insert.db"))?;
    let group = Server::floor(bench, "insert-group", &file("group.db"))?;
    let data = Data::fill(bench, "bookings-sqlite", Size::L, None)?;
    let site = Site::new("SQLite", data.serve(bench)?, &folder)?;
    rows.extend(site.distinct(&[("one commit each", &plain), ("shared commits", &group)])?);
    rows.push(site.storm()?);
    drop((site, plain, group));

    let cluster = Running::start(&mut command(&bench.postgres, [""; 0]), &folder.join("postgres.log"))?;
    let url = cluster.line.trim();
    let floor = Server::floor(bench, "insert-postgres", url)?;
    let data = Data::fill(bench, "bookings-postgres", Size::L, Some(url))?;
    let site = Site::new("PostgreSQL", data.serve(bench)?, &folder)?;
    rows.extend(site.distinct(&[("one commit each", &floor)])?);
    rows.push(site.storm()?);
    Ok(rows)
}

/// How many starts of one agent a storm is about: few enough that the first second decides about all.
const STORM: usize = 40;

struct Site {
    engine: &'static str,
    server: Server,
    plan: PathBuf,
    storm_plan: PathBuf,
}

impl Site {
    /// Writes down for `book.lua` who can be booked when.
    fn new(engine: &'static str, server: Server, folder: &Path) -> Result<Self> {
        let starts = server.starts("agent-0")?;
        let plan = |name: &str, agents: Vec<String>, starts: &[String]| -> Result<PathBuf> {
            let mut text = "path /api/v1/meetings\ntype intro\n".to_owned();
            text.extend(agents.iter().map(|agent| format!("agent {agent}\n")));
            text.extend(starts.iter().map(|start| format!("start {start}\n")));
            let path = folder.join(format!("{engine}-{name}"));
            std::fs::write(&path, text)?;
            Ok(path)
        };
        let all = (0..AGENTS).map(|number| format!("agent-{number}")).collect();
        Ok(Self {
            engine,
            plan: plan("distinct", all, &starts)?,
            storm_plan: plan("storm", vec!["busy-0".to_owned()], starts.get(..STORM).unwrap_or(&starts))?,
            server,
        })
    }

    fn load(server: &Server, script: &'static str, clients: u32, arguments: Vec<String>) -> Result<Outcome> {
        let threads = match clients {
            1 => 1,
            48 => 4,
            _ => 2,
        };
        let url = format!("http://127.0.0.1:{}/", server.port);
        Load { url, script, arguments, threads, clients, seconds: 3 }.drive(&server.running)
    }

    /// Bookings that do not meet, by 1, 16 and 64 clients.
    fn distinct(&self, floors: &[(&str, &Server)]) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        let mut turn = 0_u64;
        for clients in [1, 16, 64] {
            let mut ours = Figure::default();
            let mut slowest = 0.0_f64;
            let mut floor_rates = vec![Figure::default(); floors.len()];
            while !ours.enough() {
                for ((_, floor), rates) in floors.iter().zip(&mut floor_rates) {
                    let outcome = Self::load(floor, "insert.lua", clients, Vec::new())?;
                    rates.add(outcome.rate, outcome.usage.disturbed());
                }
                let threads = if clients == 1 { "1" } else { "2" };
                let arguments = vec![
                    self.plan.to_string_lossy().into_owned(),
                    threads.into(),
                    turn.to_string(),
                    "distinct".into(),
                ];
                let outcome = Self::load(&self.server, "book.lua", clients, arguments)?;
                if outcome.failed > 0 || outcome.other > 0 {
                    bail!(
                        "{}: of bookings that do not meet {} were refused and {} unanswered",
                        self.engine,
                        outcome.conflict + outcome.other,
                        outcome.broken
                    );
                }
                turn += if clients == 1 { outcome.most } else { 2 * outcome.most };
                slowest = slowest.max(outcome.slowest);
                ours.add(outcome.rate, outcome.usage.disturbed());
            }
            for ((name, _), rates) in floors.iter().zip(&floor_rates) {
                let ratio = ours.median() / rates.median();
                rows.push(Row {
                    id: "PF5".into(),
                    work: format!(
                        "{}, bookings of distinct agents, clients: {clients}; floor: {name}",
                        self.engine
                    ),
                    ours: format!("{}; slowest {} ms", ours.words("a second"), short(slowest)),
                    floor: rates.words("a second"),
                    ratio: format!("{:.0} %", ratio * 100.0),
                    goal: "≥ 25 %".into(),
                    met: Some(ratio >= 0.25 && slowest < 2000.0),
                });
            }
        }
        Ok(rows)
    }

    /// All clients at the same start of one agent, start after start.
    fn storm(&self) -> Result<Row> {
        let before = self.server.starts("busy-0")?.len();
        let arguments =
            vec![self.storm_plan.to_string_lossy().into_owned(), "4".into(), "0".into(), "storm".into()];
        let outcome = Self::load(&self.server, "book.lua", 48, arguments)?;
        let gone = before - self.server.starts("busy-0")?.len();
        let once = usize::try_from(outcome.created)? == gone && gone == STORM;
        Ok(Row {
            id: "PF6".into(),
            work: format!("{}, 48 clients on one agent, {} tries", self.engine, outcome.requests),
            ours: format!(
                "{gone} starts taken by {} winners, {} refused as taken, {} other answers, {} unanswered; p99 {} ms{}",
                outcome.created,
                outcome.conflict,
                outcome.other,
                outcome.broken,
                short(outcome.p99),
                if outcome.usage.disturbed() { "; disturbed" } else { "" },
            ),
            floor: "–".into(),
            ratio: "–".into(),
            goal: "one winner a start, p99 ≤ 250 ms, nothing but 201 and 409".into(),
            met: Some(once && outcome.p99 <= 250.0 && outcome.other == 0 && outcome.broken == 0),
        })
    }
}
