//! Configuration: one table of keys, read from flags, environment and `config.toml`.

mod demo;
mod dkim;
mod file;
mod keys;
mod oidc;
mod public_url;
mod report;
mod rule;
mod secret;
mod sms;
mod sources;
#[cfg(test)]
mod tests;

pub use demo::demo;
pub use oidc::Oidc;
pub use public_url::PublicUrl;
pub use report::{dump, dump_json, explain};
pub use secret::Secret;
pub use sms::Sms;
pub use sources::{Flag, Settings, Sources};

use ipnet::IpNet;
use keys::Key;
use nameplate_app::webhooks::Guard;
use nameplate_domain::account::EmailAddress;
use nameplate_domain::rate::{Rate, parse_span};
use sources::Origin;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// One thing that is wrong with the configuration, in a sentence that names the place and never a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(String);

impl ConfigError {
    fn unknown(origin: &Origin, name: &str) -> Self {
        Self(format!("{origin}: there is no key {name}; the nearest is {}", Key::nearest(name)))
    }

    fn wrong(key: &Key, origin: &Origin) -> Self {
        Self(format!("{origin}: {} must be {}", key.name, key.rule.expects()))
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// `data_dir`.
    pub data_dir: PathBuf,
    /// `server.listen`, never empty.
    pub listen: Vec<SocketAddr>,
    /// `server.public_url`, derived on loopback.
    pub public_url: PublicUrl,
    /// `server.trusted_proxies`.
    pub trusted_proxies: Vec<IpNet>,
    /// `database.url`.
    pub database_url: Secret,
    /// `smtp.url`.
    pub smtp_url: Option<Secret>,
    /// `mail.from`; set whenever `smtp_url` is.
    pub mail_from: Option<EmailAddress>,
    /// `mail.dkim_key_file`.
    pub dkim_key_file: Option<PathBuf>,
    /// `mail.dkim_selector`; set whenever `dkim_key_file` is.
    pub dkim_selector: Option<String>,
    /// `mail.inbound_secret`.
    pub inbound_secret: Option<Secret>,
    /// The section `sms`, where `sms.provider` is set.
    pub sms: Option<Sms>,
    /// The section `oidc`, where it is set.
    pub oidc: Option<Oidc>,
    /// `webhooks.allow`.
    pub webhooks: Arc<Guard>,
    /// `tzdb.dir`.
    pub tzdb_dir: Option<PathBuf>,
    /// `secret.key_file`.
    pub secret_key_file: PathBuf,
    /// `dev.mailbox`.
    pub dev_mailbox: bool,
    /// The section `limits`.
    pub limits: Limits,
    /// The section `sessions`.
    pub sessions: Sessions,
    /// `passwords.minimum` and `passwords.minimum_two_step`.
    pub password_minimums: (u32, u32),
    /// `audit.keep_details`.
    pub audit_details: Duration,
}

/// Section `limits`; each field is the key of its name, and all rates of a list hold at once (P1).
#[derive(Debug, Clone)]
pub struct Limits {
    pub enabled: bool,
    pub login_pair: Vec<Rate>,
    pub login_account: Vec<Rate>,
    pub login_net: Vec<Rate>,
    pub code_try: u32,
    pub code_issue: Vec<Rate>,
    pub reauth: Vec<Rate>,
    pub totp_try: Vec<Rate>,
    pub reset_address: Vec<Rate>,
    pub reset_net: Vec<Rate>,
    pub token_bad: Vec<Rate>,
    pub api_token: Vec<Rate>,
    pub slots_get: Vec<Rate>,
    pub page_get: Vec<Rate>,
    pub book_net: Vec<Rate>,
    pub book_address: Vec<Rate>,
    pub book_agent: Vec<Rate>,
    pub manage_change: Vec<Rate>,
    pub picture: Vec<Rate>,
    pub export: Vec<Rate>,
    pub template_test: Vec<Rate>,
    pub invite: Vec<Rate>,
    pub invite_address: Vec<Rate>,
    pub guest_meeting: Vec<Rate>,
    pub guest_net: Vec<Rate>,
    pub sms_number: Vec<Rate>,
    pub sms_block: Vec<Rate>,
    pub sms_all: Vec<Rate>,
}

/// Section `sessions`; each field is the key of its name (P2).
#[derive(Debug, Clone)]
pub struct Sessions {
    pub session_idle: Duration,
    pub session_absolute: Duration,
    pub admin_idle: Duration,
    pub admin_absolute: Duration,
    pub recent_auth: Duration,
    pub known_device: Duration,
    pub per_account: u32,
}

impl Config {
    /// Judges every value, then the rules between keys; the first wrong value ends it.
    pub fn from_settings(settings: &Settings) -> Result<Self, ConfigError> {
        let read = Reader(settings);
        let data_dir: PathBuf = read.required("data_dir", |text| Some(PathBuf::from(text)))?;
        let listen = read.required("server.listen", rule::addresses)?;
        let config = Self {
            public_url: public_url_or_derived(&read, &listen)?,
            trusted_proxies: read.optional("server.trusted_proxies", rule::networks)?.unwrap_or_default(),
            database_url: read.required("database.url", |text| Some(Secret::new(text.to_owned())))?,
            smtp_url: read.optional("smtp.url", |text| Some(Secret::new(text.to_owned())))?,
            mail_from: read.optional("mail.from", rule::sender)?,
            dkim_key_file: read.optional("mail.dkim_key_file", |text| Some(PathBuf::from(text)))?,
            dkim_selector: read.optional("mail.dkim_selector", |text| Some(text.to_owned()))?,
            inbound_secret: read
                .optional("mail.inbound_secret", |text| Some(Secret::new(text.to_owned())))?,
            sms: sms::read(&read)?,
            oidc: oidc::read(&read)?,
            webhooks: Arc::new(read.optional("webhooks.allow", rule::hosts)?.unwrap_or_default()),
            tzdb_dir: read.optional("tzdb.dir", |text| Some(PathBuf::from(text)))?,
            secret_key_file: read.required("secret.key_file", |text| Some(PathBuf::from(text)))?,
            dev_mailbox: read.required("dev.mailbox", rule::switch)?,
            limits: read.limits()?,
            sessions: read.sessions()?,
            password_minimums: (
                read.required("passwords.minimum", rule::count)?,
                read.required("passwords.minimum_two_step", rule::count)?,
            ),
            audit_details: read.required("audit.keep_details", parse_span)?,
            data_dir,
            listen,
        };
        config.check_together()?;
        Ok(config)
    }

    fn check_together(&self) -> Result<(), ConfigError> {
        let fail = |text: &str| Err(ConfigError(text.to_owned()));
        if self.smtp_url.is_some() && self.mail_from.is_none() {
            return fail("smtp.url is set, so mail.from must be too");
        }
        self.check_dkim()?;
        if self.sms.as_ref().is_some_and(|sms| sms.provider == "mailbox") && !self.dev_mailbox {
            return fail("sms.provider = mailbox sends nothing: it is for dev.mailbox only");
        }
        let (alone, two_step) = self.password_minimums;
        if two_step > alone {
            return fail("passwords.minimum_two_step must not be above passwords.minimum");
        }
        let sessions = &self.sessions;
        for (name, idle, absolute) in [
            ("session", sessions.session_idle, sessions.session_absolute),
            ("admin", sessions.admin_idle, sessions.admin_absolute),
        ] {
            if idle > absolute {
                return fail(&format!(
                    "sessions.{name}_idle must not be longer than sessions.{name}_absolute"
                ));
            }
        }
        Ok(())
    }

    /// What `serve` refuses on top: switches that are harmless on one's own machine only, and a key that cannot sign.
    pub fn check_for_serve(&self) -> Result<(), ConfigError> {
        let fail = |text: &str| Err(ConfigError(text.to_owned()));
        if !self.limits.enabled && !self.public_url.is_loopback() {
            return fail("limits.enabled = false is for a loopback server.public_url only");
        }
        let local =
            self.public_url.is_loopback() && self.listen.iter().all(|address| address.ip().is_loopback());
        if self.dev_mailbox && !local {
            return fail(
                "dev.mailbox shows everybody's messages: server.listen and server.public_url must be loopback",
            );
        }
        self.dkim().map(drop)
    }
}

fn public_url_or_derived(read: &Reader<'_>, listen: &[SocketAddr]) -> Result<PublicUrl, ConfigError> {
    if let Some(url) = read.optional("server.public_url", PublicUrl::parse)? {
        return Ok(url);
    }
    let port = listen.first().filter(|first| first.ip().is_loopback()).map(SocketAddr::port);
    port.and_then(|port| PublicUrl::parse(&format!("http://localhost:{port}"))).ok_or_else(|| {
        ConfigError(
            "server.listen is not a loopback address, so server.public_url must be set: https://HOST"
                .to_owned(),
        )
    })
}

struct Reader<'a>(&'a Settings);

impl Reader<'_> {
    fn optional<T>(&self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ConfigError> {
        let (Some(key), Some(setting)) = (Key::find(name), self.0.get(name)) else {
            return Err(ConfigError(format!("there is no key {name}")));
        };
        let text = report::filled(&setting.text, self.0);
        if text.is_empty() {
            return Ok(None);
        }
        let value = Some(text).filter(|text| key.rule.accepts(text)).and_then(|text| parse(&text));
        value.map(Some).ok_or_else(|| ConfigError::wrong(key, &setting.origin))
    }

    fn required<T>(&self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, ConfigError> {
        self.optional(name, parse)?.ok_or_else(|| ConfigError(format!("{name} must not be empty")))
    }

    fn rates(&self, name: &str) -> Result<Vec<Rate>, ConfigError> {
        self.required(name, |text| Rate::parse_list(text).ok())
    }

    fn limits(&self) -> Result<Limits, ConfigError> {
        Ok(Limits {
            enabled: self.required("limits.enabled", rule::switch)?,
            login_pair: self.rates("limits.login_pair")?,
            login_account: self.rates("limits.login_account")?,
            login_net: self.rates("limits.login_net")?,
            code_try: self.required("limits.code_try", rule::count)?,
            code_issue: self.rates("limits.code_issue")?,
            reauth: self.rates("limits.reauth")?,
            totp_try: self.rates("limits.totp_try")?,
            reset_address: self.rates("limits.reset_address")?,
            reset_net: self.rates("limits.reset_net")?,
            token_bad: self.rates("limits.token_bad")?,
            api_token: self.rates("limits.api_token")?,
            slots_get: self.rates("limits.slots_get")?,
            page_get: self.rates("limits.page_get")?,
            book_net: self.rates("limits.book_net")?,
            book_address: self.rates("limits.book_address")?,
            book_agent: self.rates("limits.book_agent")?,
            manage_change: self.rates("limits.manage_change")?,
            picture: self.rates("limits.picture")?,
            export: self.rates("limits.export")?,
            template_test: self.rates("limits.template_test")?,
            invite: self.rates("limits.invite")?,
            invite_address: self.rates("limits.invite_address")?,
            guest_meeting: self.rates("limits.guest_meeting")?,
            guest_net: self.rates("limits.guest_net")?,
            sms_number: self.rates("limits.sms_number")?,
            sms_block: self.rates("limits.sms_block")?,
            sms_all: self.rates("limits.sms_all")?,
        })
    }

    fn sessions(&self) -> Result<Sessions, ConfigError> {
        let span = |name| self.required(name, parse_span);
        Ok(Sessions {
            session_idle: span("sessions.session_idle")?,
            session_absolute: span("sessions.session_absolute")?,
            admin_idle: span("sessions.admin_idle")?,
            admin_absolute: span("sessions.admin_absolute")?,
            recent_auth: span("sessions.recent_auth")?,
            known_device: span("sessions.known_device")?,
            per_account: self.required("sessions.per_account", rule::count)?,
        })
    }
}
