//! What an admin writes in place of the built-in texts, and which messages have it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{Recorder, agent, anonymous, app, as_agent, free, now, request, with_limits};
use mail_parser::MessageParser;
use nameplate_app::accounts::own_texts;
use nameplate_app::limits::Limits;
use nameplate_app::meetings::book::book;
use nameplate_app::meetings::cancel;
use nameplate_app::outbox::Delivery;
use nameplate_app::templates::{self, Draft, Sample, Saved, typed};
use nameplate_app::{Actor, App, Ctx, Error, outbox};
use nameplate_domain::account::{Agent, Note, RecipientRole, Role};
use nameplate_domain::meetings::{Meeting, Party};
use nameplate_domain::placeholder::ErrorCode;
use nameplate_domain::templates::{OwnTexts, Part, Parts, TemplateKey, TemplateName};
use nameplate_testkit::both_engines;
use std::sync::Arc;

fn key(name: TemplateName) -> TemplateKey {
    (name, RecipientRole::Customer, "en".to_owned())
}

fn written(name: TemplateName, part: Part, text: &str) -> Parts {
    typed(&key(name), [(part, text)])
}

fn as_admin(admin: &Agent) -> Ctx {
    let Ctx { actor: Actor::Agent { id, session, .. }, .. } = as_agent(admin) else { return anonymous() };
    Ctx { actor: Actor::Agent { id, role: Role::Admin, session }, ..anonymous() }
}

async fn invitation(app: &App, sent: &Arc<Recorder>) -> String {
    let told = sent.drain(app, now).await;
    let (_, message) = told.iter().find(|(row, _)| row.role == "customer").unwrap();
    String::from_utf8(message.raw.clone()).unwrap().replace("=\r\n", "")
}

async fn booked(app: &App, anna: &Agent, n: usize) -> Meeting {
    let start = free(app, anna, "meeting").await[n];
    book(app, &anonymous(), request(anna, start, &format!("sam-{n}@example.org"))).await.unwrap().meeting
}

both_engines! {
    async fn an_agents_own_signature_and_note_reach_customers_and_nobody_else(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let (ctx, none) = (as_agent(&anna), OwnTexts::default());
        let texts = own_texts::typed(
            "Warm regards\r\nWrite to me: {{ agent.email }}\r\n",
            "The door is green.\r\n\r\nRing {{ agent.first_name }} <twice>?",
        );
        let wrong = own_texts::save(&app, &ctx, none.clone(), texts).await.unwrap();
        assert!(matches!(&wrong, own_texts::Saved::Wrong(found) if found.len() == 1 && found[0].field == "note"));
        let texts = own_texts::typed("Warm regards\r\nWrite to me: {{ agent.email }}", "The door is green & wide.\n\nRing twice.");
        for _ in 0..2 {
            let saved = own_texts::save(&app, &ctx, none.clone(), texts.clone()).await.unwrap();
            assert_eq!(saved, own_texts::Saved::Done, "the second click is harmless");
        }
        let other = OwnTexts { note: "x".into(), ..none.clone() };
        assert!(matches!(own_texts::save(&app, &ctx, none, other).await, Err(Error::Stale)));

        let meeting = booked(&app, &anna, 0).await;
        let told = sent.drain(&app, now).await;
        for (row, message) in &told {
            let mail = MessageParser::default().parse(&message.raw).unwrap();
            let (text, html) = (mail.body_text(0).unwrap(), mail.body_html(0).unwrap());
            let is_customers = row.role == "customer";
            for words in ["Warm regards\nWrite to me: anna@example.com", "The door is green & wide.\n\nRing twice."] {
                assert_eq!(text.replace("\r\n", "\n").contains(words), is_customers, "{text}");
            }
            assert_eq!(html.contains("green &amp; wide."), is_customers, "{html}");
        }
        let file = outbox::calendar_file(&app, &meeting, &anna, Party::Customer, now()).await.unwrap();
        assert!(file.contains("Warm regards") && !file.contains("green"), "{file}");
        cancel::cancel(&app, &as_agent(&anna), meeting.id, Some(Note::parse("Ill").unwrap()), None).await.unwrap();
        let told = sent.drain(&app, now).await;
        assert!(told.iter().all(|(_, message)| !String::from_utf8_lossy(&message.raw).contains("green")));
    }

    async fn what_an_admin_wrote_is_in_the_next_message_and_in_its_calendar_file(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let ctx = as_admin(&anna);
        let (mail, entry) = (key(TemplateName::Scheduled), key(TemplateName::CalendarEntry));
        let heading = written(TemplateName::Scheduled, Part::Heading, "Till then, {{ customer.first_name }}\r\n");
        assert_eq!(templates::save(&app, &ctx, &mail, 0, heading.clone()).await.unwrap(), Saved::Done);
        let title = written(TemplateName::CalendarEntry, Part::Title, "A talk at {{ organisation.host }}");
        templates::save(&app, &ctx, &entry, 0, title).await.unwrap();

        let meeting = booked(&app, &anna, 0).await;
        let raw = invitation(&app, &sent).await;
        assert!(raw.contains("Till then, Sam"), "{raw}");
        assert!(!raw.contains("Your meeting is booked"), "{raw}");
        let file = outbox::calendar_file(&app, &meeting, &anna, Party::Customer, now()).await.unwrap();
        assert!(file.contains("SUMMARY:A talk at meet.example.com"), "{file}");

        // The second click changes nothing; somebody who saw another version is told.
        assert_eq!(templates::save(&app, &ctx, &mail, 0, heading.clone()).await.unwrap(), Saved::Done);
        assert_eq!(templates::open(&app, &ctx, &mail).await.unwrap().version, 1);
        let other = written(TemplateName::Scheduled, Part::Heading, "Other");
        assert!(matches!(templates::save(&app, &ctx, &mail, 0, other).await, Err(Error::Stale)));

        // Back to what is built in, and back again.
        templates::restore(&app, &ctx, &mail, 1, 0).await.unwrap();
        booked(&app, &anna, 3).await;
        assert!(invitation(&app, &sent).await.contains("Your meeting is booked"));
        templates::restore(&app, &ctx, &mail, 2, 1).await.unwrap();
        let newest = templates::open(&app, &ctx, &mail).await.unwrap();
        assert_eq!((newest.version, newest.parts), (3, heading));
        assert_eq!(templates::history(&app, &ctx, &mail).await.unwrap().len(), 3);
        assert!(matches!(templates::restore(&app, &ctx, &mail, 3, 9).await, Err(Error::NotFound)));
    }

    async fn every_try_of_a_message_has_the_template_of_when_it_was_due(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        booked(&app, &anna, 0).await;
        let later = Ctx { now: now() + jiff::SignedDuration::from_secs(5), ..as_admin(&anna) };
        let parts = written(TemplateName::Scheduled, Part::Heading, "Edited");
        templates::save(&app, &later, &key(TemplateName::Scheduled), 0, parts).await.unwrap();
        *sent.answers.lock().unwrap() = vec![Delivery::Temporary { answer: "451".into() }; 2];
        let first = sent.drain(&app, now).await;
        let second = sent.drain(&app, || now() + jiff::SignedDuration::from_mins(5)).await;
        assert_eq!((first.len(), second.len()), (2, 2));
        for (row, message) in &first {
            let (_, again) = second.iter().find(|(other, _)| other.id == row.id).unwrap();
            assert_eq!(message.raw, again.raw, "the same bytes");
            assert!(!String::from_utf8_lossy(&message.raw).contains("Edited"));
        }
    }

    async fn nothing_that_is_wrong_is_kept_and_nobody_but_an_admin_writes(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let mail = key(TemplateName::Scheduled);
        let wrong = written(TemplateName::Scheduled, Part::Subject, "{{ agent.nme }}")
            .with(Part::Details, "x: y\n<b>no label");
        let saved = templates::save(&app, &as_admin(&anna), &mail, 0, wrong.clone()).await.unwrap();
        let found = templates::wrong(&app, &mail, &wrong).await.unwrap();
        assert_eq!(saved, Saved::Wrong(found.clone()));
        let codes: Vec<_> = found.iter().map(|one| (one.part, one.error.code, one.error.line)).collect();
        assert_eq!(
            codes,
            [
                (Part::Subject, ErrorCode::UnknownVariable, 1),
                (Part::Details, ErrorCode::LabelMissing, 2),
                (Part::Details, ErrorCode::MarkupForbidden, 2),
            ]
        );
        let good = written(TemplateName::Scheduled, Part::Subject, "Hello");
        for ctx in [as_agent(&anna), anonymous()] {
            assert!(matches!(templates::save(&app, &ctx, &mail, 0, good.clone()).await, Err(Error::NotSignedIn)));
            assert!(matches!(templates::open(&app, &ctx, &mail).await, Err(Error::NotSignedIn)));
        }
        for unknown in [
            (TemplateName::Signature, RecipientRole::Agent, "en".to_owned()),
            (TemplateName::Scheduled, RecipientRole::Agent, "xx".to_owned()),
        ] {
            let saved = templates::save(&app, &as_admin(&anna), &unknown, 0, good.clone()).await;
            assert!(matches!(saved, Err(Error::NotFound)), "{unknown:?}");
        }
        assert_eq!(templates::open(&app, &as_admin(&anna), &mail).await.unwrap().version, 0);
    }

    async fn a_text_that_cannot_be_read_any_more_gives_way_to_the_built_in_one(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let parts = Parts::default().with(Part::Heading, "{{ gone.path }}").with(Part::Footer, "Still read");
        let (id, mail) = (anna.id, key(TemplateName::Scheduled));
        let insert = move |tx: nameplate_store::Tx| async move {
            tx.insert_template(&mail, 1, &parts, id, now()).await.map_err(Error::from)
        };
        assert!(app.store().write(insert).await.unwrap());
        booked(&app, &anna, 0).await;
        let raw = invitation(&app, &sent).await;
        assert!(raw.contains("Your meeting is booked") && raw.contains("Still read"), "{raw}");
    }

    async fn t_08_a_test_goes_to_the_admin_alone_five_times_an_hour(database: TestDatabase) {
        let (app, sent) = (with_limits(&database, Limits::default()).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let draft = Draft {
            name: TemplateName::Cancelled,
            to: RecipientRole::Customer,
            language: "nl".into(),
            parts: Parts::default().with(Part::Heading, "Jammer, {{ customer.name }}"),
            sample: Sample { meeting: None, customer_zone: Some("Asia/Tokyo".into()) },
        };
        for _ in 0..5 {
            templates::send_test(&app, &as_admin(&anna), &draft).await.unwrap();
        }
        assert!(matches!(templates::send_test(&app, &as_admin(&anna), &draft).await, Err(Error::Limited(_))));
        let told = sent.drain(&app, now).await;
        assert_eq!(told.len(), 5);
        for (_, message) in told {
            let raw = String::from_utf8(message.raw).unwrap();
            assert_eq!(message.to, "anna@example.com");
            assert!(message.subject.starts_with("Test: "), "{}", message.subject);
            assert!(raw.contains("Jammer") && raw.contains("method=PUBLISH"), "{raw}");
        }
        assert!(matches!(templates::send_test(&app, &as_agent(&anna), &draft).await, Err(Error::NotSignedIn)));
    }
}
