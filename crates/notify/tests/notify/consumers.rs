//! The life of a meeting, read back by programs that we did not write: every field equal, for every set of values.

use crate::common::{Typed, hidden_email, hostile, messages};
use crate::readers;
use jiff::Timestamp;
use nameplate_domain::account::Visibility;
use nameplate_domain::placeholder::clean;
use nameplate_notify::meeting::{MeetingFacts, Notification, RecipientRole};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each message of each life that brings a calendar file as a file, with what must be read from its calendar part.
fn written(folder: &Path) -> Vec<(PathBuf, Value)> {
    let mut files = Vec::new();
    for (n, typed) in hostile().iter().enumerate() {
        for role in RecipientRole::SIDES.iter().copied() {
            let visibility = if n % 2 == 0 { Visibility::default() } else { hidden_email() };
            for (kind, facts, mail) in messages(typed, visibility, role) {
                if [Notification::Reminder, Notification::StartsSoon].contains(&kind) {
                    continue;
                }
                let name = format!("{n:02}-{}-{}.eml", role.as_str(), kind.as_str());
                std::fs::write(folder.join(&name), mail.raw).unwrap();
                files.push((folder.join(name), expected(typed, kind, role, &facts)));
            }
        }
    }
    files
}

pub fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The parameter rule, stated once more: quotes, semicolons and backslashes become their neighbours, controls and outer spaces go, no carets that a
/// reader of RFC 6868 would decode.
pub fn parameter(text: &str) -> String {
    let text = text.replace('"', "'").replace(';', ",").replace('\\', "/");
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let mut kept: Vec<char> = Vec::new();
    for c in text.chars() {
        if ['n', '^', '\''].contains(&c) && kept.last() == Some(&'^') {
            kept.pop();
        }
        kept.push(c);
    }
    kept.into_iter().collect::<String>().trim().to_owned()
}

/// U+200B behind the signs that make links, as customers' text has it.
pub fn delinked(text: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (n, c) in chars.iter().enumerate() {
        out.push(*c);
        if ['.', '@', ':'].contains(c) && chars.get(n + 1).is_some_and(|next| !next.is_whitespace()) {
            out.push('\u{200B}');
        }
    }
    out
}

pub fn person(address: &str, name: &str, role: &str, partstat: &str, rsvp: &str) -> Value {
    json!({"address": address, "name": parameter(name), "role": role, "partstat": partstat, "rsvp": rsvp})
}

fn expected(typed: &Typed, kind: Notification, role: RecipientRole, facts: &MeetingFacts) -> Value {
    let meeting = &facts.meeting;
    let cancelled = kind == Notification::Cancelled;
    let other = match role {
        RecipientRole::Customer | RecipientRole::Guest => clean(&typed.agent, false),
        RecipientRole::Agent | RecipientRole::PreviousAgent => clean(&delinked(&typed.customer), false),
    };
    let prefix = if cancelled { "Cancelled: " } else { "" };
    let summary: String =
        format!("{prefix}{} with {other}", clean(&typed.title, false)).chars().take(200).collect();
    let agent = person("anna.berg@harbour.example", &typed.agent, "CHAIR", "ACCEPTED", "FALSE");
    let customer =
        person("zoe.o'kafor+x@customer.example", &typed.customer, "REQ-PARTICIPANT", "ACCEPTED", "FALSE");
    let shown = role == RecipientRole::Agent || facts.agent.email.is_some();
    let (is_link, place) = (typed.place.starts_with("https://"), if cancelled { "" } else { &*typed.place });
    json!({
        "method": if cancelled { "CANCEL" } else { "REQUEST" },
        "uid": "mtg_0198f2c4000070008000000000000042@meet.example.com",
        "sequence": meeting.sequence,
        "start": utc(meeting.start),
        "end": utc(meeting.end),
        "summary": summary,
        "location": place,
        "url": if is_link { place } else { "" },
        "status": if cancelled { "CANCELLED" } else { "CONFIRMED" },
        "organizer": person("meetings+0a1b2c3d4e@mail.example.com", &format!("{} ({})", typed.agent, typed.organisation), "", "", ""),
        "attendees": if shown { json!([agent, customer]) } else { json!([customer]) },
    })
}

#[test]
fn every_reader_reads_the_same_invitation() {
    let folder = tempfile::tempdir().unwrap();
    let files = written(folder.path());
    let mails: Vec<PathBuf> = files.iter().map(|(file, _)| file.clone()).collect();
    readers::python("read_mail.py", &mails);
    let calendars: Vec<PathBuf> = mails.iter().map(|file| suffixed(file, ".request.ics")).collect();
    let mut readings = readers::python("read_calendar.py", &calendars);
    readings.extend(readers::node("read_calendar.mjs", &calendars));
    readings.extend(readers::libical(folder.path(), &calendars));
    assert_eq!(readings.len(), files.len() * 7);

    let mut descriptions: BTreeMap<&Path, &str> = BTreeMap::new();
    let mut differences = Vec::new();
    for reading in &readings {
        let (_, expected) =
            files.iter().find(|(file, _)| suffixed(file, ".request.ics") == reading.file).unwrap();
        let name = reading.file.file_name().unwrap().to_string_lossy();
        for (field, value) in expected.as_object().unwrap() {
            // The `ics` package keeps neither sequence nor people of ours.
            if reading.reader == "ics" && ["sequence", "organizer", "attendees"].contains(&&**field) {
                continue;
            }
            let read = &reading.fields[field];
            let value = &as_read_by(&reading.reader, value);
            if read != value {
                differences.push(format!(
                    "{name} {} {field}: {read} instead of {value} {}",
                    reading.reader, reading.fields["error"]
                ));
            }
        }
        let Some(description) = reading.fields["description"].as_str() else { continue };
        let first = descriptions.entry(&reading.file).or_insert(description);
        if as_read_by(&reading.reader, &json!(first)) != description {
            differences
                .push(format!("{name} {} description: {description:?} instead of {first:?}", reading.reader));
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));

    for (file, description) in descriptions {
        let (_, expected) = files.iter().find(|(mail, _)| suffixed(mail, ".request.ics") == file).unwrap();
        let links = expected["status"] != "CANCELLED";
        assert_eq!(
            description.contains("/reschedule\n") && description.contains("/cancel"),
            links,
            "{description}"
        );
        assert!(description.contains(", UTC+1)") && description.contains(", UTC-5)"), "{description}");
        let (request, attachment) = (
            std::fs::read(file).unwrap(),
            std::fs::read(file.to_string_lossy().replace(".request.", ".attachment.")).unwrap(),
        );
        assert_eq!(request, attachment);
        for line in request.split(|byte| *byte == b'\n') {
            assert!(
                line.len() <= 76 && std::str::from_utf8(line).is_ok(),
                "{}",
                String::from_utf8_lossy(line)
            );
        }
        assert!(!String::from_utf8_lossy(&request).contains("\r\n\r\n"));
    }
}

/// What a reader makes of a text where it does not keep to RFC 5545 section 3.3.11. No way to write it helps:
/// - node-ical 0.26 undoes `\n` and `\N` before `\\`, ics 0.7 also `\r` and `\R`, which are no escapes at all: the text `\n`
///   (`C:\new`) gets a line break;
/// - node-ical 0.26 takes a pair of quotes around a whole text away.
pub fn as_read_by(reader: &str, value: &Value) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    let broken = || text.replace("\\n", "\\\n").replace("\\N", "\\\n");
    match reader {
        "ics" => json!(broken().replace("\\r", "\\\r").replace("\\R", "\\\r")),
        "node-ical" => {
            let text = broken();
            let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let inner = inner.filter(|inner| !inner.contains(['\n', '\r', '\u{2028}', '\u{2029}']));
            json!(inner.unwrap_or(&text))
        }
        _ => value.clone(),
    }
}

pub fn suffixed(file: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}{end}", file.display()))
}

#[test]
fn every_reader_reads_the_same_mail() {
    let folder = tempfile::tempdir().unwrap();
    let files = written(folder.path());
    let mails: Vec<PathBuf> = files.iter().map(|(file, _)| file.clone()).collect();
    let python = readers::python("read_mail.py", &mails);
    let node = readers::node("read_mail.mjs", &mails);
    assert_eq!((python.len(), node.len()), (files.len(), files.len()));
    let mut sets = hostile().into_iter();
    let per_set = files.len() / sets.len();
    for (n, (read, other)) in python.iter().zip(&node).enumerate() {
        let typed = if n % per_set == 0 { sets.next() } else { None }
            .unwrap_or_else(|| hostile()[n / per_set].clone());
        let role = if n % per_set < per_set / 2 { RecipientRole::Customer } else { RecipientRole::Agent };
        let hidden = (n / per_set) % 2 == 1;
        let (read, other) = (&read.fields, &other.fields);
        let agent = json!([[clean(&typed.agent, false), "anna.berg@harbour.example"]]);
        let customer = json!([[clean(&typed.customer, false), "zoe.o'kafor+x@customer.example"]]);
        let sender = clean(&format!("{} ({})", typed.agent, typed.organisation), false);
        assert_eq!(
            read["from"],
            json!([[sender, "meetings+0a1b2c3d4e@mail.example.com"]]),
            "{}",
            typed.label
        );
        let (to, reply_to) = match role {
            RecipientRole::Customer | RecipientRole::Guest => {
                (customer, if hidden { json!([]) } else { agent })
            }
            RecipientRole::Agent | RecipientRole::PreviousAgent => (agent, customer),
        };
        assert_eq!((&read["to"], &read["reply_to"]), (&to, &reply_to), "{}", typed.label);
        for field in ["from", "to", "reply_to", "subject", "message_id", "in_reply_to"] {
            assert_eq!(read[field], other[field], "{} {field}", typed.label);
        }
        assert_eq!(
            read["text"].as_str().unwrap().trim_end(),
            other["text"].as_str().unwrap().trim_end(),
            "{}",
            typed.label
        );
        assert_eq!(
            read["html"].as_str().unwrap().trim_end(),
            other["html"].as_str().unwrap().trim_end(),
            "{}",
            typed.label
        );
        assert_eq!(read["defects"], json!([]), "{}", typed.label);
        assert_eq!((&read["auto_submitted"], &read["bare_line_ends"]), (&Value::Null, &json!(0)));
        assert!(read["longest_line"].as_u64().unwrap() < 200, "{}", read["longest_line"]);
        let mut headers = vec![
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "x-auto-response-suppress",
            "reply-to",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
        ];
        headers.retain(|name| {
            (*name != "reply-to" || reply_to != json!([]))
                && (n % (per_set / 2) > 0 || !["in-reply-to", "references"].contains(name))
        });
        assert_eq!(read["headers"], json!(headers), "{}", typed.label);
    }
}

/// `messages.md` section 8: a mailbox that acts on invitations. The one entry appears, moves, and is called off.
#[test]
fn a_mailbox_applies_the_life_to_one_entry() {
    for typed in [crate::common::ordinary(), hostile()[4].clone()] {
        let folder = tempfile::tempdir().unwrap();
        let mut states = Vec::new();
        for (_, _, mail) in messages(&typed, hidden_email(), RecipientRole::Customer) {
            let file = folder.path().join("mail.eml");
            std::fs::write(&file, mail.raw).unwrap();
            let python = nameplate_testkit::tools::python();
            let output = Command::new(python.with_file_name("xandikos"))
                .args(["import-imip", "--autocreate", "-d"])
                .arg(folder.path().join("store"))
                .stdin(std::fs::File::open(&file).unwrap())
                .output()
                .expect("xandikos: run the tests with `cargo xtask test`");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let entries: Vec<PathBuf> =
                std::fs::read_dir(folder.path().join("store/user/calendars/calendar"))
                    .unwrap()
                    .map(|entry| entry.unwrap().path())
                    .filter(|path| path.extension().is_some_and(|e| e == "ics"))
                    .collect();
            assert_eq!(entries.len(), 1, "{entries:?}");
            let entry = readers::python("read_calendar.py", &entries);
            let fields = &std::fs::read_to_string(&entries[0]).unwrap();
            let line = |name: &str| {
                fields.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned()
            };
            assert!(entry.iter().any(|reading| reading.reader == "icalendar"));
            states.push([line("SEQUENCE"), line("DTSTART"), line("STATUS")]);
        }
        // Xandikos takes the status of a CANCEL and leaves the rest of its entry.
        let state = |sequence: u8, start: &str, status: &str| {
            [format!("SEQUENCE:{sequence}"), format!("DTSTART:{start}"), format!("STATUS:{status}")]
        };
        assert_eq!(
            states,
            [
                state(0, "20261201T130000Z", "CONFIRMED"),
                state(1, "20261202T153000Z", "CONFIRMED"),
                state(2, "20261202T153000Z", "CONFIRMED"),
                // Reminders change nothing.
                state(2, "20261202T153000Z", "CONFIRMED"),
                state(2, "20261202T153000Z", "CONFIRMED"),
                state(2, "20261202T153000Z", "CANCELLED"),
            ]
        );
    }
}
