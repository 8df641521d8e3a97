//! `nameplate dkim-record`.

use crate::config::Config;
use anyhow::{Result, anyhow, bail};

/// Prints the DNS record by which others check our signatures.
pub fn run(config: &Config) -> Result<()> {
    let Some(dkim) = config.dkim().map_err(|error| anyhow!("{error}"))? else {
        bail!("mail is not signed here: set mail.dkim_key_file and mail.dkim_selector");
    };
    let (name, text) = dkim.record();
    println!("name   {name}\ntype   TXT\nvalue  {text}");
    Ok(())
}
