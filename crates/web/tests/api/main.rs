//! The REST API and the authorisation of pages, asked through all layers, on a fresh database.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod account;
mod account_pages;
mod activity;
mod after;
mod api_docs;
mod availability_form;
mod bad_input;
mod booking;
mod booking_form;
mod calendar_feed;
mod card_formats;
mod card_preview;
mod changes;
mod data;
mod data_deletion;
mod forms;
mod guests;
mod inbound;
mod language;
mod manage;
mod matrix;
mod mcp;
mod notifications;
mod oidc;
mod once;
mod pages;
mod passkeys;
mod people;
mod people_import;
mod preferences;
mod profile_fields;
mod reassign;
mod regressions;
mod schema;
mod scim;
mod scim_bad;
mod set_up;
mod sms;
mod step_up;
mod two_step;
mod undelivered;
mod webhooks;
mod world;
mod wrap_up;
