//! The pages behind mailed links about the email address: to confirm a new one, to bring a former one back.

use crate::Gallery;
use crate::sample::public;
use nameplate_web::view::account::{EmailLink, LinkPurpose, LinkState};

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let link = EmailLink {
        shell: public(),
        action: "#".into(),
        purpose: LinkPurpose::Confirm,
        address: "anna@new.example".into(),
        state: LinkState::Open,
    };
    gallery.page("email-confirm", &link);
    let used = LinkState::Done("This link was already used. Your email is anna@new.example.".into());
    gallery.page("email-used", &EmailLink { state: used, ..link.clone() });
    let gone = LinkState::Done("This link is too old. Sign in and change your email again.".into());
    gallery.page("email-gone", &EmailLink { state: gone, ..link });
    let undo = EmailLink {
        shell: public(),
        action: "#".into(),
        purpose: LinkPurpose::Undo,
        address: "anna@old.example".into(),
        state: LinkState::Open,
    };
    gallery.page("email-undo", &undo);
    let done = LinkState::Done(public().t1("email-undone", "email", "anna@old.example"));
    gallery.page("email-undone", &EmailLink { state: done, ..undo.clone() });
    let dead = LinkState::Done(public().t("email-undo-dead"));
    gallery.page("email-undo-dead", &EmailLink { state: dead, ..undo });
}
