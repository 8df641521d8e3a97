//! The names that templates of 24sessions use. They stay for ever, so that an old template can be pasted in as it is
//! (`messages.md` section 6).

use super::Path;

/// Their name, and ours.
pub const SYNONYMS: &[(&str, Path)] = &[
    ("company.name", Path::OrganisationName),
    ("general.hostname", Path::OrganisationHost),
    ("meeting.type.name", Path::MeetingTypeName),
    ("meeting.type.duration", Path::MeetingTypeDurationMinutes),
    ("meeting.user.name", Path::AgentName),
    ("meeting.user.email", Path::AgentEmail),
    ("meeting.user.phone", Path::AgentPhoneNumber),
    ("meeting.user.jobTitle", Path::AgentJobTitle),
    ("meeting.user.locationName", Path::AgentLocationName),
    ("meeting.user.city", Path::AgentLocationCity),
    ("meeting.user.state", Path::AgentLocationState),
    ("meeting.user.postcode", Path::AgentLocationPostcode),
    ("meeting.user.country", Path::AgentLocationCountry),
    ("meeting.guest.name", Path::CustomerName),
    ("meeting.guest.email", Path::CustomerEmail),
    ("meeting.guest.phone", Path::CustomerPhoneNumber),
    ("meeting.isCreatedByGuest", Path::MeetingBookedByCustomer),
    ("meeting.wrapup", Path::MeetingWrapUp),
    ("wrapup", Path::MeetingWrapUp),
    ("meeting.cancellationReason", Path::MeetingCancellationReason),
    ("cancellationReason", Path::MeetingCancellationReason),
    ("meeting.reschedulingReason", Path::MeetingReschedulingReason),
    ("reschedulingReason", Path::MeetingReschedulingReason),
];

pub(super) fn of(name: &str) -> Option<Path> {
    SYNONYMS.iter().find(|(theirs, _)| *theirs == name).map(|(_, ours)| *ours)
}
