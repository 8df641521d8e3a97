//! The programs of others that tests hold our output against; `cargo xtask test` installs them and says where they are.

#![expect(clippy::panic, reason = "a test without its tool fails instead of being skipped")]

use std::path::PathBuf;

/// The Python interpreter that has the packages of `tests/consumers/requirements.txt` (`NAMEPLATE_PYTHON`).
///
/// # Panics
///
/// When the variable is missing.
#[must_use]
pub fn python() -> PathBuf {
    named("NAMEPLATE_PYTHON")
}

/// The directory whose `node_modules` has the packages of `tests/consumers/package.json` (`NAMEPLATE_NODE_DIR`).
///
/// # Panics
///
/// When the variable is missing.
#[must_use]
pub fn node_directory() -> PathBuf {
    named("NAMEPLATE_NODE_DIR")
}

fn named(variable: &str) -> PathBuf {
    match std::env::var_os(variable) {
        Some(value) => PathBuf::from(value),
        None => panic!(
            "{variable} is missing: run the tests with `cargo xtask test`, or set it as `cargo xtask env` prints it"
        ),
    }
}
