//! Signing in by an identity provider over HTTP (`security.md` P6, A11, A17; RFC 9700): what an honest provider sends, and what
//! somebody else might.

use crate::two_step::{shown, turned_on};
use crate::world::{Answer, World, now};
use jiff::SignedDuration;
use nameplate_app::accounts::oidc::Oidc;
use nameplate_domain::account::AgentStatus;
use nameplate_oidc::{Provider, Settings};
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use nameplate_testkit::issuer::{Bend, CLIENT, Issuer};
use std::sync::Arc;

async fn world(database: TestDatabase) -> (World, Issuer) {
    let issuer = Issuer::start(now());
    let provider = Provider::new(Settings {
        issuer: issuer.url(),
        client_id: CLIENT.0.to_owned(),
        client_secret: CLIENT.1.to_owned(),
        redirect: "https://meet.example.com/sign-in/oidc/callback".to_owned(),
    });
    let oidc = Oidc { name: "Harbour login".to_owned(), provider: Arc::new(provider.unwrap()) };
    (World::with_provider(database, oidc).await, issuer)
}

/// The address that a page leads on to, and the cookie of the browser that goes there.
fn way(answer: &Answer) -> (String, String) {
    let url = answer
        .text
        .split("http-equiv=\"refresh\" content=\"0; url=")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let cookie = answer.header("set-cookie");
    for attribute in ["__Host-oidc=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    (url.replace("&#38;", "&").replace("&amp;", "&"), cookie.split(';').next().unwrap().to_owned())
}

async fn out(world: &World, return_to: &str) -> (String, String) {
    way(&world.send("/sign-in/oidc", "", &[("return_to", return_to)]).await.expect(200))
}

async fn back(world: &World, brought: &str, cookies: &str) -> Answer {
    world.page(&format!("/sign-in/oidc/callback?{brought}"), &format!("cookie: {cookies}")).await
}

async fn sign_in(world: &World, issuer: &Issuer, subject: &str, bend: Bend) -> Answer {
    let (url, browser) = out(world, "/account/availability").await;
    back(world, &issuer.sign_in(&url, subject, bend), &browser).await.expect(303)
}

/// Connects the account of this session (`cookie: …`) with this subject.
async fn connect(world: &World, issuer: &Issuer, session: &str, subject: &str) -> Answer {
    let (url, browser) = way(&world.send("/account/oidc/connect", session, &[]).await.expect(200));
    let cookies = format!("{}; {browser}", session.trim_start_matches("cookie: "));
    back(world, &issuer.sign_in(&url, subject, Bend::Nothing), &cookies).await
}

/// The session that an answer starts, as a header.
fn session(answer: &Answer) -> Option<String> {
    let all = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let one =
        all.filter_map(|cookie| cookie.split(';').next()).find(|pair| pair.starts_with("__Host-session="));
    one.map(|pair| format!("cookie: {pair}"))
}

#[track_caller]
fn nowhere(answer: &Answer, notice: &str) {
    assert_eq!(session(answer), None, "nobody is signed in");
    let there = answer.header("location").replace("%2D", "-");
    assert!(there.ends_with(&format!("notice=oidc-{notice}")), "{there}");
}

both_engines! {
    async fn an_account_is_connected_signs_in_and_is_disconnected(database: TestDatabase) {
        let (mut world, issuer) = world(database).await;
        let page = world.page("/sign-in?return_to=%2Faccount%2Favailability", "").await.expect(200).text;
        assert!(page.contains("Sign in with Harbour login"), "{page}");
        let own = world.session().await;
        let connected = connect(&world, &issuer, &own, "anna-7").await.expect(303);
        assert_eq!(connected.header("location"), "/account/security?saved=provider-connected");
        let page = world.page("/account/security", &own).await.expect(200).text;
        assert!(page.contains("Connected as anna@example.com"), "{page}");

        let signed_in = sign_in(&world, &issuer, "anna-7", Bend::Nothing).await;
        assert_eq!(signed_in.header("location"), "/account/availability");
        let by_provider = session(&signed_in).unwrap();
        let late = world.page("/account/oidc/disconnect", &by_provider).await.expect(303);
        assert_eq!(
            late.header("location"), "/account/confirm?return_to=%2Faccount%2Foidc%2Fdisconnect",
            "what asks for a fresh proof takes none of the provider"
        );
        let activity = world.page("/account/activity", &by_provider).await.expect(200).text;
        for text in ["Identity provider connected", "Identity provider: Harbour login", "Signed in"] {
            assert!(activity.contains(text), "{text} in {activity}");
        }
        let kept = issuer.asked().iter().filter(|path| *path == "/keys").count();
        assert_eq!(kept, 1, "what the provider says of itself is kept");

        world.page("/account/oidc/disconnect", &own).await.expect(200);
        let gone = world.send("/account/oidc/disconnect", &own, &[]).await.expect(303);
        assert_eq!(gone.header("location"), "/account/security?saved=provider-disconnected");
        world.page("/account/security", &by_provider).await.expect(303);
        world.page("/account/security", &own).await.expect(200);
        nowhere(&sign_in(&world, &issuer, "anna-7", Bend::Nothing).await, "unconnected");
        world.deliver().await;
        let mails = world.app().store().read(|tx| async move { tx.mailbox(10).await });
        let subjects: Vec<_> = mails.await.unwrap().into_iter().map(|mail| mail.subject).collect();
        for subject in ["A way to sign in was added to your account", "A way to sign in was removed from your account"] {
            assert!(subjects.iter().any(|one| one == subject), "{subjects:?}");
        }
        world.wait();
        let again = world.send("/account/oidc/disconnect", &own, &[]).await.expect(303);
        assert_eq!(again.header("location"), "/account/security#identity-provider", "the second of two clicks");
    }

    async fn an_address_alone_signs_nobody_in(database: TestDatabase) {
        let (world, issuer) = world(database).await;
        let stranger = sign_in(&world, &issuer, "stranger", Bend::Nothing).await;
        nowhere(&stranger, "unconnected");
        let page = world.page(stranger.header("location"), "").await.expect(200).text;
        assert!(page.contains("not connected to your account here yet"), "{page}");
        assert!(page.contains("name=\"return_to\" value=\"/account/security#identity-provider\""), "{page}");
        connect(&world, &issuer, &world.session().await, "anna-7").await.expect(303);
        nowhere(&sign_in(&world, &issuer, "stranger", Bend::Nothing).await, "unconnected");
        nowhere(&sign_in(&world, &issuer, "ANNA-7", Bend::Nothing).await, "unconnected");
    }

    async fn a_bent_token_signs_nobody_in(database: TestDatabase) {
        let (world, issuer) = world(database).await;
        connect(&world, &issuer, &world.session().await, "anna-7").await.expect(303);
        for bend in [
            Bend::Nonce, Bend::Audience, Bend::Audiences, Bend::Party, Bend::Issuer, Bend::Expired, Bend::Unsigned,
            Bend::Secret, Bend::Forged, Bend::Subject,
        ] {
            let answer = sign_in(&world, &issuer, "anna-7", bend).await;
            assert_eq!(session(&answer), None, "{bend:?}");
            nowhere(&answer, "refused");
        }
        assert!(session(&sign_in(&world, &issuer, "anna-7", Bend::Nothing).await).is_some());
    }

    async fn an_answer_is_good_once_in_its_browser_and_for_ten_minutes(database: TestDatabase) {
        let (mut world, issuer) = world(database).await;
        let own = world.session().await;
        connect(&world, &issuer, &own, "anna-7").await.expect(303);
        let (url, browser) = out(&world, "").await;
        let brought = issuer.sign_in(&url, "anna-7", Bend::Nothing);
        assert!(session(&back(&world, &brought, &browser).await.expect(303)).is_some());
        nowhere(&back(&world, &brought, &browser).await.expect(303), "late");

        let (url, _) = out(&world, "").await;
        let (_, other) = out(&world, "").await;
        let brought = issuer.sign_in(&url, "anna-7", Bend::Nothing);
        nowhere(&back(&world, &brought, &other).await.expect(303), "late");
        let (url, browser) = out(&world, "").await;
        let brought = issuer.sign_in(&url, "anna-7", Bend::Nothing);
        nowhere(&back(&world, &brought, "a=b").await.expect(303), "late");
        let after = back(&world, &brought, &browser).await.expect(303);
        assert!(session(&after).is_some(), "a program that looked at the address without the cookie changed nothing");
        nowhere(&back(&world, "state=&code=c", &browser).await.expect(303), "late");
        nowhere(&back(&world, "", &browser).await.expect(303), "late");

        // A code that was given out for another question: the verifier is not of this browser.
        let (first, _) = out(&world, "").await;
        let (second, browser) = out(&world, "").await;
        let stolen = issuer.sign_in(&first, "anna-7", Bend::Nothing);
        let state = issuer.sign_in(&second, "anna-7", Bend::Nothing);
        let mixed = format!("{}&{}", state.split('&').next().unwrap(), stolen.split('&').nth(1).unwrap());
        nowhere(&back(&world, &mixed, &browser).await.expect(303), "refused");

        let (url, browser) = out(&world, "").await;
        let brought = issuer.sign_in(&url, "anna-7", Bend::Nothing);
        world.at(|| now() + SignedDuration::from_mins(10));
        nowhere(&back(&world, &brought, &browser).await.expect(303), "late");
    }

    async fn what_the_provider_says_instead_is_told_kindly(database: TestDatabase) {
        let (world, issuer) = world(database).await;
        for (error, notice) in [("access_denied", "denied"), ("<script>", "refused")] {
            let (url, browser) = out(&world, "/account/availability").await;
            let state = issuer.sign_in(&url, "anna-7", Bend::Nothing);
            let state = state.split('&').next().unwrap();
            let told = format!("{state}&error={}&error_description=%3Cscript%3E", error.replace('<', "%3C").replace('>', "%3E"));
            let answer = back(&world, &told, &browser).await.expect(303);
            nowhere(&answer, notice);
            let there = answer.header("location");
            assert!(there.contains("return_to=%2Faccount%2Favailability") && !there.contains("script"), "{there}");
            assert_eq!((answer.header("cache-control"), answer.header("referrer-policy")), ("no-store", "no-referrer"));
            let page = world.page(there, "").await.expect(200).text;
            assert!(page.contains("Harbour login"), "{page}");
        }
        // RFC 9207: the answer of another issuer.
        let (url, browser) = out(&world, "").await;
        let brought = format!("{}&iss=https%3A%2F%2Fid.example.com", issuer.sign_in(&url, "anna-7", Bend::Nothing));
        nowhere(&back(&world, &brought, &browser).await.expect(303), "refused");
    }

    async fn a_provider_that_does_not_answer_leaves_the_password(database: TestDatabase) {
        let (mut world, issuer) = world(database).await;
        issuer.is_down(true);
        let headers = [crate::world::FORM, crate::world::SAME_ORIGIN];
        let answer = world.raw_even_if_it_fails("POST /sign-in/oidc", &headers, "").await.expect(503);
        assert!(answer.text.contains("does not answer at the moment"), "{}", answer.text);
        let own = world.session().await;
        let form = [crate::world::FORM, crate::world::SAME_ORIGIN, own.as_str()];
        let answer = world.raw_even_if_it_fails("POST /account/oidc/connect", &form, "").await.expect(503);
        assert!(answer.text.contains("id=\"provider-error\""), "{}", answer.text);
        assert_eq!(issuer.asked().len(), 1, "nobody waits for another failure so soon");

        issuer.is_down(false);
        world.at(|| now() + SignedDuration::from_secs(31));
        let (url, browser) = out(&world, "").await;
        let brought = issuer.sign_in(&url, "anna-7", Bend::Nothing);
        issuer.is_down(true);
        let headers = [&*format!("cookie: {browser}")];
        let line = format!("GET /sign-in/oidc/callback?{brought}");
        let answer = world.raw_even_if_it_fails(&line, &headers, "").await.expect(503);
        assert!(answer.text.contains("does not answer at the moment"), "{}", answer.text);
    }

    async fn a_new_key_of_the_provider_is_fetched(database: TestDatabase) {
        let (mut world, issuer) = world(database).await;
        connect(&world, &issuer, &world.session().await, "anna-7").await.expect(303);
        issuer.rotate();
        nowhere(&sign_in(&world, &issuer, "anna-7", Bend::Nothing).await, "refused");
        assert_eq!(issuer.asked().iter().filter(|path| *path == "/keys").count(), 1, "not twice a minute");
        world.at(|| now() + SignedDuration::from_mins(1));
        assert!(session(&sign_in(&world, &issuer, "anna-7", Bend::Nothing).await).is_some());
        assert_eq!(issuer.asked().iter().filter(|path| *path == "/keys").count(), 2);
    }

    async fn two_step_sign_in_asks_for_its_code_after_the_provider_too(database: TestDatabase) {
        let (world, issuer) = world(database).await;
        connect(&world, &issuer, &world.session().await, "anna-7").await.expect(303);
        let (_, secret, _) = turned_on(&world).await;
        let first = sign_in(&world, &issuer, "anna-7", Bend::Nothing).await;
        assert_eq!(first.header("location"), "/sign-in/code?return_to=%2Faccount%2Favailability");
        assert_eq!(session(&first), None, "the provider alone opens nothing");
        let cookies = first.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        let pending = cookies.filter_map(|one| one.split(';').next()).find(|one| one.starts_with("__Host-sign-in="));
        let fields = [("code", &*shown(&secret, 30)), ("return_to", "/account/availability")];
        let entered = world.send("/sign-in/code", &format!("cookie: {}", pending.unwrap()), &fields).await.expect(303);
        assert_eq!(entered.header("location"), "/account/availability");
        let activity = world.page("/account/activity", &session(&entered).unwrap()).await.expect(200).text;
        assert_eq!(activity.matches("Identity provider: Harbour login").count(), 2, "connected and signed in: {activity}");
    }

    async fn connecting_asks_who_one_is_and_nobody_else_finishes_it(database: TestDatabase) {
        let (mut world, issuer) = world(database).await;
        let signed_in = world.signed_in().await;
        let refused = world.send("/account/oidc/connect", &signed_in, &[]).await.expect(303);
        assert_eq!(refused.header("location"), "/account/confirm?return_to=%2Faccount%2Fsecurity%23identity%2Dprovider");

        let own = world.session().await;
        let (url, browser) = way(&world.send("/account/oidc/connect", &own, &[]).await.expect(200));
        let brought = issuer.sign_in(&url, "anna-7", Bend::Nothing);
        let answer = back(&world, &brought, &browser).await.expect(303);
        assert_eq!(answer.header("location"), "/sign-in?notice=oidc-late", "who started it is signed out");

        connect(&world, &issuer, &own, "anna-7").await.expect(303);
        let second = connect(&world, &issuer, &own, "anna-8").await.expect(422);
        assert!(second.text.contains("id=\"provider-error\""), "{}", second.text);
        let bram = world.session_of("bram").await;
        let of_another = connect(&world, &issuer, &bram, "anna-7").await.expect(422);
        assert!(of_another.text.contains("signs in to another account here"), "{}", of_another.text);
        world.wait();
        let late = world.page("/account/oidc/disconnect", &own).await.expect(303);
        assert_eq!(late.header("location"), "/account/confirm?return_to=%2Faccount%2Foidc%2Fdisconnect");
        world.send("/account/oidc/disconnect", &own, &[]).await.expect(303);
        let page = world.page("/account/security", &own).await.expect(200).text;
        assert!(page.contains("Connected as anna@example.com"), "it still is: {page}");
    }

    async fn the_last_way_in_stays_and_an_account_that_does_not_work_is_refused(database: TestDatabase) {
        let (world, issuer) = world(database).await;
        let own = world.session().await;
        connect(&world, &issuer, &own, "anna-7").await.expect(303);
        world.forget_password().await;
        let kept = world.send("/account/oidc/disconnect", &own, &[]).await.expect(409);
        assert!(kept.text.contains("is the only way to sign in"), "{}", kept.text);
        let mut agent = world.anna.agent.clone();
        agent.status = AgentStatus::Disabled;
        world.app().store().write(move |tx| async move { tx.save_agent(&agent, now()).await }).await.unwrap();
        nowhere(&sign_in(&world, &issuer, "anna-7", Bend::Nothing).await, "refused");
    }

    async fn without_a_provider_there_is_nothing_of_it(database: TestDatabase) {
        let world = World::new(database).await;
        let own = world.session().await;
        assert!(!world.page("/sign-in?notice=oidc-late", "").await.expect(200).text.contains("class=\"notice\""));
        assert!(!world.page("/account/security", &own).await.expect(200).text.contains("identity-provider"));
        world.send("/sign-in/oidc", "", &[]).await.expect(404);
        world.page("/sign-in/oidc/callback?state=a&code=b", "").await.expect(404);
        world.send("/account/oidc/connect", &own, &[]).await.expect(404);
        world.page("/account/oidc/disconnect", &own).await.expect(404);
        world.send("/account/oidc/disconnect", &own, &[]).await.expect(404);
    }
}
