//! PF1: one month of slots as pure computation.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Bench;
use super::figures::{Figure, Row};
use super::machine::{Watch, used_by_children};
use crate::run::{command, quiet};

pub fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let children = || std::fs::read_to_string("/proc/self/stat").map(|stat| used_by_children(&stat));
    let before = children()?;
    let watch = Watch::start()?;
    let output = quiet(&mut command(&bench.engine, [""; 0]))?;
    let disturbed = watch.stop(children()? - before)?.disturbed();
    let figures: Value = serde_json::from_str(&output)?;
    let mut rows = Vec::new();
    for (busy, goal) in [("0", None), ("100", Some(50.0)), ("1000", Some(100.0))] {
        let found = figures.get(busy).context("a count of busy times")?;
        let mut figure = Figure::default();
        for micros in
            found.get("micros").and_then(Value::as_array).context("runs")?.iter().filter_map(Value::as_f64)
        {
            figure.add(micros, disturbed);
        }
        let slots = found.get("slots").and_then(Value::as_u64).context("slots")?;
        rows.push(Row {
            id: "PF1".into(),
            work: format!("one month of slots, computation alone, {busy} busy times ({slots} slots)"),
            ours: figure.words("µs"),
            floor: "–".into(),
            ratio: "–".into(),
            goal: goal.map_or_else(|| "–".into(), |goal| format!("≤ {goal} µs")),
            met: goal.map(|goal| figure.median() <= goal),
        });
    }
    Ok(rows)
}
