//! The configuration of `nameplate demo`: everything on this machine, nothing sent anywhere.

use super::sources::{Flag, Sources};

/// Adds what the demonstration decides itself: both loopback addresses with this port, the embedded database in the data
/// directory, the mailbox instead of SMTP and of a provider of text messages, webhooks to this machine, and no limits. The data directory is `demo-data` unless one is named.
#[must_use]
pub fn demo(sources: Sources, port: u16) -> Sources {
    let mut set = vec![
        ("server.listen", format!("127.0.0.1:{port}, [::1]:{port}")),
        ("server.public_url", format!("http://localhost:{port}")),
        ("server.trusted_proxies", String::new()),
        ("database.url", "sqlite:{data_dir}/nameplate.db".to_owned()),
        ("smtp.url", String::new()),
        ("dev.mailbox", "true".to_owned()),
        ("webhooks.allow", "127.0.0.1, ::1, localhost".to_owned()),
        ("sms.provider", "mailbox".to_owned()),
        ("sms.from", "+3197010000000".to_owned()),
        ("sms.countries", "NL, BE, DE, GB, IE, FR, US".to_owned()),
        ("oidc.issuer", String::new()),
        ("oidc.client_id", String::new()),
        ("oidc.client_secret", String::new()),
        ("oidc.name", String::new()),
        ("limits.enabled", "false".to_owned()),
    ];
    if !sources.names("data_dir") {
        set.push(("data_dir", "demo-data".to_owned()));
    }
    let own = set.into_iter().map(|(key, value)| Flag { name: "demo", key: key.to_owned(), value });
    Sources { flags: sources.flags.into_iter().chain(own).collect(), ..sources }
}
