//! Signing in, and how it is set up.

use crate::Gallery;
use crate::sample::signed_in;
use nameplate_web::view::Section;
use nameplate_web::view::security::Security;

fn security() -> Security {
    Security {
        shell: signed_in(Section::Account),
        password_changed: Some("Last changed on 3 November 2026 (Amsterdam).".into()),
    }
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    gallery.page("security", &security());
}
