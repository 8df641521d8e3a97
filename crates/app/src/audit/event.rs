//! What the audit log tells of. The names are stored: one that was used keeps its meaning for ever.

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What happened to an account.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Event {
            $($(#[$doc])* $variant,)*
        }

        impl Event {
            /// Every event.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stored name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The event of a stored name.
            #[must_use]
            pub fn of_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|event| event.name() == name)
            }
        }
    };
}

events! {
    /// The account was made.
    AccountAdded = "account_added";
    /// Its agent was asked to choose a password.
    Invited = "invited";
    /// Its agent has chosen the first password.
    InvitationAccepted = "invitation_accepted";
    /// It may do more, or less.
    RoleChanged = "role_changed";
    /// It works no more, until an admin lets it.
    Deactivated = "deactivated";
    /// It works again.
    Reactivated = "reactivated";
    /// A browser signed in.
    SignIn = "sign_in";
    /// A wrong password, or an account that may not sign in.
    SignInRefused = "sign_in_refused";
    /// A browser signed out.
    SignOut = "sign_out";
    /// A wrong password where a signed-in browser was asked for it.
    ReauthenticationRefused = "reauthentication_refused";
    /// A browser was signed out from another one, or by too many wrong passwords.
    SessionEnded = "session_ended";
    /// All other browsers were signed out.
    SessionsEnded = "sessions_ended";
    /// The password was changed by somebody who knew the old one.
    PasswordChanged = "password_changed";
    /// A link for a new password was made.
    PasswordResetRequested = "password_reset_requested";
    /// The password was set anew behind such a link.
    PasswordReset = "password_reset";
    /// A link and a code went to a new address.
    EmailChangeRequested = "email_change_requested";
    /// The change of the address was given up.
    EmailChangeCancelled = "email_change_cancelled";
    /// The address is another one.
    EmailChanged = "email_changed";
    /// The address that was replaced is back; whoever replaced it is out.
    EmailChangeUndone = "email_change_undone";
    /// Fields of the profile are other ones.
    ProfileChanged = "profile_changed";
    /// The profile URL is another one.
    SlugChanged = "slug_changed";
    /// The time zone is another one.
    TimeZoneChanged = "time_zone_changed";
    /// Other fields are shown to customers.
    VisibilityChanged = "visibility_changed";
    /// The picture is another one, or gone.
    PictureChanged = "picture_changed";
    /// Other messages about meetings leave.
    NotificationsChanged = "notifications_changed";
    /// An API token was made.
    TokenCreated = "token_created";
    /// An API token works no more.
    TokenRevoked = "token_revoked";
    /// A private calendar address was made.
    CalendarFeedMade = "calendar_feed_made";
    /// A new private calendar address took the place of the old.
    CalendarFeedReplaced = "calendar_feed_replaced";
    /// The private calendar address works no more.
    CalendarFeedEnded = "calendar_feed_ended";
    /// A passkey signs in from now on.
    PasskeyAdded = "passkey_added";
    /// A passkey has another name.
    PasskeyRenamed = "passkey_renamed";
    /// A passkey signs in no more.
    PasskeyRemoved = "passkey_removed";
    /// Two-step sign-in was turned on.
    TwoStepOn = "two_step_on";
    /// Two-step sign-in was turned off.
    TwoStepOff = "two_step_off";
    /// New recovery codes took the place of the old.
    RecoveryCodesNew = "recovery_codes_new";
    /// A recovery code took the place of one of the app.
    RecoveryCodeUsed = "recovery_code_used";
    /// A wrong code at sign-in, after the right password.
    SecondFactorRefused = "second_factor_refused";
    /// All that is kept about the account was downloaded.
    DataDownloaded = "data_downloaded";
    /// The right password at sign-in, and then no code.
    SecondStepMissed = "second_step_missed";
    /// A wrong code where a signed-in browser or a program was asked for it.
    ReauthenticationCodeRefused = "reauthentication_code_refused";
    /// A passkey of the account gave an answer that does not fit.
    PasskeyRefused = "passkey_refused";
    /// A passkey of the account counted backwards: there may be a copy of it.
    PasskeyMayBeCopied = "passkey_may_be_copied";
    /// An identity provider signs in from now on.
    ProviderConnected = "provider_connected";
    /// An identity provider signs in no more.
    ProviderDisconnected = "provider_disconnected";
    /// An identity provider sent its agent to an account that may not sign in.
    ProviderRefused = "provider_refused";
    /// The account was closed, to be erased.
    DeletionAsked = "deletion_asked";
    /// It was opened again before that.
    DeletionUndone = "deletion_undone";
    /// An admin has added a profile field for everybody. This and the following stand in the admin's own log.
    ProfileFieldAdded = "profile_field_added";
    /// A profile field is another one for everybody.
    ProfileFieldChanged = "profile_field_changed";
    /// A profile field is gone, with what every profile held of it.
    ProfileFieldDeleted = "profile_field_deleted";
    /// An admin has added a webhook. This and the following stand in the admin's own log.
    WebhookAdded = "webhook_added";
    /// A webhook is another one, or on or off.
    WebhookChanged = "webhook_changed";
    /// A webhook is gone.
    WebhookDeleted = "webhook_deleted";
    /// A new secret signs what a webhook is told.
    WebhookSecretReplaced = "webhook_secret_replaced";
    /// An admin has confirmed a file of people. It stands in the admin's own log; what it did to accounts stands in theirs.
    PeopleImported = "people_imported";
    /// It was erased; only this log still knows its id.
    AccountErased = "account_erased";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_one_events_alone() {
        for event in Event::ALL {
            assert_eq!(Event::of_name(event.name()), Some(*event));
        }
        assert_eq!(Event::of_name("nothing"), None);
    }
}
