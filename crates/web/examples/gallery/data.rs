//! The agent's own data.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::Section;
use nameplate_web::view::data::Data;

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Account);
    gallery.page("data", &Data { shell: shell.clone() });
    let wait = shell.t1("data-download-wait", "time", "Tue 24 Nov 2026, 08:00 (Amsterdam, UTC+1)");
    gallery.page("data-wait", &Data { shell: with_errors(shell, &[("download", wait.as_str())]) });
}
