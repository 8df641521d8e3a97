//! What must hold of the text of the project, and the compiler's own checks.

mod catalogue;
mod dependencies;
mod merges;
mod readme;
mod sizes;
mod sql;
mod styles;
mod words;

use std::env;
use std::ffi::OsString;
use std::path::Path;

use anyhow::{Result, bail};

use crate::install;
use crate::run::{Steps, command, quiet, shown};
use crate::workspace::{Source, root, sources};

/// Looks at the whole project and gives one line for each place that breaks its rule.
type Rule = fn(&[Source]) -> Vec<String>;

const RULES: [(&str, Rule); 8] = [
    ("merges", merges::check),
    ("size of files", sizes::check),
    ("direction of dependencies", dependencies::check),
    ("SQL", sql::check),
    ("style sheets", styles::check),
    ("words", words::check),
    ("catalogue", catalogue::check),
    ("commands of the README", readme::check),
];

/// `cargo xtask check`.
pub fn run(steps: &mut Steps) -> Result<()> {
    steps.step("rules over the text", || {
        let sources = sources()?;
        let found: Vec<_> = RULES
            .iter()
            .flat_map(|(name, rule)| rule(&sources).into_iter().map(move |line| format!("{name}: {line}")))
            .collect();
        report(&found)
    })?;
    steps.step("format", || cargo(&["fmt", "--all", "--check"]))?;
    let bin = steps.step("cargo tools", install::cargo_tools)?;
    steps.step("dependencies", || {
        let deny = [
            "deny",
            "--log-level",
            "error",
            "check",
            "--hide-inclusion-graph",
            "bans",
            "licenses",
            "sources",
        ];
        quiet(command("cargo", deny).current_dir(root()).env("PATH", with_path(&bin)?)).map(drop)
    })?;
    steps.step("lints", || {
        cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"])
    })?;
    steps.step("documentation", || {
        let doc = ["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items"];
        shown(command("cargo", doc).current_dir(root()).env("RUSTDOCFLAGS", "--deny warnings"))
    })
}

/// `PATH` with one more folder, looked at last: the machine's own tools come first.
pub fn with_path(folder: &Path) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(env::split_paths(&path).chain([folder.to_owned()]))?)
}

fn cargo(arguments: &[&str]) -> Result<()> {
    shown(command("cargo", arguments).current_dir(root()))
}

fn report(found: &[String]) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    for line in found {
        eprintln!("{line}");
    }
    bail!("{} found", found.len());
}
