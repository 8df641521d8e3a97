//! What whoever runs the server does to accounts, and what an admin does to many at once (C-02, AD-03).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, agent, anonymous, app, as_agent, now};
use nameplate_app::accounts::sessions;
use nameplate_app::audit::{self, Event};
use nameplate_app::people::bulk::{self, Job, NotDone};
use nameplate_app::people::{MeetingsThen, operator};
use nameplate_app::{Actor, Error};
use nameplate_domain::account::{EmailAddress, Role};
use nameplate_testkit::both_engines;
use tokio::time::Instant;

both_engines! {
    async fn c_02_signing_out_ends_every_session_and_is_recorded(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let mut tokens = Vec::new();
        for _ in 0..2 {
            tokens.push(common::sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap());
        }
        let email = EmailAddress::parse("anna@example.com").unwrap();
        // The one of `agent`, and these two.
        assert_eq!(operator::sign_out(&app, now(), email.clone()).await.unwrap(), 3);
        for token in tokens {
            assert!(sessions::recognise(&app, now(), &token).await.unwrap().is_none());
        }
        assert_eq!(operator::sign_out(&app, now(), email).await.unwrap(), 0);
        let entries = audit::list(&app, &as_agent(&anna), None).await.unwrap().entries;
        let last = entries.first().unwrap();
        assert_eq!(last.event, Some(Event::SessionsEnded));
        assert_eq!(last.by, audit::By::CommandLine);
    }

    async fn ad_03_who_is_not_reached_in_time_is_named_and_unchanged(database: TestDatabase) {
        let app = app(&database).await;
        let (ada, anna) = (agent(&app, "ada").await, agent(&app, "anna").await);
        let mut ctx = as_agent(&ada);
        ctx.actor = Actor::Agent { id: ada.id, role: Role::Admin, session: None };
        let job = Job::Deactivate(MeetingsThen::Stay);
        let outcomes = bulk::run(&app, &ctx, job, vec![anna.id], Instant::now()).await.unwrap();
        assert!(matches!(outcomes.as_slice(), [one] if matches!(one.result, Err(NotDone::NotReached))), "{outcomes:?}");
        let agents = operator::everybody(&app).await.unwrap();
        assert!(agents.contains(&anna), "{agents:?}");
        let refused = bulk::run(&app, &as_agent(&anna), job, vec![ada.id], Instant::now()).await;
        assert!(matches!(refused, Err(Error::NotSignedIn)), "{refused:?}");
    }
}
