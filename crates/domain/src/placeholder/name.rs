//! What stands between the braces: a path of the closed list, or a profile field that the organisation has defined.

use super::{Kind, Path};
use crate::account::{FieldKey, FieldKind};
use std::collections::BTreeMap;

/// What a profile field is called in a template, before its key.
const FIELD: &str = "agent.fields.";

/// What a placeholder names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A path that every server has.
    Path(Path),
    /// `agent.fields.KEY`
    Field(FieldKey, Kind),
}

impl Name {
    /// What kind of value it has.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Path(path) => path.kind(),
            Self::Field(_, kind) => *kind,
        }
    }

    /// All values that a name of [`Kind::Word`] can have.
    pub(super) const fn words(&self) -> &'static [&'static str] {
        match self {
            Self::Path(path) => path.words(),
            Self::Field(..) => &[],
        }
    }
}

/// The profile fields that a template may name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    known: BTreeMap<FieldKey, FieldKind>,
    any: bool,
}

impl Fields {
    /// The same, and every other key as a text without a value: a text that names a field which was deleted since can still be read.
    #[must_use]
    pub fn or_any(self) -> Self {
        Self { any: true, ..self }
    }

    /// The name of a field in a template.
    #[must_use]
    pub fn name_of(key: &FieldKey) -> String {
        format!("{FIELD}{key}")
    }

    pub(super) fn find(&self, name: &str) -> Option<Name> {
        let key = FieldKey::parse(name.strip_prefix(FIELD)?).ok()?;
        let kind = match self.known.get(&key) {
            Some(kind) => kind_of(*kind),
            None if self.any => Kind::Text,
            None => return None,
        };
        Some(Name::Field(key, kind))
    }

    /// The name that was most likely meant.
    pub(super) fn nearest(&self, name: &str) -> Option<String> {
        // The longest name has 53 letters: what is far longer is a slip of another kind.
        if name.chars().count() > 60 {
            return None;
        }
        let lower = name.to_lowercase();
        let close = |target: &String| {
            // A name cut short ("agent.phone") is as good as a slip of the finger.
            if name.contains('.') && !name.ends_with('.') && target.starts_with(name) {
                1
            } else {
                strsim::damerau_levenshtein(&lower, target)
            }
        };
        let fields = self.known.keys().map(Self::name_of);
        let best = Path::ALL.iter().map(|path| path.as_str().to_owned()).chain(fields).min_by_key(close)?;
        (close(&best) <= 2 + name.chars().count() / 4).then_some(best)
    }
}

impl FromIterator<(FieldKey, FieldKind)> for Fields {
    fn from_iter<T: IntoIterator<Item = (FieldKey, FieldKind)>>(fields: T) -> Self {
        Self { known: fields.into_iter().collect(), any: false }
    }
}

const fn kind_of(kind: FieldKind) -> Kind {
    match kind {
        FieldKind::Text | FieldKind::Choice => Kind::Text,
        FieldKind::Number => Kind::Number,
        FieldKind::Url => Kind::Url,
        FieldKind::Date => Kind::Date,
        FieldKind::YesNo => Kind::Boolean,
    }
}

/// What a template may name: the paths of its message, and profile fields.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) allowed: &'a dyn Fn(Path) -> bool,
    pub(super) fields: &'a Fields,
}
