//! Answers to invitations as calendars send them by mail (RFC 5546 3.2.3): METHOD:REPLY with one attendee.

use jiff::{Timestamp, civil};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use nameplate_domain::meetings::Answer;

/// Parts of a mail that are looked at: an answer has three.
const PARTS: usize = 20;
/// Lines of a calendar file that are looked at. Outlook sends a VTIMEZONE before the event.
const LINES: usize = 2_000;

/// An answer to an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The tokens of our senders' addresses that the mail came to.
    pub tokens: Vec<String>,
    /// Who sent the mail.
    pub from: String,
    /// Which meeting.
    pub uid: String,
    /// At which time, where it is said in UTC.
    pub start: Option<Timestamp>,
    /// Who answers, as written.
    pub attendee: String,
    /// What.
    pub answer: Answer,
    /// When it was written, by the clock of who wrote it.
    pub at: Option<Timestamp>,
}

/// Reads a mail as a relay hands it over; none where it answers no invitation, or a program wrote it by itself.
#[must_use]
pub fn read(raw: &[u8]) -> Option<Reply> {
    let message = MessageParser::default().parse(raw)?;
    let by_itself = message.header_raw("Auto-Submitted").unwrap_or_default().trim().to_ascii_lowercase();
    if by_itself.starts_with("auto-replied") {
        return None;
    }
    let tokens = crate::report::tokens_behind(&message, "meetings+");
    let file = calendar(&message)?;
    let lines = content_lines(&file);
    let in_event = lines.iter().skip_while(|line| !line.is("BEGIN", "VEVENT"));
    let event: Vec<_> = in_event.take_while(|line| !line.is("END", "VEVENT")).collect();
    let value = |name: &str| event.iter().find(|line| line.name == name).map(|line| line.value.as_str());
    if !lines.iter().any(|line| line.is("METHOD", "REPLY")) {
        return None;
    }
    let mut attendees = event.iter().filter(|line| line.name == "ATTENDEE");
    let attendee = attendees.next()?;
    // Who answers speaks for themselves.
    if attendees.next().is_some() {
        return None;
    }
    let partstat = attendee.parameter("PARTSTAT")?;
    Some(Reply {
        tokens,
        from: message.from()?.first()?.address()?.to_owned(),
        start: value("DTSTART").and_then(instant),
        uid: value("UID")?.to_owned(),
        attendee: address(&attendee.value)?.to_owned(),
        answer: Answer::parse(&partstat.to_ascii_lowercase()).ok()?,
        at: value("DTSTAMP").and_then(instant),
    })
}

/// The text of the first calendar part.
fn calendar(message: &Message<'_>) -> Option<String> {
    let part = message.parts.iter().take(PARTS).find(|part| {
        part.content_type().is_some_and(|kind| {
            let of = kind.subtype().unwrap_or_default();
            (kind.ctype().eq_ignore_ascii_case("text") && of.eq_ignore_ascii_case("calendar"))
                || (kind.ctype().eq_ignore_ascii_case("application") && of.eq_ignore_ascii_case("ics"))
        })
    })?;
    match &part.body {
        PartType::Text(text) | PartType::Html(text) => Some(text.to_string()),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            Some(String::from_utf8_lossy(bytes).into_owned())
        }
        _ => None,
    }
}

/// `NAME;PARAMETER=VALUE:VALUE` (RFC 5545 3.1).
struct Line {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Line {
    fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.trim().eq_ignore_ascii_case(value)
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A value in quotes may hold `;`, `:` and `,`.
    fn read(line: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let (mut quoted, mut from) = (false, 0);
        for (at, c) in line.char_indices() {
            match c {
                '"' => quoted = !quoted,
                ';' | ':' if !quoted => {
                    pieces.push(line.get(from..at)?);
                    from = at + 1;
                    if c == ':' {
                        break;
                    }
                }
                _ => {}
            }
        }
        let value = line.get(from..)?.to_owned();
        let mut pieces = pieces.into_iter();
        let name = pieces.next()?.to_ascii_uppercase();
        let parameter = |piece: &str| {
            let (name, value) = piece.split_once('=')?;
            Some((name.to_ascii_uppercase(), value.trim_matches('"').to_owned()))
        };
        Some(Self { name, parameters: pieces.filter_map(parameter).collect(), value })
    }
}

/// The lines of a file: a space at the start of one goes on with the one before. Mail may have taken the carriage returns.
fn content_lines(file: &str) -> Vec<Line> {
    let mut whole: Vec<String> = Vec::new();
    for line in file.lines().take(LINES) {
        match (line.strip_prefix([' ', '\t']), whole.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => whole.push(line.to_owned()),
        }
    }
    whole.iter().filter_map(|line| Line::read(line)).collect()
}

/// `mailto:sam@example.org`, in any case.
fn address(value: &str) -> Option<&str> {
    let (scheme, address) = value.trim().split_once(':')?;
    scheme.eq_ignore_ascii_case("mailto").then_some(address)
}

/// `20261201T130000Z`
fn instant(value: &str) -> Option<Timestamp> {
    let local = civil::DateTime::strptime("%Y%m%dT%H%M%S", value.trim().strip_suffix('Z')?).ok()?;
    jiff::tz::Offset::UTC.to_timestamp(local).ok()
}
