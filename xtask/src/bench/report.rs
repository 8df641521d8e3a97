//! The table on standard output and in `docs/performance.md`.

use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result};

use super::Bench;
use super::figures::Row;
use crate::run::{command, quiet};
use crate::workspace::root;

const BEGIN: &str = "<!-- figures: written by `cargo xtask bench` -->\n";
const END: &str = "<!-- end of the figures -->\n";

/// Keeps a part's rows for the document, and prints them.
pub fn keep(bench: &Bench, part: &str, rows: &[Row]) -> Result<()> {
    for row in rows {
        let met = row.met.map_or("", |met| if met { "met" } else { "FALLS SHORT" });
        println!(
            "{:5} {} | {} | floor {} | ratio {} | goal {} | {met}",
            row.id, row.work, row.ours, row.floor, row.ratio, row.goal
        );
    }
    fs::write(bench.folder.join(format!("{part}.json")), serde_json::to_string_pretty(rows)?)?;
    Ok(())
}

/// Writes the figures between their marks; the words around them are by hand.
pub fn write(bench: &Bench) -> Result<()> {
    let mut parts: Vec<_> =
        fs::read_dir(&bench.folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    parts.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    parts.sort();
    let mut rows: Vec<Row> = Vec::new();
    for part in parts {
        rows.extend(serde_json::from_str::<Vec<Row>>(&fs::read_to_string(part)?)?);
    }
    let date = quiet(&mut command("date", ["--utc", "+%F"]))?;
    let path = root().join("docs/performance.md");
    let text = fs::read_to_string(&path)?;
    let (before, rest) =
        text.split_once(BEGIN).context("docs/performance.md has lost the mark of its figures")?;
    let (_, after) = rest.split_once(END).context("docs/performance.md has lost the end of its figures")?;
    fs::write(path, format!("{before}{BEGIN}{}{END}{after}", table(&rows, date.trim(), &machine()?)?))?;
    Ok(())
}

fn table(rows: &[Row], date: &str, machine: &str) -> Result<String> {
    let mut text = String::new();
    writeln!(text, "\nMeasured {date} on {machine}.\n")?;
    writeln!(
        text,
        "| goal | work | Nameplate | floor | ratio | wanted | |\n| --- | --- | --- | --- | --- | --- | --- |"
    )?;
    for row in rows {
        let met = row.met.map_or("", |met| if met { "met" } else { "**falls short**" });
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {met} |",
            row.id, row.work, row.ours, row.floor, row.ratio, row.goal
        )?;
    }
    writeln!(text)?;
    Ok(text)
}

fn machine() -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let system = fs::read_to_string("/etc/os-release")?;
    let name = system.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or("Linux");
    Ok(format!("{cores} cores, {}", name.trim_matches('"')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_falls_short_says_so() {
        let row = Row {
            id: "PF2".into(),
            work: "work".into(),
            ours: "5 µs".into(),
            floor: "1 µs".into(),
            ratio: "5.0".into(),
            goal: "≤ 4 ×".into(),
            met: Some(false),
        };
        let text = table(&[row], "2026-11-22", "2 cores, Debian").unwrap();
        assert!(text.contains("| PF2 | work | 5 µs | 1 µs | 5.0 | ≤ 4 × | **falls short** |"), "{text}");
    }
}
