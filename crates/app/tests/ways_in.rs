//! What ends with a password, because somebody else may have made it (`security.md` A4, A13).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, Recorder, agent, anonymous, app, as_agent, now};
use nameplate_app::accounts::ways_in::Ending;
use nameplate_app::accounts::{api_tokens, passkeys, password, password_reset, two_step};
use nameplate_app::audit::{self, Event};
use nameplate_app::{App, Ctx};
use nameplate_domain::account::{Agent, EmailAddress};
use nameplate_store::OidcLinkRow;
use nameplate_testkit::both_engines;
use nameplate_testkit::passkey::Passkey;
use std::sync::Arc;

/// An account with a passkey, an identity provider and an API token.
async fn account(app: &App) -> (Agent, Ctx) {
    let anna = agent(app, "anna").await;
    let ctx = as_agent(&anna);
    let mut key = Passkey::new("https://meet.example.com", "meet.example.com").unwrap();
    let question = passkeys::start_add(app, &ctx).await.unwrap();
    let answer = key.create(&question.options).unwrap().to_string();
    passkeys::finish_add(app, &ctx, &question.id.to_string(), &answer).await.unwrap();
    api_tokens::create(app, now(), anna.id, "calendar").await.unwrap();
    let link = OidcLinkRow {
        issuer: "https://id.example.com".into(),
        subject: "anna-7".into(),
        agent_id: anna.id,
        name: "Harbour login".into(),
        email: None,
        created_at: now(),
        last_used_at: None,
    };
    app.store().write(move |tx| async move { tx.insert_oidc_link(&link).await }).await.unwrap();
    Arc::new(Recorder::default()).drain(app, now).await;
    (anna, ctx)
}

/// How many passkeys and tokens there are, the newest entries first with what they name, and the kinds of the mails.
async fn left(app: &App, ctx: &Ctx) -> (usize, usize, Vec<(Event, String)>, Vec<String>) {
    let entries = audit::list(app, ctx, None).await.unwrap().entries;
    let named = |entry: audit::Entry| {
        let gone = entry.detail.changes.into_iter().filter_map(|change| change.old).collect();
        (entry.event.unwrap(), gone)
    };
    let told = Arc::new(Recorder::default()).drain(app, now).await;
    (
        passkeys::list(app, ctx).await.unwrap().len(),
        api_tokens::list(app, ctx).await.unwrap().len(),
        entries.into_iter().take(4).map(named).collect(),
        told.into_iter().map(|(row, _)| row.kind).collect(),
    )
}

const NEW: &str = "another quiet otter";

both_engines! {
    async fn sec_a4_what_ends_with_a_password_is_recorded_and_told_of(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, ctx) = account(&app).await;
        password::change(&app, &ctx, PASSWORD, NEW, Ending::default()).await.unwrap();
        let (keys, tokens, entries, told) = left(&app, &ctx).await;
        assert_eq!((keys, tokens, entries.first().map(|one| one.0)), (1, 1, Some(Event::PasswordChanged)));
        assert_eq!(told, ["password_changed"]);

        let all = Ending { tokens: true, passkeys: true };
        let email = EmailAddress::parse("anna@example.com").unwrap();
        let link = password_reset::link(&app, now(), email).await.unwrap().unwrap();
        let token = link.rsplit('/').next().unwrap();
        password_reset::finish(&app, &anonymous(), token, PASSWORD, all).await.unwrap();
        let (keys, tokens, entries, told) = left(&app, &as_agent(&anna)).await;
        assert_eq!((keys, tokens), (0, 0));
        let connected = app.store().read(move |tx| async move { tx.oidc_links_of(anna.id).await }).await.unwrap();
        assert_eq!(connected, []);
        let expected = [
            (Event::ProviderDisconnected, "Harbour login".to_owned()),
            (Event::PasskeyRemoved, "Passkey".to_owned()),
            (Event::TokenRevoked, "calendar".to_owned()),
            (Event::PasswordReset, String::new()),
        ];
        assert_eq!(entries, expected);
        assert_eq!(told, ["passkey_removed", "provider_disconnected", "password_changed"]);
    }

    async fn sec_a16_a_mailbox_alone_takes_no_passkey_from_an_account_with_two_steps(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, ctx) = account(&app).await;
        let here = common::sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        let here = common::owner::session(&app, &here, 0).await;
        let set_up = two_step::begin(&app, &here).await.unwrap();
        let code = common::owner::shown(&set_up.secret, 0);
        two_step::turn_on(&app, &here, &set_up.sealed, &code, None).await.unwrap();

        assert!(!password_reset::may_end_passkeys(&app, anna.id).await.unwrap());
        let email = EmailAddress::parse("anna@example.com").unwrap();
        let link = password_reset::link(&app, now(), email).await.unwrap().unwrap();
        let all = Ending { tokens: true, passkeys: true };
        password_reset::finish(&app, &anonymous(), link.rsplit('/').next().unwrap(), NEW, all).await.unwrap();
        assert_eq!(passkeys::list(&app, &ctx).await.unwrap().len(), 1);
        assert_eq!(api_tokens::list(&app, &ctx).await.unwrap().len(), 0);
    }
}
