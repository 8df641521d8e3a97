//! The parts of a mail: what stands in them, and what never does.

use crate::common::{self, hidden_email, hostile, life, messages, ordinary, outbox, tzdb};
use crate::readers;
use nameplate_domain::account::{EmailAddress, Visibility};
use nameplate_i18n::Locale;
use nameplate_notify::account::{AccountEvent, AccountNotice};
use nameplate_notify::meeting::{MeetingFacts, MeetingNotice, RecipientRole, add_to_calendar};
use nameplate_notify::report::Why;
use nameplate_notify::{Composed, account, ics, meeting};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What Python's email package reads.
pub fn read(mails: &[Composed]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let write = |(n, mail): (usize, &Composed)| {
        let file = folder.path().join(format!("{n}.eml"));
        std::fs::write(&file, &mail.raw).unwrap();
        file
    };
    let files: Vec<PathBuf> = mails.iter().enumerate().map(write).collect();
    readers::python("read_mail.py", &files).into_iter().map(|reading| reading.fields).collect()
}

fn compose(facts: &MeetingFacts, role: RecipientRole) -> Composed {
    let kind = meeting::Notification::Scheduled;
    let notice = MeetingNotice { kind, role, id: outbox(9), first: Some(outbox(9)), test: None, facts };
    meeting::compose(&notice, &tzdb(), common::at(common::NOW)).unwrap()
}

/// The addresses that the HTML links to or loads.
pub fn addresses(html: &str) -> Vec<&str> {
    let after = |name| html.split(name).skip(1).filter_map(|rest: &str| rest.split('"').next());
    after(" href=\"").chain(after(" src=\"")).collect()
}

/// Tags, by name.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).filter_map(|rest| rest.split([' ', '>']).next()).collect()
}

#[test]
fn sec_c7_only_our_links_and_elements_stand_in_a_mail() {
    for typed in hostile() {
        for role in RecipientRole::SIDES.iter().copied() {
            let mails: Vec<Composed> =
                messages(&typed, Visibility::default(), role).into_iter().map(|(_, _, mail)| mail).collect();
            for fields in read(&mails) {
                let (html, text) = (fields["html"].as_str().unwrap(), fields["text"].as_str().unwrap());
                assert!(html.len() < 60_000, "{}", html.len());
                for address in addresses(html) {
                    let ours = [
                        "https://meet.example.com/",
                        "https://calendar.google.com/",
                        "https://outlook.live.com/",
                    ];
                    let known = ours.iter().any(|start| address.starts_with(start))
                        || address == typed.place.replace('&', "&amp;")
                        || address.starts_with("tel:+")
                        || ["mailto:anna.berg@harbour.example", "mailto:zoe.o&#39;kafor+x@customer.example"]
                            .contains(&address);
                    assert!(known, "{}: {address}", typed.label);
                }
                for tag in tags(html) {
                    assert!(
                        !["script", "/script", "b", "/b", "img"].contains(&tag),
                        "{}: <{tag}",
                        typed.label
                    );
                }
                for (bait, from) in
                    [("https://evil", html), ("https://evil", text), ("www.evil.", html), ("a@evil.", text)]
                {
                    assert!(!from.contains(bait), "{}: {bait}", typed.label);
                }
            }
        }
    }
}

#[test]
fn ml_03_every_time_in_every_part_is_followed_by_its_zone() {
    for role in RecipientRole::SIDES.iter().copied() {
        let made = messages(&ordinary(), Visibility::default(), role);
        let mails: Vec<Composed> = made.iter().map(|(_, _, mail)| mail.clone()).collect();
        for (fields, (_, facts, _)) in read(&mails).iter().zip(&made) {
            let calendar = ics::download(facts, role, &tzdb(), common::at(common::NOW)).replace("\r\n ", "");
            let description =
                calendar.lines().find(|line| line.starts_with("DESCRIPTION")).unwrap().replace("\\,", ",");
            let html = fields["html"].as_str().unwrap();
            let body = html.split("</style>").nth(1).unwrap();
            let mut times = 0;
            for part in
                [fields["subject"].as_str().unwrap(), fields["text"].as_str().unwrap(), body, &description]
            {
                // The addresses hold times in their own form.
                let shown: Vec<&str> = part
                    .split([' ', '\n', '>'])
                    .filter(|word| !word.contains("://") && !word.contains("href"))
                    .collect();
                let shown = shown.join(" ");
                for (at, _) in shown.match_indices(':') {
                    let digits = |range: std::ops::Range<usize>| {
                        shown.get(range).is_some_and(|two| two.bytes().all(|b| b.is_ascii_digit()))
                    };
                    if at < 2 || !digits(at - 2..at) || !digits(at + 1..at + 3) {
                        continue;
                    }
                    times += 1;
                    let rest = &shown[at + 3..];
                    let rest = rest.strip_prefix('-').map_or(rest, |end| &end[5..]);
                    let zone = rest
                        .trim_start()
                        .strip_prefix('(')
                        .and_then(|rest| rest.split_once(')'))
                        .map(|(zone, _)| zone);
                    assert!(zone.is_some_and(|zone| zone.contains("UTC")), "{}", &shown[at - 2..]);
                }
            }
            assert!(times >= 8, "{times}");
        }
    }
}

#[test]
fn every_notification_is_written_in_every_language() {
    for locale in Locale::ALL {
        for role in RecipientRole::SIDES.iter().copied() {
            let mut told = Vec::new();
            let changed = common::changed(&ordinary(), Visibility::default());
            for (kind, mut facts) in life(&ordinary(), Visibility::default()).into_iter().chain([changed]) {
                facts.agent_locale = locale;
                facts.meeting.customer.locale = locale.tag().to_owned();
                let notice =
                    MeetingNotice { kind, role, id: outbox(9), first: None, test: None, facts: &facts };
                let mail = meeting::compose(&notice, &tzdb(), common::at(common::NOW)).unwrap();
                let fields = &read(std::slice::from_ref(&mail))[0];
                let text = fields["text"].as_str().unwrap();
                assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
                let other = if role == RecipientRole::Agent { "Zoë Okafor" } else { "Anna Berg" };
                assert!(mail.subject.contains(other) && mail.subject.contains("UTC"), "{}", mail.subject);
                for value in
                    ["Mortgage introduction", "https://meet.example.com/m/", "meet.example.com", "UTC"]
                {
                    assert!(text.contains(value), "{kind:?} {role:?} {locale:?}: {value} is not in\n{text}");
                }
                assert!(
                    text.contains("https://video.example.com/anna")
                        || kind == meeting::Notification::Cancelled,
                    "{text}"
                );
                told.push(text.lines().next().unwrap().to_owned());
            }
            let headings: std::collections::BTreeSet<_> = told.iter().collect();
            // To guests alone, and what leaves when a meeting is over.
            let others = 5;
            assert_eq!(
                headings.len(),
                meeting::Notification::ALL.len() - others,
                "each says what it is: {told:?}"
            );
        }
    }
}

#[test]
fn a_reminder_brings_no_calendar_file_and_says_that_a_program_wrote_it() {
    for (kind, _, mail) in messages(&ordinary(), Visibility::default(), RecipientRole::Customer) {
        let raw = String::from_utf8(mail.raw).unwrap();
        let reminds = [meeting::Notification::Reminder, meeting::Notification::StartsSoon].contains(&kind);
        assert_eq!(raw.contains("text/calendar"), !reminds, "{kind:?}");
        assert_eq!(raw.contains("Auto-Submitted: auto-generated"), reminds, "{kind:?}");
    }
}

#[test]
fn a_hidden_address_is_nowhere_in_the_customers_copy() {
    let made = messages(&ordinary(), hidden_email(), RecipientRole::Customer);
    let mails: Vec<Composed> = made.iter().map(|(_, _, mail)| mail.clone()).collect();
    for (fields, (_, facts, mail)) in read(&mails).iter().zip(&made) {
        let file = ics::download(facts, RecipientRole::Customer, &tzdb(), common::at(common::NOW));
        let raw = String::from_utf8(mail.raw.clone()).unwrap();
        for part in [fields["text"].as_str().unwrap(), fields["html"].as_str().unwrap(), &file, &raw] {
            assert!(!part.contains("anna.berg@harbour"), "{part}");
        }
        assert!(fields["text"].as_str().unwrap().contains("Phone: +31 30 123 4567"));
    }
    // The agent's own copy is not hidden from the agent.
    let agents = messages(&ordinary(), hidden_email(), RecipientRole::Agent);
    assert_eq!(agents[0].2.to, "anna.berg@harbour.example");
}

#[test]
fn the_tree_is_the_one_that_calendars_find_the_invitation_in() {
    let part = |kind: &str, disposition: Option<&str>, encoding: &str| json!({"type": kind, "disposition": disposition, "name": null, "encoding": encoding, "method": null});
    let text = part("text/plain", None, "quoted-printable");
    let html = part("text/html", None, "quoted-printable");
    let mut calendar = part("text/calendar", None, "base64");
    calendar["method"] = json!("REQUEST");
    let mut attachment = part("application/ics", Some("attachment"), "base64");
    attachment["name"] = json!("invite.ics");
    let tree = |kind: &str, parts: &[&Value]| {
        let mut tree = part(kind, None, "");
        tree["parts"] = json!(parts);
        tree
    };
    let mut facts = common::facts(&ordinary(), Visibility::default());
    let plain = compose(&facts, RecipientRole::Customer);
    facts.agent_picture = Some(vec![0xff, 0xd8, 0xff, 0xe0, b'\n', b'.', b'\n']);
    let pictured = compose(&facts, RecipientRole::Customer);
    facts.agent.picture = None;
    let hidden = compose(&facts, RecipientRole::Customer);
    let picture = part("image/jpeg", Some("inline"), "base64");
    let found = read(&[plain.clone(), pictured.clone(), hidden.clone()]);
    let without =
        tree("multipart/mixed", &[&tree("multipart/alternative", &[&text, &html, &calendar]), &attachment]);
    let related = tree("multipart/related", &[&html, &picture]);
    let with = tree(
        "multipart/mixed",
        &[&tree("multipart/alternative", &[&text, &related, &calendar]), &attachment],
    );
    assert_eq!((&found[0]["tree"], &found[1]["tree"], &found[2]["tree"]), (&without, &with, &without));
    assert!(addresses(found[1]["html"].as_str().unwrap()).contains(&"cid:picture@nameplate"));
    assert!(found[1]["html"].as_str().unwrap().contains("alt=\"Picture of Anna Berg\""));
    assert_eq!(
        plain,
        compose(&common::facts(&ordinary(), Visibility::default()), RecipientRole::Customer),
        "a second try has the same bytes"
    );
}

#[test]
fn a_download_invites_nobody_and_web_calendars_get_the_instant() {
    let (_, facts) = life(&ordinary(), Visibility::default()).remove(1);
    let file = ics::download(&facts, RecipientRole::Customer, &tzdb(), common::at(common::NOW));
    assert!(file.contains("\r\nMETHOD:PUBLISH\r\n") && file.contains("\r\nSEQUENCE:1\r\n"));
    assert!(!file.contains("ATTENDEE") && file.contains("ORGANIZER;CN=\"Anna Berg (Harbour Advice)\""));
    let links = add_to_calendar(&facts, RecipientRole::Customer, &tzdb());
    for (link, host, time) in [
        (&links.google, "calendar.google.com", "dates=20261202T153000Z%2F20261202T160000Z"),
        (
            &links.outlook,
            "outlook.live.com",
            "startdt=2026-12-02T15%3A30%3A00Z&enddt=2026-12-02T16%3A00%3A00Z",
        ),
        (&links.microsoft365, "outlook.office.com", "startdt=2026-12-02T15%3A30%3A00Z"),
        (&links.yahoo, "calendar.yahoo.com", "st=20261202T153000Z&et=20261202T160000Z"),
    ] {
        let url = url::Url::parse(link).unwrap();
        assert_eq!(url.host_str(), Some(host));
        assert!(link.contains(time), "{link}");
        let values: Vec<String> = url.query_pairs().map(|(_, value)| value.into_owned()).collect();
        assert!(values.contains(&"Mortgage introduction with Anna Berg".to_owned()), "{link}");
        assert!(values.contains(&"https://video.example.com/anna".to_owned()), "{link}");
    }
}

/// What is told about accounts: the event, the subject, the mail.
pub fn account_mails() -> Vec<(AccountEvent, &'static str, Composed)> {
    let agent = common::agent(&ordinary());
    let facts = common::facts(&ordinary(), Visibility::default());
    let new = EmailAddress::parse("anna@b\u{fc}cher.example").unwrap();
    let link = "https://meet.example.com/confirm/email/AbC".to_owned();
    let cases = [
        (
            AccountEvent::EmailChange { new: new.clone(), link, code: "042917".into() },
            new.clone(),
            "Confirm your new email address",
        ),
        (
            AccountEvent::EmailChanged {
                old: agent.email.clone(),
                new: new.clone(),
                undo: Some(("https://meet.example.com/undo/email/AbC".into(), common::at(common::NOW))),
            },
            agent.email.clone(),
            "The email address of your account was changed",
        ),
        (
            AccountEvent::EmailChanged { old: agent.email.clone(), new: new.clone(), undo: None },
            agent.email.clone(),
            "The email address of your account was changed",
        ),
        (
            AccountEvent::EmailRestored { replaced: new.clone(), restored: agent.email.clone() },
            new.clone(),
            "The email address of your account was changed back",
        ),
        (AccountEvent::PasswordChanged, agent.email.clone(), "Your password was changed"),
        (AccountEvent::TwoStepOn, agent.email.clone(), "Two-step sign-in was turned on"),
        (AccountEvent::TwoStepOff, agent.email.clone(), "Two-step sign-in was turned off"),
        (AccountEvent::TwoStepTries, agent.email.clone(), "Somebody typed wrong codes for your account"),
        (AccountEvent::RecoveryCodesNew, agent.email.clone(), "You have new recovery codes"),
        (
            AccountEvent::DeliveryProblem {
                customer: "Zo\u{eb} https://evil.example/x".into(),
                address: new.clone(),
                meeting: "Mortgage introduction".into(),
                time: (common::at(common::NOW), common::at("2026-11-22T12:30:00Z")),
                why: Why::NoMailbox,
                link: "https://meet.example.com/m/AbC".into(),
            },
            agent.email.clone(),
            "An email about your meeting was not delivered",
        ),
        (
            AccountEvent::AttendanceDeclined {
                customer: "Zo\u{eb} https://evil.example/x".into(),
                address: new.clone(),
                meeting: "Mortgage introduction".into(),
                time: (common::at(common::NOW), common::at("2026-11-22T12:30:00Z")),
                link: "https://meet.example.com/m/AbC".into(),
            },
            agent.email.clone(),
            "Somebody will not come to your meeting",
        ),
        (AccountEvent::RecoveryCodeUsed { left: 3 }, agent.email.clone(), "A recovery code was used"),
        (
            AccountEvent::PasswordReset {
                link: "https://meet.example.com/reset/AbC".into(),
                until: common::at(common::NOW),
            },
            agent.email.clone(),
            "Set a new password",
        ),
    ];
    let compose = |(event, to, subject): (AccountEvent, EmailAddress, &'static str)| {
        let notice = AccountNotice {
            id: outbox(7),
            to: &to,
            name: &agent.name,
            zone: &agent.time_zone,
            event: &event,
            at: common::at(common::NOW),
            organisation: &facts.organisation,
            mail_from: &facts.mail_from,
            locale: Locale::En,
            hours: nameplate_i18n::time::HourCycle::H24,
        };
        let mail = account::compose(&notice, &tzdb(), common::at(common::NOW)).unwrap();
        assert_eq!(mail.to, to.as_str());
        (event, subject, mail)
    };
    cases.into_iter().map(compose).collect()
}

#[test]
fn account_mails_hold_the_code_and_are_marked_as_automatic() {
    let cases = account_mails();
    let mails: Vec<Composed> = cases.iter().map(|(_, _, mail)| mail.clone()).collect();
    for (fields, (event, subject, _)) in read(&mails).iter().zip(&cases) {
        let text = fields["text"].as_str().unwrap();
        assert_eq!(fields["subject"].as_str(), Some(*subject));
        assert_eq!(fields["auto_submitted"], "auto-generated");
        assert_eq!(fields["from"], json!([["Harbour Advice", "nameplate@mail.example.com"]]));
        assert_eq!(fields["tree"]["type"], "multipart/alternative");
        let of_a_meeting =
            matches!(event, AccountEvent::DeliveryProblem { .. } | AccountEvent::AttendanceDeclined { .. });
        if of_a_meeting {
            assert!(text.contains("Sunday 22 November 2026, 13:00-13:30 (Amsterdam, CET, UTC+1)"), "{text}");
            let undelivered = matches!(event, AccountEvent::DeliveryProblem { .. });
            assert_eq!(text.contains("There is no mailbox with this address."), undelivered, "{text}");
            assert!(text.contains("/m/AbC"), "{text}");
            assert!(
                !text.contains("https://evil") && !fields["html"].as_str().unwrap().contains("https://evil")
            );
        } else {
            assert!(text.contains("Sunday 22 November 2026, 13:00 (Amsterdam, CET, UTC+1)"), "{text}");
        }
        let has_code = text.contains("042917") && text.contains("/confirm/email/AbC");
        assert_eq!(has_code, matches!(event, AccountEvent::EmailChange { .. }));
        let names_new = matches!(
            event,
            AccountEvent::EmailChange { .. }
                | AccountEvent::EmailChanged { .. }
                | AccountEvent::EmailRestored { .. }
                | AccountEvent::DeliveryProblem { .. }
                | AccountEvent::AttendanceDeclined { .. }
        );
        assert_eq!(text.contains("anna@b\u{fc}cher.example"), names_new, "{text}");
        let says_left = text.contains("3 recovery codes are left");
        assert_eq!(says_left, matches!(event, AccountEvent::RecoveryCodeUsed { .. }), "{text}");
        let has_link = text.contains("https://meet.example.com/reset/AbC");
        assert_eq!(has_link, matches!(event, AccountEvent::PasswordReset { .. }), "{text}");
        let can_undo = text.contains("https://meet.example.com/undo/email/AbC");
        assert_eq!(can_undo, matches!(event, AccountEvent::EmailChanged { undo: Some(_), .. }), "{text}");
    }
}
