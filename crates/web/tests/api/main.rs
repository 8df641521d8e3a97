//! The REST API, asked through all layers, on a fresh database.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod account;
mod bad_input;
mod booking;
mod matrix;
mod schema;
mod world;
