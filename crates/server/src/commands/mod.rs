//! One file per subcommand.

use anyhow::Result;
use std::fmt::Display;
use std::io::{ErrorKind, Write as _};

pub mod agent;
pub mod agent_state;
pub mod config;
pub mod demo;
pub mod dkim_record;
pub mod doctor;
pub mod healthcheck;
pub mod people;
pub mod serve;
pub mod setup_link;
pub mod sms_hooks;
pub mod token;

/// Prints lines. Whoever reads them may stop before the end: that is no error.
pub fn print(lines: impl IntoIterator<Item = impl Display>) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        match writeln!(out, "{line}") {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
            written => written?,
        }
    }
    Ok(())
}
