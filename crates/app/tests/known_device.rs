//! Limits on sign-in are no weapon against the owner (`security.md` A8).

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, agent, anonymous, entered, with_limits};
use jiff::SignedDuration;
use nameplate_app::accounts::sessions::{self, Browser, SignIn};
use nameplate_app::limits::Limits;
use nameplate_app::{App, Ctx, Error};
use nameplate_testkit::both_engines;

async fn sign_in(app: &App, ctx: &Ctx, password: &str, known: Option<&str>) -> Result<SignIn, Error> {
    let browser = Browser { user_agent: "test", known };
    sessions::sign_in(app, ctx, "anna@example.com", password, browser).await.map(entered)
}

/// Somebody on one of a thousand networks.
fn stranger(n: u32) -> Ctx {
    Ctx { net: format!("10.0.{}.{}", n % 1_000 / 250, n % 250), ..anonymous() }
}

both_engines! {
    async fn sec_a8_ten_thousand_failures_elsewhere_do_not_lock_the_owner_out(database: TestDatabase) {
        let app = with_limits(&database, Limits::default()).await;
        agent(&app, "anna").await;
        let known = sign_in(&app, &anonymous(), PASSWORD, None).await.unwrap().known;

        let attack = (0..8_u32).map(|lane| {
            let app = app.clone();
            tokio::spawn(async move {
                let mut judged = 0;
                for n in 0..1_250 {
                    match sign_in(&app, &stranger(lane * 1_250 + n), "wrong password here", None).await {
                        Err(Error::WrongCredentials) => judged += 1,
                        Err(Error::Limited(_)) => {}
                        other => panic!("{:?}", other.err()),
                    }
                }
                judged
            })
        });
        let mut judged = 0;
        for lane in attack.collect::<Vec<_>>() {
            judged += lane.await.unwrap();
        }
        // All at one instant, so no permit grows meanwhile.
        assert_eq!(judged, 100, "login_account holds over all networks");

        let elsewhere = sign_in(&app, &stranger(7), PASSWORD, None).await;
        assert!(matches!(elsewhere, Err(Error::Limited(_))), "the right password from an unknown browser waits too");
        let owner = Ctx { net: "198.51.100.7".into(), ..anonymous() };
        sign_in(&app, &owner, PASSWORD, Some(&known)).await.unwrap();
    }

    async fn sec_a8_a_known_device_has_its_own_tries_and_no_more(database: TestDatabase) {
        let app = with_limits(&database, Limits::default()).await;
        agent(&app, "anna").await;
        agent(&app, "other").await;
        let known = sign_in(&app, &anonymous(), PASSWORD, None).await.unwrap().known;
        for _ in 0..10 {
            let wrong = sign_in(&app, &anonymous(), "wrong password here", Some(&known)).await;
            assert!(matches!(wrong, Err(Error::WrongCredentials)));
        }
        let eleventh = sign_in(&app, &anonymous(), PASSWORD, Some(&known)).await;
        assert!(matches!(eleventh, Err(Error::Limited(_))));

        // What another account's browser keeps, or nothing of ours, is an unknown browser.
        let browser = Browser { user_agent: "test", known: None };
        let foreign = sessions::sign_in(&app, &anonymous(), "other@example.com", PASSWORD, browser).await.unwrap();
        let foreign = entered(foreign).known;
        for _ in 0..10 {
            assert!(matches!(sign_in(&app, &anonymous(), "wrong password here", Some(&foreign)).await, Err(Error::WrongCredentials)));
        }
        for token in [foreign.as_str(), "", "not a token"] {
            assert!(matches!(sign_in(&app, &anonymous(), PASSWORD, Some(token)).await, Err(Error::Limited(_))), "{token}");
        }

        let late = Ctx { now: anonymous().now + SignedDuration::from_hours(181 * 24), ..anonymous() };
        for _ in 0..10 {
            assert!(matches!(sign_in(&app, &late, "wrong password here", Some(&known)).await, Err(Error::WrongCredentials)));
        }
        assert!(matches!(sign_in(&app, &late, PASSWORD, None).await, Err(Error::Limited(_))), "after 180 days it counts as unknown");
    }
}
