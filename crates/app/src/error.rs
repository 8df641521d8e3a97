//! What a use case answers instead of a result. The outside sees a code; the source stays inside.

use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::Problem;
use nameplate_domain::meetings::{AttendanceRefusal, ChangeRefusal, ReviewRefusal};
use nameplate_domain::time::availability::AvailabilityProblem;
use nameplate_domain::time::slots::SlotRefusal;

/// A field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// JSON pointer of the field in the API's body; its last part names the form's field.
    pub pointer: String,
    /// What is wrong.
    pub problem: Problem,
}

impl Invalid {
    /// A problem with the field of this name.
    #[must_use]
    pub fn new(field: &str, problem: Problem) -> Self {
        Self { pointer: format!("/{field}"), problem }
    }
}

/// A request that is well formed but cannot be granted as things stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else has that time; the nearest free starts.
    SlotTaken(Vec<Timestamp>),
    /// No start of the agent's hours.
    OutsideHours,
    /// The start has passed.
    InThePast,
    /// Under the minimum notice.
    TooSoon,
    /// Beyond the horizon.
    BeyondHorizon,
    /// The day has as many meetings as the agent takes.
    DailyLimit,
    /// The agent who shall take a meeting over has another one then.
    AgentTaken,
    /// The agent who shall take a meeting over does not work then.
    AgentOffHours,
    /// The meeting is another agent's now.
    MeetingReassigned,
    /// The meeting was cancelled before.
    MeetingCancelled,
    /// The meeting has started or is over.
    MeetingStarted,
    /// The meeting has not begun, or is not over: nothing can be said of it yet.
    MeetingAhead,
    /// The meeting is over for too long to say whether it took place.
    MeetingLongOver,
    /// The customer did not come to the meeting.
    MeetingMissed,
    /// The customer has left a review of the meeting.
    MeetingReviewed,
    /// The Idempotency-Key was used for another request.
    IdempotencyMismatch,
    /// The agent takes no bookings.
    AgentAway,
    /// The link or code is used up, too old, or void.
    LinkDead,
    /// The code is another one; this many tries are left.
    WrongCode(i64),
    /// The set-up was done before.
    SetUpDone,
    /// Nothing would be left to sign in with.
    LastWayIn,
    /// Nobody would be left to run the organisation.
    LastAdmin,
    /// An admin does not do this to the own account here.
    OwnAccount,
    /// The account is in another state than this needs.
    OtherStatus,
    /// The webhook is turned off.
    WebhookOff,
}

impl Refusal {
    /// The stable code of the API.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SlotTaken(_) => "slot_taken",
            Self::OutsideHours => "outside_hours",
            Self::InThePast => "in_the_past",
            Self::TooSoon => "too_soon",
            Self::BeyondHorizon => "beyond_horizon",
            Self::DailyLimit => "daily_limit",
            Self::AgentTaken => "agent_taken",
            Self::AgentOffHours => "agent_off_hours",
            Self::MeetingReassigned => "meeting_reassigned",
            Self::MeetingCancelled => "meeting_cancelled",
            Self::MeetingStarted => "meeting_started",
            Self::MeetingAhead => "meeting_ahead",
            Self::MeetingLongOver => "meeting_long_over",
            Self::MeetingMissed => "meeting_missed",
            Self::MeetingReviewed => "meeting_reviewed",
            Self::IdempotencyMismatch => "idempotency_key_reused",
            Self::AgentAway => "agent_away",
            Self::LinkDead => "link_dead",
            Self::WrongCode(_) => "wrong_code",
            Self::SetUpDone => "set_up_done",
            Self::LastWayIn => "last_way_in",
            Self::LastAdmin => "last_admin",
            Self::OwnAccount => "own_account",
            Self::OtherStatus => "other_status",
            Self::WebhookOff => "webhook_off",
        }
    }
}

impl From<ChangeRefusal> for Refusal {
    fn from(refusal: ChangeRefusal) -> Self {
        match refusal {
            ChangeRefusal::Cancelled => Self::MeetingCancelled,
            ChangeRefusal::Started => Self::MeetingStarted,
        }
    }
}

impl From<AttendanceRefusal> for Refusal {
    fn from(refusal: AttendanceRefusal) -> Self {
        match refusal {
            AttendanceRefusal::Cancelled => Self::MeetingCancelled,
            AttendanceRefusal::Ahead => Self::MeetingAhead,
            AttendanceRefusal::LongOver => Self::MeetingLongOver,
        }
    }
}

impl From<ReviewRefusal> for Refusal {
    fn from(refusal: ReviewRefusal) -> Self {
        match refusal {
            ReviewRefusal::Cancelled => Self::MeetingCancelled,
            ReviewRefusal::Ahead => Self::MeetingAhead,
            ReviewRefusal::Missed => Self::MeetingMissed,
        }
    }
}

impl From<SlotRefusal> for Refusal {
    fn from(refusal: SlotRefusal) -> Self {
        match refusal {
            SlotRefusal::OutsideHours => Self::OutsideHours,
            SlotRefusal::InThePast => Self::InThePast,
            SlotRefusal::TooSoon => Self::TooSoon,
            SlotRefusal::BeyondHorizon => Self::BeyondHorizon,
            SlotRefusal::Taken => Self::SlotTaken(Vec::new()),
            SlotRefusal::DailyLimit => Self::DailyLimit,
        }
    }
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the token is not valid.
    #[error("not signed in")]
    NotSignedIn,
    /// The email address and the password are not those of an account.
    #[error("the sign-in was refused")]
    WrongCredentials,
    /// A password was not given recently enough for this.
    #[error("a recent sign-in is needed")]
    ReauthenticationRequired,
    /// There is no such thing, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// Fields that cannot be taken as they are.
    #[error("{} fields are not valid", .0.len())]
    Invalid(Vec<Invalid>),
    /// Hours, overrides or travel that cannot be taken as they are.
    #[error("the availability is not valid")]
    InvalidAvailability(Vec<AvailabilityProblem>),
    /// A picture that cannot be taken.
    #[error("the picture is not usable")]
    Picture(#[source] nameplate_picture::PictureError),
    /// It cannot be granted as things stand.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// What was read was changed meanwhile.
    #[error("changed meanwhile")]
    Stale,
    /// The request was carried out before, by the same Idempotency-Key.
    #[error("carried out before")]
    Repeated,
    /// Too many requests of this kind; the next may come after this long.
    #[error("too many requests")]
    Limited(SignedDuration),
    /// Too busy at the moment.
    #[error("too busy")]
    Busy,
    /// The database does not answer at the moment.
    #[error("the database is not available")]
    Unavailable(#[source] nameplate_store::Error),
    /// The database answered what it never should.
    #[error("the database failed")]
    Store(#[source] nameplate_store::Error),
    /// A mistake of ours.
    #[error("{0}")]
    Internal(&'static str),
}

impl Error {
    /// One field that cannot be taken.
    #[must_use]
    pub fn invalid(field: &str, problem: Problem) -> Self {
        Self::Invalid(vec![Invalid::new(field, problem)])
    }
}

impl From<nameplate_store::Error> for Error {
    fn from(error: nameplate_store::Error) -> Self {
        match error {
            nameplate_store::Error::Unavailable(_) => Self::Unavailable(error),
            other => Self::Store(other),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
