//! `config.toml`: values with the line they stand on.

use super::ConfigError;
use super::keys::Key;
use super::sources::{Origin, Setting, Settings};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the file into `settings`. Nothing of the file's text is repeated in an error: the line may hold a password.
pub fn read(path: &Path, settings: &mut Settings, errors: &mut Vec<ConfigError>) {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return errors.push(ConfigError(format!("cannot read {}: {error}", path.display()))),
    };
    let file = File { path, text: &text };
    match DeTable::parse(&text) {
        Ok(table) => file.table("", table.get_ref(), settings, errors),
        Err(error) => {
            let origin = file.origin(error.span().map_or(0, |span| span.start));
            errors.push(ConfigError(format!("{origin}: not TOML: {}", error.message())));
        }
    }
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    fn origin(&self, at: usize) -> Origin {
        let before = self.text.as_bytes().iter().take(at);
        Origin::File(self.path.to_owned(), before.filter(|byte| **byte == b'\n').count() + 1)
    }

    fn table(
        &self,
        section: &str,
        table: &DeTable<'_>,
        settings: &mut Settings,
        errors: &mut Vec<ConfigError>,
    ) {
        for (name, value) in table {
            let full = if section.is_empty() {
                name.get_ref().to_string()
            } else {
                format!("{section}.{}", name.get_ref())
            };
            let origin = self.origin(name.span().start);
            match (Key::find(&full), value.get_ref()) {
                (Some(key), value) => match plain(key, value) {
                    Some(text) => drop(settings.insert(key.name, Setting { text, origin })),
                    None => errors.push(ConfigError::wrong(key, &origin)),
                },
                (None, DeValue::Table(inner)) if section.is_empty() && is_section(&full) => {
                    self.table(&full, inner, settings, errors);
                }
                (None, _) => errors.push(ConfigError::unknown(&origin, &full)),
            }
        }
    }
}

fn is_section(name: &str) -> bool {
    super::keys::KEYS.iter().any(|key| key.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

fn plain(key: &Key, value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Boolean(on) => Some(on.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Array(items) if key.rule.takes_list() => {
            let items: Option<Vec<&str>> = items.iter().map(|item| Spanned::get_ref(item).as_str()).collect();
            items.map(|items| items.join(", "))
        }
        _ => None,
    }
}
