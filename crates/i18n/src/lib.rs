//! The texts that people read, in the catalogues of `catalogue/LANGUAGE/AREA.ftl`, embedded in the binary.

mod texts;

pub use texts::{Locale, Texts};
