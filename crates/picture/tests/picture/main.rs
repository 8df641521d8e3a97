//! Profile pictures seen from outside: every fixture is made here, byte by byte or by an encoder.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::trivially_copy_pass_by_ref,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking, and a chunk is named by four bytes between quotes"
)]

mod cleaned;
mod colours;
mod fixtures;
mod hostile;
mod metadata;
mod refused;
mod upright;
