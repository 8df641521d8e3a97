//! Saving hours, overrides and travel: each form changes its part of the one document.

use super::{DAYS, again, stored};
use crate::failure::{Failure, Page, html, see_other};
use crate::forms::Form;
use crate::view::FieldError;
use crate::view::availability::{AvailabilityPage, HoursRange, NewOverride, WeekdayHours};
use crate::visit::AgentVisit;
use jiff::civil::{Date, Weekday};
use nameplate_app::accounts::add::weekdays_nine_to_five;
use nameplate_app::{Error, availability};
use nameplate_domain::time::availability::{TimeOfDay, Weekly};
use nameplate_i18n::Texts;
use serde_json::{Value, json};

/// Longest run of dates one form may close or open.
const DATES: i32 = 366;

pub(super) async fn hours(visit: AgentVisit, form: Form) -> Page {
    let typed: Vec<Vec<HoursRange>> = DAYS.iter().map(|(_, key)| rows(&form, key)).collect();
    let whole =
        |key: &&str| form.all(&format!("{key}_from")).len() == form.all(&format!("{key}_until")).len();
    if let Some((_, key)) = DAYS.iter().find(|(_, key)| !whole(key)) {
        let text = visit.visit.texts().text("hours-both");
        return again(&visit, vec![FieldError { field: (*key).to_owned(), text }], |page| put(page, typed))
            .await;
    }
    if !form.has("save") && (form.has("add") || form.has("remove")) {
        return rows_changed(&visit, &form, typed).await;
    }
    let week = match weekly(visit.visit.texts(), &typed) {
        Ok(week) => week,
        Err(errors) => return again(&visit, errors, |page| put(page, typed)).await,
    };
    let mut body = document(&visit).await?;
    set(&mut body, "weekly", serde_json::to_value(week).unwrap_or_default());
    save(&visit, &form, body, "hours", "mon", |page| put(page, typed)).await
}

/// The rows of a weekday as typed; empty rows are no hours.
fn rows(form: &Form, key: &str) -> Vec<HoursRange> {
    let (from, until) = (form.all(&format!("{key}_from")), form.all(&format!("{key}_until")));
    let row = |(from, until): (&str, &str)| HoursRange {
        next_day: !until.is_empty() && until != "00:00" && until <= from,
        from: from.to_owned(),
        until: until.to_owned(),
    };
    from.into_iter().zip(until).map(row).collect()
}

fn put(page: &mut AvailabilityPage, typed: Vec<Vec<HoursRange>>) {
    page.days.iter_mut().zip(typed).for_each(|(day, ranges)| day.ranges = ranges);
}

/// Shows what is stored beside the weekdays that were typed differently, after somebody else saved (F-12). Dates and trips
/// need none of it: their lists stand on the page as stored.
fn show_stored(page: &mut AvailabilityPage, stored: &[WeekdayHours]) {
    for (typed, stored) in page.days.iter().zip(stored) {
        if typed.ranges != stored.ranges {
            let range = |range: &HoursRange| format!("{}-{}", range.from, range.until);
            let shown: Vec<_> = stored.ranges.iter().map(range).collect();
            let shown = if shown.is_empty() { page.shell.t("closed") } else { shown.join(", ") };
            page.shell.add_stored(&stored.key, &shown);
        }
    }
}

/// A row more or less, nothing saved (V-01 without script).
async fn rows_changed(visit: &AgentVisit, form: &Form, mut typed: Vec<Vec<HoursRange>>) -> Page {
    for ((_, key), ranges) in DAYS.iter().zip(&mut typed) {
        if form.get("add") == *key {
            ranges.push(HoursRange { from: "09:00".into(), until: "17:00".into(), next_day: false });
        }
        let index = form.get("remove").strip_prefix(key).and_then(|rest| rest.strip_prefix('-'));
        if let Some(index) = index.and_then(|index| index.parse::<usize>().ok())
            && index < ranges.len()
        {
            ranges.remove(index);
        }
    }
    let mut page = stored(visit).await?;
    page.version = form.typed("version");
    put(&mut page, typed);
    Ok(html(&page))
}

/// The week that was typed, or what is wrong with it.
fn weekly(texts: Texts, typed: &[Vec<HoursRange>]) -> Result<Weekly, Vec<FieldError>> {
    let (mut week, mut errors) = (Weekly::default(), Vec::new());
    for (ranges, (day, key)) in typed.iter().zip(DAYS) {
        let filled = ranges.iter().filter(|range| !range.from.is_empty() || !range.until.is_empty());
        let wrong = filled.filter_map(|range| add(&mut week, day, range).err());
        errors.extend(wrong.map(|text| FieldError { field: key.to_owned(), text: texts.text(text) }));
    }
    if errors.is_empty() { Ok(week) } else { Err(errors) }
}

/// Adds one row; the error is the key of its text.
fn add(week: &mut Weekly, day: Weekday, range: &HoursRange) -> Result<(), &'static str> {
    if range.from.is_empty() || range.until.is_empty() {
        return Err("hours-both");
    }
    let start = TimeOfDay::parse(&range.from);
    // Until midnight is until the end of this date.
    let end = if range.until == "00:00" { Some(TimeOfDay::END) } else { TimeOfDay::parse(&range.until) };
    let (start, end) = start.zip(end).ok_or("availability-time-format")?;
    week.add(day, start, end).map_err(|code| match code {
        "intervals_overlap" => "availability-intervals-overlap",
        _ => "availability-end-before-start",
    })
}

pub(super) async fn standard(visit: AgentVisit, form: Form) -> Page {
    let mut body = document(&visit).await?;
    let standard = serde_json::to_value(weekdays_nine_to_five()).unwrap_or_default();
    set(&mut body, "weekly", standard.get("weekly").cloned().unwrap_or_default());
    save(&visit, &form, body, "hours", "mon", |_| {}).await
}

pub(super) async fn add_override(visit: AgentVisit, form: Form) -> Page {
    let typed = NewOverride {
        date_from: form.typed("date_from"),
        date_until: form.typed("date_until"),
        hours_from: form.typed("hours_from"),
        hours_until: form.typed("hours_until"),
    };
    let texts = visit.visit.texts();
    let wrong = |field: &str, key: &str| vec![FieldError { field: field.to_owned(), text: texts.text(key) }];
    let fill = {
        let typed = typed.clone();
        |page: &mut AvailabilityPage| page.new_override = typed
    };
    let Ok(from) = typed.date_from.parse::<Date>() else {
        return again(&visit, wrong("date_from", "date-missing"), fill).await;
    };
    let until = if typed.date_until.is_empty() { Ok(from) } else { typed.date_until.parse::<Date>() };
    let Some(until) = until.ok().filter(|until| *until >= from) else {
        return again(&visit, wrong("date_until", "date-order"), fill).await;
    };
    if from.until(until).is_ok_and(|span| span.get_days() > DATES) {
        return again(&visit, wrong("date_until", "date-too-long"), fill).await;
    }
    let hours = match (typed.hours_from.as_str(), typed.hours_until.as_str()) {
        ("", "") => json!([]),
        (start, end) if start.is_empty() || end.is_empty() || (end <= start && end != "00:00") => {
            return again(&visit, wrong("hours_until", "hours-order"), fill).await;
        }
        (start, "00:00") => json!([[start, "24:00"]]),
        (start, end) => json!([[start, end]]),
    };
    let mut body = document(&visit).await?;
    let mut date = from;
    loop {
        if let Some(overrides) = body.get_mut("overrides").and_then(Value::as_object_mut) {
            overrides.insert(date.to_string(), hours.clone());
        }
        match date.tomorrow() {
            Ok(next) if next <= until => date = next,
            _ => break,
        }
    }
    save(&visit, &form, body, "override", "date_from", fill).await
}

pub(super) async fn remove_override(visit: AgentVisit, form: Form) -> Page {
    let mut body = document(&visit).await?;
    if let Some(overrides) = body.get_mut("overrides").and_then(Value::as_object_mut) {
        overrides.remove(form.get("date"));
    }
    save(&visit, &form, body, "override-removed", "date_from", |_| {}).await
}

pub(super) async fn add_trip(visit: AgentVisit, form: Form) -> Page {
    let (from, until, zone) = (form.typed("trip_from"), form.typed("trip_until"), form.typed("trip_zone"));
    let fill = {
        let (from, until, zone) = (from.clone(), until.clone(), zone.clone());
        |page: &mut AvailabilityPage| {
            (page.new_trip.from, page.new_trip.until, page.new_trip.zone.chosen) = (from, until, zone);
        }
    };
    let texts = visit.visit.texts();
    let wrong = |field: &str, key: &str| vec![FieldError { field: field.to_owned(), text: texts.text(key) }];
    let (Ok(first), Ok(last)) = (from.parse::<Date>(), until.parse::<Date>()) else {
        let field = if from.is_empty() { "trip_from" } else { "trip_until" };
        return again(&visit, wrong(field, "date-missing"), fill).await;
    };
    if last < first {
        return again(&visit, wrong("trip_until", "date-order"), fill).await;
    }
    let mut body = document(&visit).await?;
    if let Some(trips) = body.get_mut("zone_overrides").and_then(Value::as_array_mut) {
        trips.push(json!({ "from": from, "to": until, "zone": zone }));
        trips.sort_by_key(|trip| trip.get("from").map(ToString::to_string));
    }
    save(&visit, &form, body, "trip", "trip_from", fill).await
}

pub(super) async fn remove_trip(visit: AgentVisit, form: Form) -> Page {
    let mut body = document(&visit).await?;
    if let Some(trips) = body.get_mut("zone_overrides").and_then(Value::as_array_mut) {
        trips.retain(|trip| trip.get("from").and_then(Value::as_str) != Some(form.get("trip")));
    }
    save(&visit, &form, body, "trip-removed", "trip_from", |_| {}).await
}

/// The whole document as the API has it.
async fn document(visit: &AgentVisit) -> Result<Value, Failure> {
    let row = availability::own(visit.visit.web.app(), &visit.ctx()).await;
    let row = crate::pages::or_page(&visit.visit, row).await?;
    let mut body = serde_json::to_value(&row.availability).unwrap_or_default();
    for (key, empty) in [("weekly", json!({})), ("overrides", json!({})), ("zone_overrides", json!([]))] {
        if body.get(key).is_none() {
            set(&mut body, key, empty);
        }
    }
    Ok(body)
}

fn set(body: &mut Value, key: &str, value: Value) {
    if let Some(object) = body.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// Saves the document. What is wrong with it is shown at the form that was sent.
async fn save(
    visit: &AgentVisit,
    form: &Form,
    body: Value,
    saved: &str,
    field: &str,
    fill: impl FnOnce(&mut AvailabilityPage),
) -> Page {
    let texts = visit.visit.texts();
    let version = Some(form.version());
    match availability::save(visit.visit.web.app(), &visit.ctx(), body, version).await {
        Ok(_) => Ok(see_other(&format!("/account/availability?saved={saved}"))),
        Err(Error::InvalidAvailability(problems)) => {
            let error = |pointer: &str, code: &str| {
                let day = pointer.strip_prefix("/weekly/").and_then(|rest| rest.split('/').next());
                let text = texts.text(&format!("availability-{}", code.replace('_', "-")));
                FieldError { field: day.unwrap_or(field).to_owned(), text }
            };
            let mut errors: Vec<_> = problems.iter().map(|one| error(&one.pointer, one.code)).collect();
            errors.dedup();
            again(visit, errors, fill).await
        }
        Err(Error::Stale) => {
            let error = FieldError { field: field.to_owned(), text: texts.text("account-stale") };
            again(visit, vec![error], |page| {
                let stored = page.days.clone();
                fill(page);
                show_stored(page, &stored);
            })
            .await
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}
