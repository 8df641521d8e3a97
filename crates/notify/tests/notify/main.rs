//! Messages as they leave, held against programs that we did not write.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;
mod consumers;
mod contact;
mod delivery;
mod generated;
mod generated_read;
mod generated_values;
mod guests;
mod mail;
mod readers;
mod real_path;
mod signatures;
mod sms;
mod sms_server;
mod sms_text;
mod webhooks;
