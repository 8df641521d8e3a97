//! Token buckets in memory, with a bound on how many keys are remembered (P1).
//!
//! The arithmetic is the generic cell rate algorithm (ITU-T I.371): one instant per bucket, the theoretical arrival time
//! of the next permit. `governor` does the same but cannot give a permit back, which rates of failures need.

use nameplate_domain::rate::Rate;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Keys remembered one by one; above, keys share [`SHARED`] buckets, so that a flood of addresses fills no memory.
const MAX_KEYS: usize = 50_000;
const SHARED: u64 = 1_024;

/// Counts permits per key; all rates hold at once.
pub struct Limiter {
    rates: Vec<Rate>,
    started: Instant,
    hasher: RandomState,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    arrivals: HashMap<u64, Vec<Duration>>,
    cleaned: Duration,
}

/// A permit that was taken; [`Limiter::give_back`] returns it.
#[must_use]
pub struct Permit(u64);

/// No permit: ask again after this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(pub Duration);

impl Wait {
    /// For `Retry-After`: whole seconds, at least one.
    #[must_use]
    pub fn seconds(self) -> u64 {
        self.0.as_secs() + u64::from(self.0.subsec_nanos() > 0).max(u64::from(self.0.is_zero()))
    }
}

impl Limiter {
    /// A limiter in which every bucket is full; `now` is any instant before the first question.
    #[must_use]
    pub fn new(rates: &[Rate], now: Instant) -> Self {
        let table = Mutex::default();
        Self { rates: rates.to_vec(), started: now, hasher: RandomState::new(), table }
    }

    /// Takes one permit of every rate, or none.
    ///
    /// # Errors
    /// The time until the scarcest rate has a permit again.
    pub fn take<K: Hash>(&self, key: &K, now: Instant) -> Result<Permit, Wait> {
        let now = now.saturating_duration_since(self.started);
        let mut table = self.table();
        let key = self.place(key, now, &mut table);
        let arrivals = table.arrivals.entry(key).or_insert_with(|| vec![Duration::ZERO; self.rates.len()]);
        let waits = arrivals.iter().zip(&self.rates).map(|(arrival, rate)| {
            let tolerance = interval(rate) * (rate.burst - 1);
            arrival.saturating_sub(tolerance).saturating_sub(now)
        });
        let wait = waits.max().unwrap_or_default();
        if !wait.is_zero() {
            return Err(Wait(wait));
        }
        for (arrival, rate) in arrivals.iter_mut().zip(&self.rates) {
            *arrival = (*arrival).max(now) + interval(rate);
        }
        Ok(Permit(key))
    }

    /// Undoes a [`Limiter::take`]: what was counted did not happen.
    pub fn give_back(&self, permit: &Permit) {
        let mut table = self.table();
        let arrivals = table.arrivals.get_mut(&permit.0);
        for (arrival, rate) in arrivals.into_iter().flatten().zip(&self.rates) {
            *arrival = arrival.saturating_sub(interval(rate));
        }
    }

    fn place<K: Hash>(&self, key: &K, now: Duration, table: &mut Table) -> u64 {
        let hash = self.hasher.hash_one(key);
        if table.arrivals.len() < MAX_KEYS || table.arrivals.contains_key(&hash) {
            return hash;
        }
        if now.saturating_sub(table.cleaned) >= Duration::from_secs(1) {
            table.cleaned = now;
            table.arrivals.retain(|_, arrivals| arrivals.iter().any(|arrival| *arrival > now));
        }
        if table.arrivals.len() < MAX_KEYS { hash } else { hash % SHARED }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn interval(rate: &Rate) -> Duration {
    rate.per / rate.count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(rates: &str, start: Instant) -> Limiter {
        Limiter::new(&Rate::parse_list(rates).unwrap(), start)
    }

    fn takes(limiter: &Limiter, key: u32, tries: u32, at: Instant) -> usize {
        (0..tries).filter(|_| limiter.take(&key, at).is_ok()).count()
    }

    #[test]
    fn a_bucket_empties_and_fills_evenly() {
        let start = Instant::now();
        let limiter = limiter("10/min", start);
        assert_eq!(takes(&limiter, 1, 50, start), 10);
        assert_eq!(takes(&limiter, 2, 50, start), 10, "another key has its own bucket");
        assert_eq!(limiter.take(&1, start).err(), Some(Wait(Duration::from_secs(6))));
        assert_eq!(takes(&limiter, 1, 50, start + Duration::from_secs(6)), 1);
        assert_eq!(takes(&limiter, 1, 50, start + Duration::from_secs(18)), 2);
        assert_eq!(takes(&limiter, 1, 50, start + Duration::from_mins(10)), 10, "never more than the burst");
    }

    #[test]
    fn burst_and_several_rates_hold_together() {
        let start = Instant::now();
        assert_eq!(takes(&limiter("600/min, burst 100", start), 1, 200, start), 100);
        let both = limiter("5/h, 8/day", start);
        assert_eq!(takes(&both, 1, 20, start), 5);
        assert_eq!(
            takes(&both, 1, 20, start + Duration::from_hours(1)),
            3,
            "the day's rate is the scarcer one now"
        );
    }

    #[test]
    fn a_permit_given_back_can_be_taken_again() {
        let start = Instant::now();
        let limiter = limiter("2/h", start);
        let permit = limiter.take(&1, start).ok().unwrap();
        assert!(limiter.take(&1, start).is_ok() && limiter.take(&1, start).is_err());
        limiter.give_back(&permit);
        assert!(limiter.take(&1, start).is_ok() && limiter.take(&1, start).is_err());
    }

    #[test]
    fn a_flood_of_keys_is_bounded_and_old_ones_are_forgotten() {
        let start = Instant::now();
        let limiter = limiter("1/min", start);
        for key in 0..60_000_u32 {
            let _ = limiter.take(&key, start);
        }
        let remembered = |limiter: &Limiter| limiter.table().arrivals.len();
        assert!(remembered(&limiter) <= MAX_KEYS + 1_024);
        assert!(limiter.take(&0_u32, start).is_err(), "a known key keeps its bucket");
        assert!(limiter.take(&70_000_u32, start + Duration::from_secs(90)).is_ok());
        assert!(remembered(&limiter) < 10);
    }

    #[test]
    fn waiting_is_said_in_whole_seconds_rounded_up() {
        assert_eq!(Wait(Duration::from_millis(1)).seconds(), 1);
        assert_eq!(Wait(Duration::from_secs(6)).seconds(), 6);
        assert_eq!(Wait(Duration::from_millis(6_001)).seconds(), 7);
    }
}
