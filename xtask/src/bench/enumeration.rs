//! A7 of the security rules: whether the time of an answer tells who has an account.
//!
//! Pairs of one request about an account and one about nobody, in changing order; the area under the curve (AUC) is the
//! chance that the one about an account took longer. 0.5 tells nothing.

use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Bench;
use super::figures::Row;
use super::http;
use super::process::Running;
use crate::run::command;

/// Pairs of requests for each question.
const PAIRS: usize = 1_000;

pub fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let folder = bench.fresh("enumeration")?;
    let mut demo = command(&bench.server, ["demo", "--json", "--port", "0", "--data-dir"]);
    let server = Running::start(demo.arg(folder.join("data")), &folder.join("log"))?;
    let said = server.said()?;
    let text =
        |pointer: &str| said.pointer(pointer).and_then(Value::as_str).context("not in the demo's line");
    let port = text("/base_url")?.rsplit(':').next().and_then(|port| port.parse().ok()).context("no port")?;
    let (known, password, token) =
        (text("/agents/0/email")?, text("/agents/1/password")?, text("/agents/1/token")?);
    let form = "application/x-www-form-urlencoded";
    let sign_in = |email: &str| {
        ask(port, "/sign-in", form, "", &format!("email={email}&password=not+the+password"), 422)
    };
    let reset = |email: &str| ask(port, "/forgot-password", form, "", &format!("email={email}"), 200);
    let change = |email: &str| {
        let body = serde_json::json!({ "email": email, "current_password": password }).to_string();
        ask(port, "/api/v1/me/email", "application/json", token, &body, 202)
    };
    Ok(vec![
        row("wrong sign-in", auc(known, &sign_in)?),
        row("forgotten password", auc(known, &reset)?),
        row("change of the email address", auc(known, &change)?),
    ])
}

/// Seconds that one request took.
fn ask(port: u16, path: &str, kind: &str, token: &str, body: &str, status: u16) -> Result<f64> {
    let start = Instant::now();
    let answer = http::post(port, path, kind, token, body)?;
    let took = start.elapsed().as_secs_f64();
    if answer.status != status {
        bail!("POST {path} answered {}: {}", answer.status, answer.body);
    }
    Ok(took)
}

fn auc(known: &str, ask: &dyn Fn(&str) -> Result<f64>) -> Result<f64> {
    let (mut with, mut without) = (Vec::with_capacity(PAIRS), Vec::with_capacity(PAIRS));
    for n in 0..PAIRS {
        let nobody = format!("nobody-{n}@example.com");
        if n % 2 == 0 {
            with.push(ask(known)?);
            without.push(ask(&nobody)?);
        } else {
            without.push(ask(&nobody)?);
            with.push(ask(known)?);
        }
    }
    Ok(longer(&with, &mut without))
}

/// The share of pairs of one and other in which the one is longer; equal ones count half.
#[expect(clippy::cast_precision_loss, reason = "two thousand numbers")]
fn longer(one: &[f64], other: &mut [f64]) -> f64 {
    other.sort_by(f64::total_cmp);
    let rank = |value: f64| {
        let (below, up_to) = (other.partition_point(|o| *o < value), other.partition_point(|o| *o <= value));
        (below + up_to) as f64 / 2.0
    };
    one.iter().map(|value| rank(*value)).sum::<f64>() / (one.len() * other.len()) as f64
}

fn row(work: &str, auc: f64) -> Row {
    Row {
        id: "A7".into(),
        work: format!("{work}: an account against nobody, {PAIRS} pairs"),
        ours: format!("AUC {auc:.3}"),
        floor: "0.5".into(),
        ratio: "–".into(),
        goal: "0.45 to 0.55".into(),
        met: Some((0.45..=0.55).contains(&auc)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_longer_ones() {
        assert!((longer(&[3.0, 4.0], &mut [1.0, 2.0]) - 1.0).abs() < 1e-9);
        assert!((longer(&[1.0, 2.0], &mut [4.0, 3.0]) - 0.0).abs() < 1e-9);
        assert!((longer(&[1.0, 2.0, 3.0], &mut [2.0, 1.0, 3.0]) - 0.5).abs() < 1e-9);
    }
}
