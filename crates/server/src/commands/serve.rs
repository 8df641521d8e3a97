//! `nameplate serve`.

use crate::config::Config;
use crate::{serve, wiring};
use anyhow::{Context, Result};
use axum::Router;
use nameplate_app::accounts::set_up;
use nameplate_app::people::imports;
use nameplate_app::{App, outbox, webhooks};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Runs the server until it is told to stop.
pub async fn run(config: Config) -> Result<()> {
    let app = wiring::open(&config).await?;
    let _alone = wiring::alone(&config)?;
    let listeners = serve::listen::all(&config.listen)?;
    // Printed, never logged: whoever has the link becomes the first admin.
    if let Some(link) = set_up::link(&app, wiring::clock()).await? {
        println!("Set up this server within 24 hours:\n\n  {link}\n");
    }
    println!("Nameplate is at {}", config.public_url.as_str());
    let site = wiring::site(&app, &config, false);
    until_stopped(&app, &config, listeners, site).await
}

/// Serves requests and sends messages; both end together.
pub async fn until_stopped(
    app: &App,
    config: &Config,
    listeners: Vec<TcpListener>,
    site: Router,
) -> Result<()> {
    let transport = wiring::transport(app, config)?;
    let (stop, stopped) = oneshot::channel::<()>();
    let sender = tokio::spawn(outbox::run(app.clone(), transport, wiring::clock, async move {
        // An error is the end of the server too.
        let _ = stopped.await;
    }));
    let (stop_calls, calls_stopped) = oneshot::channel::<()>();
    let courier = webhooks::Courier::new(Arc::clone(&app.settings().webhooks))?;
    let caller = tokio::spawn(webhooks::run(app.clone(), courier, wiring::clock, async move {
        let _ = calls_stopped.await;
    }));
    let sweeper = tokio::spawn(wiring::sweep(app.clone()));
    let minutely = tokio::spawn(wiring::every_minute(app.clone()));
    let importer = tokio::spawn(imports::run(app.clone(), wiring::clock));
    let served = serve::until_signal(listeners, site, serve::Options::new(config)).await;
    sweeper.abort();
    minutely.abort();
    // The row that it is at is done whole or not at all, and the next start goes on behind it.
    importer.abort();
    wiring::keep_visits(app).await;
    drop((stop, stop_calls));
    sender.await.context("the sender of messages failed")?;
    caller.await.context("the caller of webhooks failed")?;
    served.context("the server could not run")
}
