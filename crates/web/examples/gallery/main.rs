//! Renders every page in every state with sample data into a directory, to be looked at and checked in a browser:
//! `cargo run -p nameplate-web --example gallery -- DIR [LANGUAGE]`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "an example for developers stops at the first fault"
)]

mod account;
mod activity;
mod agent;
mod booking;
mod calendar_feed;
mod data;
mod fields;
mod links;
mod notifications;
mod people;
mod people_bulk;
mod people_import;
mod person_edit;
mod reassign;
mod sample;
mod security;
mod sign_in;
mod templates;
mod tokens;
mod two_step;
mod undelivered;
mod webhooks;

use askama::Template;
use std::path::{Path, PathBuf};

/// Where the pages go.
pub struct Gallery {
    dir: PathBuf,
}

impl Gallery {
    /// Renders one page into `NAME.html`.
    ///
    /// # Panics
    /// When the page does not render or the file cannot be written.
    pub fn page(&self, name: &str, page: &impl Template) {
        std::fs::write(self.dir.join(format!("{name}.html")), page.render().unwrap()).unwrap();
    }

    /// Renders what a page fetches, at the path where it asks for it.
    ///
    /// # Panics
    /// As [`Gallery::page`].
    pub fn fragment(&self, path: &str, fragment: &impl Template) {
        let file = self.dir.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, fragment.render().unwrap()).unwrap();
    }
}

fn main() {
    let dir = PathBuf::from(std::env::args().nth(1).expect("name a directory"));
    std::fs::create_dir_all(dir.join("assets")).unwrap();
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    for name in ["nameplate.js", "passkey.js", "zone.js", "account.js", "crop.js", "templates.js", "icon.svg"]
    {
        std::fs::copy(assets.join(name), dir.join("assets").join(name)).unwrap();
    }
    std::fs::write(dir.join("assets/nameplate.css"), nameplate_web::stylesheet()).unwrap();
    let gallery = Gallery { dir };
    activity::all(&gallery);
    booking::all(&gallery);
    sign_in::all(&gallery);
    reassign::all(&gallery);
    templates::all(&gallery);
    undelivered::all(&gallery);
    account::all(&gallery);
    agent::all(&gallery);
    security::all(&gallery);
    two_step::all(&gallery);
    links::all(&gallery);
    tokens::all(&gallery);
    calendar_feed::all(&gallery);
    data::all(&gallery);
    notifications::all(&gallery);
    people::all(&gallery);
    people_bulk::all(&gallery);
    people_import::all(&gallery);
    person_edit::all(&gallery);
    fields::all(&gallery);
    webhooks::all(&gallery);
}
