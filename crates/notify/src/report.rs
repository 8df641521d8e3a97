//! Reports of mail servers about messages that came back (RFC 3464), as their senders get them, and what their answers mean.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use nameplate_domain::placeholder::clean;

/// A mail that came to one of our return addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The tokens of the return addresses that it names.
    pub tokens: Vec<String>,
    /// What the server said that would not take the message; none where the report does not say that it was given up.
    pub refusal: Option<String>,
}

/// Where relays and reports write to whom a mail came.
const RECIPIENT: [&str; 4] = ["Delivered-To", "X-Original-To", "Envelope-To", "To"];

/// Parts of a mail that are looked at: a report has three.
const PARTS: usize = 20;

/// Reads a mail as a relay hands it over; what is no mail at all is a report about nothing.
#[must_use]
pub fn read(raw: &[u8]) -> Report {
    let Some(message) = MessageParser::default().parse(raw) else {
        return Report { tokens: Vec::new(), refusal: None };
    };
    Report { tokens: tokens_behind(&message, "bounce+"), refusal: refusal(&message) }
}

/// The tokens of the addresses that a mail came to: `bounce+TOKEN@…`, however it stands among others.
pub(crate) fn tokens_behind(message: &Message<'_>, start: &str) -> Vec<String> {
    let headers = message.headers_raw();
    let headers =
        headers.filter(|(name, _)| RECIPIENT.iter().any(|known| known.eq_ignore_ascii_case(name.trim())));
    let after = headers.flat_map(|(_, value)| value.split(start).skip(1));
    after.filter_map(|rest| rest.split_once('@')).map(|(token, _)| token.to_owned()).collect()
}

fn refusal(message: &Message<'_>) -> Option<String> {
    // By the part alone: OpenSMTPD calls the whole a multipart/mixed. What it returns of ours is a part that is not looked into.
    let parts = message.parts.iter().take(PARTS);
    let status = parts.into_iter().find(|part| {
        is(part, "message", "delivery-status") || is(part, "message", "global-delivery-status")
    })?;
    let text = match &status.body {
        PartType::Text(text) | PartType::Html(text) => text.as_bytes().to_vec(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
        _ => return None,
    };
    // The first group is about the message, each other one about a recipient.
    groups(&String::from_utf8_lossy(&text)).iter().find_map(|group| answer(group))
}

fn is(part: &MessagePart<'_>, kind: &str, of: &str) -> bool {
    part.content_type().is_some_and(|found| {
        found.ctype().eq_ignore_ascii_case(kind)
            && found.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case(of))
    })
}

/// Fields, name and value on one line each, in groups that empty lines part.
fn groups(text: &str) -> Vec<Vec<String>> {
    let mut groups = vec![Vec::<String>::new()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            groups.push(Vec::new());
        } else if line.starts_with([' ', '\t']) {
            if let Some(field) = group.last_mut() {
                field.push(' ');
                field.push_str(line.trim());
            }
        } else {
            group.push(line.trim_end().to_owned());
        }
    }
    groups
}

/// Why a recipient's group says that the message was given up. Delays, and what went well, are no failure.
fn answer(group: &[String]) -> Option<String> {
    let field = |name: &str| {
        group.iter().find_map(|line| {
            let (own, value) = line.split_once(':')?;
            own.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    field("Action").filter(|action| action.eq_ignore_ascii_case("failed"))?;
    let status = field("Status").unwrap_or_default();
    // "smtp; 550 5.1.1 No such person": the kind is of no use to people.
    let said =
        field("Diagnostic-Code").map(|code| code.split_once(';').map_or(code, |(_, text)| text.trim()));
    let said = said.unwrap_or_default();
    let both = if said.contains(status) { said.to_owned() } else { format!("{status} {said}") };
    Some(clean(both.trim(), false).chars().take(500).collect())
}

/// Why a message reached nobody, for people: what a mail server answers is written for those who run one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody has this address.
    NoMailbox,
    /// Nothing more goes into the mailbox.
    Full,
    /// The server did not want it.
    Refused,
    /// No server took it for as long as we tried.
    Unreachable,
    /// It could not be made.
    NotMade,
}

/// What stands in place of an answer when a message could not be made.
pub const NOT_MADE: &str = "making it failed";

impl Why {
    /// Every reason.
    pub const ALL: [Self; 5] = [Self::NoMailbox, Self::Full, Self::Refused, Self::Unreachable, Self::NotMade];

    /// Its name, in texts and addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoMailbox => "no-mailbox",
            Self::Full => "full",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::NotMade => "not-made",
        }
    }

    /// From the last answer: by its status code (RFC 3463), else by the number of the reply (RFC 5321).
    #[must_use]
    pub fn of(answer: &str) -> Self {
        if answer.starts_with(NOT_MADE) {
            return Self::NotMade;
        }
        let words = || answer.split([' ', '(', ')', ':', ',', ';', '#', '[', ']']);
        if let Some((class, subject, detail)) = words().find_map(status) {
            return match (class, subject, detail) {
                (5, 1, 7 | 8) => Self::Refused,
                // The last is a refusal at once: some of the largest answer so for a recipient that they do not have.
                (_, 1, _) | (_, 2, 1) | (5, 4, 1) => Self::NoMailbox,
                (_, 2, 2) => Self::Full,
                (4, _, _) | (_, 4, _) => Self::Unreachable,
                _ => Self::Refused,
            };
        }
        let reply =
            words().find_map(|word| word.parse::<u16>().ok().filter(|code| (400..600).contains(code)));
        match reply {
            Some(550 | 551 | 553) => Self::NoMailbox,
            Some(552) => Self::Full,
            Some(500..) => Self::Refused,
            _ => Self::Unreachable,
        }
    }
}

/// `5.1.1`
fn status(word: &str) -> Option<(u8, u16, u16)> {
    let mut parts = word.split('.');
    let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
    let class = class.parse().ok().filter(|class| matches!(class, 4 | 5))?;
    parts.next().is_none().then_some((class, subject.parse().ok()?, detail.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(recipients: &str) -> String {
        format!(
            "Return-Path: <>\r\nTo: bounce+0a1b@meet.example\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n{recipients}\r\n\
             --b\r\nContent-Type: message/rfc822\r\n\r\nTo: chris@example.com\r\nSubject: x\r\n\r\nAction: failed\r\n--b--\r\n"
        )
    }

    fn refusal(recipients: &str) -> Option<String> {
        read(report(recipients).as_bytes()).refusal
    }

    #[test]
    fn what_the_server_said_is_read() {
        for (fields, expected) in [
            (
                "Final-Recipient: rfc822; chris@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\
                 Diagnostic-Code: smtp; 550 5.1.1 <chris@example.com>:\r\n No such person",
                "550 5.1.1 <chris@example.com>: No such person",
            ),
            ("Action: Failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: x-unix; quota", "5.2.2 quota"),
            ("action:failed\r\nstatus:5.0.0", "5.0.0"),
            ("Action: delayed\r\nStatus: 4.0.0\r\n\r\nAction: failed\r\nStatus: 5.4.4", "5.4.4"),
        ] {
            assert_eq!(refusal(fields).as_deref(), Some(expected), "{fields}");
        }
    }

    #[test]
    fn what_does_not_say_that_a_message_was_given_up_is_no_refusal() {
        for fields in
            ["Action: delayed\r\nStatus: 4.4.1", "Action: delivered\r\nStatus: 2.0.0", "Status: 5.1.1", ""]
        {
            assert_eq!(refusal(fields), None, "{fields}");
        }
        let away = "To: bounce+0a1b@meet.example\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n\r\nAction: failed\r\n";
        assert_eq!(read(away.as_bytes()), Report { tokens: vec!["0a1b".to_owned()], refusal: None });
        let nothing = Report { tokens: Vec::new(), refusal: None };
        for raw in [b"".as_slice(), b"\r\n\r\n", b"\xff\xfe\x00", b"To: meetings+1@meet.example\r\n\r\n"] {
            assert_eq!(read(raw), nothing);
        }
    }

    #[test]
    fn the_return_address_is_found_wherever_relays_write_it() {
        for header in [
            "Delivered-To: bounce+0a1b@meet.example",
            "x-original-to: <bounce+0a1b@meet.example>",
            "Envelope-To:\r\n bounce+0a1b@meet.example",
            "To: \"bounce\" <bounce+0a1b@meet.example>, other@meet.example",
        ] {
            let report = read(format!("Subject: bounce+ffff@meet.example\r\n{header}\r\n\r\nx").as_bytes());
            assert_eq!(report.tokens, ["0a1b"], "{header}");
        }
    }

    #[test]
    fn an_answer_is_a_reason_in_plain_words() {
        for (answer, why) in [
            ("permanent error (550): 5.1.1 <a@b.example>: no such person", Why::NoMailbox),
            ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", Why::NoMailbox),
            ("550 User unknown", Why::NoMailbox),
            ("554 5.2.1 disabled", Why::NoMailbox),
            ("552 5.2.2 mailbox full", Why::Full),
            ("permanent error (552): quota exceeded", Why::Full),
            ("550 5.7.1 [192.0.2.1] blocked by policy", Why::Refused),
            ("550 5.1.8 sender address refused", Why::Refused),
            ("permanent error (554): no", Why::Refused),
            ("transient error (451): 4.7.1 later", Why::Unreachable),
            ("5.4.4 no route to host", Why::Unreachable),
            ("the server did not answer in time", Why::Unreachable),
            ("Connection error: Connection refused (os error 111)", Why::Unreachable),
            ("", Why::Unreachable),
            ("making it failed: an internal error", Why::NotMade),
        ] {
            assert_eq!(Why::of(answer), why, "{answer}");
        }
    }
}
