//! Files stay small enough to be read in one go.

use crate::workspace::Source;

/// Above this a file is named, as a prompt to split it.
const LISTED: usize = 400;
/// Above this the check fails.
const MOST: usize = 600;

pub fn check(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.is(&["rs", "js", "mjs", "ts", "css", "html", "sql", "sh", "py"]))
    {
        let lines = source.text.lines().count();
        if lines > MOST {
            found.push(format!("{}: {lines} lines, at most {MOST}", source.path));
        } else if lines > LISTED {
            eprintln!("{}: {lines} lines: can it be split?", source.path);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_of_code_only() {
        let of = |path: &str, lines| Source { path: path.to_owned(), text: "x\n".repeat(lines) };
        let found = check(&[of("a.rs", 600), of("b.rs", 601), of("c.json", 9_000)]);
        assert_eq!(found, ["b.rs: 601 lines, at most 600"]);
    }
}
