//! The catalogues: one Fluent bundle per language, read once.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;

/// Every file of the English catalogue. A file that is not named here does not exist.
const EN: &[(&str, &str)] = &[
    ("activity.ftl", include_str!("../catalogue/en/activity.ftl")),
    ("api.ftl", include_str!("../catalogue/en/api.ftl")),
    ("api_tokens.ftl", include_str!("../catalogue/en/api_tokens.ftl")),
    ("data.ftl", include_str!("../catalogue/en/data.ftl")),
    ("face.ftl", include_str!("../catalogue/en/face.ftl")),
    ("messages.ftl", include_str!("../catalogue/en/messages.ftl")),
    ("pages.ftl", include_str!("../catalogue/en/pages.ftl")),
    ("passkeys.ftl", include_str!("../catalogue/en/passkeys.ftl")),
    ("passwords.ftl", include_str!("../catalogue/en/passwords.ftl")),
    ("picture.ftl", include_str!("../catalogue/en/picture.ftl")),
    ("problems.ftl", include_str!("../catalogue/en/problems.ftl")),
    ("security.ftl", include_str!("../catalogue/en/security.ftl")),
    ("site.ftl", include_str!("../catalogue/en/site.ftl")),
    ("time.ftl", include_str!("../catalogue/en/time.ftl")),
];

static EN_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Locale::En, EN));

/// A language that has a catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English.
    #[default]
    En,
}

impl Locale {
    /// Reads a language tag; `None` for a language without a catalogue.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        language.eq_ignore_ascii_case("en").then_some(Self::En)
    }

    /// The BCP 47 tag, for `html[lang]` and `Content-Language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
        }
    }

    /// The direction of writing, for `html[dir]`.
    #[must_use]
    pub const fn dir(self) -> &'static str {
        match self {
            Self::En => "ltr",
        }
    }
}

/// The texts of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    locale: Locale,
}

impl Texts {
    /// The texts of this language.
    #[must_use]
    pub const fn of(locale: Locale) -> Self {
        Self { locale }
    }

    /// A text without values. A key that is not in the catalogue comes back as itself.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.format(key, &[])
    }

    /// A text with named values. A key that is not in the catalogue comes back as itself.
    #[must_use]
    pub fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
        let bundle = match self.locale {
            Locale::En => &EN_BUNDLE,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            // A whole number picks a plural form; anything else is text as it stands.
            match value.parse::<u32>() {
                Ok(number) if number.to_string() == *value => args.set(*name, number),
                _ => args.set(*name, *value),
            }
        }
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut faults).into_owned();
        debug_assert!(faults.is_empty(), "{key} with {values:?}: {faults:?}");
        text
    }
}

/// A file that does not parse keeps what did: the test below names the fault.
fn bundle(locale: Locale, files: &[(&str, &str)]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(locale.tag().parse().into_iter().collect());
    // The marks of isolation would stand in values that are compared and copied.
    bundle.set_use_isolating(false);
    for (_, source) in files {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(kept, _)| kept);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_file_of_the_catalogue_parses_and_no_key_stands_twice() {
        let mut keys = BTreeSet::new();
        for (name, source) in EN {
            if let Err((_, faults)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{name}: {faults:?}");
            }
            for key in source.lines().filter_map(|line| line.split_once(" =").map(|(key, _)| key)) {
                assert!(
                    key.starts_with([' ', '#', '.']) || keys.insert(key.to_owned()),
                    "{name}: {key} stands twice"
                );
            }
        }
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue/en");
        let files: BTreeSet<_> =
            std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(files, EN.iter().map(|(name, _)| (*name).into()).collect());
    }

    #[test]
    fn values_are_filled_in_and_an_unknown_key_is_its_own_text() {
        let texts = Texts::of(Locale::En);
        assert_eq!(texts.format("zone-now", &[("time", "11:04")]), "now 11:04");
        let unknown = "no such text";
        assert_eq!(texts.text(unknown), unknown);
    }

    #[test]
    fn a_language_is_found_by_its_tag() {
        assert_eq!(Locale::parse("en-GB"), Some(Locale::En));
        assert_eq!(Locale::parse("english"), None);
    }
}
