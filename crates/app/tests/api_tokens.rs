//! API tokens that agents make themselves (`security.md` A4, P6).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, agent, anonymous, app, as_agent, now, own_session};
use jiff::SignedDuration;
use nameplate_app::accounts::api_tokens::{self, NewToken};
use nameplate_app::accounts::{password, password_reset};
use nameplate_app::{Actor, App, Ctx, Error, SignedIn};
use nameplate_domain::account::{Agent, TokenName};
use nameplate_testkit::both_engines;

fn new(name: &str) -> NewToken {
    let life = SignedDuration::from_hours(7 * 24);
    NewToken { id: api_tokens::new_id(), name: TokenName::parse(name).unwrap(), life }
}

async fn works(app: &App, token: &str, days: i64) -> bool {
    let at = now() + SignedDuration::from_hours(24 * days);
    api_tokens::recognise(app, at, token).await.unwrap().is_some()
}

/// A request of a session that was signed in a while ago.
fn stale(anna: &Agent) -> Ctx {
    let authenticated_at = now() - SignedDuration::from_mins(16);
    let session = Some(SignedIn { token_hash: own_session(anna.id), authenticated_at });
    Ctx { actor: Actor::Agent { id: anna.id, role: anna.role, session }, ..anonymous() }
}

async fn names(app: &App, ctx: &Ctx) -> Vec<String> {
    api_tokens::list(app, ctx).await.unwrap().into_iter().map(|token| token.name).collect()
}

both_engines! {
    async fn sec_p6_a_token_works_until_its_end_or_until_it_is_revoked(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, other) = (agent(&app, "anna").await, agent(&app, "other").await);
        let (token, row) = api_tokens::make(&app, &as_agent(&anna), new("CRM sync"), None).await.unwrap();
        assert!(token.starts_with("np_") && token.len() == 46, "{token}");
        assert!(works(&app, &token, 6).await);
        assert!(!works(&app, &token, 7).await, "its life is over");
        assert_eq!(names(&app, &as_agent(&anna)).await, ["CRM sync"]);
        assert_eq!(names(&app, &as_agent(&other)).await, [""; 0], "nobody else's");

        let foreign = api_tokens::revoke(&app, &as_agent(&other), &row.id.to_string()).await.unwrap();
        assert!(foreign.is_none() && works(&app, &token, 0).await, "another agent cannot end it");
        let gone = api_tokens::revoke(&app, &as_agent(&anna), &row.id.to_string()).await.unwrap();
        assert_eq!(gone.unwrap().name, "CRM sync");
        assert!(!works(&app, &token, 0).await, "at once");
        assert!(api_tokens::revoke(&app, &as_agent(&anna), &row.id.to_string()).await.unwrap().is_none());
        assert!(api_tokens::revoke(&app, &as_agent(&anna), "nonsense").await.unwrap().is_none());
    }

    async fn f_09_the_same_form_sent_again_makes_no_second_token(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, other) = (agent(&app, "anna").await, agent(&app, "other").await);
        let form = new("CRM sync");
        let (lost, _) = api_tokens::make(&app, &as_agent(&anna), form.clone(), None).await.unwrap();
        let (token, _) = api_tokens::make(&app, &as_agent(&anna), form.clone(), None).await.unwrap();
        assert_eq!(names(&app, &as_agent(&anna)).await.len(), 1);
        assert!(!works(&app, &lost, 0).await && works(&app, &token, 0).await, "the one that was shown last");
        let used = api_tokens::make(&app, &as_agent(&anna), form.clone(), None).await;
        assert!(matches!(used, Err(Error::Stale)), "a token in use keeps its text");
        let foreign = api_tokens::make(&app, &as_agent(&other), form, None).await;
        assert!(matches!(foreign, Err(Error::Stale)));
        assert!(works(&app, &token, 0).await);
    }

    async fn sec_a4_a_token_is_made_only_after_a_recent_sign_in_and_never_by_a_token(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let old = api_tokens::make(&app, &stale(&anna), new("one"), None).await;
        assert!(matches!(old, Err(Error::ReauthenticationRequired)));
        let wrong = api_tokens::make(&app, &stale(&anna), new("one"), Some("not the password")).await;
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        let (token, _) = api_tokens::make(&app, &stale(&anna), new("one"), Some(PASSWORD)).await.unwrap();
        let (actor, _) = api_tokens::recognise(&app, now(), &token).await.unwrap().unwrap();
        let by_token = Ctx { actor, ..anonymous() };
        let more = api_tokens::make(&app, &by_token, new("two"), Some(PASSWORD)).await;
        assert!(matches!(more, Err(Error::NotSignedIn)));
        assert!(matches!(api_tokens::list(&app, &by_token).await, Err(Error::NotSignedIn)));
        assert_eq!(names(&app, &as_agent(&anna)).await, ["one"]);
    }

    async fn sec_a4_a_new_password_ends_the_tokens_only_when_it_is_asked_to(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let (token, _) = api_tokens::make(&app, &as_agent(&anna), new("one"), None).await.unwrap();
        let (second, third) = ("violet trains hum at dawn", "amber kettles drift north");
        password::change(&app, &as_agent(&anna), PASSWORD, second, false).await.unwrap();
        assert!(works(&app, &token, 0).await);
        password::change(&app, &as_agent(&anna), second, third, true).await.unwrap();
        assert!(!works(&app, &token, 0).await);

        let (token, _) = api_tokens::make(&app, &as_agent(&anna), new("two"), None).await.unwrap();
        let link = password_reset::link(&app, now(), anna.email.clone()).await.unwrap().unwrap();
        let reset = link.rsplit_once('/').unwrap().1;
        password_reset::finish(&app, &anonymous(), reset, second, true).await.unwrap();
        assert!(!works(&app, &token, 0).await);
    }
}
