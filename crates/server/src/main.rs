//! The server: command line, configuration, wiring.

mod cli;
mod commands;
mod config;
mod logging;
mod serve;
mod tzdata;
mod settings;

use clap::Parser as _;
use cli::{Cli, Command};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("nameplate: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    let sources = cli.configuration.sources(environment());
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => commands::config::load(&sources).map(drop),
        Command::Healthcheck { url } => commands::healthcheck::run(url, &sources),
        Command::Demo(_) | Command::Doctor | Command::SetupLink | Command::Agent(_) | Command::Openapi => {
            anyhow::bail!("this command is not part of this build")
        }
        Command::Config(command) => commands::config::run(command, &sources),
    }
}

/// Variables that are not Unicode cannot be ours.
fn environment() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
