//! Sign-in, passwords, email addresses, slugs, the first admin (`security.md` A1 to A15).

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, agent, anonymous, app, as_agent, now, with_limits};
use jiff::SignedDuration;
use nameplate_app::accounts::add::NewAgent;
use nameplate_app::accounts::email_change::Requested;
use nameplate_app::accounts::{email_change, find, password, profile, sessions, set_up, slug};
use nameplate_app::limits::Limits;
use nameplate_app::{Actor, App, Ctx, Error, Refusal, SignedIn};
use nameplate_domain::account::{Agent, EmailAddress, FullName, Problem, Role, Slug};
use nameplate_domain::time::ZoneId;
use nameplate_testkit::both_engines;

async fn sign_in(app: &App, email: &str, password: &str) -> Result<String, Error> {
    common::sign_in(app, &anonymous(), email, password).await
}

/// A request of the session with this token.
async fn in_session(app: &App, token: &str) -> Ctx {
    Ctx { actor: sessions::recognise(app, now(), token).await.unwrap().unwrap().actor(), ..anonymous() }
}

async fn set_up_token(app: &App) -> String {
    let link = set_up::link(app, now()).await.unwrap().unwrap();
    link.split_once("token=").unwrap().1.to_owned()
}

fn first_admin(email: &str) -> NewAgent {
    NewAgent {
        name: FullName::parse("Robin").unwrap(),
        email: EmailAddress::parse(email).unwrap(),
        password: PASSWORD.into(),
        role: Role::Agent,
        time_zone: ZoneId::utc(),
        slug: None,
    }
}

async fn is_alive(app: &App, token: &str) -> bool {
    sessions::recognise(app, now(), token).await.unwrap().is_some()
}

fn later(ctx: Ctx, by: SignedDuration) -> Ctx {
    Ctx { now: ctx.now + by, ..ctx }
}

fn problem(error: Error) -> Problem {
    match error {
        Error::Invalid(mut problems) => problems.remove(0).problem,
        other => panic!("{other:?}"),
    }
}

async fn code(app: &App, anna: &Agent) -> String {
    let change = email_change::pending(app, &as_agent(anna)).await.unwrap().unwrap();
    app.secrets().email_code(change.id, change.code_issue)
}

both_engines! {
    async fn sec_a7_a_wrong_pair_is_refused_alike_and_a_session_ends_by_age(database: TestDatabase) {
        let app = app(&database).await;
        agent(&app, "anna").await;
        for (email, password) in [
            ("anna@example.com", "wrong password here"), ("nobody@example.com", PASSWORD), ("no address", PASSWORD),
            ("anna@example.com", ""),
        ] {
            let refused = sign_in(&app, email, password).await;
            assert!(matches!(refused, Err(Error::WrongCredentials)), "{email} {refused:?}");
        }
        let token = sign_in(&app, "ANNA@example.com", PASSWORD).await.unwrap();
        assert!(is_alive(&app, &token).await);
        let in_a_day = now() + SignedDuration::from_hours(24);
        assert!(sessions::recognise(&app, in_a_day, &token).await.unwrap().is_none(), "idle for 24 hours");
        sessions::sign_out(&app, &anonymous(), &token).await.unwrap();
        assert!(!is_alive(&app, &token).await);
    }

    async fn sec_a6_failures_are_limited_and_a_success_costs_nothing(database: TestDatabase) {
        let app = with_limits(&database, Limits::default()).await;
        agent(&app, "anna").await;
        for _ in 0..12 {
            sign_in(&app, "anna@example.com", PASSWORD).await.unwrap();
        }
        let nodes = [app.clone(), with_limits(&database, Limits::default()).await];
        let tries: Vec<_> = nodes
            .iter()
            .cycle()
            .take(50)
            .map(|node| {
                let app = node.clone();
                tokio::spawn(async move { sign_in(&app, "anna@example.com", "wrong password here").await })
            })
            .collect();
        let mut reached = 0;
        for one in tries {
            match one.await.unwrap() {
                Err(Error::WrongCredentials) => reached += 1,
                Err(Error::Limited(_)) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(reached, 10, "of 50 in parallel on two nodes, as many as the limit reach the hash");
        for node in &nodes {
            assert!(matches!(sign_in(node, "anna@example.com", PASSWORD).await, Err(Error::Limited(_))));
        }
    }

    async fn sec_a4_a_new_password_needs_the_old_one_and_ends_the_other_sessions(database: TestDatabase) {
        let app = app(&database).await;
        agent(&app, "anna").await;
        let (here, there) = (sign_in(&app, "anna@example.com", PASSWORD).await.unwrap(), sign_in(&app, "anna@example.com", PASSWORD).await.unwrap());
        let ctx = in_session(&app, &here).await;
        let new = "violet trains hum at dawn";
        assert_eq!(problem(password::change(&app, &ctx, "", new, false).await.unwrap_err()), Problem::Empty);
        assert_eq!(problem(password::change(&app, &ctx, "wrong", new, false).await.unwrap_err()), Problem::PasswordWrong);
        let short = password::change(&app, &ctx, PASSWORD, "short", false).await.unwrap_err();
        assert_eq!(problem(short), Problem::PasswordTooShort { min: 15 });
        password::change(&app, &ctx, PASSWORD, new, false).await.unwrap();
        assert!(is_alive(&app, &here).await && !is_alive(&app, &there).await);
        assert!(matches!(sign_in(&app, "anna@example.com", PASSWORD).await, Err(Error::WrongCredentials)));
        sign_in(&app, "anna@example.com", new).await.unwrap();
    }

    async fn sec_a4_wrong_current_passwords_end_the_session_that_tries_them(database: TestDatabase) {
        let app = with_limits(&database, Limits::default()).await;
        agent(&app, "anna").await;
        let (stolen, own) = (sign_in(&app, "anna@example.com", PASSWORD).await.unwrap(), sign_in(&app, "anna@example.com", PASSWORD).await.unwrap());
        let ctx = in_session(&app, &stolen).await;
        for _ in 0..5 {
            assert_eq!(problem(password::change(&app, &ctx, "wrong", "violet trains hum at dawn", false).await.unwrap_err()), Problem::PasswordWrong);
        }
        assert!(is_alive(&app, &stolen).await);
        let sixth = password::change(&app, &ctx, PASSWORD, "violet trains hum at dawn", false).await;
        assert!(matches!(sixth, Err(Error::NotSignedIn)), "{sixth:?}");
        assert!(!is_alive(&app, &stolen).await && is_alive(&app, &own).await);
        let ctx = in_session(&app, &own).await;
        // The sign-ins of others from here are used up: that is no reason to end the owner's session.
        while !matches!(sign_in(&app, "anna@example.com", "wrong").await, Err(Error::Limited(_))) {}
        let refused = password::change(&app, &ctx, PASSWORD, "violet trains hum at dawn", false).await;
        assert!(matches!(refused, Err(Error::Limited(_))), "{refused:?}");
        assert!(is_alive(&app, &own).await);
        let ctx = Ctx { net: "198.51.100.7".into(), ..ctx };
        password::change(&app, &ctx, PASSWORD, "violet trains hum at dawn", false).await.unwrap();
    }

    async fn sec_a2_no_name_of_the_account_makes_its_password(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let shown = FullName::parse("Bartholomew Featherstone").unwrap();
        let change = profile::ProfileChange { display_name: Some(Some(shown)), ..Default::default() };
        profile::change(&app, &as_agent(&anna), change, |_| true).await.unwrap();
        let named = password::change(&app, &as_agent(&anna), PASSWORD, "bartholomewfeatherstone1", false).await.unwrap_err();
        assert_eq!(problem(named), Problem::PasswordContext);
        let token = set_up_token(&app).await;
        let organisation = FullName::parse("Featherstone Wetherby Lettings").unwrap();
        let admin = NewAgent { password: "featherstone wetherby lettings".into(), ..first_admin("robin@example.com") };
        let claimed = set_up::finish(&app, &anonymous(), &token, organisation, admin).await.unwrap_err();
        assert_eq!(problem(claimed), Problem::PasswordContext);
    }

    async fn sec_a13_an_address_changes_by_code_or_link_and_every_token_dies_once(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = as_agent(&anna);
        let new = EmailAddress::parse("new@example.com").unwrap();
        email_change::request(&app, &ctx, new.clone(), None).await.unwrap();
        assert_eq!(find(&app, "anna").await.unwrap().email.as_str(), "anna@example.com", "until it is confirmed");
        let same = email_change::request(&app, &ctx, anna.email.clone(), None).await.unwrap();
        assert_eq!(same, Requested::Same);
        assert_eq!(email_change::pending(&app, &ctx).await.unwrap(), None, "the address of today takes the change back");
        assert_eq!(email_change::request(&app, &ctx, new.clone(), None).await.unwrap(), Requested::Sent);
        let right = code(&app, &anna).await;
        let wrong = if right == "000000" { "000001" } else { "000000" };
        for left in (0..5).rev() {
            let refused = email_change::confirm_code(&app, &ctx, wrong).await;
            assert!(matches!(refused, Err(Error::Refused(Refusal::WrongCode(n))) if n == left), "{refused:?}");
        }
        let void = email_change::confirm_code(&app, &ctx, &right).await;
        assert!(matches!(void, Err(Error::Refused(Refusal::LinkDead))), "void after five wrong tries: {void:?}");

        let early = email_change::resend(&app, &later(ctx.clone(), SignedDuration::from_secs(20))).await;
        assert!(matches!(early, Err(Error::Limited(wait)) if wait.as_secs() == 40), "{early:?}");
        let ctx = later(ctx, SignedDuration::from_secs(60));
        email_change::resend(&app, &ctx).await.unwrap();
        assert!(email_change::confirm_code(&app, &ctx, &right).await.is_err(), "a new code voids the one before");
        let too_late = later(ctx.clone(), SignedDuration::from_mins(11));
        let fresh = code(&app, &anna).await;
        assert!(email_change::confirm_code(&app, &too_late, &fresh).await.is_err());
        let id = email_change::pending(&app, &ctx).await.unwrap().unwrap().id;
        let spaced = format!("{} {}", &fresh[..3], &fresh[3..]);
        assert_eq!(email_change::confirm_code(&app, &ctx, &spaced).await.unwrap(), new);
        assert_eq!(find(&app, "anna").await.unwrap().email, new);
        let link = app.secrets().email_link(id);
        assert!(matches!(email_change::confirm_link(&app, &anonymous(), &link).await, Err(Error::Refused(Refusal::LinkDead))));
    }

    async fn sec_r26_a_pending_address_dies_with_the_password_and_a_taken_one_is_refused(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let ctx = as_agent(&anna);
        let new = EmailAddress::parse("new@example.com").unwrap();
        email_change::request(&app, &ctx, new.clone(), None).await.unwrap();
        let link = app.secrets().email_link(email_change::pending(&app, &ctx).await.unwrap().unwrap().id);
        assert_eq!(email_change::look_up(&app, &anonymous(), &link).await.unwrap(), new);
        password::change(&app, &ctx, PASSWORD, "violet trains hum at dawn", false).await.unwrap();
        assert!(email_change::confirm_link(&app, &anonymous(), &link).await.is_err());

        email_change::request(&app, &ctx, EmailAddress::parse("other@example.com").unwrap(), None).await.unwrap();
        let link = app.secrets().email_link(email_change::pending(&app, &ctx).await.unwrap().unwrap().id);
        agent(&app, "other").await;
        let taken = email_change::confirm_link(&app, &anonymous(), &link).await.unwrap_err();
        assert_eq!(problem(taken), Problem::EmailTaken);
        let stale = Ctx { actor: Actor::Agent { id: anna.id, role: anna.role, session: Some(SignedIn { token_hash: common::own_session(anna.id), authenticated_at: now() - SignedDuration::from_mins(16) }) }, ..ctx };
        let refused = email_change::request(&app, &stale, new, None).await;
        assert!(matches!(refused, Err(Error::ReauthenticationRequired)), "{refused:?}");
    }

    async fn sec_c10_a_former_slug_leads_here_for_ever_and_is_nobody_elses(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, other) = (agent(&app, "anna").await, agent(&app, "other").await);
        let wish = |text: &str| profile::ProfileChange { slug: Some(Slug::parse(text).unwrap()), ..Default::default() };
        profile::change(&app, &as_agent(&anna), wish("anna-berg"), |_| true).await.unwrap();
        assert_eq!(find(&app, "anna").await.unwrap().slug.as_str(), "anna-berg");
        let taken = profile::change(&app, &as_agent(&other), wish("anna"), |_| true).await.unwrap_err();
        assert_eq!(problem(taken), Problem::SlugTaken);
        let reserved = profile::change(&app, &as_agent(&other), wish("account"), |_| true).await.unwrap_err();
        assert_eq!(problem(reserved), Problem::SlugReserved);
        profile::change(&app, &as_agent(&anna), wish("anna"), |_| true).await.unwrap();
        let anna = find(&app, "anna").await.unwrap();
        let used = |rows: Vec<slug::SlugRow>| rows.into_iter().map(|row| (row.slug, row.hits, row.last_hit_at)).collect::<Vec<_>>();
        assert_eq!(used(slug::former(&app, &anna).await.unwrap()), [("anna-berg".to_owned(), 0, None)]);
        // What was counted and not yet written is shown too.
        for seconds in [5, 3] {
            slug::visited(&app, "anna-berg", now() + SignedDuration::from_secs(seconds));
        }
        let twice = [("anna-berg".to_owned(), 2, Some(now() + SignedDuration::from_secs(5)))];
        assert_eq!(used(slug::former(&app, &anna).await.unwrap()), twice);
        slug::keep_visits(&app).await.unwrap();
        slug::keep_visits(&app).await.unwrap();
        assert_eq!(used(slug::former(&app, &anna).await.unwrap()), twice, "each is written once");
    }

    async fn sec_b4_an_older_tab_overwrites_nothing(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let rename = |name: &str| profile::ProfileChange { name: Some(FullName::parse(name).unwrap()), ..Default::default() };
        let seen = anna.version;
        profile::change(&app, &as_agent(&anna), rename("First"), move |now| now.version == seen).await.unwrap();
        let second = profile::change(&app, &as_agent(&anna), rename("Second"), move |now| now.version == seen).await;
        assert!(matches!(second, Err(Error::Stale)));
        assert_eq!(find(&app, "anna").await.unwrap().name.as_str(), "First");
    }

    async fn sec_a15_of_fifty_claims_one_becomes_the_first_admin(database: TestDatabase) {
        let app = app(&database).await;
        let token = set_up_token(&app).await;
        let claims: Vec<_> = (0..50)
            .map(|n| {
                let (app, token) = (app.clone(), token.clone());
                tokio::spawn(async move {
                    let admin = first_admin(&format!("a{n}@example.com"));
                    set_up::finish(&app, &anonymous(), &token, FullName::parse("Example").unwrap(), admin).await
                })
            })
            .collect();
        let mut won = 0;
        for claim in claims {
            won += i32::from(claim.await.unwrap().is_ok());
        }
        assert_eq!(won, 1);
        assert_eq!(app.store().read(|tx| async move { tx.count_admins().await }).await.unwrap(), 1);
        assert!(set_up::link(&app, now()).await.unwrap().is_none());
        assert!(set_up::check(&app, now(), &token).await.is_err());
    }
}
