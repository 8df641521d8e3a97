//! The account of an agent: its nine fields as types.
//!
//! Every type has one constructor for typed text, `T::parse(&str) -> Result<T, Problem>`, used alike by forms, the API and
//! the command line (security.md C1), and `T::stored`, for text that `parse` accepted earlier and the database kept:
//! it checks nothing, so that a later change of a rule never makes an account unreadable.
//!
//! ```
//! use nameplate_domain::account::{FullName, JobTitle, Problem, optional};
//!
//! assert_eq!(FullName::parse("  Anna Bérg ").map(|name| name.to_string()), Ok("Anna Bérg".to_owned()));
//! assert_eq!(FullName::parse("Anna\nBérg"), Err(Problem::LineBreak));
//! assert_eq!(optional("   ", JobTitle::parse), Ok(None));
//! ```

mod agent;
pub mod card;
mod country;
mod country_names;
mod email;
mod field;
mod field_value;
mod hues;
mod location;
mod notifications;
pub mod passphrase;
pub mod password;
mod phone;
mod preferences;
mod problem;
mod slug;
pub mod text;
mod visibility;
pub(crate) mod words;

pub use agent::{Agent, AgentStatus, PictureKey, Role};
pub use country::CountryCode;
pub use email::EmailAddress;
pub use field::{FieldDraft, FieldEditor, FieldKey, FieldKind, FieldPlaces, ProfileField, choices};
pub use field_value::FieldValue;
pub use hues::HUES;
pub use location::{Location, LocationField, LocationName};
pub use notifications::{Notification, Notifications, RecipientRole, Switch, Timing};
pub use phone::PhoneNumber;
pub use preferences::{FirstWeekday, HourCycle, Language, Preferences, Theme};
pub use problem::Problem;
pub use slug::{MeetingTypeSlug, RESERVED, Slug};
pub use text::{
    CustomerName, ExternalId, FieldLabel, FullName, JobTitle, MeetingTypeDescription, MeetingTypeName, Note,
    PasskeyName, TokenName, optional,
};
pub use visibility::{CardField, Place, Visibility};
