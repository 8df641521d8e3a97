//! What was sent about a meeting and what will be, for its agent.

use crate::failure::Failure;
use crate::pages::or_page;
use crate::view::manage::LogLine;
use crate::visit::Visit;
use jiff::Timestamp;
use nameplate_app::outbox;
use nameplate_domain::ids::MeetingId;
use nameplate_i18n::time::Clock;

/// The messages, in the order in which they are due.
pub(super) async fn lines(visit: &Visit, clock: &Clock, meeting: MeetingId) -> Result<Vec<LogLine>, Failure> {
    let (texts, now) = (visit.texts(), visit.now);
    let told = or_page(visit, outbox::about(visit.web.app(), meeting).await).await?;
    let line = |message: &outbox::Told| LogLine {
        what: texts.text(&format!("notification-{}", message.kind.replace('_', "-"))),
        to: message.recipient.clone(),
        when: clock.short(message.due_at),
        state: texts.text(&format!("message-state-{}", state(&message.state, message.due_at, now))),
    };
    Ok(told.iter().map(line).collect())
}

/// What waits is planned before it is due, and on its way after.
fn state(word: &str, due_at: Timestamp, now: Timestamp) -> &str {
    match word {
        "queued" if due_at > now => "planned",
        "queued" | "sending" => "waiting",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nameplate_i18n::{Locale, Texts};

    #[test]
    fn every_state_has_words() {
        let now = Timestamp::UNIX_EPOCH;
        for word in ["queued", "sending", "sent", "superseded", "expired", "dead", "bounced"] {
            for due_at in [now, Timestamp::MAX] {
                let key = format!("message-state-{}", state(word, due_at, now));
                assert_ne!(Texts::of(Locale::En).text(&key), key);
            }
        }
        assert_eq!(state("queued", Timestamp::MAX, now), "planned");
        assert_eq!(state("queued", now, now), "waiting");
    }
}
