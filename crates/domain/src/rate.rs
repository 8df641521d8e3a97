//! How often something may be done: `10/15 min`, `600/min, burst 100`, `5/h, 20/day`.

use std::fmt;
use std::time::Duration;

/// One token bucket: `count` permits come back evenly over `per`; at most `burst` wait to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Permits per period, at least 1.
    pub count: u32,
    /// The period, at least one second.
    pub per: Duration,
    /// How many permits may be used at once, at least 1.
    pub burst: u32,
}

/// Why a text is not a list of rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write rates like \"10/15 min\", \"600/min, burst 100\" or \"5/h, 20/day\"")]
pub struct RateError;

impl Rate {
    /// The largest count and burst.
    pub const MAX_COUNT: u32 = 100_000;
    /// The longest period.
    pub const MAX_PER: Duration = Duration::from_hours(7 * 24);

    /// Reads one or more rates; all of them hold at once.
    ///
    /// # Errors
    /// [`RateError`] when the text has another form, or a number is zero or above [`Rate::MAX_COUNT`] or [`Rate::MAX_PER`].
    ///
    /// ```
    /// use nameplate_domain::rate::Rate;
    /// let rates = Rate::parse_list("10/h, burst 5")?;
    /// assert_eq!(rates[0].burst, 5);
    /// # Ok::<(), nameplate_domain::rate::RateError>(())
    /// ```
    pub fn parse_list(text: &str) -> Result<Vec<Self>, RateError> {
        let mut rates: Vec<Self> = Vec::new();
        let mut burst_given = false;
        for part in text.split(',').map(str::trim) {
            if let Some(burst) = part.strip_prefix("burst ") {
                let last = rates.last_mut().filter(|_| !burst_given).ok_or(RateError)?;
                last.burst = count(burst)?;
                burst_given = true;
            } else {
                let (permits, per) = part.split_once('/').ok_or(RateError)?;
                let (permits, per) = (count(permits)?, period(per)?);
                rates.push(Self { count: permits, per, burst: permits });
                burst_given = false;
            }
        }
        Ok(rates)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.count, span_text(self.per))?;
        if self.burst == self.count { Ok(()) } else { write!(f, ", burst {}", self.burst) }
    }
}

/// Reads a length of time: a whole number and one of `s`, `min`, `h`, `day` or `d`; `0` needs no unit.
///
/// ```
/// assert_eq!(nameplate_domain::rate::parse_span("15 min"), Some(std::time::Duration::from_secs(900)));
/// ```
#[must_use]
pub fn parse_span(text: &str) -> Option<Duration> {
    let text = text.trim();
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    Duration::from_secs(unit_seconds(unit.trim())?).checked_mul(number.parse().ok()?)
}

/// Writes a length of time in the largest unit that divides it, as [`parse_span`] reads it.
#[must_use]
pub fn span_text(span: Duration) -> String {
    let seconds = span.as_secs();
    if seconds == 0 {
        return "0".to_owned();
    }
    for (unit, size) in [("d", 86_400), ("h", 3_600), ("min", 60)] {
        if seconds.is_multiple_of(size) {
            return format!("{} {unit}", seconds / size);
        }
    }
    format!("{seconds} s")
}

fn unit_seconds(unit: &str) -> Option<u64> {
    match unit {
        "s" => Some(1),
        "min" => Some(60),
        "h" => Some(3_600),
        "d" | "day" => Some(86_400),
        _ => None,
    }
}

fn count(text: &str) -> Result<u32, RateError> {
    text.trim().parse().ok().filter(|n| (1..=Rate::MAX_COUNT).contains(n)).ok_or(RateError)
}

fn period(text: &str) -> Result<Duration, RateError> {
    let bare = unit_seconds(text.trim()).map(Duration::from_secs);
    bare.or_else(|| parse_span(text)).filter(|per| !per.is_zero() && *per <= Rate::MAX_PER).ok_or(RateError)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(count: u32, seconds: u64, burst: u32) -> Rate {
        Rate { count, per: Duration::from_secs(seconds), burst }
    }

    #[test]
    fn reads_every_form_of_the_policy_table() {
        assert_eq!(Rate::parse_list("10/15 min"), Ok(vec![rate(10, 900, 10)]));
        assert_eq!(Rate::parse_list("600/min, burst 100"), Ok(vec![rate(600, 60, 100)]));
        assert_eq!(Rate::parse_list("5/h, 20/day"), Ok(vec![rate(5, 3_600, 5), rate(20, 86_400, 20)]));
        assert_eq!(
            Rate::parse_list("3/h, burst 1, 10/d, burst 2"),
            Ok(vec![rate(3, 3_600, 1), rate(10, 86_400, 2)])
        );
    }

    #[test]
    fn refuses_what_is_not_a_rate() {
        for text in [
            "",
            "5",
            "5/",
            "/h",
            "0/h",
            "5/0 min",
            "5/week",
            "5/8 d",
            "100001/h",
            "burst 3",
            "5/h,",
            "-1/h",
            "5/h, burst 1, burst 2",
        ] {
            assert_eq!(Rate::parse_list(text), Err(RateError), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in ["10/15 min", "600/1 min, burst 100", "20/1 d", "7/90 s"] {
            assert_eq!(Rate::parse_list(text).map(|rates| rates[0].to_string()), Ok(text.to_owned()));
        }
        assert_eq!(parse_span("99999999999999999999 d"), None);
        assert_eq!(parse_span("99999999999999999 d"), None);
        assert_eq!(parse_span("15"), None);
    }
}
