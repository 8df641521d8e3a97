//! PF7: cold start on data set L, and memory.

use anyhow::Result;

use super::Bench;
use super::data::{Data, Server, Size, slots};
use super::figures::{Figure, Row, short};
use super::http;
use super::machine::Watch;

/// Started this often; each costs tens of milliseconds.
const STARTS: usize = 9;

pub fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let data = Data::fill(bench, "start-l", Size::L, None)?;
    let (mut floor, mut ours, mut idle) = (Figure::default(), Figure::default(), Figure::default());
    for _ in 0..STARTS {
        for (figure, hello) in [(&mut floor, true), (&mut ours, false)] {
            let watch = Watch::start()?;
            let server = if hello { Server::floor(bench, "hello", "")? } else { data.serve(bench)? };
            http::get(server.port, if hello { "/" } else { "/healthz" })?;
            // Over so short a time only the program's own work can be told from the machine's by its size.
            let disturbed = watch.stop(server.running.used()?)?.disturbed();
            figure.add(server.running.ready_after.as_secs_f64() * 1e3, disturbed);
            if !hello {
                idle.add(server.running.memory()?.0, false);
            }
        }
    }
    let ratio = ours.median() / floor.median();
    let server = data.serve(bench)?;
    for path in [slots("busy-100", 31)?, "/busy-100/intro".to_owned()] {
        server.ask(&path)?;
    }
    let (_, most) = server.running.memory()?;
    let row = |work: &str, ours: String, floor: String, ratio: String, goal: &str, met| Row {
        id: "PF7".into(),
        work: work.into(),
        ours,
        floor,
        ratio,
        goal: goal.into(),
        met: Some(met),
    };
    let none = || "–".to_owned();
    Ok(vec![
        row(
            "cold start on L, from the command to its first answer",
            ours.words("ms"),
            floor.words("ms"),
            format!("{ratio:.1}"),
            "≤ 2 × hello",
            ratio <= 2.0,
        ),
        row("memory after the start", idle.words("MB"), none(), none(), "≤ 20 MB", idle.median() <= 20.0),
        row(
            "most memory, free times and booking page under load",
            format!("{} MB", short(most)),
            none(),
            none(),
            "≤ 48 MB",
            most <= 48.0,
        ),
    ])
}
