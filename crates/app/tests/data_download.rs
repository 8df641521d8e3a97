//! The download of one's own data (`ux.md` A-31, `security.md` B13, P1, P2).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{agent, anonymous, app, as_agent, free, now, request, text_field, try_book, with_limits};
use jiff::SignedDuration;
use nameplate_app::accounts::calendar_feed::{self, NewFeed};
use nameplate_app::accounts::data::{self, Download};
use nameplate_app::accounts::profile::{self, ProfileChange};
use nameplate_app::accounts::{api_tokens, picture};
use nameplate_app::audit::{self, Event};
use nameplate_app::limits::Limits;
use nameplate_app::meetings::cancel::cancel;
use nameplate_app::{Actor, App, Ctx, Error, SignedIn};
use nameplate_domain::account::{Agent, ExternalId, FieldKey, FieldValue, JobTitle, Note, Slug};
use nameplate_domain::meetings::Party;
use nameplate_testkit::{both_engines, tools};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// What others' programs read in the archive.
fn read(download: &Download) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(&download.name);
    std::fs::write(&file, &download.bytes).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/read_download.py");
    let read = Command::new(tools::python()).arg(script).arg(file).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    serde_json::from_slice(&read.stdout).unwrap()
}

/// An agent with everything: two meetings, one of them off, a former slug, a token, a picture.
async fn with_all(app: &App) -> Agent {
    let anna = agent(app, "anna").await;
    let change = ProfileChange {
        slug: Some(Slug::parse("anna-berg").unwrap()),
        job_title: Some(Some(JobTitle::parse("Pilot; \"first\", 1st").unwrap())),
        ..ProfileChange::default()
    };
    let languages = text_field(app, "languages", "Languages").await;
    let fields = [(languages, Some(FieldValue::Text("Dutch".into())))].into();
    profile::change(app, &as_agent(&anna), ProfileChange { fields, ..change }, |_| true).await.unwrap();
    let (id, crm, external) = (anna.id, FieldKey::parse("crm").unwrap(), ExternalId::parse("0031x").unwrap());
    let put = app.store().write(move |tx| async move { tx.put_external_id(id, &crm, Some(&external)).await });
    put.await.unwrap();
    api_tokens::create(app, now(), anna.id, "calendar sync").await.unwrap();
    let feed = NewFeed { id: calendar_feed::new_id(), is_busy_only: true };
    calendar_feed::make(app, &as_agent(&anna), feed, None).await.unwrap();
    let starts = free(app, &anna, "meeting").await;
    let mut first = request(&anna, starts[0], "sam@example.com");
    first.note = Some(Note::parse("Wind, tides; and\nmore").unwrap());
    try_book(app, first).await.unwrap();
    let second = try_book(app, request(&anna, starts[4], "zoe@example.com")).await.unwrap().meeting;
    cancel(app, &as_agent(&anna), second.id, None, None).await.unwrap();
    picture::set(app, &as_agent(&anna), nameplate_picture::generated_portrait(1)).await.unwrap();
    anna
}

both_engines! {
    async fn a_31_a_download_is_read_by_others_programs_and_holds_everything(database: TestDatabase) {
        let app = app(&database).await;
        let anna = with_all(&app).await;
        let download = data::download(&app, &as_agent(&anna)).await.unwrap();
        assert_eq!(download.name, "nameplate-anna-berg-2026-11-23.zip");
        let read = read(&download);
        let names: Vec<&String> = read["files"].as_object().unwrap().keys().collect();
        assert!(names.len() > 4, "{names:?}");
        for name in ["account.json", "activity.json", "meetings.ics", "meetings.json", "messages.json"] {
            assert_eq!(read["files"][name]["folder"], "nameplate-anna-berg-2026-11-23");
            assert_eq!(read["files"][name]["at"], json!([2026, 11, 23, 7, 0, 0]));
        }
        let account = &read["json"]["account.json"];
        assert_eq!(account["email"], "anna@example.com");
        assert_eq!(account["job_title"], "Pilot; \"first\", 1st");
        assert_eq!(account["fields"], json!([{"key": "languages", "label": "Languages", "value": "Dutch"}]));
        assert_eq!(account["external_ids"], json!({"crm": "0031x"}));
        assert_eq!(account["former_profile_urls"][0]["url"], "https://meet.example.com/anna");
        assert_eq!(account["api_tokens"][0]["name"], "calendar sync");
        let feed = json!({"busy_only": true, "created_at": now().to_string(), "last_read_at": null});
        assert_eq!(account["calendar_feed"], feed, "that there is one, not its address");
        assert_eq!(account["sessions"][0]["browser"], "fixture");
        assert_eq!(account["visibility"]["email"], json!(["messages"]));
        assert!(!account["availability"]["weekly"].is_null() && account["meeting_types"][0]["slug"] == "meeting");
        let meetings = read["json"]["meetings.json"].as_array().unwrap();
        assert_eq!(meetings.len(), 2);
        assert_eq!(meetings[0]["customer"]["email"], "sam@example.com");
        assert_eq!(meetings[0]["note"], "Wind, tides; and\nmore");
        assert_eq!((&meetings[1]["status"], &meetings[1]["cancelled_by"]), (&json!("cancelled"), &json!("agent")));
        let messages = read["json"]["messages.json"].as_array().unwrap();
        assert_eq!(messages.len(), 12, "two of each booking and of what was cancelled, the reminders, and the review requests: {messages:?}");
        let first = json!({ "kind": "meeting_scheduled", "channel": "email", "delivery": null, "to": "sam@example.com", "at": "2026-11-23T07:00:00Z", "state": "queued" });
        let last = json!({ "kind": "review_request", "channel": "email", "delivery": null, "to": "zoe@example.com", "at": "2026-11-23T14:30:00Z", "state": "superseded" });
        assert!(messages.contains(&first) && messages.ends_with(&[last]), "{messages:?}");
        let events = read["events"].as_array().unwrap();
        let states: Vec<&Value> = events.iter().map(|event| &event["status"]).collect();
        assert_eq!(states, ["CONFIRMED", "CANCELLED"]);
        for (event, meeting) in events.iter().zip(meetings) {
            assert_eq!(event["uid"], meeting["calendar_uid"]);
            let start = event["start"].as_str().unwrap().replace("+00:00", "Z");
            assert_eq!(start, meeting["start"].as_str().unwrap());
        }
        let activity = read["json"]["activity.json"].as_array().unwrap();
        assert_eq!(activity[0]["what"], "data_downloaded");
        assert_eq!(activity.last().unwrap()["what"], "account_added");
    }

    async fn sec_b13_a_download_holds_no_secret(database: TestDatabase) {
        let app = app(&database).await;
        let anna = with_all(&app).await;
        let token = api_tokens::create(&app, now(), anna.id, "another").await.unwrap();
        let upcoming = nameplate_app::meetings::list::upcoming(&app, &as_agent(&anna)).await.unwrap();
        let download = data::download(&app, &as_agent(&anna)).await.unwrap();
        let text = read(&download).to_string();
        let (hash, sealed) = (nameplate_app::hex(&common::own_session(anna.id)), token.as_str());
        for secret in [sealed, &hash, "$argon2", "/m/", "/undo/", "salt"] {
            assert!(!text.contains(secret), "{secret}");
        }
        for meeting in upcoming {
            for party in [Party::Agent, Party::Customer] {
                let link = app.secrets().manage_token(meeting.id, party, meeting.link_version);
                assert!(!text.contains(&link));
            }
        }
    }

    async fn sec_p2_a_download_asks_for_a_sign_in_of_a_quarter_of_an_hour_at_most(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let late = Ctx { now: now() + SignedDuration::from_secs(15 * 60 + 1), ..as_agent(&anna) };
        let refused = data::download(&app, &late).await;
        assert!(matches!(refused, Err(Error::ReauthenticationRequired)), "{refused:?}");
        let by_token = Ctx { actor: Actor::Agent { id: anna.id, role: anna.role, session: None }, ..anonymous() };
        let refused = data::download(&app, &by_token).await;
        assert!(matches!(refused, Err(Error::ReauthenticationRequired)), "{refused:?}");
        // A session that ended while the request was on its way.
        let ended = SignedIn { token_hash: [9; 32], authenticated_at: now() };
        let gone = Ctx { actor: Actor::Agent { id: anna.id, role: anna.role, session: Some(ended) }, ..anonymous() };
        assert!(matches!(data::download(&app, &gone).await, Err(Error::NotSignedIn)));
    }

    async fn sec_p1_two_downloads_a_day(database: TestDatabase) {
        let app = with_limits(&database, Limits::default()).await;
        let anna = agent(&app, "anna").await;
        for _ in 0..2 {
            data::download(&app, &as_agent(&anna)).await.unwrap();
        }
        let third = data::download(&app, &as_agent(&anna)).await;
        assert!(matches!(third, Err(Error::Limited(wait)) if wait == SignedDuration::from_hours(12)), "{third:?}");
        let entries = audit::list(&app, &as_agent(&anna), None).await.unwrap().entries;
        let downloads = entries.iter().filter(|entry| entry.event == Some(Event::DataDownloaded)).count();
        assert_eq!(downloads, 2, "what was refused is no download");
    }

    async fn the_command_line_downloads_too(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        assert_eq!(data::download_for(&app, now(), nameplate_domain::account::EmailAddress::stored("no@example.com")).await.unwrap(), None);
        let download = data::download_for(&app, now(), anna.email.clone()).await.unwrap().unwrap();
        assert_eq!(read(&download)["json"]["activity.json"][0]["by"], "command_line");
    }
}
