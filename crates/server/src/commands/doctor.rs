//! `nameplate doctor`: looks at what the server rests on.

use crate::config::Config;
use crate::wiring;
use anyhow::{Result, anyhow, bail};
use nameplate_app::accounts::set_up;
use nameplate_app::audit::{self, Verdict};
use nameplate_app::webhooks::WebhookState;
use nameplate_store::{Engine, Error as StoreError};

/// Prints a line for each thing looked at; fails when one does not work.
pub async fn run(config: Config, audit_at_least: i64) -> Result<()> {
    println!("OK    configuration     public URL {}", config.public_url.as_str());
    println!("OK    data directory    {}", config.data_dir.display());
    let app = match wiring::reopen(&config).await {
        Ok(app) => app,
        Err(error) => {
            println!("FAIL  database          {error:#}");
            bail!("the database, its key or the data directory needs mending");
        }
    };
    let engine = match app.store().engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    println!("OK    database          {engine}, schema up to date, key fits");
    println!("OK    time-zone data    {} from {}", app.tzdb().version(), app.tzdb().source());
    if config.smtp_url.is_some() {
        wiring::transport(&app, &config)?;
        println!("OK    mail              smtp.url is well formed (not tried)");
    } else {
        println!("WARN  mail              smtp.url is not set: nobody gets a message");
    }
    match config.dkim().map_err(|error| anyhow!("{error}"))? {
        Some(dkim) => println!("OK    signatures        DKIM, record {} (not looked up)", dkim.record().0),
        None => println!("OK    signatures        none made here: the mail server may sign"),
    }
    match &config.sms {
        Some(sms) => println!("OK    text messages     {} is well formed (not tried)", sms.provider),
        None => println!("OK    text messages     off: sms.provider is not set"),
    }
    if set_up::is_done(&app).await? {
        println!("OK    set-up            there is an admin");
    } else {
        println!("WARN  set-up            no admin yet: run nameplate setup-link");
    }
    if config.public_url.is_https() && config.trusted_proxies.is_empty() {
        println!(
            "WARN  proxy             server.trusted_proxies is not set: all customers count as one client"
        );
    }
    if !config.public_url.is_https() {
        println!("WARN  public URL        plain http: fit for this machine only");
    }
    let now = wiring::clock();
    let (due, all) = app
        .store()
        .read(|tx| async move {
            Ok::<_, StoreError>((tx.count_open(Some(now)).await?, tx.count_open(None).await?))
        })
        .await?;
    println!("OK    outbox            {due} waiting, {} for later", all - due);
    let hooks = app.store().read(|tx| async move { tx.webhooks().await }).await?;
    let count = |state| hooks.iter().filter(|one| one.state == state).count();
    match count(WebhookState::Failed) {
        0 => println!(
            "OK    webhooks          {} on, {} off",
            count(WebhookState::On),
            count(WebhookState::Off)
        ),
        failed => println!(
            "WARN  webhooks          {failed} turned off, because nothing arrived for 24 hours: see {}/admin/webhooks",
            config.public_url.as_str()
        ),
    }
    match audit::verify(&app).await? {
        // Who cuts off the end can set the head back too: only a number kept elsewhere shows that.
        Verdict::Whole(entries) if entries < audit_at_least => {
            println!("FAIL  audit log         {entries} entries, but there were {audit_at_least} before");
            bail!("the end of the audit log is gone: somebody cut it off, or an older backup was restored");
        }
        Verdict::Whole(entries) => {
            println!("OK    audit log         {entries} entries, each as it was written");
            println!(
                "                        note it elsewhere; next time: nameplate doctor --audit-at-least {entries}"
            );
        }
        Verdict::Broken(entry) => {
            println!("FAIL  audit log         entry {entry} is not as it was written, or not there");
            bail!("somebody changed the audit log past this program");
        }
    }
    Ok(())
}
