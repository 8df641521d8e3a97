//! Everything that the store offers, on both engines.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

/// `write!`-like door to one transaction: `commit!(store, |tx, agent| tx.insert_agent(&agent, None, now()).await?)`.
/// What is named after `tx` is cloned into it.
macro_rules! commit {
    ($store:expr, |$tx:ident $(, $clone:ident)*| $body:expr) => {{
        $(let $clone = $clone.clone();)*
        $store.write(move |$tx| async move { Ok::<_, nameplate_store::Error>($body) }).await
    }};
}

/// The same for reading; the answer is unwrapped.
macro_rules! query {
    ($store:expr, |$tx:ident $(, $clone:ident)*| $body:expr) => {{
        $(let $clone = $clone.clone();)*
        $store.read(|$tx| async move { Ok::<_, nameplate_store::Error>($body) }).await.unwrap()
    }};
}

/// A write that a rule of the schema refuses.
macro_rules! assert_conflict {
    ($result:expr, $constraint:ident) => {{
        let result = $result;
        assert!(
            matches!(result, Err(nameplate_store::Error::Conflict(nameplate_store::Constraint::$constraint))),
            "{result:?}"
        );
    }};
}

mod after;
mod agents;
mod answers;
mod api_tokens;
mod audit;
mod availabilities;
mod backstop;
mod calendar_feeds;
mod deletions;
mod email_changes;
mod email_undos;
mod external_ids;
mod fixtures;
mod idempotency;
mod invitations;
mod limits;
mod mailbox;
mod meeting_types;
mod meetings;
mod oidc;
mod opening;
mod outbox;
mod passkeys;
mod password_resets;
mod people_imports;
mod profile_fields;
mod scim_users;
mod sessions;
mod settings;
mod slugs;
mod sms;
mod sweep;
mod templates;
mod transactions;
mod two_step;
mod undelivered;
mod webhooks;
