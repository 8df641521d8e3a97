//! How many connections one client may hold (P3).

use nameplate_web::layers::ClientNet;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Counts = Arc<Mutex<HashMap<ClientNet, usize>>>;

/// Counts connections per client.
pub struct NetCap {
    max: Option<usize>,
    counts: Counts,
}

/// A counted connection; dropping it counts it out.
pub struct Place(Option<(ClientNet, Counts)>);

impl NetCap {
    pub fn new(max: Option<usize>) -> Self {
        Self { max, counts: Counts::default() }
    }

    /// A place for one more connection, or none when the client holds as many as it may.
    pub fn enter(&self, address: IpAddr) -> Option<Place> {
        let Some(max) = self.max else { return Some(Place(None)) };
        let client = ClientNet::from(address);
        let mut counts = lock(&self.counts);
        let count = counts.entry(client).or_default();
        if *count >= max {
            return None;
        }
        *count += 1;
        Some(Place(Some((client, Arc::clone(&self.counts)))))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((client, counts)) = &self.0 else { return };
        let mut counts = lock(counts);
        if let Some(count) = counts.get_mut(client) {
            *count -= 1;
            if *count == 0 {
                counts.remove(client);
            }
        }
    }
}

fn lock(counts: &Counts) -> MutexGuard<'_, HashMap<ClientNet, usize>> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_has_its_own_cap_and_nothing_is_remembered_of_those_who_left() {
        let cap = NetCap::new(Some(2));
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        let mut held: Vec<_> = (0..2).map(|_| cap.enter(address("192.0.2.1")).unwrap()).collect();
        assert!(cap.enter(address("192.0.2.1")).is_none());
        assert!(cap.enter(address("::ffff:192.0.2.1")).is_none(), "the same client, written otherwise");
        assert!(cap.enter(address("192.0.2.2")).is_some());
        held.pop();
        held.push(cap.enter(address("192.0.2.1")).unwrap());
        drop(held);
        assert!(lock(&cap.counts).is_empty());
    }

    #[test]
    fn a_64_of_ipv6_is_one_client() {
        let cap = NetCap::new(Some(1));
        let _held = cap.enter("2001:db8::1".parse().unwrap()).unwrap();
        assert!(cap.enter("2001:db8::ffff:2".parse().unwrap()).is_none());
        assert!(cap.enter("2001:db8:0:1::1".parse().unwrap()).is_some());
    }
}
