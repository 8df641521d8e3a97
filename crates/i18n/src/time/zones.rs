//! The zone field: what an option says and when its clock changes.

use jiff::{SignedDuration, Timestamp};
use nameplate_domain::time::{Tzdb, ZoneHit, ZoneId};

use super::HourCycle;
use super::parts::{day_and_month, offset, wall};
use crate::cities::city;
use crate::{Locale, Texts, country};

/// A change of the clock that is nearer than this is announced.
const ANNOUNCED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// `Berlin, Germany - 11:00 (UTC+1)`, and `UTC - 10:00`.
#[must_use]
pub fn zone_option(locale: Locale, tzdb: &Tzdb, hit: &ZoneHit, now: Timestamp, hours: HourCycle) -> String {
    let texts = Texts::of(locale);
    let zone = tzdb.zone(&hit.zone);
    let place = if hit.country.is_empty() {
        city(locale, hit)
    } else {
        let country = country(locale, &hit.country);
        texts.format("time-place", &[("city", &city(locale, hit)), ("country", &country)])
    };
    let time = wall(texts, zone.to_datetime(now).time(), hours);
    if hit.zone == ZoneId::utc() {
        return texts.format("time-zone-option-utc", &[("place", &place), ("time", &time)]);
    }
    let offset = offset(zone.to_offset(now).seconds());
    texts.format("time-zone-option", &[("place", &place), ("time", &time), ("offset", &offset)])
}

/// `changes to UTC+2 on 28 March`, when that happens within 90 days. The date is that of the clock which changes.
#[must_use]
pub fn zone_change(locale: Locale, tzdb: &Tzdb, zone: &ZoneId, now: Timestamp) -> Option<String> {
    let texts = Texts::of(locale);
    let zone = tzdb.zone(zone);
    let before = zone.to_offset(now);
    let near = zone.following(now).take_while(|change| change.timestamp().duration_since(now) < ANNOUNCED);
    // A change of the name alone moves no clock.
    let change = near.into_iter().find(|change| change.offset() != before)?;
    let date = day_and_month(texts, before.to_datetime(change.timestamp()).date());
    let offset = offset(change.offset().seconds());
    Some(texts.format("time-zone-change", &[("offset", &offset), ("date", &date)]))
}
