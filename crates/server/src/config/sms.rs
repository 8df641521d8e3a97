//! The section `sms`.

use super::rule::countries;
use super::{ConfigError, Reader, Secret};
use nameplate_domain::account::CountryCode;

/// Who takes text messages, and how; each field is the key of its name.
#[derive(Debug, Clone)]
pub struct Sms {
    pub provider: String,
    pub url: Option<Secret>,
    pub user: String,
    pub password: Secret,
    pub from: String,
    pub countries: Vec<CountryCode>,
    pub headers: Secret,
    pub body: Secret,
    pub reference: Option<String>,
}

/// The section; none without a provider. What a provider needs must be there.
pub(super) fn read(read: &Reader<'_>) -> Result<Option<Sms>, ConfigError> {
    let text = |name| read.optional(name, |text| Some(text.to_owned()));
    let Some(provider) = text("sms.provider")? else { return Ok(None) };
    let missing = |name| ConfigError(format!("sms.provider is {provider}, so {name} must be set too"));
    let needs = |name: &'static str| text(name)?.ok_or_else(|| missing(name));
    let secret = |name| read.optional(name, |text| Some(Secret::new(text.to_owned())));
    let with_account = matches!(provider.as_str(), "kannel" | "twilio");
    let url = secret("sms.url")?;
    if url.is_none() && matches!(provider.as_str(), "kannel" | "http") {
        return Err(missing("sms.url"));
    }
    let password = secret("sms.password")?;
    if password.is_none() && with_account {
        return Err(missing("sms.password"));
    }
    Ok(Some(Sms {
        url,
        user: if with_account { needs("sms.user")? } else { String::new() },
        password: password.unwrap_or_else(|| Secret::new(String::new())),
        from: needs("sms.from")?,
        countries: read.optional("sms.countries", countries)?.ok_or_else(|| missing("sms.countries"))?,
        headers: secret("sms.headers")?.unwrap_or_else(|| Secret::new(String::new())),
        body: secret("sms.body")?.unwrap_or_else(|| Secret::new(String::new())),
        reference: text("sms.reference")?,
        provider,
    }))
}
