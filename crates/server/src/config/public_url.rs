//! The address people use. Links are built from it and from nothing a request says (C19).

use std::fmt;
use url::{Host, Url};

/// `https://HOST[:PORT]`, or `http://` on loopback only, without a trailing slash.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    https: bool,
    loopback: bool,
}

impl PublicUrl {
    /// Reads the address; `None` when it has a path, a query, a user, or is plain http off loopback (A9).
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let host = url.host()?;
        let loopback = match host {
            Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        let https = match url.scheme() {
            "https" => true,
            "http" if loopback => false,
            _ => return None,
        };
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let host = host.to_string();
        bare.then(|| Self { origin: url.origin().ascii_serialization(), host, https, loopback })
    }

    /// The address as browsers send it in `Origin`: scheme, host, and the port when it is not the usual one.
    pub fn as_str(&self) -> &str {
        &self.origin
    }

    /// The host alone, without the port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether people reach the server over TLS: secure cookies and HSTS.
    pub const fn is_https(&self) -> bool {
        self.https
    }

    /// Whether only this machine can be meant.
    pub const fn is_loopback(&self) -> bool {
        self.loopback
    }
}

impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a09_plain_http_is_taken_on_loopback_only() {
        for text in ["http://localhost:8080", "http://demo.localhost", "http://127.0.0.2/", "http://[::1]:80"]
        {
            let url = PublicUrl::parse(text).unwrap();
            assert!(url.is_loopback() && !url.is_https(), "{text}");
        }
        for text in ["http://meet.example.com", "http://10.0.0.1", "http://localhost.example.com"] {
            assert_eq!(PublicUrl::parse(text), None, "{text}");
        }
        let url = PublicUrl::parse("https://Meet.Example.com:443/").unwrap();
        assert_eq!(url.as_str(), "https://meet.example.com");
        assert_eq!(url.host(), "meet.example.com");
        assert!(url.is_https() && !url.is_loopback());
    }

    #[test]
    fn only_a_bare_origin_is_taken() {
        for text in [
            "https://h/path",
            "https://h/?a",
            "https://h/#a",
            "https://u@h",
            "https://u:p@h",
            "ftp://h",
            "h",
            "",
        ] {
            assert_eq!(PublicUrl::parse(text), None, "{text}");
        }
    }
}
