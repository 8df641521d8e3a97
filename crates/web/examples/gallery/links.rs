//! The pages behind mailed links about the email address: to confirm a new one, to bring a former one back.

use crate::Gallery;
use crate::sample::public;
use nameplate_web::view::account::{EmailLink, EmailUndo, LinkState};

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let link = EmailLink {
        shell: public(),
        action: "#".into(),
        address: "anna@new.example".into(),
        state: LinkState::Open,
    };
    gallery.page("email-confirm", &link);
    let used = LinkState::Used("This link was already used. Your email is anna@new.example.".into());
    gallery.page("email-used", &EmailLink { state: used, ..link.clone() });
    let gone = LinkState::Gone("This link is too old. Sign in and change your email again.".into());
    gallery.page("email-gone", &EmailLink { state: gone, ..link });
    let undo = EmailUndo {
        shell: public(),
        action: "#".into(),
        address: "anna@old.example".into(),
        state: LinkState::Open,
    };
    gallery.page("email-undo", &undo);
    let done = LinkState::Used(public().t1("email-undone", "email", "anna@old.example"));
    gallery.page("email-undone", &EmailUndo { state: done, ..undo.clone() });
    let dead = LinkState::Gone(public().t("email-undo-dead"));
    gallery.page("email-undo-dead", &EmailUndo { state: dead, ..undo });
}
