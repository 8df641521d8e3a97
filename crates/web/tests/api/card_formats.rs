//! The agent's card for machines: the contact file and the linked data of the profile page.

use crate::world::{Answer, World};
use nameplate_testkit::{both_engines, tools};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const HOSTILE: &str = "</script><img src=x onerror=alert(1)>, a; b \\ \"q\" \u{1F469}\u{200D}\u{1F4BB} \u{645}\u{62D}\u{645}\u{62F} & <!--";

async fn set(world: &World, change: Value) {
    world.ask("PATCH /api/v1/me", &world.anna.token, change).await.expect(200);
}

fn everything(shown: &[&str]) -> Value {
    json!({
        "name": HOSTILE, "job_title": HOSTILE, "phone_number": "+31612345678",
        "location": {"name": HOSTILE, "street": "Stationsplein 1", "city": "Utrecht", "country": "NL"},
        "visibility": {"email": shown, "phone_number": shown, "job_title": shown, "location": shown, "picture": shown},
    })
}

/// What a reader that is not ours understands of the page.
fn understood(page: &Answer) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, &page.text).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/read_linked_data.py");
    let output = Command::new(tools::python()).arg(script).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut line: Value = serde_json::from_slice(&output.stdout).unwrap();
    line["fields"].take()
}

both_engines! {
    async fn the_profile_page_tells_machines_who_it_is_about(database: TestDatabase) {
        let world = World::new(database).await;
        set(&world, everything(&["booking_page"])).await;
        let read = understood(&world.page("/anna", "").await.expect(200));
        let url = "https://meet.example.com/anna";
        assert_eq!(read, json!({
            "@type": "ProfilePage", "url": url,
            "mainEntity": {
                "@type": "Person", "@id": format!("{url}#person"), "url": url, "name": HOSTILE, "jobTitle": HOSTILE,
                "email": "anna@example.com", "telephone": "+31612345678",
                "workLocation": {
                    "@type": "Place", "name": HOSTILE,
                    "address": {
                        "@type": "PostalAddress", "streetAddress": "Stationsplein 1", "addressLocality": "Utrecht",
                        "addressCountry": "NL",
                    },
                },
                "worksFor": {"@type": "Organization", "name": "Nameplate"},
                "potentialAction": {"@type": "ReserveAction", "target": url},
            },
        }));
    }

    async fn sec_a12_cards_for_machines_hold_only_what_the_booking_page_shows(database: TestDatabase) {
        let world = World::new(database).await;
        set(&world, everything(&["messages"])).await;
        set(&world, json!({"name": "Anna Berg"})).await;
        let page = world.page("/anna", "").await.expect(200);
        let person = understood(&page)["mainEntity"].clone();
        let fields: Vec<&String> = person.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["@id", "@type", "name", "potentialAction", "url", "worksFor"]);
        let file = world.page("/anna.vcf", "").await.expect(200);
        for (what, text) in [("page", &page.text), ("file", &file.text)] {
            for secret in ["anna@example.com", "612345678", "Stationsplein", "onerror", world.anna.agent.id.to_string().as_str()] {
                assert!(!text.contains(secret), "{secret} in the {what}: {text}");
            }
        }
    }

    async fn a_contact_file_is_found_under_every_slug_the_agent_has_had(database: TestDatabase) {
        let world = World::new(database).await;
        set(&world, everything(&["booking_page"])).await;
        let file = world.page("/anna.vcf", "").await.expect(200);
        assert_eq!(file.header("content-type"), "text/vcard; charset=utf-8");
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"anna.vcf\"");
        assert_eq!(file.header("cache-control"), "no-store");
        assert!(file.text.contains("\r\nTEL;VALUE=uri;TYPE=work:tel:+31612345678\r\n"), "{}", file.text);
        let uid = |file: &Answer| file.text.lines().find(|line| line.starts_with("UID:urn:uuid:")).unwrap().to_owned();
        set(&world, json!({"slug": "anna-berg"})).await;
        let moved = world.page("/anna.vcf?x=1", "").await.expect(308);
        assert_eq!(moved.header("location"), "/anna-berg.vcf?x=1");
        let renamed = world.page("/anna-berg.vcf", "").await.expect(200);
        assert_eq!(uid(&renamed), uid(&file), "an address book replaces the older one");
        assert!(renamed.text.contains("\r\nURL:https://meet.example.com/anna-berg\r\n"), "{}", renamed.text);
        for nobody in ["/dora.vcf", "/nobody.vcf", "/.vcf", "/anna.vcf.vcf", "/anna-berg.VCF", "/anna-berg.vcf/meeting"] {
            world.page(nobody, "").await.expect(404);
        }
        let profile = world.page("/anna-berg", "").await.expect(200);
        assert!(profile.text.contains("<a href=\"/anna-berg.vcf\">"), "{}", profile.text);
    }
}
