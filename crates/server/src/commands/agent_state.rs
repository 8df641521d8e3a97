//! `nameplate agent list|lock|unlock|sign-out`: who is there, and who may come in.

use super::agent::wrong;
use super::print;
use crate::config::Config;
use crate::wiring;
use anyhow::{Result, anyhow, bail};
use nameplate_app::people::operator;
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::{Agent, EmailAddress};
use serde_json::{Value, json};

/// Prints everybody, one a line, separated by tabs.
pub async fn list(config: Config, as_json: bool) -> Result<()> {
    let app = wiring::reopen(&config).await?;
    let people = operator::everybody(&app).await?;
    if as_json {
        let all: Vec<Value> = people
            .iter()
            .map(|one| {
                json!({
                    "id": one.id.to_string(), "email": one.email.as_str(), "name": one.name.as_str(), "role": one.role.as_str(),
                    "status": one.status.as_str(), "slug": one.slug.as_str(),
                })
            })
            .collect();
        return print([Value::Array(all)]);
    }
    let line = |one: &Agent| {
        format!("{}\t{}\t{}\t{}\t{}", one.id, one.email.as_str(), one.role, one.status, one.name)
    };
    print(people.iter().map(line))
}

/// Deactivates an account.
pub async fn lock(config: Config, email: String) -> Result<()> {
    let (email, app) = (address(&email)?, wiring::reopen(&config).await?);
    match operator::lock(&app, wiring::clock(), email).await {
        Err(Error::Refused(Refusal::OtherStatus)) => bail!("the account is deactivated or closed already"),
        Err(Error::Refused(Refusal::LastAdmin)) => {
            bail!("this is the only administrator: make somebody else one first")
        }
        other => other.map_err(unknown)?,
    }
    println!("the account is deactivated");
    Ok(())
}

/// Reactivates an account.
pub async fn unlock(config: Config, email: String) -> Result<()> {
    let (email, app) = (address(&email)?, wiring::reopen(&config).await?);
    match operator::unlock(&app, wiring::clock(), email).await {
        Ok(true) => println!("the account works again"),
        Ok(false) => {
            bail!("nobody ever came to this account: reactivate it under People, which invites them")
        }
        Err(Error::Refused(Refusal::OtherStatus)) => bail!("the account is not deactivated"),
        Err(error) => return Err(unknown(error)),
    }
    Ok(())
}

/// Signs an account out everywhere.
pub async fn sign_out(config: Config, email: String) -> Result<()> {
    let (email, app) = (address(&email)?, wiring::reopen(&config).await?);
    let count = operator::sign_out(&app, wiring::clock(), email).await.map_err(unknown)?;
    println!("signed out; devices: {count}");
    Ok(())
}

fn address(email: &str) -> Result<EmailAddress> {
    EmailAddress::parse(email).map_err(|problem| wrong("--email", &problem))
}

fn unknown(error: Error) -> anyhow::Error {
    match error {
        Error::NotFound => anyhow!("no account has this address"),
        other => other.into(),
    }
}
