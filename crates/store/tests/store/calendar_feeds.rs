//! Private calendar addresses, and what they show.

use crate::fixtures::{ANNA, BERT, at, meeting, now, open};
use nameplate_domain::ids::{AgentId, CalendarFeedId};
use nameplate_domain::meetings::{Meeting, Status};
use nameplate_store::CalendarFeedRow;
use nameplate_testkit::both_engines;
use uuid::Uuid;

fn feed(n: u128, agent_id: AgentId, is_busy_only: bool) -> CalendarFeedRow {
    CalendarFeedRow {
        id: CalendarFeedId::new(Uuid::from_u128(n)),
        agent_id,
        is_busy_only,
        created_at: now(),
        last_read_at: None,
    }
}

both_engines! {
    async fn an_agent_has_one_feed_and_a_new_address_ends_the_old(database: TestDatabase) {
        let store = open(&database).await;
        let (one, two, berts) = (feed(1, ANNA, false), feed(2, ANNA, true), feed(3, BERT, false));
        commit!(store, |tx, one, berts| {
            tx.put_calendar_feed(&one, &[1; 32]).await?;
            tx.put_calendar_feed(&berts, &[3; 32]).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.calendar_feed(&[1; 32]).await?), Some(one.clone()));
        let id = one.id;
        commit!(store, |tx| tx.touch_calendar_feed(id, at(9)).await?).unwrap();
        let read = CalendarFeedRow { last_read_at: Some(at(9)), ..one };
        assert_eq!(query!(store, |tx| tx.calendar_feed_of(ANNA).await?), Some(read));
        assert_eq!(query!(store, |tx| tx.calendar_feed_of(BERT).await?), Some(berts.clone()), "no other is touched");

        commit!(store, |tx, two| tx.put_calendar_feed(&two, &[2; 32]).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.calendar_feed(&[1; 32]).await?), None);
        assert_eq!(query!(store, |tx| tx.calendar_feed(&[2; 32]).await?), Some(two.clone()), "never read yet");
        let twin = feed(4, BERT, false);
        assert_conflict!(commit!(store, |tx| tx.put_calendar_feed(&twin, &[2; 32]).await?), Other);

        assert!(commit!(store, |tx| tx.delete_calendar_feed(ANNA).await?).unwrap());
        assert!(!commit!(store, |tx| tx.delete_calendar_feed(ANNA).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.calendar_feed_of(ANNA).await?), None);
        assert_eq!(query!(store, |tx| tx.calendar_feed(&[3; 32]).await?), Some(berts), "nobody else's");
    }

    async fn closing_and_erasing_an_account_end_its_feed(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            tx.put_calendar_feed(&feed(1, ANNA, false), &[1; 32]).await?;
            tx.put_calendar_feed(&feed(2, BERT, false), &[2; 32]).await?;
            tx.end_ways_in(ANNA).await?;
            tx.erase_agent(BERT, &[]).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.calendar_feed_of(ANNA).await?), None);
        assert_eq!(query!(store, |tx| tx.calendar_feed_of(BERT).await?), None);
    }

    async fn a_range_holds_what_touches_it_and_was_not_called_off(database: TestDatabase) {
        let store = open(&database).await;
        let with = |n, from, until, status| Meeting { status, ..meeting(n, from, until) };
        let all = [
            with(1, 0, 100, Status::Scheduled), with(2, 100, 200, Status::Pending), with(3, 200, 300, Status::Cancelled),
            with(4, 300, 400, Status::Missed), with(5, 400, 500, Status::Scheduled), with(6, 500, 600, Status::Scheduled),
        ];
        commit!(store, |tx, all| {
            for one in &all {
                tx.insert_meeting(one).await?;
            }
        })
        .unwrap();
        let ids = |found: Vec<Meeting>| found.iter().map(|one| one.id.uuid().as_u128()).collect::<Vec<_>>();
        let within = query!(store, |tx| tx.meetings_within(ANNA, (at(100), at(500)), 9).await?);
        assert_eq!(ids(within), [2, 4, 5], "what ends or starts at an edge does not touch it");
        assert_eq!(ids(query!(store, |tx| tx.meetings_within(ANNA, (at(99), at(501)), 9).await?)), [1, 2, 4, 5, 6]);
        assert_eq!(ids(query!(store, |tx| tx.meetings_within(ANNA, (at(0), at(600)), 2).await?)), [1, 2]);
        assert_eq!(ids(query!(store, |tx| tx.meetings_within(BERT, (at(0), at(600)), 9).await?)), [0; 0]);
    }
}
