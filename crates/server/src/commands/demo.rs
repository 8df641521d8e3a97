//! `nameplate demo`: the main job on the embedded database, with example data.

mod people;

use crate::cli::Demo;
use crate::config::{self, Config, Sources};
use crate::{serve, wiring};
use anyhow::{Context, Result, bail};
use nameplate_app::App;
use people::Person;
use serde_json::json;

/// Kept in every database that the demonstration makes.
const MADE: &str = "made_by_demo";

/// The demonstration adds an administrator whose password it prints: never to the data of a server that somebody uses.
async fn refuse_a_real_server(config: &Config) -> Result<()> {
    let Some(store) = wiring::existing(config).await? else { return Ok(()) };
    if store.read(|tx| async move { tx.meta(MADE).await }).await?.is_none() {
        bail!("{} belongs to a real server; the demo uses a directory of its own", config.data_dir.display());
    }
    Ok(())
}

/// Starts the demonstration and prints where to look.
pub async fn run(sources: Sources, wanted: Demo) -> Result<()> {
    let (listeners, port) = serve::listen::loopback(wanted.port)?;
    let config = super::config::load(&config::demo(sources, port))?;
    refuse_a_real_server(&config).await?;
    let app = wiring::open(&config).await?;
    let _alone = wiring::alone(&config)?;
    app.store().write(|tx| async move { tx.set_meta(MADE, "yes").await }).await?;
    let people = people::all(&app, wiring::clock()).await.context("the example data could not be made")?;
    let site = wiring::site(&app, &config, true);
    // The listeners are open, so a request that comes now waits for its answer and is not refused.
    print(&app, &config, &people, wanted.json);
    super::serve::until_stopped(&app, &config, listeners, site).await
}

fn print(app: &App, config: &Config, people: &[Person], as_json: bool) {
    let base_url = config.public_url.as_str();
    let agent = |person: &Person| {
        json!({
            "id": person.agent.id.to_string(),
            "slug": person.agent.slug.as_str(),
            "email": person.agent.email.as_str(),
            "password": person.password,
            "token": person.token,
            "profile_url": app.url(&format!("/{}", person.agent.slug)),
            "time_zone": person.agent.time_zone.as_str(),
        })
    };
    let [admin, agents @ ..] = people else { return };
    if as_json {
        let admin =
            json!({ "email": admin.agent.email.as_str(), "password": admin.password, "token": admin.token });
        let agents: Vec<_> = agents.iter().map(agent).collect();
        println!("{}", json!({ "base_url": base_url, "admin": admin, "agents": agents }));
        return;
    }
    println!("\nNameplate is ready: {base_url}\n");
    println!("Book a meeting as a customer:");
    for person in agents {
        println!(
            "  {:<42} {} ({})",
            app.url(&format!("/{}", person.agent.slug)),
            person.agent.name,
            person.agent.time_zone
        );
    }
    println!("\nSign in at {base_url}/sign-in as an agent:");
    for person in agents.iter().chain([admin]) {
        println!(
            "  {:<26} password {}   ({})",
            person.agent.email.as_str(),
            person.password,
            person.agent.role
        );
    }
    println!("\nAdmin's API token: {}", admin.token);
    println!("Messages are kept at {base_url}/dev/mailbox");
    println!("Data is in {}; the next start keeps it. Stop with Ctrl+C.\n", config.data_dir.display());
}
