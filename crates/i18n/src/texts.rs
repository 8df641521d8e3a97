//! The catalogues: one Fluent bundle per language, read once.

use crate::Locale;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentMessage, FluentResource};
use std::sync::LazyLock;

type File = (&'static str, &'static str);

/// Every file of a language. A file that is not named here does not exist; one that is named exists in every language.
macro_rules! catalogue {
    ($language:literal) => {
        catalogue!($language: "activity", "api", "api_docs", "api_tokens", "calendar_feed", "data", "delivery", "face", "fields", "guests", "messages", "oidc", "pages", "passkeys",
            "notifications", "passwords", "people", "people_bulk", "people_import", "picture", "preferences", "problems", "reassign", "security", "site", "sms", "step_up", "templates",
            "time", "webhooks", "wrap_up")
    };
    ($language:literal: $($name:literal),+) => {
        &[$((
            concat!($name, ".ftl"),
            include_str!(concat!("../catalogue/", $language, "/", $name, ".ftl")),
        )),+]
    };
}

const EN: &[File] = catalogue!("en");
const NL: &[File] = catalogue!("nl");

static EN_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Locale::En));
static NL_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Locale::Nl));

const fn files(locale: Locale) -> &'static [File] {
    match locale {
        Locale::En => EN,
        Locale::Nl => NL,
    }
}

fn bundle_of(locale: Locale) -> &'static FluentBundle<FluentResource> {
    match locale {
        Locale::En => &EN_BUNDLE,
        Locale::Nl => &NL_BUNDLE,
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

    /// The language of these texts.
    #[must_use]
    pub const fn locale(self) -> Locale {
        self.locale
    }

    /// A text without values. A key that is not in the catalogue comes back as itself.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.format(key, &[])
    }

    /// A text with named values; where the language lacks it, in English. A key that is not in the catalogue comes back
    /// as itself.
    #[must_use]
    pub fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
        let own = bundle_of(self.locale);
        let found = own.get_message(key).map(|message| (own, message));
        let found = found.or_else(|| EN_BUNDLE.get_message(key).map(|message| (&*EN_BUNDLE, message)));
        let pattern = found.as_ref().and_then(|(_, message): &(_, FluentMessage<'_>)| message.value());
        let (Some((bundle, _)), Some(pattern)) = (found.as_ref(), pattern) else { return key.to_owned() };
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

/// A file that does not parse keeps what did: a test names the fault.
fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(locale.tag().parse().into_iter().collect());
    // The marks of isolation would stand in values that are compared and copied.
    bundle.set_use_isolating(false);
    for (_, source) in files(locale) {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(kept, _)| kept);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests;
