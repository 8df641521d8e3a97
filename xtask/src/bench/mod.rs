//! `cargo xtask bench`: what Nameplate costs, beside the least that a server could do for the same request.
//!
//! Every goal is a ratio to a floor that ran in turn with it, because an absolute time says more about the machine than about the
//! program. A part leaves its rows in `target/bench/PART.json`; `docs/performance.md` is written from all that are there.

mod bookings;
mod data;
mod engine;
mod enumeration;
mod figures;
mod first_run;
mod http;
mod machine;
mod process;
mod reads;
mod reminders;
mod report;
mod sign_ins;
mod start;
mod wrk;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::run::{Steps, command, quiet, shown};
use crate::workspace::{root, target};

type Measure = fn(&Bench) -> Result<Vec<figures::Row>>;

/// What is measured together.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// PF1: the slot engine alone
    Engine,
    /// PF2 and PF3: free times and the booking page
    Reads,
    /// PF5 and PF6: bookings, on both engines
    Bookings,
    /// PF7: start and memory
    Start,
    /// A7: whether the time of an answer tells who has an account
    Enumeration,
    /// A3: what others notice while 200 people sign in at once
    SignIns,
    /// PF10: 10,000 reminders that are due at once
    Reminders,
    /// PF11: the first build and start of a newcomer (many minutes; not part of a run without arguments)
    FirstRun,
}

/// Measures the parts, prints what came out, and writes `docs/performance.md`.
pub fn run(steps: &mut Steps, parts: &[Part]) -> Result<()> {
    let all = [
        Part::Engine,
        Part::Reads,
        Part::Bookings,
        Part::Start,
        Part::Enumeration,
        Part::SignIns,
        Part::Reminders,
    ];
    let parts = if parts.is_empty() { &all } else { parts };
    let bench = steps.step("build for release", Bench::build)?;
    for part in parts {
        let (name, measure): (_, Measure) = match part {
            Part::Engine => ("1-engine", engine::measure),
            Part::Reads => ("2-reads", reads::measure),
            Part::Bookings => ("3-bookings", bookings::measure),
            Part::Start => ("4-start", start::measure),
            Part::FirstRun => ("5-first-run", first_run::measure),
            Part::Enumeration => ("6-enumeration", enumeration::measure),
            Part::SignIns => ("7-sign-ins", sign_ins::measure),
            Part::Reminders => ("8-reminders", reminders::measure),
        };
        steps.step(name, || report::keep(&bench, name, &measure(&bench)?))?;
    }
    steps.step("docs/performance.md", || report::write(&bench))
}

/// The programs that are measured, and where they leave their files.
pub struct Bench {
    server: PathBuf,
    floor: PathBuf,
    loader: PathBuf,
    engine: PathBuf,
    postgres: PathBuf,
    folder: PathBuf,
}

impl Bench {
    fn build() -> Result<Self> {
        if quiet(&mut command("wrk", ["--version"])).is_err()
            && quiet(&mut command("which", ["wrk"])).is_err()
        {
            bail!("wrk is missing: apt-get install wrk");
        }
        let cargo = |arguments: &[&str]| shown(command("cargo", arguments).current_dir(root()));
        cargo(&["build", "--release", "--package", "nameplate-server", "--package", "nameplate-testkit"])?;
        cargo(&["build", "--release", "--package", "xtask", "--examples"])?;
        let release = target()?.join("release");
        let folder = target()?.join("bench");
        std::fs::create_dir_all(&folder).context("target/bench")?;
        Ok(Self {
            server: release.join("nameplate"),
            floor: release.join("examples/floor"),
            loader: release.join("examples/load"),
            engine: release.join("examples/engine"),
            postgres: release.join("throwaway-postgres"),
            folder,
        })
    }

    /// An empty folder for files of one measurement.
    fn fresh(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}
