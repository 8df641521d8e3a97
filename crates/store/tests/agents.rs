//! Agents and their slugs, on both engines.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{agent, now};
use nameplate_store::{Constraint, Error, Store};
use nameplate_testkit::both_engines;

both_engines! {
    async fn an_agent_reads_back_and_email_and_slug_are_nobody_elses(database: TestDatabase) {
        let store = Store::open(database.url()).await.unwrap();
        let anna = agent(1, "anna@example.com", "anna");
        let written = anna.clone();
        store.write(move |tx| async move { tx.insert_agent(&written, Some("$argon2id$"), now()).await }).await.unwrap();
        let found = store.read(|tx| async move { tx.agent_by_email(&"Anna@Example.com".parse_email()).await }).await;
        assert_eq!(found.unwrap(), Some(anna));

        let twin = agent(2, "ANNA@example.com", "other");
        let refused = store.write(move |tx| async move { tx.insert_agent(&twin, None, now()).await }).await;
        assert!(matches!(refused, Err(Error::Conflict(Constraint::AgentEmail))), "{refused:?}");
        let twin = agent(2, "other@example.com", "anna");
        let refused = store.write(move |tx| async move { tx.insert_agent(&twin, None, now()).await }).await;
        assert!(matches!(refused, Err(Error::Conflict(Constraint::Slug))), "{refused:?}");
        let all = store.read(|tx| async move { tx.agents().await }).await.unwrap();
        assert_eq!(all.len(), 1, "a refused transaction leaves nothing");
    }
}

trait ParseEmail {
    fn parse_email(&self) -> nameplate_domain::account::EmailAddress;
}

impl ParseEmail for str {
    fn parse_email(&self) -> nameplate_domain::account::EmailAddress {
        nameplate_domain::account::EmailAddress::parse(self).unwrap()
    }
}
