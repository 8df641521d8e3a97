//! A3 of the security rules: what others notice while 200 people sign in at once.

use std::sync::Barrier;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Bench;
use super::figures::{Row, short};
use super::http;
use super::process::Running;
use crate::run::command;

/// People at the sign-in at once.
const PEOPLE: usize = 200;
/// Requests for the page without them.
const CALM: usize = 1_000;

pub fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let folder = bench.fresh("sign-ins")?;
    let mut demo = command(&bench.server, ["demo", "--json", "--port", "0", "--data-dir"]);
    let server = Running::start(demo.arg(folder.join("data")), &folder.join("log"))?;
    let said = server.said()?;
    let text =
        |pointer: &str| said.pointer(pointer).and_then(Value::as_str).context("not in the demo's line");
    let (base, profile) = (text("/base_url")?, text("/agents/0/profile_url")?);
    let port = base.rsplit(':').next().and_then(|port| port.parse().ok()).context("no port")?;
    let page = profile.strip_prefix(base).context("a profile URL elsewhere")?;
    let calm = (0..CALM).map(|_| get(port, page)).collect::<Result<Vec<_>>>()?;
    let (busy, answers) = while_signing_in(port, page)?;
    let (calm, busy, asked) = (p99(calm), p99(busy.clone()), busy.len());
    let ratio = busy / calm;
    Ok(vec![Row {
        id: "A3".into(),
        work: format!("p99 of an agent's page while {PEOPLE} people sign in at once ({asked} requests)"),
        ours: format!(
            "{} ms; {answers} of {PEOPLE} passwords checked, the others asked to come back",
            short(busy * 1e3)
        ),
        floor: format!("{} ms, nobody signing in", short(calm * 1e3)),
        ratio: format!("{ratio:.1}"),
        goal: "≤ 2 ×".into(),
        met: Some(ratio <= 2.0),
    }])
}

/// The times of the page until all have their answer, and how many of them had their password checked.
fn while_signing_in(port: u16, page: &str) -> Result<(Vec<f64>, usize)> {
    let together = Barrier::new(PEOPLE + 1);
    thread::scope(|scope| {
        let people: Vec<_> = (0..PEOPLE)
            .map(|n| {
                let together = &together;
                scope.spawn(move || -> Result<bool> {
                    let body = format!("email=nobody-{n}@example.com&password=not+the+password");
                    together.wait();
                    let answer =
                        http::post(port, "/sign-in", "application/x-www-form-urlencoded", "", &body)?;
                    if ![422, 503].contains(&answer.status) {
                        bail!("POST /sign-in answered {}: {}", answer.status, answer.body);
                    }
                    Ok(answer.status == 422)
                })
            })
            .collect();
        together.wait();
        let mut times = Vec::new();
        while !people.iter().all(thread::ScopedJoinHandle::is_finished) {
            times.push(get(port, page)?);
        }
        let mut checked = 0;
        for person in people {
            let Ok(answered) = person.join() else { bail!("a sign-in ended early") };
            checked += usize::from(answered?);
        }
        Ok((times, checked))
    })
}

/// Seconds that the page took.
fn get(port: u16, page: &str) -> Result<f64> {
    let start = Instant::now();
    http::body(port, page)?;
    Ok(start.elapsed().as_secs_f64())
}

fn p99(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() * 99 / 100).copied().unwrap_or(f64::NAN)
}
