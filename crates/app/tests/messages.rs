//! What leaves, in which order, and what happens when it cannot (`security.md` B6, F16 to F20; `messages.md` section 3).

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{Recorder, agent, app, as_agent, free, now, request, try_book};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::meetings::{cancel, reschedule};
use nameplate_app::outbox::{Delivery, Transport, run, send_due};
use nameplate_notify::Composed;
use nameplate_store::OutboxRow;
use nameplate_testkit::both_engines;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

type Handing<'a> = Pin<Box<dyn Future<Output = Delivery> + Send + 'a>>;

fn an_hour_later() -> Timestamp {
    now() + SignedDuration::from_hours(1)
}

fn two_days_later() -> Timestamp {
    now() + SignedDuration::from_hours(48)
}

/// Fails where no error was foreseen.
struct Broken;

impl Transport for Broken {
    fn deliver<'a>(&'a self, _: &'a OutboxRow, _: &'a Composed) -> Handing<'a> {
        panic!("a mistake of ours");
    }
}

/// Never comes back for one recipient; tells of everybody who was asked for.
struct Hanging {
    for_whom: &'static str,
    seen: UnboundedSender<String>,
}

impl Transport for Hanging {
    fn deliver<'a>(&'a self, row: &'a OutboxRow, _: &'a Composed) -> Handing<'a> {
        self.seen.send(row.recipient.clone()).unwrap();
        let hangs = row.recipient == self.for_whom;
        Box::pin(async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            Delivery::Sent { answer: "250".into() }
        })
    }
}

both_engines! {
    async fn a_booking_tells_customer_and_agent_once(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        let mut to: Vec<_> = sent.drain(&app, now).await.into_iter().map(|(_, message)| message.to).collect();
        to.sort();
        assert_eq!(to, ["anna@example.com", "sam@example.org"]);
        let kinds: Vec<_> = sent.drain(&app, two_days_later).await.into_iter().map(|(row, _)| row.kind).collect();
        assert_eq!(kinds, ["review_request"], "nothing is sent twice");

        let later = free(&app, &anna, "meeting").await[3];
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, common::to(later)).await.unwrap();
        cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await.unwrap();
        let rest = sent.drain(&app, now).await;
        let kinds: Vec<_> = rest.iter().map(|(row, _)| (row.kind.as_str(), row.meeting_version)).collect();
        assert_eq!(kinds, [("meeting_cancelled", 2); 2], "the move was overtaken: superseded, never sent late");
        let raw = String::from_utf8(rest[0].1.raw.clone()).unwrap();
        assert!(raw.contains("method=CANCEL"), "{raw}");
    }

    async fn sec_f18_a_failed_try_is_repeated_with_the_same_bytes(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap();
        let later = || Delivery::Temporary { answer: "451 later".into() };
        *sent.answers.lock().unwrap() = vec![later(), later()];
        let first = sent.drain(&app, now).await;
        assert_eq!(first.len(), 2);
        assert!(sent.drain(&app, now).await.is_empty(), "not before its time");
        let mut second = sent.drain(&app, an_hour_later).await;
        second.sort_by_key(|(row, _)| row.id);
        let mut expected = first.clone();
        expected.sort_by_key(|(row, _)| row.id);
        for ((_, once), (row, again)) in expected.iter().zip(&second) {
            assert_eq!((&once.message_id, &once.raw), (&again.message_id, &again.raw));
            assert_eq!(row.attempts, 1);
        }
    }

    async fn a_newer_message_takes_the_place_of_one_that_could_not_be_sent(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        *sent.answers.lock().unwrap() = (0..2).map(|_| Delivery::Temporary { answer: "451".into() }).collect();
        assert_eq!(sent.drain(&app, now).await.len(), 2);
        cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await.unwrap();
        let kinds: Vec<_> = sent.drain(&app, now).await.into_iter().map(|(row, _)| row.kind).collect();
        assert_eq!(kinds, ["meeting_cancelled"; 2], "the invitation is taken back, and nothing waits for it");
        assert!(sent.drain(&app, an_hour_later).await.is_empty());
    }

    async fn sec_f19_a_refused_address_ends_only_its_own_message(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap();
        sent.refuse(&["sam@example.org"]);
        let mut kinds: Vec<_> = sent.drain(&app, now).await.into_iter().map(|(row, _)| row.kind).collect();
        kinds.sort();
        assert_eq!(kinds, ["delivery_problem", "meeting_scheduled", "meeting_scheduled"]);
        let kinds: Vec<_> = sent.drain(&app, two_days_later).await.into_iter().map(|(row, _)| row.kind).collect();
        assert_eq!(kinds, ["review_request"], "neither is tried again");
    }

    async fn a_message_that_cannot_be_made_holds_back_no_later_one(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        let broken: Arc<dyn Transport> = Arc::new(Broken);
        assert!(send_due(&app, &broken, now).await.unwrap());
        cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await.unwrap();
        let mut kinds: Vec<_> = sent.drain(&app, now).await.into_iter().map(|(row, _)| row.kind).collect();
        kinds.sort();
        assert_eq!(kinds, ["delivery_problem", "meeting_cancelled", "meeting_cancelled"]);
    }

    async fn a_recipient_who_hangs_holds_up_nobody_else(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let starts = free(&app, &anna, "meeting").await;
        let (seen, mut told) = unbounded_channel();
        let transport: Arc<dyn Transport> = Arc::new(Hanging { for_whom: "slow@example.org", seen });
        let sender = tokio::spawn(run(app.clone(), transport, now, std::future::pending()));
        try_book(&app, request(&anna, starts[0], "slow@example.org")).await.unwrap();
        for _ in 0..2 {
            told.recv().await.unwrap();
        }
        try_book(&app, request(&anna, starts[1], "sam@example.org")).await.unwrap();
        let mut others = [told.recv().await.unwrap(), told.recv().await.unwrap()];
        others.sort();
        assert_eq!(others, ["anna@example.com", "sam@example.org"]);
        sender.abort();
    }

    async fn the_outbox_holds_no_link_and_no_code(database: TestDatabase) {
        use nameplate_app::accounts::email_change;
        use nameplate_domain::account::EmailAddress;
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let new = EmailAddress::parse("new@example.com").unwrap();
        email_change::request(&app, &as_agent(&anna), new, None).await.unwrap();
        let messages = sent.drain(&app, now).await;
        assert_eq!(messages.len(), 1);
        let (row, message) = &messages[0];
        let change = email_change::pending(&app, &as_agent(&anna)).await.unwrap().unwrap();
        let (link, code) = (app.secrets().email_link(change.id), app.secrets().email_code(change.id, 1));
        let raw = String::from_utf8(message.raw.clone()).unwrap().replace("=\r\n", "");
        assert!(raw.contains(&link) && raw.contains(&code), "{raw}");
        let stored = format!("{row:?}");
        assert!(!stored.contains(&link) && !stored.contains(&code), "{stored}");
    }
}
