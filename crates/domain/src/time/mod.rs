//! Time zones, availability and slots.
//!
//! A meeting is an instant, a habit is a wall clock: availability holds civil values and gets a zone only when
//! it is used. See the crate table in docs/architecture.md.

pub mod availability;
pub mod drift;
pub mod places;
pub mod reading;
pub mod slots;
pub mod tzdb;
pub mod wall;
pub mod zone;

mod search;
mod segments;

pub use places::ZoneHit;
pub use search::fold;
pub use tzdb::Tzdb;
pub use zone::{UnknownZone, ZoneId};
