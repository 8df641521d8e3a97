//! See the crate table in docs/architecture.md.

pub mod layers;
pub mod view;
