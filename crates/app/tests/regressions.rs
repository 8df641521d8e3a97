//! What went wrong elsewhere, each as a permanent test (`security.md` A3, A10 and the R rows that touch accounts).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, Recorder, agent, anonymous, app, as_agent, now};
use jiff::SignedDuration;
use nameplate_app::accounts::add::{self, NewAgent};
use nameplate_app::accounts::api_tokens::NewToken;
use nameplate_app::accounts::{
    api_tokens, devices, email_change, email_undo, password, password_reset, sessions, two_step,
};
use nameplate_app::limits::{Limits, Rate};
use nameplate_app::{App, Ctx, Error, Passwords};
use nameplate_domain::account::password::Password;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, FullName, Problem, Role, TokenName};
use nameplate_domain::time::ZoneId;
use nameplate_testkit::both_engines;
use std::sync::Arc;

const NEW: &str = "violet trains hum at dawn";

/// An account with five sessions and three API tokens, and two nodes on its database.
struct Open {
    nodes: [App; 2],
    anna: Agent,
    sessions: Vec<String>,
    tokens: Vec<String>,
}

impl Open {
    async fn new(database: &nameplate_testkit::engines::TestDatabase) -> Self {
        let nodes = [app(database).await, app(database).await];
        let anna = agent(&nodes[0], "anna").await;
        let (mut sessions, mut tokens) = (Vec::new(), Vec::new());
        for n in 0..5 {
            let node = &nodes[n % 2];
            sessions.push(common::sign_in(node, &anonymous(), "anna@example.com", PASSWORD).await.unwrap());
        }
        for n in 0..3 {
            tokens.push(api_tokens::create(&nodes[n % 2], now(), anna.id, "script").await.unwrap());
        }
        let open = Self { nodes, anna, sessions, tokens };
        assert_eq!(open.alive().await, [(5, 3), (5, 3)]);
        open
    }

    /// How many sessions and tokens the next request of each is taken for, on each node.
    async fn alive(&self) -> [(usize, usize); 2] {
        let mut alive = [(0, 0); 2];
        for (node, (sessions, tokens)) in self.nodes.iter().zip(&mut alive) {
            for session in &self.sessions {
                *sessions += usize::from(sessions::recognise(node, now(), session).await.unwrap().is_some());
            }
            for token in &self.tokens {
                *tokens += usize::from(api_tokens::recognise(node, now(), token).await.unwrap().is_some());
            }
        }
        alive
    }

    /// A request of the first session.
    async fn here(&self) -> Ctx {
        let known = sessions::recognise(&self.nodes[0], now(), &self.sessions[0]).await.unwrap().unwrap();
        Ctx { actor: known.actor(), ..anonymous() }
    }
}

/// The text behind `path` in the newest mail that has one.
async fn mailed(app: &App, path: &str) -> String {
    let messages = Arc::new(Recorder::default()).drain(app, now).await;
    let texts =
        messages.into_iter().map(|(_, mail)| String::from_utf8(mail.raw).unwrap().replace("=\r\n", ""));
    let found =
        texts.filter_map(|text| text.split_once(path).map(|(_, rest)| rest.to_owned())).next_back().unwrap();
    found.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

both_engines! {
    async fn sec_a10_r31_what_ends_is_refused_on_the_next_request_of_every_node(database: TestDatabase) {
        let open = Open::new(&database).await;
        let [node, other] = &open.nodes;
        sessions::sign_out(other, &anonymous(), &open.sessions[4]).await.unwrap();
        assert_eq!(open.alive().await, [(4, 3), (4, 3)], "signing out ends one");
        devices::end_others(other, &open.here().await).await.unwrap();
        assert_eq!(open.alive().await, [(1, 3), (1, 3)], "all but the own");

        password::change(node, &open.here().await, PASSWORD, NEW, false).await.unwrap();
        assert_eq!(open.alive().await, [(1, 3), (1, 3)], "the session that changes the password stays");
        let mine = api_tokens::list(node, &open.here().await).await.unwrap();
        api_tokens::revoke(other, &open.here().await, &mine[0].id.to_string()).await.unwrap();
        assert_eq!(open.alive().await, [(1, 2), (1, 2)]);
    }

    async fn sec_a10_a_reset_and_a_disabled_account_end_every_session(database: TestDatabase) {
        let open = Open::new(&database).await;
        let [node, other] = &open.nodes;
        let link = password_reset::link(node, now(), open.anna.email.clone()).await.unwrap().unwrap();
        password_reset::finish(other, &anonymous(), link.rsplit_once('/').unwrap().1, NEW, true).await.unwrap();
        assert_eq!(open.alive().await, [(0, 0), (0, 0)]);

        common::sign_in(node, &anonymous(), "anna@example.com", NEW).await.unwrap();
        let again = common::sign_in(other, &anonymous(), "anna@example.com", NEW).await.unwrap();
        let is_alive = async |node: &App| sessions::recognise(node, now(), &again).await.unwrap().is_some();
        assert!(is_alive(node).await && is_alive(other).await);
        let mut disabled = found(node).await;
        disabled.status = AgentStatus::Disabled;
        node.store().write(move |tx| async move { tx.save_agent(&disabled, now()).await }).await.unwrap();
        assert!(!is_alive(node).await && !is_alive(other).await);
        let refused = common::sign_in(node, &anonymous(), "anna@example.com", NEW).await;
        assert!(matches!(refused, Err(Error::WrongCredentials)), "as for somebody unknown");
    }

    async fn sec_a10_bringing_an_address_back_ends_everything(database: TestDatabase) {
        let open = Open::new(&database).await;
        let [node, other] = &open.nodes;
        let ctx = open.here().await;
        email_change::request(node, &ctx, EmailAddress::parse("next@example.com").unwrap(), None).await.unwrap();
        let change = email_change::pending(node, &ctx).await.unwrap().unwrap();
        email_change::confirm_link(node, &anonymous(), &node.secrets().email_link(change.id)).await.unwrap();
        assert_eq!(open.alive().await, [(5, 3), (5, 3)], "a confirmed address ends nothing");
        email_undo::undo(other, &anonymous(), &mailed(node, "/undo/email/").await).await.unwrap();
        assert_eq!(open.alive().await, [(0, 0), (0, 0)]);
    }

    async fn sec_a10_a_slow_request_of_an_ended_session_makes_no_new_way_in(database: TestDatabase) {
        let open = Open::new(&database).await;
        let [node, other] = &open.nodes;
        let slow = open.here().await;
        sessions::sign_out(other, &anonymous(), &open.sessions[0]).await.unwrap();
        let token = NewToken { id: api_tokens::new_id(), name: TokenName::parse("late").unwrap(), life: SignedDuration::from_hours(24) };
        let made = api_tokens::make(node, &slow, token, None).await;
        assert!(matches!(made, Err(Error::NotSignedIn)), "{:?}", made.err());
        let address = EmailAddress::parse("late@example.com").unwrap();
        let asked = email_change::request(node, &slow, address, None).await;
        assert!(matches!(asked, Err(Error::NotSignedIn)), "{asked:?}");
        let codes = two_step::new_codes(node, &slow, None).await;
        assert!(matches!(codes, Err(Error::NotSignedIn)), "{codes:?}");
    }

    async fn sec_r2_no_new_account_touches_one_that_is_there(database: TestDatabase) {
        let app = app(&database).await;
        agent(&app, "anna").await;
        let new = NewAgent {
            name: FullName::parse("Somebody Else").unwrap(),
            email: EmailAddress::parse("ANNA@example.com").unwrap(),
            password: NEW.into(),
            role: Role::Admin,
            time_zone: ZoneId::utc(),
            slug: None,
        };
        let refused = add::add(&app, now(), new).await.unwrap_err();
        assert!(matches!(&refused, Error::Invalid(all) if all[0].problem == Problem::EmailTaken), "{refused:?}");
        let anna = found(&app).await;
        assert_eq!((anna.name.as_str(), anna.role), ("Anna Bérg", Role::Agent));
        common::sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        assert!(common::sign_in(&app, &anonymous(), "anna@example.com", NEW).await.is_err());
    }

    async fn sec_r7_a_link_sets_the_password_of_its_own_account_and_no_other(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, bert) = (agent(&app, "anna").await, agent(&app, "bert").await);
        let link = password_reset::link(&app, now(), anna.email.clone()).await.unwrap().unwrap();
        // Whoever is signed in as somebody else follows it.
        password_reset::finish(&app, &as_agent(&bert), link.rsplit_once('/').unwrap().1, NEW, false).await.unwrap();
        common::sign_in(&app, &anonymous(), "anna@example.com", NEW).await.unwrap();
        common::sign_in(&app, &anonymous(), "bert@example.com", PASSWORD).await.unwrap();
        for token in ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(password_reset::finish(&app, &as_agent(&bert), token, "amber kettles drift north", false).await.is_err());
        }
    }

    async fn sec_r22_nobody_signs_in_by_anything_but_an_address(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        for name in ["anna", "Anna Bérg", "anna@example.com@example.com", &anna.id.to_string(), "", "%"] {
            let refused = common::sign_in(&app, &anonymous(), name, PASSWORD).await;
            assert!(matches!(refused, Err(Error::WrongCredentials)), "{name}");
        }
        assert!(nameplate_domain::account::Slug::parse("anna@example.com").is_err(), "no slug looks like an address");
    }
}

async fn found(app: &App) -> Agent {
    nameplate_app::accounts::find(app, "anna").await.unwrap()
}

/// The most permits that rates let grow within a day, the full bucket included.
fn a_day(rates: &[Rate]) -> i64 {
    let day = SignedDuration::from_hours(24).as_secs();
    rates.iter().map(|rate| i64::from(rate.burst) + day / rate.refill.as_secs().max(1)).min().unwrap()
}

#[test]
fn sec_r18_guessing_a_mailed_code_succeeds_once_in_ten_thousand_days_at_best() {
    let limits = Limits::default();
    // A day's limit counts from a full bucket, so the first day may see it twice.
    let codes = a_day(&limits.code_issue) / 2;
    let guesses = codes * i64::from(limits.code_try);
    assert!(guesses * 10_000 <= 1_000_000, "{guesses} guesses a day at one of a million codes");
}

#[tokio::test]
async fn sec_a03_passwords_are_kept_as_the_policy_says_and_never_cut() {
    let passwords = Passwords::strong().unwrap();
    let stem = "x".repeat(72);
    let [one, two] = ["a", "b"].map(|end| Password::typed(&format!("{stem}{end}")).unwrap());
    let stored = passwords.hash(one.clone()).await.unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
    assert!(passwords.verify(one.clone(), Some(stored.clone())).await.unwrap());
    assert!(
        !passwords.verify(two, Some(stored.clone())).await.unwrap(),
        "what differs after 72 bytes differs"
    );
    assert_ne!(passwords.hash(one).await.unwrap(), stored, "a salt of its own each time");
}
