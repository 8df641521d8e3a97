//! One change for many people: the page that asks, and what came of it.

use super::Shell;
use askama::Template;

/// Somebody, and what is to be said of them.
#[derive(Debug, Clone)]
pub struct Named {
    /// The name, which leads to the account.
    pub name: String,
    /// `/admin/people/agt_…`
    pub href: String,
    /// The address they sign in with, or why they are not changed.
    pub text: String,
}

/// `GET /admin/people/bulk`: asks once, posts `job`, `agent` for each, and `meetings` (`stay` or `cancel`) to the same path.
#[derive(Debug, Clone, Template)]
#[template(path = "people/bulk_ask.html")]
pub struct Ask {
    /// The frame.
    pub shell: Shell,
    /// "Deactivate 12 people?"
    pub title: String,
    /// What it does to them.
    pub lead: String,
    /// "Deactivate 12 people"
    pub button: String,
    /// Whether it takes something away.
    pub is_danger: bool,
    /// `deactivate`
    pub job: &'static str,
    /// Who is changed.
    pub people: Vec<Named>,
    /// `agt_…` of each.
    pub ids: Vec<String>,
    /// Who is not, and why.
    pub left_out: Vec<Named>,
    /// "3 meetings", where some of theirs are ahead and it is about them.
    pub meetings: Option<String>,
    /// What the list showed.
    pub asked: Vec<(&'static str, String)>,
    /// The list.
    pub back: String,
}

impl Ask {
    fn heading(&self) -> &str {
        &self.title
    }
}

/// What came of it.
#[derive(Debug, Clone, Template)]
#[template(path = "people/bulk_done.html")]
pub struct Done {
    /// The frame.
    pub shell: Shell,
    /// "Done"
    pub title: String,
    /// "12 people were deactivated."
    pub done: String,
    /// Who was not changed, and why.
    pub failed: Vec<Named>,
    /// The list.
    pub back: String,
}

impl Done {
    fn heading(&self) -> &str {
        &self.title
    }
}
