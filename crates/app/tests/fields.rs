//! Profile fields: what admins define, and what profiles hold of it.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::texts::{texted, with_texts};
use common::{Recorder, agent, anonymous, app, as_agent, free, now, request, try_book};
use mail_parser::MessageParser;
use nameplate_app::accounts::own_texts;
use nameplate_app::accounts::profile::{self, ProfileChange};
use nameplate_app::audit::{self, By, Event};
use nameplate_app::fields::{self, Way};
use nameplate_app::limits::Limits;
use nameplate_app::templates::{self, Draft, Sample, Saved};
use nameplate_app::{Actor, App, Ctx, Error, outbox, people};
use nameplate_domain::account::{
    Agent, FieldDraft, FieldEditor, FieldKey, FieldKind, FieldLabel, FieldPlaces, FieldValue, Problem,
    RecipientRole, Role,
};
use nameplate_domain::meetings::Party;
use nameplate_domain::placeholder::ErrorCode;
use nameplate_domain::templates::{OwnTexts, Part, Parts, TemplateName};
use nameplate_testkit::both_engines;
use std::sync::Arc;

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

/// An organisation with a field of each kind that prints in its own way, and Anna, who has filled them in.
async fn filled(app: &App) -> (Ctx, Agent) {
    let (robin, anna) = (robin(app).await, agent(app, "anna").await);
    let mut change = ProfileChange::default();
    for (name, kind, places, value) in [
        ("languages", FieldKind::Text, FieldPlaces::Messages, FieldValue::Text("Dutch & Frisian".into())),
        ("since", FieldKind::Date, FieldPlaces::Both, FieldValue::Date("2019-03-01".parse().unwrap())),
        ("rate", FieldKind::Number, FieldPlaces::Both, FieldValue::Number("2.5".into())),
        ("certified", FieldKind::YesNo, FieldPlaces::Both, FieldValue::YesNo(true)),
        ("page", FieldKind::Url, FieldPlaces::Both, FieldValue::Url("https://example.com/anna".into())),
        ("secret", FieldKind::Text, FieldPlaces::BookingPage, FieldValue::Text("hidden in messages".into())),
    ] {
        let draft = FieldDraft { places, ..draft(name, &[]) };
        fields::create(app, &robin, key(name), kind, draft).await.unwrap();
        change.fields.insert(key(name), Some(value));
    }
    let anna = profile::change(app, &as_agent(&anna), change, |_| true).await.unwrap();
    (robin, anna)
}

async fn write(
    app: &App,
    admin: &Ctx,
    (name, language): (TemplateName, &str),
    part: Part,
    text: &str,
) -> Saved {
    let template = (name, RecipientRole::Customer, language.to_owned());
    let version = templates::open(app, admin, &template).await.unwrap().version;
    let parts = templates::typed(&template, [(part, text)]);
    templates::save(app, admin, &template, version, parts).await.unwrap()
}

/// The customer's mail of a new booking: its text and its HTML, and the calendar file.
async fn mailed(app: &App, anna: &Agent, language: &str) -> (String, String, String) {
    let sent = Arc::new(Recorder::default());
    let start = free(app, anna, "meeting").await[0];
    let mut wish = request(anna, start, "sam@example.org");
    language.clone_into(&mut wish.customer.locale);
    let meeting = try_book(app, wish).await.unwrap().meeting;
    let told = sent.drain(app, now).await;
    let (_, message) = told.iter().find(|(row, _)| row.role == "customer").unwrap();
    let mail = MessageParser::default().parse(&message.raw).unwrap();
    let part = |text: Option<std::borrow::Cow<'_, str>>| text.unwrap().replace("\r\n", "\n");
    let file = outbox::calendar_file(app, &meeting, anna, Party::Customer, now()).await.unwrap();
    (part(mail.body_text(0)), part(mail.body_html(0)), file.replace("\r\n ", ""))
}

const TEXT: &str = "Speaks: {{ agent.fields.languages }}\nSince: {{ agent.fields.since }}\nRate: {{ agent.fields.rate }}\n\
    Certified: {{ agent.fields.certified }}\nSecret: {{ agent.fields.secret }}\nPage: {{ agent.fields.page }}";

fn draft_of(name: TemplateName) -> Draft {
    let (to, language) = (RecipientRole::Customer, "en".to_owned());
    Draft { name, to, language, parts: Parts::default(), sample: Sample::default() }
}

both_engines! {
    async fn messages_print_fields_by_type_and_language_where_they_are_shown(database: TestDatabase) {
        let app = app(&database).await;
        let (robin, anna) = filled(&app).await;
        for language in ["en", "nl"] {
            assert_eq!(write(&app, &robin, (TemplateName::Scheduled, language), Part::Details, TEXT).await, Saved::Done);
        }
        write(&app, &robin, (TemplateName::Signature, "en"), Part::Lines, "{{ agent.name }}\nSpeaks: {{ agent.fields.languages }}").await;
        let (text, html, file) = mailed(&app, &anna, "en").await;
        for line in ["Speaks: Dutch & Frisian", "Since: Friday 1 March 2019", "Rate: 2.5", "Certified: Yes", "Page: https://example.com/anna"] {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert!(!text.contains("Secret") && !text.contains("hidden"), "{text}");
        assert!(html.contains("Dutch &amp; Frisian") && html.contains("href=\"https://example.com/anna\""), "{html}");
        assert!(file.contains("Speaks: Dutch & Frisian"), "{file}");
        let (dutch, ..) = mailed(&app, &anna, "nl").await;
        for line in ["Since: vrijdag 1 maart 2019", "Rate: 2,5", "Certified: Ja"] {
            assert!(dutch.contains(line), "{line} in {dutch}");
        }

        let examples = templates::examples(&app, &robin, &draft_of(TemplateName::Scheduled)).await.unwrap();
        let of: Vec<_> = examples.iter().filter(|one| one.path.starts_with("agent.fields.")).collect();
        assert_eq!(of.len(), 6);
        assert_eq!((of[0].path.as_str(), of[0].label.as_deref()), ("agent.fields.languages", Some("languages")));
        let used = fields::uses(&app, &robin, &key("languages")).await.unwrap();
        assert_eq!((used.templates.len(), used.profiles), (3, 1));

        // What is deleted leaves no line, and nothing else of the text goes.
        fields::delete(&app, &robin, key("languages")).await.unwrap();
        let (text, _, file) = mailed(&app, &anna, "en").await;
        assert!(text.contains("Since: Friday") && !text.contains("Speaks") && !file.contains("Speaks"), "{text}");
    }

    async fn a_field_that_there_is_not_cannot_be_saved(database: TestDatabase) {
        let app = app(&database).await;
        let (robin, anna) = filled(&app).await;
        let wrong = write(&app, &robin, (TemplateName::Scheduled, "en"), Part::Text, "a\n{{ agent.fields.langauges }}").await;
        let Saved::Wrong(found) = wrong else { panic!("saved") };
        assert_eq!((found[0].error.code, found[0].error.line), (ErrorCode::UnknownVariable, 2));
        assert_eq!(found[0].error.suggestion.as_deref(), Some("agent.fields.languages"));
        let own = |signature: &str| OwnTexts { signature: signature.into(), note: String::new() };
        let none = OwnTexts::default();
        let wrong = own_texts::save(&app, &as_agent(&anna), none.clone(), own("{{ agent.fields.nope }}")).await.unwrap();
        assert!(matches!(wrong, own_texts::Saved::Wrong(_)));
        let good = own("Speaks: {{ agent.fields.languages }}");
        assert_eq!(own_texts::save(&app, &as_agent(&anna), none, good).await.unwrap(), own_texts::Saved::Done);
        assert_eq!(fields::uses(&app, &robin, &key("languages")).await.unwrap().agents, ["Anna Bérg"]);
        assert!(mailed(&app, &anna, "nl").await.0.contains("Speaks: Dutch & Frisian"));
    }

    async fn text_messages_print_fields_too(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let (robin, anna) = filled(&app).await;
        let text = "Certified: {{ agent.fields.certified }}, since {{ agent.fields.since }}";
        assert_eq!(write(&app, &robin, (TemplateName::Scheduled, "en"), Part::Sms, text).await, Saved::Done);
        let start = free(&app, &anna, "meeting").await[0];
        try_book(&app, texted(request(&anna, start, "sam@example.org"))).await.unwrap();
        Arc::new(Recorder::default()).drain(&app, now).await;
        assert_eq!(provider.taken()[0].text, "Certified: Yes, since Fri 1 Mar 2019");
    }
}
