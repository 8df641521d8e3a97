//! Delivery over SMTP. In clear only where the address of the server says so (security.md F21).

use crate::dkim::Dkim;
use crate::{Composed, Delivery};
use lettre::address::Envelope;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Time-outs (security.md P3, F17).
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Until a connection stands.
    pub connect: Duration,
    /// For one whole message. One bound covers silence after any command and a byte a second alike.
    pub message: Duration,
    /// Connections kept open.
    pub connections: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), message: Duration::from_secs(30), connections: 4 }
    }
}

/// A server that takes our mail.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    limits: Limits,
    dkim: Option<Arc<Dkim>>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").finish_non_exhaustive()
    }
}

/// What is wrong with `smtp.url`. It never repeats the address, which holds the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlError {
    /// Not an address of this form.
    #[error("smtp.url must be smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:587?tls=required")]
    Form,
    /// `tls=` is neither `required` nor `none`.
    #[error("tls in smtp.url must be required or none")]
    Tls,
    /// The host's name cannot stand in a certificate.
    #[error("the host of smtp.url cannot be checked against a certificate")]
    Host,
}

impl Smtp {
    /// The server at `smtps://USER:PASSWORD@HOST:465` (TLS from the first byte) or `smtp://USER:PASSWORD@HOST:587`
    /// (STARTTLS, required unless `?tls=none`). Name and password are percent-encoded and may be absent.
    ///
    /// # Errors
    /// When the address has another form.
    pub fn parse(address: &str, limits: Limits) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(address).map_err(|_| SmtpUrlError::Form)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(SmtpUrlError::Form)?;
        let tls = || TlsParameters::new(host.to_owned()).map_err(|_| SmtpUrlError::Host);
        let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (tls, port) = match (url.scheme(), asked.as_deref()) {
            ("smtps", None | Some("required")) => (Tls::Wrapper(tls()?), 465),
            ("smtp", None | Some("required")) => (Tls::Required(tls()?), 587),
            ("smtp", Some("none")) => (Tls::None, 587),
            ("smtp" | "smtps", Some(_)) => return Err(SmtpUrlError::Tls),
            _ => return Err(SmtpUrlError::Form),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(url.port().unwrap_or(port))
            .tls(tls)
            .timeout(Some(limits.connect))
            .pool_config(PoolConfig::new().max_size(limits.connections));
        if !url.username().is_empty() {
            let decode = |text| {
                percent_encoding::percent_decode_str(text).decode_utf8().map_err(|_| SmtpUrlError::Form)
            };
            let (user, password) = (decode(url.username())?, decode(url.password().unwrap_or_default())?);
            builder = builder.credentials(Credentials::new(user.into_owned(), password.into_owned()));
        }
        Ok(Self { transport: builder.build(), limits, dkim: None })
    }

    /// Signs every message with this key.
    #[must_use]
    pub fn signed_by(self, dkim: Dkim) -> Self {
        Self { dkim: Some(Arc::new(dkim)), ..self }
    }

    /// Hands a message over. A 5xx answer is permanent; 4xx, silence, no connection and a broken one are worth another try
    /// with the same bytes, also when it is not known whether the message arrived.
    pub async fn send(&self, message: &Composed) -> Delivery {
        let addresses = (message.envelope_from.parse::<Address>(), message.to.parse::<Address>());
        let (Ok(from), Ok(to)) = addresses else {
            return Delivery::Permanent { answer: "the address cannot stand in an envelope".to_owned() };
        };
        let envelope = match Envelope::new(Some(from), vec![to]) {
            Ok(envelope) => envelope,
            Err(error) => return Delivery::Permanent { answer: error.to_string() },
        };
        // lettre ends every message with CRLF and the dot: without the last line end the server gets the exact bytes.
        let signed = self.dkim.as_ref().map(|dkim| dkim.sign(&message.raw));
        let raw = signed.as_ref().unwrap_or(&message.raw);
        let raw = raw.strip_suffix(b"\r\n").unwrap_or(raw);
        let sending = self.transport.send_raw(&envelope, raw);
        match tokio::time::timeout(self.limits.message, sending).await {
            Ok(Ok(response)) => {
                let lines: Vec<&str> = response.message().collect();
                Delivery::Sent { answer: short(&format!("{} {}", response.code(), lines.join(" "))) }
            }
            Ok(Err(error)) if error.is_permanent() => Delivery::Permanent { answer: describe(&error) },
            Ok(Err(error)) => Delivery::Temporary { answer: describe(&error) },
            Err(_) => Delivery::Temporary { answer: "the server did not answer in time".to_owned() },
        }
    }
}

/// The error with its causes.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        source = inner.source();
    }
    short(&text)
}

/// One line of at most 500 characters: an answer is written by a stranger.
fn short(text: &str) -> String {
    nameplate_domain::placeholder::clean(text, false).chars().take(500).collect()
}
