//! Writes the built-in mails of an ordinary meeting into a folder, to be looked at: `cargo run -p nameplate-notify
//! --example mails -- FOLDER`.

#![expect(clippy::unwrap_used, reason = "a tool for developers stops at the first surprise")]

#[path = "../tests/notify/common.rs"]
#[expect(dead_code, reason = "the hostile values are for the tests")]
mod common;

use nameplate_domain::account::{EmailAddress, Visibility};
use nameplate_notify::account::{AccountEvent, AccountNotice, compose};
use nameplate_notify::meeting::RecipientRole;
use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    let typed = common::ordinary();
    let picture = std::env::args().nth(2).map(|file| std::fs::read(file).unwrap());
    for role in RecipientRole::ATTENDEES.iter().copied() {
        let life = if role == RecipientRole::Guest {
            common::guest_life(&typed, Visibility::default())
        } else {
            let changed = common::changed(&typed, Visibility::default());
            common::life(&typed, Visibility::default()).into_iter().chain([changed]).collect()
        };
        for (n, (kind, mut facts)) in (0_u8..).zip(life) {
            facts.agent_picture.clone_from(&picture);
            let notice = nameplate_notify::meeting::MeetingNotice {
                kind,
                role,
                id: common::outbox(n.into()),
                first: Some(common::outbox(0)),
                test: None,
                facts: &facts,
            };
            let mail = nameplate_notify::meeting::compose(&notice, &common::tzdb(), common::at(common::NOW))
                .unwrap();
            std::fs::write(folder.join(format!("{}.{}.eml", kind.as_str(), role.as_str())), mail.raw)
                .unwrap();
        }
    }
    let facts = common::facts(&typed, Visibility::default());
    let agent = common::agent(&typed);
    let new = EmailAddress::parse("anna@new.example").unwrap();
    let events = [
        AccountEvent::EmailChange {
            new: new.clone(),
            link: "https://meet.example.com/confirm/email/AbC".into(),
            code: "042917".into(),
        },
        AccountEvent::EmailChanged {
            old: agent.email.clone(),
            new: new.clone(),
            undo: Some(("https://meet.example.com/undo/email/AbC".into(), common::at(common::NOW))),
        },
        AccountEvent::EmailRestored { replaced: new, restored: agent.email.clone() },
        AccountEvent::PasswordChanged,
        AccountEvent::TwoStepOn,
        AccountEvent::TwoStepOff,
        AccountEvent::TwoStepTries,
        AccountEvent::RecoveryCodesNew,
        AccountEvent::RecoveryCodeUsed { left: 3 },
        AccountEvent::PasswordReset {
            link: "https://meet.example.com/reset/AbC".into(),
            until: common::at(common::NOW),
        },
    ];
    for (n, event) in (50_u8..).zip(&events) {
        let notice = AccountNotice {
            id: common::outbox(n.into()),
            to: &agent.email,
            name: &agent.name,
            zone: &agent.time_zone,
            event,
            at: common::at(common::NOW),
            organisation: &facts.organisation,
            mail_from: &facts.mail_from,
            locale: nameplate_i18n::Locale::En,
            hours: nameplate_i18n::time::HourCycle::H24,
        };
        let mail = compose(&notice, &common::tzdb(), common::at(common::NOW)).unwrap();
        std::fs::write(folder.join(format!("account.{n}.eml")), mail.raw).unwrap();
    }
}
