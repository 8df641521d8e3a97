//! `nameplate setup-link`.

use crate::config::Config;
use crate::wiring;
use anyhow::{Result, bail};
use nameplate_app::accounts::set_up;

/// Prints a new set-up link; older ones end.
pub async fn run(config: Config) -> Result<()> {
    let app = wiring::reopen(&config).await?;
    match set_up::link(&app, wiring::clock()).await? {
        Some(link) => println!("{link}"),
        None => bail!(
            "there is an admin already; nameplate agent add adds accounts, nameplate agent reset-link lets one back in"
        ),
    }
    Ok(())
}
