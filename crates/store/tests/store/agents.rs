//! Agents and what signs them in.

use crate::fixtures::{ANNA, BERT, agent, at, email, now, open};
use nameplate_domain::account::{
    Agent, AgentStatus, CardField, FullName, JobTitle, LocationField, Notification, Notifications,
    PhoneNumber, PictureKey, Place, Preferences, RecipientRole, Role, Theme, Visibility,
};
use nameplate_domain::ids::AgentId;
use nameplate_domain::time::ZoneId;
use nameplate_store::{AgentFilter, Store};
use nameplate_testkit::both_engines;

/// An agent with a value in every field, each different from all others.
fn full() -> Agent {
    let mut agent = agent(7, "Greta.Garbo@Example.com", "greta");
    agent.name = FullName::parse("Greta Gärbo").unwrap();
    agent.display_name = Some(FullName::parse("Dr. G. Gärbo").unwrap());
    agent.time_zone = ZoneId::stored("Asia/Kathmandu");
    agent.phone_number = Some(PhoneNumber::stored("+49301234567", "030 123 45 67"));
    agent.job_title = Some(JobTitle::parse("Adviser; \"senior\"").unwrap());
    let parts = ["Head office", "Hauptstr. 1", "10115", "Berlin", "Brandenburg", "DE"];
    for (field, part) in LocationField::ALL.into_iter().zip(parts) {
        agent.location.set(field, part).unwrap();
    }
    agent.picture = Some(PictureKey::parse("abcdefghijklmnopqrstuv").unwrap());
    agent.visibility = Visibility::NOWHERE.with(CardField::Email, &[Place::BookingPage]);
    agent.preferences = Preferences { theme: Some(Theme::Dark), ..Preferences::default() };
    agent.role = Role::Manager;
    agent.status = AgentStatus::Disabled;
    agent
}

both_engines! {
    async fn an_agent_reads_back_as_written(database: TestDatabase) {
        let store = open(&database).await;
        let greta = full();
        commit!(store, |tx, greta| tx.insert_agent(&greta, None, now()).await?).unwrap();
        assert_eq!(query!(store, |tx, greta| tx.agent(greta.id).await?), Some(greta.clone()));
        let found = query!(store, |tx| tx.agent_by_email(&email("greta.garbo@EXAMPLE.com")).await?);
        assert_eq!(found, Some(greta.clone()), "compared in canonical form, shown as typed");
        let anna = agent(1, "anna@example.com", "anna");
        let bert = agent(2, "bert@example.com", "bert");
        assert_eq!(query!(store, |tx| tx.agents().await?), [anna, bert, greta]);
        assert_eq!(query!(store, |tx| tx.agent(agent(9, "x@example.com", "xx-yy").id).await?), None);
        assert_eq!(query!(store, |tx| tx.agent_by_email(&email("nobody@example.com")).await?), None);
    }

    async fn email_and_slug_are_nobody_elses(database: TestDatabase) {
        let store = open(&database).await;
        let twin = agent(3, "ANNA@example.com", "other");
        assert_conflict!(commit!(store, |tx| tx.insert_agent(&twin, None, now()).await?), AgentEmail);
        let twin = agent(3, "other@example.com", "anna");
        assert_conflict!(commit!(store, |tx| tx.insert_agent(&twin, None, now()).await?), Slug);
        let mut bert = agent(2, "bert@example.com", "bert");
        bert.email = email("Anna@Example.com");
        assert_conflict!(commit!(store, |tx| tx.save_agent(&bert, now()).await?), AgentEmail);
        let all = query!(store, |tx| tx.agents().await?);
        assert_eq!(all.len(), 2, "a refused transaction leaves nothing");
        assert_eq!(query!(store, |tx| tx.slug_owner("other").await?), None);
    }

    async fn an_account_is_saved_over_the_version_that_was_read(database: TestDatabase) {
        let store = open(&database).await;
        let changed = Agent { id: ANNA, ..full() };
        assert!(commit!(store, |tx, changed| tx.save_agent(&changed, at(1)).await?).unwrap());
        let saved = Agent { version: 2, preferences: Preferences::default(), ..changed.clone() };
        assert_eq!(query!(store, |tx| tx.agent(ANNA).await?), Some(saved.clone()));
        let found = query!(store, |tx| tx.agent_by_email(&email("GRETA.garbo@example.com")).await?);
        assert_eq!(found.map(|a| a.id), Some(ANNA), "the canonical address follows");
        assert_eq!(query!(store, |tx| tx.agent_by_email(&email("anna@example.com")).await?), None);

        let stale = Agent { name: FullName::parse("Too Late").unwrap(), ..changed };
        assert!(!commit!(store, |tx| tx.save_agent(&stale, at(2)).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.agent(ANNA).await?), Some(saved));
        let bert = query!(store, |tx| tx.agent(BERT).await?);
        assert_eq!(bert, Some(agent(2, "bert@example.com", "bert")), "nobody else is touched");
    }

    async fn notifications_are_kept_beside_the_version_of_the_account(database: TestDatabase) {
        let store = open(&database).await;
        let chosen = Notifications::default().with(Notification::Reminder, RecipientRole::Agent, true);
        let kept = chosen.clone();
        commit!(store, |tx| tx.set_notifications(ANNA, &kept).await?).unwrap();
        let anna = Agent { notifications: chosen, ..agent(1, "anna@example.com", "anna") };
        assert_eq!(query!(store, |tx| tx.agent(ANNA).await?), Some(anna.clone()));
        // A form of the account that was open meanwhile takes nothing back.
        let renamed = Agent { notifications: Notifications::default(), ..anna.clone() };
        assert!(commit!(store, |tx| tx.save_agent(&renamed, now()).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.agent(ANNA).await?), Some(Agent { version: 2, ..anna }));
    }

    async fn preferences_are_kept_beside_the_version_of_the_account(database: TestDatabase) {
        let store = open(&database).await;
        let dark = Preferences { theme: Some(Theme::Dark), ..Preferences::default() };
        let chosen = dark.clone();
        commit!(store, |tx, chosen| tx.set_preferences(ANNA, &chosen).await?).unwrap();
        let anna = Agent { preferences: dark, ..agent(1, "anna@example.com", "anna") };
        assert_eq!(query!(store, |tx| tx.agent(ANNA).await?), Some(anna));
        let bert = query!(store, |tx| tx.agent(BERT).await?);
        assert_eq!(bert, Some(agent(2, "bert@example.com", "bert")), "nobody else is touched");
    }

    async fn only_active_admins_are_counted(database: TestDatabase) {
        let store = Store::open(database.url()).await.unwrap();
        assert_eq!(query!(store, |tx| tx.count_admins().await?), 0);
        let people = [
            (Role::Admin, AgentStatus::Active),
            (Role::Admin, AgentStatus::Disabled),
            (Role::Manager, AgentStatus::Active),
            (Role::Agent, AgentStatus::Active),
            (Role::Admin, AgentStatus::Active),
        ];
        for (n, (role, status)) in (1..).zip(people) {
            let person = Agent { role, status, ..agent(n, &format!("p{n}@example.com"), &format!("person-{n}")) };
            commit!(store, |tx| tx.insert_agent(&person, None, now()).await?).unwrap();
        }
        assert_eq!(query!(store, |tx| tx.count_admins().await?), 2);
    }

    async fn a_password_is_set_over_the_credentials_that_were_checked(database: TestDatabase) {
        let store = open(&database).await;
        let carl = Agent { role: Role::Admin, ..agent(3, "Carl@example.com", "carl") };
        let id = carl.id;
        commit!(store, |tx| tx.insert_agent(&carl, Some("$argon2id$first"), at(5)).await?).unwrap();
        let first = query!(store, |tx| tx.credentials(id).await?).unwrap();
        assert_eq!(first.agent_id, id);
        assert_eq!(first.password_hash.as_deref(), Some("$argon2id$first"));
        assert_eq!((first.credential_version, first.password_changed_at), (1, Some(at(5))));
        assert_eq!((first.status, first.role), (AgentStatus::Active, Role::Admin));
        let by_email = query!(store, |tx| tx.credentials_by_email(&email("CARL@example.com")).await?);
        assert!(by_email == Some(first));
        let none = query!(store, |tx| tx.credentials(ANNA).await?).unwrap();
        assert_eq!((none.password_hash, none.password_changed_at), (None, None), "no password was given");

        assert!(commit!(store, |tx| tx.set_password(id, ("$argon2id$second", false), 1, at(9)).await?).unwrap());
        assert!(!commit!(store, |tx| tx.set_password(id, ("$argon2id$third", true), 1, at(10)).await?).unwrap());
        let second = query!(store, |tx| tx.credentials(id).await?).unwrap();
        assert_eq!(second.password_hash.as_deref(), Some("$argon2id$second"));
        assert_eq!((second.credential_version, second.password_changed_at), (2, Some(at(9))));

        commit!(store, |tx| tx.strengthen_password(id, "$argon2id$first", "$argon2id$late").await?).unwrap();
        commit!(store, |tx| tx.strengthen_password(id, "$argon2id$second", "$argon2id$strong").await?).unwrap();
        let strong = query!(store, |tx| tx.credentials(id).await?).unwrap();
        assert_eq!((strong.password_hash.as_deref(), strong.credential_version), (Some("$argon2id$strong"), 2));

        commit!(store, |tx| tx.raise_credential_version(id).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.credentials(id).await?).unwrap().credential_version, 3);
        assert!(query!(store, |tx| tx.agent_changed_at(id).await?).is_some());
        commit!(store, |tx| tx.forget_password(id).await?).unwrap();
        let none = query!(store, |tx| tx.credentials(id).await?).unwrap();
        assert_eq!((none.password_hash, none.password_changed_at, none.credential_version), (None, None, 4));
        let other = query!(store, |tx| tx.credentials(ANNA).await?).unwrap();
        assert_eq!((other.password_hash, other.credential_version), (None, 1), "nobody else's");
        assert!(query!(store, |tx| tx.credentials_by_email(&email("nobody@example.com")).await?).is_none());
    }

    async fn agents_come_page_after_page_and_as_they_are_wanted(database: TestDatabase) {
        let store = open(&database).await;
        let changed = Agent { status: AgentStatus::Invited, role: Role::Admin, ..query!(store, |tx| tx.agent(BERT).await?).unwrap() };
        commit!(store, |tx| tx.save_agent(&changed, at(60)).await.map(drop)?).unwrap();
        let ids = async |after, wanted: AgentFilter, limit| -> Vec<AgentId> {
            let found = query!(store, |tx| tx.agents_behind(after, &wanted, limit).await?);
            found.into_iter().map(|agent| agent.id).collect()
        };
        let all = AgentFilter::default();
        assert_eq!(ids(None, all.clone(), 9).await, [ANNA, BERT]);
        assert_eq!(ids(None, all.clone(), 1).await, [ANNA]);
        assert_eq!(ids(Some(ANNA), all.clone(), 9).await, [BERT]);
        assert_eq!(ids(Some(BERT), all.clone(), 9).await, []);
        assert_eq!(ids(None, AgentFilter { email: Some(email("ANNA@example.com")), ..all.clone() }, 9).await, [ANNA]);
        assert_eq!(ids(None, AgentFilter { role: Some(Role::Admin), ..all.clone() }, 9).await, [BERT]);
        assert_eq!(ids(None, AgentFilter { status: Some(AgentStatus::Active), ..all.clone() }, 9).await, [ANNA]);
        assert_eq!(ids(None, AgentFilter { updated_since: Some(at(60)), ..all.clone() }, 9).await, [BERT]);
        assert_eq!(ids(None, AgentFilter { updated_since: Some(at(61)), ..all }, 9).await, []);
    }
}
