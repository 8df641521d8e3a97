//! A mail before it is printed: the same blocks become the text part and the HTML part.

use crate::blocks;
use crate::meeting::MeetingFacts;
use crate::values::Content;
use nameplate_i18n::{Locale, Texts};

/// A text, and the same as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) text: String,
    pub(crate) html: String,
}

/// Paragraphs: as one text with blank lines between them, and each as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Prose {
    pub(crate) text: String,
    pub(crate) html: Vec<String>,
}

impl FromIterator<Pair> for Prose {
    fn from_iter<T: IntoIterator<Item = Pair>>(paragraphs: T) -> Self {
        let (text, html): (Vec<_>, Vec<_>) =
            paragraphs.into_iter().map(|paragraph| (paragraph.text, paragraph.html)).unzip();
        Self { text: text.join("\n\n"), html }
    }
}

/// A line of a template.
pub(crate) struct Line {
    pub(crate) label: Option<String>,
    pub(crate) value: Pair,
    pub(crate) href: Option<String>,
}

/// A label with its value, which may be a link.
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) value: Pair,
    pub(crate) href: Option<String>,
}

pub(crate) struct Link {
    pub(crate) label: String,
    pub(crate) url: String,
}

pub(crate) struct Calendar {
    pub(crate) heading: String,
    pub(crate) links: Vec<Link>,
    pub(crate) hint: String,
}

/// The agent's card.
pub(crate) struct Plate<'a> {
    pub(crate) lines: Vec<Line>,
    pub(crate) initials: &'a str,
    pub(crate) hue: u8,
    /// JPEG and its `alt` text.
    pub(crate) picture: Option<(&'a [u8], String)>,
}

impl<'a> Plate<'a> {
    pub(crate) fn of(facts: &'a MeetingFacts, content: &Content<'_>, texts: Texts) -> Self {
        let name = facts.agent.name.as_str();
        let picture = facts.agent_picture.as_deref().filter(|_| facts.agent.picture.is_some());
        Self {
            lines: blocks::signature(facts, content),
            initials: &facts.agent.initials,
            hue: facts.agent.hue,
            picture: picture.map(|jpeg| (jpeg, texts.format("message-picture-of", &[("name", name)]))),
        }
    }
}

pub(crate) struct Letter<'a> {
    pub(crate) locale: Locale,
    pub(crate) title: String,
    /// What a list of mails shows behind the subject.
    pub(crate) preheader: String,
    pub(crate) organisation: String,
    pub(crate) heading: Pair,
    pub(crate) lead: Prose,
    /// A label and a code to type.
    pub(crate) code: Option<(String, String)>,
    pub(crate) rows: Vec<Row>,
    /// The first one is the main one.
    pub(crate) actions: Vec<Link>,
    pub(crate) closing: Prose,
    pub(crate) calendar: Option<Calendar>,
    pub(crate) plate: Option<Plate<'a>>,
    pub(crate) footer: Prose,
    pub(crate) sent_by: String,
}

impl Letter<'_> {
    /// The picture that the HTML shows.
    pub(crate) fn picture(&self) -> Option<Vec<u8>> {
        self.plate.as_ref()?.picture.as_ref().map(|(jpeg, _)| jpeg.to_vec())
    }
}
