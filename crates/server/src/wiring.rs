//! Puts the parts together: data directory, key, database, time-zone data, use cases, pages, mail.

use crate::config::Config;
use crate::serve::Site;
use crate::{oidc, settings, sms, tzdata};
use anyhow::{Context, Result, bail};
use axum::Router;
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::{data, email_undo, slug, unfinished};
use nameplate_app::outbox::{Delivery, Transport};
use nameplate_app::people::imports;
use nameplate_app::{App, Passwords, Secrets, Settings, audit, fresh, mailbox::Mailbox, webhooks};
use nameplate_notify::Composed;
use nameplate_notify::smtp::{Limits, Smtp};
use nameplate_store::{OutboxRow, Store};
use nameplate_web::{Web, WebConfig};
use std::fs;
use std::future::Future;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The wall clock, read here and nowhere else.
pub fn clock() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    Timestamp::now()
}

/// Opens everything that the use cases need, of a server that ran before: a command in the wrong directory would else act
/// on a new, empty server and look as if it worked.
pub async fn reopen(config: &Config) -> Result<App> {
    if existing(config).await?.is_none() {
        bail!(
            "no server's data in {}: pass --data-dir or --config as for the server, and start the server once before",
            place(config)
        );
    }
    open(config).await
}

/// The database as it is, when there is one.
pub async fn existing(config: &Config) -> Result<Option<Store>> {
    Store::existing(config.database_url.expose()).await.context("the database cannot be used")
}

/// Where the data is, as far as it may be printed.
fn place(config: &Config) -> String {
    match config.database_url.expose().strip_prefix("sqlite:") {
        Some(path) => Path::new(path).parent().unwrap_or(Path::new(path)).display().to_string(),
        None => "the database of database.url".to_owned(),
    }
}

/// Opens everything that the use cases need; what is not there yet is made.
pub async fn open(config: &Config) -> Result<App> {
    if !config.data_dir.exists() {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&config.data_dir);
        made.with_context(|| format!("{} cannot be made", config.data_dir.display()))?;
    }
    if let Some(path) = config.database_url.expose().strip_prefix("sqlite:") {
        // SQLite gives the files beside it the mode of this one.
        let mut options = fs::OpenOptions::new();
        let made = options.create(true).append(true).mode(0o600).open(path);
        made.with_context(|| format!("the database {path} cannot be opened"))?;
    }
    let store = Store::open(config.database_url.expose()).await.context("the database cannot be used")?;
    let secrets = secrets(&config.secret_key_file, &store).await?;
    let reserved = nameplate_web::reserved_segments();
    let (sms, oidc) = (sms::settings(config)?, oidc::settings(config)?);
    let settings = Settings { sms, oidc, ..settings::settings(config, reserved) };
    let tzdb = tzdata::newest(config.tzdb_dir.as_deref());
    tracing::info!(version = tzdb.version(), source = tzdb.source(), "time-zone data");
    Ok(App::new(store, tzdb, secrets, Passwords::strong()?, settings))
}

/// Held while the server runs on an embedded database: a second server on the same data would send messages twice.
pub fn alone(config: &Config) -> Result<Option<fs::File>> {
    let Some(database) = config.database_url.expose().strip_prefix("sqlite:") else { return Ok(None) };
    let path = format!("{database}.lock");
    let mut options = fs::OpenOptions::new();
    let file = options.create(true).append(true).mode(0o600).open(&path);
    let file = file.with_context(|| format!("{path} cannot be opened"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => {
            bail!("another server runs on {database}: stop it first")
        }
        Err(fs::TryLockError::Error(error)) => Err(error).with_context(|| format!("{path} cannot be locked")),
    }
}

/// Reads the key, or makes it together with a new database. Another key than the database knows would void every link
/// that was ever sent, so it stops the start (`security.md` F45).
async fn secrets(file: &Path, store: &Store) -> Result<Secrets> {
    const NAME: &str = "secret_key_fingerprint";
    let known =
        store.read(|tx| async move { tx.meta(NAME).await }).await.context("the database cannot be read")?;
    let key = match fs::read(file) {
        Ok(bytes) => <[u8; 32]>::try_from(bytes)
            .map_err(|_| anyhow::anyhow!("{} is not a key of 32 bytes", file.display()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && known.is_none() => make_key(file)?,
        Err(error) => {
            return Err(error).with_context(|| format!("the key {} cannot be read", file.display()));
        }
    };
    let secrets = Secrets::new(key);
    let own = secrets.fingerprint();
    match known {
        Some(known) if known != own => {
            bail!("{} is not the key that this database was made with: put that one back", file.display())
        }
        Some(_) => {}
        None => store
            .write(move |tx| async move { tx.set_meta(NAME, &own).await })
            .await
            .context("the database cannot be written")?,
    }
    Ok(secrets)
}

fn make_key(file: &Path) -> Result<[u8; 32]> {
    let key = fresh::bytes::<32>();
    let mut options = fs::OpenOptions::new();
    let mut written = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .with_context(|| format!("the key {} cannot be made", file.display()))?;
    written.write_all(&key)?;
    written.sync_all()?;
    Ok(key)
}

/// Pages and API with everything around them.
pub fn site(app: &App, config: &Config, demo: bool) -> Router {
    let web = WebConfig {
        clock,
        secure: config.public_url.is_https(),
        demo,
        mailbox: config.dev_mailbox,
        mail: config.smtp_url.is_some() || config.dev_mailbox,
    };
    let site = Site {
        routes: nameplate_web::router(Web::new(app.clone(), web)),
        form_token_key: app.secrets().derive("form token"),
        fresh_request_id: Arc::new(|| fresh::uuid().simple().to_string()),
        refusal_page: Arc::new(nameplate_web::refusal_page),
    };
    site.layered(config)
}

/// Where mail goes: to the SMTP server, or into the mailbox when none is configured.
pub fn transport(app: &App, config: &Config) -> Result<Arc<dyn Transport>> {
    match &config.smtp_url {
        Some(url) => {
            let smtp = Smtp::parse(url.expose(), Limits::default())?;
            let dkim = config.dkim().map_err(|error| anyhow::anyhow!("{error}"))?;
            Ok(Arc::new(ToSmtp(match dkim {
                Some(dkim) => smtp.signed_by(dkim),
                None => smtp,
            })))
        }
        None => Ok(Arc::new(Mailbox::new(app.clone(), clock))),
    }
}

struct ToSmtp(Smtp);

impl Transport for ToSmtp {
    fn deliver<'a>(
        &'a self,
        _row: &'a OutboxRow,
        message: &'a Composed,
    ) -> Pin<Box<dyn Future<Output = Delivery> + Send + 'a>> {
        Box::pin(self.0.send(message))
    }
}

/// Once a minute: writes down how often former links were followed, and ends sign-ins that nobody finished.
pub async fn every_minute(app: App) {
    let mut every_minute = tokio::time::interval(Duration::from_mins(1));
    loop {
        every_minute.tick().await;
        keep_visits(&app).await;
        if let Err(error) = unfinished::sweep(&app, clock()).await {
            tracing::warn!(?error, "sign-ins that nobody finished could not be ended");
        }
    }
}

/// Writes down what was counted since the last time.
pub async fn keep_visits(app: &App) {
    if let Err(error) = slug::keep_visits(app).await {
        tracing::warn!(?error, "visits of former links could not be counted");
    }
}

/// Deletes what has outlived its time, once an hour.
pub async fn sweep(app: App) {
    let day = SignedDuration::from_hours(24);
    let mut hourly = tokio::time::interval(Duration::from_hours(1));
    loop {
        hourly.tick().await;
        let now = clock();
        let sessions = app.settings().sessions;
        let swept = app.store().write(move |tx| async move {
            tx.expire_sessions(
                now - sessions.idle.max(sessions.admin_idle),
                now - sessions.absolute.max(sessions.admin_absolute),
            )
            .await?;
            tx.expire_api_tokens(now - 30 * day).await?;
            tx.expire_email_undos(now - email_undo::LIFE).await?;
            tx.prune_deliveries(now - webhooks::KEPT).await?;
            tx.expire_people_imports(now - imports::KEPT).await?;
            tx.sweep(now, now - day).await
        });
        if let Err(error) = swept.await {
            tracing::warn!(?error, "what is out of date could not be deleted");
        }
        if let Err(error) = audit::forget_old(&app, now).await {
            tracing::warn!(?error, "old details of the audit log could not be erased");
        }
        if let Err(error) = data::erase_due(&app, now).await {
            tracing::warn!(?error, "closed accounts could not be erased");
        }
        match app.store().forget_erased().await {
            Ok(true) => {}
            Ok(false) => tracing::info!("the log of changes is in use and is emptied at the next sweep"),
            Err(error) => tracing::warn!(?error, "the log of changes could not be emptied"),
        }
    }
}
