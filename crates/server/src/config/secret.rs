//! Values that must not be shown (D4).

use std::fmt;

/// A text whose `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// A connection address without its password and parameters, which may hold one too; anything else that is secret is
/// hidden whole.
pub fn masked(text: &str) -> String {
    if text.is_empty() || text.starts_with("sqlite:") {
        return text.to_owned();
    }
    match url::Url::parse(text) {
        Ok(mut url) if url.has_host() => {
            let hidden = url.password().is_none() || url.set_password(Some("***")).is_ok();
            if url.query().is_some() {
                url.set_query(Some("***"));
            }
            url.set_fragment(None);
            if hidden { url.into() } else { "***".to_owned() }
        }
        _ => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d04_masks_hide_passwords_wherever_they_stand() {
        assert_eq!(masked("postgres://u:hunter2@db.example/n"), "postgres://u:***@db.example/n");
        assert_eq!(masked("postgres://u@db.example/n?password=hunter2"), "postgres://u@db.example/n?***");
        assert_eq!(masked("smtps://u:hunter2@mail.example"), "smtps://u:***@mail.example");
        assert_eq!(masked("hunter2"), "***");
        assert_eq!(masked("sqlite:data/nameplate.db"), "sqlite:data/nameplate.db");
        assert!(!format!("{:?}", Secret::new("hunter2".to_owned())).contains("hunter2"));
    }
}
