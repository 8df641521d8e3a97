//! Which messages about meetings leave, and to whom (`messages.md` section 7, T-13).

use super::words::words;
use crate::placeholder::Path;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words!(
    /// What a message about a meeting tells.
    Notification {
        /// The meeting is booked.
        Scheduled = "meeting_scheduled",
        /// It has another time.
        Rescheduled = "meeting_rescheduled",
        /// It does not take place.
        Cancelled = "meeting_cancelled",
        /// It takes place tomorrow.
        Reminder = "reminder",
        /// It takes place within the hour.
        StartsSoon = "starts_soon",
    }
);

words!(
    /// Who reads a message.
    RecipientRole {
        /// The customer.
        Customer = "customer",
        /// The agent.
        Agent = "agent",
    }
);

impl Notification {
    /// Each of them to each side.
    pub fn to_each_side() -> impl Iterator<Item = (Self, RecipientRole)> {
        Self::ALL.iter().flat_map(|one| RecipientRole::ALL.iter().map(move |to| (*one, *to)))
    }

    /// Whether it cannot be switched off: a customer is always told what became of the meeting.
    #[must_use]
    pub const fn is_always(self, to: RecipientRole) -> bool {
        matches!((self, to), (Self::Scheduled | Self::Rescheduled | Self::Cancelled, RecipientRole::Customer))
    }

    /// Whether the path can have a value in this notification: a template that asks for another one can only be wrong.
    #[must_use]
    pub const fn has(self, path: Path) -> bool {
        match path {
            Path::MeetingPreviousStart | Path::MeetingPreviousWhen | Path::MeetingReschedulingReason => {
                matches!(self, Self::Rescheduled)
            }
            Path::MeetingCancellationReason | Path::MeetingCancelledBy => matches!(self, Self::Cancelled),
            Path::MeetingRescheduleUrl | Path::MeetingCancelUrl | Path::MeetingIcsUrl => {
                !matches!(self, Self::Cancelled)
            }
            // Only the message with the agent's note after the meeting has the first, and only the request to a provider of
            // SMS the others.
            Path::MeetingWrapUp | Path::SmsTo | Path::SmsFrom | Path::SmsText | Path::SmsId => false,
            _ => true,
        }
    }

    /// Whether it leaves where nothing was chosen.
    const fn is_usual(self, to: RecipientRole) -> bool {
        !matches!((self, to), (Self::Reminder, RecipientRole::Agent))
    }
}

/// What an agent has chosen. In JSON: `{"reminder": {"agent": true}}`; what is not chosen is as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Notifications(BTreeMap<Notification, BTreeMap<RecipientRole, bool>>);

impl Notifications {
    /// Whether the message leaves.
    #[must_use]
    pub fn is_on(&self, notification: Notification, to: RecipientRole) -> bool {
        let chosen = self.0.get(&notification).and_then(|roles| roles.get(&to)).copied();
        notification.is_always(to) || chosen.unwrap_or(notification.is_usual(to))
    }

    /// The same, with this one on or off. What is always on stays so.
    #[must_use]
    pub fn with(mut self, notification: Notification, to: RecipientRole, on: bool) -> Self {
        if !notification.is_always(to) && self.is_on(notification, to) != on {
            self.0.entry(notification).or_default().insert(to, on);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_reads_back_and_the_rest_is_as_usual() {
        let usual = Notifications::default();
        let off: Vec<_> = Notification::to_each_side().filter(|(one, to)| !usual.is_on(*one, *to)).collect();
        assert_eq!(off, [(Notification::Reminder, RecipientRole::Agent)]);
        let chosen = usual
            .clone()
            .with(Notification::Reminder, RecipientRole::Agent, true)
            .with(Notification::StartsSoon, RecipientRole::Customer, false)
            .with(Notification::Scheduled, RecipientRole::Agent, true)
            .with(Notification::Cancelled, RecipientRole::Customer, false);
        let text = serde_json::to_string(&chosen).unwrap();
        assert_eq!(text, r#"{"reminder":{"agent":true},"starts_soon":{"customer":false}}"#);
        assert_eq!(serde_json::from_str::<Notifications>(&text).unwrap(), chosen);
        assert!(chosen.is_on(Notification::Cancelled, RecipientRole::Customer), "customers are always told");
        assert!(serde_json::from_str::<Notifications>(r#"{"party":{"agent":true}}"#).is_err());
        assert!(
            !chosen
                .with(Notification::Reminder, RecipientRole::Agent, false)
                .is_on(Notification::Reminder, RecipientRole::Agent)
        );
    }
}
