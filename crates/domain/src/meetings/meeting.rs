//! A meeting and its life: booked, rescheduled, cancelled.

use crate::account::{CustomerName, EmailAddress, Note, PhoneNumber};
use crate::ids::{AgentId, MeetingId, MeetingTypeId};
use crate::time::slots::{Busy, Rules};
use crate::time::{Tzdb, ZoneId, reading};
use jiff::{SignedDuration, Timestamp, civil};
use std::str::FromStr;

/// Where a meeting stands (`product.md`, "Words").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Asked for, waiting for the agent; occupies its time.
    Pending,
    /// Agreed; occupies its time.
    Scheduled,
    /// Called off.
    Cancelled,
    /// Its end has passed.
    Completed,
    /// The agent marked that the customer did not come.
    Missed,
}

impl Status {
    /// The word used in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Scheduled => "scheduled",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::Missed => "missed",
        }
    }
}

/// A text that is not a known word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownWord;

impl FromStr for Status {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        [Self::Pending, Self::Scheduled, Self::Cancelled, Self::Completed, Self::Missed]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(UnknownWord)
    }
}

/// Who did something to a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// The agent who holds it.
    Agent,
    /// The customer who booked it.
    Customer,
    /// An admin or manager.
    Organisation,
}

impl Party {
    /// The word used in the API, the database and `meeting.cancelled_by`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Customer => "customer",
            Self::Organisation => "organisation",
        }
    }
}

impl FromStr for Party {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        [Self::Agent, Self::Customer, Self::Organisation]
            .into_iter()
            .find(|party| party.as_str() == text)
            .ok_or(UnknownWord)
    }
}

/// The customer of one meeting, as they typed themselves in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Name.
    pub name: CustomerName,
    /// Where the invitation goes.
    pub email: EmailAddress,
    /// Phone number, if they gave one.
    pub phone_number: Option<PhoneNumber>,
    /// Language tag of their pages and messages.
    pub locale: String,
}

/// That the customer wants text messages about a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmsConsent {
    /// What they agreed to, as they read it.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// What one party was shown: their zone and the wall clock of the start as confirmed (`time.md` section 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The zone in which they read the meeting.
    pub zone: ZoneId,
    /// Their wall clock at the start.
    pub local: civil::DateTime,
    /// Seconds east of UTC at the start.
    pub offset_seconds: i32,
}

impl Side {
    /// How somebody in `zone` reads `start`.
    #[must_use]
    pub fn read(tzdb: &Tzdb, zone: &ZoneId, start: Timestamp) -> Self {
        let reading = reading::read(start, &tzdb.zone(zone));
        Self { zone: zone.clone(), local: reading.local, offset_seconds: reading.offset_seconds }
    }
}

/// A meeting. Start and end are instants: they are the truth for conflicts, messages and calendar files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// Who holds it.
    pub agent_id: AgentId,
    /// What was booked.
    pub meeting_type_id: MeetingTypeId,
    /// The meeting type's name when it was booked.
    pub title: String,
    /// Where it takes place: a link or a place in words.
    pub place: Option<String>,
    /// Where it stands; see [`Meeting::status_at`].
    pub status: Status,
    /// Start.
    pub start: Timestamp,
    /// End; elapsed time after the start, also over a clock change.
    pub end: Timestamp,
    /// Start and end widened by the buffers in force when it was booked or moved.
    pub busy: Busy,
    /// Start and end before the last reschedule.
    pub previous: Option<(Timestamp, Timestamp)>,
    /// The customer.
    pub customer: Customer,
    /// What the customer wrote.
    pub note: Option<Note>,
    /// Who else is invited, in the order in which they were.
    pub guests: Vec<EmailAddress>,
    /// Whether text messages may be sent to the customer's number.
    pub sms_consent: Option<SmsConsent>,
    /// The agent's reading of the start.
    pub agent_side: Side,
    /// The customer's reading of the start.
    pub customer_side: Side,
    /// The release of time-zone data in which both readings were made.
    pub tzdb_version: String,
    /// The UID of its calendar entry, one for life.
    pub uid: String,
    /// RFC 5546 SEQUENCE: rises by one with every change that is sent.
    pub sequence: u32,
    /// Raised to make the customer's links to this meeting void.
    pub link_version: u32,
    /// Raised to make the agent's links to this meeting void: they are not those of the next agent.
    pub agent_link_version: u32,
    /// Who cancelled it.
    pub cancelled_by: Option<Party>,
    /// Why it was cancelled, rescheduled or reassigned.
    pub reason: Option<Note>,
    /// When it was booked.
    pub created_at: Timestamp,
    /// When its start was set: reminders count from then.
    pub timed_at: Timestamp,
    /// When its agent said that the customer did not come. Its time stays occupied: that can be taken back.
    pub missed_at: Option<Timestamp>,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// What a new meeting is made of, once its time is known to be free.
pub struct Booking {
    /// A fresh id.
    pub id: MeetingId,
    /// Who holds it.
    pub agent_id: AgentId,
    /// What is booked.
    pub meeting_type_id: MeetingTypeId,
    /// The meeting type's name.
    pub title: String,
    /// Where it takes place.
    pub place: Option<String>,
    /// Duration and buffers.
    pub rules: Rules,
    /// Start.
    pub start: Timestamp,
    /// The customer.
    pub customer: Customer,
    /// What the customer wrote.
    pub note: Option<Note>,
    /// Whether text messages may be sent to the customer's number.
    pub sms_consent: Option<SmsConsent>,
    /// The agent's zone at that instant, travel included.
    pub agent_zone: ZoneId,
    /// The customer's zone.
    pub customer_zone: ZoneId,
    /// Host name for the UID.
    pub host: String,
    /// This request's instant.
    pub now: Timestamp,
}

/// Why a meeting cannot be changed any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeRefusal {
    /// It was cancelled before.
    Cancelled,
    /// It has started or is over.
    Started,
}

impl Meeting {
    /// The meeting that this booking makes.
    #[must_use]
    pub fn book(booking: Booking, tzdb: &Tzdb) -> Self {
        let (end, busy) = span(&booking.rules, booking.start);
        Self {
            id: booking.id,
            agent_id: booking.agent_id,
            meeting_type_id: booking.meeting_type_id,
            title: booking.title,
            place: booking.place,
            status: Status::Scheduled,
            start: booking.start,
            end,
            busy,
            previous: None,
            customer: booking.customer,
            note: booking.note,
            guests: Vec::new(),
            sms_consent: booking.sms_consent,
            agent_side: Side::read(tzdb, &booking.agent_zone, booking.start),
            customer_side: Side::read(tzdb, &booking.customer_zone, booking.start),
            tzdb_version: tzdb.version().to_owned(),
            uid: format!("{}@{}", booking.id, booking.host),
            sequence: 0,
            link_version: 1,
            agent_link_version: 1,
            cancelled_by: None,
            reason: None,
            created_at: booking.now,
            timed_at: booking.now,
            missed_at: None,
            changed_at: booking.now,
        }
    }

    /// The status at an instant: a scheduled meeting is completed from its end on, unless it was missed.
    #[must_use]
    pub fn status_at(&self, now: Timestamp) -> Status {
        match self.status {
            Status::Scheduled if self.missed_at.is_some() => Status::Missed,
            Status::Scheduled if self.end <= now => Status::Completed,
            status => status,
        }
    }

    /// Whether it can still be moved or cancelled (`security.md` P6: changes until the start).
    ///
    /// # Errors
    /// Why not.
    pub fn changeable(&self, now: Timestamp) -> Result<(), ChangeRefusal> {
        match self.status {
            Status::Cancelled => Err(ChangeRefusal::Cancelled),
            Status::Completed | Status::Missed => Err(ChangeRefusal::Started),
            Status::Pending | Status::Scheduled if self.start <= now => Err(ChangeRefusal::Started),
            Status::Pending | Status::Scheduled => Ok(()),
        }
    }

    /// The meeting at another start. The caller has checked that the time is free. `customer_zone` is the zone in which
    /// the customer chose it, when it was the customer who did.
    ///
    /// # Errors
    /// When it was cancelled or has started.
    pub fn reschedule(
        mut self,
        start: Timestamp,
        (agent_zone, customer_zone): (&ZoneId, Option<&ZoneId>),
        rules: &Rules,
        reason: Option<Note>,
        tzdb: &Tzdb,
        now: Timestamp,
    ) -> Result<Self, ChangeRefusal> {
        self.changeable(now)?;
        self.previous = Some((self.start, self.end));
        self.start = start;
        (self.end, self.busy) = span(rules, start);
        self.agent_side = Side::read(tzdb, agent_zone, start);
        self.customer_side = Side::read(tzdb, customer_zone.unwrap_or(&self.customer_side.zone), start);
        tzdb.version().clone_into(&mut self.tzdb_version);
        self.reason = reason;
        self.sequence += 1;
        self.timed_at = now;
        self.changed_at = now;
        Ok(self)
    }

    /// The meeting with another agent, at its time. The caller has checked that the agent is free then. What was booked, its
    /// length and its place stay; `meeting_type` is the new agent's.
    ///
    /// # Errors
    /// When it was cancelled or has started.
    pub fn reassign(
        mut self,
        (agent, agent_zone): (AgentId, &ZoneId),
        meeting_type: MeetingTypeId,
        reason: Option<Note>,
        tzdb: &Tzdb,
        now: Timestamp,
    ) -> Result<Self, ChangeRefusal> {
        self.changeable(now)?;
        self.agent_id = agent;
        self.meeting_type_id = meeting_type;
        self.agent_side = Side::read(tzdb, agent_zone, self.start);
        self.agent_link_version += 1;
        self.reason = reason;
        self.sequence += 1;
        self.changed_at = now;
        Ok(self)
    }

    /// The version of the personal links of one party.
    #[must_use]
    pub const fn link_version_of(&self, party: Party) -> u32 {
        match party {
            Party::Customer => self.link_version,
            Party::Agent | Party::Organisation => self.agent_link_version,
        }
    }

    /// The meeting called off.
    ///
    /// # Errors
    /// When it was cancelled before or has started.
    pub fn cancel(mut self, by: Party, reason: Option<Note>, now: Timestamp) -> Result<Self, ChangeRefusal> {
        self.changeable(now)?;
        self.status = Status::Cancelled;
        self.cancelled_by = Some(by);
        self.reason = reason;
        self.sequence += 1;
        self.changed_at = now;
        Ok(self)
    }
}

/// End and busy range of a meeting of these rules at `start`.
fn span(rules: &Rules, start: Timestamp) -> (Timestamp, Busy) {
    let minutes = |n: u32| SignedDuration::from_mins(i64::from(n));
    let end = start.saturating_add(minutes(rules.duration_minutes)).unwrap_or(start);
    let from = start.saturating_sub(minutes(rules.buffer_before_minutes)).unwrap_or(start);
    let until = end.saturating_add(minutes(rules.buffer_after_minutes)).unwrap_or(end);
    (end, Busy { from, until })
}
