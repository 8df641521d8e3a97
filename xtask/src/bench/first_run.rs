//! PF11: how long a newcomer waits for the first page.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Bench;
use super::figures::Row;
use super::http;
use super::machine::{Watch, used_by_children};
use super::process::Running;
use crate::run::command;
use crate::workspace::root;

pub fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let folder = bench.fresh("first-run")?;
    let home = folder.join("cargo-home");
    std::fs::create_dir_all(&home)?;
    // Where crates come from is the machine's business and stays; what was fetched before does not.
    let before = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let before = before.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    for name in ["config.toml", "config"] {
        if let Some(from) = before.as_ref().map(|home| home.join(name)).filter(|path| path.exists()) {
            std::fs::copy(from, home.join(name))?;
        }
    }
    let children = || std::fs::read_to_string("/proc/self/stat").map(|stat| used_by_children(&stat));
    let used_before = children()?;
    let watch = Watch::start()?;
    let mut run = command("cargo", ["run", "--release", "--", "demo", "--json", "--port", "0", "--data-dir"]);
    run.arg(folder.join("data"))
        .current_dir(root())
        .env("CARGO_HOME", &home)
        .env("CARGO_TARGET_DIR", folder.join("target"));
    let running = Running::start(&mut run, &folder.join("log"))?;
    let said = running.said()?;
    let base = said.get("base_url").and_then(serde_json::Value::as_str).context("no base_url")?;
    let port = base.rsplit(':').next().and_then(|port| port.parse().ok()).context("no port")?;
    http::get(port, "/healthz")?;
    let minutes = running.ready_after.as_secs_f64() / 60.0;
    drop(running);
    let used = children()? - used_before;
    let usage = watch.stop(used)?;
    Ok(vec![Row {
        id: "PF11".into(),
        work: "first `cargo run --release -- demo`, nothing fetched or built before".into(),
        ours: format!(
            "{minutes:.1} min, {:.1} min of processor time{}",
            used / 60.0,
            if usage.disturbed() { "; disturbed" } else { "" }
        ),
        floor: "–".into(),
        ratio: "–".into(),
        goal: "≤ 10 min".into(),
        met: Some(minutes <= 10.0),
    }])
}
