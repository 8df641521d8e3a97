//! Words that do not belong in the files they would stand in; the list is xtask/words.txt.

use anyhow::{Context, Result};

use crate::workspace::Source;

const LIST: &str = include_str!("../../words.txt");

/// One line of the list: `extensions | text | reason`.
struct Word {
    extensions: Vec<&'static str>,
    text: &'static str,
    reason: &'static str,
}

pub fn check(sources: &[Source]) -> Vec<String> {
    let words = match list() {
        Ok(words) => words,
        Err(error) => return vec![format!("{error:#}")],
    };
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| source.path != "xtask/words.txt") {
        for word in &words {
            if !word.extensions.is_empty() && !source.is(&word.extensions) {
                continue;
            }
            for (number, _) in source.lines().filter(|(_, line)| line.contains(word.text)) {
                found.push(format!("{}:{number}: `{}`: {}", source.path, word.text, word.reason));
            }
        }
    }
    found
}

fn list() -> Result<Vec<Word>> {
    let lines = LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.splitn(3, " | ");
            let mut part = || parts.next().with_context(|| format!("xtask/words.txt: {line}"));
            Ok(Word {
                extensions: part()?.split_whitespace().filter(|all| *all != "*").collect(),
                text: part()?,
                reason: part()?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_its_files_only() {
        let of = |path: &str| Source {
            path: path.to_owned(),
            text: format!("x\n# {} later", ["TO", "DO"].concat()),
        };
        assert_eq!(check(&[of("a.rs"), of("b.lock")]).len(), 1);
    }
}
