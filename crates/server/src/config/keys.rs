//! Every configuration key: its name, its default and the values it takes.

use super::rule::Rule;
use std::time::Duration;

/// What is known about one key.
#[derive(Debug)]
pub struct Key {
    /// The name in `config.toml`, with its section: `server.listen`.
    pub name: &'static str,
    /// The value without any configuration; empty means "not set", `{data_dir}` stands for that key's value.
    pub default: &'static str,
    /// Which values are accepted.
    pub rule: Rule,
    /// Whether the value is masked wherever it is shown and may come from a file named in the environment.
    pub secret: bool,
    /// One sentence for the reference.
    pub about: &'static str,
}

impl Key {
    /// The name of the environment variable: `NAMEPLATE_SERVER__LISTEN`.
    pub fn variable(&self) -> String {
        format!("NAMEPLATE_{}", self.name.replace('.', "__").to_uppercase())
    }

    /// The key with this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// The name that looks most like a mistyped one.
    pub fn nearest(name: &str) -> &'static str {
        KEYS.iter()
            .map(|key| (strsim::damerau_levenshtein(key.name, name), key.name))
            .min()
            .map_or("data_dir", |(_, nearest)| nearest)
    }
}

const fn key(name: &'static str, default: &'static str, rule: Rule, about: &'static str) -> Key {
    Key { name, default, rule, secret: false, about }
}

const fn secret(name: &'static str, default: &'static str, rule: Rule, about: &'static str) -> Key {
    Key { name, default, rule, secret: true, about }
}

const fn minutes(n: u64) -> Duration {
    Duration::from_secs(n * 60)
}

const fn hours(n: u64) -> Duration {
    Duration::from_secs(n * 3_600)
}

const fn days(n: u64) -> Duration {
    hours(n * 24)
}

const fn span(from: Duration, to: Duration) -> Rule {
    Rule::Span(from, to)
}

/// All keys in the order of the reference. The limits and sessions are tables P1 and P2 of the security policy.
pub const KEYS: &[Key] = &[
    key(
        "data_dir",
        "data",
        Rule::Path,
        "Where the embedded database, which also holds the pictures, and the secret key live.",
    ),
    key(
        "server.listen",
        "127.0.0.1:8080",
        Rule::Addresses,
        "Addresses to listen on, as IP:PORT; one or a list.",
    ),
    key(
        "server.public_url",
        "",
        Rule::PublicUrl,
        "The address people use; every link is built from it. Required unless the server listens on loopback only, where it is http://localhost:PORT.",
    ),
    key(
        "server.trusted_proxies",
        "",
        Rule::Networks,
        "Networks of the proxies whose X-Forwarded-For and X-Request-Id are believed; one or a list.",
    ),
    secret(
        "database.url",
        "sqlite:{data_dir}/nameplate.db",
        Rule::DatabaseUrl,
        "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME (PostgreSQL 15 or newer).",
    ),
    secret(
        "smtp.url",
        "",
        Rule::SmtpUrl,
        "smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:587?tls=required. Without it nothing is sent: messages are only kept, and shown with dev.mailbox alone.",
    ),
    key("mail.from", "", Rule::Sender, "The sender of all email. Required with smtp.url."),
    key(
        "mail.dkim_key_file",
        "",
        Rule::Path,
        "A PEM file with the private key that signs all email for the domain of mail.from: RSA of 2048 bits or more, or Ed25519. Without it nothing is signed here.",
    ),
    key(
        "mail.dkim_selector",
        "",
        Rule::Selector,
        "Under which name of the domain the public half stands in DNS. Required with mail.dkim_key_file.",
    ),
    secret(
        "mail.inbound_secret",
        "",
        Rule::Password,
        "What your mail server sends with the reports that it hands over, see below. Without it none are taken.",
    ),
    key(
        "sms.provider",
        "",
        Rule::Word(&["kannel", "twilio", "http", "mailbox"]),
        "Who takes text messages: kannel, twilio (or who offers its interface), http (any other, described by sms.url and sms.body), or mailbox (only with dev.mailbox). Without it there are no text messages anywhere.",
    ),
    secret(
        "sms.url",
        "",
        Rule::HttpUrl,
        "Where the provider is: the address of Kannel's sendsms port, of Twilio's interface (https://api.twilio.com unless set), or the one that http calls, with placeholders in its query. http goes to public addresses only, by https.",
    ),
    key("sms.user", "", Rule::Line, "Kannel's username, or Twilio's account SID."),
    secret("sms.password", "", Rule::Line, "Kannel's password, or Twilio's auth token."),
    key(
        "sms.from",
        "",
        Rule::SmsSender,
        "The sender: a number as +31612345678, a short number, a name of at most 11 letters and digits (nobody can answer to one), or a messaging service of Twilio (MG...).",
    ),
    key(
        "sms.countries",
        "",
        Rule::Countries,
        "Countries to whose numbers text messages go, as NL or NL, BE, DE; one or a list. Required with sms.provider: numbers that cost most are elsewhere.",
    ),
    secret("sms.headers", "", Rule::Text, "Headers of http, one NAME: VALUE a line."),
    secret(
        "sms.body",
        "",
        Rule::Text,
        "Body of http, JSON or a form, with the placeholders sms.to, sms.from, sms.text and sms.id. Without it the address is called with GET.",
    ),
    key(
        "sms.reference",
        "",
        Rule::Line,
        "Where in the answer to http the provider's name for the message stands, as a JSON pointer: /messages/0/id.",
    ),
    key(
        "oidc.issuer",
        "",
        Rule::Issuer,
        "The identity provider that agents may sign in with (OpenID Connect), to the letter as it names itself, see docs/oidc.md. All four keys of this section are set, or none.",
    ),
    key("oidc.client_id", "", Rule::Line, "How the identity provider calls this server."),
    secret(
        "oidc.client_secret",
        "",
        Rule::Line,
        "By which this server proves itself to the identity provider.",
    ),
    key(
        "oidc.name",
        "",
        Rule::Line,
        "What people call the identity provider: the button says “Sign in with …”.",
    ),
    key(
        "webhooks.allow",
        "",
        Rule::Hosts,
        "Hosts, addresses and networks that webhooks may call though they are not of the internet, on every port and by http too; one or a list. All else must be https and public.",
    ),
    key(
        "tzdb.dir",
        "",
        Rule::Path,
        "A directory with a time zone database; the newest of this, the system's and the bundled one is used.",
    ),
    key(
        "secret.key_file",
        "{data_dir}/secret.key",
        Rule::Path,
        "The file with the key that personal links and codes are derived from.",
    ),
    key(
        "dev.mailbox",
        "false",
        Rule::Switch,
        "Shows every outgoing message at /dev/mailbox. Refused unless everything is on loopback.",
    ),
    key(
        "limits.enabled",
        "true",
        Rule::Switch,
        "Whether the limits below and the cap on connections per client hold. False is refused unless server.public_url is loopback.",
    ),
    key("limits.login_pair", "10/15 min", Rule::Rates, "Failed sign-ins per account and client."),
    key("limits.login_account", "100/h", Rule::Rates, "Failed sign-ins per account, all clients together."),
    key("limits.login_net", "50/15 min", Rule::Rates, "Failed sign-ins per client."),
    key("limits.code_try", "5", Rule::Count(1, 10), "Wrong tries before an emailed code is void."),
    key("limits.code_issue", "5/h, 20/day", Rule::Rates, "Codes sent per account."),
    key("limits.reauth", "5/15 min", Rule::Rates, "Wrong current passwords per session, which then ends."),
    key(
        "limits.totp_try",
        "5/15 min, 30/day",
        Rule::Rates,
        "Wrong codes of two-step sign-in per account, after the right password; the account is told by mail.",
    ),
    key(
        "limits.reset_address",
        "1/h, burst 3",
        Rule::Rates,
        "Mailed links for a new password per address; more are asked for in vain.",
    ),
    key("limits.reset_net", "10/h", Rule::Rates, "Requests for a new password per client."),
    key(
        "limits.token_bad",
        "30/15 min",
        Rule::Rates,
        "Unknown API, customer, invite and set-up tokens per client.",
    ),
    key("limits.api_token", "600/min, burst 100", Rule::Rates, "Calls per API token."),
    key("limits.slots_get", "120/min", Rule::Rates, "Questions for free times per client."),
    key("limits.page_get", "600/min", Rule::Rates, "Pages per client."),
    key("limits.book_net", "10/h, burst 5", Rule::Rates, "Bookings per client."),
    key(
        "limits.book_address",
        "3/h, 10/day",
        Rule::Rates,
        "Bookings and invitations as a guest, per address.",
    ),
    key("limits.book_agent", "60/h", Rule::Rates, "Bookings by customers per agent."),
    key(
        "limits.manage_change",
        "10/day",
        Rule::Rates,
        "Changes of one meeting: moved, given away; and, counted apart, notes after it.",
    ),
    key("limits.picture", "10/h", Rule::Rates, "Picture uploads per agent."),
    key("limits.export", "2/day", Rule::Rates, "Downloads of all data per agent."),
    key("limits.template_test", "5/h", Rule::Rates, "Test messages of templates per admin."),
    key(
        "limits.invite",
        "1000/h",
        Rule::Rates,
        "Invitations per admin, one by one or by the REST API; those of a file of people and of SCIM do not count.",
    ),
    key("limits.invite_address", "3/day", Rule::Rates, "Invitations per address."),
    key("limits.guest_meeting", "20/day", Rule::Rates, "Guests invited to one meeting."),
    key("limits.guest_net", "20/h", Rule::Rates, "Guests that customers invite, per client."),
    key("limits.sms_number", "5/day", Rule::Rates, "Text messages per number; more are not sent."),
    key(
        "limits.sms_block",
        "50/day",
        Rule::Rates,
        "Text messages to numbers with the same first seven digits.",
    ),
    key("limits.sms_all", "500/day", Rule::Rates, "Text messages, all together."),
    key(
        "sessions.session_idle",
        "24 h",
        span(minutes(15), days(30)),
        "A session ends after this long without a request.",
    ),
    key(
        "sessions.session_absolute",
        "7 d",
        span(hours(1), days(90)),
        "A session ends this long after sign-in.",
    ),
    key("sessions.admin_idle", "2 h", span(minutes(5), hours(24)), "As session_idle, for admins."),
    key("sessions.admin_absolute", "12 h", span(hours(1), hours(24)), "As session_absolute, for admins."),
    key(
        "sessions.recent_auth",
        "15 min",
        span(minutes(1), minutes(15)),
        "How long after sign-in sensitive changes go through without signing in again. Adding a passkey always asks once more.",
    ),
    key(
        "sessions.known_device",
        "180 d",
        span(days(1), days(365)),
        "How long a browser that signed in keeps tries of its own: wrong passwords elsewhere do not lock its owner out.",
    ),
    key(
        "sessions.per_account",
        "50",
        Rule::Count(1, 500),
        "Sessions of one account; the longest idle one ends first.",
    ),
    key(
        "passwords.minimum",
        "15",
        Rule::Count(8, 64),
        "The fewest characters of a new password where it is the only thing asked for.",
    ),
    key(
        "passwords.minimum_two_step",
        "8",
        Rule::Count(8, 64),
        "The fewest characters of a new password of an account with two-step sign-in; not above passwords.minimum.",
    ),
    key(
        "audit.keep_details",
        "365 d",
        span(days(30), days(3_650)),
        "How long the audit log keeps what is personal: networks, devices and the values of changes. What was done, when and by whom stays.",
    ),
];
