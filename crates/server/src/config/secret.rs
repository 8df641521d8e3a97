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

/// Whether a parameter of an address holds a password: `password`, `sslpassword`, `PASSFILE`…
fn is_password(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["pass", "pwd", "secret", "token", "key"].iter().any(|word| name.contains(word))
}

/// A connection address without its password, also where it stands among the parameters; anything else that is secret is
/// hidden whole.
pub fn masked(text: &str) -> String {
    if text.is_empty() || text.starts_with("sqlite:") {
        return text.to_owned();
    }
    match url::Url::parse(text) {
        Ok(mut url) if url.has_host() => {
            let hidden = url.password().is_none() || url.set_password(Some("***")).is_ok();
            if url.query_pairs().any(|(name, _)| is_password(&name)) {
                let pairs: Vec<_> = url.query_pairs().into_owned().collect();
                let mut query = url.query_pairs_mut();
                query.clear();
                for (name, value) in &pairs {
                    query.append_pair(name, if is_password(name) { "***" } else { value });
                }
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
        assert_eq!(
            masked("postgres://u@db.example/n?password=hunter2"),
            "postgres://u@db.example/n?password=***"
        );
        assert_eq!(
            masked("postgres://u@db.example/n?sslmode=disable&SSLpassw%6Frd=hunter2&connect_timeout=5"),
            "postgres://u@db.example/n?sslmode=disable&SSLpassword=***&connect_timeout=5"
        );
        assert_eq!(masked("smtp://u@mail.example?tls=none"), "smtp://u@mail.example?tls=none");
        assert_eq!(masked("smtps://u:hunter2@mail.example"), "smtps://u:***@mail.example");
        assert_eq!(masked("hunter2"), "***");
        assert_eq!(masked("sqlite:data/nameplate.db"), "sqlite:data/nameplate.db");
        assert!(!format!("{:?}", Secret::new("hunter2".to_owned())).contains("hunter2"));
    }
}
