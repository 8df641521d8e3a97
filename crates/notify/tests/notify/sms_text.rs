//! What text messages say, and how much.

use crate::common::{Typed, hostile, life, ordinary, tzdb};
use nameplate_domain::account::Visibility;
use nameplate_domain::sms::{Encoding, Segments};
use nameplate_domain::templates::{Part, Parts, TemplateName, Written};
use nameplate_notify::meeting::{Notification, RecipientRole};
use nameplate_notify::sms::compose;
use std::sync::Arc;

const FROM: &str = "+3197010000000";

/// First name at most, the link last, one message (`messages.md` section 5).
#[test]
fn the_built_in_texts_are_short() {
    let text = |kind, facts: &_| compose(kind, RecipientRole::Customer, facts, FROM, &tzdb());
    let as_text =
        |kind: Notification| TemplateName::from(kind).parts(RecipientRole::Customer).contains(&Part::Sms);
    for language in ["en", "nl"] {
        let life = life(&ordinary(), Visibility::default()).into_iter();
        let life = life.filter(|(kind, _)| as_text(*kind)).map(|(kind, mut facts)| {
            facts.meeting.customer.locale = language.into();
            (kind, facts)
        });
        for (kind, facts) in life {
            let written = text(kind, &facts);
            let segments = Segments::of(&written);
            assert_eq!((segments.encoding, segments.messages), (Encoding::Gsm7, 1), "{written}");
            assert!(written.ends_with(&format!(". {}", facts.links.manage)), "{written}");
            assert!(written.contains(" Anna. ") && !written.contains("Okafor"), "{written}");
        }
    }
    for typed in hostile() {
        let life = life(&typed, Visibility::default()).into_iter();
        for (kind, facts) in life.filter(|(kind, _)| as_text(*kind)) {
            let written = text(kind, &facts);
            assert_eq!(written.lines().count(), 1, "{}: {written}", typed.label);
            assert!(!written.chars().any(char::is_control), "{}: {written}", typed.label);
        }
    }
    assert_eq!(
        compose(
            Notification::Reminder,
            RecipientRole::Agent,
            &life(&ordinary(), Visibility::default())[0].1,
            FROM,
            &tzdb()
        ),
        ""
    );
}

/// What an admin wrote, with its values and for its sender.
#[test]
fn sec_p4_a_text_can_be_stopped_and_takes_three_messages_at_most() {
    let written = |source: &str, note: &str, sender: &str| {
        let mut facts = life(&Typed { note: note.into(), ..ordinary() }, Visibility::default())[0].1.clone();
        let key = (TemplateName::Scheduled, RecipientRole::Customer, "en".to_owned());
        let parts = Parts::default().with(Part::Sms, source);
        facts.written = Arc::new(Written::default().with(key, parts));
        (
            compose(Notification::Scheduled, RecipientRole::Customer, &facts, sender, &tzdb()),
            facts.links.manage,
        )
    };
    let (text, link) = written("See you {{ meeting.title }}", "", "Shop");
    assert!(text.ends_with(&format!(" {link}")), "nobody can answer to a name: {text}");
    for (source, sender) in [("See you", FROM), ("See you {{ meeting.manage_url }}", "Shop")] {
        assert_eq!(written(source, "", sender).0.matches(&link).count(), usize::from(sender == "Shop"));
    }
    let source = "{{ meeting.description }}";
    let (short, _) = written(source, &"x".repeat(459), FROM);
    assert_eq!(short, "x".repeat(459));
    for long in ["x".repeat(460), "ć".repeat(202)] {
        assert!(written(source, &long, FROM).0.starts_with("Booked: "), "the built-in text");
    }
}
