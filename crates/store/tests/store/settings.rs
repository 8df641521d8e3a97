//! What belongs to the database as a whole, and pictures.

use crate::fixtures::{ANNA, BERT, open};
use nameplate_store::{Organisation, PictureFile};
use nameplate_testkit::both_engines;

fn file(px: u32, content: &[u8]) -> PictureFile {
    PictureFile { px, bytes: content.to_vec() }
}

both_engines! {
    async fn a_single_value_is_kept_replaced_and_taken(database: TestDatabase) {
        let store = open(&database).await;
        assert_eq!(query!(store, |tx| tx.meta("key").await?), None);
        commit!(store, |tx| tx.set_meta("key", "one").await?).unwrap();
        commit!(store, |tx| tx.set_meta("other", "three").await?).unwrap();
        commit!(store, |tx| tx.set_meta("key", "two").await?).unwrap();
        assert_eq!(query!(store, |tx| tx.meta("key").await?).as_deref(), Some("two"));
        assert!(commit!(store, |tx| tx.take_meta("key").await?).unwrap());
        assert!(!commit!(store, |tx| tx.take_meta("key").await?).unwrap(), "one taker");
        assert_eq!(query!(store, |tx| tx.meta("key").await?), None);
        assert_eq!(query!(store, |tx| tx.meta("other").await?).as_deref(), Some("three"));
    }

    async fn there_is_one_organisation(database: TestDatabase) {
        let store = open(&database).await;
        assert_eq!(query!(store, |tx| tx.organisation().await?), None);
        for name in ["Example & Söhne", "Example GmbH"] {
            let named = Organisation { name: name.into(), locale: "en".into() };
            commit!(store, |tx, named| tx.save_organisation(&named).await?).unwrap();
            assert_eq!(query!(store, |tx| tx.organisation().await?), Some(named));
        }
    }

    async fn a_new_picture_takes_the_place_of_the_agents_old_ones(database: TestDatabase) {
        let store = open(&database).await;
        commit!(store, |tx| {
            tx.replace_pictures(ANNA, "old", &[file(64, b"\xff\xd8\x00small"), file(512, b"large")]).await?;
            tx.replace_pictures(BERT, "bert", &[file(64, b"bert")]).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.picture("old", 64).await?).as_deref(), Some(&b"\xff\xd8\x00small"[..]));
        assert_eq!(query!(store, |tx| tx.picture("old", 512).await?).as_deref(), Some(&b"large"[..]));
        assert_eq!(query!(store, |tx| tx.picture("old", 128).await?), None);

        commit!(store, |tx| tx.replace_pictures(ANNA, "new", &[file(64, b"new")]).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.picture("old", 64).await?), None);
        assert_eq!(query!(store, |tx| tx.picture("old", 512).await?), None);
        assert_eq!(query!(store, |tx| tx.picture("new", 64).await?).as_deref(), Some(&b"new"[..]));
        commit!(store, |tx| tx.replace_pictures(ANNA, "none", &[]).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.picture("new", 64).await?), None);
        assert_eq!(query!(store, |tx| tx.picture("bert", 64).await?).as_deref(), Some(&b"bert"[..]));
    }
}
