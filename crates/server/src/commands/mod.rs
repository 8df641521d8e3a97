//! One file per subcommand.

pub mod agent;
pub mod agent_state;
pub mod config;
pub mod demo;
pub mod dkim_record;
pub mod doctor;
pub mod healthcheck;
pub mod people;
pub mod serve;
pub mod setup_link;
pub mod sms_hooks;
pub mod token;
