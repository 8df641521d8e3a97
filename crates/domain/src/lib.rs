//! Types that cannot be wrong and rules that need no I/O.
//!
//! Nothing here knows the clock, randomness, SQL or HTTP: an instant, an id or the time-zone data is handed in.

pub mod account;
pub mod ids;
pub mod meetings;
pub mod placeholder;
pub mod rate;
pub mod sms;
pub mod templates;
pub mod time;
pub mod webhooks;
