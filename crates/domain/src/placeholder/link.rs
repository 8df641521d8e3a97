//! The value of a `href`: a value is all of it, or stands in its query. A link never begins with what somebody typed.

use super::Kind;
use super::context::{Forbidden, Place};

/// How far a `href` has been read. Attributes that are no links are read along; nobody asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Link {
    /// Text of the template alone.
    Literal(String),
    /// An address of the web: nothing may follow.
    Whole,
    /// An email address or a phone number: a query may follow.
    Address,
    /// No value may follow.
    Closed,
    /// Something follows where nothing may.
    Broken,
}

impl Default for Link {
    fn default() -> Self {
        Self::Literal(String::new())
    }
}

impl Link {
    pub(super) fn step(self, c: char) -> Self {
        match self {
            Self::Literal(mut text) => {
                text.push(c);
                Self::Literal(text)
            }
            Self::Address if c == '?' => Self::Literal("mailto:?".to_owned()),
            Self::Whole | Self::Address | Self::Broken => Self::Broken,
            Self::Closed => Self::Closed,
        }
    }

    pub(super) fn placeholder(&mut self, kind: Kind) -> Result<Place, Forbidden> {
        let Self::Literal(text) = &*self else { return Err(Forbidden) };
        let text = text.to_ascii_lowercase();
        let (place, next) = match (text.as_str(), kind) {
            ("", Kind::Url) => (Place::Link, Self::Whole),
            ("", Kind::Email | Kind::Phone) => (Place::Link, Self::Address),
            ("mailto:", Kind::Email) | ("tel:", Kind::Phone) => (Place::Address, Self::Address),
            _ => {
                let ours = ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme));
                if !ours || !text.contains('?') || text.contains('#') {
                    return Err(Forbidden);
                }
                return Ok(Place::Query);
            }
        };
        *self = next;
        Ok(place)
    }

    /// Behind two branches that differ no value may follow.
    pub(super) fn join(self, other: &Self) -> Self {
        if self == *other { self } else { Self::Closed }
    }
}
