//! The programs of others that tests hold our output against; `cargo xtask test` installs them and says where they are.

#![expect(clippy::panic, reason = "a test without its tool fails instead of being skipped")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The Python interpreter that has the packages of the `requirements.txt` in `tests` (`NAMEPLATE_PYTHON`).
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

/// The codes that an authenticator app with this secret shows at these instants, by a library that is not ours
/// (`tests/oracle/totp_codes.py`).
///
/// # Panics
///
/// When the interpreter or its package is missing.
#[must_use]
pub fn totp_codes(secret: &str, seconds: &[i64]) -> Vec<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle/totp_codes.py");
    let mut command = Command::new(python());
    command.arg(script).arg(secret.replace(' ', "")).args(seconds.iter().map(ToString::to_string));
    match command.output() {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).lines().map(ToOwned::to_owned).collect()
        }
        other => panic!("{command:?}: {other:?}"),
    }
}
