//! Contact files, read back by programs that we did not write: every field equal, for every set of values.

use crate::common::{agent, at, hostile};
use crate::consumers::parameter;
use crate::readers;
use nameplate_domain::account::card::Card;
use nameplate_domain::account::{Agent, CardField, JobTitle, Location, LocationField, Place, Visibility};
use nameplate_notify::vcard::{ContactFacts, file};
use serde_json::json;

const UID: &str = "urn:uuid:7f0c3e1a-8a11-8c55-9d1e-0123456789ab";
const PROFILE: &str = "https://meet.example.com/anna-berg";

fn facts(agent: &Agent, organisation: &str) -> ContactFacts {
    ContactFacts {
        card: Card::of(agent, Place::BookingPage),
        organisation: organisation.to_owned(),
        uid: UID.to_owned(),
        profile: PROFILE.to_owned(),
        source: format!("{PROFILE}.vcf"),
        picture: Some((0..=255).cycle().take(20_000).collect()),
        changed_at: at("2026-11-20T09:30:00Z"),
    }
}

fn everywhere() -> Visibility {
    CardField::ALL.iter().fold(Visibility::NOWHERE, |all, field| all.with(*field, &Place::ALL))
}

/// What is typed loses its controls but the line break and the tab.
fn kept(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// In a label, as in every quoted parameter.
fn label(parts: &[&str]) -> String {
    parameter(&parts.join(", "))
}

fn with_texts(typed: &crate::common::Typed) -> (Agent, String) {
    let mut agent = agent(typed);
    let text: String = typed.agent.chars().take(200).collect();
    agent.job_title = Some(JobTitle::stored(&*text));
    agent.location = Location::stored([
        (LocationField::Name, text.clone()),
        (LocationField::Street, format!("{text}\\ 1; b, c")),
        (LocationField::City, text.clone()),
        (LocationField::Country, "NL".to_owned()),
    ]);
    agent.visibility = everywhere();
    (agent, text)
}

#[test]
fn every_reader_reads_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (n, typed) in hostile().iter().enumerate() {
        let (agent, text) = with_texts(typed);
        let path = folder.path().join(format!("{n:02}.vcf"));
        std::fs::write(&path, file(&facts(&agent, &typed.organisation))).unwrap();
        let street = format!("{text}\\ 1; b, c");
        let expected = json!({
            "version": "4.0", "uid": UID, "name": kept(&typed.agent), "organisation": kept(&typed.organisation),
            "title": kept(&text), "email": "anna.berg@harbour.example", "phone": "tel:+31301234567",
            "address": [kept(&street), kept(&text), "", "", "Netherlands"],
            "label": label(&[&text, &street, &text, "Netherlands"]),
            "zone": "Europe/Amsterdam", "url": PROFILE, "source": format!("{PROFILE}.vcf"),
        });
        files.push((typed.label, path, expected));
    }
    let paths: Vec<_> = files.iter().map(|(_, path, _)| path.clone()).collect();
    let mut readings = readers::python("read_contact.py", &paths);
    readings.extend(readers::node("read_contact.mjs", &paths));
    assert_eq!(readings.len(), 2 * files.len());
    for mut reading in readings {
        let (name, _, expected) = files.iter().find(|(_, path, _)| *path == reading.file).unwrap();
        let fields = reading.fields.as_object_mut().unwrap();
        // Readers write an instant in ways of their own, and the picture is long.
        let rev = fields.remove("rev").unwrap_or_default().as_str().unwrap().replace([':', '-'], "");
        assert_eq!(rev, "20261120T093000Z", "{name} by {}", reading.reader);
        let photo = fields.remove("photo");
        assert_eq!(photo.is_some(), reading.reader != "vobject");
        if let Some(photo) = photo {
            let photo = photo.as_str().unwrap();
            assert!(photo.starts_with("data:image/jpeg;base64,AAECAwQ"), "{name}: {photo}");
            assert_eq!(photo.len(), "data:image/jpeg;base64,".len() + 20_000_usize.div_ceil(3) * 4);
        }
        assert_eq!(reading.fields, *expected, "{name} by {}", reading.reader);
    }
}

#[test]
fn what_is_hidden_on_the_booking_page_is_not_in_the_file() {
    let (mut agent, _) = with_texts(&crate::common::ordinary());
    agent.visibility =
        CardField::ALL.iter().fold(Visibility::NOWHERE, |all, field| all.with(*field, &[Place::Messages]));
    let hidden = file(&facts(&agent, "Harbour Advice"));
    for property in ["EMAIL", "TEL", "TITLE", "ADR", "PHOTO"] {
        assert!(!hidden.contains(&format!("\r\n{property}")), "{property} in {hidden}");
    }
    for secret in ["anna.berg@harbour.example", "301234567", "Netherlands"] {
        assert!(!hidden.contains(secret), "{secret} in {hidden}");
    }
    assert!(hidden.contains("\r\nFN:Anna Berg\r\n"), "{hidden}");
    let lines: Vec<&str> = hidden.trim_end().split("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75), "{hidden}");
    assert_eq!((lines.first(), lines.last()), (Some(&"BEGIN:VCARD"), Some(&"END:VCARD")));
}
