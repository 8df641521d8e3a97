//! Month, times and zone from the slots of an offer.

use crate::view::calendar::{Day, Month, Offer as View, Picker, Time, TimeGroup, Weekday, ZoneLine};
use crate::view::zones::ZoneChoice;
use crate::view::{Link, Phone};
use crate::visit::Visit;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use nameplate_app::Error;
use nameplate_app::slots::{self, Offer, Question};
use nameplate_domain::account::Place;
use nameplate_domain::account::card::Card;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::time::ZoneId;
use nameplate_i18n::time::{Clock, month_heading, weekday, weekday_short};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeMap;

/// What the address asks for.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// The day whose times are shown.
    pub date: Option<String>,
    /// A month, `2026-12`, when no day is chosen.
    pub month: Option<String>,
    /// The zone to read in.
    pub time_zone: Option<String>,
    /// Prefill of the details (B-22), kept while a time is chosen.
    pub name: Option<String>,
    /// Prefill.
    pub email: Option<String>,
    /// Prefill.
    pub note: Option<String>,
}

/// The zone that a visit reads in.
pub struct ReaderZone {
    /// The zone.
    pub id: ZoneId,
    /// False when it is the agent's for want of another.
    pub known: bool,
}

/// The zone asked for, else the one remembered, else the agent's.
pub fn reader_zone(visit: &Visit, asked: Option<&str>, agent: &ZoneId) -> ReaderZone {
    let tzdb = visit.web.app().tzdb();
    let remembered = visit.cookie("time_zone").map(|text| text.replace("%2F", "/"));
    let known = [asked.map(ToOwned::to_owned), remembered]
        .into_iter()
        .flatten()
        .find_map(|text| tzdb.normalise(&text).ok());
    match known {
        Some(id) => ReaderZone { id, known: true },
        None => ReaderZone { id: agent.clone(), known: false },
    }
}

/// Where the picker's links lead.
pub struct Places {
    /// The page with the picker: `/{slug}/{meeting_type}`.
    pub page: String,
    /// Where a chosen time leads: `…/book`.
    pub time: String,
    /// The meeting that is being moved.
    pub moving: Option<MeetingId>,
}

/// A query string of what is not empty, percent-encoded.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let pair =
        |(name, value): &(&str, &str)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC));
    let filled: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).map(pair).collect();
    if filled.is_empty() { String::new() } else { format!("?{}", filled.join("&")) }
}

/// Builds the picker for an offer.
///
/// # Errors
/// The database's.
pub async fn build(
    visit: &Visit,
    offer: &Offer,
    wanted: &Wanted,
    zone: &ReaderZone,
    places: &Places,
) -> Result<Picker, Error> {
    let builder = Builder::new(visit, offer, wanted, zone, places);
    let free = builder.all_free().await?;
    let month = builder.month_shown(&free);
    let chosen = builder.chosen(&free, month);
    let view = match (free.is_empty(), chosen) {
        (true, _) => builder.nothing(),
        (false, Some(date)) => builder.times(date, free.get(&date).map_or(&[], Vec::as_slice)),
        (false, None) => builder.empty_month(month, &free),
    };
    Ok(Picker {
        texts: visit.texts(),
        zone: builder.zone_line(),
        month: builder.month(month, chosen, &free),
        offer: view,
    })
}

type Free = BTreeMap<Date, Vec<Timestamp>>;

struct Builder<'a> {
    visit: &'a Visit,
    offer: &'a Offer,
    wanted: &'a Wanted,
    zone: &'a ReaderZone,
    places: &'a Places,
    clock: Clock,
    today: Date,
}

impl<'a> Builder<'a> {
    fn new(
        visit: &'a Visit,
        offer: &'a Offer,
        wanted: &'a Wanted,
        zone: &'a ReaderZone,
        places: &'a Places,
    ) -> Self {
        let clock = visit.clock(&zone.id);
        let today = clock.local(visit.now).date();
        Self { visit, offer, wanted, zone, places, clock, today }
    }

    /// The day asked for, or the first of the month asked for.
    fn asked(&self) -> Option<Date> {
        let date = self.wanted.date.as_deref().and_then(|text| text.parse().ok());
        date.or_else(|| format!("{}-01", self.wanted.month.as_deref()?).parse().ok())
    }

    /// Free starts of the month that is shown; when none was asked for or it is empty, of the whole horizon.
    async fn all_free(&self) -> Result<Free, Error> {
        if let Some(asked) = self.asked() {
            let month = self.free(asked.first_of_month().max(self.today), asked.last_of_month()).await?;
            if !month.is_empty() {
                return Ok(month);
            }
        }
        let horizon = i64::from(self.offer.meeting_type.rules.horizon_days) + 1;
        // The first free day is nearly always near: look further only when it is not.
        let near = self.free(self.today, self.today.last_of_month().saturating_add(31.days())).await?;
        if !near.is_empty() && self.asked().is_none() {
            return Ok(near);
        }
        self.free(self.today, self.today.saturating_add(horizon.days())).await
    }

    async fn free(&self, from: Date, to: Date) -> Result<Free, Error> {
        let question = Question { from, to, zone: self.zone.id.clone(), moving: self.places.moving };
        let starts = slots::free(self.visit.web.app(), self.visit.now, self.offer, &question).await?;
        let mut days = Free::new();
        for start in starts {
            days.entry(self.clock.local(start).date()).or_default().push(start);
        }
        Ok(days)
    }

    /// The first day of the month that is shown: past months cannot be reached (B-03).
    fn month_shown(&self, free: &Free) -> Date {
        let first = free.keys().next().copied().unwrap_or(self.today);
        self.asked().unwrap_or(first).max(self.today).first_of_month()
    }

    /// The day whose times are shown: the one asked for if it has any, else the month's first.
    fn chosen(&self, free: &Free, month: Date) -> Option<Date> {
        let asked = self.wanted.date.as_deref().and_then(|text| text.parse::<Date>().ok());
        let in_month = |date: &&Date| date.first_of_month() == month;
        asked.filter(|date| free.contains_key(date)).or_else(|| free.keys().find(in_month).copied())
    }

    fn href(&self, page: &str, extra: &[(&str, &str)]) -> String {
        let zone = if self.zone.known { self.zone.id.as_str() } else { "" };
        let kept = |value: &'a Option<String>| value.as_deref().unwrap_or_default();
        let (name, email, note) =
            (kept(&self.wanted.name), kept(&self.wanted.email), kept(&self.wanted.note));
        let pairs =
            [extra, &[("time_zone", zone), ("name", name), ("email", email), ("note", note)]].concat();
        format!("{page}{}", query(&pairs))
    }

    fn day_href(&self, date: Date) -> String {
        self.href(&self.places.page, &[("date", &date.to_string())])
    }

    fn month(&self, month: Date, chosen: Option<Date>, free: &Free) -> Month {
        let locale = self.visit.locale();
        let first_weekday = self.visit.first_weekday();
        let first = month.saturating_sub(i64::from(first_weekday.until(month.weekday())).days());
        let weeks = (0..6_i64)
            .map(|week| first.saturating_add((week * 7).days()))
            .take_while(|start| *start <= month.last_of_month())
            .map(|start| {
                (0..7_i64)
                    .map(|day| self.day(start.saturating_add(day.days()), month, chosen, free))
                    .collect()
            })
            .collect();
        let link = |date: Date| {
            let text = format!("{:04}-{:02}", date.year(), date.month());
            Link::new(month_heading(locale, date), self.href(&self.places.page, &[("month", &text)]))
        };
        let before = month.saturating_sub(1.month());
        let after = month.saturating_add(1.month());
        let horizon = i64::from(self.offer.meeting_type.rules.horizon_days) + 1;
        let weekdays = first_weekday
            .cycle_forward()
            .take(7)
            .map(|day| Weekday { short: weekday_short(locale, day), long: weekday(locale, day) });
        Month {
            title: month_heading(locale, month),
            weekdays: weekdays.collect(),
            weeks,
            previous: (before.last_of_month() >= self.today).then(|| link(before)),
            next: (after <= self.today.saturating_add(horizon.days())).then(|| link(after)),
        }
    }

    fn day(&self, date: Date, month: Date, chosen: Option<Date>, free: &Free) -> Day {
        if date.first_of_month() != month {
            return Day::default();
        }
        let times = free.get(&date).map_or(0, Vec::len);
        let (day, count) = (self.clock.date_full(date), times.to_string());
        Day {
            number: date.day().to_string(),
            href: (times > 0).then(|| self.day_href(date)),
            name: self.visit.texts().format("day-times", &[("day", &day), ("count", &count)]),
            today: date == self.today,
            chosen: chosen == Some(date),
        }
    }

    fn times(&self, date: Date, starts: &[Timestamp]) -> View {
        let texts = self.visit.texts();
        let minutes = i64::from(self.offer.meeting_type.rules.duration_minutes);
        let labels = self.clock.bare_list(starts);
        let mut groups: Vec<TimeGroup> = Vec::new();
        for (start, text) in starts.iter().zip(labels) {
            let heading = texts.text(match self.clock.local(*start).hour() {
                0..12 => "morning",
                12..17 => "afternoon",
                _ => "evening",
            });
            let time = Time {
                text,
                name: self.clock.slot_name(*start, *start + SignedDuration::from_mins(minutes)),
                href: self.href(&self.places.time, &[("start", &start.to_string())]),
            };
            match groups.last_mut() {
                Some(group) if group.heading == heading => group.times.push(time),
                _ => groups.push(TimeGroup { heading, times: vec![time] }),
            }
        }
        let day = self.clock.day_heading(date, self.visit.now);
        View::Times { heading: texts.format("times-on", &[("day", &day)]), groups }
    }

    fn empty_month(&self, month: Date, free: &Free) -> View {
        let next = free.keys().find(|date| **date > month);
        View::EmptyMonth {
            month: month_heading(self.visit.locale(), month),
            next_free: next
                .map(|date| Link::new(self.clock.day_heading(*date, self.visit.now), self.day_href(*date))),
        }
    }

    fn nothing(&self) -> View {
        let card = Card::of(&self.offer.agent, Place::BookingPage);
        View::Nothing {
            agent: card.name.to_string(),
            email: card.email.map(|email| email.shown()),
            phone_number: card
                .phone_number
                .map(|phone| Phone { text: phone.international(), e164: phone.e164().to_owned() }),
        }
    }

    fn zone_line(&self) -> ZoneLine {
        let now = self.visit.now;
        let kept = [
            ("date", &self.wanted.date),
            ("month", &self.wanted.month),
            ("name", &self.wanted.name),
            ("email", &self.wanted.email),
            ("note", &self.wanted.note),
        ];
        let agent = self.offer.agent.visible_name().to_string();
        ZoneLine {
            place: self.clock.place(),
            offset: self.clock.offset(now),
            now: self.clock.bare(now),
            agents_own: (!self.zone.known).then_some(agent),
            choice: ZoneChoice { chosen: self.zone.id.to_string(), options: self.visit.zones() },
            action: self.places.page.clone(),
            keep: kept
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
                .collect(),
        }
    }
}
