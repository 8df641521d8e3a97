//! PF2 and PF3: free times by the API, and the booking page.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::Bench;
use super::data::{Data, Server, Size, slots};
use super::figures::{Figure, Row, short};
use super::http;

/// Server, path, what it is called, and the goal in times of the one-row floor.
struct Subject<'a> {
    server: &'a Server,
    path: String,
    id: &'a str,
    work: &'a str,
    goal: Option<f64>,
    cost: Figure,
    rate: Figure,
}

pub fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let large = Data::fill(bench, "reads-l", Size::L, None)?;
    let small = Data::fill(bench, "reads-s", Size::S, None)?;
    let (large, small) = (large.serve(bench)?, small.serve(bench)?);
    let floors = bench.fresh("reads-floor")?;
    let hello = Server::floor(bench, "hello", "")?;
    let row = Server::floor(bench, "row", &floors.join("row.db").to_string_lossy())?;
    let page = "/busy-100/intro?time_zone=America/New_York";
    let subject = |server, path: &str, id, work, goal| Subject {
        server,
        path: path.to_owned(),
        id,
        work,
        goal,
        cost: Figure::default(),
        rate: Figure::default(),
    };
    let mut subjects = [
        subject(&row, "/", "", "one row of SQLite by its key (the floor)", None),
        subject(&hello, "/", "", "hello, no database", None),
        subject(&large, &slots("busy-100", 31)?, "PF2", "a month of free times, L, N = 100", Some(4.0)),
        subject(&large, &slots("busy-0", 31)?, "PF2", "the same, N = 0", None),
        subject(&large, &slots("busy-1000", 31)?, "PF2", "the same, N = 1,000", None),
        subject(&small, &slots("busy-100", 31)?, "PF4", "the same, S, N = 100", None),
        subject(&large, page, "PF3", "booking page with its month, L, N = 100", Some(10.0)),
    ];
    for subject in &subjects {
        http::body(subject.server.port, &subject.path)?;
    }
    while !subjects.iter().all(|subject| subject.cost.enough()) {
        for subject in &mut subjects {
            let outcome = subject.server.ask(&subject.path)?;
            if outcome.failed > 0 {
                bail!("{}: {} of {} requests failed", subject.work, outcome.failed, outcome.requests);
            }
            subject.cost.add(outcome.cost, outcome.usage.disturbed());
            subject.rate.add(outcome.rate, outcome.usage.disturbed());
        }
    }
    let floor = subjects.first().map_or(f64::NAN, |floor| floor.cost.median());
    let mut rows: Vec<Row> = subjects.iter().map(|subject| subject.row(floor)).collect();
    rows.push(weight(&large, page)?);
    Ok(rows)
}

impl Subject<'_> {
    fn row(&self, floor: f64) -> Row {
        let ratio = self.cost.median() / floor;
        Row {
            id: if self.id.is_empty() { "–".into() } else { self.id.into() },
            work: self.work.into(),
            ours: format!("{}; {} a second", self.cost.words("µs"), short(self.rate.median())),
            floor: format!("{} µs", short(floor)),
            ratio: format!("{ratio:.1}"),
            goal: self.goal.map_or_else(|| "–".into(), |goal| format!("≤ {goal} ×")),
            met: self.goal.map(|goal| ratio <= goal),
        }
    }
}

/// What a browser loads to show the booking page.
fn weight(server: &Server, path: &str) -> Result<Row> {
    let html = http::body(server.port, path)?;
    let mut parts = BTreeSet::new();
    for mark in ["src=\"/", "href=\"/assets/"] {
        for (at, _) in html.match_indices(mark) {
            let from = at + mark.find('/').unwrap_or_default();
            parts.extend(html.get(from..).and_then(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    let mut bytes = html.len();
    for part in &parts {
        bytes += http::body(server.port, part)?.len();
    }
    let (kilobytes, requests) = (bytes.div_ceil(1000), parts.len() + 1);
    Ok(Row {
        id: "PF3".into(),
        work: "weight of the booking page with style, script and picture, uncompressed".into(),
        ours: format!("{kilobytes} KB in {requests} requests"),
        floor: "–".into(),
        ratio: "–".into(),
        goal: "≤ 60 KB in ≤ 6 requests".into(),
        met: Some(kilobytes <= 60 && requests <= 6),
    })
}
