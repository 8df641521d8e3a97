//! The closed list of what a placeholder can name.

use super::{Kind, synonyms};

/// The words of `meeting.status`.
const STATUSES: &[&str] = &["pending", "scheduled", "cancelled", "completed", "missed"];
/// The words of `meeting.cancelled_by`.
const PARTIES: &[&str] = &["agent", "customer", "organisation"];
/// The words of `recipient.role`.
const ROLES: &[&str] = &["agent", "customer", "guest"];

macro_rules! paths {
    ($($variant:ident = $name:literal: $kind:ident;)*) => {
        /// What a placeholder can name (`messages.md` section 6). Its text form is [`Path::as_str`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Path {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Path {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in a template.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What kind of value it has.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self {
                    $(Self::$variant => Kind::$kind,)*
                }
            }
        }
    };
}

paths! {
    OrganisationName = "organisation.name": Text;
    OrganisationHost = "organisation.host": Text;
    OrganisationUrl = "organisation.url": Url;
    AgentName = "agent.name": Text;
    AgentFirstName = "agent.first_name": Text;
    AgentEmail = "agent.email": Email;
    AgentPhoneNumber = "agent.phone_number": Phone;
    AgentJobTitle = "agent.job_title": Text;
    AgentLocationName = "agent.location.name": Text;
    AgentLocationStreet = "agent.location.street": Text;
    AgentLocationPostcode = "agent.location.postcode": Text;
    AgentLocationCity = "agent.location.city": Text;
    AgentLocationState = "agent.location.state": Text;
    AgentLocationCountry = "agent.location.country": Text;
    AgentLocationAddress = "agent.location.address": Lines;
    AgentProfileUrl = "agent.profile_url": Url;
    AgentTimeZone = "agent.time_zone": Zone;
    PreviousAgentName = "previous_agent.name": Text;
    CustomerName = "customer.name": Text;
    CustomerFirstName = "customer.first_name": Text;
    CustomerEmail = "customer.email": Email;
    CustomerPhoneNumber = "customer.phone_number": Phone;
    CustomerTimeZone = "customer.time_zone": Zone;
    CustomerLanguage = "customer.language": Text;
    MeetingId = "meeting.id": Text;
    MeetingTitle = "meeting.title": Text;
    MeetingStatus = "meeting.status": Word;
    MeetingDescription = "meeting.description": Lines;
    MeetingPlace = "meeting.place": Text;
    MeetingGuests = "meeting.guests": Text;
    MeetingStart = "meeting.start": Time;
    MeetingEnd = "meeting.end": Time;
    MeetingWhen = "meeting.when": Range;
    MeetingPreviousStart = "meeting.previous_start": Time;
    MeetingPreviousWhen = "meeting.previous_when": Range;
    MeetingDurationMinutes = "meeting.duration_minutes": Number;
    MeetingBookedByCustomer = "meeting.booked_by_customer": Boolean;
    MeetingCancelledBy = "meeting.cancelled_by": Word;
    MeetingCancellationReason = "meeting.cancellation_reason": Lines;
    MeetingReschedulingReason = "meeting.rescheduling_reason": Lines;
    MeetingWrapUp = "meeting.wrap_up": Lines;
    MeetingJoinUrl = "meeting.join_url": Url;
    MeetingManageUrl = "meeting.manage_url": Url;
    MeetingRescheduleUrl = "meeting.reschedule_url": Url;
    MeetingCancelUrl = "meeting.cancel_url": Url;
    MeetingIcsUrl = "meeting.ics_url": Url;
    MeetingReviewUrl = "meeting.review_url": Url;
    MeetingGoogleCalendarUrl = "meeting.google_calendar_url": Url;
    MeetingOutlookCalendarUrl = "meeting.outlook_calendar_url": Url;
    MeetingTypeName = "meeting_type.name": Text;
    MeetingTypeDurationMinutes = "meeting_type.duration_minutes": Number;
    MeetingTypeUrl = "meeting_type.url": Url;
    RecipientName = "recipient.name": Text;
    RecipientRole = "recipient.role": Word;
    SmsTo = "sms.to": Text;
    SmsFrom = "sms.from": Text;
    SmsText = "sms.text": Lines;
    SmsId = "sms.id": Text;
}

impl Path {
    /// The path of this name, or of a name that templates of 24sessions use for it; names are case-sensitive.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|path| path.as_str() == name).or_else(|| synonyms::of(name))
    }

    /// All values that a path of [`Kind::Word`] can have.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::MeetingStatus => STATUSES,
            Self::MeetingCancelledBy => PARTIES,
            Self::RecipientRole => ROLES,
            _ => &[],
        }
    }
}
