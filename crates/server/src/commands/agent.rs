//! `nameplate agent …`: accounts, for whoever runs the server.

use crate::cli::{AgentAdd, Role};
use crate::config::Config;
use crate::wiring;
use anyhow::{Context, Result, anyhow, bail};
use nameplate_app::Error;
use nameplate_app::accounts::add::{self, NewAgent};
use nameplate_app::accounts::two_step::{self, Removed};
use nameplate_app::accounts::{data, password_reset};
use nameplate_domain::account::{self, EmailAddress, FullName, Problem};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

/// Adds an account; the password comes from a file or from the first line of standard input.
pub async fn add(config: Config, wanted: AgentAdd) -> Result<()> {
    let password = if let Some(file) = &wanted.password_file {
        fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?
    } else {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).context("the password cannot be read from standard input")?;
        line
    };
    let app = wiring::reopen(&config).await?;
    let time_zone = app.tzdb().normalise(&wanted.time_zone);
    let new = NewAgent {
        name: FullName::parse(&wanted.name).map_err(|problem| wrong("--name", &problem))?,
        email: EmailAddress::parse(&wanted.email).map_err(|problem| wrong("--email", &problem))?,
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
        role: match wanted.role {
            Role::Agent => account::Role::Agent,
            Role::Manager => account::Role::Manager,
            Role::Admin => account::Role::Admin,
        },
        time_zone: time_zone.map_err(|_| wrong("--time-zone", &Problem::TimeZoneUnknown))?,
        slug: None,
    };
    match add::add(&app, wiring::clock(), new).await {
        Ok(agent) => println!("{} {}", agent.id, app.url(&format!("/{}", agent.slug))),
        Err(Error::Invalid(problems)) => {
            let lines: Vec<String> =
                problems.iter().map(|one| text(one.pointer.trim_start_matches('/'), &one.problem)).collect();
            bail!("{}", lines.join("\n"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Prints a link for a new password: the way back in where no mail is sent.
pub async fn reset_link(config: Config, email: String) -> Result<()> {
    let email = EmailAddress::parse(&email).map_err(|problem| wrong("--email", &problem))?;
    let app = wiring::reopen(&config).await?;
    let link = password_reset::link(&app, wiring::clock(), email).await?;
    println!("{}", link.context("no active account has this address")?);
    Ok(())
}

/// Opens a closed account again.
pub async fn keep(config: Config, email: String) -> Result<()> {
    let email = EmailAddress::parse(&email).map_err(|problem| wrong("--email", &problem))?;
    let app = wiring::reopen(&config).await?;
    if !data::keep_for(&app, wiring::clock(), email).await? {
        bail!("no closed account has this address");
    }
    println!("the account is open again");
    Ok(())
}

/// Turns two-step sign-in off: the way back in for who lost app and recovery codes.
pub async fn reset_two_step(config: Config, email: String) -> Result<()> {
    let email = EmailAddress::parse(&email).map_err(|problem| wrong("--email", &problem))?;
    let app = wiring::reopen(&config).await?;
    match two_step::remove_for(&app, wiring::clock(), email).await? {
        Removed::Nothing => bail!("no account with two-step sign-in has this address"),
        Removed::Off => println!("two-step sign-in is off"),
        Removed::OffWithoutPassword => println!(
            "two-step sign-in is off, and the password is gone, because it was too short to be enough alone: \
             nameplate agent reset-link prints a link for a new one"
        ),
    }
    Ok(())
}

/// Writes all that is kept about an agent into one file that only its owner can read.
pub async fn export(config: Config, email: String, output: PathBuf) -> Result<()> {
    let email = EmailAddress::parse(&email).map_err(|problem| wrong("--agent", &problem))?;
    let app = wiring::reopen(&config).await?;
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(&output);
    let mut file = file.with_context(|| format!("{} cannot be made", output.display()))?;
    let found = data::download_for(&app, wiring::clock(), email).await;
    let written = found.map_err(anyhow::Error::from).and_then(|found| {
        file.write_all(&found.context("no account has this address")?.bytes)?;
        Ok(file.sync_all()?)
    });
    if written.is_err() {
        // Half a file would be taken for a whole one.
        fs::remove_file(&output)?;
    }
    written
}

pub(super) fn wrong(what: &str, problem: &Problem) -> anyhow::Error {
    anyhow!("{}", text(what, problem))
}

/// A problem as a sentence of the catalogue.
fn text(what: &str, problem: &Problem) -> String {
    let texts = nameplate_i18n::Texts::of(nameplate_i18n::Locale::En);
    let args = problem.args();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    format!("{what}: {}", texts.format(&format!("problem-{}", problem.code().replace('_', "-")), &args))
}
