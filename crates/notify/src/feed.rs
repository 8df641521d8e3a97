//! The file behind an agent's private calendar address: what calendars read over and over (`messages.md` section 4).

use crate::content_lines::Writer;
use crate::ics::{self, Method};
use crate::meeting::{MeetingFacts, RecipientRole};
use jiff::Timestamp;
use nameplate_domain::time::Tzdb;
use nameplate_i18n::{Locale, Texts};

/// How often a calendar may ask again. Most ask far less often, whatever a file says.
const EVERY: &str = "PT15M";

/// How much a feed tells of each meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// All that the agent's own entry holds.
    Everything,
    /// That the time is taken, in this language, and nothing else: no name, no title, no place.
    Busy(Locale),
}

/// The meetings as a calendar that subscribes reads them. `name` is what the calendar calls itself; `now` is DTSTAMP.
#[must_use]
pub fn feed(all: &[MeetingFacts], shows: Shows, name: &str, tzdb: &Tzdb, now: Timestamp) -> String {
    let mut file = ics::begun(Method::Publish);
    file.text("X-WR-CALNAME", name);
    file.with("REFRESH-INTERVAL", &[("VALUE", "DURATION")], None, EVERY);
    file.line("X-PUBLISHED-TTL", EVERY);
    for facts in all {
        match shows {
            Shows::Everything => {
                ics::event(&mut file, facts, RecipientRole::Agent, Method::Publish, tzdb, now);
            }
            Shows::Busy(locale) => busy(&mut file, facts, locale, now),
        }
    }
    file.line("END", "VCALENDAR");
    file.finish()
}

/// ORGANIZER is left out with the names: the address in it takes mail about the meeting.
fn busy(file: &mut Writer, facts: &MeetingFacts, locale: Locale, now: Timestamp) {
    ics::opened(file, &facts.meeting, now);
    file.text("SUMMARY", &Texts::of(locale).text("calendar-feed-busy"));
    ics::closed(file, &facts.meeting);
}

/// The text without what every reading changes: of two files that tell the same, this is the same.
#[must_use]
pub fn unstamped(feed: &str) -> String {
    // A folded line goes on behind a space, so that no text of anybody's begins a line.
    feed.split_inclusive("\r\n").filter(|line| !line.starts_with("DTSTAMP:")).collect()
}
