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
        for (_, message) in &left {
            let calendar = mailbox::parts(&message.raw).calendar.unwrap().replace("\r\n ", "");
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
        assert_eq!(problem(are(vec![list[0].clone(); 20_000]).await), [("/guests/10".into(), Problem::TooManyGuests { max: 10 })], "at once");
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

    async fn sec_a7_invitations_are_limited_per_address_meeting_and_client(database: TestDatabase) {
        let limits = Limits {
            book_address: vec![Rate::new(2, 60)], guest_meeting: vec![Rate::new(4, 24 * 60)], guest_net: vec![Rate::new(3, 60)],
            manage_change: vec![Rate::new(1, 24 * 60)], ..Limits::default()
        };
        let app = with_limits(&database, limits).await;
        let (anna, meeting) = booked(&app).await;
        let limited = |result: Result<Meeting, Error>| matches!(result, Err(Error::Limited(_)));
        for _ in 0..2 {
            invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
            take_off(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        }
        let start = free(&app, &anna, "meeting").await[31];
        let other = try_book(&app, request(&anna, start, "max@example.org")).await.unwrap().meeting;
        assert!(limited(invite(&app, &anna, &other, "Kim@example.net").await), "an address gets as many as of bookings");
        let are = |names: &[&str]| Guests::Are(names.iter().map(|name| address(&format!("{name}@example.net"))).collect());
        let both = change(&app, &as_agent(&anna), meeting.id, are(&["a", "b", "c"]), None).await;
        assert!(limited(both), "four guests of this meeting a day");
        change(&app, &as_agent(&anna), meeting.id, are(&["a", "b"]), None).await.unwrap();
        assert!(limited(invite(&app, &anna, &meeting, "c@example.net").await));
        let customer = customer(&app, &other).await;
        let four = change(&app, &customer, other.id, are(&["d", "e", "f", "g"]), None).await;
        assert!(limited(four), "a client invites three");
        change(&app, &customer, other.id, are(&["d", "e", "f"]), None).await.unwrap();
        // Who asks for it is taken off, and the meeting can still be moved.
        change(&app, &customer, other.id, are(&[]), None).await.unwrap();
        let later = free(&app, &anna, "meeting").await[40];
        reschedule::reschedule(&app, &customer, other.id, to(later)).await.unwrap();
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

    async fn sec_a11_no_message_to_a_guest_holds_a_key(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting) = booked(&app).await;
        let bram = agent(&app, "bram").await;
        let mut left = Vec::new();
        invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        left.extend(sent.drain(&app, now).await);
        let start: Timestamp = "2026-11-26T10:00:00Z".parse().unwrap();
        let moved = reschedule::reschedule(&app, &as_agent(&anna), meeting.id, to(start)).await.unwrap().meeting;
        left.extend(sent.drain(&app, now).await);
        let wish = Handover { to: "bram".into(), reason: None, seen: None };
        let given = reassign(&app, &as_agent(&anna), meeting.id, wish).await.unwrap().meeting;
        left.extend(sent.drain(&app, now).await);
        invite(&app, &bram, &meeting, "lea@example.net").await.unwrap();
        left.extend(sent.drain(&app, now).await);
        left.extend(sent.drain(&app, || "2026-11-25T10:00:00Z".parse().unwrap()).await);
        left.extend(sent.drain(&app, || "2026-11-26T09:00:00Z".parse().unwrap()).await);
        take_off(&app, &bram, &meeting, "lea@example.net").await.unwrap();
        cancel::cancel(&app, &as_agent(&bram), meeting.id, None, None).await.unwrap();
        left.extend(sent.drain(&app, || "2026-11-26T09:00:00Z".parse().unwrap()).await);
        let keys: Vec<_> = [(&moved, Party::Customer), (&moved, Party::Agent), (&given, Party::Agent)].into_iter()
            .map(|(meeting, party)| manage_url(&app, meeting, party).rsplit_once('/').unwrap().1.to_owned()).collect();
        let mut kinds = std::collections::BTreeSet::new();
        for (row, message) in &left {
            let parts = mailbox::parts(&message.raw);
            let whole = [parts.text, parts.html.unwrap(), parts.calendar.unwrap_or_default().replace("\r\n ", "")].concat();
            let held = keys.iter().any(|key| whole.contains(key.as_str()));
            let personal = row.role == "customer" || row.role == "agent";
            assert_eq!(held, personal, "{} {}", row.kind, row.recipient);
            if row.role == "guest" {
                kinds.insert(row.kind.clone());
            }
        }
        assert_eq!(kinds.len(), 8, "each of their messages: {kinds:?}");
    }

    async fn what_is_due_and_tried_again_survives_other_guests_and_another_agent(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        agent(&app, "bram").await;
        let start: Timestamp = "2026-11-26T10:00:00Z".parse().unwrap();
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        sent.drain(&app, now).await;
        sent.drain(&app, || "2026-11-25T10:00:00Z".parse().unwrap()).await;
        let busy = || Delivery::Temporary { answer: "451 later".into() };
        sent.answers.lock().unwrap().extend([busy(), busy()]);
        let left = sent.drain(&app, || "2026-11-26T09:00:00Z".parse().unwrap()).await;
        assert_eq!(left.len(), 2, "both try to leave: {left:?}");
        let ctx = Ctx { now: "2026-11-26T09:00:10Z".parse().unwrap(), ..as_agent(&anna) };
        change(&app, &ctx, meeting.id, Guests::With(address("kim@example.net")), None).await.unwrap();
        let wish = Handover { to: "bram".into(), reason: None, seen: None };
        reassign(&app, &Ctx { now: "2026-11-26T09:00:20Z".parse().unwrap(), ..ctx }, meeting.id, wish).await.unwrap();
        let left = sent.drain(&app, || "2026-11-26T09:02:00Z".parse().unwrap()).await;
        let soon: Vec<_> = left.iter().filter(|(row, _)| row.kind == "starts_soon").map(|(row, _)| row.recipient.as_str()).collect();
        assert_eq!(soon, ["sam@example.org"], "once; and the former agent need not be there");
    }

    async fn what_is_being_sent_counts_as_said_and_as_not_said(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting) = booked(&app).await;
        let claimed = app.store().write(|tx| async move { tx.claim(9, now(), now() + hours(1)).await }).await.unwrap();
        assert_eq!(claimed.len(), 2);
        invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        // Its sender is gone: after the lease another one takes over.
        let left = sent.drain(&app, || now() + hours(2)).await;
        let told: Vec<_> = left.iter().map(|(row, _)| format!("{} {}", row.kind, row.recipient)).collect();
        for one in ["meeting_scheduled sam@example.org", "meeting_changed sam@example.org", "guest_added kim@example.net"] {
            assert_eq!(told.iter().filter(|told| *told == one).count(), 1, "{one} in {told:?}");
        }
    }

    async fn an_agent_who_is_a_guest_too_keeps_the_entry(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting) = booked(&app).await;
        let bram = agent(&app, "bram").await;
        invite(&app, &anna, &meeting, "Anna@example.com").await.unwrap();
        invite(&app, &anna, &meeting, "bram@example.com").await.unwrap();
        sent.drain(&app, now).await;
        take_off(&app, &anna, &meeting, "anna@example.com").await.unwrap();
        let left = told(&sent.drain(&app, now).await);
        assert!(left.iter().all(|(_, calendar)| calendar == "REQUEST 3 CONFIRMED"), "{left:?}");
        invite(&app, &anna, &meeting, "anna@example.com").await.unwrap();
        sent.drain(&app, now).await;
        let wish = Handover { to: "bram".into(), reason: None, seen: None };
        reassign(&app, &as_agent(&anna), meeting.id, wish).await.unwrap();
        let left = told(&sent.drain(&app, now).await);
        assert_eq!(left, messages(&[
            ("meeting_reassigned anna@example.com", "REQUEST 5 CONFIRMED"),
            ("meeting_reassigned bram@example.com", "REQUEST 5 CONFIRMED"),
            ("meeting_reassigned sam@example.org", "REQUEST 5 CONFIRMED"),
        ]), "who gave it away stays as a guest");
        take_off(&app, &bram, &meeting, "bram@example.com").await.unwrap();
        let left = told(&sent.drain(&app, now).await);
        assert!(left.iter().all(|(_, calendar)| calendar == "REQUEST 6 CONFIRMED"), "{left:?}");
    }

    async fn another_spelling_or_order_is_the_same_list(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting) = booked(&app).await;
        let are = async |names: &[&str]| {
            let list = Guests::Are(names.iter().map(|name| address(name)).collect());
            change(&app, &as_agent(&anna), meeting.id, list, None).await.unwrap()
        };
        are(&["kim@example.net", "lea@example.net"]).await;
        sent.drain(&app, now).await;
        let same = are(&["Lea@example.net", "KIM@example.net"]).await;
        assert_eq!((same.sequence, same.guests), (1, vec![address("kim@example.net"), address("lea@example.net")]));
        assert_eq!(sent.drain(&app, now).await.len(), 0);
        let fewer = are(&["Lea@example.net"]).await;
        assert_eq!(fewer.guests, [address("lea@example.net")]);
        let left = told(&sent.drain(&app, now).await);
        assert!(left.contains(&("guest_removed kim@example.net".into(), "CANCEL 2 CANCELLED".into())), "{left:?}");
        assert!(left.contains(&("meeting_changed lea@example.net".into(), "REQUEST 2 CONFIRMED".into())), "{left:?}");
    }

    async fn who_was_never_told_hears_of_no_cancellation_and_who_left_of_no_new_agent(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting) = booked(&app).await;
        let mut bram = agent(&app, "bram").await;
        bram.name = nameplate_domain::account::FullName::parse("Bram Visser").unwrap();
        let renamed = bram.clone();
        app.store().write(move |tx| async move { tx.save_agent(&renamed, now()).await }).await.unwrap();
        invite(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        sent.drain(&app, now).await;
        take_off(&app, &anna, &meeting, "kim@example.net").await.unwrap();
        let wish = Handover { to: "bram".into(), reason: None, seen: None };
        reassign(&app, &as_agent(&anna), meeting.id, wish).await.unwrap();
        invite(&app, &bram, &meeting, "lea@example.net").await.unwrap();
        cancel::cancel(&app, &as_agent(&bram), meeting.id, None, None).await.unwrap();
        let left = sent.drain(&app, now).await;
        assert!(left.iter().all(|(row, _)| row.recipient != "lea@example.net"), "nothing was taken from them");
        let (_, kims) = left.iter().find(|(row, _)| row.recipient == "kim@example.net").unwrap();
        let parts = mailbox::parts(&kims.raw);
        assert!(!format!("{parts:?}").contains("Bram") && parts.text.contains("Anna"), "{parts:?}");
    }
}
