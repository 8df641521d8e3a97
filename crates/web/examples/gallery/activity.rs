//! What was done to the account.

use crate::Gallery;
use crate::sample::{new_password, signed_in};
use nameplate_web::view::activity::{Activity, ActivityItem, NotMe};
use nameplate_web::view::{FieldError, Section, Shell, StepUp};

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let one = |what: &str, changes: &[&str], by: Option<&str>, device: Option<&str>| ActivityItem {
        what: what.into(),
        at: "Sun 22 Nov 2026, 11:58 (Amsterdam, UTC+1)".into(),
        changes: changes.iter().map(ToString::to_string).collect(),
        by: by.map(Into::into),
        device: device.map(Into::into),
        address: device.map(|_| "From 2001:db8:12:3400::/64".into()),
        not_me: None,
    };
    let sign_in = ActivityItem {
        not_me: Some("/account/activity/not-me?entry=7".into()),
        ..one("Signed in", &[], None, Some("Firefox on Windows"))
    };
    let change = "Name: Anna Berg (before: Anna van den Berg-Sonnenschein)";
    let items = vec![
        sign_in.clone(),
        one("Profile changed", &[change, "Job title: Adviser"], None, Some("Safari on iPhone")),
        one(
            "Sign-in refused: wrong password",
            &[],
            Some("By somebody who was not signed in"),
            Some("Unknown device"),
        ),
        one("Account made", &["Email: anna.berg@harbour.example"], Some("By whoever runs this server"), None),
    ];
    let shell = signed_in(Section::Account);
    let older = Some("/account/activity?before=4".to_owned());
    let list = Activity { shell: shell.clone(), items, is_newest: true, older };
    gallery.page("activity", &list);
    gallery.page("activity-older", &Activity { is_newest: false, older: None, items: Vec::new(), ..list });
    let not_me = NotMe {
        shell,
        entry: "7".into(),
        item: sign_in,
        email: "anna.berg@harbour.example".into(),
        step: StepUp { password: true, ..StepUp::default() },
        new_password: new_password(),
        revoke_tokens: true,
        remove_passkeys: true,
    };
    gallery.page("activity-not-me", &not_me);
    let shell = Shell {
        errors: vec![FieldError {
            field: "current_password".into(),
            text: "This is not your password.".into(),
        }],
        ..not_me.shell.clone()
    };
    gallery.page("activity-not-me-wrong", &NotMe { shell, ..not_me });
}
