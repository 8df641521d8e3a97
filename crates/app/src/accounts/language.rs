//! The language that an agent is written to in. Customers' languages stand in their meetings.

use nameplate_domain::account::Agent;
use nameplate_i18n::Locale;

/// The language of an agent's messages: that of the organisation's accounts, English.
#[must_use]
pub const fn of(_: &Agent) -> Locale {
    Locale::En
}
