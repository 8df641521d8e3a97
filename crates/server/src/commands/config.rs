//! `nameplate config check|dump|explain`.

use crate::cli::ConfigCommand;
use crate::config::{self, Config, Settings, Sources};
use anyhow::{Result, anyhow};

/// Reads the configuration and does what was asked; the text goes to standard output.
pub fn run(command: ConfigCommand, sources: &Sources) -> Result<()> {
    let settings = collect(sources)?;
    match command {
        ConfigCommand::Check => {
            check(&settings)?;
            println!("The configuration is in order.");
        }
        ConfigCommand::Dump { json: false } => print!("{}", config::dump(&settings)),
        ConfigCommand::Dump { json: true } => println!("{:#}", config::dump_json(&settings)),
        ConfigCommand::Explain { key } => match config::explain(&key, &settings) {
            Ok(text) => print!("{text}"),
            Err(nearest) => return Err(anyhow!("There is no key {key}. The nearest is {nearest}.")),
        },
    }
    Ok(())
}

/// The configuration as `serve` needs it.
pub fn load(sources: &Sources) -> Result<Config> {
    check(&collect(sources)?)
}

fn collect(sources: &Sources) -> Result<Settings> {
    sources.collect().map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })
}

fn check(settings: &Settings) -> Result<Config> {
    let config = Config::from_settings(settings).map_err(|error| anyhow!("{error}"))?;
    config.check_for_serve().map_err(|error| anyhow!("{error}"))?;
    crate::sms::settings(&config)?;
    Ok(config)
}
