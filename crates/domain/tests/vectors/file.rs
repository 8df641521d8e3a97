//! The shape of the vector file. An unknown key is an error, so that a new kind of case cannot pass unread.

#![expect(dead_code, reason = "a key is named here to be known, though not every text is compared")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vectors {
    pub meta: Meta,
    pub slot_cases: Vec<Slot>,
    pub render_cases: Vec<Render>,
    pub wall_to_instant_cases: Vec<Wall>,
    pub tzdb_drift_cases: Vec<Drift>,
    pub identifier_cases: Vec<Identifier>,
}

#[derive(Deserialize)]
pub struct Meta {
    pub tzdb_required: String,
    pub counts: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    pub id: String,
    pub title: String,
    pub tags: Vec<String>,
    pub why: String,
    pub input: SlotInput,
    pub expect: SlotExpect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotInput {
    pub zone: String,
    pub weekly: Value,
    pub from: Date,
    pub to: Date,
    pub duration_min: u32,
    pub interval_min: u32,
    #[serde(default = "no_fields")]
    pub overrides: Value,
    #[serde(default = "no_items")]
    pub zone_overrides: Value,
    #[serde(default)]
    pub busy: Vec<[Timestamp; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotExpect {
    pub count: usize,
    pub starts_utc: Vec<Timestamp>,
    pub starts_local_info: Vec<String>,
    pub windows_utc: Vec<[Timestamp; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Render {
    pub id: String,
    pub title: String,
    pub why: String,
    pub input: RenderInput,
    pub expect: RenderExpect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenderInput {
    pub start_utc: Timestamp,
    pub duration_min: i64,
    pub agent_zone: String,
    pub customer_zone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenderExpect {
    pub agent: RenderSide,
    pub customer: RenderSide,
    pub ics: Ics,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenderSide {
    pub start: RenderTime,
    pub end: RenderTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenderTime {
    pub zone: String,
    pub local: DateTime,
    pub weekday: String,
    pub offset: String,
    pub abbr: String,
    pub ambiguous_wall_time: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ics {
    #[serde(rename = "DTSTART")]
    pub start: String,
    #[serde(rename = "DTEND")]
    pub end: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wall {
    pub id: String,
    pub why: String,
    pub input: WallInput,
    pub expect: WallExpect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WallInput {
    pub local: DateTime,
    pub zone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WallExpect {
    pub kind: String,
    pub instants_utc: Vec<Timestamp>,
    pub suggest_before_utc: Option<Timestamp>,
    pub suggest_after_utc: Option<Timestamp>,
    pub suggest_before_local: Option<DateTime>,
    pub suggest_after_local: Option<DateTime>,
    pub http: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drift {
    pub id: String,
    pub title: String,
    pub input: DriftInput,
    pub expect: DriftExpect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriftInput {
    pub booked_start_utc: Timestamp,
    pub agent_zone: String,
    pub customer_zone: String,
    pub tzdb_at_booking: String,
    pub tzdb_now: String,
    pub confirmed_agent_local: String,
    pub confirmed_customer_local: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriftExpect {
    pub action: String,
    pub start_utc: Timestamp,
    pub agent_local: String,
    pub customer_local: String,
    pub sequence_increment: u32,
    pub notify: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identifier {
    pub input: String,
    pub expect: Option<String>,
    pub why: String,
}

fn no_fields() -> Value {
    Value::Object(serde_json::Map::new())
}

fn no_items() -> Value {
    Value::Array(Vec::new())
}

pub fn vectors() -> Vectors {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/time-zones.json");
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}
