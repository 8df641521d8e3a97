//! What can be booked with an agent.

use crate::account::{LocationName, MeetingTypeDescription, MeetingTypeName, MeetingTypeSlug, Problem};
use crate::ids::{AgentId, MeetingTypeId};
use crate::time::slots::Rules;

/// A meeting type of one agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingType {
    /// Its id.
    pub id: MeetingTypeId,
    /// Whose it is.
    pub agent_id: AgentId,
    /// The last part of its booking address.
    pub slug: MeetingTypeSlug,
    /// What customers read.
    pub name: MeetingTypeName,
    /// A few sentences for customers.
    pub description: Option<MeetingTypeDescription>,
    /// A video link or a place in words, told to the customer after booking.
    pub place: Option<LocationName>,
    /// Duration, interval, buffers and limits.
    pub rules: Rules,
    /// Rises with every change.
    pub version: i64,
}

/// What a person typed for a meeting type.
#[derive(Debug, Clone)]
pub struct MeetingTypeDraft {
    /// The last part of its booking address.
    pub slug: MeetingTypeSlug,
    /// What customers read.
    pub name: MeetingTypeName,
    /// A few sentences for customers.
    pub description: Option<MeetingTypeDescription>,
    /// A video link or a place in words.
    pub place: Option<LocationName>,
    /// Duration, interval, buffers and limits.
    pub rules: Rules,
}

/// The rules, or every field that is out of its range (`security.md` P4: duration 5 min to 24 h, buffers to 24 h, horizon
/// to 730 days), each with the name that the API gives it.
///
/// # Errors
/// All fields that are out of range.
pub fn check_rules(rules: Rules) -> Result<Rules, Vec<(&'static str, Problem)>> {
    const DAY: u32 = 24 * 60;
    let ranges = [
        ("duration_minutes", rules.duration_minutes, 5, DAY),
        ("interval_minutes", rules.interval_minutes, 5, DAY),
        ("buffer_before_minutes", rules.buffer_before_minutes, 0, DAY),
        ("buffer_after_minutes", rules.buffer_after_minutes, 0, DAY),
        ("notice_minutes", rules.notice_minutes, 0, 90 * DAY),
        ("horizon_days", rules.horizon_days, 1, 730),
        ("daily_limit", rules.daily_limit.unwrap_or(1), 1, 100),
    ];
    let problems: Vec<_> = ranges
        .into_iter()
        .filter(|(_, value, min, max)| value < min || value > max)
        .map(|(field, _, min, max)| (field, Problem::OutOfRange { min, max }))
        .collect();
    if problems.is_empty() { Ok(rules) } else { Err(problems) }
}
