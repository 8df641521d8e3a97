//! What the use cases take from the configuration.

use crate::accounts::oidc::Oidc;
use crate::inbound::RelaySecret;
use crate::limits::Limits;
use crate::sms::Sms;
use jiff::SignedDuration;
use nameplate_domain::account::EmailAddress;
use nameplate_domain::account::password::Policy;
use nameplate_notify::webhook::Guard;
use std::sync::Arc;

/// What the use cases take from the configuration.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme, host and port of this server as people reach it, without a slash at the end. The only source of links.
    pub public_url: String,
    /// The host of that address.
    pub host: String,
    /// The plain From address of account mail; its domain is that of all our mail.
    pub mail_from: EmailAddress,
    /// What a mail server that hands mail over to us proves itself with; without it none may.
    pub relay_secret: Option<RelaySecret>,
    /// First path segments that the router uses itself: no slug.
    pub reserved: Vec<&'static str>,
    /// Rate limits (`security.md` P1).
    pub limits: Limits,
    /// Session lengths (P2).
    pub sessions: Sessions,
    /// Password minimums (A1).
    pub password_policy: Policy,
    /// How long what is personal in the audit log is kept.
    pub audit_details: SignedDuration,
    /// Text messages; none where nothing is configured, and then nothing of them is shown anywhere.
    pub sms: Option<Sms>,
    /// The identity provider that signs agents in; none where nothing is configured, and then nothing of it is shown anywhere.
    pub oidc: Option<Oidc>,
    /// What webhooks may call.
    pub webhooks: Arc<Guard>,
}

/// For how long the audit log keeps networks, devices and values, unless configured.
pub const AUDIT_DETAILS: SignedDuration = SignedDuration::from_hours(365 * 24);

/// How long sessions last (`security.md` P2).
#[derive(Debug, Clone, Copy)]
pub struct Sessions {
    /// Without a request.
    pub idle: SignedDuration,
    /// In all.
    pub absolute: SignedDuration,
    /// An admin's, without a request.
    pub admin_idle: SignedDuration,
    /// An admin's, in all.
    pub admin_absolute: SignedDuration,
    /// How long a password counts as just given.
    pub recent_auth: SignedDuration,
    /// How long a browser is known after a sign-in: it has tries of its own (A8).
    pub known_device: SignedDuration,
    /// Sessions an account may have; the longest idle ends first.
    pub per_account: u32,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            idle: SignedDuration::from_hours(24),
            absolute: SignedDuration::from_hours(7 * 24),
            admin_idle: SignedDuration::from_hours(2),
            admin_absolute: SignedDuration::from_hours(12),
            recent_auth: SignedDuration::from_mins(15),
            known_device: SignedDuration::from_hours(180 * 24),
            per_account: 50,
        }
    }
}
