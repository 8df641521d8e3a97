//! Five hundred generated meetings through readers and calendar servers that we did not write: 0 differences in any field,
//! and every file is taken.

use crate::consumers::{as_read_by, suffixed};
use crate::generated::{Case, OPERATIONS, Sent};
use crate::generated_values::cases;
use crate::readers;
use jiff::Timestamp;
use nameplate_notify::feed::{self, Shows};
use nameplate_testkit::tools;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The mails as files, and the paths of their calendar parts with what must be read of each.
fn written(folder: &Path) -> BTreeMap<PathBuf, Sent> {
    let mut mails = Vec::new();
    let mut parts = BTreeMap::new();
    let cases = cases();
    for sent in cases.iter().flat_map(Case::life) {
        let mail = folder.join(format!("{}.eml", sent.name));
        std::fs::write(&mail, &sent.mail.raw).unwrap();
        parts.insert(suffixed(&mail, ".request.ics"), sent);
        mails.push(mail);
    }
    readers::python("read_mail.py", &mails);
    parts
}

#[test]
fn sec_c05_five_hundred_meetings_are_read_alike_by_every_reader() {
    let folder = tempfile::tempdir().unwrap();
    let parts = written(folder.path());
    let meetings: std::collections::BTreeSet<_> =
        parts.values().map(|sent| &sent.expected["uid"]).map(Value::as_str).collect();
    assert_eq!(meetings.len(), 500);
    let files: Vec<PathBuf> = parts.keys().cloned().collect();
    let readings = std::thread::scope(|scope| {
        let others = scope.spawn(|| {
            let mut others = readers::node("read_calendar.mjs", &files);
            others.extend(readers::libical(folder.path(), &files));
            others
        });
        let mut readings = readers::python("read_calendar.py", &files);
        readings.extend(others.join().unwrap());
        readings
    });
    assert_eq!(readings.len(), files.len() * 7);

    let mut differences = Vec::new();
    for reading in &readings {
        for (field, value) in parts[&reading.file].expected.as_object().unwrap() {
            // The `ics` package keeps neither sequence nor people of ours.
            if reading.reader == "ics" && ["sequence", "organizer", "attendees"].contains(&&**field) {
                continue;
            }
            let (read, value) = (&reading.fields[field], &as_read_by(&reading.reader, value));
            if read != value {
                let (name, fault) = (&parts[&reading.file].name, &reading.fields["error"]);
                let apart = apart(&read.to_string(), &value.to_string());
                differences.push(format!("{name} {} {field}: {apart} {fault}", reading.reader));
            }
        }
    }
    let shown = differences.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} differences:\n{shown}", differences.len());
    for (file, sent) in &parts {
        in_good_form(&std::fs::read(file).unwrap(), sent);
    }
}

/// Where two values part.
fn apart(read: &str, meant: &str) -> String {
    let same = read.chars().zip(meant.chars()).take_while(|(one, other)| one == other).count();
    let rest = |text: &str| text.chars().skip(same.saturating_sub(20)).take(80).collect::<String>();
    format!("{} instead of {}", rest(read), rest(meant))
}

/// What no reader tells: lines of 75 octets that are text each, METHOD on one of them, no empty line, one event, and as many
/// properties as the values leave no say in.
fn in_good_form(file: &[u8], sent: &Sent) {
    let text = std::str::from_utf8(file).unwrap();
    let name = &sent.name;
    assert!(text.ends_with("\r\nEND:VCALENDAR\r\n") && !text.contains("\r\n\r\n"), "{name}");
    let lines: Vec<&str> = text.trim_end_matches("\r\n").split("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{name}");
    let method = format!("METHOD:{}", sent.expected["method"].as_str().unwrap());
    assert_eq!(lines.iter().filter(|line| **line == method).count(), 1, "{name}");
    let names =
        |wanted: &str| lines.iter().filter(|line| line.split([':', ';']).next() == Some(wanted)).count();
    for once in ["BEGIN:VEVENT", "END:VEVENT"] {
        assert_eq!(lines.iter().filter(|line| **line == once).count(), 1, "{name}");
    }
    for once in
        ["UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "ORGANIZER", "STATUS"]
    {
        assert_eq!(names(once), 1, "{name} {once}");
    }
    assert_eq!(names("ATTENDEE"), sent.expected["attendees"].as_array().unwrap().len(), "{name}");
    for never in ["VTIMEZONE", "RRULE", "VALARM", "X-ALT-DESC", "TZID"] {
        assert!(lines.iter().all(|line| !line.starts_with(never)), "{name} {never}");
    }
}

/// The one event of a feed as a program puts it into a calendar: without what speaks of the feed, and without METHOD, on
/// which servers would send invitations.
fn entry(sent: &Sent, now: Timestamp) -> String {
    let feed = feed::feed(
        std::slice::from_ref(&sent.facts),
        Shows::Everything,
        "Anna Berg",
        &crate::common::tzdb(),
        now,
    );
    let of_the_feed = ["METHOD:", "X-WR-CALNAME:", "REFRESH-INTERVAL", "X-PUBLISHED-TTL:"];
    feed.split_inclusive("\r\n")
        .filter(|line| !of_the_feed.iter().any(|name| line.starts_with(name)))
        .collect()
}

#[test]
fn two_calendar_servers_take_every_state_of_every_meeting() {
    let folder = tempfile::tempdir().unwrap();
    let now = crate::common::at(crate::common::NOW);
    let mut files = Vec::new();
    for (n, sent) in cases().iter().flat_map(|case| case.life().enumerate()) {
        let uid = sent.expected["uid"].as_str().unwrap();
        let file = folder.path().join(format!("{uid}.{n}.ics"));
        std::fs::write(&file, entry(&sent, now)).unwrap();
        files.push((file, sent.expected));
    }
    let paths: Vec<PathBuf> = files.iter().map(|(file, _)| file.clone()).collect();
    let answers = readers::python("put_calendar.py", &paths);
    assert_eq!(answers.len(), 2 * 500 * OPERATIONS.len());
    let expected: BTreeMap<_, _> = files.into_iter().collect();
    for answer in answers {
        let (expected, fields) = (&expected[&answer.file], &answer.fields);
        let about = format!("{} {:?} {fields}", answer.reader, answer.file);
        let is_new = expected["sequence"] == 0;
        let taken = fields["answers"].as_array().unwrap();
        if is_new {
            // Made; and not made again, since it is there.
            assert_eq!(taken, &[json!(201), json!(412)], "{about}");
        } else {
            assert!([json!(201), json!(204)].contains(&taken[0]), "{about}");
        }
        if expected["method"] == "CANCEL" {
            assert_eq!(fields["sequence"], expected["sequence"].to_string(), "{about}");
            assert_eq!(
                (&fields["uid"], &fields["status"]),
                (&expected["uid"], &expected["status"]),
                "{about}"
            );
        }
    }
}

/// What Xandikos holds of a meeting behind these mails.
fn imported(folder: &Path, mails: &[&Sent]) -> Vec<[String; 3]> {
    let store = folder.join("store");
    let mut states = Vec::new();
    for sent in mails {
        let mail = folder.join("mail.eml");
        std::fs::write(&mail, &sent.mail.raw).unwrap();
        let output = Command::new(tools::python().with_file_name("xandikos"))
            .args(["import-imip", "--autocreate", "-d"])
            .arg(&store)
            .stdin(std::fs::File::open(&mail).unwrap())
            .output()
            .expect("xandikos: run the tests with `cargo xtask test`");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let entries = std::fs::read_dir(store.join("user/calendars/calendar")).unwrap();
        let files: Vec<_> = entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "ics"))
            .collect();
        assert_eq!(files.len(), 1, "one entry, whatever happens to it: {files:?}");
        let text = std::fs::read_to_string(&files[0]).unwrap();
        let line =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
        assert_eq!(line("UID:"), sent.expected["uid"].as_str().unwrap());
        states.push(["SEQUENCE:", "DTSTART:", "STATUS:"].map(line));
    }
    states
}

#[test]
fn a_mailbox_moves_the_one_entry_of_a_generated_meeting_and_calls_it_off() {
    // Some of those that somebody thought of, and some that nobody did.
    for case in cases().iter().step_by(131) {
        let folder = tempfile::tempdir().unwrap();
        let life: Vec<Sent> = case.life().collect();
        let mut states: Vec<[String; 3]> = Vec::new();
        for sent in &life {
            let start = sent.expected["start"].as_str().unwrap().to_owned();
            let mut state = [sent.expected["sequence"].to_string(), start, "CONFIRMED".to_owned()];
            if sent.expected["method"] == "CANCEL" {
                // Xandikos takes the status of a CANCEL and leaves the rest of its entry.
                state.clone_from(states.last().unwrap());
                "CANCELLED".clone_into(&mut state[2]);
            }
            states.push(state);
        }
        let mails: Vec<&Sent> = life.iter().collect();
        assert_eq!(imported(folder.path(), &mails), states, "{case:?}");
    }
}

/// The trap for which the outbox keeps the order and drops what is overtaken: this mailbox does not look at SEQUENCE.
#[test]
fn an_invitation_that_comes_late_moves_the_entry_back() {
    let folder = tempfile::tempdir().unwrap();
    let life: Vec<Sent> = cases()[0].life().collect();
    let states = imported(folder.path(), &[&life[1], &life[0]]);
    assert_eq!(states[1][0], "0");
    assert_eq!(states[1][1], life[0].expected["start"].as_str().unwrap());
}
