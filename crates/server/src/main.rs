//! The server: command line, configuration, wiring.

mod cli;
mod commands;
mod config;
mod logging;
mod oidc;
mod serve;
mod settings;
mod sms;
mod tzdata;
mod wiring;

use clap::Parser as _;
use cli::{AgentCommand, Cli, Command, PeopleCommand};
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
        Command::Serve => wait(commands::serve::run(commands::config::load(&sources)?)),
        Command::Demo(wanted) => wait(commands::demo::run(sources, wanted)),
        Command::Doctor { audit_at_least } => {
            wait(commands::doctor::run(commands::config::load(&sources)?, audit_at_least))
        }
        Command::SmsHooks => wait(commands::sms_hooks::run(commands::config::load(&sources)?)),
        Command::SetupLink => wait(commands::setup_link::run(commands::config::load(&sources)?)),
        Command::Agent(command) => {
            let config = commands::config::load(&sources)?;
            match command {
                AgentCommand::Add(wanted) => wait(commands::agent::add(config, wanted)),
                AgentCommand::ResetTwoStep { email } => wait(commands::agent::reset_two_step(config, email)),
                AgentCommand::ResetLink { email } => wait(commands::agent::reset_link(config, email)),
                AgentCommand::Keep { email } => wait(commands::agent::keep(config, email)),
                AgentCommand::List { json } => wait(commands::agent_state::list(config, json)),
                AgentCommand::Lock { email } => wait(commands::agent_state::lock(config, email)),
                AgentCommand::Unlock { email } => wait(commands::agent_state::unlock(config, email)),
                AgentCommand::SignOut { email } => wait(commands::agent_state::sign_out(config, email)),
            }
        }
        Command::Token(command) => wait(commands::token::run(commands::config::load(&sources)?, command)),
        Command::People(PeopleCommand::Import(wanted)) => {
            wait(commands::people::import(commands::config::load(&sources)?, wanted))
        }
        Command::Export { agent, output } => {
            wait(commands::agent::export(commands::config::load(&sources)?, agent, output))
        }
        Command::Healthcheck { url } => commands::healthcheck::run(url, &sources),
        Command::DkimRecord => commands::dkim_record::run(&commands::config::load(&sources)?),
        Command::Openapi => commands::print([nameplate_web::openapi()]),
        Command::Config(command) => commands::config::run(command, &sources),
    }
}

/// Runs a command that needs the database.
fn wait(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let _log = logging::start()?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}

/// Variables that are not Unicode cannot be ours.
fn environment() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}
