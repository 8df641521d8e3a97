//! Messages that reached nobody.

use crate::Gallery;
use crate::sample::signed_in;
use nameplate_web::view::Section;
use nameplate_web::view::undelivered::{Undelivered, UndeliveredItem};

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Account);
    let lost = UndeliveredItem {
        what: shell.t("notification-meeting-scheduled"),
        to: "sam.carter-with-a-rather-long-name@customers.example.com".into(),
        about: Some(
            "Mortgage introduction with Sam Carter, Tue 1 Dec 2026, 14:00 (Amsterdam, UTC+1). Agent: Anna Berg".into(),
        ),
        when: "Fri 20 Nov 2026, 09:31 (Amsterdam, UTC+1)".into(),
        why: shell.t("undelivered-no-mailbox"),
        answer: Some("permanent error (550): 5.1.1 sam.carter@customers.example.com: no such person".into()),
        again: Some("/admin/undelivered/msg_1/send-again".into()),
    };
    let account = UndeliveredItem {
        what: shell.t("message-password-changed-subject"),
        to: "anna.berg@harbour.example".into(),
        about: None,
        why: shell.t("undelivered-unreachable"),
        answer: None,
        again: None,
        ..lost.clone()
    };
    let full = UndeliveredItem { why: shell.t("undelivered-full"), ..lost.clone() };
    let page = Undelivered {
        shell,
        items: vec![lost, account, full],
        is_newest: true,
        older: Some("/admin/undelivered?before=msg_1".into()),
    };
    gallery.page("undelivered", &page);
    gallery.page("undelivered-none", &Undelivered { items: Vec::new(), older: None, ..page.clone() });
    gallery
        .page("undelivered-older", &Undelivered { is_newest: false, items: Vec::new(), older: None, ..page });
}
