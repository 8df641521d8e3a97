//! What `config dump` and `config explain` print; secrets are masked.

use super::keys::{KEYS, Key};
use super::rule::Rule;
use super::secret::masked;
use super::sources::{Setting, Settings};
use std::fmt::Write as _;

/// A value with `{data_dir}` filled in.
pub fn filled(text: &str, settings: &Settings) -> String {
    match settings.get("data_dir") {
        Some(data_dir) => text.replace("{data_dir}", data_dir.text.trim_end_matches('/')),
        None => text.to_owned(),
    }
}

/// Every key with its value in the form of `config.toml`, and where the value comes from.
pub fn dump(settings: &Settings) -> String {
    let mut out = String::new();
    let mut section = "";
    for (key, setting) in pairs(settings) {
        let (here, name) = key.name.split_once('.').unwrap_or(("", key.name));
        if here != section {
            let _ = writeln!(out, "\n[{here}]");
            section = here;
        }
        let _ =
            writeln!(out, "{name} = {} # {}", literal(key, &shown(key, setting, settings)), setting.origin);
    }
    out
}

/// The same as [`dump`] as one JSON object: `{"server.listen": {"value": …, "origin": …}}`.
pub fn dump_json(settings: &Settings) -> serde_json::Value {
    let entry = |(key, setting): (&'static Key, &Setting)| {
        let value = serde_json::json!({
            "value": shown(key, setting, settings),
            "origin": setting.origin.to_string(),
        });
        (key.name.to_owned(), value)
    };
    serde_json::Value::Object(pairs(settings).map(entry).collect())
}

/// Everything about one key, or `None` and the nearest name when there is no such key.
pub fn explain(name: &str, settings: &Settings) -> Result<String, &'static str> {
    let Some((key, setting)) = Key::find(name).and_then(|key| Some((key, settings.get(key.name)?))) else {
        return Err(Key::nearest(name));
    };
    let or_nothing = |text: String| if text.is_empty() { "(not set)".to_owned() } else { text };
    let mut out = format!("{}\n  {}\n", key.name, key.about);
    let _ = writeln!(out, "  value:    {}", or_nothing(shown(key, setting, settings)));
    let _ = writeln!(out, "  from:     {}", setting.origin);
    let _ = writeln!(out, "  default:  {}", or_nothing(key.default.to_owned()));
    let _ = writeln!(out, "  takes:    {}", key.rule.expects());
    let _ = writeln!(out, "  variable: {}", variables(key));
    Ok(out)
}

/// The reference table of `docs/configuration.md`.
#[cfg(test)]
pub fn reference() -> String {
    let mut out = String::from("| key | default | takes | what it does |\n| --- | --- | --- | --- |\n");
    for key in KEYS {
        let default = if key.default.is_empty() { "–".to_owned() } else { format!("`{}`", key.default) };
        let _ = writeln!(out, "| `{}` | {default} | {} | {} |", key.name, key.rule.expects(), key.about);
    }
    out
}

fn variables(key: &Key) -> String {
    let name = key.variable();
    if key.secret { format!("{name}, or {name}_FILE with the path of a file") } else { name }
}

fn pairs(settings: &Settings) -> impl Iterator<Item = (&'static Key, &Setting)> {
    KEYS.iter().filter_map(|key| Some((key, settings.get(key.name)?)))
}

fn shown(key: &Key, setting: &Setting, settings: &Settings) -> String {
    let text = filled(&setting.text, settings);
    if key.secret { masked(&text) } else { text }
}

fn literal(key: &Key, text: &str) -> String {
    match key.rule {
        Rule::Switch | Rule::Count(..) => text.to_owned(),
        _ => toml::Value::from(text).to_string(),
    }
}
