//! Webhooks: addresses of other programs, and of what they are told.

use crate::account::Problem;
use crate::account::words::words;
use std::fmt;
use url::{Host, Url};

/// The longest address.
const ADDRESS: usize = 2_000;

words! {
    /// What a webhook can be told of.
    HookEvent {
        /// Somebody has an account now.
        AgentCreated = "agent.created",
        /// An account is another one in what the API says of it.
        AgentUpdated = "agent.updated",
        /// An account works no more: an admin deactivated it, or its agent closed it.
        AgentDeactivated = "agent.deactivated",
        /// A meeting was booked.
        MeetingScheduled = "meeting.scheduled",
        /// A meeting has another start.
        MeetingRescheduled = "meeting.rescheduled",
        /// A meeting was called off.
        MeetingCancelled = "meeting.cancelled",
        /// A meeting is another agent's.
        MeetingReassigned = "meeting.reassigned",
    }
}

/// The type of a delivery that was asked for to see whether it arrives. Every webhook takes it.
pub const TEST: &str = "webhook.test";

/// The address of a webhook, as it is called: `https`, or `http` where the server's configuration lets it.
#[derive(Clone, PartialEq, Eq)]
pub struct HookUrl(Url);

impl HookUrl {
    /// Reads an address. Whether it may be called, the server's network guard says, which knows what is configured.
    ///
    /// # Errors
    /// `Empty`; `TooLong`; `UrlFormat`, also for one with a name and a password or with a `#`: neither would arrive.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(Problem::Empty);
        }
        let url = Url::parse(typed).map_err(|_| Problem::UrlFormat)?;
        let is_web = matches!(url.scheme(), "https" | "http") && url.has_host();
        let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        if !is_web || !is_plain || typed.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(Problem::UrlFormat);
        }
        if url.as_str().len() > ADDRESS {
            return Err(Problem::TooLong { max: ADDRESS });
        }
        Ok(Self(url))
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address in its parts.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.0
    }

    /// The host, as people read it: a path or a query may hold what is known to its receiver only.
    #[must_use]
    pub fn host(&self) -> String {
        self.0.host().as_ref().map(Host::to_string).unwrap_or_default()
    }
}

/// The host alone: a path or a query may hold a secret of the receiver.
impl fmt::Debug for HookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HookUrl({})", self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_the_web_and_arrives_as_it_was_typed() {
        for (typed, read) in [
            ("https://crm.example.com/hooks/1?key=a%20b", "https://crm.example.com/hooks/1?key=a%20b"),
            (" https://CRM.example.com ", "https://crm.example.com/"),
            ("http://10.0.0.5:8080/", "http://10.0.0.5:8080/"),
            ("https://2130706433/", "https://127.0.0.1/"),
            ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ] {
            assert_eq!(HookUrl::parse(typed).map(|url| url.as_str().to_owned()), Ok(read.to_owned()));
        }
        for typed in [
            "crm.example.com",
            "ftp://example.com/",
            "file:///etc/passwd",
            "https://",
            "https://user:password@example.com/",
            "https://public.example@127.0.0.1/",
            "https://example.com/#here",
            "https://example.com/a b",
            "https://example.com/\r\nx: y",
            "javascript:alert(1)",
        ] {
            assert_eq!(HookUrl::parse(typed), Err(Problem::UrlFormat), "{typed}");
        }
        assert_eq!(HookUrl::parse("  "), Err(Problem::Empty));
        let long = format!("https://example.com/{}", "a".repeat(ADDRESS));
        assert_eq!(HookUrl::parse(&long), Err(Problem::TooLong { max: ADDRESS }));
    }

    #[test]
    fn sec_i7_the_debug_form_of_an_address_is_its_host() {
        let url = HookUrl::parse("https://crm.example.com/secret?token=secret").unwrap();
        assert_eq!(format!("{url:?}"), "HookUrl(crm.example.com)");
    }
}
