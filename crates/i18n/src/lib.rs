//! The texts that people read, in the catalogues of `catalogue/LANGUAGE/AREA.ftl`, embedded in the binary.

mod texts;
pub mod time;

pub use texts::{Locale, Texts};
