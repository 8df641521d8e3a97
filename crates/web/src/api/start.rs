//! A start in a body (`time.md` section 2): an RFC 3339 instant, or a wall time with its zone (RFC 9557), never shifted
//! silently.

use jiff::Timestamp;
use jiff::civil::DateTime;
use nameplate_domain::time::{Tzdb, wall};

/// Reads `2026-11-23T09:00:00Z`, `…+01:00`, `2026-11-23T10:00[Europe/Berlin]` or `…+01:00[Europe/Berlin]`.
///
/// # Errors
/// The code of what is wrong with it.
pub fn parse(text: &str, tzdb: &Tzdb) -> Result<Timestamp, &'static str> {
    const FORMAT: &str = "instant_format";
    let Some((time, zone)) = text.split_once('[') else {
        return if is_date_time(text) { text.parse().map_err(|_| FORMAT) } else { Err(FORMAT) };
    };
    let zone = zone.strip_suffix(']').ok_or(FORMAT)?;
    let zone = tzdb.normalise(zone).map_err(|_| "time_zone_unknown")?;
    if !is_date_time(time) {
        return Err(FORMAT);
    }
    let (local, offset) = match time.rfind(['+', '-']).filter(|at| *at > 10) {
        Some(at) => time.split_at_checked(at).map(|(local, offset)| (local, Some(offset))).ok_or(FORMAT)?,
        None => (time, None),
    };
    let local: DateTime = local.parse().map_err(|_| FORMAT)?;
    let offset = offset.map(|text| offset_seconds(text).ok_or(FORMAT)).transpose()?;
    wall::resolve(local, &tzdb.zone(&zone), offset).map_err(|problem| problem.code())
}

/// jiff alone reads more forms than RFC 3339 has: a date, a basic form, a space for the T.
fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= 40 && bytes.get(4) == Some(&b'-') && matches!(bytes.get(10), Some(b'T' | b't'))
}

fn offset_seconds(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once(':')?;
    let two = |text: &str| (text.len() == 2).then(|| text.parse::<u8>().ok()).flatten().map(i32::from);
    Some(sign * (two(hours)? * 3_600 + two(minutes).filter(|minutes| *minutes < 60)? * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, &'static str> {
        parse(text, &Tzdb::bundled()).map(|at| at.to_string())
    }

    #[test]
    fn an_instant_or_a_wall_time_that_happens_once() {
        // Expected values: Python's zoneinfo.
        for (text, instant) in [
            ("2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"),
            ("2026-11-23T09:00:00+01:00", "2026-11-23T08:00:00Z"),
            ("2026-11-23T09:00:00-03:30", "2026-11-23T12:30:00Z"),
            ("2026-11-23T09:00[Europe/Berlin]", "2026-11-23T08:00:00Z"),
            ("2026-06-23T09:00:00[Asia/Calcutta]", "2026-06-23T03:30:00Z"),
            ("2026-10-25T02:30:00+02:00[Europe/Berlin]", "2026-10-25T00:30:00Z"),
            ("2026-10-25T02:30:00+01:00[Europe/Berlin]", "2026-10-25T01:30:00Z"),
        ] {
            assert_eq!(read(text), Ok(instant.to_owned()), "{text}");
        }
    }

    #[test]
    fn nothing_is_shifted_silently() {
        for (text, code) in [
            ("2026-03-08T02:30[America/New_York]", "local_time_does_not_exist"),
            ("2026-11-01T01:30[America/New_York]", "local_time_ambiguous"),
            ("2026-11-01T01:30-03:00[America/New_York]", "offset_not_valid_in_zone"),
            ("2026-11-23T09:00[Europe/Nowhere]", "time_zone_unknown"),
            ("2026-11-23T09:00:00", "instant_format"),
            ("2026-11-23", "instant_format"),
            ("20261123T090000Z", "instant_format"),
            ("2026-11-23 09:00:00Z", "instant_format"),
            ("2026-11-23T09:00:00Z[Europe/Berlin]", "instant_format"),
            ("2026-11-23T25:00:00Z", "instant_format"),
            ("2026-11-23T09:00[Europe/Berlin", "instant_format"),
            ("tomorrow", "instant_format"),
            ("", "instant_format"),
            ("[", "instant_format"),
        ] {
            assert_eq!(read(text), Err(code), "{text}");
        }
    }
}
