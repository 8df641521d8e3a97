//! The placeholder language: its errors, its lines, its filters, its sinks, and minijinja as an oracle for what it shares
//! with Jinja.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;
mod errors;
mod fields;
mod filters;
mod lines;
mod oracle;
mod page;
mod sinks;
