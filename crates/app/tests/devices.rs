//! Where an account is signed in (`security.md` A10).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, agent, anonymous, app, as_agent, entered, now};
use jiff::SignedDuration;
use nameplate_app::accounts::devices;
use nameplate_app::accounts::sessions::{self, Browser};
use nameplate_app::{Actor, App, Ctx, Error};
use nameplate_testkit::both_engines;

async fn sign_in(app: &App, email: &str, browser: &str, minutes_ago: i64) -> String {
    let ctx = Ctx { now: now() - SignedDuration::from_mins(minutes_ago), ..anonymous() };
    let browser = Browser { user_agent: browser, known: None };
    entered(sessions::sign_in(app, &ctx, email, PASSWORD, browser).await.unwrap()).session
}

async fn in_session(app: &App, token: &str) -> Ctx {
    Ctx { actor: sessions::recognise(app, now(), token).await.unwrap().unwrap().actor(), ..anonymous() }
}

async fn listed(app: &App, ctx: &Ctx) -> Vec<(String, bool)> {
    let devices = devices::list(app, ctx).await.unwrap();
    devices.into_iter().map(|device| (device.session.user_agent, device.is_this)).collect()
}

both_engines! {
    async fn sec_a10_a_session_that_is_ended_is_refused_at_once_on_every_node(database: TestDatabase) {
        let (app, other_node) = (app(&database).await, app(&database).await);
        agent(&app, "anna").await;
        agent(&app, "other").await;
        let (phone, laptop, desk) = (
            sign_in(&app, "anna@example.com", "phone", 30).await,
            sign_in(&app, "anna@example.com", "laptop", 20).await,
            sign_in(&app, "anna@example.com", "desk", 10).await,
        );
        let foreign = sign_in(&app, "other@example.com", "foreign", 1).await;
        let ctx = in_session(&app, &laptop).await;
        let said = |name: &str, is_this| (name.to_owned(), is_this);
        assert_eq!(listed(&app, &ctx).await, [said("laptop", true), said("desk", false), said("phone", false)]);

        let id_of_the_phone = devices::list(&app, &ctx).await.unwrap().pop().unwrap().id;
        let nobodys = devices::end_one(&app, &in_session(&app, &foreign).await, &id_of_the_phone).await.unwrap();
        assert!(nobodys.is_none(), "another agent's id is as unknown as none");
        assert!(sessions::recognise(&other_node, now(), &phone).await.unwrap().is_some());
        let ended = devices::end_one(&app, &ctx, &id_of_the_phone).await.unwrap().unwrap();
        assert_eq!(ended.session.user_agent, "phone");
        assert!(sessions::recognise(&other_node, now(), &phone).await.unwrap().is_none());
        assert!(devices::end_one(&app, &ctx, &id_of_the_phone).await.unwrap().is_none(), "the second click");

        devices::end_others(&app, &ctx).await.unwrap();
        assert!(sessions::recognise(&other_node, now(), &desk).await.unwrap().is_none());
        assert!(sessions::recognise(&other_node, now(), &laptop).await.unwrap().is_some());
        assert!(sessions::recognise(&other_node, now(), &foreign).await.unwrap().is_some());
    }

    async fn a_session_that_has_ended_by_itself_is_not_listed(database: TestDatabase) {
        let app = app(&database).await;
        agent(&app, "anna").await;
        sign_in(&app, "anna@example.com", "forgotten", 25 * 60).await;
        let here = sign_in(&app, "anna@example.com", "here", 1).await;
        let ctx = in_session(&app, &here).await;
        assert_eq!(listed(&app, &ctx).await, [("here".to_owned(), true)]);
    }

    async fn an_api_token_has_no_devices(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = Ctx { actor: Actor::Agent { id: anna.id, role: anna.role, session: None }, ..as_agent(&anna) };
        assert!(matches!(devices::list(&app, &ctx).await, Err(Error::NotSignedIn)));
        assert!(matches!(devices::end_others(&app, &ctx).await, Err(Error::NotSignedIn)));
    }
}
