//! SQL stands in the store alone, as fixed text with numbered parameters.

use crate::workspace::Source;

/// How a statement begins; with the space, so that a name which starts alike is none.
const STATEMENTS: [&str; 6] =
    ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "PRAGMA "];

/// Files with statements put together from fixed pieces, because the engines differ, and how many. This list may only shrink.
const FIXED_PIECES: [(&str, usize); 2] =
    [("crates/store/src/migrate.rs", 1), ("crates/store/src/outbox.rs", 1)];

pub fn check(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| source.path.starts_with("crates/") && source.is(&["rs"])) {
        let in_store = source.path.starts_with("crates/store/");
        let tests = source.path.contains("/tests/") || source.path.starts_with("crates/testkit/");
        let mut formatting = 0;
        let mut fixed =
            FIXED_PIECES.iter().find(|(path, _)| *path == source.path).map_or(0, |(_, count)| *count);
        for (number, line) in source.lines() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            // A formatted text usually stands on the line of the macro or on one of the next two.
            formatting =
                if code.contains("format!(") || code.contains(".push_str(") { 3 } else { formatting - 1 };
            let statement = STATEMENTS
                .iter()
                .any(|start| code.contains(&format!("\"{start}")) || code.starts_with(start));
            if statement && !in_store && !tests {
                found.push(format!("{}:{number}: SQL outside the store", source.path));
            }
            if statement && formatting > 0 && !tests {
                if fixed > 0 {
                    fixed -= 1;
                    continue;
                }
                found.push(format!("{}:{number}: SQL put together as text: bind a parameter", source.path));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&[Source { path: path.to_owned(), text: text.to_owned() }]).len()
    }

    #[test]
    fn finds_statements_outside_the_store_and_formatted_ones_inside() {
        assert_eq!(found("crates/web/src/a.rs", "tx.query(\"SELECT 1\")"), 1);
        assert_eq!(found("crates/store/src/a.rs", "tx.query(\"SELECT name FROM agent WHERE id = $1\")"), 0);
        assert_eq!(
            found("crates/store/src/a.rs", "format!(\n    \"DELETE FROM agent WHERE id = {id}\"\n)"),
            1
        );
        assert_eq!(found("crates/store/src/a.rs", "/// format!(\"SELECT \") is refused"), 0);
    }
}
