//! Meetings.

use crate::fixtures::{ANNA, BERT, at, meeting, now, open};
use nameplate_domain::account::{Note, PhoneNumber};
use nameplate_domain::ids::{AgentId, MeetingId, MeetingTypeId};
use nameplate_domain::meetings::{Meeting, Party, Side, Status};
use nameplate_domain::time::ZoneId;
use nameplate_domain::time::slots::Busy;
use nameplate_store::{ListPlace, ListWhich, Occupied};
use nameplate_testkit::both_engines;
use tokio::task::JoinSet;
use uuid::Uuid;

/// A meeting with a value in every field, each different from all others.
fn full() -> Meeting {
    let mut full = meeting(7, 100, 200);
    full.place = Some("https://video.example.com/7".into());
    full.busy = Busy { from: at(90), until: at(230) };
    full.previous = Some((at(-20), at(-10)));
    full.customer.phone_number = Some(PhoneNumber::stored("+17095550123", "(709) 555-0123"));
    full.note = Some(Note::parse("Two\nlines, O'Neil $1 ?2").unwrap());
    full.sequence = 4;
    full.link_version = 5;
    full.agent_link_version = 6;
    full.timed_at = at(-150);
    full.cancelled_by = Some(Party::Customer);
    full.reason = Some(Note::parse("Ill").unwrap());
    full.created_at = at(-200);
    full.changed_at = at(-100);
    full
}

/// Anna's meetings from second to second, numbered from 1.
async fn book(store: &nameplate_store::Store, spans: &[(i64, i64)]) {
    for (n, (from, until)) in (1..).zip(spans.iter().copied()) {
        commit!(store, |tx| tx.insert_meeting(&meeting(n, from, until)).await?).unwrap();
    }
}

fn numbers(meetings: &[Meeting]) -> Vec<u128> {
    meetings.iter().map(|meeting| meeting.id.uuid().as_u128()).collect()
}

both_engines! {
    async fn a_meeting_reads_back_as_written(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            tx.insert_meeting(&full()).await?;
            tx.insert_meeting(&meeting(8, 300, 400)).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.meeting(full().id).await?), Some(full()));
        assert_eq!(query!(store, |tx| tx.meeting(meeting(8, 0, 0).id).await?), Some(meeting(8, 300, 400)));
        assert_eq!(query!(store, |tx| tx.meeting(meeting(9, 0, 0).id).await?), None);
        for (n, status) in (10_u32..).zip([Status::Pending, Status::Cancelled, Status::Completed, Status::Missed]) {
            let from = i64::from(n) * 1_000;
            let mut written = Meeting { status, ..meeting(n.into(), from, from + 1) };
            written.cancelled_by = Some(if n % 2 == 0 { Party::Agent } else { Party::Organisation });
            commit!(store, |tx, written| tx.insert_meeting(&written).await?).unwrap();
            assert_eq!(query!(store, |tx, written| tx.meeting(written.id).await?), Some(written));
        }
    }

    async fn a_meeting_needs_its_agent_its_type_and_a_time_inside_its_busy_range(database: TestDatabase) {
        let store = open(&database).await;
        let nobody = Meeting { agent_id: AgentId::new(Uuid::from_u128(99)), ..full() };
        assert_conflict!(commit!(store, |tx| tx.insert_meeting(&nobody).await?), Other);
        let nothing = Meeting { meeting_type_id: MeetingTypeId::new(Uuid::from_u128(99)), ..full() };
        assert_conflict!(commit!(store, |tx| tx.insert_meeting(&nothing).await?), Other);
        for wrong in [
            Meeting { end: at(100), ..full() },
            Meeting { busy: Busy { from: at(101), until: at(230) }, ..full() },
            Meeting { busy: Busy { from: at(90), until: at(199) }, ..full() },
        ] {
            assert_conflict!(commit!(store, |tx| tx.insert_meeting(&wrong).await?), Other);
        }
    }

    async fn occupied_times_touch_the_range_and_block_it(database: TestDatabase) {
        let store = open(&database).await;
        book(&store, &[(300, 400), (100, 200), (200, 300), (0, 100)]).await;
        let cancelled = Meeting { status: Status::Cancelled, ..meeting(5, 200, 300) };
        let pending = Meeting { status: Status::Pending, ..meeting(6, 500, 600) };
        let berts = Meeting { agent_id: BERT, ..meeting(7, 200, 300) };
        let buffered = Meeting { busy: Busy { from: at(640), until: at(710) }, ..meeting(8, 650, 700) };
        commit!(store, |tx| {
            for meeting in [cancelled, pending, berts, buffered] {
                tx.insert_meeting(&meeting).await?;
            }
        })
        .unwrap();
        let times = |occupied: Vec<Occupied>| -> Vec<_> {
            occupied.iter().map(|o| (o.busy.from, o.busy.until, o.start)).collect()
        };
        let span = |from, until| (at(from), at(until), at(from));
        let found = times(query!(store, |tx| tx.occupied(ANNA, (at(100), at(300)), None).await?));
        assert_eq!(found, [span(100, 200), span(200, 300)], "what only touches the range is free");
        let found = times(query!(store, |tx| tx.occupied(ANNA, (at(99), at(301)), None).await?));
        assert_eq!(found, [span(0, 100), span(100, 200), span(200, 300), span(300, 400)]);
        let except = Some(meeting(2, 0, 0).id);
        let found = times(query!(store, |tx| tx.occupied(ANNA, (at(100), at(300)), except).await?));
        assert_eq!(found, [span(200, 300)], "the meeting that moves is not in its own way");
        let found = times(query!(store, |tx| tx.occupied(ANNA, (at(450), at(900)), None).await?));
        assert_eq!(found, [span(500, 600), (at(640), at(710), at(650))], "a pending one blocks, and so do buffers");
    }

    async fn meetings_are_listed_from_an_instant_in_both_directions(database: TestDatabase) {
        let store = open(&database).await;
        book(&store, &[(300, 400), (100, 200), (200, 300), (0, 100)]).await;
        commit!(store, |tx| tx.insert_meeting(&Meeting { agent_id: BERT, ..meeting(9, 200, 300) }).await?).unwrap();
        let after = async |from, limit| numbers(&query!(store, |tx| tx.meetings_after(ANNA, from, limit).await?));
        assert_eq!(after(at(100), 9).await, [2, 3, 1], "one that ends at that instant is over");
        assert_eq!(after(at(99), 2).await, [4, 2]);
        let first = MeetingId::new(Uuid::nil());
        let before = async |now, from: (i64, MeetingId), limit| {
            let place = (ListWhich::Past, &ListPlace::Before(at(from.0), from.1));
            numbers(&query!(store, |tx| tx.meetings_from(ANNA, now, place, limit).await?))
        };
        assert_eq!(before(at(300), (999, first), 9).await, [3, 2, 4], "the latest first");
        assert_eq!(before(at(299), (999, first), 1).await, [2]);
        assert_eq!(before(at(300), (200, first), 9).await, [2, 4], "back from there");
        let on = async |now, from: (i64, MeetingId)| {
            let place = (ListWhich::Upcoming, &ListPlace::After(at(from.0), from.1));
            numbers(&query!(store, |tx| tx.meetings_from(ANNA, now, place, 9).await?))
        };
        assert_eq!(on(at(100), (100, first)).await, [2, 3, 1]);
        assert_eq!(on(at(100), (100, meeting(2, 0, 1).id)).await, [3, 1], "the meeting itself was on the page before");
    }

    async fn a_meeting_is_saved_over_the_sequence_that_was_read(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| tx.insert_meeting(&full()).await?).unwrap();
        let mut moved = meeting(7, 1_000, 1_100);
        moved.busy = Busy { from: at(990), until: at(1_130) };
        moved.previous = Some((at(100), at(200)));
        moved.agent_side.local = "2026-11-23T10:16:40".parse().unwrap();
        moved.customer_side = Side {
            zone: ZoneId::stored("Asia/Kathmandu"),
            local: "2026-11-23T15:01:40".parse().unwrap(),
            offset_seconds: 20_700,
        };
        moved.tzdb_version = "2026c".into();
        moved.sequence = 5;
        moved.reason = Some(Note::parse("Later").unwrap());
        moved.changed_at = at(1);
        moved.timed_at = at(1);
        moved.agent_id = BERT;
        moved.meeting_type_id = MeetingTypeId::new(Uuid::from_u128(2));
        moved.agent_link_version = 7;
        assert!(!commit!(store, |tx, moved| tx.save_meeting(&moved, 3).await?).unwrap(), "stale");
        assert_eq!(query!(store, |tx| tx.meeting(full().id).await?), Some(full()));
        assert!(commit!(store, |tx, moved| tx.save_meeting(&moved, 4).await?).unwrap());
        // What a change never touches stays as it was booked.
        let booked = full();
        let saved = Meeting {
            place: booked.place,
            customer: booked.customer,
            note: booked.note,
            link_version: booked.link_version,
            created_at: booked.created_at,
            ..moved.clone()
        };
        assert_eq!(query!(store, |tx| tx.meeting(full().id).await?), Some(saved));
        assert!(!commit!(store, |tx| tx.save_meeting(&moved, 4).await?).unwrap(), "the second of two is refused");
    }

    async fn a_new_zone_rewrites_the_agents_reading_alone(database: TestDatabase) {
        let store = open(&database).await;
        book(&store, &[(0, 100), (100, 200)]).await;
        let local = "2026-11-23T18:00:00".parse().unwrap();
        let side = Side { zone: ZoneId::stored("Asia/Tokyo"), local, offset_seconds: 32_400 };
        let id = meeting(1, 0, 0).id;
        commit!(store, |tx, side| tx.save_agent_side(id, &side).await?).unwrap();
        let changed = Meeting { agent_side: side, ..meeting(1, 0, 100) };
        assert_eq!(query!(store, |tx| tx.meeting(id).await?), Some(changed));
        assert_eq!(query!(store, |tx| tx.meeting(meeting(2, 0, 0).id).await?), Some(meeting(2, 100, 200)));
    }

    async fn of_many_who_book_one_time_under_the_lock_one_succeeds(database: TestDatabase) {
        let store = open(&database).await;
        assert!(!commit!(store, |tx| tx.lock_agent(AgentId::new(Uuid::from_u128(99))).await?).unwrap());
        let mut tries = JoinSet::new();
        for n in 1..=16_u128 {
            let store = store.clone();
            tries.spawn(async move {
                commit!(store, |tx| {
                    assert!(tx.lock_agent(ANNA).await?);
                    let taken = !tx.occupied(ANNA, (now(), at(100)), None).await?.is_empty();
                    if !taken {
                        tx.insert_meeting(&meeting(n, 0, 100)).await?;
                    }
                    taken
                })
            });
        }
        // None reaches the backstop: each sees what the one before it committed.
        let outcomes: Vec<bool> = tries.join_all().await.into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes.iter().filter(|taken| !**taken).count(), 1, "{outcomes:?}");
    }
}
