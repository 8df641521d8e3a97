//! What a guest reads: all that they need to come, and nothing that is not for them.

use crate::common::{self, Typed, guest_life, hidden_email, hostile, ordinary, outbox, tzdb};
use crate::mail::{addresses, read};
use nameplate_domain::account::Visibility;
use nameplate_domain::templates::TemplateName;
use nameplate_i18n::Locale;
use nameplate_notify::Composed;
use nameplate_notify::meeting::{self, MeetingFacts, MeetingNotice, Notification, RecipientRole};
use std::collections::BTreeSet;

fn compose(kind: Notification, facts: &MeetingFacts) -> Composed {
    let role = RecipientRole::Guest;
    let notice = MeetingNotice { kind, role, id: outbox(9), first: None, test: None, facts };
    meeting::compose(&notice, &tzdb(), common::at(common::NOW)).unwrap()
}

#[test]
fn a_guest_reads_what_becomes_of_the_meeting_in_every_language() {
    for locale in Locale::ALL {
        let mut told = BTreeSet::new();
        for (kind, mut facts) in guest_life(&ordinary(), Visibility::default()) {
            facts.meeting.customer.locale = locale.tag().to_owned();
            let mail = compose(kind, &facts);
            let fields = &read(std::slice::from_ref(&mail))[0];
            let text = fields["text"].as_str().unwrap();
            assert_eq!(fields["to"], serde_json::json!([["", "kim@guest.example"]]));
            assert_eq!(fields["reply_to"][0][1], "anna.berg@harbour.example");
            assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
            for value in ["Mortgage introduction", "Zoë Okafor", "Anna Berg", "UTC"] {
                assert!(text.contains(value), "{kind:?} {locale:?}: {value} is not in\n{text}");
            }
            let comes = text.contains("https://video.example.com/anna");
            assert_eq!(
                comes,
                !matches!(kind, Notification::Cancelled | Notification::GuestRemoved),
                "{text}"
            );
            told.insert(text.lines().next().unwrap().to_owned());
        }
        let theirs =
            |kind: &&Notification| TemplateName::from(**kind).recipients().contains(&RecipientRole::Guest);
        let kinds = Notification::ALL.iter().filter(theirs).count();
        assert_eq!(told.len(), kinds, "each says what it is: {told:?}");
    }
}

#[test]
fn sec_c7_a_guest_holds_no_key_to_the_meeting_and_reads_neither_note_nor_reason_nor_a_hidden_address() {
    for typed in hostile().into_iter().map(|typed| Typed {
        note: "Only for the agent".into(),
        reason: "Only for the other side".into(),
        ..typed
    }) {
        let lives = guest_life(&typed, hidden_email());
        let mails: Vec<Composed> = lives.iter().map(|(kind, facts)| compose(*kind, facts)).collect();
        for fields in read(&mails) {
            let (text, html) = (fields["text"].as_str().unwrap(), fields["html"].as_str().unwrap());
            for address in addresses(html) {
                assert!(!address.contains("/m/"), "{address}");
            }
            for never in ["/m/", "Only for", "anna.berg@harbour.example"] {
                assert!(!text.contains(never) && !html.contains(never), "{never} in {text}");
            }
        }
    }
}
