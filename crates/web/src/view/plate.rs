//! The plate: the agent's card, the same on every page.

use askama::Template;
use askama::filters::HtmlSafe;

/// A profile picture, or the initials that stand in for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "part/picture.html")]
pub struct Picture {
    /// Where the picture is; `None` shows the initials.
    pub url: Option<String>,
    /// One or two graphemes of the visible name.
    pub initials: String,
    /// Which of the background colours stands behind them, fixed for each agent.
    pub hue: u8,
}

impl HtmlSafe for Picture {}

/// A phone number to show and to dial.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phone {
    /// As it is printed.
    pub text: String,
    /// As it is dialled, E.164: `+31612345678`.
    pub e164: String,
}

/// A profile field to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlateField {
    /// "Languages"
    pub label: String,
    /// "Dutch, English"
    pub value: String,
    /// Where the value leads.
    pub href: Option<String>,
}

/// What customers see of an agent, the agent's choices of visibility already applied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "part/plate.html")]
pub struct Plate {
    /// The visible name.
    pub name: String,
    /// The picture or the initials.
    pub picture: Picture,
    /// The job title.
    pub job_title: Option<String>,
    /// The location in one line: "Utrecht office, Netherlands".
    pub location: Option<String>,
    /// The email address.
    pub email: Option<String>,
    /// The phone number.
    pub phone_number: Option<Phone>,
    /// What the organisation's profile fields hold.
    pub fields: Vec<PlateField>,
    /// Whether the name is the page's `h1` (only on `/{slug}`).
    pub is_heading: bool,
}

impl HtmlSafe for Plate {}
