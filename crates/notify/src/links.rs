//! Links that make an entry in a calendar on the web. The entry does not follow the meeting, and the page says so.

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The unreserved characters of RFC 3986 stay.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the entry shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// Its text.
    pub details: String,
    /// Where; may be empty.
    pub place: String,
    /// From.
    pub start: Timestamp,
    /// Until.
    pub end: Timestamp,
}

/// One link a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddToCalendar {
    /// Google Calendar.
    pub google: String,
    /// Outlook.com.
    pub outlook: String,
    /// Microsoft 365, for work accounts.
    pub microsoft365: String,
    /// Yahoo Calendar.
    pub yahoo: String,
}

impl AddToCalendar {
    /// The links for an entry.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self {
            google: google(entry),
            outlook: microsoft("outlook.live.com", entry),
            microsoft365: microsoft("outlook.office.com", entry),
            yahoo: yahoo(entry),
        }
    }
}

/// Google Calendar.
#[must_use]
pub fn google(entry: &Entry) -> String {
    let dates = format!("{}/{}", compact(entry.start), compact(entry.end));
    let fields =
        [("text", &*entry.title), ("dates", &dates), ("details", &entry.details), ("location", &entry.place)];
    query("https://calendar.google.com/calendar/render?action=TEMPLATE", &fields)
}

/// Outlook on the web: `outlook.live.com` for private accounts, `outlook.office.com` for those of Microsoft 365.
#[must_use]
pub fn microsoft(host: &str, entry: &Entry) -> String {
    let (start, end) = (long(entry.start), long(entry.end));
    let fields = [
        ("subject", &*entry.title),
        ("startdt", &start),
        ("enddt", &end),
        ("body", &entry.details),
        ("location", &entry.place),
    ];
    let base = format!(
        "https://{host}/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent"
    );
    query(&base, &fields)
}

/// Yahoo Calendar.
#[must_use]
pub fn yahoo(entry: &Entry) -> String {
    let (start, end) = (compact(entry.start), compact(entry.end));
    let fields = [
        ("title", &*entry.title),
        ("st", &start),
        ("et", &end),
        ("desc", &entry.details),
        ("in_loc", &entry.place),
    ];
    query("https://calendar.yahoo.com/?v=60", &fields)
}

fn query(base: &str, fields: &[(&str, &str)]) -> String {
    let mut url = base.to_owned();
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        url = format!("{url}&{name}={}", utf8_percent_encode(value, QUERY));
    }
    url
}

/// `20261201T130000Z`.
pub(crate) fn compact(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// `2026-12-01T13:00:00Z`.
fn long(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
