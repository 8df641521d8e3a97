//! Templates in all their versions.

use crate::fixtures::{ANNA, BERT, at, open};
use nameplate_domain::account::RecipientRole;
use nameplate_domain::templates::{OwnTexts, Part, Parts, TemplateKey, TemplateName};
use nameplate_testkit::both_engines;

fn key(name: TemplateName, language: &str) -> TemplateKey {
    (name, RecipientRole::Customer, language.to_owned())
}

fn subject(text: &str) -> Parts {
    Parts::default().with(Part::Subject, text)
}

both_engines! {
    async fn an_agents_own_texts_take_the_place_of_what_was_there(database: TestDatabase) {
        let store = open(&database).await;
        assert_eq!(query!(store, |tx| tx.own_texts(ANNA).await?), OwnTexts::default());
        for signature in ["Anna", "Anna Bérg\n{{ agent.email }}"] {
            let texts = OwnTexts { signature: signature.into(), note: "Bring a pen".into() };
            commit!(store, |tx, texts| tx.save_own_texts(ANNA, &texts).await?).unwrap();
            assert_eq!(query!(store, |tx| tx.own_texts(ANNA).await?), texts);
        }
        assert_eq!(query!(store, |tx| tx.own_texts(BERT).await?), OwnTexts::default());
    }

    async fn the_newest_template_is_in_force_and_what_was_is_kept(database: TestDatabase) {
        let store = open(&database).await;
        let (reminder, dutch) = (key(TemplateName::Reminder, "en"), key(TemplateName::Reminder, "nl"));
        for (version, text, seconds) in [(1, "one", 10), (2, "two", 20), (3, "three", 30)] {
            let parts = subject(text);
            assert!(commit!(store, |tx, reminder, parts| {
                tx.insert_template(&reminder, version, &parts, ANNA, at(seconds)).await?
            })
            .unwrap());
        }
        let foreign = subject("twee");
        commit!(store, |tx, dutch, foreign| tx.insert_template(&dutch, 1, &foreign, ANNA, at(5)).await?).unwrap();
        assert!(
            !commit!(store, |tx, reminder, foreign| tx.insert_template(&reminder, 3, &foreign, ANNA, at(40)).await?)
                .unwrap(),
            "somebody else was first"
        );

        for (seconds, expected) in [(9, None), (10, Some("one")), (29, Some("two")), (99, Some("three"))] {
            let written = query!(store, |tx| tx.written_templates(at(seconds)).await?);
            let found = written.get(reminder.0, reminder.1, "en").and_then(|parts| parts.get(Part::Subject));
            assert_eq!(found, expected, "{seconds}");
            assert_eq!(written.get(reminder.0, reminder.1, "nl"), Some(&foreign));
            assert_eq!(written.get(TemplateName::Scheduled, reminder.1, "en"), None);
        }

        let versions = query!(store, |tx, reminder| tx.template_versions(&reminder, 2).await?);
        let shown: Vec<_> = versions.iter().map(|one| (one.version, one.parts.get(Part::Subject), one.saved_at)).collect();
        assert_eq!(shown, [(3, Some("three"), at(30)), (2, Some("two"), at(20))]);
        assert!(versions.iter().all(|one| one.author.as_deref() == Some("Anna Bérg")));
    }
}
