//! From the section `oidc` to the identity provider.

use crate::config::Config;
use anyhow::{Result, anyhow};
use nameplate_app::accounts::oidc::{CALLBACK, Oidc};
use nameplate_oidc::{Provider, Settings};
use std::sync::Arc;

/// The identity provider; none where nothing is configured. It is not asked anything yet.
pub fn settings(config: &Config) -> Result<Option<Oidc>> {
    let Some(section) = &config.oidc else { return Ok(None) };
    let provider = Provider::new(Settings {
        issuer: section.issuer.clone(),
        client_id: section.client_id.clone(),
        client_secret: section.client_secret.expose().to_owned(),
        redirect: format!("{}{CALLBACK}", config.public_url.as_str()),
    });
    let provider = provider.map_err(|error| anyhow!("the identity provider cannot be used: {error}"))?;
    Ok(Some(Oidc { name: section.name.clone(), provider: Arc::new(provider) }))
}
