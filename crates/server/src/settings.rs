//! What the use cases get of the configuration.

use crate::config::{self, Config};
use jiff::SignedDuration;
use nameplate_app::inbound::RelaySecret;
use nameplate_app::limits::{Limits, Rate};
use nameplate_app::settings::{Sessions, Settings};
use nameplate_domain::account::EmailAddress;
use nameplate_domain::account::password::Policy;
use nameplate_domain::rate;
use std::sync::Arc;
use std::time::Duration;

/// The settings; `reserved` are the first segments of the router's own paths.
pub fn settings(config: &Config, reserved: Vec<&'static str>) -> Settings {
    let host = config.public_url.host().to_owned();
    Settings {
        public_url: config.public_url.as_str().to_owned(),
        mail_from: config.mail_from.clone().unwrap_or_else(|| sender(&host)),
        host,
        relay_secret: config.inbound_secret.as_ref().map(|secret| RelaySecret::new(secret.expose())),
        reserved,
        limits: limits(&config.limits),
        sessions: sessions(&config.sessions),
        password_policy: policy(config.password_minimums),
        audit_details: span(config.audit_details),
        sms: None,
        oidc: None,
        webhooks: Arc::clone(&config.webhooks),
    }
}

/// Without `mail.from` nothing leaves the machine, but messages in the mailbox need a sender that is well-formed.
fn sender(host: &str) -> EmailAddress {
    EmailAddress::parse(&format!("nameplate@{host}"))
        .unwrap_or_else(|_| EmailAddress::stored("nameplate@mail.localhost"))
}

fn policy((alone, two_step): (u32, u32)) -> Policy {
    let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    Policy::new(count(alone), count(two_step))
}

fn limits(limits: &config::Limits) -> Limits {
    Limits {
        enabled: limits.enabled,
        login_pair: rates(&limits.login_pair),
        login_account: rates(&limits.login_account),
        login_net: rates(&limits.login_net),
        code_try: limits.code_try,
        code_issue: rates(&limits.code_issue),
        reauth: rates(&limits.reauth),
        totp_try: rates(&limits.totp_try),
        reset_address: rates(&limits.reset_address),
        reset_net: rates(&limits.reset_net),
        book_net: rates(&limits.book_net),
        book_address: rates(&limits.book_address),
        book_agent: rates(&limits.book_agent),
        manage_change: rates(&limits.manage_change),
        picture: rates(&limits.picture),
        export: rates(&limits.export),
        template_test: rates(&limits.template_test),
        invite: rates(&limits.invite),
        invite_address: rates(&limits.invite_address),
        guest_meeting: rates(&limits.guest_meeting),
        guest_net: rates(&limits.guest_net),
        sms_number: rates(&limits.sms_number),
        sms_block: rates(&limits.sms_block),
        sms_all: rates(&limits.sms_all),
    }
}

fn rates(rates: &[rate::Rate]) -> Vec<Rate> {
    rates.iter().map(|rate| Rate { burst: rate.burst, refill: span(rate.per / rate.count) }).collect()
}

fn sessions(sessions: &config::Sessions) -> Sessions {
    Sessions {
        idle: span(sessions.session_idle),
        absolute: span(sessions.session_absolute),
        admin_idle: span(sessions.admin_idle),
        admin_absolute: span(sessions.admin_absolute),
        recent_auth: span(sessions.recent_auth),
        known_device: span(sessions.known_device),
        per_account: sessions.per_account,
    }
}

/// No key takes a span that is longer than ten years, so nothing is lost.
fn span(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Flag, Sources};
    use nameplate_app::settings::AUDIT_DETAILS;

    fn read(flags: &[(&str, &str)]) -> Settings {
        let flag = |(key, value): &(&str, &str)| Flag {
            name: "--set",
            key: (*key).to_owned(),
            value: (*value).to_owned(),
        };
        let sources = Sources { flags: flags.iter().map(flag).collect(), ..Sources::default() };
        let config = Config::from_settings(&sources.collect().unwrap()).unwrap();
        settings(&config, vec!["api"])
    }

    #[test]
    fn sec_p1_the_defaults_of_the_configuration_are_those_of_the_use_cases() {
        let read = read(&[]);
        assert_eq!(format!("{:?}", read.limits), format!("{:?}", Limits::default()));
        assert_eq!(format!("{:?}", read.sessions), format!("{:?}", Sessions::default()));
        assert_eq!(read.password_policy, Policy::default());
        assert_eq!(read.audit_details, AUDIT_DETAILS);
        assert_eq!((read.public_url.as_str(), read.host.as_str()), ("http://localhost:8080", "localhost"));
        assert_eq!(read.mail_from.as_str(), "nameplate@mail.localhost");
    }

    #[test]
    fn what_is_configured_arrives() {
        let read = read(&[
            ("server.public_url", "https://meet.example.com:8443"),
            ("limits.book_net", "6/min, burst 2"),
            ("sessions.admin_idle", "10 min"),
            ("mail.from", "Example <meetings@example.com>"),
            ("passwords.minimum", "20"),
            ("passwords.minimum_two_step", "12"),
            ("audit.keep_details", "90 d"),
        ]);
        assert_eq!(
            (read.public_url.as_str(), read.host.as_str()),
            ("https://meet.example.com:8443", "meet.example.com")
        );
        assert_eq!(read.limits.book_net, [Rate { burst: 2, refill: SignedDuration::from_secs(10) }]);
        assert_eq!(read.sessions.admin_idle, SignedDuration::from_mins(10));
        assert_eq!(read.mail_from.as_str(), "meetings@example.com");
        assert_eq!((read.password_policy.minimum(false), read.password_policy.minimum(true)), (20, 12));
        assert_eq!(read.audit_details, SignedDuration::from_hours(90 * 24));
    }

    #[test]
    fn without_a_sender_the_host_of_the_public_url_is_one() {
        let read = read(&[("server.public_url", "https://meet.example.com")]);
        assert_eq!(read.mail_from.as_str(), "nameplate@meet.example.com");
    }
}
