//! What calendars answer to invitations: noted of whoever is invited, told when it is a no, and never more than that.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{Recorder, agent, app, as_agent, free, hours, now, request, to, try_book, with_limits};
use jiff::Timestamp;
use nameplate_app::limits::{Limits, Rate};
use nameplate_app::meetings::guests::{Guests, change};
use nameplate_app::meetings::{answers, cancel, reschedule};
use nameplate_app::{App, inbound, mailbox};
use nameplate_domain::account::{Agent, EmailAddress};
use nameplate_domain::meetings::{Answer, Meeting, Status};
use nameplate_notify::Composed;
use nameplate_store::OutboxRow;
use nameplate_testkit::{both_engines, tools};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// A meeting with a guest, and the invitations to it.
async fn booked(app: &App, sent: &Arc<Recorder>) -> (Agent, Meeting, Vec<(OutboxRow, Composed)>) {
    let anna = agent(app, "anna").await;
    let start = free(app, &anna, "meeting").await[30];
    let meeting = try_book(app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
    let guest = Guests::With(EmailAddress::parse("Kim@example.net").unwrap());
    let meeting = change(app, &as_agent(&anna), meeting.id, guest, None).await.unwrap();
    let left = sent.drain(app, now).await;
    (anna, meeting, left)
}

/// The mails in which calendars answer an invitation.
fn replies(invitation: &[u8], attendee: &str, partstat: &str) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let mail = folder.path().join("invitation.eml");
    std::fs::write(&mail, invitation).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/write_reply.py");
    let output = Command::new(tools::python())
        .arg(script)
        .arg(&mail)
        .args([attendee, partstat])
        .arg(folder.path())
        .output()
        .expect("python: run the tests with `cargo xtask test`");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = line["reader"].as_str().unwrap().to_owned();
        (name, std::fs::read(line["file"].as_str().unwrap()).unwrap())
    };
    String::from_utf8(output.stdout).unwrap().lines().map(line).collect()
}

fn invitation<'a>(left: &'a [(OutboxRow, Composed)], to: &str) -> &'a [u8] {
    &left.iter().find(|(row, _)| row.recipient == to).unwrap().1.raw
}

async fn noted(app: &App, meeting: &Meeting) -> Vec<(String, Answer)> {
    let answers = answers::of(app, meeting).await.unwrap();
    answers.into_iter().map(|one| (one.attendee, one.answer)).collect()
}

async fn take(app: &App, at: Timestamp, mail: &[u8]) {
    inbound::mail(app, at, mail).await.unwrap();
}

fn is(answers: &[(&str, Answer)]) -> Vec<(String, Answer)> {
    answers.iter().map(|(who, answer)| ((*who).to_owned(), *answer)).collect()
}

/// What a reply is when nothing is odd about it.
fn reply(meeting: &Meeting, to: &str, attendee: &str, partstat: &str, at: &str) -> Vec<u8> {
    format!(
        "From: {attendee}\r\nTo: {to}\r\nSubject: Re\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n\
         BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:{at}\r\n\
         ATTENDEE;CN=\"Odd; name: x\";PARTSTAT={partstat}:mailto:{attendee}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        meeting.uid
    )
    .into_bytes()
}

fn organizer(left: &[(OutboxRow, Composed)]) -> String {
    let calendar = mailbox::parts(&left[0].1.raw).calendar.unwrap().replace("\r\n ", "");
    let line = calendar.lines().find(|line| line.starts_with("ORGANIZER")).unwrap();
    line.rsplit_once(':').unwrap().1.trim().to_owned()
}

both_engines! {
    async fn what_calendars_answer_is_noted_in_every_shape(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (_, meeting, left) = booked(&app, &sent).await;
        let words = [("ACCEPTED", Answer::Accepted), ("TENTATIVE", Answer::Tentative), ("DECLINED", Answer::Declined)];
        // A minute each, since of two that came at once the first one holds.
        let mut at = now() + hours(1);
        for (partstat, answer) in words {
            let mails = replies(invitation(&left, "Kim@example.net"), "Kim@example.net", partstat);
            assert_eq!(mails.len(), 6);
            for (name, mail) in mails {
                take(&app, at, &mail).await;
                assert_eq!(noted(&app, &meeting).await, is(&[("kim@example.net", answer)]), "{name} {partstat}");
                let other = if answer == Answer::Accepted { "TENTATIVE" } else { "ACCEPTED" };
                at += hours(1);
                take(&app, at, &reply(&meeting, &organizer(&left), "kim@example.net", other, "")).await;
                at += hours(1);
            }
        }
    }

    async fn a_no_is_told_to_the_agent_once_and_cancels_nothing(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting, left) = booked(&app, &sent).await;
        let organizer = organizer(&left);
        let no = |who, minute: u8| reply(&meeting, &organizer, who, "DECLINED", &format!("20261123T07{minute:02}00Z"));
        take(&app, now() + hours(1), &no("sam@example.org", 1)).await;
        take(&app, now() + hours(1), &no("sam@example.org", 1)).await;
        take(&app, now() + hours(1), &no("sam@example.org", 2)).await;
        take(&app, now() + hours(1), &no("kim@example.net", 1)).await;
        let told = sent.drain(&app, || now() + hours(1)).await;
        let texts: Vec<_> = told.iter().map(|(row, mail)| {
            assert_eq!((row.kind.as_str(), row.recipient.as_str()), ("attendance_declined", anna.email.as_str()));
            mailbox::parts(&mail.raw).text
        }).collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(texts[0].contains("The calendar of Sam Sample (sam@example.org) has declined"), "{}", texts[0]);
        assert!(texts[1].contains("The calendar of a guest of Sam Sample (Kim@example.net) has declined"), "{}", texts[1]);
        let id = meeting.id;
        let stands = app.store().read(move |tx| async move { tx.meeting(id).await }).await.unwrap().unwrap();
        assert_eq!((stands.status, stands.sequence), (Status::Scheduled, meeting.sequence));
        // The next invitation keeps what they answered, and asks no more than before.
        let lea = Guests::With(EmailAddress::parse("lea@example.net").unwrap());
        change(&app, &as_agent(&anna), meeting.id, lea, None).await.unwrap();
        let left = sent.drain(&app, || now() + hours(1)).await;
        let calendar = mailbox::parts(invitation(&left, "sam@example.org")).calendar.unwrap().replace("\r\n ", "");
        let partstat = |who: &str| {
            let line = calendar.lines().find(|line| line.starts_with("ATTENDEE") && line.trim_end().ends_with(who)).unwrap();
            line.split("PARTSTAT=").nth(1).unwrap().split(';').next().unwrap().to_owned()
        };
        assert_eq!(["sam@example.org", "Kim@example.net", "lea@example.net"].map(partstat), ["DECLINED", "DECLINED", "NEEDS-ACTION"]);
    }

    async fn an_answer_to_another_time_counts_no_more_and_what_is_undone_is_not_told(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, meeting, left) = booked(&app, &sent).await;
        let organizer = organizer(&left);
        take(&app, now() + hours(1), &reply(&meeting, &organizer, "sam@example.org", "DECLINED", "20261123T073000Z")).await;
        let later = free(&app, &anna, "meeting").await[40];
        let ctx = nameplate_app::Ctx { now: now() + hours(2), ..as_agent(&anna) };
        let moved = reschedule::reschedule(&app, &ctx, meeting.id, to(later)).await.unwrap().meeting;
        assert_eq!(noted(&app, &moved).await, []);
        // Mailed before the move, delivered after it.
        take(&app, now() + hours(3), &reply(&meeting, &organizer, "kim@example.net", "DECLINED", "20261123T073000Z")).await;
        assert_eq!(noted(&app, &moved).await, []);
        let told = sent.drain(&app, || now() + hours(3)).await;
        assert!(told.iter().all(|(row, _)| row.kind == "meeting_rescheduled"), "{told:?}");
        take(&app, now() + hours(4), &reply(&meeting, &organizer, "kim@example.net", "ACCEPTED", "20261123T110000Z")).await;
        assert_eq!(noted(&app, &moved).await, is(&[("kim@example.net", Answer::Accepted)]));
        cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await.unwrap();
        take(&app, now() + hours(5), &reply(&meeting, &organizer, "kim@example.net", "DECLINED", "20261123T120000Z")).await;
        assert_eq!(noted(&app, &moved).await, is(&[("kim@example.net", Answer::Accepted)]));
    }

    async fn who_is_invited_again_has_not_answered_and_who_wavers_is_told_of_no_more(database: TestDatabase) {
        let limits = Limits { guest_meeting: vec![Rate::new(2, 24 * 60)], ..Limits::default() };
        let (app, sent) = (with_limits(&database, limits).await, Arc::new(Recorder::default()));
        let (anna, meeting, left) = booked(&app, &sent).await;
        let organizer = organizer(&left);
        let kims = |answer, minute: u8| reply(&meeting, &organizer, "kim@example.net", answer, &format!("20261123T07{minute:02}00Z"));
        for minute in [1, 3, 5] {
            take(&app, now() + hours(1), &kims("ACCEPTED", minute)).await;
            take(&app, now() + hours(1), &kims("DECLINED", minute + 1)).await;
        }
        assert_eq!(noted(&app, &meeting).await, is(&[("kim@example.net", Answer::Declined)]));
        assert_eq!(sent.drain(&app, || now() + hours(1)).await.len(), 2, "all are noted, two are told");
        let kim = EmailAddress::parse("kim@example.net").unwrap();
        change(&app, &as_agent(&anna), meeting.id, Guests::Without(kim.clone()), None).await.unwrap();
        change(&app, &as_agent(&anna), meeting.id, Guests::With(kim), None).await.unwrap();
        assert_eq!(noted(&app, &meeting).await, []);
    }

    async fn sec_a11_who_does_not_know_the_invitation_answers_nothing(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (_, meeting, left) = booked(&app, &sent).await;
        let organizer = organizer(&left);
        let forged = format!("meetings+{}@example.com", "0".repeat(20));
        let good = |who| String::from_utf8(reply(&meeting, &organizer, who, "DECLINED", "20261123T070500Z")).unwrap();
        for mail in [
            String::from_utf8(reply(&meeting, &forged, "sam@example.org", "DECLINED", "20261123T070500Z")).unwrap(),
            good("stranger@example.org"),
            good("anna@example.com"),
            good("sam@example.org").replace("From: sam@example.org", "From: Kim@example.net"),
            good("sam@example.org").replace("BEGIN:VEVENT", "BEGIN:VEVENT\r\nDTSTART:20261201T090000Z"),
            good("sam@example.org").replace("METHOD:REPLY", "METHOD:REQUEST"),
            good("sam@example.org").replace("DECLINED", "DELEGATED"),
            good("sam@example.org").replace("UID:mtg_", "UID:mtg-"),
            good("sam@example.org").replace("mailto:", "https:"),
            good("sam@example.org").replace("END:VEVENT", "ATTENDEE;PARTSTAT=DECLINED:mailto:kim@example.net\r\nEND:VEVENT"),
            good("sam@example.org").replace("Subject: Re", "Subject: Re\r\nAuto-Submitted: auto-replied"),
            good("sam@example.org").replace("BEGIN:VEVENT", &"X-LONG:1\r\n".repeat(3_000)),
        ] {
            take(&app, now(), mail.as_bytes()).await;
            assert_eq!(noted(&app, &meeting).await, [], "{}", &mail[..mail.len().min(600)]);
        }
        assert_eq!(sent.drain(&app, now).await.len(), 0);
        take(&app, now(), good("SAM@example.org").as_bytes()).await;
        assert_eq!(noted(&app, &meeting).await, is(&[("sam@example.org", Answer::Declined)]));
    }
}
