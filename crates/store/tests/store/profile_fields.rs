//! Profile fields and their values.

use crate::fixtures::{ANNA, BERT, open};
use nameplate_domain::account::{
    FieldDraft, FieldEditor, FieldKey, FieldKind, FieldLabel, FieldPlaces, FieldValue, ProfileField,
};
use nameplate_domain::templates::OwnTexts;
use nameplate_testkit::both_engines;
use std::collections::BTreeMap;

fn field(key: &str, kind: FieldKind, position: i64) -> ProfileField {
    ProfileField {
        key: FieldKey::parse(key).unwrap(),
        kind,
        draft: FieldDraft {
            label: FieldLabel::parse(&format!("Label of {key}")).unwrap(),
            choices: if kind == FieldKind::Choice {
                vec!["North, \"n\"".into(), "Süd".into()]
            } else {
                Vec::new()
            },
            required: position == 1,
            editor: FieldEditor::Admins,
            places: FieldPlaces::BookingPage,
        },
        position,
        version: 1,
    }
}

both_engines! {
    async fn fields_are_kept_in_their_order_and_change_once_a_version(database: TestDatabase) {
        let store = open(&database).await;
        let (region, years) = (field("region", FieldKind::Choice, 2), field("years", FieldKind::Number, 1));
        commit!(store, |tx, region, years| {
            tx.insert_profile_field(&region).await?;
            tx.insert_profile_field(&years).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.profile_fields().await?), [years.clone(), region.clone()]);
        assert_conflict!(commit!(store, |tx, region| tx.insert_profile_field(&region).await?), Other);

        let mut changed = region.clone();
        changed.draft.label = FieldLabel::parse("Area").unwrap();
        changed.draft.places = FieldPlaces::Nobody;
        assert!(commit!(store, |tx, changed| tx.save_profile_field(&changed).await?).unwrap());
        assert!(!commit!(store, |tx, region| tx.save_profile_field(&region).await?).unwrap(), "an older version");
        commit!(store, |tx, region| tx.place_profile_field(&region.key, 0).await?).unwrap();
        (changed.version, changed.position) = (2, 0);
        let expected = [changed, years];
        assert_eq!(commit!(store, |tx| tx.profile_fields_held().await?).unwrap(), expected);
        assert_eq!(commit!(store, |tx| tx.profile_fields_to_change().await?).unwrap(), expected);
    }

    async fn values_are_an_agents_own_and_go_with_their_field_or_their_agent(database: TestDatabase) {
        let store = open(&database).await;
        let (region, years) = (field("region", FieldKind::Choice, 2), field("years", FieldKind::Number, 1));
        let (south, seven) = (FieldValue::Choice("Süd".into()), FieldValue::Number("7.5".into()));
        commit!(store, |tx, region, years, south, seven| {
            tx.insert_profile_field(&region).await?;
            tx.insert_profile_field(&years).await?;
            for value in ["1", "7.5"] {
                tx.put_agent_field(ANNA, &years.key, Some(&FieldValue::Number(value.into()))).await?;
            }
            tx.put_agent_field(ANNA, &region.key, Some(&south)).await?;
            tx.put_agent_field(BERT, &years.key, Some(&seven)).await?;
        })
        .unwrap();
        let both = BTreeMap::from([(region.key.clone(), south), (years.key.clone(), seven)]);
        assert_eq!(query!(store, |tx| tx.agent_fields(ANNA).await?), both);
        assert_eq!(query!(store, |tx, years| tx.count_field_values(&years.key).await?), 2);
        let mut all = query!(store, |tx| tx.all_agent_fields().await?);
        all.sort_by(|one, other| (one.0, one.1.as_str()).cmp(&(other.0, other.1.as_str())));
        let whose: Vec<_> = all.iter().map(|(agent, key, value)| (*agent, key.as_str(), value.to_text())).collect();
        assert_eq!(whose, [(ANNA, "region", "Süd".to_owned()), (ANNA, "years", "7.5".into()), (BERT, "years", "7.5".into())]);
        assert_eq!(query!(store, |tx, years| tx.field_values_in_use(&years.key).await?), ["7.5"]);

        commit!(store, |tx, region, years| {
            tx.put_agent_field(ANNA, &region.key, None).await?;
            tx.delete_profile_field(&years.key).await?;
        })
        .unwrap();
        assert_eq!(query!(store, |tx| tx.agent_fields(ANNA).await?), BTreeMap::new());
        assert_eq!(query!(store, |tx| tx.profile_fields().await?), std::slice::from_ref(&region));
        let key = years.key;
        assert_conflict!(
            commit!(store, |tx, key| tx.put_agent_field(ANNA, &key, Some(&FieldValue::Text("x".into()))).await?),
            Other
        );
        let south = FieldValue::Choice("Süd".into());
        commit!(store, |tx, region, south| tx.put_agent_field(BERT, &region.key, Some(&south)).await?).unwrap();
        commit!(store, |tx| tx.erase_agent(BERT, &[]).await?).unwrap();
        assert_eq!(query!(store, |tx, region| tx.count_field_values(&region.key).await?), 0);
    }

    async fn everybodys_own_texts_are_read_with_their_names(database: TestDatabase) {
        let store = open(&database).await;
        let texts = OwnTexts { signature: "{{ agent.name }}".into(), note: String::new() };
        commit!(store, |tx, texts| tx.save_own_texts(BERT, &texts).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.all_own_texts().await?), [("Anna Bérg".to_owned(), texts)]);
    }
}
