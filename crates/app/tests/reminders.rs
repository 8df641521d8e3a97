//! Reminders: when they leave, and when they do not (`messages.md` sections 3 and 7).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{Recorder, agent, anonymous, app, as_agent, request, to};
use jiff::Timestamp;
use nameplate_app::accounts::notifications::choose;
use nameplate_app::audit::{self, Change, Event};
use nameplate_app::meeting_types;
use nameplate_app::meetings::book::{BookingRequest, book};
use nameplate_app::meetings::{cancel, reschedule};
use nameplate_app::outbox::Delivery;
use nameplate_app::{App, Ctx, Error};
use nameplate_domain::account::{
    Agent, MeetingTypeName, MeetingTypeSlug, Notification, Notifications, Problem, RecipientRole, Timing,
};
use nameplate_domain::meetings::{Meeting, MeetingTypeDraft};
use nameplate_domain::time::slots::Rules;
use nameplate_testkit::both_engines;
use std::sync::Arc;

/// A clock that stands still.
macro_rules! clock {
    ($text:literal) => {
        (|| $text.parse().unwrap()) as fn() -> Timestamp
    };
}

/// Kind and recipient of all that leaves up to that instant, but for the question that comes after a meeting.
macro_rules! left {
    ($sent:expr, $app:expr, $text:literal) => {{
        let sent = $sent.drain($app, clock!($text)).await;
        let sent = sent.into_iter().filter(|(row, _)| row.kind != "review_request");
        let mut left: Vec<_> = sent.map(|(row, _)| (row.kind, row.recipient)).collect();
        left.sort();
        left
    }};
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A meeting type of half an hour that can be booked up to its start.
async fn at_once(app: &App, agent: &Agent) {
    let draft = MeetingTypeDraft {
        slug: MeetingTypeSlug::parse("at-once").unwrap(),
        name: MeetingTypeName::parse("At once").unwrap(),
        description: None,
        place: None,
        rules: Rules {
            duration_minutes: 30,
            interval_minutes: 30,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            notice_minutes: 0,
            horizon_days: 60,
            daily_limit: None,
        },
    };
    meeting_types::create(app, &as_agent(agent), draft).await.unwrap();
}

async fn booked(app: &App, agent: &Agent, now: &str, start: &str) -> Meeting {
    let request =
        BookingRequest { meeting_type: "at-once".into(), ..request(agent, at(start), "sam@example.org") };
    book(app, &Ctx { now: at(now), ..anonymous() }, request).await.unwrap().meeting
}

fn messages(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(kind, to)| ((*kind).to_owned(), (*to).to_owned())).collect()
}

const SOON: [(&str, &str); 2] = [("starts_soon", "anna@example.com"), ("starts_soon", "sam@example.org")];

both_engines! {
    async fn a_day_before_the_customer_and_an_hour_before_both_are_reminded(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        let told = sent.drain(&app, clock!("2026-11-23T07:00:00Z")).await;
        assert_eq!(told.len(), 2, "the invitations");
        assert_eq!(left!(sent, &app, "2026-11-25T09:59:59.999999Z"), []);
        let reminder = sent.drain(&app, clock!("2026-11-25T10:00:07Z")).await;
        assert_eq!(reminder.len(), 1);
        let (row, message) = &reminder[0];
        assert_eq!((row.kind.as_str(), message.to.as_str()), ("reminder", "sam@example.org"));
        let raw = String::from_utf8(message.raw.clone()).unwrap();
        let invitation = &told.iter().find(|(_, one)| one.to == message.to).unwrap().1.message_id;
        // The instant at which it was due, whenever it left: every try has the same bytes.
        assert!(raw.contains("Date: Wed, 25 Nov 2026 10:00:00 +0000"), "{raw}");
        assert!(raw.contains("Auto-Submitted: auto-generated"), "{raw}");
        assert!(raw.contains(&format!("In-Reply-To: <{invitation}>")), "{raw}");
        assert!(!raw.contains("text/calendar") && !raw.contains("application/ics"), "{raw}");
        assert!(message.subject.starts_with("Reminder: At once with Anna Bérg, Thu 26 Nov 2026, 05:00 (New York, UTC-5)"), "{}", message.subject);
        assert_eq!(left!(sent, &app, "2026-11-26T08:59:59.999999Z"), []);
        assert_eq!(left!(sent, &app, "2026-11-26T09:00:00Z"), messages(&SOON));
        assert_eq!(left!(sent, &app, "2026-11-27T09:00:00Z"), []);
    }

    async fn a_reminder_needs_the_notice_that_its_rule_names(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-23T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        assert_eq!(left!(sent, &app, "2026-11-23T09:00:00Z"), messages(&SOON), "exactly three hours");

        booked(&app, &anna, "2026-11-24T07:00:00.000001Z", "2026-11-24T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-24T08:00:00Z").len(), 2);
        assert_eq!(left!(sent, &app, "2026-11-24T09:30:00Z"), [], "a moment less");

        booked(&app, &anna, "2026-11-25T10:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-25T10:00:00Z").len(), 3, "with the invitations: exactly a day");
        booked(&app, &anna, "2026-11-25T10:30:00.000001Z", "2026-11-26T10:30:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-25T11:00:00Z").len(), 2, "a moment less");
    }

    async fn whoever_moves_a_meeting_moves_its_reminders_and_cancelling_takes_them_back(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        let meeting = booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        let later = to(at("2026-11-27T10:00:00Z"));
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, later).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2, "what waits for another day holds up nothing");
        assert_eq!(left!(sent, &app, "2026-11-26T09:59:59Z"), []);
        assert_eq!(left!(sent, &app, "2026-11-26T10:00:00Z"), messages(&[("reminder", "sam@example.org")]));
        let now = Ctx { now: at("2026-11-27T08:00:00Z"), ..as_agent(&anna) };
        cancel::cancel(&app, &now, meeting.id, None, None).await.unwrap();
        let cancelled = [("meeting_cancelled", "anna@example.com"), ("meeting_cancelled", "sam@example.org")];
        assert_eq!(left!(sent, &app, "2026-11-27T08:00:00Z"), messages(&cancelled));
        assert_eq!(left!(sent, &app, "2026-11-28T08:00:00Z"), []);
        assert_eq!(waiting(&app, &anna).await, 0);
    }

    async fn a_reminder_that_could_not_be_sent_holds_up_no_cancellation(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        let meeting = booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        *sent.answers.lock().unwrap() = vec![Delivery::Temporary { answer: "451 later".into() }];
        assert_eq!(left!(sent, &app, "2026-11-25T10:00:00Z").len(), 1);
        let now = Ctx { now: at("2026-11-25T10:00:01Z"), ..as_agent(&anna) };
        cancel::cancel(&app, &now, meeting.id, None, None).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-25T10:00:01Z").len(), 2);
        assert_eq!(waiting(&app, &anna).await, 0);
    }

    async fn a_reminder_that_is_too_late_is_not_sent(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        // The server was off for three days and comes back half an hour before the meeting.
        assert_eq!(left!(sent, &app, "2026-11-26T09:30:00Z"), messages(&SOON), "not the one of the day before too");
        booked(&app, &anna, "2026-11-26T11:00:00Z", "2026-11-27T14:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-27T14:00:00Z").len(), 2, "the invitations, which are always told");
        assert_eq!(waiting(&app, &anna).await, 0);
    }

    async fn a_reminder_that_cannot_be_sent_does_not_hold_up_the_next_one(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        // The last try before the hour's reminder is due; the next would be two hours later.
        for at in [clock!("2026-11-25T10:00:00Z"), clock!("2026-11-25T11:00:00Z"), clock!("2026-11-25T12:00:00Z"),
            clock!("2026-11-25T14:00:00Z"), clock!("2026-11-25T17:00:00Z"), clock!("2026-11-26T08:50:00Z")]
        {
            *sent.answers.lock().unwrap() = vec![Delivery::Temporary { answer: "451 later".into() }];
            assert_eq!(sent.drain(&app, at).await.len(), 1);
        }
        assert_eq!(left!(sent, &app, "2026-11-26T09:00:00Z"), messages(&SOON));
        assert_eq!(waiting(&app, &anna).await, 0);
    }

    async fn t_13_who_wants_no_word_of_a_move_still_hears_of_the_meeting(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        let quiet = Notifications::default().with(Notification::Rescheduled, RecipientRole::Agent, false);
        choose(&app, &as_agent(&anna), Notifications::default(), quiet).await.unwrap();
        let meeting = booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        *sent.answers.lock().unwrap() = (0..2).map(|_| Delivery::Temporary { answer: "451".into() }).collect();
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, to(at("2026-11-27T10:00:00Z"))).await.unwrap();
        let told = sent.drain(&app, clock!("2026-11-23T07:00:00Z")).await;
        let mut kinds: Vec<_> = told.iter().map(|(row, message)| (row.kind.as_str(), message.to.as_str())).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, [("meeting_rescheduled", "sam@example.org"), ("meeting_scheduled", "anna@example.com")]);
        assert!(told.iter().all(|(_, message)| message.subject.contains("Fri 27 Nov 2026")), "as it is now");
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, to(at("2026-11-27T12:00:00Z"))).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z"), messages(&[("meeting_rescheduled", "sam@example.org")]));
    }

    async fn sec_f18_a_reminder_is_tried_for_a_day_from_when_it_was_due(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        *sent.answers.lock().unwrap() = vec![Delivery::Temporary { answer: "451 later".into() }];
        let first = sent.drain(&app, clock!("2026-11-25T10:00:00Z")).await;
        let second = sent.drain(&app, clock!("2026-11-25T10:01:00Z")).await;
        assert_eq!((first.len(), second.len()), (1, 1), "two days after it was written");
        assert_eq!(first[0].1.raw, second[0].1.raw);
    }
}

both_engines! {
    async fn t_12_another_time_of_a_reminder_holds_for_what_is_ahead_and_reminds_nobody_twice(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-27T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 4);
        let sam = [("reminder", "sam@example.org")];
        assert_eq!(left!(sent, &app, "2026-11-25T10:00:00Z"), messages(&sam), "a day before the first");

        let usual = Notifications::default();
        let wrong = usual.clone().at(Notification::Reminder, Timing::new(60, 60).unwrap());
        let now = Ctx { now: at("2026-11-25T12:00:00Z"), ..as_agent(&anna) };
        let refused = choose(&app, &now, usual.clone(), wrong).await.unwrap_err();
        assert!(matches!(&refused, Error::Invalid(all) if all[0].problem == Problem::ReminderTooLate), "{refused:?}");
        let later = usual
            .clone()
            .at(Notification::Reminder, Timing::new(12 * 60, 24 * 60).unwrap())
            .at(Notification::StartsSoon, Timing::new(15, 30).unwrap());
        choose(&app, &now, usual.clone(), later.clone()).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-26T09:44:59Z"), [], "the first was reminded, and soon is later than an hour");
        assert_eq!(left!(sent, &app, "2026-11-26T09:45:00Z"), messages(&SOON));
        assert_eq!(left!(sent, &app, "2026-11-26T21:59:59Z"), []);
        assert_eq!(left!(sent, &app, "2026-11-26T22:00:00Z"), messages(&sam), "half a day before the second");
        booked(&app, &anna, "2026-11-27T08:00:00Z", "2026-11-27T08:30:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-27T08:15:00Z").len(), 4, "half an hour is enough");

        // An earlier time that has passed: who would have been reminded still is, at the time that was planned.
        let now = Ctx { now: at("2026-11-27T09:00:00Z"), ..as_agent(&anna) };
        let earlier = later.clone().at(Notification::StartsSoon, Timing::new(120, 180).unwrap());
        choose(&app, &now, later, earlier).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-27T09:44:59Z"), []);
        assert_eq!(left!(sent, &app, "2026-11-27T09:45:00Z"), messages(&SOON));
        assert_eq!(waiting(&app, &anna).await, 0);
        let written = audit::list(&app, &now, None).await.unwrap().entries;
        let change = |field: &str, old: &str, new: &str| Change::between(field, Some(&old), Some(&new)).unwrap();
        let changes = [change("starts_soon_before_minutes", "15", "120"), change("starts_soon_notice_minutes", "30", "180")];
        assert_eq!(written[0].detail.changes, changes);
    }

    async fn changes_of_times_one_after_the_other_lose_and_double_nothing(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        let sam = [("reminder", "sam@example.org")];
        let usual = Notifications::default();
        // Two days before the start has passed: the reminder stays a day before, whatever else is chosen then.
        let early = usual.clone().at(Notification::Reminder, Timing::new(48 * 60, 48 * 60).unwrap());
        let both = early.clone().with(Notification::Reminder, RecipientRole::Agent, true);
        let at_30 = Ctx { now: at("2026-11-25T04:00:00Z"), ..as_agent(&anna) };
        choose(&app, &at_30, usual.clone(), early.clone()).await.unwrap();
        let at_28 = Ctx { now: at("2026-11-25T06:00:00Z"), ..as_agent(&anna) };
        choose(&app, &at_28, early, both.clone()).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-25T10:00:00Z"), messages(&sam));
        // It was sent: no later time and no switch sends it again.
        let late = both.clone().at(Notification::Reminder, Timing::new(12 * 60, 24 * 60).unwrap());
        let alone = late.clone().with(Notification::Reminder, RecipientRole::Agent, false);
        let at_20 = Ctx { now: at("2026-11-25T14:00:00Z"), ..as_agent(&anna) };
        choose(&app, &at_20, both, late.clone()).await.unwrap();
        let at_18 = Ctx { now: at("2026-11-25T16:00:00Z"), ..as_agent(&anna) };
        choose(&app, &at_18, late, alone).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-26T08:59:59Z"), []);
        assert_eq!(left!(sent, &app, "2026-11-26T09:00:00Z"), messages(&SOON));
    }

    async fn a_change_of_times_leaves_a_reminder_alone_that_is_tried_again(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        *sent.answers.lock().unwrap() = vec![Delivery::Temporary { answer: "451 later".into() }];
        assert_eq!(left!(sent, &app, "2026-11-25T10:00:00Z").len(), 1);
        let now = Ctx { now: at("2026-11-25T10:00:10Z"), ..as_agent(&anna) };
        let later = Notifications::default().at(Notification::Reminder, Timing::new(12 * 60, 24 * 60).unwrap());
        choose(&app, &now, Notifications::default(), later).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-25T10:01:00Z"), messages(&[("reminder", "sam@example.org")]));
        assert_eq!(left!(sent, &app, "2026-11-25T23:00:00Z"), []);
    }
}

both_engines! {
    async fn t_13_a_switch_holds_for_what_is_ahead_and_for_what_comes(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
        let usual = Notifications::default();
        let chosen = usual
            .clone()
            .with(Notification::Reminder, RecipientRole::Agent, true)
            .with(Notification::Reminder, RecipientRole::Customer, false)
            .with(Notification::Scheduled, RecipientRole::Agent, false);
        choose(&app, &as_agent(&anna), usual.clone(), chosen.clone()).await.unwrap();
        choose(&app, &as_agent(&anna), usual.clone(), chosen.clone()).await.unwrap();
        assert!(matches!(choose(&app, &as_agent(&anna), usual.clone(), usual.clone()).await, Err(Error::Stale)));
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:30:00Z").await;
        let told = [("meeting_scheduled", "sam@example.org")];
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z"), messages(&told), "the agent wants no invitation");
        let mine = ("reminder", "anna@example.com");
        assert_eq!(left!(sent, &app, "2026-11-25T11:00:00Z"), messages(&[mine, mine]), "of both meetings");

        let now = Ctx { now: at("2026-11-25T11:00:00Z"), ..as_agent(&anna) };
        choose(&app, &now, chosen.clone(), usual).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-25T12:00:00Z"), [], "the time of the customers' reminders is over");
        let quiet = chosen.clone().with(Notification::StartsSoon, RecipientRole::Customer, false);
        choose(&app, &now, Notifications::default(), quiet).await.unwrap();
        assert_eq!(left!(sent, &app, "2026-11-26T09:30:00Z"), messages(&[SOON[0], SOON[0]]));
        assert_eq!(waiting(&app, &anna).await, 0);
        let written = audit::list(&app, &now, None).await.unwrap().entries;
        let written: Vec<_> = written.iter().filter(|one| one.event == Some(Event::NotificationsChanged)).collect();
        assert_eq!(written.len(), 3);
        let change = |field: &str, old: &str, new: &str| Change::between(field, Some(&old), Some(&new)).unwrap();
        let first = [
            change("meeting_scheduled_agent", "on", "off"), change("reminder_customer", "on", "off"), change("reminder_agent", "off", "on"),
        ];
        assert_eq!(written[2].detail.changes, first);
    }

    async fn t_13_a_customer_is_told_what_became_of_the_meeting_whatever_was_sent(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        at_once(&app, &anna).await;
        let forged: Notifications = serde_json::from_str(r#"{"meeting_scheduled":{"customer":false}}"#).unwrap();
        choose(&app, &as_agent(&anna), Notifications::default(), forged).await.unwrap();
        booked(&app, &anna, "2026-11-23T07:00:00Z", "2026-11-26T10:00:00Z").await;
        assert_eq!(left!(sent, &app, "2026-11-23T07:00:00Z").len(), 2);
    }
}

/// How many messages wait, but for the question that comes after a meeting.
async fn waiting(app: &App, agent: &Agent) -> usize {
    let id = agent.id;
    let told = app.store().read(move |tx| async move { tx.messages_about(id).await }).await.unwrap();
    let is_open = |state: &str| ["queued", "sending"].contains(&state);
    told.iter().filter(|one| is_open(&one.state) && one.kind != "review_request").count()
}
