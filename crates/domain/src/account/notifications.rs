//! Which messages about meetings leave, and to whom (`messages.md` section 7, T-13).

use super::Problem;
use super::words::words;
use crate::placeholder::Path;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words!(
    /// What a message about a meeting tells.
    Notification {
        /// The meeting is booked.
        Scheduled = "meeting_scheduled",
        /// It has another time.
        Rescheduled = "meeting_rescheduled",
        /// Another agent holds it.
        Reassigned = "meeting_reassigned",
        /// Other guests come.
        Changed = "meeting_changed",
        /// The reader is invited to it.
        GuestAdded = "guest_added",
        /// The reader is invited no more.
        GuestRemoved = "guest_removed",
        /// It does not take place.
        Cancelled = "meeting_cancelled",
        /// It takes place tomorrow.
        Reminder = "reminder",
        /// It takes place within the hour.
        StartsSoon = "starts_soon",
        /// It is over, and its agent writes to the customer.
        WrapUp = "wrap_up",
        /// It is over, and the customer is asked how it was.
        ReviewRequest = "review_request",
        /// The customer did not come.
        Missed = "meeting_missed",
    }
);

words!(
    /// Who reads a message.
    RecipientRole {
        /// The customer.
        Customer = "customer",
        /// The agent.
        Agent = "agent",
        /// Somebody whom the customer or the agent invited. Their messages have no personal link.
        Guest = "guest",
        /// The agent who held the meeting before: they are told that it is somebody else's, and nothing after that.
        PreviousAgent = "previous_agent",
    }
);

words!(
    /// What is switched on and off by itself: to whom a message goes, and how.
    Switch {
        /// The email to the customer.
        Customer = "customer",
        /// The email to the agent.
        Agent = "agent",
        /// The text message to the customer.
        CustomerSms = "customer_sms",
    }
);

impl From<RecipientRole> for Switch {
    fn from(to: RecipientRole) -> Self {
        match to {
            RecipientRole::Customer | RecipientRole::Guest => Self::Customer,
            RecipientRole::Agent | RecipientRole::PreviousAgent => Self::Agent,
        }
    }
}

impl RecipientRole {
    /// The two sides of every meeting.
    pub const SIDES: &'static [Self] = &[Self::Customer, Self::Agent];
    /// Whoever takes part in a meeting.
    pub const ATTENDEES: &'static [Self] = &[Self::Customer, Self::Agent, Self::Guest];

    /// Whether they are of the organisation.
    #[must_use]
    pub const fn is_agent(self) -> bool {
        matches!(self, Self::Agent | Self::PreviousAgent)
    }
}

impl Notification {
    /// Each of them with each of its switches.
    pub fn with_each_switch() -> impl Iterator<Item = (Self, Switch)> {
        let each = |one: Self| Switch::ALL.iter().map(move |switch| (one, *switch));
        Self::ALL.iter().copied().flat_map(each).filter(|(one, switch)| one.has_switch(*switch))
    }

    /// Whether there is anything to be switched: not every message is a text message too.
    #[must_use]
    pub const fn has_switch(self, switch: Switch) -> bool {
        match self {
            // Whoever is added or removed must know it; the note is sent by hand.
            Self::GuestAdded | Self::GuestRemoved | Self::WrapUp => false,
            Self::ReviewRequest => matches!(switch, Switch::Customer),
            Self::Reassigned | Self::Changed | Self::Missed => !matches!(switch, Switch::CustomerSms),
            _ => true,
        }
    }

    /// Whether it cannot be switched off: a customer is always told what becomes of a meeting ahead.
    #[must_use]
    pub const fn is_always(self, switch: Switch) -> bool {
        !self.is_planned() && !self.is_after() && matches!(switch, Switch::Customer)
    }

    /// Whether it is written when the meeting is booked or moved, and leaves by itself some time before or after it.
    #[must_use]
    pub const fn is_planned(self) -> bool {
        matches!(self, Self::Reminder | Self::StartsSoon | Self::ReviewRequest)
    }

    /// Whether it is about a meeting that is over.
    #[must_use]
    pub const fn is_after(self) -> bool {
        matches!(self, Self::WrapUp | Self::ReviewRequest | Self::Missed)
    }

    /// When it leaves unless the agent chose another time; none for what leaves at once.
    #[must_use]
    pub const fn usual_timing(self) -> Option<Timing> {
        match self {
            Self::Reminder => Some(Timing { before_minutes: 24 * 60, notice_minutes: 24 * 60 }),
            Self::StartsSoon => Some(Timing { before_minutes: 60, notice_minutes: 3 * 60 }),
            Self::Scheduled
            | Self::Rescheduled
            | Self::Reassigned
            | Self::Changed
            | Self::GuestAdded
            | Self::GuestRemoved
            | Self::Cancelled
            | Self::WrapUp
            | Self::ReviewRequest
            | Self::Missed => None,
        }
    }

    /// Whether the path can have a value in this notification: a template that asks for another one can only be wrong.
    #[must_use]
    pub const fn has(self, path: Path) -> bool {
        match path {
            Path::MeetingPreviousStart | Path::MeetingPreviousWhen => matches!(self, Self::Rescheduled),
            // A meeting that is moved to another agent has its reason in the same place.
            Path::MeetingReschedulingReason => matches!(self, Self::Rescheduled | Self::Reassigned),
            Path::PreviousAgentName => matches!(self, Self::Reassigned),
            Path::MeetingCancellationReason | Path::MeetingCancelledBy => matches!(self, Self::Cancelled),
            Path::MeetingRescheduleUrl | Path::MeetingCancelUrl | Path::MeetingIcsUrl => {
                !self.is_after() && !matches!(self, Self::Cancelled | Self::GuestAdded | Self::GuestRemoved)
            }
            Path::MeetingWrapUp => matches!(self, Self::WrapUp),
            Path::MeetingReviewUrl => matches!(self, Self::WrapUp | Self::ReviewRequest),
            // Only the request to a provider of SMS has these.
            Path::SmsTo | Path::SmsFrom | Path::SmsText | Path::SmsId => false,
            _ => true,
        }
    }

    /// Whether it leaves where nothing was chosen.
    const fn is_usual(self, switch: Switch) -> bool {
        !matches!((self, switch), (Self::Reminder, Switch::Agent) | (Self::Missed, _))
    }
}

/// When a reminder leaves (`messages.md` section 7, T-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// How long before the start, in minutes.
    pub before_minutes: u32,
    /// It is not sent about a meeting that was booked or moved less than this before its start, in minutes. Never less than
    /// `before_minutes`: it would be due before the booking.
    pub notice_minutes: u32,
}

impl Timing {
    /// The shortest, in minutes.
    pub const LEAST: u32 = 5;
    /// The longest, in minutes: four weeks.
    pub const MOST: u32 = 28 * 24 * 60;

    /// A time that can be kept.
    ///
    /// # Errors
    /// `OutOfRange` for less than [`Timing::LEAST`] or more than [`Timing::MOST`]; `NoticeTooShort`.
    pub const fn new(before_minutes: u32, notice_minutes: u32) -> Result<Self, Problem> {
        if before_minutes < Self::LEAST || before_minutes > Self::MOST || notice_minutes > Self::MOST {
            return Err(Problem::OutOfRange { min: Self::LEAST, max: Self::MOST });
        }
        if notice_minutes < before_minutes {
            return Err(Problem::NoticeTooShort);
        }
        Ok(Self { before_minutes, notice_minutes })
    }

    /// How long before the start it leaves.
    #[must_use]
    pub fn before(self) -> SignedDuration {
        SignedDuration::from_mins(self.before_minutes.into())
    }

    /// How long before its start a meeting must have been booked or moved.
    #[must_use]
    pub fn notice(self) -> SignedDuration {
        SignedDuration::from_mins(self.notice_minutes.into())
    }
}

/// What was chosen about one message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Choice {
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_sms: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timing: Option<Timing>,
}

/// What an agent has chosen. In JSON: `{"reminder": {"agent": true}}`; what is not chosen is as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Notifications(BTreeMap<Notification, Choice>);

impl Notifications {
    /// Whether the message leaves. A text message follows the email until something else is chosen.
    #[must_use]
    pub fn is_on(&self, notification: Notification, switch: impl Into<Switch>) -> bool {
        let switch = switch.into();
        let choice = self.0.get(&notification);
        let chosen = choice.and_then(|choice| match switch {
            Switch::Customer => choice.customer,
            Switch::Agent => choice.agent,
            Switch::CustomerSms => choice.customer_sms.or(choice.customer),
        });
        notification.is_always(switch) || chosen.unwrap_or(notification.is_usual(switch))
    }

    /// The same, with this one on or off. What is always on stays so.
    #[must_use]
    pub fn with(mut self, notification: Notification, switch: impl Into<Switch>, on: bool) -> Self {
        let switch = switch.into();
        if notification.is_always(switch) || self.is_on(notification, switch) == on {
            return self;
        }
        let texts = self.is_on(notification, Switch::CustomerSms);
        let choice = self.0.entry(notification).or_default();
        match switch {
            Switch::Customer => {
                choice.customer = Some(on);
                choice.customer_sms = Some(texts);
            }
            Switch::Agent => choice.agent = Some(on),
            Switch::CustomerSms => choice.customer_sms = Some(on),
        }
        self
    }

    /// When the reminder leaves; none for what leaves at once.
    #[must_use]
    pub fn timing(&self, notification: Notification) -> Option<Timing> {
        let usual = notification.usual_timing()?;
        Some(self.0.get(&notification).and_then(|choice| choice.timing).unwrap_or(usual))
    }

    /// The same, with this one leaving at another time. What leaves at once stays so.
    #[must_use]
    pub fn at(mut self, notification: Notification, timing: Timing) -> Self {
        if self.timing(notification).is_some_and(|now| now != timing) {
            self.0.entry(notification).or_default().timing = Some(timing);
        }
        self
    }

    /// Whether the first reminder is due before the second one.
    ///
    /// # Errors
    /// `ReminderTooLate`.
    pub fn in_order(&self) -> Result<(), Problem> {
        let before = |kind| self.timing(kind).map(Timing::before);
        let fits = before(Notification::Reminder) > before(Notification::StartsSoon);
        if fits { Ok(()) } else { Err(Problem::ReminderTooLate) }
    }

    /// How long before the start a message of this kind has no use any more: the first reminder when the second one is due, all
    /// at the start. None for what is told whenever it can be.
    #[must_use]
    pub fn useless_before(&self, notification: Notification) -> Option<SignedDuration> {
        match notification {
            Notification::Reminder => self.timing(Notification::StartsSoon).map(Timing::before),
            Notification::StartsSoon => Some(SignedDuration::ZERO),
            Notification::Scheduled
            | Notification::Rescheduled
            | Notification::Reassigned
            | Notification::Changed
            | Notification::GuestAdded
            | Notification::GuestRemoved
            | Notification::Cancelled
            | Notification::WrapUp
            | Notification::ReviewRequest
            | Notification::Missed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_reads_back_and_the_rest_is_as_usual() {
        let usual = Notifications::default();
        let off: Vec<_> =
            Notification::with_each_switch().filter(|(one, switch)| !usual.is_on(*one, *switch)).collect();
        let expected = [
            (Notification::Reminder, Switch::Agent),
            (Notification::Missed, Switch::Customer),
            (Notification::Missed, Switch::Agent),
        ];
        assert_eq!(off, expected);
        let chosen = usual
            .clone()
            .with(Notification::Reminder, Switch::Agent, true)
            .with(Notification::StartsSoon, Switch::Customer, false)
            .with(Notification::Scheduled, Switch::Agent, true)
            .with(Notification::Scheduled, Switch::CustomerSms, false)
            .with(Notification::Cancelled, Switch::Customer, false)
            .at(Notification::Reminder, Timing::new(120, 600).unwrap())
            .at(Notification::StartsSoon, Timing::new(60, 180).unwrap());
        let text = serde_json::to_string(&chosen).unwrap();
        let expected = r#"{"meeting_scheduled":{"customer_sms":false},"reminder":{"agent":true,"timing":{"before_minutes":120,"notice_minutes":600}},"starts_soon":{"customer":false,"customer_sms":true}}"#;
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<Notifications>(&text).unwrap(), chosen);
        assert!(chosen.is_on(Notification::Cancelled, Switch::Customer), "customers are always told");
        assert!(chosen.is_on(Notification::Scheduled, RecipientRole::Customer), "by email");
        assert!(serde_json::from_str::<Notifications>(r#"{"party":{"agent":true}}"#).is_err());
        assert!(
            !chosen
                .with(Notification::Reminder, Switch::Agent, false)
                .is_on(Notification::Reminder, Switch::Agent)
        );
    }

    #[test]
    fn text_messages_follow_the_email_until_they_are_switched_by_themselves() {
        let older: Notifications = serde_json::from_str(r#"{"reminder":{"customer":false}}"#).unwrap();
        assert!(!older.is_on(Notification::Reminder, Switch::CustomerSms));
        let texts = older.with(Notification::Reminder, Switch::CustomerSms, true);
        assert!(!texts.is_on(Notification::Reminder, Switch::Customer));
        assert!(texts.is_on(Notification::Reminder, Switch::CustomerSms));
    }

    #[test]
    fn a_reminder_has_some_use_when_it_is_due_and_is_never_due_before_the_booking() {
        assert_eq!(Timing::new(60, 59), Err(Problem::NoticeTooShort));
        for (before, notice) in [(4, 60), (5, Timing::MOST + 1), (Timing::MOST + 1, Timing::MOST + 1)] {
            assert_eq!(Timing::new(before, notice), Err(Problem::OutOfRange { min: 5, max: Timing::MOST }));
        }
        let usual = Notifications::default();
        assert_eq!(usual.in_order(), Ok(()));
        let same = usual.clone().at(Notification::StartsSoon, Timing::new(24 * 60, 24 * 60).unwrap());
        assert_eq!(same.in_order(), Err(Problem::ReminderTooLate));
        for kind in Notification::ALL {
            let (Some(timing), Some(end)) = (usual.timing(*kind), usual.useless_before(*kind)) else {
                continue;
            };
            assert_eq!(Timing::new(timing.before_minutes, timing.notice_minutes), Ok(timing));
            assert!(end < timing.before());
        }
    }
}
