//! The README's commands are the ones that run.

use crate::workspace::Source;

/// Each command the README may show, and where it runs.
const RUN: [(&str, &str); 3] = [
    ("cargo run --release -- demo", "the browser tests start the release build's `demo`"),
    ("cargo xtask test", "this run"),
    ("cargo xtask check", "a part of this run"),
];
/// What a reader does before: the address is theirs.
const FREE: [&str; 2] = ["git clone ", "cd "];
/// What the README must not lose.
const MUST: [&str; 2] = ["cargo run --release -- demo", "cargo xtask test"];

pub fn check(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    let readme =
        sources.iter().find(|source| source.path == "README.md").map_or("", |source| source.text.as_str());
    let commands = commands(readme);
    for command in &commands {
        let free = FREE.iter().any(|start| command.starts_with(start));
        if !free && !RUN.iter().any(|(run, _)| run == command) {
            found.push(format!("README.md: `{command}` is run by no test (xtask/src/check/readme.rs)"));
        }
    }
    for must in MUST.iter().filter(|must| !commands.contains(must)) {
        found.push(format!("README.md: `{must}` is missing"));
    }
    found
}

/// The lines of the blocks marked `sh`, without what follows a `#`.
fn commands(readme: &str) -> Vec<&str> {
    let blocks = readme.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let lines = blocks.flat_map(str::lines).map(|line| line.split(" #").next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_nothing_runs_is_named() {
        let text = "```sh\ncd nameplate\ncargo xtask test  # all\ncargo run --release -- demo\nmake\n```";
        let found = check(&[Source { path: "README.md".to_owned(), text: text.to_owned() }]);
        assert_eq!(found, ["README.md: `make` is run by no test (xtask/src/check/readme.rs)"]);
        assert_eq!(check(&[]).len(), 2);
    }
}
