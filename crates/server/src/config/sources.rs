//! Where values come from: a flag beats the environment, which beats the file, which beats the default (C-06).

use super::keys::{KEYS, Key};
use super::{ConfigError, file};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Everything a configuration is read from.
#[derive(Debug, Default)]
pub struct Sources {
    /// The file that `--config` or `NAMEPLATE_CONFIG` names; it must exist. Otherwise `config.toml`, if there is one.
    pub file: Option<PathBuf>,
    /// The environment, all of it.
    pub environment: Vec<(String, String)>,
    /// Key and value of every flag, with the flag's name.
    pub flags: Vec<Flag>,
}

/// A value given on the command line.
#[derive(Debug)]
pub struct Flag {
    /// How it was written: `--listen`.
    pub name: &'static str,
    /// The key it sets.
    pub key: String,
    /// The value.
    pub value: String,
}

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nowhere: the built-in value.
    Default,
    /// In the configuration file.
    File(PathBuf, usize),
    /// In a variable.
    Environment(String),
    /// In a file that a variable names.
    Named(String, PathBuf),
    /// On the command line.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path, line) => write!(f, "{}, line {line}", path.display()),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::Named(name, path) => write!(f, "{}, named by {name}", path.display()),
            Self::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// One value and where it was found.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The value as text; the items of a list are separated by commas.
    pub text: String,
    /// Where it was found.
    pub origin: Origin,
}

/// The winning value of every key.
pub type Settings = BTreeMap<&'static str, Setting>;

/// Variables of ours that are no keys.
const OTHER_VARIABLES: [&str; 2] = ["NAMEPLATE_CONFIG", "NAMEPLATE_LOG"];

impl Sources {
    /// Reads all sources and keeps the strongest value of each key; values are not judged yet.
    pub fn collect(&self) -> Result<Settings, Vec<ConfigError>> {
        let mut errors = Vec::new();
        let mut settings: Settings = KEYS
            .iter()
            .map(|key| (key.name, Setting { text: key.default.to_owned(), origin: Origin::Default }))
            .collect();
        if let Some(path) = self.file_to_read() {
            file::read(&path, &mut settings, &mut errors);
        }
        self.read_environment(&mut settings, &mut errors);
        for flag in &self.flags {
            match Key::find(&flag.key) {
                Some(key) => {
                    let origin = Origin::Flag(flag.name);
                    settings.insert(key.name, Setting { text: flag.value.clone(), origin });
                }
                None => errors.push(ConfigError::unknown(&Origin::Flag(flag.name), &flag.key)),
            }
        }
        if errors.is_empty() { Ok(settings) } else { Err(errors) }
    }

    /// Whether a flag or a variable sets this key.
    pub fn names(&self, key: &str) -> bool {
        self.flags.iter().any(|flag| flag.key == key)
            || Key::find(key).is_some_and(|key| self.variable(&key.variable()).is_some())
    }

    fn file_to_read(&self) -> Option<PathBuf> {
        let named = self.file.clone().or_else(|| self.variable("NAMEPLATE_CONFIG").map(PathBuf::from));
        named.or_else(|| Some(PathBuf::from("config.toml")).filter(|path| path.exists()))
    }

    /// A variable that is set; an empty one counts as not set, because Compose files pass those on.
    fn variable(&self, name: &str) -> Option<&str> {
        let found = self.environment.iter().find(|(candidate, _)| candidate == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    fn read_environment(&self, settings: &mut Settings, errors: &mut Vec<ConfigError>) {
        let mut known: Vec<String> = OTHER_VARIABLES.map(str::to_owned).to_vec();
        for key in KEYS {
            let name = key.variable();
            let direct = self.variable(&name);
            if let Some(value) = direct {
                let setting = Setting { text: value.to_owned(), origin: Origin::Environment(name.clone()) };
                settings.insert(key.name, setting);
            }
            if key.secret {
                let file_name = format!("{name}_FILE");
                if let Some(path) = self.variable(&file_name).map(Path::new) {
                    match named_file(path, &file_name, direct.is_some().then_some(&name)) {
                        Ok(setting) => drop(settings.insert(key.name, setting)),
                        Err(error) => errors.push(error),
                    }
                }
                known.push(file_name);
            }
            known.push(name);
        }
        let strange = self.environment.iter().filter(|(name, _)| is_ours(name) && !known.contains(name));
        for (name, _) in strange {
            let nearest = known.iter().min_by_key(|known| strsim::damerau_levenshtein(known, name));
            if let Some(nearest) = nearest.filter(|nearest| is_meant_for_us(name, nearest)) {
                errors.push(ConfigError(format!(
                    "environment {name}: there is no such key; the nearest is {nearest}"
                )));
            }
        }
    }
}

fn is_ours(name: &str) -> bool {
    name.starts_with("NAMEPLATE_")
}

/// Kubernetes sets `NAMEPLATE_PORT` and `NAMEPLATE_SERVICE_HOST` for a service called nameplate: only what has a
/// section or is nearly the name of a key is a mistake.
fn is_meant_for_us(name: &str, nearest: &str) -> bool {
    name.contains("__") || strsim::damerau_levenshtein(name, nearest) <= 2
}

fn named_file(path: &Path, variable: &str, also: Option<&String>) -> Result<Setting, ConfigError> {
    if let Some(also) = also {
        return Err(ConfigError(format!("environment: both {also} and {variable} are set; keep one")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| {
        ConfigError(format!("environment {variable}: cannot read {}: {error}", path.display()))
    })?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text).to_owned();
    Ok(Setting { text, origin: Origin::Named(variable.to_owned(), path.to_owned()) })
}
