//! How an agent is written to: language and hours. Customers' languages stand in their meetings.

use nameplate_domain::account::Agent;
use nameplate_i18n::Locale;
use nameplate_i18n::time::HourCycle;

/// The language of an agent's messages: the one chosen in the account, else English.
#[must_use]
pub fn of(agent: &Agent) -> Locale {
    let chosen = agent.preferences.language.as_ref();
    chosen.and_then(|language| Locale::parse(language.as_str())).unwrap_or_default()
}

/// The hours in an agent's messages: those chosen in the account, else 24.
#[must_use]
pub fn hours(agent: &Agent) -> HourCycle {
    agent.preferences.hour_cycle.unwrap_or(HourCycle::H24)
}
