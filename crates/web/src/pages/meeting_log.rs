//! What was sent about a meeting and what will be, for its agent.

use super::manage;
use crate::failure::{Failure, Page, see_other};
use crate::pages::or_page;
use crate::view::manage::LogLine;
use crate::visit::Visit;
use axum::extract::Path;
use jiff::Timestamp;
use nameplate_app::meetings::Seen;
use nameplate_app::outbox::undelivered::{self, Why};
use nameplate_app::{Error, outbox};
use nameplate_domain::account::PhoneNumber;
use nameplate_i18n::Texts;
use nameplate_i18n::time::Clock;

/// The messages, in the order in which they are due; `base` is the address of the meeting's page.
pub(super) async fn lines(
    visit: &Visit,
    clock: &Clock,
    seen: &Seen,
    base: &str,
) -> Result<Vec<LogLine>, Failure> {
    let (texts, now) = (visit.texts(), visit.now);
    let told = or_page(visit, outbox::about(visit.web.app(), seen.meeting.id).await).await?;
    let line = |message: &outbox::Told| {
        // What a provider says of a text message stands in its state.
        let failed =
            message.channel == outbox::Channel::Email && matches!(message.state.as_str(), "dead" | "bounced");
        let words = (message.kind.as_str(), message.role.as_str(), message.recipient.as_str());
        let may = failed
            && !message.sent_again
            && undelivered::may_send_again(words, &seen.meeting, &seen.agent, now);
        LogLine {
            what: texts.text(&format!("notification-{}", message.kind.replace('_', "-"))),
            to: match message.channel {
                outbox::Channel::Email => message.recipient.clone(),
                outbox::Channel::Sms => {
                    PhoneNumber::stored(message.recipient.as_str(), message.recipient.as_str())
                        .international()
                }
            },
            when: clock.short(message.due_at),
            state: match &message.delivery {
                Some(word) => texts.text(&format!("sms-delivery-{}", word.replace('_', "-"))),
                None => texts.text(&format!("message-state-{}", state(message, now))),
            },
            why: failed.then(|| why(texts, Why::of(&message.answer))),
            answer: Some(message.answer.clone()).filter(|answer| failed && !answer.is_empty()),
            again: may.then(|| format!("{base}/messages/{}/send-again", message.id)),
        }
    };
    Ok(told.iter().map(line).collect())
}

/// Why a message reached nobody, in plain words.
pub(super) fn why(texts: Texts, why: Why) -> String {
    texts.text(&format!("undelivered-{}", why.name()))
}

/// The text of the banner behind the button.
pub(super) const fn saved(sent: bool) -> &'static str {
    if sent { "sent-again" } else { "nothing-to-send" }
}

/// `POST /m/{token}/messages/{message}/send-again`
pub(super) async fn send_again(mut visit: Visit, Path((token, message)): Path<(String, String)>) -> Page {
    let view = manage::open(&mut visit, &token).await?;
    let sent = match message.parse() {
        Ok(id) => undelivered::send_again(visit.web.app(), &view.ctx, id).await,
        Err(_) => Err(Error::NotFound),
    };
    let sent = or_page(&visit, sent).await?;
    Ok(see_other(&format!("{}?saved={}", view.base, saved(sent))))
}

/// What waits is planned before it is due, and on its way after.
fn state(message: &outbox::Told, now: Timestamp) -> &str {
    match message.state.as_str() {
        "queued" if message.due_at > now => "planned",
        "queued" | "sending" => "waiting",
        _ if message.sent_again => "again",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nameplate_domain::ids::OutboxId;
    use nameplate_i18n::Locale;

    fn told(state: &str, due_at: Timestamp, sent_again: bool) -> outbox::Told {
        outbox::Told {
            id: OutboxId::new(nameplate_app::fresh::uuid()),
            channel: outbox::Channel::Email,
            delivery: None,
            kind: "reminder".into(),
            recipient: "sam@example.org".into(),
            role: "customer".into(),
            due_at,
            state: state.into(),
            answer: String::new(),
            sent_again,
        }
    }

    #[test]
    fn every_state_has_words() {
        let now = Timestamp::UNIX_EPOCH;
        for word in ["queued", "sending", "sent", "superseded", "expired", "dead", "bounced"] {
            for due_at in [now, Timestamp::MAX] {
                for sent_again in [false, true] {
                    let key = format!("message-state-{}", state(&told(word, due_at, sent_again), now));
                    assert_ne!(Texts::of(Locale::En).text(&key), key);
                }
            }
        }
        for word in ["underway", "delivered", "failed", "opted-out", "over-limit"] {
            let key = format!("sms-delivery-{word}");
            assert_ne!(Texts::of(Locale::En).text(&key), key);
        }
        assert_eq!(state(&told("queued", Timestamp::MAX, false), now), "planned");
        assert_eq!(state(&told("queued", now, false), now), "waiting");
        assert_eq!(state(&told("dead", now, true), now), "again");
    }

    #[test]
    fn every_reason_has_words() {
        for one in Why::ALL {
            assert!(!why(Texts::of(Locale::En), one).starts_with("undelivered-"));
        }
    }
}
