//! Which texts of the catalogue make a message about an account.

use crate::account::AccountEvent;

/// The catalogue's keys of a message, and its button's address.
pub(crate) struct Wording<'a> {
    pub subject: &'static str,
    pub lead: &'static str,
    pub closing: &'static str,
    pub action: Option<(&'static str, &'a str)>,
}

impl<'a> Wording<'a> {
    /// Those of an event.
    pub(crate) fn of(event: &'a AccountEvent) -> Self {
        let (subject, lead, closing, action) = match event {
            AccountEvent::EmailChange { link, .. } => (
                "message-email-change-subject",
                "message-email-change-lead",
                "message-email-change-life",
                Some(("message-email-change-action", link.as_str())),
            ),
            AccountEvent::EmailChanged { undo: Some((link, _)), .. } => (
                "message-email-changed-subject",
                "message-email-changed-lead",
                "message-email-changed-undo",
                Some(("message-email-changed-action", link.as_str())),
            ),
            AccountEvent::EmailChanged { undo: None, .. } => (
                "message-email-changed-subject",
                "message-email-changed-lead",
                "message-email-changed-not-you",
                None,
            ),
            AccountEvent::EmailRestored { .. } => (
                "message-email-restored-subject",
                "message-email-restored-lead",
                "message-email-changed-not-you",
                None,
            ),
            AccountEvent::PasswordReset { link, .. } => (
                "message-password-reset-subject",
                "message-password-reset-lead",
                "message-password-reset-life",
                Some(("message-password-reset-action", link.as_str())),
            ),
            AccountEvent::AccountClosed { link, .. } => (
                "message-account-closed-subject",
                "message-account-closed-lead",
                "message-account-closed-life",
                Some(("message-account-closed-action", link.as_str())),
            ),
            AccountEvent::AccountKept => (
                "message-account-kept-subject",
                "message-account-kept-lead",
                "message-account-kept-not-you",
                None,
            ),
            AccountEvent::Invited { .. }
            | AccountEvent::AccountDeactivated
            | AccountEvent::AccountReactivated
            | AccountEvent::AccountEdited { .. } => {
                return Self::by_an_admin(event);
            }
            AccountEvent::PasswordChanged => (
                "message-password-changed-subject",
                "message-password-changed-lead",
                "message-password-changed-not-you",
                None,
            ),
            AccountEvent::PasskeyAdded { .. } => (
                "message-passkey-added-subject",
                "message-passkey-added-lead",
                "message-passkey-added-not-you",
                None,
            ),
            AccountEvent::PasskeyRemoved { .. } => (
                "message-passkey-removed-subject",
                "message-passkey-removed-lead",
                "message-passkey-removed-not-you",
                None,
            ),
            AccountEvent::ProviderConnected { .. } | AccountEvent::ProviderDisconnected { .. } => {
                return Self::of_provider(event);
            }
            AccountEvent::TwoStepOn | AccountEvent::TwoStepOff | AccountEvent::TwoStepTries => {
                return Self::of_two_step(event);
            }
            AccountEvent::RecoveryCodesNew => (
                "message-recovery-codes-new-subject",
                "message-recovery-codes-new-lead",
                "message-recovery-codes-new-not-you",
                None,
            ),
            AccountEvent::WebhookOff { link, .. } => return Self::of_webhook(link),
            AccountEvent::DeliveryProblem { link, .. } => (
                "message-delivery-problem-subject",
                "message-delivery-problem-lead",
                "message-delivery-problem-hint",
                Some(("message-delivery-problem-action", link.as_str())),
            ),
            AccountEvent::AttendanceDeclined { link, .. } => (
                "message-attendance-declined-subject",
                "message-attendance-declined-lead",
                "message-attendance-declined-hint",
                Some(("message-delivery-problem-action", link.as_str())),
            ),
            AccountEvent::RecoveryCodeUsed { .. } => (
                "message-recovery-code-used-subject",
                "message-recovery-code-used-lead",
                "message-recovery-code-used-not-you",
                None,
            ),
        };
        Self { subject, lead, closing, action }
    }

    /// The same of a webhook that was turned off.
    const fn of_webhook(link: &'a str) -> Self {
        Self {
            subject: "message-webhook-off-subject",
            lead: "message-webhook-off-lead",
            closing: "message-webhook-off-closing",
            action: Some(("message-webhook-off-action", link)),
        }
    }

    /// The same of an identity provider.
    const fn of_provider(event: &AccountEvent) -> Self {
        let (subject, lead, closing) = if matches!(event, AccountEvent::ProviderConnected { .. }) {
            (
                "message-provider-connected-subject",
                "message-provider-connected-lead",
                "message-provider-connected-not-you",
            )
        } else {
            (
                "message-provider-disconnected-subject",
                "message-provider-disconnected-lead",
                "message-provider-disconnected-not-you",
            )
        };
        Self { subject, lead, closing, action: None }
    }

    /// The same of what an admin did.
    const fn by_an_admin(event: &'a AccountEvent) -> Self {
        let (subject, lead, closing) = match event {
            AccountEvent::AccountDeactivated => (
                "message-account-deactivated-subject",
                "message-account-deactivated-lead",
                "message-account-deactivated-closing",
            ),
            AccountEvent::AccountReactivated => (
                "message-account-reactivated-subject",
                "message-account-reactivated-lead",
                "message-account-reactivated-closing",
            ),
            AccountEvent::AccountEdited { .. } => (
                "message-account-edited-subject",
                "message-account-edited-lead",
                "message-account-edited-closing",
            ),
            _ => ("message-invitation-subject", "message-invitation-lead", "message-invitation-life"),
        };
        let action = match event {
            AccountEvent::Invited { link, .. } => Some(("message-invitation-action", link.as_str())),
            AccountEvent::AccountEdited { link, .. } => {
                Some(("message-account-edited-action", link.as_str()))
            }
            _ => None,
        };
        Self { subject, lead, closing, action }
    }

    /// The same of two-step sign-in.
    const fn of_two_step(event: &AccountEvent) -> Self {
        let (subject, lead, closing) = match event {
            AccountEvent::TwoStepOn => {
                ("message-two-step-on-subject", "message-two-step-on-lead", "message-two-step-on-not-you")
            }
            AccountEvent::TwoStepOff => {
                ("message-two-step-off-subject", "message-two-step-off-lead", "message-two-step-off-not-you")
            }
            _ => (
                "message-two-step-tries-subject",
                "message-two-step-tries-lead",
                "message-two-step-tries-not-you",
            ),
        };
        Self { subject, lead, closing, action: None }
    }
}
