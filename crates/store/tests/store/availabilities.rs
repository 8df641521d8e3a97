//! Availability.

use crate::fixtures::{ANNA, BERT, open};
use jiff::civil::date;
use nameplate_domain::time::ZoneId;
use nameplate_domain::time::availability::{Availability, Interval, TimeOfDay, ZoneOverride};
use nameplate_store::AvailabilityRow;
use nameplate_testkit::both_engines;

fn hours(start: &str, end: &str) -> Interval {
    Interval::new(TimeOfDay::parse(start).unwrap(), TimeOfDay::parse(end).unwrap()).unwrap()
}

fn full() -> Availability {
    let mut availability = Availability::default();
    availability.weekly.mon = vec![hours("09:00", "12:00"), hours("13:30", "24:00")];
    availability.weekly.sun = vec![hours("00:00", "00:15")];
    availability.overrides.insert(date(2026, 12, 24), vec![]);
    availability.overrides.insert(date(2026, 12, 28), vec![hours("10:00", "11:00")]);
    let (from, to) = (date(2027, 1, 4), date(2027, 1, 8));
    availability.zone_overrides = vec![ZoneOverride { from, to, zone: ZoneId::stored("Asia/Tokyo") }];
    availability
}

both_engines! {
    async fn availability_is_replaced_over_the_version_that_was_read(database: TestDatabase) {
        let store = open(&database).await;
        assert_eq!(query!(store, |tx| tx.availability(ANNA).await?), AvailabilityRow::default());
        assert!(commit!(store, |tx| tx.save_availability(ANNA, &full(), 0).await?).unwrap());
        let first = AvailabilityRow { availability: full(), version: 1 };
        assert_eq!(query!(store, |tx| tx.availability(ANNA).await?), first);

        let empty = Availability::default();
        assert!(!commit!(store, |tx, empty| tx.save_availability(ANNA, &empty, 0).await?).unwrap(), "set meanwhile");
        assert_eq!(query!(store, |tx| tx.availability(ANNA).await?), first);
        assert!(commit!(store, |tx, empty| tx.save_availability(ANNA, &empty, 1).await?).unwrap());
        let second = AvailabilityRow { availability: empty, version: 2 };
        assert_eq!(query!(store, |tx| tx.availability(ANNA).await?), second);
        assert!(!commit!(store, |tx| tx.save_availability(ANNA, &full(), 1).await?).unwrap(), "stale");
        assert_eq!(query!(store, |tx| tx.availability(ANNA).await?), second);
        assert_eq!(query!(store, |tx| tx.availability(BERT).await?), AvailabilityRow::default());
    }
}
