//! No agent is busy twice at one time, whatever the callers forget: the schema itself refuses.

use crate::fixtures::{BERT, at, meeting, open};
use nameplate_domain::meetings::{Meeting, Status};
use nameplate_domain::time::slots::Busy;
use nameplate_testkit::both_engines;
use nameplate_testkit::past::past_the_store;

both_engines! {
    async fn a_meeting_that_overlaps_is_not_inserted(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| tx.insert_meeting(&meeting(1, 100, 200)).await?).unwrap();
        for (from, until) in [(100, 200), (120, 130), (50, 300), (50, 101), (199, 300)] {
            for status in [Status::Pending, Status::Scheduled] {
                let second = Meeting { status, ..meeting(2, from, until) };
                assert_conflict!(commit!(store, |tx| tx.insert_meeting(&second).await?), MeetingOverlap);
            }
        }
        let buffer = Meeting { busy: Busy { from: at(199), until: at(300) }, ..meeting(2, 210, 300) };
        assert_conflict!(commit!(store, |tx| tx.insert_meeting(&buffer).await?), MeetingOverlap);
        assert_eq!(query!(store, |tx| tx.meeting(meeting(2, 0, 0).id).await?), None);
    }

    async fn meetings_that_touch_and_meetings_that_block_nothing_are_inserted(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| tx.insert_meeting(&meeting(1, 100, 200)).await?).unwrap();
        commit!(store, |tx| tx.insert_meeting(&meeting(2, 0, 100)).await?).expect("[a,b) [b,c)");
        commit!(store, |tx| tx.insert_meeting(&meeting(3, 200, 300)).await?).expect("[a,b) [b,c)");
        let berts = Meeting { agent_id: BERT, ..meeting(4, 100, 200) };
        commit!(store, |tx| tx.insert_meeting(&berts).await?).expect("another agent");
        for (n, status) in (5..).zip([Status::Cancelled, Status::Completed, Status::Missed]) {
            let over = Meeting { status, ..meeting(n, 100, 200) };
            commit!(store, |tx| tx.insert_meeting(&over).await?).expect("it blocks nothing");
        }
    }

    async fn a_meeting_is_not_moved_or_called_back_onto_another(database: TestDatabase) {
        let store = open(&database).await;
        let cancelled = Meeting { status: Status::Cancelled, ..meeting(3, 150, 160) };
        commit!(store, |tx, cancelled| {
            tx.insert_meeting(&meeting(1, 100, 200)).await?;
            tx.insert_meeting(&meeting(2, 200, 300)).await?;
            tx.insert_meeting(&cancelled).await?;
        })
        .unwrap();
        for (from, until) in [(199, 299), (100, 200), (50, 250)] {
            let moved = Meeting { sequence: 1, ..meeting(2, from, until) };
            assert_conflict!(commit!(store, |tx| tx.save_meeting(&moved, 0).await?), MeetingOverlap);
        }
        for status in [Status::Pending, Status::Scheduled] {
            let back = Meeting { status, sequence: 1, ..cancelled.clone() };
            assert_conflict!(commit!(store, |tx| tx.save_meeting(&back, 0).await?), MeetingOverlap);
        }
        assert_eq!(query!(store, |tx| tx.meeting(meeting(2, 0, 0).id).await?), Some(meeting(2, 200, 300)));

        let shifted = Meeting { sequence: 1, ..meeting(2, 210, 310) };
        assert!(commit!(store, |tx| tx.save_meeting(&shifted, 0).await?).expect("onto its own former time"));
        let gone = Meeting { status: Status::Cancelled, sequence: 1, ..meeting(1, 100, 200) };
        assert!(commit!(store, |tx| tx.save_meeting(&gone, 0).await?).unwrap());
        let back = Meeting { status: Status::Scheduled, sequence: 1, ..cancelled };
        assert!(commit!(store, |tx| tx.save_meeting(&back, 0).await?).expect("the time is free now"));
    }

    async fn a_meeting_is_not_given_to_an_agent_who_is_busy(database: TestDatabase) {
        let store = open(&database).await;
        let berts = Meeting { agent_id: BERT, ..meeting(2, 150, 250) };
        commit!(store, |tx| {
            tx.insert_meeting(&meeting(1, 100, 200)).await?;
            tx.insert_meeting(&berts).await?;
            tx.insert_meeting(&meeting(3, 250, 300)).await?;
        })
        .unwrap();
        let give = |n| format!("UPDATE meetings SET agent_id = '{BERT}' WHERE id = '{}'", meeting(n, 0, 0).id);
        let refused = past_the_store(database.url(), &give(1)).await.expect("refused");
        assert!(refused.contains("meetings_no_overlap"), "{refused}");
        assert_eq!(past_the_store(database.url(), &give(3)).await, None, "Bert is free then");
    }
}
