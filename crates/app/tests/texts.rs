//! Text messages: who gets them and when, what their provider tells, and who wants none (`messages.md` section 5).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::texts::{FROM, NUMBER, at, texted, with_texts, write};
use common::{Recorder, agent, anonymous, hours, request, to, try_book};
use jiff::Timestamp;
use nameplate_app::accounts::notifications::choose;
use nameplate_app::limits::{Limits, Rate};
use nameplate_app::meetings::book::{BookingRequest, book};
use nameplate_app::meetings::{cancel, reschedule};
use nameplate_app::{App, Ctx, Error, sms};
use nameplate_domain::account::{Agent, Notification, Notifications, PhoneNumber, Problem, Switch};
use nameplate_domain::meetings::Meeting;
use nameplate_notify::sms::{Outcome, State};
use nameplate_testkit::both_engines;
use std::sync::Arc;

/// A clock that stands still.
macro_rules! clock {
    ($text:literal) => {
        (|| $text.parse().unwrap()) as fn() -> Timestamp
    };
}

/// The kinds of the text messages that leave up to that instant, in their order.
macro_rules! left {
    ($provider:expr, $app:expr, $text:literal) => {{
        let recorder = Arc::new(Recorder::default());
        recorder.drain($app, clock!($text)).await;
        $provider.taken().into_iter().map(|text| text.text).collect::<Vec<String>>()
    }};
}

async fn booked(app: &App, agent: &Agent, now: &str, start: &str) -> Meeting {
    let ctx = Ctx { now: at(now), ..anonymous() };
    book(app, &ctx, texted(request(agent, at(start), "sam@example.org"))).await.unwrap().meeting
}

async fn told(app: &App, meeting: &Meeting) -> Vec<(String, String, String)> {
    let rows = nameplate_app::outbox::about(app, meeting.id).await.unwrap();
    let rows = rows.into_iter().filter(|row| row.recipient == NUMBER);
    rows.map(|row| (row.kind, row.state, row.delivery.unwrap_or_default())).collect()
}

fn begins(texts: &[String], with: &[&str]) {
    assert_eq!(texts.len(), with.len(), "{texts:?}");
    for (text, start) in texts.iter().zip(with) {
        assert!(text.starts_with(start), "{texts:?}");
    }
}

both_engines! {
    async fn a_customer_who_asked_for_them_gets_texts_of_all_that_becomes_of_the_meeting(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let anna = agent(&app, "anna").await;
        let meeting = booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T14:00:00Z").await;
        let consent = meeting.sms_consent.clone().unwrap();
        assert_eq!((consent.text.as_str(), consent.at), ("Yes, send them", at("2026-11-23T07:00:00Z")));
        let first = left!(provider, &app, "2026-11-23T07:00:00Z");
        begins(&first, &["Booked: Thu 26 Nov 2026, 09:00 (New York, UTC-5) with Anna. "]);
        assert!(first[0].contains(" https://meet.example.com/m/"), "{first:?}");
        assert!(first[0].ends_with(first[0].split("/m/").nth(1).unwrap()), "the link is last: {first:?}");

        let ctx = Ctx { now: at("2026-11-23T08:00:00Z"), ..common::as_agent(&anna) };
        reschedule::reschedule(&app, &ctx, meeting.id, to(at("2026-11-27T14:00:00Z"))).await.unwrap();
        begins(&left!(provider, &app, "2026-11-23T08:00:00Z"), &["Moved to Fri 27 Nov 2026, 09:00 (New York, UTC-5): Anna"]);
        // The clock in New York reads 09:00 a day before, and 08:00 an hour before.
        begins(&left!(provider, &app, "2026-11-26T13:59:59Z"), &[]);
        begins(&left!(provider, &app, "2026-11-26T14:00:00Z"), &["Reminder: Fri 27 Nov"]);
        begins(&left!(provider, &app, "2026-11-27T12:59:59Z"), &[]);
        begins(&left!(provider, &app, "2026-11-27T13:00:00Z"), &["Soon: Fri 27 Nov"]);
        let ctx = Ctx { now: at("2026-11-27T13:30:00Z"), ..common::as_agent(&anna) };
        cancel::cancel(&app, &ctx, meeting.id, None, None).await.unwrap();
        begins(&left!(provider, &app, "2026-11-27T13:30:00Z"), &["Cancelled: Fri 27 Nov"]);
        begins(&left!(provider, &app, "2026-12-27T13:30:00Z"), &[]);
    }

    async fn t_13_texts_are_switched_by_themselves(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let anna = agent(&app, "anna").await;
        let meeting = booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T14:00:00Z").await;
        begins(&left!(provider, &app, "2026-11-23T07:00:00Z"), &["Booked: "]);
        let quiet = Notifications::default()
            .with(Notification::Reminder, Switch::CustomerSms, false)
            .with(Notification::StartsSoon, Switch::Customer, false)
            .with(Notification::Scheduled, Switch::CustomerSms, false);
        choose(&app, &common::as_agent(&anna), Notifications::default(), quiet).await.unwrap();
        begins(&left!(provider, &app, "2026-11-26T12:59:59Z"), &[]);
        begins(&left!(provider, &app, "2026-11-26T13:00:00Z"), &["Soon: "]);
        let told = nameplate_app::outbox::about(&app, meeting.id).await.unwrap();
        let told = |kind: &str, to: &str| told.iter().any(|row| row.kind == kind && row.recipient == to && row.state == "sent");
        assert!(told("reminder", "sam@example.org"), "the email has a switch of its own");
        assert!(!told("starts_soon", "sam@example.org"));
        booked(&app, &anna, "2026-11-26T15:00:00Z", "2026-11-30T14:00:00Z").await;
        begins(&left!(provider, &app, "2026-11-26T15:00:00Z"), &[]);
    }

    async fn nobody_else_gets_any(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let anna = agent(&app, "anna").await;
        let start = at("2026-11-26T14:00:00Z");
        let asked = texted(request(&anna, start, "sam@example.org"));
        let silent = BookingRequest { sms_consent: None, ..asked.clone() };
        try_book(&app, silent).await.unwrap();
        let mut numberless = BookingRequest { start: start + hours(1), ..asked };
        numberless.customer.phone_number = None;
        try_book(&app, numberless).await.unwrap();
        begins(&left!(provider, &app, "2026-12-23T07:00:00Z"), &[]);

        let number = |typed: &str| PhoneNumber::parse(typed, None).unwrap();
        assert_eq!(sms::check_wish(&app, Some(&number(NUMBER))), Ok(()));
        assert_eq!(sms::check_wish(&app, Some(&number("+12125550123"))), Err(Problem::PhoneNoSms));
        assert_eq!(sms::check_wish(&app, None), Err(Problem::PhoneForSms));
    }

    async fn reminders_come_earlier_and_never_at_night_or_late(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let anna = agent(&app, "anna").await;
        // 10:00 in Berlin is 04:00 in New York: both reminders fall into the night there.
        booked(&app, &anna, "2026-11-23T14:00:00Z", "2026-11-26T09:00:00Z").await;
        assert_eq!(left!(provider, &app, "2026-11-23T14:00:00Z").len(), 1);
        begins(&left!(provider, &app, "2026-11-25T01:58:59Z"), &[]);
        begins(&left!(provider, &app, "2026-11-25T01:59:00Z"), &["Reminder: Thu 26 Nov 2026, 04:00"]);
        begins(&left!(provider, &app, "2026-11-26T01:58:59Z"), &[]);
        begins(&left!(provider, &app, "2026-11-26T01:59:00Z"), &["Soon: Thu 26 Nov 2026, 04:00"]);

        // A server that was off in the evening does not wake anybody.
        let late = booked(&app, &anna, "2026-11-23T14:00:00Z", "2026-12-03T09:00:00Z").await;
        assert_eq!(left!(provider, &app, "2026-11-23T14:00:00Z").len(), 1);
        begins(&left!(provider, &app, "2026-12-02T02:00:00Z"), &[]);
        let expired = ("reminder".to_owned(), "expired".to_owned(), String::new());
        assert!(told(&app, &late).await.contains(&expired), "{:?}", told(&app, &late).await);

        // What would have to leave before the booking does not exist.
        let short = booked(&app, &anna, "2026-11-26T02:30:00Z", "2026-11-26T10:00:00Z").await;
        let kinds: Vec<_> = told(&app, &short).await.into_iter().map(|(kind, ..)| kind).collect();
        assert_eq!(kinds, ["meeting_scheduled"]);
    }

    async fn sec_c09_the_limits_of_a_day_hold(database: TestDatabase) {
        let limits = Limits {
            enabled: true, sms_number: vec![Rate::new(2, 24 * 60)],
            book_net: vec![Rate::new(99, 60)], book_address: vec![Rate::new(99, 60)], ..Limits::default()
        };
        let (app, provider) = with_texts(&database, limits).await;
        let anna = agent(&app, "anna").await;
        // A try that fails and is repeated costs one permit.
        provider.answer(Outcome::Later { answer: "busy".into() });
        let mut meetings = Vec::new();
        for day in ["25", "26", "27"] {
            let start = format!("2026-11-{day}T14:00:00Z");
            meetings.push(booked(&app, &anna, "2026-11-23T14:00:00Z", &start).await);
        }
        let sent = left!(provider, &app, "2026-11-23T14:00:00Z").len() + left!(provider, &app, "2026-11-23T14:01:00Z").len();
        assert_eq!(sent, 3, "one of the two was tried twice");
        let mut over = 0;
        for meeting in &meetings {
            let dead = ("meeting_scheduled".to_owned(), "dead".to_owned(), "over_limit".to_owned());
            over += usize::from(told(&app, meeting).await.contains(&dead));
        }
        assert_eq!(over, 1);
    }

    async fn sec_c09_stop_is_honoured_at_every_send_and_start_lifts_it(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let anna = agent(&app, "anna").await;
        let now = at("2026-11-23T14:00:00Z");
        let first = booked(&app, &anna, "2026-11-23T14:00:00Z", "2026-11-25T14:00:00Z").await;
        assert_eq!(left!(provider, &app, "2026-11-23T14:00:00Z").len(), 1);
        write(&app, now, "31612345678", "Stop!").await.unwrap();
        write(&app, now, NUMBER, "can we stop by earlier?").await.unwrap();
        assert_eq!(sms::stopped(&app, NUMBER).await.unwrap(), Some(now));
        let second = booked(&app, &anna, "2026-11-23T14:00:00Z", "2026-11-26T14:00:00Z").await;
        begins(&left!(provider, &app, "2026-11-24T15:00:00Z"), &[]);
        let kept = |kind: &str| (kind.to_owned(), "superseded".to_owned(), "opted_out".to_owned());
        assert!(told(&app, &first).await.contains(&kept("reminder")));
        assert!(told(&app, &second).await.contains(&kept("meeting_scheduled")));
        write(&app, now, NUMBER, "start").await.unwrap();
        assert_eq!(sms::stopped(&app, NUMBER).await.unwrap(), None);
        begins(&left!(provider, &app, "2026-11-25T13:00:00Z"), &["Soon: Wed 25 Nov"]);

        // The provider may know it before we do.
        provider.answer(Outcome::OptedOut);
        let third = booked(&app, &anna, "2026-11-25T13:30:00Z", "2026-11-30T14:00:00Z").await;
        assert_eq!(left!(provider, &app, "2026-11-25T13:30:00Z").len(), 1);
        assert!(told(&app, &third).await.contains(&kept("meeting_scheduled")));
        assert!(sms::stopped(&app, NUMBER).await.unwrap().is_some());
    }

    async fn sec_f22_what_nobody_can_be_asked_for_is_sent_twice_at_most(database: TestDatabase) {
        let limits = Limits { enabled: true, sms_number: vec![Rate::new(2, 24 * 60)], ..Limits::default() };
        let (app, provider) = with_texts(&database, limits).await;
        let anna = agent(&app, "anna").await;
        provider.mute();
        for outcome in ["second", "first"] {
            provider.answer(Outcome::Perhaps { answer: outcome.into() });
        }
        let meeting = booked(&app, &anna, "2026-11-23T14:00:00Z", "2026-11-26T14:00:00Z").await;
        assert_eq!(left!(provider, &app, "2026-11-23T14:00:00Z").len(), 1);
        assert_eq!(left!(provider, &app, "2026-11-23T14:01:00Z").len(), 1);
        assert_eq!(left!(provider, &app, "2026-11-23T15:00:00Z").len(), 0);
        let rows = nameplate_app::outbox::about(&app, meeting.id).await.unwrap();
        let row = rows.into_iter().find(|row| row.recipient == NUMBER).unwrap();
        assert_eq!(row.state, "dead");
        assert!(row.answer.starts_with("perhaps sent"), "{}", row.answer);

        // Both tries are paid for, so both count.
        let second = booked(&app, &anna, "2026-11-23T15:00:00Z", "2026-11-27T14:00:00Z").await;
        assert_eq!(left!(provider, &app, "2026-11-23T15:00:00Z").len(), 0);
        assert_eq!(told(&app, &second).await[0].2, "over_limit");
    }

    async fn sec_f22_what_the_provider_tells_of_a_text_ends_its_tries(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let anna = agent(&app, "anna").await;
        provider.mute();
        for (day, state, word) in [
            ("25", State::Underway, "underway"), ("26", State::Delivered, "delivered"), ("27", State::Failed, "failed"),
        ] {
            provider.answer(Outcome::Perhaps { answer: "time-out".into() });
            let meeting = booked(&app, &anna, "2026-11-23T14:00:00Z", &format!("2026-11-{day}T14:00:00Z")).await;
            let recorder = Arc::new(Recorder::default());
            recorder.drain(&app, clock!("2026-11-23T14:00:00Z")).await;
            let text = provider.taken().remove(0);
            provider.report(&app, at("2026-11-23T14:00:10Z"), text.id, state).await.unwrap();
            begins(&left!(provider, &app, "2026-11-23T14:01:00Z"), &[]);
            let sent = ("meeting_scheduled".to_owned(), "sent".to_owned(), word.to_owned());
            assert_eq!(told(&app, &meeting).await[0], sent);
        }
    }

    async fn sec_c09_stop_is_read_from_a_number_in_any_writing(database: TestDatabase) {
        let (app, _) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let now = at("2026-11-23T14:00:00Z");
        for from in ["0031612345678", "0612345678", "31612345678", " +31612345678", "+31 6 1234 5678"] {
            write(&app, now, from, "STOP").await.unwrap();
            assert_eq!(sms::stopped(&app, NUMBER).await.unwrap(), Some(now), "{from}");
            write(&app, now, from, "START").await.unwrap();
            assert_eq!(sms::stopped(&app, NUMBER).await.unwrap(), None, "{from}");
        }
        write(&app, now, "Bank", "STOP").await.unwrap();
    }

    async fn help_is_answered_once_a_day(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let now = at("2026-11-23T14:00:00Z");
        for word in ["HELP", "help", "info"] {
            write(&app, now, NUMBER, word).await.unwrap();
        }
        let answers = left!(provider, &app, "2026-11-23T14:00:00Z");
        begins(&answers, &[""]);
        assert!(answers[0].contains("Answer STOP to get no more. https://meet.example.com"), "{answers:?}");
        write(&app, at("2026-11-24T14:00:01Z"), NUMBER, "hulp").await.unwrap();
        assert!(left!(provider, &app, "2026-11-24T14:00:01Z")[0].contains("Antwoord STOP"));
        // Whoever could never get a text gets no answer either: it would be paid for.
        write(&app, now, "+12125550123", "help").await.unwrap();
        begins(&left!(provider, &app, "2026-11-24T14:00:01Z"), &[]);
    }

    async fn sec_f22_what_the_provider_tells_is_noted_and_nothing_is_sent_twice(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let anna = agent(&app, "anna").await;
        provider.answer(Outcome::Perhaps { answer: "time-out".into() });
        let meeting = booked(&app, &anna, "2026-11-23T14:00:00Z", "2026-11-25T14:00:00Z").await;
        let recorder = Arc::new(Recorder::default());
        recorder.drain(&app, clock!("2026-11-23T14:00:00Z")).await;
        let text = provider.taken().remove(0);
        assert_eq!((text.to.as_str(), provider.asked()), (NUMBER, 0));
        assert!(text.status_url.starts_with("https://meet.example.com/hooks/sms/"), "{}", text.status_url);
        assert!(text.status_url.ends_with(&format!("/status?id={}", text.id)), "{}", text.status_url);
        provider.know(&text.text);
        begins(&left!(provider, &app, "2026-11-23T14:01:00Z"), &[]);
        assert_eq!(provider.asked(), 1, "it was asked before another try");
        assert_eq!(told(&app, &meeting).await[0].1, "sent");

        // What was surely not taken is not asked for: an older text may read the same.
        provider.answer(Outcome::Later { answer: "busy".into() });
        booked(&app, &anna, "2026-11-23T14:01:10Z", "2026-11-26T14:00:00Z").await;
        assert_eq!(left!(provider, &app, "2026-11-23T14:01:10Z").len(), 1);
        assert_eq!(left!(provider, &app, "2026-11-23T14:02:00Z").len(), 1);
        assert_eq!(provider.asked(), 1);

        let now = at("2026-11-23T14:02:00Z");
        for (state, word) in [(State::Underway, "underway"), (State::Delivered, "delivered"), (State::Underway, "delivered")] {
            provider.report(&app, now, text.id, state).await.unwrap();
            assert_eq!(told(&app, &meeting).await[0].2, word);
        }
        let unknown = nameplate_domain::ids::OutboxId::new(uuid::Uuid::nil());
        assert!(matches!(provider.report(&app, now, unknown, State::Failed).await, Err(Error::NotFound)));
        let call = sms::Callback { url: "", query: &[], fields: &[], signature: None };
        for token in ["", "wrong", FROM] {
            assert!(matches!(sms::status(&app, now, token, &call).await, Err(Error::NotFound)), "{token}");
            assert!(matches!(sms::inbound(&app, now, token, &call).await, Err(Error::NotFound)), "{token}");
        }
    }
}
