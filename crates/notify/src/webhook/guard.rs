//! What may be called: the internet by https, and what the configuration names.

use crate::internet::is_public;
use ipnet::IpNet;
use nameplate_domain::account::Problem;
use nameplate_domain::webhooks::HookUrl;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use url::Host;

/// Looks names up.
pub trait Lookup: Send + Sync + 'static {
    /// The addresses behind a name.
    fn addresses(&self, name: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;
}

/// As the system does.
struct System;

impl Lookup for System {
    fn addresses(&self, name: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Judges addresses before they are called. An address is looked up once a call, and the connection goes to what was judged.
pub struct Guard {
    names: Vec<String>,
    networks: Vec<IpNet>,
    lookup: Box<dyn Lookup>,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard")
            .field("names", &self.names)
            .field("networks", &self.networks)
            .finish_non_exhaustive()
    }
}

impl Default for Guard {
    /// The internet alone.
    fn default() -> Self {
        Self { names: Vec::new(), networks: Vec::new(), lookup: Box::new(System) }
    }
}

impl Guard {
    /// The internet, and these hosts and networks too, which may be called without TLS and on every port: `crm.internal`, `10.0.0.5`, `10.0.0.0/8`.
    /// None where one of them is neither.
    #[must_use]
    pub fn allowing<'a>(entries: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut guard = Self::default();
        for entry in entries {
            if let Ok(network) = entry.parse::<IpNet>() {
                guard.networks.push(network);
            } else if let Ok(ip) = entry.trim_matches(['[', ']']).parse::<IpAddr>() {
                guard.networks.push(ip.into());
            } else {
                match Host::parse(entry) {
                    Ok(Host::Domain(name)) => guard.names.push(name),
                    _ => return None,
                }
            }
        }
        Some(guard)
    }

    /// The same, asking somebody else for addresses.
    #[must_use]
    pub fn looking_up(self, lookup: impl Lookup) -> Self {
        Self { lookup: Box::new(lookup), ..self }
    }

    /// Whether an address may be called, as far as can be told without looking its name up.
    ///
    /// # Errors
    /// `PrivateAddress`, `NotHttps`, `PortNotAllowed`.
    pub fn judge(&self, url: &HookUrl) -> Result<(), Problem> {
        let url = url.url();
        let (named, public) = match url.host() {
            Some(Host::Domain(name)) => (self.is_named(name), !is_this_machine(name)),
            Some(Host::Ipv4(ip)) => (self.is_allowed(ip.into()), is_public(ip.into())),
            Some(Host::Ipv6(ip)) => (self.is_allowed(ip.into()), is_public(ip.into())),
            None => (false, false),
        };
        if named {
            return Ok(());
        }
        if !public {
            return Err(Problem::PrivateAddress);
        }
        if url.scheme() != "https" {
            return Err(Problem::NotHttps);
        }
        // Below 1024 other services than those of the web listen: nobody shall have us talk to a mail server.
        match url.port_or_known_default() {
            Some(443 | 1024..) => Ok(()),
            _ => Err(Problem::PortNotAllowed),
        }
    }

    fn is_named(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    fn is_allowed(&self, ip: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&ip))
    }

    /// The addresses of a name, when every one of them may be called.
    async fn resolve(&self, name: &str) -> Result<Vec<SocketAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let found = self.lookup.addresses(name.to_owned()).await.map_err(|_| Unknown)?;
        if found.is_empty() {
            return Err(Unknown.into());
        }
        let may = |ip: &IpAddr| is_public(*ip) || self.is_allowed(*ip);
        if !self.is_named(name) && !found.iter().all(may) {
            return Err(Forbidden.into());
        }
        Ok(found.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect())
    }
}

/// Names that every system keeps for itself (RFC 6761).
fn is_this_machine(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

/// The resolver of the client: the connection goes to what was judged here.
pub(super) struct Guarded(pub(super) Arc<Guard>);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = Arc::clone(&self.0);
        Box::pin(async move {
            let found = guard.resolve(name.as_str()).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// An address that may not be called.
#[derive(Debug, thiserror::Error)]
#[error("the host has an address that may not be called")]
pub(super) struct Forbidden;

/// A name that leads nowhere.
#[derive(Debug, thiserror::Error)]
#[error("the host is not known")]
pub(super) struct Unknown;

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(guard: &Guard, url: &str) -> Result<(), Problem> {
        guard.judge(&HookUrl::parse(url).unwrap())
    }

    #[test]
    fn sec_c13_the_internet_by_https_and_nothing_else() {
        let guard = Guard::default();
        for url in ["https://crm.example.com/", "https://8.8.8.8/", "https://crm.example.com:8443/x?y=z"] {
            assert_eq!(judged(&guard, url), Ok(()), "{url}");
        }
        for url in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:7f00:1]/",
            "https://[::ffff:8.8.8.8]/",
            "https://[64:ff9b::7f00:1]/",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/",
            "https://[fd12::1]/",
            "https://0.0.0.0/",
            "https://224.0.0.1/",
            "https://localhost/",
            "https://localhost./",
            "https://a.localhost/",
            "http://127.0.0.1/",
        ] {
            assert_eq!(judged(&guard, url), Err(Problem::PrivateAddress), "{url}");
        }
        assert_eq!(judged(&guard, "http://crm.example.com/"), Err(Problem::NotHttps));
        for port in [22, 25, 80, 465, 1023] {
            let url = format!("https://crm.example.com:{port}/");
            assert_eq!(judged(&guard, &url), Err(Problem::PortNotAllowed), "{url}");
        }
    }

    #[test]
    fn sec_c13_what_the_configuration_names_may_be_called_and_its_neighbours_not() {
        let guard = Guard::allowing(["CRM.internal", "10.1.0.0/16", "192.168.1.5", "[fd12::1]"]).unwrap();
        for url in [
            "http://crm.internal:8080/",
            "https://crm.internal:25/",
            "http://10.1.2.3/",
            "https://192.168.1.5/",
            "http://[fd12::1]/",
        ] {
            assert_eq!(judged(&guard, url), Ok(()), "{url}");
        }
        for url in ["https://10.2.0.1/", "http://192.168.1.6/", "https://[fd12::2]/", "https://127.0.0.1/"] {
            assert_eq!(judged(&guard, url), Err(Problem::PrivateAddress), "{url}");
        }
        assert_eq!(judged(&guard, "http://other.internal/"), Err(Problem::NotHttps));
        for entry in ["http://crm.internal", "crm.internal:80", "10.0.0.0/33", "a b", ""] {
            assert!(Guard::allowing([entry]).is_none(), "{entry}");
        }
    }
}
