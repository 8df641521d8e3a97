//! Runs, their median and spread, and a row of the report.

use serde::{Deserialize, Serialize};

/// How many undisturbed runs are wanted.
pub const WANTED: usize = 5;
/// How many runs are made to get them.
pub const MOST: usize = 6;

/// The values of several runs of one thing.
#[derive(Clone, Default)]
pub struct Figure {
    runs: Vec<(f64, bool)>,
}

impl Figure {
    pub fn add(&mut self, value: f64, disturbed: bool) {
        self.runs.push((value, disturbed));
    }

    /// Whether enough runs were made.
    pub fn enough(&self) -> bool {
        self.calm() >= WANTED || self.runs.len() >= MOST
    }

    fn calm(&self) -> usize {
        self.runs.iter().filter(|(_, disturbed)| !disturbed).count()
    }

    /// The values that count: those of undisturbed runs, or all when too few of them were undisturbed.
    fn values(&self) -> Vec<f64> {
        let all = self.calm() < WANTED;
        let mut values: Vec<f64> =
            self.runs.iter().filter(|(_, disturbed)| all || !disturbed).map(|(value, _)| *value).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    pub fn median(&self) -> f64 {
        let values = self.values();
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// Median, smallest, largest, and how many of the runs were disturbed.
    pub fn words(&self, unit: &str) -> String {
        let values = self.values();
        let (Some(low), Some(high)) = (values.first(), values.last()) else { return "–".to_owned() };
        let disturbed = self.runs.len() - self.calm();
        let note = match (disturbed, self.calm() < WANTED) {
            (0, _) => String::new(),
            (n, true) => format!("; {n} of {} runs disturbed", self.runs.len()),
            (n, false) => format!("; {n} disturbed runs left out"),
        };
        format!("{} {unit} ({} to {}{note})", short(self.median()), short(*low), short(*high))
    }
}

/// A number with three figures that matter.
pub fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => {
            let whole = format!("{value:.0}");
            match whole.len() {
                5.. => format!(
                    "{},{}",
                    &whole.get(..whole.len() - 3).unwrap_or_default(),
                    &whole.get(whole.len() - 3..).unwrap_or_default()
                ),
                _ => whole,
            }
        }
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// A line of the table.
#[derive(Clone, Serialize, Deserialize)]
pub struct Row {
    /// The goal's id.
    pub id: String,
    /// What was done.
    pub work: String,
    /// What Nameplate needed.
    pub ours: String,
    /// What the floor needed.
    pub floor: String,
    /// The ratio, where the goal is one.
    pub ratio: String,
    /// What was wanted.
    pub goal: String,
    /// Whether it was reached; none for what is shown without a goal.
    pub met: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disturbed_runs_count_only_when_there_are_too_few_others() {
        let mut figure = Figure::default();
        for value in [1.0, 2.0, 3.0, 4.0] {
            figure.add(value, false);
        }
        figure.add(100.0, true);
        assert!(!figure.enough());
        assert_eq!(figure.words("µs"), "3.00 µs (1.00 to 100; 1 of 5 runs disturbed)");
        figure.add(5.0, false);
        assert!(figure.enough());
        assert_eq!(figure.words("µs"), "3.00 µs (1.00 to 5.00; 1 disturbed runs left out)");
    }

    #[test]
    fn large_numbers_have_a_comma() {
        assert_eq!(short(12_345.4), "12,345");
        assert_eq!(short(999.4), "999");
        assert_eq!(short(1_234.0), "1234");
    }
}
