//! `nameplate sms-hooks`.

use crate::config::Config;
use crate::wiring;
use anyhow::{Result, bail};
use nameplate_app::sms;

/// Prints the addresses that the provider of text messages calls. Whoever knows them can stop messages.
pub async fn run(config: Config) -> Result<()> {
    if config.sms.is_none() {
        bail!("sms.provider is not set: there are no text messages");
    }
    let app = wiring::reopen(&config).await?;
    println!("status   {}", sms::hook_url(&app, "status"));
    println!("inbound  {}", sms::hook_url(&app, "inbound"));
    Ok(())
}
