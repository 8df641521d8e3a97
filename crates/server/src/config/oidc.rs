//! The section `oidc`.

use super::{ConfigError, Reader, Secret};

/// The identity provider; each field is the key of its name.
#[derive(Debug, Clone)]
pub struct Oidc {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Secret,
    pub name: String,
}

const KEYS: [&str; 4] = ["oidc.issuer", "oidc.client_id", "oidc.client_secret", "oidc.name"];

/// The section: all of it, or nothing.
pub(super) fn read(read: &Reader<'_>) -> Result<Option<Oidc>, ConfigError> {
    let mut texts = Vec::new();
    for key in KEYS {
        texts.push((key, read.optional(key, |text| Some(text.to_owned()))?));
    }
    let set = texts.iter().find(|(_, text)| text.is_some()).map(|(key, _)| *key);
    let Some(set) = set else { return Ok(None) };
    if let Some((missing, _)) = texts.iter().find(|(_, text)| text.is_none()) {
        return Err(ConfigError(format!("{set} is set, so {missing} must be set too")));
    }
    let mut texts = texts.into_iter().map(|(_, text)| text.unwrap_or_default());
    let mut next = || texts.next().unwrap_or_default();
    Ok(Some(Oidc { issuer: next(), client_id: next(), client_secret: Secret::new(next()), name: next() }))
}
