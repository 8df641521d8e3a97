//! `cargo xtask …`: everything a developer and the build machine run.

mod bench;
mod check;
mod install;
mod run;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::run::Steps;

#[derive(Parser)]
#[command(about = "Development tasks of Nameplate")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Format, lints, documentation, dependencies and the rules that text can show
    Check,
    /// All of `check`, then unit, both-engine, HTTP, documentation and browser tests; installs what is missing
    Test,
    /// The browser tests alone; what follows goes to Playwright, as in `cargo xtask browser -g A-07`
    Browser {
        /// Arguments for Playwright
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Installs what the tests need and prints the variables that `cargo nextest run` needs to find it
    Env,
    /// What Nameplate costs beside the least a server could do; writes `docs/performance.md`
    Bench {
        /// Only these parts
        parts: Vec<bench::Part>,
    },
    /// Writes the accepted snapshots anew, to be read in the difference
    Regen,
}

fn main() -> ExitCode {
    let mut steps = Steps::default();
    let done = match Arguments::parse().task {
        Task::Check => check::run(&mut steps),
        Task::Test => test::run(&mut steps),
        Task::Browser { arguments } => test::browser_alone(&mut steps, &arguments),
        Task::Env => test::print_environment(&mut steps),
        Task::Bench { parts } => bench::run(&mut steps, &parts),
        Task::Regen => test::regenerate(&mut steps),
    };
    steps.summary();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("failed: {error:#}");
            ExitCode::FAILURE
        }
    }
}
