//! The texts that people read, in the catalogues of `catalogue/LANGUAGE/AREA.ftl`, embedded in the binary.

mod habits;
mod locale;
mod texts;
pub mod time;

pub use habits::Habits;
pub use locale::Locale;
pub use texts::Texts;
