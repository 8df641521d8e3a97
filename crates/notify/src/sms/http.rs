//! Calls to a provider: bounded in time and size, never redirected, and on request to public addresses only (security.md
//! C13, C14).

use super::Outcome;
use crate::internet::is_public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use url::{Host, Url};

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);
const MOST: usize = 64 * 1024;

/// Which addresses may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Any: the gateway stands in the organisation's own network.
    Any,
    /// Those of the internet only.
    Public,
}

/// What a call came to.
pub(super) enum Called {
    Answer {
        status: u16,
        body: String,
    },
    /// The request did not leave.
    NotSent(String),
    /// It may have arrived.
    Unknown(String),
}

/// A client for one provider.
pub(super) fn client(reach: Reach) -> Result<Client, reqwest::Error> {
    // A second time changes nothing: whoever was first chose the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder =
        Client::builder().connect_timeout(CONNECT).timeout(WHOLE).redirect(Policy::none()).no_proxy();
    match reach {
        Reach::Any => builder.build(),
        Reach::Public => builder.dns_resolver(Arc::new(PublicOnly)).build(),
    }
}

/// Whether the host is an address that may not be called. A name is judged when it is looked up.
pub(super) fn is_forbidden(url: &Url, reach: Reach) -> bool {
    reach == Reach::Public
        && match url.host() {
            Some(Host::Ipv4(ip)) => !is_public(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => !is_public(IpAddr::V6(ip)),
            Some(Host::Domain(_)) => false,
            None => true,
        }
}

pub(super) async fn call(request: RequestBuilder) -> Called {
    let mut answer = match request.send().await {
        Ok(answer) => answer,
        // The address is left out: it may hold a password.
        Err(error) if error.is_connect() || error.is_builder() => {
            return Called::NotSent(described(error));
        }
        Err(error) => return Called::Unknown(described(error)),
    };
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= MOST => body.extend_from_slice(&chunk),
            Ok(Some(_)) => return Called::Unknown("the answer is too long".to_owned()),
            Ok(None) => break,
            Err(error) => return Called::Unknown(described(error)),
        }
    }
    Called::Answer { status, body: String::from_utf8_lossy(&body).into_owned() }
}

/// What every provider means by its status, where it says no more: 429 and refused credentials are worth another try, which
/// is when somebody has mended them.
pub(super) fn refusal(status: u16, answer: String) -> Outcome {
    match status {
        401 | 403 | 404 | 429 | 300..=399 => Outcome::Later { answer },
        400..=499 => Outcome::Refused { answer },
        _ => Outcome::Perhaps { answer },
    }
}

fn described(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        let _ = write!(text, ": {inner}");
        source = inner.source();
    }
    super::short(&text)
}

/// Looks names up as the system does, and leaves out what is not of the internet. The connection goes to what was judged here.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.is_empty() || found.iter().any(|address| !is_public(address.ip())) {
                return Err("the host has an address that is not of the internet".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_c14_addresses_in_any_writing_are_judged() {
        for url in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://127.1/",
        ] {
            assert!(is_forbidden(&Url::parse(url).unwrap(), Reach::Public), "{url}");
            assert!(!is_forbidden(&Url::parse(url).unwrap(), Reach::Any), "{url}");
        }
        assert!(!is_forbidden(&Url::parse("https://8.8.8.8/").unwrap(), Reach::Public));
        assert!(!is_forbidden(&Url::parse("https://sms.example.com/").unwrap(), Reach::Public));
    }

    #[tokio::test]
    async fn sec_c14_a_name_that_leads_home_is_not_called() {
        let client = client(Reach::Public).unwrap();
        let called = call(client.get("http://localhost:9/")).await;
        assert!(matches!(&called, Called::NotSent(why) if why.contains("not of the internet")));
    }
}
