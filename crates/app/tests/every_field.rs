//! What can be typed into a field of the account or of a booking is either refused there, or reads the same in mail, calendar
//! file and text message (`security.md` C5, C6, P4). Mails and calendar files are read by parsers that we did not write.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::texts::{texted, with_texts};
use common::{Recorder, agent, anonymous, as_agent, free, now, request};
use nameplate_app::accounts::profile::{self, ProfileChange};
use nameplate_app::limits::Limits;
use nameplate_app::meetings::book::{BookingRequest, book};
use nameplate_app::templates::{self, typed};
use nameplate_app::{Actor, App, Ctx, meeting_types};
use nameplate_domain::account::{
    Agent, CustomerName, EmailAddress, FullName, JobTitle, Location, LocationField, LocationName,
    MeetingTypeName, Note, PhoneNumber, Problem, RecipientRole, Role,
};
use nameplate_domain::meetings::MeetingTypeDraft;
use nameplate_domain::templates::{Part, TemplateName};
use nameplate_testkit::{both_engines, tools};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// What is typed into every field; the empty one stands for the longest text that the field takes.
const TYPED: [&str; 8] = [
    "Zoë",
    "Ada 👩‍🚒",
    "",
    "Ada\r\nBcc: evil@example.org",
    "{{7*7}} {{ agent.email }} {% if x %}",
    "x;ATTENDEE:mailto:evil@example.org",
    "^n ^' \\n , ; : \"q\" <b>&amp;",
    "مريم العلي",
];

/// A field that takes free text: its placeholder, the most code points, and whether it has lines.
const FIELDS: [(&str, usize, bool); 10] = [
    ("agent.name", FullName::MAX, false),
    ("agent.job_title", JobTitle::MAX, false),
    ("agent.location.name", LocationName::MAX, false),
    ("agent.location.street", LocationName::MAX, false),
    ("agent.location.postcode", LocationName::MAX, false),
    ("agent.location.city", LocationName::MAX, false),
    ("agent.location.state", LocationName::MAX, false),
    ("customer.name", CustomerName::MAX, false),
    ("meeting.title", MeetingTypeName::MAX, false),
    ("meeting.description", Note::MAX, true),
];

fn check(field: &str, typed: &str) -> Result<(), Problem> {
    match field {
        "agent.name" => FullName::parse(typed).map(drop),
        "agent.job_title" => JobTitle::parse(typed).map(drop),
        "customer.name" => CustomerName::parse(typed).map(drop),
        "meeting.title" => MeetingTypeName::parse(typed).map(drop),
        "meeting.description" => Note::parse(typed).map(drop),
        _ => LocationName::parse(typed).map(drop),
    }
}

/// What each field has: what was typed, or something harmless where that is refused.
fn values(typed: &str) -> BTreeMap<&'static str, String> {
    let each = FIELDS.into_iter().map(|(field, max, has_lines)| {
        let text = if typed.is_empty() { "ß".repeat(max) } else { typed.to_owned() };
        let refused = text.contains('\n') && !has_lines;
        assert_eq!(
            check(field, &text),
            if refused { Err(Problem::LineBreak) } else { Ok(()) },
            "{field}: {text:?}"
        );
        let kept = if refused { "harmless".to_owned() } else { text.replace("\r\n", "\n") };
        (field, kept)
    });
    each.collect()
}

#[test]
fn addresses_and_numbers_take_none_of_it() {
    for typed in TYPED.map(|typed| if typed.is_empty() { "ß".repeat(300) } else { typed.to_owned() }) {
        assert!(EmailAddress::parse(&typed).is_err(), "{typed:?}");
        assert!(EmailAddress::parse(&format!("{typed}\r\n@example.com")).is_err(), "{typed:?}");
        assert!(PhoneNumber::parse(&typed, None).is_err(), "{typed:?}");
    }
}

async fn fill(app: &App, anna: &Agent, values: &BTreeMap<&str, String>) -> Agent {
    let mut location = Location::default();
    for field in LocationField::ALL.into_iter().filter(|field| *field != LocationField::Country) {
        location.set(field, &values[&*format!("agent.location.{}", field.as_str())]).unwrap();
    }
    let change = ProfileChange {
        name: Some(FullName::parse(&values["agent.name"]).unwrap()),
        job_title: Some(Some(JobTitle::parse(&values["agent.job_title"]).unwrap())),
        location: Some(location),
        ..ProfileChange::default()
    };
    let anna = profile::change(app, &as_agent(anna), change, |_| true).await.unwrap();
    let offered = meeting_types::find(app, anna.id, "meeting").await.unwrap();
    let draft = MeetingTypeDraft {
        slug: offered.slug,
        name: MeetingTypeName::parse(&values["meeting.title"]).unwrap(),
        description: None,
        place: None,
        rules: offered.rules,
    };
    meeting_types::change(app, &as_agent(&anna), "meeting", None, draft).await.unwrap();
    anna
}

/// Writes one part of a template, in place of whatever it is.
async fn write(app: &App, admin: &Agent, name: TemplateName, part: Part, text: &str) {
    let Actor::Agent { id, session, .. } = as_agent(admin).actor else { return };
    let ctx = Ctx { actor: Actor::Agent { id, role: Role::Admin, session }, ..anonymous() };
    let key = (name, RecipientRole::Customer, "en".to_owned());
    let version = templates::open(app, &ctx, &key).await.unwrap().version;
    let saved = templates::save(app, &ctx, &key, version, typed(&key, [(part, text)])).await.unwrap();
    assert_eq!(saved, templates::Saved::Done, "{text}");
}

async fn booked(app: &App, anna: &Agent, values: &BTreeMap<&str, String>) {
    let start = free(app, anna, "meeting").await[0];
    let mut wanted = texted(request(anna, start, "sam@example.org"));
    wanted.customer.name = CustomerName::parse(&values["customer.name"]).unwrap();
    let note = Some(Note::parse(&values["meeting.description"]).unwrap());
    book(app, &anonymous(), BookingRequest { note, ..wanted }).await.unwrap();
}

/// What a reader of `tests/consumers` says of a file.
fn read(script: &str, file: &Path) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers").join(script);
    let output = Command::new(tools::python()).arg(script).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["fields"].take()).collect()
}

/// The value between the marks around a placeholder. What makes links of customers' text is taken out again.
fn between(text: &str, field: &str) -> String {
    let mark = |end: &str| format!("{end}{field}|");
    let (_, rest) = text.split_once(&mark("((")).unwrap_or_else(|| panic!("no {field} in {text}"));
    let (value, _) = rest.split_once(&mark("))")).unwrap_or_else(|| panic!("no end of {field} in {text}"));
    value.replace('\u{200B}', "")
}

both_engines! {
    async fn sec_c5_what_is_typed_reads_the_same_in_every_channel(database: TestDatabase) {
        let (app, provider) = with_texts(&database, Limits { enabled: false, ..Limits::default() }).await;
        let (sent, folder) = (Arc::new(Recorder::default()), tempfile::tempdir().unwrap());
        let admin = agent(&app, "robin").await;
        let marked: Vec<_> = FIELDS.iter().map(|(field, ..)| format!("(({field}|{{{{ {field} }}}})){field}|")).collect();
        write(&app, &admin, TemplateName::Scheduled, Part::Text, &marked.join("\n")).await;
        write(&app, &admin, TemplateName::CalendarEntry, Part::Description, &marked.join("\n")).await;
        let mut shape = None;
        for (n, typed) in TYPED.into_iter().enumerate() {
            let values = values(typed);
            let anna = fill(&app, &agent(&app, &format!("anna-{n}")).await, &values).await;
            booked(&app, &anna, &values).await;
            let told = sent.drain(&app, now).await;
            let (_, mail) = told.iter().find(|(row, _)| row.role == "customer").unwrap();
            assert_eq!(mail.to, "sam@example.org");
            let file = folder.path().join(format!("{n}.eml"));
            std::fs::write(&file, &mail.raw).unwrap();
            let [mail] = &*read("read_mail.py", &file) else { panic!("one mail") };
            let calendar = PathBuf::from(format!("{}.request.ics", file.display()));
            // icalendar and vobject; the third one, ics, makes a line break of a backslash before an n.
            let calendars = read("read_calendar.py", &calendar);
            let calendars = &calendars[..2];
            for (field, value) in &values {
                assert_eq!(&between(mail["text"].as_str().unwrap(), field), value, "text");
                let shown = between(mail["html_text"].as_str().unwrap(), field);
                assert_eq!(&shown, value, "HTML");
                for calendar in calendars {
                    assert_eq!(&between(calendar["description"].as_str().unwrap(), field), value, "calendar file");
                }
            }
            // What is typed makes no header, no person and no element.
            let people = calendars[0]["attendees"].as_array().unwrap().len();
            let lines = mail["html_elements"].as_array().unwrap().iter().filter(|one| *one != "br").count();
            let found = (mail["headers"].clone(), mail["tree"].clone(), people, lines);
            assert_eq!(shape.get_or_insert_with(|| found.clone()), &found, "{typed:?}");
            provider.taken();

            for (field, ..) in FIELDS {
                write(&app, &admin, TemplateName::Scheduled, Part::Sms, &format!("(({field}|{{{{ {field} }}}})){field}|")).await;
                booked(&app, &anna, &values).await;
                sent.drain(&app, now).await;
                let [text] = &*provider.taken() else { panic!("one text message") };
                if values[field].chars().count() > 400 {
                    assert!(text.text.starts_with("Booked: "), "more than three messages: the built-in text");
                } else {
                    assert_eq!(between(&text.text, field), values[field].replace('\n', " "), "text message");
                }
            }
            write(&app, &admin, TemplateName::Scheduled, Part::Text, &marked.join("\n")).await;
        }
    }
}
