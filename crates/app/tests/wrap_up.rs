//! The agent's note after a meeting: to the customer alone, as often as it is sent, and as it was written.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{Recorder, agent, anonymous, app, as_agent, free, now, request, told, try_book};
use nameplate_app::meetings::guests::{Guests, change};
use nameplate_app::meetings::{cancel, link_actor, manage_url, wrap_up};
use nameplate_app::{Ctx, Error, Refusal, mailbox, outbox};
use nameplate_domain::account::{EmailAddress, Note};
use nameplate_domain::meetings::Party;
use nameplate_testkit::both_engines;
use std::sync::Arc;

fn note(text: &str) -> Note {
    Note::parse(text).unwrap()
}

both_engines! {
    async fn the_customer_gets_each_note_as_it_was_written(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await.remove(0);
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        let guest = Guests::With(EmailAddress::parse("kim@example.net").unwrap());
        change(&app, &as_agent(&anna), meeting.id, guest, None).await.unwrap();
        sent.drain(&app, now).await;
        let at = |start| Ctx { now: start, ..as_agent(&anna) };
        let early = wrap_up::send(&app, &at(start - common::hours(1)), meeting.id, note("Early")).await;
        assert!(matches!(early, Err(Error::NotFound)), "{early:?}");
        let link = manage_url(&app, &meeting, Party::Customer);
        let actor = link_actor(&app, now(), link.rsplit_once('/').unwrap().1).await.unwrap();
        let customer = wrap_up::send(&app, &Ctx { now: start, actor, ..anonymous() }, meeting.id, note("Mine")).await;
        assert!(matches!(customer, Err(Error::NotFound)), "{customer:?}");
        let stranger = agent(&app, "bram").await;
        let foreign = wrap_up::send(&app, &Ctx { now: start, ..as_agent(&stranger) }, meeting.id, note("No")).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");

        wrap_up::send(&app, &at(start), meeting.id, note("As agreed:\n{{7*7}} <b>& more</b>")).await.unwrap();
        wrap_up::send(&app, &at(start), meeting.id, note("One more thing")).await.unwrap();
        sent.refuse(&["sam@example.org"]);
        // The meeting is on: what was planned before has no use any more.
        let left = sent.drain(&app, || now() + common::hours(24 * 8)).await;
        let notes: Vec<_> = left.iter().filter(|(row, _)| row.kind == "wrap_up").collect();
        let texts: Vec<_> = notes.iter().map(|(_, mail)| mailbox::parts(&mail.raw).text).collect();
        assert_eq!(texts.len(), 2, "{:?}", told(&left));
        assert!(texts.first().unwrap().contains("As agreed:\r\n{{7*7}} <b>& more</b>"), "{texts:?}");
        assert!(texts.last().unwrap().contains("One more thing"), "{texts:?}");
        for (_, mail) in &notes {
            let raw = String::from_utf8_lossy(&mail.raw);
            assert!(!raw.contains("Auto-Submitted") && !raw.contains("text/calendar"), "{raw}");
        }
        // It reached nobody: its agent is told, and sends the same words again.
        assert!(left.iter().any(|(row, _)| row.kind == "delivery_problem"), "{:?}", told(&left));
        sent.refuse(&[]);
        let (first, _) = notes.first().unwrap();
        assert!(outbox::undelivered::send_again(&app, &at(start), first.id).await.unwrap());
        let left = sent.drain(&app, || now() + common::hours(24 * 8)).await;
        let again = left.iter().find(|(row, _)| row.kind == "wrap_up").unwrap();
        assert!(mailbox::parts(&again.1.raw).text.contains("As agreed:"));
    }

    async fn after_a_meeting_that_was_cancelled_there_is_nothing_to_write(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await.remove(0);
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await.unwrap();
        let refused = wrap_up::send(&app, &Ctx { now: start, ..as_agent(&anna) }, meeting.id, note("Well")).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::MeetingCancelled))), "{refused:?}");
    }
}
