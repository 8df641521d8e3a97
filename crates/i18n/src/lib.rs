//! The texts that people read, in the catalogues of `catalogue/LANGUAGE/AREA.ftl`, embedded in the binary.

mod cities;
mod countries;
mod fields;
mod habits;
mod locale;
mod texts;
pub mod time;

pub use countries::{countries, country};
pub use fields::{field_value, yes_no};
pub use habits::Habits;
pub use locale::Locale;
pub use texts::Texts;
