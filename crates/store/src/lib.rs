//! The only crate that names SQL: one [`Store`] over SQLite and PostgreSQL.
//!
//! [`Store::read`] and [`Store::write`] are the only doors. Both hand a [`Tx`] to the caller; the aggregates add their
//! queries to it, one file each, as one SQL text for both engines. What must differ stands in `dialect.rs`.

mod agents;
mod api_tokens;
mod audit;
mod availabilities;
mod calendar_feeds;
mod deletions;
mod dialect;
mod email_changes;
mod email_undos;
mod erase;
mod error;
mod idempotency;
mod invitations;
mod limits;
mod mailbox;
mod meeting_types;
mod meetings;
mod meta;
mod migrate;
mod organisation;
mod outbox;
mod own_texts;
mod passkeys;
mod password_resets;
mod pictures;
mod postgres;
mod reminders;
mod sessions;
mod slugs;
mod sms;
mod sqlite;
mod templates;
mod two_step;
mod tx;
mod undelivered;
mod value;

pub use agents::{AgentFilter, Credentials};
pub use api_tokens::ApiTokenRow;
pub use audit::{AuditHead, AuditRow};
pub use availabilities::AvailabilityRow;
pub use calendar_feeds::CalendarFeedRow;
pub use deletions::DeletionRow;
pub use dialect::Engine;
pub use email_changes::EmailChangeRow;
pub use email_undos::EmailUndoRow;
pub use error::{Constraint, Error};
pub use idempotency::IdempotencyRow;
pub use invitations::InvitationRow;
pub use mailbox::{MailboxMessage, MailboxRow};
pub use meetings::{ListPlace, ListWhich, Occupied};
pub use organisation::Organisation;
pub use outbox::{Channel, MessageRow, OutboxRow, OutboxState};
pub use passkeys::{PasskeyChallengeRow, PasskeyPurpose, PasskeyRow};
pub use password_resets::PasswordResetRow;
pub use pictures::PictureFile;
pub use reminders::ReminderRow;
pub use sessions::SessionRow;
pub use slugs::SlugRow;
pub use sms::Tried;
pub use templates::TemplateVersion;
pub use two_step::{AuthenticatorRow, PendingSignInRow};
pub use tx::{Store, Tx};
pub use undelivered::UndeliveredRow;
