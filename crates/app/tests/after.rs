//! When a meeting is over: the customer is asked how it was, unless they have said it or did not come.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{Recorder, agent, anonymous, app, as_agent, hours, messages, request, to, told, try_book};
use jiff::Timestamp;
use nameplate_app::accounts::notifications::choose;
use nameplate_app::meetings::guests::{Guests, change};
use nameplate_app::meetings::{attendance, cancel, link_actor, manage_url, reschedule, review};
use nameplate_app::outbox::Delivery;
use nameplate_app::{App, Ctx, Error, Refusal, mailbox};
use nameplate_domain::account::{Agent, EmailAddress, Note, Notification, Switch};
use nameplate_domain::meetings::{Attendance, Meeting, Party, Rating, Status};
use nameplate_testkit::both_engines;
use std::sync::Arc;

/// Tuesday 10:00 in Berlin, for half an hour.
const START: &str = "2026-11-24T09:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn end() -> Timestamp {
    at("2026-11-24T09:30:00Z")
}

/// After the end, when nothing more is planned.
fn later() -> Timestamp {
    at("2026-11-24T12:00:00Z")
}

async fn booked(app: &App, anna: &Agent) -> Meeting {
    try_book(app, request(anna, at(START), "sam@example.org")).await.unwrap().meeting
}

/// Whoever follows the customer's link, at an instant.
async fn customer(app: &App, meeting: &Meeting, now: Timestamp) -> Ctx {
    let link = manage_url(app, meeting, Party::Customer);
    let actor = link_actor(app, now, link.rsplit_once('/').unwrap().1).await.unwrap();
    Ctx { now, actor, ..anonymous() }
}

fn five() -> Rating {
    Rating::new(5).unwrap()
}

both_engines! {
    async fn an_hour_after_the_end_the_customer_alone_is_asked_how_it_was(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let meeting = booked(&app, &anna).await;
        let guest = Guests::With(EmailAddress::parse("kim@example.net").unwrap());
        change(&app, &as_agent(&anna), meeting.id, guest, None).await.unwrap();
        sent.drain(&app, || at("2026-11-24T10:29:59Z")).await;
        let asked = sent.drain(&app, || at("2026-11-24T10:30:00Z")).await;
        assert_eq!(told(&asked), messages(&[("review_request sam@example.org", "")]));
        let (_, mail) = asked.first().unwrap();
        let raw = String::from_utf8_lossy(&mail.raw);
        assert!(!raw.contains("text/calendar") && raw.contains("Auto-Submitted: auto-generated"), "{raw}");
        let text = mailbox::parts(&mail.raw).text;
        let link = format!("{}#review", manage_url(&app, &meeting, Party::Customer));
        assert!(text.contains(&link) && text.contains("How was it?"), "{text}");
        assert_eq!(told(&sent.drain(&app, || at("2026-12-24T12:00:00Z")).await), []);
    }

    async fn it_moves_with_the_meeting_and_goes_with_it(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let meeting = booked(&app, &anna).await;
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, to(at("2026-11-25T09:00:00Z"))).await.unwrap();
        let off = try_book(&app, request(&anna, at("2026-11-24T13:00:00Z"), "lea@example.org")).await.unwrap().meeting;
        cancel::cancel(&app, &as_agent(&anna), off.id, None, None).await.unwrap();
        sent.drain(&app, || at("2026-11-25T10:29:59Z")).await;
        let left = sent.drain(&app, || at("2026-11-25T10:30:00Z")).await;
        assert_eq!(told(&left), messages(&[("review_request sam@example.org", "")]));
    }

    async fn whoever_has_said_it_is_not_asked(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let meeting = booked(&app, &anna).await;
        let early = customer(&app, &meeting, end() - hours(1)).await;
        let refused = review::leave(&app, &early, meeting.id, five(), None).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::MeetingAhead))), "{refused:?}");
        let by_agent = review::leave(&app, &Ctx { now: end(), ..as_agent(&anna) }, meeting.id, five(), None).await;
        assert!(matches!(by_agent, Err(Error::NotFound)), "{by_agent:?}");
        let own = customer(&app, &meeting, end()).await;
        review::leave(&app, &own, meeting.id, Rating::new(2).unwrap(), None).await.unwrap();
        review::leave(&app, &own, meeting.id, five(), Some(Note::parse("Clear").unwrap())).await.unwrap();
        let kept = review::of(&app, &meeting, end()).await.unwrap().unwrap();
        assert_eq!((kept.rating, kept.comment), (five(), Some(Note::parse("Clear").unwrap())));
        let left = sent.drain(&app, later).await;
        assert!(left.iter().all(|(row, _)| row.kind != "review_request"), "{:?}", told(&left));
    }

    async fn who_did_not_come_is_not_asked_either(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let meeting = booked(&app, &anna).await;
        sent.drain(&app, || at(START)).await;
        let by = |now| Ctx { now, ..as_agent(&anna) };
        let early = attendance::note(&app, &by(at(START) - hours(1)), meeting.id, Attendance::Missed).await;
        assert!(matches!(early, Err(Error::Refused(Refusal::MeetingAhead))), "{early:?}");
        let own = customer(&app, &meeting, end()).await;
        let foreign = attendance::note(&app, &own, meeting.id, Attendance::Missed).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");

        let missed = attendance::note(&app, &by(at(START)), meeting.id, Attendance::Missed).await.unwrap();
        assert_eq!(missed.status_at(at(START)), Status::Missed);
        let refused = review::leave(&app, &own, meeting.id, five(), None).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::MeetingMissed))), "{refused:?}");
        assert_eq!(told(&sent.drain(&app, later).await), [], "nothing is switched on");
        // It took place after all: the question leaves, once.
        for _ in 0..2 {
            attendance::note(&app, &by(later()), meeting.id, Attendance::Came).await.unwrap();
        }
        assert_eq!(told(&sent.drain(&app, later).await), messages(&[("review_request sam@example.org", "")]));
        attendance::note(&app, &by(later()), meeting.id, Attendance::Missed).await.unwrap();
        attendance::note(&app, &by(later()), meeting.id, Attendance::Came).await.unwrap();
        assert_eq!(told(&sent.drain(&app, later).await), [], "nobody is asked twice");
        let late = attendance::note(&app, &by(end() + hours(7 * 24 + 1)), meeting.id, Attendance::Missed).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::MeetingLongOver))), "{late:?}");
    }

    async fn that_it_was_missed_is_told_where_that_is_switched_on(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let usual = anna.notifications.clone();
        let chosen = [Switch::Customer, Switch::Agent]
            .into_iter()
            .fold(usual.clone(), |chosen, switch| chosen.with(Notification::Missed, switch, true))
            .with(Notification::ReviewRequest, Switch::Customer, false);
        choose(&app, &as_agent(&anna), usual, chosen).await.unwrap();
        let meeting = booked(&app, &anna).await;
        sent.drain(&app, || at(START)).await;
        let by = |now| Ctx { now, ..as_agent(&anna) };
        attendance::note(&app, &by(at(START)), meeting.id, Attendance::Missed).await.unwrap();
        assert_eq!(told(&sent.drain(&app, || at("2026-11-24T10:29:59Z")).await), [], "that can be taken back");
        attendance::note(&app, &by(end()), meeting.id, Attendance::Came).await.unwrap();
        attendance::note(&app, &by(end()), meeting.id, Attendance::Missed).await.unwrap();
        let left = sent.drain(&app, later).await;
        let expected = [("meeting_missed anna@example.com", ""), ("meeting_missed sam@example.org", "")];
        assert_eq!(told(&left), messages(&expected));
        attendance::note(&app, &by(later()), meeting.id, Attendance::Came).await.unwrap();
        assert_eq!(told(&sent.drain(&app, later).await), [], "the review request is switched off");
    }

    async fn who_switches_it_off_and_on_again_still_asks(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        booked(&app, &anna).await;
        sent.drain(&app, || at(START)).await;
        // The meeting is over for half an hour: nobody was asked yet.
        let by = Ctx { now: at("2026-11-24T10:00:00Z"), ..as_agent(&anna) };
        let usual = anna.notifications.clone();
        let off = usual.clone().with(Notification::ReviewRequest, Switch::Customer, false);
        choose(&app, &by, usual.clone(), off.clone()).await.unwrap();
        choose(&app, &by, off, usual).await.unwrap();
        assert_eq!(told(&sent.drain(&app, later).await), messages(&[("review_request sam@example.org", "")]));
    }

    async fn what_is_moot_when_it_is_tried_again_is_not_sent(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let meeting = booked(&app, &anna).await;
        sent.drain(&app, || at(START)).await;
        *sent.answers.lock().unwrap() = vec![Delivery::Temporary { answer: "451 later".into() }];
        let tried = sent.drain(&app, || at("2026-11-24T10:30:00Z")).await;
        assert_eq!(told(&tried), messages(&[("review_request sam@example.org", "")]));
        let id = meeting.id;
        let own = customer(&app, &meeting, at("2026-11-24T10:30:01Z")).await;
        // Kept beside the use case, which takes back what waits: the sender itself must see that it was answered.
        let said = nameplate_domain::meetings::Review { rating: five(), comment: None, at: own.now };
        app.store().write(move |tx| async move { tx.put_review(id, &said).await }).await.unwrap();
        assert_eq!(told(&sent.drain(&app, later).await), []);
    }

    async fn who_left_a_review_has_come(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let meeting = booked(&app, &anna).await;
        let own = customer(&app, &meeting, end()).await;
        review::leave(&app, &own, meeting.id, five(), None).await.unwrap();
        let by = Ctx { now: end(), ..as_agent(&anna) };
        let refused = attendance::note(&app, &by, meeting.id, Attendance::Missed).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::MeetingReviewed))), "{refused:?}");
    }

    async fn a_missed_meeting_keeps_its_time(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let meeting = booked(&app, &anna).await;
        let at_start = Ctx { now: at(START), ..as_agent(&anna) };
        attendance::note(&app, &at_start, meeting.id, Attendance::Missed).await.unwrap();
        let range = (at(START), end());
        let occupied = app.store().read(move |tx| async move { tx.occupied(anna.id, range, None).await }).await;
        assert_eq!(occupied.unwrap().len(), 1);
    }
}
