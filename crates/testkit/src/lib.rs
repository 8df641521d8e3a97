//! What tests share: see the crate table in docs/architecture.md.

pub mod engines;
pub mod issuer;
pub mod passkey;
pub mod past;
pub mod postgres;
pub mod receiver;
pub mod tools;
