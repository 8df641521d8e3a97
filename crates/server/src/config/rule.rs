//! Which values a key takes, and what is said about a wrong one.

use super::public_url::PublicUrl;
use ipnet::IpNet;
use nameplate_app::webhooks::Guard;
use nameplate_domain::account::{CountryCode, EmailAddress};
use nameplate_domain::rate::{Rate, parse_span, span_text};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// The kind of a key's value, with its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// An email address, with or without a name before it.
    Sender,
    /// A path, relative to the working directory.
    Path,
    /// One or more IP:PORT.
    Addresses,
    /// Zero or more networks.
    Networks,
    /// Host names, addresses and networks, with commas between.
    Hosts,
    /// See [`PublicUrl`].
    PublicUrl,
    /// `sqlite:PATH` or `postgres://…`.
    DatabaseUrl,
    /// `smtp://…` or `smtps://…`.
    SmtpUrl,
    /// The selector of a DKIM key: labels of a name in DNS.
    Selector,
    /// Something long that nobody guesses.
    Password,
    /// `true` or `false`.
    Switch,
    /// A whole number from, to.
    Count(u32, u32),
    /// A length of time from, to.
    Span(Duration, Duration),
    /// One or more rates.
    Rates,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `http://…` or `https://…`.
    HttpUrl,
    /// The address of an identity provider: `https://…`, or `http://…` on this machine.
    Issuer,
    /// A text of one line.
    Line,
    /// A text of several lines.
    Text,
    /// The sender of text messages.
    SmsSender,
    /// One or more countries.
    Countries,
}

impl Rule {
    /// Whether a list may be given where the file has an array.
    pub const fn takes_list(self) -> bool {
        matches!(self, Self::Addresses | Self::Networks | Self::Hosts | Self::Rates | Self::Countries)
    }

    /// What a value must look like, to end the sentence "… must be".
    pub fn expects(self) -> String {
        match self {
            Self::Sender => {
                "an email address, like meetings@example.com or Example <meetings@example.com>".to_owned()
            }
            Self::Path => "a path".to_owned(),
            Self::Addresses => "one or more IP:PORT, like 127.0.0.1:8080 or [::1]:8080".to_owned(),
            Self::Networks => "one or more networks, like 10.0.0.0/8".to_owned(),
            Self::Hosts => {
                "one or more host names, addresses or networks, like crm.internal or 10.0.0.0/8".to_owned()
            }
            Self::PublicUrl => {
                "https://HOST without a path; http:// only for localhost or a loopback address".to_owned()
            }
            Self::DatabaseUrl => "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME".to_owned(),
            Self::SmtpUrl => "smtps://HOST or smtp://HOST:PORT".to_owned(),
            Self::Selector => "letters, digits and hyphens, like nameplate or s1.mail".to_owned(),
            Self::Password => "32 or more letters, digits or signs, without spaces".to_owned(),
            Self::Switch => "true or false".to_owned(),
            Self::Count(from, to) => format!("a whole number from {from} to {to}"),
            Self::Span(from, to) => {
                let examples =
                    [Duration::from_mins(15), Duration::from_hours(12), Duration::from_hours(90 * 24)];
                let inside = examples.into_iter().find(|span| (from..=to).contains(span)).unwrap_or(from);
                format!("a time from {} to {}, like {}", span_text(from), span_text(to), span_text(inside))
            }
            Self::Rates => {
                "rates like 10/15 min, 600/min, burst 100 or 5/h, 20/day (1 to 100000 per 1 s to 7 d)"
                    .to_owned()
            }
            Self::Word(words) => format!("one of {}", words.join(", ")),
            Self::HttpUrl => "https://HOST or http://HOST:PORT".to_owned(),
            Self::Issuer => {
                "https://HOST/PATH without a query; http:// only for localhost or a loopback address"
                    .to_owned()
            }
            Self::Line => "a text of one line".to_owned(),
            Self::Text => "a text".to_owned(),
            Self::SmsSender => {
                "a number like +31612345678 or 1234, or a name of at most 11 letters and digits".to_owned()
            }
            Self::Countries => "one or more countries, like NL or NL, BE".to_owned(),
        }
    }

    /// Whether the text is a value of this kind and in range. The empty text means "not set" and is checked by nobody.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Self::Sender => sender(text).is_some(),
            Self::Path | Self::Line => !text.chars().any(char::is_control),
            Self::Addresses => addresses(text).is_some_and(|list| !list.is_empty()),
            Self::Networks => networks(text).is_some(),
            Self::Hosts => hosts(text).is_some(),
            Self::PublicUrl => PublicUrl::parse(text).is_some(),
            Self::DatabaseUrl => {
                text.strip_prefix("sqlite:").is_some_and(|path| !path.is_empty())
                    || ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme))
                        && url::Url::parse(text).is_ok()
            }
            Self::SmtpUrl => url::Url::parse(text)
                .is_ok_and(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host()),
            Self::Selector => text.len() <= 128 && text.split('.').all(is_label),
            Self::Password => {
                (32..=200).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
            }
            Self::Switch => switch(text).is_some(),
            Self::Count(from, to) => count(text).is_some_and(|n| (from..=to).contains(&n)),
            Self::Span(from, to) => parse_span(text).is_some_and(|span| (from..=to).contains(&span)),
            Self::Rates => Rate::parse_list(text).is_ok(),
            Self::Word(words) => words.contains(&text),
            Self::HttpUrl => url::Url::parse(text)
                .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()),
            Self::Issuer => is_issuer(text),
            Self::Text => !text.contains('\0'),
            Self::SmsSender => is_sms_sender(text),
            Self::Countries => countries(text).is_some_and(|list| !list.is_empty()),
        }
    }
}

/// OpenID Connect Discovery 1.0, section 3: https, without query and fragment.
fn is_issuer(text: &str) -> bool {
    let Ok(url) = url::Url::parse(text) else { return false };
    let local = match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    plain && url.has_host() && (url.scheme() == "https" || url.scheme() == "http" && local)
}

/// A number with its country, a short number, a name, or a messaging service of Twilio.
fn is_sms_sender(text: &str) -> bool {
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let number = text.strip_prefix('+').is_some_and(|rest| (7..=15).contains(&rest.len()) && digits(rest));
    let short = (3..=8).contains(&text.len()) && digits(text);
    let name = (1..=11).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ')
        && text.chars().any(|c| c.is_ascii_alphabetic());
    let service =
        text.len() == 34 && text.starts_with("MG") && text.chars().all(|c| c.is_ascii_alphanumeric());
    number || short || name || service
}

/// Countries by their codes of two letters.
pub fn countries(text: &str) -> Option<Vec<CountryCode>> {
    items(text).map(|item| CountryCode::parse(item).ok().filter(|_| item.len() == 2)).collect()
}

/// The address of a sender; a name before it is for people who read the configuration.
pub fn sender(text: &str) -> Option<EmailAddress> {
    let address = match text.split_once('<') {
        Some((_, rest)) => rest.strip_suffix('>')?,
        None => text,
    };
    EmailAddress::parse(address).ok()
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

pub fn switch(text: &str) -> Option<bool> {
    text.parse().ok()
}

pub fn count(text: &str) -> Option<u32> {
    text.parse().ok()
}

pub fn addresses(text: &str) -> Option<Vec<SocketAddr>> {
    items(text).map(|item| item.parse().ok()).collect()
}

/// A bare address is the network of that one address.
pub fn networks(text: &str) -> Option<Vec<IpNet>> {
    items(text)
        .map(|item| item.parse().ok().or_else(|| item.parse::<IpAddr>().ok().map(IpNet::from)))
        .collect()
}

/// What webhooks may call besides the internet.
pub fn hosts(text: &str) -> Option<Guard> {
    Guard::allowing(items(text))
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_each_kind_are_told_from_others() {
        let minute = Duration::from_mins(1);
        let cases: &[(Rule, &[&str], &[&str])] = &[
            (
                Rule::Addresses,
                &["127.0.0.1:80", "127.0.0.1:80, [::1]:80"],
                &["localhost:80", "127.0.0.1", ","],
            ),
            (Rule::Hosts, &["crm.internal", "10.0.0.0/8, ::1"], &["https://crm.internal", "10.0.0.0/33"]),
            (Rule::Networks, &["10.0.0.0/8", "::1", "10.0.0.0/8,192.168.0.1"], &["10.0.0.0/33", "proxy"]),
            (
                Rule::DatabaseUrl,
                &["sqlite:a.db", "postgres://u:p@h/d", "postgresql:///"],
                &["sqlite:", "mysql://h", "a.db", "postgres://h:port/d"],
            ),
            (Rule::SmtpUrl, &["smtp://h:25", "smtps://u:p@h"], &["http://h", "h:25", "smtp:"]),
            (Rule::Selector, &["s1", "s-1.Mail"], &["s 1", "-s", "s_1", "s..1", ".", "s1;"]),
            (
                Rule::Password,
                &["0123456789abcdef0123456789ABCD-_"],
                &["short", "0123456789abcdef 0123456789abcdef"],
            ),
            (Rule::Switch, &["true", "false"], &["yes", "1", "True"]),
            (Rule::Count(1, 10), &["1", "10"], &["0", "11", "-1", "1.5"]),
            (
                Rule::Span(minute, minute * 15),
                &["1 min", "15min", "60 s"],
                &["59 s", "16 min", "15", "1 year"],
            ),
            (
                Rule::Sender,
                &["a@example.com", "Example <a@example.com>"],
                &["a", "Example <a>", "a@example.com>"],
            ),
            (Rule::Path, &["data"], &["a\nb"]),
            (Rule::Word(&["a", "b"]), &["a", "b"], &["A", "c", "a, b"]),
            (
                Rule::SmsSender,
                &["+31612345678", "1234", "Nameplate", "My Shop 24", "MG0123456789abcdef0123456789abcdef"],
                &["+31 6", "12", "123456789", "Twelve chars", "Zoë", "+31612345678901234", "a-b"],
            ),
            (Rule::Countries, &["NL", "NL, BE"], &["Netherlands", "XX", "NL;BE", ","]),
            (
                Rule::HttpUrl,
                &["http://127.0.0.1:13013", "https://sms.example.com/send?to={{ sms.to }}"],
                &["ftp://h", "h:80", "http://"],
            ),
            (Rule::Line, &["a b"], &["a\nb"]),
        ];
        for (rule, good, bad) in cases {
            for text in *good {
                assert!(rule.accepts(text), "{rule:?} should take {text}");
            }
            for text in *bad {
                assert!(!rule.accepts(text), "{rule:?} should refuse {text}");
            }
        }
    }
}
