//! Every text that the sources ask for stands in the English catalogue, and every text there is asked for.

use std::collections::BTreeSet;

use crate::workspace::Source;

/// How templates and Rust name a text; the key follows as a literal.
const ASKS: [&str; 6] = [".t(\"", ".t1(\"", ".t2(\"", "texts.text(\"", "texts().text(\"", ".format(\""];

pub fn check(sources: &[Source]) -> Vec<String> {
    let mut defined: Vec<(&Source, usize, &str)> = Vec::new();
    let mut asked: Vec<(&Source, usize, &str)> = Vec::new();
    let mut literals = BTreeSet::new();
    let mut prefixes = BTreeSet::new();
    for source in sources {
        let texts = !source.path.starts_with("crates/domain/") && !source.path.starts_with("crates/store/");
        let code = source.path.starts_with("crates/") && texts && source.is(&["rs", "html", "txt"]);
        if source.path.starts_with("crates/i18n/catalogue/en/") {
            for (number, line) in source.lines() {
                defined.extend(key(line).map(|key| (source, number, key)));
                // One text may stand inside another.
                literals.extend(line.split("{ ").skip(1).filter_map(|rest| rest.split(" }").next()));
            }
        } else if code {
            let mut in_tests = false;
            for (number, line) in source.lines() {
                for part in line.split('"').skip(1) {
                    literals.insert(part);
                    // Keys that are put together: "problem-{code}" may be any key that begins so.
                    prefixes.extend(
                        part.split_once("-{").map(|(prefix, _)| prefix).filter(|prefix| is_key(prefix)),
                    );
                }
                // What a test or a comment asks for may be wrong on purpose.
                in_tests |= line.contains("#[cfg(test)]") || source.path.ends_with("tests.rs");
                if in_tests || line.trim_start().starts_with("//") {
                    continue;
                }
                for ask in ASKS {
                    let keys = line.split(ask).skip(1).filter_map(|rest| rest.split('"').next());
                    asked.extend(keys.filter(|key| is_key(key)).map(|key| (source, number, key)));
                }
            }
        }
    }
    let keys: BTreeSet<_> = defined.iter().map(|(_, _, key)| *key).collect();
    let mut found: Vec<_> = asked
        .iter()
        .filter(|(_, _, key)| !keys.contains(key))
        .map(|(source, number, key)| format!("{}:{number}: `{key}` is in no catalogue", source.path))
        .collect();
    for (source, number, key) in &defined {
        let composed =
            prefixes.iter().any(|prefix| key.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-')));
        if !literals.contains(key) && !composed {
            found.push(format!("{}:{number}: nothing shows `{key}`", source.path));
        }
        if defined.iter().filter(|(_, _, other)| other == key).count() > 1 {
            found.push(format!("{}:{number}: `{key}` stands there twice", source.path));
        }
    }
    found
}

/// The key of a line that begins a text.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(" =")?;
    is_key(key).then_some(key)
}

fn is_key(text: &str) -> bool {
    let letters =
        text.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-');
    letters && text.starts_with(|first: char| first.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions() {
        let of = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
        let sources = [
            of(
                "crates/i18n/catalogue/en/a.ftl",
                "save = Save\nold = Old\nproblem-empty = Enter it\nname = Name",
            ),
            of(
                "crates/web/templates/a.html",
                "{{ shell.t(\"save\") }} {{ shell.t(\"gone\") }} {{ shell.t1(\"name\", x) }}",
            ),
            of("crates/web/src/a.rs", "format!(\"problem-{code}\")"),
        ];
        assert_eq!(
            check(&sources),
            [
                "crates/web/templates/a.html:1: `gone` is in no catalogue",
                "crates/i18n/catalogue/en/a.ftl:2: nothing shows `old`",
            ]
        );
    }
}
