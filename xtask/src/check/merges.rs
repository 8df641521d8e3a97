//! No half of a merge: a style sheet with the markers of a conflict in it still loads, and drops what follows them.

use crate::workspace::Source;

pub fn check(sources: &[Source]) -> Vec<String> {
    let lines = sources.iter().flat_map(|source| source.lines().map(move |line| (source, line)));
    lines
        .filter(|(_, (_, line))| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
        .map(|(source, (number, _))| format!("{}:{number}: the marker of a conflict", source.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_conflict_are_found() {
        let text = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n x >>>>>>> y\n";
        let found = check(&[Source { path: "a.css".to_owned(), text: text.to_owned() }]);
        assert_eq!(found, ["a.css:2: the marker of a conflict", "a.css:6: the marker of a conflict"]);
    }
}
