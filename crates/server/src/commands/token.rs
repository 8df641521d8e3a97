//! `nameplate token …`: what programs act with.

use super::agent::wrong;
use super::print;
use crate::cli::TokenCommand;
use crate::config::Config;
use crate::wiring;
use anyhow::{Context, Result, anyhow};
use nameplate_app::App;
use nameplate_app::accounts::api_tokens;
use nameplate_domain::account::{EmailAddress, TokenName};
use serde_json::{Value, json};

/// Runs one of them.
pub async fn run(config: Config, command: TokenCommand) -> Result<()> {
    let (TokenCommand::Create { email, .. }
    | TokenCommand::List { email, .. }
    | TokenCommand::Revoke { email, .. }) = &command;
    let email = EmailAddress::parse(email).map_err(|problem| wrong("--email", &problem))?;
    let app = wiring::reopen(&config).await?;
    match command {
        TokenCommand::Create { name, .. } => create(&app, email, &name).await,
        TokenCommand::List { json, .. } => list(&app, email, json).await,
        TokenCommand::Revoke { id, .. } => revoke(&app, email, &id).await,
    }
}

/// Only the token's hash is kept.
async fn create(app: &App, email: EmailAddress, name: &str) -> Result<()> {
    let name = TokenName::parse(name).map_err(|problem| wrong("--name", &problem))?;
    let token = api_tokens::create_for(app, wiring::clock(), email, name.as_str()).await?;
    println!("{}", token.context("no active account has this address")?);
    Ok(())
}

/// One a line: id, made, ends, last used, name; separated by tabs, instants in UTC.
async fn list(app: &App, email: EmailAddress, as_json: bool) -> Result<()> {
    let tokens = api_tokens::list_for(app, email).await?.context("no account has this address")?;
    let text = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
    if as_json {
        let all: Vec<Value> = tokens
            .iter()
            .map(|one| {
                json!({
                    "id": one.id.to_string(), "name": one.name, "created_at": one.created_at.to_string(),
                    "expires_at": text(one.expires_at), "last_used_at": text(one.last_used_at),
                })
            })
            .collect();
        return print([Value::Array(all)]);
    }
    print(tokens.into_iter().map(|one| {
        let (ends, used) = (text(one.expires_at), text(one.last_used_at));
        let or_never = |text: Option<String>| text.unwrap_or_else(|| "never".to_owned());
        format!("{}\t{}\t{}\t{}\t{}", one.id, one.created_at, or_never(ends), or_never(used), one.name)
    }))
}

async fn revoke(app: &App, email: EmailAddress, id: &str) -> Result<()> {
    let id = id.parse().map_err(|_| anyhow!("--id: write it as `nameplate token list` prints it"))?;
    let gone = api_tokens::revoke_for(app, wiring::clock(), email, id).await?;
    println!("revoked: {}", gone.context("this account has no such token")?.name);
    Ok(())
}
