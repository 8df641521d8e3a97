//! Who is asking: the peer's address, or what a trusted proxy says about it (C19).

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The other end of the connection; the server puts it into the extensions of every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// The client's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// One IPv4 address or one IPv6 /64: what limits are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientNet(IpAddr);

impl From<IpAddr> for ClientNet {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            v4 @ IpAddr::V4(_) => v4,
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        })
    }
}

impl fmt::Display for ClientNet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => write!(f, "{address}"),
            IpAddr::V6(address) => write!(f, "{address}/64"),
        }
    }
}

/// Whether forwarding headers of this address are believed.
#[must_use]
pub fn is_trusted(address: IpAddr, proxies: &[IpNet]) -> bool {
    let address = address.to_canonical();
    proxies.iter().any(|proxy| proxy.contains(&address))
}

/// The rightmost entry of `X-Forwarded-For` that is not a trusted proxy, when the peer is one; otherwise the peer.
///
/// An entry that is no address ends the search at the last hop that is certain.
#[must_use]
pub fn client(peer: Option<Peer>, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let mut known = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip().to_canonical());
    let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().collect();
    let entries = lines.iter().rev().flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
    for entry in entries {
        if !is_trusted(known, proxies) {
            break;
        }
        let Some(address) = hop(entry.trim()) else { break };
        known = address;
    }
    known
}

/// Some proxies write the port too.
fn hop(entry: &str) -> Option<IpAddr> {
    let bare =
        entry.parse::<IpAddr>().or_else(|_| entry.parse::<SocketAddr>().map(|with_port| with_port.ip()));
    bare.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(peer: &str, lines: &[&str], proxies: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let proxies: Vec<IpNet> = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        client(Some(Peer(SocketAddr::new(peer.parse().unwrap(), 9))), &headers, &proxies).to_string()
    }

    #[test]
    fn c19_only_a_trusted_peer_may_say_who_the_client_is() {
        assert_eq!(ask("198.51.100.7", &["203.0.113.1"], &[]), "198.51.100.7");
        assert_eq!(ask("198.51.100.7", &["203.0.113.1"], &["10.0.0.0/8"]), "198.51.100.7");
        assert_eq!(ask("10.0.0.1", &["203.0.113.1"], &["10.0.0.0/8"]), "203.0.113.1");
        assert_eq!(ask("::ffff:10.0.0.1", &["203.0.113.1"], &["10.0.0.0/8"]), "203.0.113.1");
        assert_eq!(ask("10.0.0.1", &[], &["10.0.0.0/8"]), "10.0.0.1");
    }

    #[test]
    fn c19_what_the_client_itself_wrote_is_further_left_and_ignored() {
        let proxies = ["10.0.0.0/8", "2001:db8::/32"];
        assert_eq!(ask("10.0.0.1", &["1.1.1.1, 203.0.113.1"], &proxies), "203.0.113.1");
        assert_eq!(
            ask("10.0.0.1", &["1.1.1.1", "203.0.113.1, 2001:db8::2, 10.0.0.9"], &proxies),
            "203.0.113.1"
        );
        assert_eq!(ask("10.0.0.1", &["203.0.113.1, 10.0.0.2"], &["10.0.0.1/32"]), "10.0.0.2");
        assert_eq!(ask("10.0.0.1", &["10.0.0.3, 10.0.0.2"], &proxies), "10.0.0.3");
        assert_eq!(ask("10.0.0.1", &["203.0.113.1, unknown"], &proxies), "10.0.0.1");
        assert_eq!(ask("10.0.0.1", &["203.0.113.1, unknown, 10.0.0.2"], &proxies), "10.0.0.2");
        assert_eq!(ask("10.0.0.1", &["203.0.113.1:4711"], &proxies), "203.0.113.1");
        assert_eq!(ask("10.0.0.1", &["[2001:db9::1]:4711"], &proxies), "2001:db9::1");
    }

    #[test]
    fn a_net_is_one_v4_address_or_a_64() {
        let net = |text: &str| ClientNet::from(text.parse::<IpAddr>().unwrap()).to_string();
        assert_eq!(net("192.0.2.1"), "192.0.2.1");
        assert_eq!(net("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(net("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    }
}
