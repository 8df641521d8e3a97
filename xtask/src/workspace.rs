//! The files of the project, and where built things go.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::{command, quiet};

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// What `cargo metadata` says of the workspace's own crates.
pub fn metadata() -> Result<Value> {
    let text =
        quiet(command("cargo", ["metadata", "--format-version", "1", "--no-deps"]).current_dir(root()))?;
    serde_json::from_str(&text).context("cargo metadata")
}

/// Cargo's target folder, wherever the environment puts it.
pub fn target() -> Result<PathBuf> {
    let metadata = metadata()?;
    let target = metadata.get("target_directory").and_then(Value::as_str).context("no target_directory")?;
    Ok(PathBuf::from(target))
}

/// One text file of the project.
pub struct Source {
    /// Relative to the project's folder, with `/`.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn is(&self, extensions: &[&str]) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|found| extensions.iter().any(|wanted| found == *wanted))
    }

    /// Line numbers from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// All text files that are committed or about to be.
pub fn sources() -> Result<Vec<Source>> {
    // A build machine may have checked the project out as another user.
    let list = ["-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"];
    let listed = quiet(command("git", list).current_dir(root()))?;
    let mut paths: Vec<_> = listed.lines().collect();
    paths.sort_unstable();
    paths.dedup();
    let read = |path: &str| {
        // A deleted file is still listed; a picture is no text.
        let text = std::fs::read_to_string(root().join(path)).ok()?;
        Some(Source { path: path.to_owned(), text })
    };
    Ok(paths.into_iter().filter_map(read).collect())
}
