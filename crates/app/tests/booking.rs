//! No overlap of an agent's meetings, ever; no acknowledged booking lost (`security.md` B1, B3, B5).

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{agent, app, as_agent, free, free_for, keyed, now, request, try_book};
use jiff::SignedDuration;
use nameplate_app::meetings::book::book;
use nameplate_app::meetings::reschedule::Move;
use nameplate_app::meetings::{cancel, link_actor, list, manage_url, reschedule};
use nameplate_app::{App, Error, Refusal, meeting_types};
use nameplate_domain::account::{Agent, MeetingTypeName, MeetingTypeSlug};
use nameplate_domain::meetings::{Meeting, MeetingTypeDraft, Party, Status};
use nameplate_domain::time::slots::Rules;
use nameplate_testkit::both_engines;

/// A second meeting type: 45 minutes every 5, with buffers, bookable at once.
async fn overlapping_type(app: &App, agent: &Agent) {
    let draft = MeetingTypeDraft {
        slug: MeetingTypeSlug::parse("long").unwrap(),
        name: MeetingTypeName::parse("Long").unwrap(),
        description: None,
        place: None,
        rules: Rules {
            duration_minutes: 45,
            interval_minutes: 5,
            buffer_before_minutes: 10,
            buffer_after_minutes: 15,
            notice_minutes: 0,
            horizon_days: 60,
            daily_limit: None,
        },
    };
    meeting_types::create(app, &as_agent(agent), draft).await.unwrap();
}

async fn active(app: &App, agent: &Agent) -> Vec<Meeting> {
    let mut meetings = list::upcoming(app, &as_agent(agent)).await.unwrap();
    meetings.retain(|meeting| meeting.status == Status::Scheduled);
    meetings
}

fn assert_no_overlap(meetings: &[Meeting]) {
    for (n, one) in meetings.iter().enumerate() {
        for other in &meetings[n + 1..] {
            let apart = one.busy.until <= other.busy.from || other.busy.until <= one.busy.from;
            assert!(apart, "{one:?}\noverlaps\n{other:?}");
        }
    }
}

both_engines! {
    async fn sec_b1_of_fifty_who_want_one_slot_one_gets_it(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        let tries: Vec<_> = (0..50)
            .map(|n| {
                let (app, request) = (app.clone(), request(&anna, start, &format!("c{n}@example.org")));
                tokio::spawn(async move { try_book(&app, request).await })
            })
            .collect();
        let mut won = 0;
        for one in tries {
            match one.await.unwrap() {
                Ok(_) => won += 1,
                Err(Error::Refused(Refusal::SlotTaken(nearby))) => {
                    assert_eq!(nearby.len(), 3, "the nearest free times are offered");
                    assert!(!nearby.contains(&start));
                }
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(won, 1);
        assert_eq!(active(&app, &anna).await.len(), 1);
    }

    async fn a_meeting_that_moves_is_offered_all_that_is_free_but_the_start_it_has(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let before = free(&app, &anna, "meeting").await;
        let meeting = try_book(&app, request(&anna, before[0], "c@example.org")).await.unwrap().meeting;
        assert_eq!(free_for(&app, &anna, &meeting).await, before[1..]);
    }

    async fn sec_b1_a_thousand_rounds_of_overlapping_starts_leave_no_overlap(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        overlapping_type(&app, &anna).await;
        let long = free(&app, &anna, "long").await;
        let mut booked = 0;
        for round in 0..1_000 {
            // Four customers at once around one place of the week: both types, starts that touch and overlap.
            let tries: Vec<_> = (0..4)
                .map(|n| {
                    let start = long[(round * 7 + n * 3) % long.len()];
                    let mut request = request(&anna, start, &format!("c{n}@example.org"));
                    if n % 2 == 0 { request.meeting_type = "long".into(); }
                    let app = app.clone();
                    tokio::spawn(async move { try_book(&app, request).await })
                })
                .collect();
            for one in tries {
                match one.await.unwrap() {
                    Ok(_) => booked += 1,
                    Err(Error::Refused(_)) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
            if round % 50 == 49 {
                let meetings = active(&app, &anna).await;
                assert_no_overlap(&meetings);
                // Room for the next rounds.
                for meeting in meetings {
                    cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await.unwrap();
                }
            }
        }
        assert!(booked > 100, "only {booked} bookings: the rounds did not compete");
    }

    async fn sec_b5_a_repeated_request_finds_its_meeting_and_another_body_is_refused(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        let wanted = request(&anna, start, "sam@example.org");
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let (app, request) = (app.clone(), wanted.clone());
                tokio::spawn(async move { book(&app, &keyed("k1", "body"), request).await })
            })
            .collect();
        let mut ids = Vec::new();
        for one in tries {
            ids.push(one.await.unwrap().unwrap().meeting.id);
        }
        ids.dedup();
        assert_eq!(ids.len(), 1);
        let other = book(&app, &keyed("k1", "other body"), wanted.clone()).await;
        assert!(matches!(other, Err(Error::Refused(Refusal::IdempotencyMismatch))));
        let foreign = book(&app, &keyed("k2", "body"), wanted).await;
        assert!(matches!(foreign, Err(Error::Refused(Refusal::SlotTaken(_)))));
    }

    async fn a_meeting_may_move_into_its_own_time_and_leaves_the_old_one_free(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        overlapping_type(&app, &anna).await;
        let start = free(&app, &anna, "long").await[40];
        let mut wanted = request(&anna, start, "sam@example.org");
        wanted.meeting_type = "long".into();
        let meeting = try_book(&app, wanted).await.unwrap().meeting;
        let later = start + SignedDuration::from_mins(5);
        let moved = reschedule::reschedule(&app, &as_agent(&anna), meeting.id, common::to(later)).await.unwrap().meeting;
        assert_eq!((moved.start, moved.sequence, moved.uid.clone()), (later, 1, meeting.uid.clone()));
        assert_eq!(moved.previous, Some((meeting.start, meeting.end)));
        let again = reschedule::reschedule(&app, &as_agent(&anna), meeting.id, common::to(later)).await.unwrap();
        assert!(!again.is_new);
        assert_eq!(again.meeting.sequence, 1, "the second click changes nothing");
        let gone = cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await.unwrap();
        assert_eq!((gone.status, gone.sequence), (Status::Cancelled, 2));
        assert!(free(&app, &anna, "long").await.contains(&start), "a cancelled meeting's time is free at once");
        let twice = cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await;
        assert!(matches!(twice, Err(Error::Refused(Refusal::MeetingCancelled))));
    }

    async fn sec_b2_of_a_move_and_a_cancellation_at_once_none_is_lost(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let starts = free(&app, &anna, "meeting").await;
        for round in 0..20 {
            let meeting = try_book(&app, request(&anna, starts[round], "sam@example.org")).await.unwrap().meeting;
            let ctx = as_agent(&anna);
            let moved = reschedule::reschedule(&app, &ctx, meeting.id, common::to(starts[starts.len() - 1 - round]));
            let cancelled = cancel::cancel(&app, &ctx, meeting.id, None, None);
            let (moved, cancelled) = tokio::join!(moved, cancelled);
            let cancelled = cancelled.unwrap();
            assert_eq!(cancelled.status, Status::Cancelled);
            assert_eq!(cancelled.sequence, if moved.is_ok() { 2 } else { 1 }, "one step for each change");
        }
        assert!(active(&app, &anna).await.is_empty());
    }

    async fn sec_b2_nobody_changes_a_meeting_that_they_did_not_see(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let starts = free(&app, &anna, "meeting").await;
        let meeting = try_book(&app, request(&anna, starts[0], "sam@example.org")).await.unwrap().meeting;
        let ctx = as_agent(&anna);
        reschedule::reschedule(&app, &ctx, meeting.id, common::to(starts[1])).await.unwrap();
        let seen = Some(meeting.sequence);
        let moved = reschedule::reschedule(&app, &ctx, meeting.id, Move { seen, ..common::to(starts[2]) }).await;
        assert!(matches!(moved, Err(Error::Stale)), "{moved:?}");
        let cancelled = cancel::cancel(&app, &ctx, meeting.id, None, seen).await;
        assert!(matches!(cancelled, Err(Error::Stale)), "{cancelled:?}");
        let [left] = &active(&app, &anna).await[..] else { panic!("one meeting") };
        assert_eq!((left.start, left.sequence), (starts[1], 1));
        cancel::cancel(&app, &ctx, meeting.id, None, Some(1)).await.unwrap();
    }

    async fn sec_p6_a_personal_link_shows_its_meeting_for_thirty_days(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        let url = manage_url(&app, &meeting, Party::Customer);
        let token = url.rsplit_once('/').unwrap().1;
        let at = async |days: i64| link_actor(&app, meeting.end + SignedDuration::from_hours(24 * days), token).await;
        assert!(at(30).await.is_ok());
        let late = at(31).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::LinkDead))), "{late:?}");
    }

    async fn each_refusal_has_its_own_reason(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        let minutes = SignedDuration::from_mins;
        let refusal = async |start| match try_book(&app, request(&anna, start, "sam@example.org")).await {
            Err(Error::Refused(refusal)) => refusal.code(),
            other => panic!("{other:?}"),
        };
        assert_eq!(refusal(start + minutes(7)).await, "outside_hours");
        assert_eq!(refusal(now() - minutes(60)).await, "in_the_past");
        assert_eq!(refusal("2026-11-23T08:30:00Z".parse().unwrap()).await, "too_soon");
        assert_eq!(refusal("2027-06-01T08:00:00Z".parse().unwrap()).await, "beyond_horizon");
        assert_eq!(refusal("2026-11-29T09:00:00Z".parse().unwrap()).await, "outside_hours");
        let mut foreign = request(&anna, start, "sam@example.org");
        agent(&app, "other").await;
        overlapping_type(&app, &anna).await;
        (foreign.agent, foreign.meeting_type) = ("other".into(), "long".into());
        assert!(matches!(try_book(&app, foreign).await, Err(Error::NotFound)), "another agent's meeting type");
    }
}
