//! The audit log: every change of an account leaves an entry, and no entry can be changed unseen (`security.md` D1, D2).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, agent, anonymous, app, as_agent, now};
use nameplate_app::accounts::profile::{self, ProfileChange};
use nameplate_app::accounts::sessions::{self, Browser, SignIn};
use nameplate_app::accounts::{api_tokens, email_change, password};
use nameplate_app::audit::{self, By, Change, Event, Verdict};
use nameplate_app::{App, Error};
use nameplate_domain::account::{Agent, EmailAddress, FullName, Slug};
use nameplate_domain::time::ZoneId;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use nameplate_testkit::past::past_the_store;

async fn events(app: &App, agent: &Agent) -> Vec<(Event, By)> {
    let page = audit::list(app, &as_agent(agent), None).await.unwrap();
    page.entries.into_iter().rev().map(|entry| (entry.event.unwrap(), entry.by)).collect()
}

async fn sign_in(app: &App, email: &str, password: &str) -> Result<SignIn, Error> {
    let browser = Browser { user_agent: "Firefox", known: None };
    sessions::sign_in(app, &anonymous(), email, password, browser).await.map(common::entered)
}

async fn rename(app: &App, agent: &Agent, name: &str) {
    let change = ProfileChange { name: Some(FullName::parse(name).unwrap()), ..ProfileChange::default() };
    profile::change(app, &as_agent(agent), change, |_| true).await.unwrap();
}

/// A log of eight entries; the first two are Anna's and Bert's beginning.
async fn written(app: &App) -> Agent {
    let anna = agent(app, "anna").await;
    agent(app, "bert").await;
    for n in 0..6 {
        rename(app, &anna, &format!("Anna {n}")).await;
    }
    assert_eq!(audit::verify(app).await.unwrap(), Verdict::Whole(8));
    anna
}

/// Changes the log as somebody would who has the database and none of our triggers.
async fn forged(database: &TestDatabase, forgery: &str) -> Verdict {
    let app = app(database).await;
    written(&app).await;
    let open = if database.url().starts_with("sqlite:") {
        "DROP TRIGGER audit_log_no_update; DROP TRIGGER audit_log_no_delete;"
    } else {
        "ALTER TABLE audit_log DISABLE TRIGGER USER;"
    };
    assert_eq!(past_the_store(database.url(), &format!("{open} {forgery}")).await, None);
    audit::verify(&app).await.unwrap()
}

both_engines! {
    async fn sec_d1_every_change_of_an_account_leaves_an_entry(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let wrong = sign_in(&app, "anna@example.com", "wrong").await;
        assert!(matches!(wrong, Err(Error::WrongCredentials)));
        let unknown = sign_in(&app, "nobody@example.com", "wrong").await;
        assert!(matches!(unknown, Err(Error::WrongCredentials)));
        let token = sign_in(&app, "anna@example.com", PASSWORD).await.unwrap().session;
        let actor = sessions::recognise(&app, now(), &token).await.unwrap().unwrap().actor();
        let ctx = nameplate_app::Ctx { actor, ..anonymous() };
        let change = ProfileChange {
            name: Some(FullName::parse("Anna Berg").unwrap()),
            slug: Some(Slug::parse("anna-berg").unwrap()),
            time_zone: Some(ZoneId::stored("Europe/Amsterdam")),
            ..ProfileChange::default()
        };
        profile::change(&app, &ctx, change.clone(), |_| true).await.unwrap();
        profile::change(&app, &ctx, change, |_| true).await.unwrap();
        let new = EmailAddress::parse("new@example.com").unwrap();
        email_change::request(&app, &ctx, new, None).await.unwrap();
        email_change::cancel(&app, &ctx).await.unwrap();
        assert!(password::change(&app, &ctx, "wrong", "another quiet otter", false).await.is_err());
        password::change(&app, &ctx, PASSWORD, "another quiet otter", false).await.unwrap();
        api_tokens::create(&app, now(), anna.id, "calendar").await.unwrap();
        sessions::sign_out(&app, &ctx, &token).await.unwrap();
        sessions::sign_out(&app, &ctx, &token).await.unwrap();
        let agents = [
            Event::SignIn,
            Event::ProfileChanged,
            Event::SlugChanged,
            Event::TimeZoneChanged,
            Event::EmailChangeRequested,
            Event::EmailChangeCancelled,
            Event::ReauthenticationRefused,
            Event::PasswordChanged,
        ];
        let mut expected = vec![(Event::AccountAdded, By::CommandLine), (Event::SignInRefused, By::Visitor)];
        expected.extend(agents.map(|event| (event, By::Agent)));
        expected.extend([(Event::TokenCreated, By::CommandLine), (Event::SignOut, By::Agent)]);
        assert_eq!(events(&app, &anna).await, expected);
        assert_eq!(audit::verify(&app).await.unwrap(), Verdict::Whole(12));

        let page = audit::list(&app, &ctx, None).await.unwrap();
        let of = |event| page.entries.iter().find(|entry| entry.event == Some(event)).unwrap();
        let signed_in = of(Event::SignIn);
        assert_eq!((signed_in.detail.net.as_str(), signed_in.detail.device.as_str()), ("192.0.2.1", "Firefox"));
        assert_eq!(signed_in.at, now());
        let renamed = [Change::new("name", Some("Anna Bérg"), Some("Anna Berg"))];
        assert_eq!(of(Event::ProfileChanged).detail.changes, renamed);
    }

    async fn sec_d2_an_agent_reads_their_own_entries_alone_and_page_by_page(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, bert) = (agent(&app, "anna").await, agent(&app, "bert").await);
        for n in 0..audit::PAGE {
            rename(&app, &anna, &format!("Anna {n}")).await;
        }
        assert_eq!(events(&app, &bert).await, [(Event::AccountAdded, By::CommandLine)]);
        let newest = audit::list(&app, &as_agent(&anna), None).await.unwrap();
        assert_eq!(newest.entries.len(), audit::PAGE);
        let oldest = audit::list(&app, &as_agent(&anna), newest.older).await.unwrap();
        assert_eq!(oldest.entries.iter().map(|entry| entry.event).collect::<Vec<_>>(), [Some(Event::AccountAdded)]);
        assert_eq!(oldest.older, None);
        assert!(matches!(audit::list(&app, &anonymous(), None).await, Err(Error::NotSignedIn)));
    }

    async fn sec_d1_the_chain_holds_after_many_writers_at_once(database: TestDatabase) {
        let nodes = [app(&database).await, app(&database).await];
        let mut agents = Vec::new();
        for n in 0..6 {
            agents.push(agent(&nodes[0], &format!("agent-{n}")).await);
        }
        let mut work = Vec::new();
        for (n, own) in agents.iter().enumerate() {
            for node in &nodes {
                let (node, own) = (node.clone(), own.clone());
                work.push(tokio::spawn(async move {
                    for round in 0..5 {
                        rename(&node, &own, &format!("Agent {n} {round}")).await;
                        let wrong = sign_in(&node, own.email.as_str(), "wrong").await;
                        assert!(matches!(wrong, Err(Error::WrongCredentials)));
                    }
                }));
            }
        }
        for one in work {
            one.await.unwrap();
        }
        let Verdict::Whole(entries) = audit::verify(&nodes[0]).await.unwrap() else { unreachable!() };
        // A rename to the name of today is none; of the ten refusals of each agent only the first five are listed.
        assert!((6 + 30 + 30..=6 + 30 + 60).contains(&entries), "{entries}");
    }

    async fn sec_d1_the_schema_refuses_every_change_but_the_erasure_of_what_is_personal(database: TestDatabase) {
        let app = app(&database).await;
        let anna = written(&app).await;
        for forgery in [
            "UPDATE audit_log SET detail = '{}' WHERE sequence = 3",
            "UPDATE audit_log SET event = 'sign_in' WHERE sequence = 3",
            "UPDATE audit_log SET happened_at = happened_at + 1, detail = NULL WHERE sequence = 3",
            "UPDATE audit_log SET actor_id = NULL, detail = NULL WHERE sequence = 3",
            "DELETE FROM audit_log WHERE sequence = 8",
        ] {
            let refused = past_the_store(database.url(), forgery).await.unwrap();
            assert!(refused.contains("audit_log_append_only"), "{forgery}: {refused}");
        }
        if !database.url().starts_with("sqlite:") {
            assert!(past_the_store(database.url(), "TRUNCATE audit_log").await.is_some());
        }
        let erased = app.store().write(move |tx| async move { tx.erase_audit_details(anna.id).await });
        assert_eq!(erased.await.unwrap(), 7);
        assert_eq!(audit::verify(&app).await.unwrap(), Verdict::Whole(8));
        let anna = agent(&app, "anna-two").await;
        rename(&app, &anna, "Anna again").await;
        assert_eq!(audit::verify(&app).await.unwrap(), Verdict::Whole(10));
    }

    async fn sec_d1_an_entry_that_was_changed_is_found(database: TestDatabase) {
        let forgery = "UPDATE audit_log SET event = 'sign_in' WHERE sequence = 5";
        assert_eq!(forged(&database, forgery).await, Verdict::Broken(5));
    }

    async fn sec_d1_a_value_that_was_changed_is_found(database: TestDatabase) {
        let forgery = "UPDATE audit_log SET detail = REPLACE(detail, 'Anna 1', 'Anna 9') WHERE sequence = 4";
        assert_eq!(forged(&database, forgery).await, Verdict::Broken(4));
    }

    async fn sec_d1_an_instant_actor_or_account_that_was_changed_is_found(database: TestDatabase) {
        let forgery = "UPDATE audit_log SET happened_at = happened_at + 1 WHERE sequence = 8;
                       UPDATE audit_log SET actor_kind = 'admin' WHERE sequence = 7;
                       UPDATE audit_log SET account = (SELECT account FROM audit_log a WHERE a.sequence = 2)
                         WHERE sequence = 6;";
        assert_eq!(forged(&database, forgery).await, Verdict::Broken(6));
        let restored = "UPDATE audit_log SET account = (SELECT account FROM audit_log a WHERE a.sequence = 1)
                         WHERE sequence = 6";
        assert_eq!(past_the_store(database.url(), restored).await, None);
        assert_eq!(audit::verify(&app(&database).await).await.unwrap(), Verdict::Broken(7));
        let restored = "UPDATE audit_log SET actor_kind = 'agent' WHERE sequence = 7";
        assert_eq!(past_the_store(database.url(), restored).await, None);
        assert_eq!(audit::verify(&app(&database).await).await.unwrap(), Verdict::Broken(8));
    }

    async fn sec_d1_an_entry_that_was_taken_out_is_found(database: TestDatabase) {
        assert_eq!(forged(&database, "DELETE FROM audit_log WHERE sequence = 4").await, Verdict::Broken(4));
    }

    async fn sec_d1_entries_that_were_taken_off_the_end_are_found(database: TestDatabase) {
        assert_eq!(forged(&database, "DELETE FROM audit_log WHERE sequence > 6").await, Verdict::Broken(7));
    }

    async fn sec_d1_entries_that_changed_places_are_found(database: TestDatabase) {
        let forgery = "UPDATE audit_log SET sequence = -5 WHERE sequence = 5;
                       UPDATE audit_log SET sequence = 5 WHERE sequence = 6;
                       UPDATE audit_log SET sequence = 6 WHERE sequence = -5;";
        assert_eq!(forged(&database, forgery).await, Verdict::Broken(5));
    }

    async fn sec_d1_an_entry_that_was_put_in_is_found(database: TestDatabase) {
        let forgery = "INSERT INTO audit_log (sequence, happened_at, account, actor_kind, actor_id, event, detail,
                         detail_hash, chain)
                       SELECT 9, happened_at, account, actor_kind, actor_id, event, detail, detail_hash, chain
                       FROM audit_log WHERE sequence = 8;";
        assert_eq!(forged(&database, forgery).await, Verdict::Broken(9));
    }
}
