//! Meeting types.

use crate::fixtures::{ANNA, BERT, at, meeting_type, now, open};
use nameplate_domain::account::{LocationName, MeetingTypeDescription, MeetingTypeName, MeetingTypeSlug};
use nameplate_domain::meetings::MeetingType;
use nameplate_domain::time::slots::Rules;
use nameplate_testkit::both_engines;

/// A meeting type with a value in every field, each different from all others.
fn full() -> MeetingType {
    MeetingType {
        name: MeetingTypeName::parse("Beratung für Gründer").unwrap(),
        description: Some(MeetingTypeDescription::parse("Two\nlines").unwrap()),
        place: Some(LocationName::parse("Room 5").unwrap()),
        rules: Rules {
            duration_minutes: 45,
            interval_minutes: 20,
            buffer_before_minutes: 7,
            buffer_after_minutes: 8,
            notice_minutes: 9,
            horizon_days: 90,
            daily_limit: Some(3),
        },
        ..meeting_type(7, ANNA, "advice")
    }
}

both_engines! {
    async fn a_meeting_type_reads_back_as_written(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| tx.insert_meeting_type(&full(), at(-1)).await?).unwrap();
        let intro = meeting_type(1, ANNA, "intro");
        assert_eq!(query!(store, |tx| tx.meeting_type(full().id).await?), Some(full()));
        assert_eq!(query!(store, |tx| tx.meeting_type_by_slug(ANNA, "advice").await?), Some(full()));
        assert_eq!(query!(store, |tx| tx.meeting_type_by_slug(ANNA, "intro").await?), Some(intro.clone()));
        assert_eq!(query!(store, |tx| tx.meeting_type_by_slug(BERT, "advice").await?), None);
        assert_eq!(query!(store, |tx| tx.meeting_types_of(ANNA).await?), [full(), intro], "in the order of their making");
        assert_eq!(query!(store, |tx| tx.meeting_type(meeting_type(9, ANNA, "other").id).await?), None);
    }

    async fn a_slug_is_one_per_agent(database: TestDatabase) {
        let store = open(&database).await;
        let twin = meeting_type(3, ANNA, "intro");
        assert_conflict!(commit!(store, |tx| tx.insert_meeting_type(&twin, now()).await?), MeetingTypeSlug);
        commit!(store, |tx| tx.insert_meeting_type(&full(), now()).await?).unwrap();
        let renamed = MeetingType { slug: MeetingTypeSlug::parse("intro").unwrap(), ..full() };
        assert_conflict!(commit!(store, |tx| tx.save_meeting_type(&renamed).await?), MeetingTypeSlug);
    }

    async fn a_meeting_type_is_saved_over_the_version_that_was_read(database: TestDatabase) {
        let store = open(&database).await;
        let changed = MeetingType { id: meeting_type(1, ANNA, "intro").id, ..full() };
        assert!(commit!(store, |tx, changed| tx.save_meeting_type(&changed).await?).unwrap());
        assert!(!commit!(store, |tx, changed| tx.save_meeting_type(&changed).await?).unwrap(), "stale");
        let saved = MeetingType { version: 2, ..changed };
        assert_eq!(query!(store, |tx| tx.meeting_types_of(ANNA).await?), [saved]);
        assert_eq!(query!(store, |tx| tx.meeting_types_of(BERT).await?), [meeting_type(2, BERT, "intro")]);
    }

    async fn a_deleted_one_stays_for_its_meetings_alone(database: TestDatabase) {
        let store = open(&database).await;
        let intro = meeting_type(1, ANNA, "intro");
        let id = intro.id;
        assert!(commit!(store, |tx| tx.delete_meeting_type(id, now()).await?).unwrap());
        assert!(!commit!(store, |tx| tx.delete_meeting_type(id, now()).await?).unwrap());
        assert!(!commit!(store, |tx, intro| tx.save_meeting_type(&intro).await?).unwrap());
        assert!(query!(store, |tx| tx.meeting_types_of(ANNA).await?).is_empty());
        assert_eq!(query!(store, |tx| tx.meeting_type_by_slug(ANNA, "intro").await?), None);
        assert_eq!(query!(store, |tx| tx.meeting_type(id).await?), Some(intro));
        commit!(store, |tx| tx.insert_meeting_type(&meeting_type(3, ANNA, "intro"), now()).await?)
            .expect("its slug is free again");
        let unlisted = meeting_type(4, ANNA, "intro");
        commit!(store, |tx, unlisted| tx.insert_unlisted_meeting_type(&unlisted, now()).await?).expect("it is on no page");
        let id = unlisted.id;
        assert_eq!(query!(store, |tx| tx.meeting_type(id).await?), Some(unlisted));
        assert_eq!(query!(store, |tx| tx.meeting_types_of(ANNA).await?).len(), 1);
    }
}
