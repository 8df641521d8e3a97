//! The key that signs mail: two keys of the configuration and a file.

use super::{Config, ConfigError};
use nameplate_notify::dkim::Dkim;

impl Config {
    /// The signer of `mail.dkim_key_file`, for the domain of `mail.from`; none when nothing is to be signed here.
    pub fn dkim(&self) -> Result<Option<Dkim>, ConfigError> {
        let (Some(file), Some(selector), Some(from)) =
            (&self.dkim_key_file, &self.dkim_selector, &self.mail_from)
        else {
            return Ok(None);
        };
        let wrong = |why: String| ConfigError(format!("mail.dkim_key_file {}: {why}", file.display()));
        let pem = std::fs::read(file).map_err(|error| wrong(format!("it cannot be read: {error}")))?;
        let domain = from.as_str().rsplit_once('@').map_or("", |(_, domain)| domain);
        Dkim::parse(&pem, selector, domain).map(Some).map_err(|error| wrong(error.to_string()))
    }

    /// All that signing needs, or nothing of it.
    pub(super) fn check_dkim(&self) -> Result<(), ConfigError> {
        let fail = |text: &str| Err(ConfigError(text.to_owned()));
        match (&self.dkim_key_file, &self.dkim_selector) {
            (Some(_), None) => fail("mail.dkim_key_file is set, so mail.dkim_selector must be too"),
            (None, Some(_)) => fail("mail.dkim_selector is set, so mail.dkim_key_file must be too"),
            (Some(_), Some(_)) if self.mail_from.is_none() => {
                fail("mail.dkim_key_file is set, so mail.from must be too")
            }
            _ => Ok(()),
        }
    }
}
