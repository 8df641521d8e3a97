//! Slugs: the last part of a profile URL, and of a meeting type's URL.

use super::text::{Lines, required};
use super::{FullName, Problem};
use serde::{Serialize, Serializer};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The fewest and the most bytes (P4).
const LENGTH: std::ops::RangeInclusive<usize> = 3..=60;

/// First path segments that no agent gets besides those of the router (product.md, "Reserved first segments"), and
/// names that would let an agent's page speak for the server.
pub const RESERVED: &[&str] = &[
    "about",
    "abuse",
    "account",
    "admin",
    "agents",
    "api",
    "assets",
    "confirm",
    "demo",
    "dev",
    "embed",
    "favicon",
    "feed",
    "healthz",
    "help",
    "hooks",
    "hostmaster",
    "login",
    "logout",
    "mail",
    "mcp",
    "metrics",
    "nameplate",
    "null",
    "postmaster",
    "privacy",
    "readyz",
    "reset",
    "robots",
    "room",
    "root",
    "scim",
    "security",
    "setup",
    "sign-in",
    "sign-out",
    "sign-up",
    "signup",
    "sitemap",
    "static",
    "support",
    "terms",
    "undefined",
    "webmaster",
    "well-known",
    "www",
];

/// Letters of other scripts that look like a Latin letter or digit (from confusables.txt of Unicode UTS #39, lower
/// case after NFKC), with capitals whose lower case does not.
const LOOK_ALIKES: &str = "аеорсухіјѕһԁԛԝӏүѵвнкмтг\
     οαινκρυτγε\
     օոսցհքզգ\
     ıɑɡɩʟᴄᴏᴠᴡᴢꞵꜱ\
     АВЕІЈКМНОРСТУХЅԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

macro_rules! slug_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Checks the form of a typed slug: NFKC and lower case first, then 3 to 60 of `a-z`, `0-9` and single
            /// inner hyphens (C10, A-20).
            ///
            /// # Errors
            /// [`Problem::Empty`], [`Problem::TooShort`], [`Problem::TooLong`], [`Problem::SlugCharacter`],
            /// [`Problem::SlugLookAlike`], [`Problem::SlugHyphen`], and the problems of one line of text.
            pub fn parse(typed: &str) -> Result<Self, Problem> {
                parse(typed).map(Self)
            }

            /// A slug that `parse` accepted earlier.
            #[must_use]
            pub fn stored(slug: impl Into<String>) -> Self {
                Self(slug.into())
            }

            /// The slug.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The same slug with `-n` behind it, shortened to fit: what is offered when the first is taken.
            #[must_use]
            pub fn numbered(&self, n: u32) -> Self {
                let suffix = format!("-{n}");
                Self(format!("{}{suffix}", shortened(&self.0, LENGTH.end() - suffix.len())))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

slug_type!(
    /// The last part of an agent's profile URL.
    Slug
);
slug_type!(
    /// The part of a meeting type behind its agent's profile URL.
    MeetingTypeSlug
);

impl Slug {
    /// A slug made of a name: "Anna Bérg!" gives `anna-berg`. It may be reserved or taken.
    #[must_use]
    pub fn suggest(name: &FullName) -> Self {
        Self(suggest(name.as_str(), "agent"))
    }

    /// True for a word of [`RESERVED`] and for a first path segment of the router.
    #[must_use]
    pub fn is_reserved(&self, router: &[&str]) -> bool {
        RESERVED.iter().chain(router).any(|word| self.0.eq_ignore_ascii_case(word))
    }
}

impl MeetingTypeSlug {
    /// A slug made of the name of a meeting type. It may be taken.
    #[must_use]
    pub fn suggest(name: &super::MeetingTypeName) -> Self {
        Self(suggest(name.as_str(), "meeting"))
    }
}

fn parse(typed: &str) -> Result<String, Problem> {
    let text = required(typed, Lines::One, 4 * LENGTH.end())
        .map_err(|problem| if let Problem::TooLong { .. } = problem { too_long() } else { problem })?;
    let compatible: String = text.nfkc().collect();
    let slug = compatible.to_lowercase();
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !slug.chars().all(is_plain) {
        let look_alike = compatible.chars().chain(slug.chars()).find(|c| LOOK_ALIKES.contains(*c));
        return Err(
            look_alike.map_or(Problem::SlugCharacter, |character| Problem::SlugLookAlike { character })
        );
    }
    if slug.starts_with('-') || slug.ends_with('-') || slug.contains("--") {
        return Err(Problem::SlugHyphen);
    }
    if slug.len() > *LENGTH.end() {
        return Err(too_long());
    }
    if slug.len() < *LENGTH.start() {
        return Err(Problem::TooShort { min: *LENGTH.start() });
    }
    Ok(slug)
}

fn too_long() -> Problem {
    Problem::TooLong { max: *LENGTH.end() }
}

fn suggest(name: &str, otherwise: &str) -> String {
    let composed: String = name.nfkc().collect();
    let latin = deunicode::deunicode_with_tofu(&composed, "").to_lowercase();
    let words: Vec<&str> =
        latin.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug = shortened(&words.join("-"), *LENGTH.end()).to_owned();
    match slug.len() {
        0 => otherwise.to_owned(),
        short if short < *LENGTH.start() => format!("{otherwise}-{slug}"),
        _ => slug,
    }
}

/// The first `max` bytes of an ASCII slug, without a hyphen at the cut.
fn shortened(slug: &str, max: usize) -> &str {
    slug.get(..max).unwrap_or(slug).trim_end_matches('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        for (name, slug) in [
            ("Anna Bérg!", "anna-berg"),
            ("O'Neill-Garcia 3rd", "o-neill-garcia-3rd"),
            ("Jürgen Groß", "jurgen-gross"),
            ("Łukasz Żółć", "lukasz-zolc"),
            ("王小明", "wang-xiao-ming"),
            ("Ян", "ian"),
            ("Bo", "agent-bo"),
            ("!?", "agent"),
            ("Ａｎｎａ", "anna"),
        ] {
            let suggested = Slug::suggest(&FullName::parse(name).unwrap());
            assert_eq!(suggested.as_str(), slug, "{name}");
            assert_eq!(Slug::parse(slug), Ok(suggested));
        }
    }

    #[test]
    fn typed_slugs() {
        assert_eq!(Slug::parse(" Anna-Berg ").map(|slug| slug.0), Ok("anna-berg".to_owned()));
        assert_eq!(Slug::parse("Ａｎｎａ").map(|slug| slug.0), Ok("anna".to_owned()));
        for (typed, problem) in [
            ("", Problem::Empty),
            ("ab", Problem::TooShort { min: 3 }),
            ("anna berg", Problem::SlugCharacter),
            ("anna_berg", Problem::SlugCharacter),
            ("bérg", Problem::SlugCharacter),
            ("anna@example.com", Problem::SlugCharacter),
            ("ann\u{430}", Problem::SlugLookAlike { character: '\u{430}' }),
            ("\u{410}nna", Problem::SlugLookAlike { character: '\u{410}' }),
            ("\u{3bf}lga", Problem::SlugLookAlike { character: '\u{3bf}' }),
            ("-anna", Problem::SlugHyphen),
            ("anna-", Problem::SlugHyphen),
            ("xn--anna", Problem::SlugHyphen),
            ("anna\u{0}", Problem::ForbiddenCharacter),
        ] {
            assert_eq!(Slug::parse(typed), Err(problem), "{typed:?}");
        }
        assert!(Slug::parse(&"a".repeat(60)).is_ok());
        assert_eq!(Slug::parse(&"a".repeat(61)), Err(Problem::TooLong { max: 60 }));
        assert_eq!(Slug::parse(&"a".repeat(10_000_000)), Err(Problem::TooLong { max: 60 }));
    }

    #[test]
    fn reserved_words_are_ours_and_the_routers() {
        for word in RESERVED {
            assert!(Slug::parse(word).is_ok_and(|slug| slug.is_reserved(&[])), "{word}");
        }
        let slug = Slug::parse("pictures").unwrap();
        assert!(!slug.is_reserved(&[]));
        assert!(slug.is_reserved(&["pictures"]));
    }

    #[test]
    fn numbers_fit_behind_every_slug() {
        assert_eq!(Slug::stored("anna-berg").numbered(2).as_str(), "anna-berg-2");
        let longest = Slug::parse(&format!("{}-{}", "a".repeat(57), "bc")).unwrap();
        let numbered = longest.numbered(17);
        assert_eq!(numbered.as_str(), format!("{}-17", "a".repeat(57)));
        assert_eq!(Slug::parse(numbered.as_str()), Ok(numbered.clone()));
    }
}
