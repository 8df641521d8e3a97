//! Others who are invited to a meeting: each is told once, what they are told is true, and they hold no key to it.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{
    Recorder, agent, anonymous, app, as_agent, free, hours, messages, now, request, to, told, try_book,
    with_limits,
};
use jiff::Timestamp;
use nameplate_app::limits::Limits;
use nameplate_app::limits::Rate;
use nameplate_app::meetings::guests::{Guests, change};
use nameplate_app::meetings::reassign::{Handover, reassign};
use nameplate_app::meetings::{cancel, link_actor, manage_url, reschedule};
use nameplate_app::outbox::Delivery;
use nameplate_app::{App, Ctx, Error, Refusal, mailbox, outbox};
use nameplate_domain::account::{Agent, EmailAddress, Note, Problem};
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_testkit::both_engines;
use std::sync::Arc;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

async fn invite(app: &App, agent: &Agent, meeting: &Meeting, guest: &str) -> Result<Meeting, Error> {
    change(app, &as_agent(agent), meeting.id, Guests::With(address(guest)), None).await
}

async fn take_off(app: &App, agent: &Agent, meeting: &Meeting, guest: &str) -> Result<Meeting, Error> {
    change(app, &as_agent(agent), meeting.id, Guests::Without(address(guest)), None).await
}

/// Whoever holds the customer's link.
async fn customer(app: &App, meeting: &Meeting) -> Ctx {
    let url = manage_url(app, meeting, Party::Customer);
    let actor = link_actor(app, now(), url.rsplit_once('/').unwrap().1).await.unwrap();
    Ctx { actor, ..anonymous() }
}

async fn booked(app: &App) -> (Agent, Meeting) {
    let anna = agent(app, "anna").await;
    let start = free(app, &anna, "meeting").await[30];
    let meeting = try_book(app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
    (anna, meeting)
}

fn problem(result: Result<Meeting, Error>) -> Vec<(String, Problem)> {
    match result {
        Err(Error::Invalid(wrong)) => wrong.into_iter().map(|one| (one.pointer, one.problem)).collect(),
        other => panic!("{other:?}"),
    }
}

both_engines! {
    async fn a_guest_is_told_what_becomes_of_the_meeting_and_of_nothing_after_they_are_taken_off(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting) = booked(&app).await;
        sent.drain(&app, now).await;
        let wish = Guests::With(address("kim@example.net"));
        let after = change(&app, &customer(&app, &meeting).await, meeting.id, wish, Some(0)).await.unwrap();
        assert_eq!((after.sequence, after.guests, after.timed_at), (1, vec![address("kim@example.net")], meeting.timed_at));
        let left = sent.drain(&app, now).await;
        assert_eq!(told(&left), messages(&[
            ("guest_added kim@example.net", "REQUEST 1 CONFIRMED"),
            ("meeting_changed anna@example.com", "REQUEST 1 CONFIRMED"),
            ("meeting_changed sam@example.org", "REQUEST 1 CONFIRMED"),
        ]));
        for (row, message) in &left {
            let parts = mailbox::parts(&message.raw);
            let calendar = parts.calendar.unwrap().replace("\r\n ", "");
            let has_key = parts.text.contains("/m/") || parts.html.unwrap().contains("/m/") || calendar.contains("/m/");
            assert_eq!(has_key, row.role != "guest", "{}: {}", row.recipient, parts.text);
            assert!(calendar.contains("mailto:kim@example.net"), "{calendar}");
        }
        let again = invite(&app, &anna, &meeting, "KIM@example.net").await.unwrap();
        assert_eq!(again.sequence, 1, "the second click changes nothing");

        let later = free(&app, &anna, "meeting").await[40];
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, to(later)).await.unwrap();
        assert_eq!(told(&sent.drain(&app, now).await), messages(&[
            ("meeting_rescheduled anna@example.com", "REQUEST 2 CONFIRMED"),
            ("meeting_rescheduled kim@example.net", "REQUEST 2 CONFIRMED"),
            ("meeting_rescheduled sam@example.org", "REQUEST 2 CONFIRMED"),
        ]));
        let bram = agent(&app, "bram").await;
        let wish = Handover { to: "bram".into(), reason: None, seen: None };
        reassign(&app, &as_agent(&anna), meeting.id, wish).await.unwrap();
        assert_eq!(told(&sent.drain(&app, now).await), messages(&[
            ("meeting_reassigned anna@example.com", "CANCEL 3 CANCELLED"),
            ("meeting_reassigned bram@example.com", "REQUEST 3 CONFIRMED"),
            ("meeting_reassigned kim@example.net", "REQUEST 3 CONFIRMED"),
            ("meeting_reassigned sam@example.org", "REQUEST 3 CONFIRMED"),
        ]));
        invite(&app, &bram, &meeting, "lea@example.net").await.unwrap();
        sent.drain(&app, now).await;
        take_off(&app, &bram, &meeting, "kim@example.net").await.unwrap();
        // What comes after does not hold back, or change, the word to who was taken off.
        let reason = Some(Note::parse("Not for Kim").unwrap());
        cancel::cancel(&app, &as_agent(&bram), meeting.id, reason, None).await.unwrap();
        let left = sent.drain(&app, now).await;
        assert_eq!(told(&left), messages(&[
            ("guest_removed kim@example.net", "CANCEL 5 CANCELLED"),
            ("meeting_cancelled bram@example.com", "CANCEL 6 CANCELLED"),
            ("meeting_cancelled lea@example.net", "CANCEL 6 CANCELLED"),
            ("meeting_cancelled sam@example.org", "CANCEL 6 CANCELLED"),
        ]));
        let (_, kims) = left.iter().find(|(row, _)| row.recipient == "kim@example.net").unwrap();
        let parts = mailbox::parts(&kims.raw);
        let whole = format!("{parts:?}").replace("\\r\\n ", "");
        assert!(!whole.contains("Not for Kim") && !whole.contains("lea@example.net"), "{whole}");
        assert_eq!(sent.drain(&app, || now() + hours(24 * 14)).await.len(), 0, "and no reminder");
    }

    async fn what_had_not_left_is_told_of_the_meeting_as_it_is(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting) = booked(&app).await;
        invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        invite(&app, &anna, &meeting, "lea@example.net").await.unwrap();
        invite(&app, &anna, &meeting, "gone@example.net").await.unwrap();
        take_off(&app, &anna, &meeting, "gone@example.net").await.unwrap();
        let left = sent.drain(&app, now).await;
        assert_eq!(told(&left), messages(&[
            ("guest_added kim@example.net", "REQUEST 4 CONFIRMED"),
            ("guest_added lea@example.net", "REQUEST 4 CONFIRMED"),
            ("meeting_scheduled anna@example.com", "REQUEST 4 CONFIRMED"),
            ("meeting_scheduled sam@example.org", "REQUEST 4 CONFIRMED"),
        ]), "and nothing to who was taken off before they were told");
        let later = free(&app, &anna, "meeting").await[40];
        invite(&app, &anna, &meeting, "mia@example.net").await.unwrap();
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, to(later)).await.unwrap();
        let left = told(&sent.drain(&app, now).await);
        assert!(left.contains(&("guest_added mia@example.net".into(), "REQUEST 6 CONFIRMED".into())), "{left:?}");
        assert!(left.contains(&("meeting_rescheduled kim@example.net".into(), "REQUEST 6 CONFIRMED".into())), "{left:?}");
        // Taken off and invited again: their calendar hears both, in this order.
        take_off(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        let left = sent.drain(&app, now).await;
        let kims: Vec<_> = left.iter().filter(|(row, _)| row.recipient == "kim@example.net").map(|(row, _)| (row.kind.as_str(), row.meeting_version)).collect();
        assert_eq!(kims, [("guest_removed", 7), ("guest_added", 8)]);
    }

    async fn guests_are_reminded_once_and_new_ones_too(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let start: Timestamp = "2026-11-26T10:00:00Z".parse().unwrap();
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        sent.drain(&app, now).await;
        let left = sent.drain(&app, || "2026-11-25T10:00:00Z".parse().unwrap()).await;
        assert_eq!(told(&left), messages(&[("reminder kim@example.net", ""), ("reminder sam@example.org", "")]));
        // Two hours before the start another one is invited.
        let ctx = Ctx { now: start - hours(2), ..as_agent(&anna) };
        change(&app, &ctx, meeting.id, Guests::With(address("lea@example.net")), None).await.unwrap();
        let left = sent.drain(&app, || "2026-11-26T08:00:00Z".parse().unwrap()).await;
        assert!(left.iter().all(|(row, _)| row.kind != "reminder"), "no second one");
        let left = sent.drain(&app, || "2026-11-26T09:00:00Z".parse().unwrap()).await;
        assert_eq!(told(&left), messages(&[
            ("starts_soon anna@example.com", ""), ("starts_soon kim@example.net", ""),
            ("starts_soon lea@example.net", ""), ("starts_soon sam@example.org", ""),
        ]));
    }

    async fn the_list_has_room_for_ten_and_nobody_twice(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, meeting) = booked(&app).await;
        let ctx = as_agent(&anna);
        let are = |list: Vec<EmailAddress>| change(&app, &ctx, meeting.id, Guests::Are(list), None);
        assert_eq!(problem(invite(&app, &anna, &meeting, "SAM@example.org").await), [("/guests/0".into(), Problem::TakesPart)]);
        let list: Vec<_> = (0..11).map(|n| address(&format!("guest{n}@example.net"))).collect();
        assert_eq!(problem(are(list.clone()).await), [("/guests/10".into(), Problem::TooManyGuests { max: 10 })]);
        let twice = vec![list[0].clone(), list[1].clone(), address("Guest0@example.net")];
        assert_eq!(problem(are(twice).await), [("/guests/2".into(), Problem::TakesPart)]);
        assert_eq!(are(list[..10].to_vec()).await.unwrap().guests.len(), 10);
        assert_eq!(problem(invite(&app, &anna, &meeting, "guest10@example.net").await), [("/guests/10".into(), Problem::TooManyGuests { max: 10 })]);
        let stale = change(&app, &ctx, meeting.id, Guests::Are(Vec::new()), Some(0)).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        assert_eq!(are(Vec::new()).await.unwrap().guests, []);
        let stranger = agent(&app, "bram").await;
        let foreign = invite(&app, &stranger, &meeting, "kim@example.net").await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
        let late = Ctx { now: meeting.start, ..ctx };
        let late = change(&app, &late, meeting.id, Guests::With(address("kim@example.net")), None).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::MeetingStarted))), "{late:?}");
    }

    async fn sec_a7_invitations_to_one_address_and_changes_of_one_meeting_are_limited(database: TestDatabase) {
        let limits = Limits { book_address: vec![Rate::new(2, 60)], manage_change: vec![Rate::new(4, 24 * 60)], ..Limits::default() };
        let app = with_limits(&database, limits).await;
        let (anna, meeting) = booked(&app).await;
        for _ in 0..2 {
            invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
            take_off(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        }
        let fifth = invite(&app, &anna, &meeting, "lea@example.net").await;
        assert!(matches!(fifth, Err(Error::Limited(_))), "{fifth:?}");
        let start = free(&app, &anna, "meeting").await[31];
        let other = try_book(&app, request(&anna, start, "max@example.org")).await.unwrap().meeting;
        let third = invite(&app, &anna, &other, "Kim@example.net").await;
        assert!(matches!(third, Err(Error::Limited(_))), "{third:?}");
        invite(&app, &anna, &other, "lea@example.net").await.unwrap();
    }

    async fn of_twenty_who_invite_at_once_nobody_is_lost(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, meeting) = booked(&app).await;
        let tries: Vec<_> = (0..20).map(|n| {
            let (app, anna, meeting) = (app.clone(), anna.clone(), meeting.clone());
            tokio::spawn(async move { invite(&app, &anna, &meeting, &format!("guest{n}@example.net")).await })
        }).collect();
        let mut added = 0;
        for one in tries {
            match one.await.unwrap() {
                Ok(_) => added += 1,
                Err(Error::Invalid(_)) => {}
                other => panic!("{other:?}"),
            }
        }
        let id = meeting.id;
        let after = app.store().read(|tx| async move { tx.meeting(id).await }).await.unwrap().unwrap();
        assert_eq!((added, after.guests.len(), after.sequence), (10, 10, 10));
    }

    async fn an_invitation_that_reaches_nobody_is_told_and_can_be_sent_again(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting) = booked(&app).await;
        invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        invite(&app, &anna, &meeting, "lea@example.net").await.unwrap();
        sent.refuse(&["lea@example.net"]);
        let left = sent.drain(&app, now).await;
        let (_, notice) = left.iter().find(|(row, _)| row.kind == "delivery_problem").unwrap();
        let text = mailbox::parts(&notice.raw).text;
        assert!(text.contains("An email to a guest of Sam Sample (lea@example.net) about your meeting"), "{text}");
        sent.refuse(&[]);
        let (row, _) = left.iter().find(|(row, _)| row.recipient == "lea@example.net").unwrap();
        assert!(outbox::undelivered::send_again(&app, &as_agent(&anna), row.id).await.unwrap());
        assert_eq!(told(&sent.drain(&app, now).await), messages(&[("guest_added lea@example.net", "REQUEST 2 CONFIRMED")]));
    }

    async fn an_invitation_that_is_tried_again_tells_the_time_that_holds(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting) = booked(&app).await;
        sent.drain(&app, now).await;
        invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        let busy = || Delivery::Temporary { answer: "451 later".into() };
        sent.answers.lock().unwrap().extend([busy(), busy(), busy()]);
        sent.drain(&app, now).await;
        let later = free(&app, &anna, "meeting").await[40];
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, to(later)).await.unwrap();
        let left = sent.drain(&app, || now() + hours(2)).await;
        let kims: Vec<_> = left.iter().filter(|(row, _)| row.role == "guest").collect();
        assert_eq!(kims.len(), 1, "{kims:?}");
        assert_eq!((kims[0].0.kind.as_str(), kims[0].0.meeting_version), ("guest_added", 2));
        let start = later.strftime("DTSTART:%Y%m%dT%H%M%SZ").to_string();
        assert!(mailbox::parts(&kims[0].1.raw).calendar.unwrap().contains(&start));
    }
}
