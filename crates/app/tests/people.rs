//! Admins and the accounts of others: invitations, roles, deactivation (`security.md` A10, A15; AD-02, AD-05).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{
    PASSWORD, Recorder, agent, anonymous, app, as_agent, free, hours, now, request, sign_in, try_book,
    with_limits,
};
use jiff::Timestamp;
use mail_parser::MessageParser;
use nameplate_app::accounts::profile::ProfileChange;
use nameplate_app::accounts::{api_tokens, password_reset, sessions};
use nameplate_app::audit::{self, By, Event};
use nameplate_app::limits::{Limits, Rate};
use nameplate_app::meetings::link_actor;
use nameplate_app::people::{self, Filter, Invitee, MeetingsThen, Sort};
use nameplate_app::{Actor, App, Ctx, Error, Refusal};
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, FullName, Problem, Role};
use nameplate_domain::meetings::{Party, Status};
use nameplate_domain::time::ZoneId;
use nameplate_testkit::both_engines;
use std::sync::Arc;

const NEW: &str = "seven green bicycles";

fn as_admin(admin: &Agent) -> Ctx {
    let Actor::Agent { id, session, .. } = as_agent(admin).actor else { return anonymous() };
    Ctx { actor: Actor::Agent { id, role: Role::Admin, session }, ..anonymous() }
}

/// The admin Robin.
async fn robin(app: &App) -> Agent {
    let robin = agent(app, "robin").await;
    let mut admin = robin.clone();
    admin.role = Role::Admin;
    app.store().write(move |tx| async move { tx.save_agent(&admin, now()).await }).await.unwrap();
    robin
}

fn mirjam() -> Invitee {
    Invitee {
        name: FullName::parse("Mirjam Visser").unwrap(),
        email: EmailAddress::parse("Mirjam@Example.com").unwrap(),
        role: Role::Agent,
        profile: ProfileChange::default(),
    }
}

/// The token of the link in the newest mail to Mirjam.
async fn mailed(app: &App, sent: &Arc<Recorder>) -> String {
    let told = sent.drain(app, now).await;
    let (_, mail) = told.iter().rfind(|(row, _)| row.kind == "invitation").unwrap();
    let mail = MessageParser::default().parse(&mail.raw).unwrap();
    let text = mail.body_text(0).unwrap();
    text.split("/invite/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

fn berlin() -> ZoneId {
    ZoneId::stored("Europe/Berlin")
}

async fn accept(app: &App, token: &str) -> Result<Agent, Error> {
    let name = FullName::parse("Mirjam de Visser").unwrap();
    people::accept(app, &anonymous(), token, (name, berlin()), NEW).await
}

fn is_dead<T: std::fmt::Debug>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Refused(Refusal::LinkDead)))
}

fn later(ctx: &Ctx, by: i64) -> Ctx {
    Ctx { now: now() + hours(by), ..ctx.clone() }
}

async fn events(app: &App, agent: &Agent) -> Vec<(Option<Event>, By)> {
    let page = audit::list(app, &as_agent(agent), None).await.unwrap();
    page.entries.iter().map(|one| (one.event, one.by)).collect()
}

async fn status(app: &App, agent: &Agent) -> AgentStatus {
    nameplate_app::accounts::find(app, &agent.id.to_string()).await.unwrap().status
}

both_engines! {
    async fn ad_05_who_is_invited_chooses_the_password_and_nobody_books_before(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let admin = as_admin(&robin(&app).await);
        let invited = people::invite(&app, &admin, mirjam()).await.unwrap();
        assert_eq!((invited.slug.as_str(), invited.status), ("mirjam-visser", AgentStatus::Invited));
        let taken = people::invite(&app, &admin, mirjam()).await.unwrap_err();
        assert!(matches!(&taken, Error::Invalid(all) if all[0].problem == Problem::EmailTaken), "{taken:?}");
        assert!(sign_in(&app, &anonymous(), "mirjam@example.com", NEW).await.is_err());
        assert!(try_book(&app, request(&invited, "2026-11-25T10:00:00Z".parse().unwrap(), "sam@example.org")).await.is_err());

        let token = mailed(&app, &sent).await;
        assert_eq!(people::look_up(&app, &anonymous(), &token).await.unwrap().id, invited.id);
        let link = people::link(&app, &admin, invited.id).await.unwrap();
        assert_eq!(link, format!("https://meet.example.com/invite/{token}"), "the same that was mailed");
        let short = people::accept(&app, &anonymous(), &token, (invited.name.clone(), berlin()), "short").await.unwrap_err();
        assert!(matches!(&short, Error::Invalid(all) if all[0].pointer == "/new_password"), "{short:?}");
        let account = accept(&app, &token).await.unwrap();
        assert_eq!((account.name.as_str(), account.time_zone.as_str()), ("Mirjam de Visser", "Europe/Berlin"));
        assert!(is_dead(&accept(&app, &token).await), "it works once");
        sign_in(&app, &anonymous(), "mirjam@example.com", NEW).await.unwrap();
        let start = free(&app, &account, "meeting").await[0];
        try_book(&app, request(&account, start, "sam@example.org")).await.unwrap();
        let written = events(&app, &account).await;
        assert_eq!(written[1..], [(Some(Event::InvitationAccepted), By::Visitor), (Some(Event::SignInRefused), By::Visitor), (Some(Event::Invited), By::Admin), (Some(Event::AccountAdded), By::Admin)]);
        assert!(matches!(people::invite_again(&app, &admin, account.id).await, Err(Error::Refused(Refusal::OtherStatus))));
    }

    async fn ad_05_a_link_works_for_a_week_and_until_there_is_a_newer_one(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let admin = as_admin(&robin(&app).await);
        let invited = people::invite(&app, &admin, mirjam()).await.unwrap();
        let first = mailed(&app, &sent).await;
        people::invite_again(&app, &admin, invited.id).await.unwrap();
        let second = mailed(&app, &sent).await;
        assert!(is_dead(&people::look_up(&app, &anonymous(), &first).await));
        assert!(is_dead(&people::look_up(&app, &anonymous(), &format!("{second}x")).await));
        assert!(people::look_up(&app, &later(&anonymous(), 7 * 24 - 1), &second).await.is_ok());
        assert!(is_dead(&people::look_up(&app, &later(&anonymous(), 7 * 24), &second).await));
        assert!(is_dead(&people::link(&app, &later(&admin, 7 * 24), invited.id).await));
        people::deactivate(&app, &admin, invited.id, MeetingsThen::Stay).await.unwrap();
        assert!(is_dead(&accept(&app, &second).await), "taken back");
        people::reactivate(&app, &admin, invited.id).await.unwrap();
        assert_eq!(status(&app, &invited).await, AgentStatus::Invited, "there is no password yet");
        accept(&app, &mailed(&app, &sent).await).await.unwrap();
    }

    async fn one_of_many_at_once_takes_an_invitation_up(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let admin = as_admin(&robin(&app).await);
        people::invite(&app, &admin, mirjam()).await.unwrap();
        let token = mailed(&app, &sent).await;
        let tries: Vec<_> = (0..8).map(|_| {
            let (app, token) = (app.clone(), token.clone());
            tokio::spawn(async move { accept(&app, &token).await })
        }).collect();
        let mut taken = 0;
        for one in tries {
            let result = one.await.unwrap();
            assert!(result.is_ok() || is_dead(&result) || matches!(result, Err(Error::Stale)), "{result:?}");
            taken += usize::from(result.is_ok());
        }
        assert_eq!(taken, 1);
    }

    async fn invitations_are_limited_per_admin_and_address(database: TestDatabase) {
        let limits = Limits { invite: vec![Rate::new(3, 60)], invite_address: vec![Rate::new(2, 24 * 60)], ..Limits::default() };
        let app = with_limits(&database, limits).await;
        let admin = as_admin(&robin(&app).await);
        let invited = people::invite(&app, &admin, mirjam()).await.unwrap();
        people::invite_again(&app, &admin, invited.id).await.unwrap();
        assert!(matches!(people::invite_again(&app, &admin, invited.id).await, Err(Error::Limited(_))));
        let other = |n: u32| Invitee { email: EmailAddress::parse(&format!("other-{n}@example.com")).unwrap(), ..mirjam() };
        let found = people::invite(&app, &admin, other(1)).await.unwrap();
        assert_eq!(found.slug.as_str(), "mirjam-visser-2");
        assert!(matches!(people::invite(&app, &admin, other(2)).await, Err(Error::Limited(_))));
    }

    async fn sec_a10_whoever_is_deactivated_is_out_everywhere_at_once(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let admin = as_admin(&robin(&app).await);
        let (anna, bram) = (agent(&app, "anna").await, agent(&app, "bram").await);
        let session = sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        let token = api_tokens::create(&app, now(), anna.id, "CRM").await.unwrap();
        let reset = password_reset::link(&app, now(), anna.email.clone()).await.unwrap().unwrap();
        let starts = free(&app, &anna, "meeting").await;
        let kept = try_book(&app, request(&anna, starts[0], "sam@example.org")).await.unwrap().meeting;
        let lost = try_book(&app, request(&bram, starts[0], "sam@example.org")).await.unwrap().meeting;
        sent.drain(&app, now).await;

        assert_eq!(people::deactivate(&app, &admin, anna.id, MeetingsThen::Stay).await.unwrap(), 0);
        assert_eq!(people::deactivate(&app, &admin, bram.id, MeetingsThen::Cancelled).await.unwrap(), 1);
        assert!(sessions::recognise(&app, now(), &session).await.unwrap().is_none());
        assert!(api_tokens::recognise(&app, now(), &token).await.unwrap().is_none());
        assert!(is_dead(&password_reset::look_up(&app, &anonymous(), reset.rsplit('/').next().unwrap()).await));
        assert!(sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.is_err());
        assert!(try_book(&app, request(&anna, starts[1], "sam@example.org")).await.is_err());
        let told: Vec<_> = sent.drain(&app, now).await.into_iter().map(|(row, _)| (row.kind, row.recipient)).collect();
        for expected in [("account_deactivated", "anna@example.com"), ("account_deactivated", "bram@example.com"), ("meeting_cancelled", "sam@example.org")] {
            assert!(told.iter().any(|(kind, to)| (kind.as_str(), to.as_str()) == expected), "{expected:?} in {told:?}");
        }
        let meetings = app.store().read(move |tx| async move { Ok::<_, Error>((tx.meeting(kept.id).await?, tx.meeting(lost.id).await?)) }).await.unwrap();
        assert_eq!((meetings.0.unwrap().status, meetings.1.unwrap().status), (Status::Scheduled, Status::Cancelled));

        assert!(matches!(people::deactivate(&app, &admin, anna.id, MeetingsThen::Stay).await, Err(Error::Refused(Refusal::OtherStatus))));
        people::reactivate(&app, &admin, anna.id).await.unwrap();
        sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        try_book(&app, request(&anna, starts[1], "sam@example.org")).await.unwrap();
        let written = events(&app, &anna).await;
        assert!(written.contains(&(Some(Event::Deactivated), By::Admin)) && written.contains(&(Some(Event::Reactivated), By::Admin)));
    }

    async fn sec_a10_whoever_is_deactivated_holds_no_key_to_customers(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let admin = as_admin(&robin(&app).await);
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await.remove(0);
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        let token = |party| app.secrets().manage_token(meeting.id, party, 1);
        assert!(link_actor(&app, now(), &token(Party::Agent)).await.is_ok());
        people::deactivate(&app, &admin, anna.id, MeetingsThen::Stay).await.unwrap();
        assert!(matches!(link_actor(&app, now(), &token(Party::Agent)).await, Err(Error::NotFound)));
        assert!(link_actor(&app, now(), &token(Party::Customer)).await.is_ok());
        let told = sent.drain(&app, now).await;
        let told: Vec<_> = told.into_iter().map(|(row, _)| (row.kind, row.role)).collect();
        assert!(told.iter().any(|(kind, role)| kind == "meeting_scheduled" && role == "customer"), "{told:?}");
        assert!(told.iter().all(|(kind, role)| role != "agent" || kind == "account_deactivated"), "{told:?}");
    }

    async fn an_account_that_lost_its_password_is_nobodys_to_invite(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let admin = as_admin(&robin(&app).await);
        let anna = agent(&app, "anna").await;
        sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        let id = anna.id;
        app.store().write(move |tx| async move { tx.forget_password(id).await }).await.unwrap();
        people::deactivate(&app, &admin, id, MeetingsThen::Stay).await.unwrap();
        people::reactivate(&app, &admin, id).await.unwrap();
        assert_eq!(status(&app, &anna).await, AgentStatus::Active);
        assert!(is_dead(&people::link(&app, &admin, id).await));
        let told = sent.drain(&app, now).await;
        assert!(told.iter().all(|(row, _)| row.kind != "invitation"));
    }

    async fn sec_a11_who_was_an_admin_when_the_request_began_is_asked_again(database: TestDatabase) {
        let app = app(&database).await;
        let (one, two, anna) = (robin(&app).await, agent(&app, "eve").await, agent(&app, "anna").await);
        people::set_role(&app, &as_admin(&one), two.id, Role::Admin).await.unwrap();
        let stale = as_admin(&two);
        people::set_role(&app, &as_admin(&one), two.id, Role::Agent).await.unwrap();
        let out = |result: Result<(), Error>| assert!(matches!(result, Err(Error::NotSignedIn)), "{result:?}");
        out(people::set_role(&app, &stale, anna.id, Role::Admin).await);
        out(people::invite(&app, &stale, mirjam()).await.map(drop));
        out(people::deactivate(&app, &stale, anna.id, MeetingsThen::Stay).await.map(drop));
        out(people::start_reset(&app, &stale, anna.id).await);
        assert_eq!(status(&app, &anna).await, AgentStatus::Active);
    }

    async fn sec_a15_the_last_admin_stays_whatever_happens_at_once(database: TestDatabase) {
        let app = app(&database).await;
        let (one, two) = (robin(&app).await, agent(&app, "anna").await);
        let ctx = as_admin(&one);
        let demoted = people::set_role(&app, &ctx, one.id, Role::Agent).await;
        assert!(matches!(demoted, Err(Error::Refused(Refusal::LastAdmin))), "{demoted:?}");
        assert!(matches!(people::deactivate(&app, &ctx, one.id, MeetingsThen::Stay).await, Err(Error::Refused(Refusal::OwnAccount))));
        people::set_role(&app, &ctx, two.id, Role::Admin).await.unwrap();
        people::set_role(&app, &ctx, two.id, Role::Admin).await.unwrap();
        assert_eq!(events(&app, &two).await[0], (Some(Event::RoleChanged), By::Admin));
        let other = as_admin(&two);
        let tries: Vec<_> = (0..50).map(|n| {
            let (app, ctx, id) = if n % 2 == 0 { (app.clone(), ctx.clone(), two.id) } else { (app.clone(), other.clone(), one.id) };
            tokio::spawn(async move {
                match n % 4 {
                    0 | 1 => people::set_role(&app, &ctx, id, Role::Agent).await,
                    _ => people::deactivate(&app, &ctx, id, MeetingsThen::Stay).await.map(drop),
                }
            })
        }).collect();
        for one in tries {
            drop(one.await.unwrap());
        }
        let admins = app.store().read(|tx| async move { tx.count_admins().await }).await.unwrap();
        assert_eq!(admins, 1);
    }

    async fn sec_a15_an_admin_starts_a_reset_and_sees_no_link(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let admin = as_admin(&robin(&app).await);
        let anna = agent(&app, "anna").await;
        people::start_reset(&app, &admin, anna.id).await.unwrap();
        let told = sent.drain(&app, now).await;
        assert_eq!((told[0].0.kind.as_str(), told[0].1.to.as_str()), ("password_reset", "anna@example.com"));
        let mail = MessageParser::default().parse(&told[0].1.raw).unwrap();
        let text = mail.body_text(0).unwrap();
        let token = text.split("/reset/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        password_reset::finish(&app, &anonymous(), &token, NEW, true).await.unwrap();
        sign_in(&app, &anonymous(), "anna@example.com", NEW).await.unwrap();
        let asked: Vec<_> = events(&app, &anna).await.into_iter().filter(|(event, _)| *event == Some(Event::PasswordResetRequested)).collect();
        assert_eq!(asked, [(Some(Event::PasswordResetRequested), By::Admin)]);
    }

    async fn nobody_but_an_admin_sees_or_changes_people(database: TestDatabase) {
        let app = app(&database).await;
        robin(&app).await;
        let anna = agent(&app, "anna").await;
        let out = |result: Result<(), Error>| assert!(matches!(result, Err(Error::NotSignedIn)), "{result:?}");
        for ctx in [anonymous(), as_agent(&anna)] {
            out(people::list(&app, &ctx, &Filter::default()).await.map(drop));
            out(people::account(&app, &ctx, "anna").await.map(drop));
            out(people::invite(&app, &ctx, mirjam()).await.map(drop));
            out(people::invite_again(&app, &ctx, anna.id).await);
            out(people::link(&app, &ctx, anna.id).await.map(drop));
            out(people::set_role(&app, &ctx, anna.id, Role::Admin).await);
            out(people::deactivate(&app, &ctx, anna.id, MeetingsThen::Stay).await.map(drop));
            out(people::reactivate(&app, &ctx, anna.id).await);
            out(people::start_reset(&app, &ctx, anna.id).await);
        }
    }

    async fn ad_02_people_are_found_by_words_whatever_the_accents(database: TestDatabase) {
        let app = app(&database).await;
        let admin = as_admin(&robin(&app).await);
        for slug in ["anna", "zoe"] {
            agent(&app, slug).await;
        }
        people::invite(&app, &admin, mirjam()).await.unwrap();
        let slugs = async |filter: Filter| -> Vec<String> {
            let found = people::list(&app, &admin, &filter).await.unwrap();
            assert_eq!((found.found, found.all, found.pages), (found.people.len(), 4, 1));
            found.people.into_iter().map(|one| one.agent.slug.to_string()).collect()
        };
        let search = |text: &str| Filter { search: text.into(), ..Filter::default() };
        assert_eq!(slugs(search("BERG zoe@")).await, ["zoe"]);
        assert_eq!(slugs(search("anna bérg")).await.len(), 3, "the name of all who were not invited");
        assert_eq!(slugs(search("visser qq")).await, [""; 0]);
        assert_eq!(slugs(Filter { role: Some(Role::Admin), ..Filter::default() }).await, ["robin"]);
        assert_eq!(slugs(Filter { status: Some(AgentStatus::Invited), ..Filter::default() }).await, ["mirjam-visser"]);
        let by_email = Filter { sort: Sort::Email, descending: true, page: 99, ..Filter::default() };
        assert_eq!(slugs(by_email).await, ["zoe", "robin", "mirjam-visser", "anna"]);
        assert_eq!(slugs(Filter { sort: Sort::Role, ..Filter::default() }).await[0], "robin");
        let signed_in: Timestamp = now();
        sign_in(&app, &anonymous(), "zoe@example.com", PASSWORD).await.unwrap();
        let zoe = people::account(&app, &admin, "zoe").await.unwrap();
        assert_eq!(zoe.last_sign_in, Some(signed_in));
    }
}
