//! How much of the machine others used during a run.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result};

/// Linux counts processor time in hundredths of a second, whatever its clock.
pub const TICK_SECONDS: f64 = 0.01;

/// A run is disturbed when others used more than this share of one core.
const DISTURBED: f64 = 0.15;

/// A moment before a run.
pub struct Watch {
    start: Instant,
    busy: f64,
    postgres: f64,
}

/// What a run took of the machine.
pub struct Usage {
    /// Cores that processes of neither the load, the server nor PostgreSQL used, on average.
    pub others: f64,
}

impl Usage {
    pub fn disturbed(&self) -> bool {
        self.others > DISTURBED
    }
}

impl Watch {
    pub fn start() -> Result<Self> {
        Ok(Self { start: Instant::now(), busy: busy()?, postgres: postgres()? })
    }

    /// `own` is the processor time in seconds of what was measured, PostgreSQL left out.
    pub fn stop(self, own: f64) -> Result<Usage> {
        let seconds = self.start.elapsed().as_secs_f64();
        let own = own + postgres()? - self.postgres;
        Ok(Usage { others: ((busy()? - self.busy - own) / seconds).max(0.0) })
    }
}

/// Seconds that all cores were not idle since the machine started.
fn busy() -> Result<f64> {
    let text = fs::read_to_string("/proc/stat")?;
    let line = text.lines().next().context("/proc/stat is empty")?;
    let ticks: Vec<f64> = line.split_whitespace().skip(1).filter_map(|field| field.parse().ok()).collect();
    // user, nice, system, idle, iowait, irq, softirq, steal; guest time is part of user.
    let of = |index: usize| ticks.get(index).copied().unwrap_or_default();
    Ok([0, 1, 2, 5, 6, 7].into_iter().map(of).sum::<f64>() * TICK_SECONDS)
}

/// Seconds that all processes named `postgres` used.
fn postgres() -> Result<f64> {
    let mut seconds = 0.0;
    for entry in fs::read_dir("/proc")? {
        let folder = entry?.path();
        // A process may end while its files are read.
        if fs::read_to_string(folder.join("comm")).is_ok_and(|name| name.trim() == "postgres") {
            seconds += fs::read_to_string(folder.join("stat")).map_or(0.0, |text| used(&text));
        }
    }
    Ok(seconds)
}

/// Seconds of processor time in the text of `/proc/PID/stat`.
pub fn used(stat: &str) -> f64 {
    fields(stat, 11, 12)
}

/// The same for its children that have ended.
pub fn used_by_children(stat: &str) -> f64 {
    fields(stat, 13, 14)
}

fn fields(stat: &str, first: usize, second: usize) -> f64 {
    // The name in brackets may hold spaces: count from behind it.
    let after: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let field = |index: usize| after.get(index).and_then(|text| text.parse::<f64>().ok()).unwrap_or_default();
    (field(first) + field(second)) * TICK_SECONDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_processor_time_behind_a_name_with_brackets() {
        let stat = "7 (a ) b) S 1 7 7 0 -1 4194304 9 9 9 9 120 30 500 50 20 0 1";
        assert!((used(stat) - 1.5).abs() < 1e-9);
        assert!((used_by_children(stat) - 5.5).abs() < 1e-9);
    }
}
