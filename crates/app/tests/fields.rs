//! Profile fields: what admins define, and what profiles hold of it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{agent, anonymous, app, as_agent, now};
use nameplate_app::accounts::profile::{self, ProfileChange};
use nameplate_app::audit::{self, By, Event};
use nameplate_app::fields::{self, Way};
use nameplate_app::{Actor, App, Ctx, Error, people};
use nameplate_domain::account::{
    Agent, FieldDraft, FieldEditor, FieldKey, FieldKind, FieldLabel, FieldPlaces, FieldValue, Problem, Role,
};
use nameplate_testkit::both_engines;

fn as_admin(admin: &Agent) -> Ctx {
    let Actor::Agent { id, session, .. } = as_agent(admin).actor else { return anonymous() };
    Ctx { actor: Actor::Agent { id, role: Role::Admin, session }, ..anonymous() }
}

/// The admin Robin.
async fn robin(app: &App) -> Ctx {
    let robin = agent(app, "robin").await;
    let mut admin = robin.clone();
    admin.role = Role::Admin;
    app.store().write(move |tx| async move { tx.save_agent(&admin, now()).await }).await.unwrap();
    as_admin(&robin)
}

fn key(text: &str) -> FieldKey {
    FieldKey::parse(text).unwrap()
}

fn draft(label: &str, choices: &[&str]) -> FieldDraft {
    FieldDraft {
        label: FieldLabel::parse(label).unwrap(),
        choices: choices.iter().map(|one| (*one).to_owned()).collect(),
        required: false,
        editor: FieldEditor::Agent,
        places: FieldPlaces::Both,
    }
}

/// The problem of the only field that is wrong.
fn problem<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, Problem) {
    let Err(Error::Invalid(mut problems)) = result else { panic!("{result:?}") };
    let one = problems.pop().unwrap();
    (one.pointer, one.problem)
}

async fn order(app: &App) -> Vec<String> {
    fields::list(app).await.unwrap().into_iter().map(|field| field.key.to_string()).collect()
}

both_engines! {
    async fn admins_define_order_and_delete_fields_and_their_log_tells(database: TestDatabase) {
        let app = app(&database).await;
        let (robin, anna) = (robin(&app).await, as_agent(&agent(&app, "anna").await));
        for name in ["first", "second", "third"] {
            fields::create(&app, &robin, key(name), FieldKind::Text, draft(name, &[])).await.unwrap();
        }
        let again = fields::create(&app, &robin, key("first"), FieldKind::Date, draft("Other", &[])).await;
        assert_eq!(problem(again), ("/key".into(), Problem::KeyTaken));
        for (name, way, expected) in [
            ("third", Way::Up, ["first", "third", "second"]),
            ("first", Way::Up, ["first", "third", "second"]),
            ("first", Way::Down, ["third", "first", "second"]),
            ("second", Way::Down, ["third", "first", "second"]),
        ] {
            fields::shift(&app, &robin, key(name), way).await.unwrap();
            assert_eq!(order(&app).await, expected, "{name} {way:?}");
        }
        fields::change(&app, &robin, key("first"), 1, draft("Languages", &[])).await.unwrap();
        fields::change(&app, &robin, key("first"), 1, draft("Languages", &[])).await.unwrap();
        let stale = fields::change(&app, &robin, key("first"), 1, draft("Tongues", &[])).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        fields::delete(&app, &robin, key("third")).await.unwrap();
        assert!(matches!(fields::delete(&app, &robin, key("third")).await, Err(Error::NotFound)));
        assert_eq!(order(&app).await, ["first", "second"]);

        let log = audit::list(&app, &robin, None).await.unwrap().entries;
        let of = |event| log.iter().filter(|entry| entry.event == Some(event)).collect::<Vec<_>>();
        assert_eq!(of(Event::ProfileFieldAdded).len(), 3);
        assert_eq!(of(Event::ProfileFieldDeleted).len(), 1);
        let [changed] = &*of(Event::ProfileFieldChanged) else { panic!("one change") };
        let told: Vec<_> = changed.detail.changes.iter().map(|one| (one.field.as_str(), one.new.as_deref())).collect();
        assert_eq!(told, [("profile_field", Some("first")), ("profile_field_label", Some("Languages"))]);

        for refused in [
            fields::create(&app, &anna, key("mine"), FieldKind::Text, draft("Mine", &[])).await.map(drop),
            fields::change(&app, &anna, key("first"), 2, draft("Mine", &[])).await,
            fields::shift(&app, &anna, key("first"), Way::Down).await,
            fields::delete(&app, &anna, key("first")).await,
            fields::uses(&app, &anna, &key("first")).await.map(drop),
        ] {
            assert!(matches!(refused, Err(Error::NotSignedIn)), "{refused:?}");
        }
        assert_eq!(order(&app).await, ["first", "second"]);
    }

    async fn there_are_fifty_fields_at_most(database: TestDatabase) {
        let app = app(&database).await;
        let robin = robin(&app).await;
        for n in 0..fields::MOST {
            fields::create(&app, &robin, key(&format!("f{n}")), FieldKind::Text, draft("A", &[])).await.unwrap();
        }
        let more = fields::create(&app, &robin, key("more"), FieldKind::Text, draft("A", &[])).await;
        assert_eq!(problem(more), ("/key".into(), Problem::TooManyFields { max: 50 }));
    }

    async fn a_choice_that_somebody_has_stays(database: TestDatabase) {
        let app = app(&database).await;
        let (robin, anna) = (robin(&app).await, agent(&app, "anna").await);
        fields::create(&app, &robin, key("region"), FieldKind::Choice, draft("Region", &["North", "South"])).await.unwrap();
        let (id, south) = (anna.id, FieldValue::Choice("South".into()));
        let put = app.store().write(move |tx| async move { tx.put_agent_field(id, &key("region"), Some(&south)).await });
        put.await.unwrap();
        let gone = fields::change(&app, &robin, key("region"), 1, draft("Region", &["North", "West"])).await;
        assert_eq!(problem(gone), ("/choices".into(), Problem::ChoiceInUse { choice: "South".into() }));
        fields::change(&app, &robin, key("region"), 1, draft("Region", &["West", "South"])).await.unwrap();
        assert_eq!(fields::uses(&app, &robin, &key("region")).await.unwrap().profiles, 1);
    }
}

both_engines! {
    async fn what_a_profile_holds_is_in_its_log(database: TestDatabase) {
        let app = app(&database).await;
        let (robin, anna) = (robin(&app).await, agent(&app, "anna").await);
        fields::create(&app, &robin, key("languages"), FieldKind::Text, draft("Languages", &[])).await.unwrap();
        let held = |text: &str| ProfileChange {
            fields: [(key("languages"), Some(FieldValue::Text(text.to_owned())))].into(),
            ..ProfileChange::default()
        };
        let ctx = as_agent(&anna);
        let changed = profile::change(&app, &ctx, held("Dutch"), |_| true).await.unwrap();
        assert_eq!(changed.version, anna.version + 1, "a form made before is outdated");
        let same = profile::change(&app, &ctx, held("Dutch"), |_| true).await.unwrap();
        assert_eq!(same.version, changed.version);
        people::change_profile(&app, &robin, anna.id, held("Frisian"), |_| true).await.unwrap();
        let log = audit::list(&app, &ctx, None).await.unwrap().entries;
        let told: Vec<_> = log.iter().filter(|entry| entry.event == Some(Event::ProfileChanged)).map(|entry| {
            let change = entry.detail.changes.first().unwrap();
            (entry.by, change.field.as_str(), change.old.as_deref(), change.new.as_deref())
        }).collect();
        assert_eq!(told, [
            (By::Admin, "fields.languages", Some("Dutch"), Some("Frisian")),
            (By::Agent, "fields.languages", None, Some("Dutch")),
        ]);
    }
}
