//! Closing an account, keeping it after all, and what is left when it is erased (`ux.md` A-31, `security.md` A10, A15, B13).

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, Recorder, agent, anonymous, app, as_agent, free, now, request, sign_in, try_book};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::add::{self, NewAgent};
use nameplate_app::accounts::data::{self, Closed, MeetingsUntil};
use nameplate_app::accounts::sessions::{self, Browser, Entered};
use nameplate_app::accounts::slug::{self, SlugCheck};
use nameplate_app::accounts::{api_tokens, email_change, email_undo, find, passkeys, password_reset};
use nameplate_app::audit::{self, By, Event, Verdict};
use nameplate_app::{App, Ctx, Error, Refusal, mailbox};
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, FullName, Problem, Role, Slug};
use nameplate_domain::meetings::{Meeting, Status};
use nameplate_domain::time::ZoneId;
use nameplate_notify::Composed;
use nameplate_testkit::both_engines;
use std::sync::Arc;

const fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

fn the_day() -> Timestamp {
    now() + days(14)
}

fn later(ctx: Ctx, by: SignedDuration) -> Ctx {
    Ctx { now: now() + by, ..ctx }
}

async fn close(app: &App, agent: &Agent, until: MeetingsUntil) -> Closed {
    data::close(app, &as_agent(agent), agent.slug.as_str(), until).await.unwrap()
}

async fn sent(app: &App, at: fn() -> Timestamp) -> Vec<(String, Composed)> {
    let sent = Arc::new(Recorder::default()).drain(app, at).await;
    sent.into_iter().map(|(row, mail)| (row.kind, mail)).collect()
}

fn text(mail: &Composed) -> String {
    String::from_utf8(mail.raw.clone()).unwrap().replace("=\r\n", "")
}

/// Whether its calendar file takes a meeting off the calendar.
fn cancels(mail: &Composed) -> bool {
    mailbox::parts(&mail.raw).calendar.is_some_and(|file| file.contains("METHOD:CANCEL"))
}

/// The token of the link that keeps the account, from the mail about its closing.
async fn link(app: &App) -> String {
    let mails = sent(app, now).await;
    let (_, mail) = mails.iter().find(|(kind, _)| kind == "account_closed").unwrap();
    let text = text(mail);
    let (_, rest) = text.split_once("/undo/deletion/").unwrap();
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

fn is_dead<T>(outcome: &Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Refused(Refusal::LinkDead)))
}

/// The statuses of all meetings of an agent, in their order.
async fn statuses(app: &App, agent: &Agent) -> Vec<Status> {
    let id = agent.id;
    let all = app.store().read(|tx| async move { tx.meetings_after(id, now(), 100).await }).await.unwrap();
    all.into_iter().map(|meeting| meeting.status).collect()
}

async fn book(app: &App, agent: &Agent, nth: usize, customer: &str) -> Meeting {
    let start = free(app, agent, "meeting").await[nth];
    try_book(app, request(agent, start, customer)).await.unwrap().meeting
}

/// The same meeting four weeks later: beyond the day on which a closed account is erased.
async fn in_four_weeks(app: &App, meeting: &Meeting) {
    let mut far = meeting.clone();
    let id = meeting.id.to_string();
    let id = format!("{}{}", &id[..34], if id.ends_with("ff") { "00" } else { "ff" });
    far.id = id.parse().unwrap();
    far.uid = format!("{id}@meet.example.com");
    for instant in [&mut far.start, &mut far.end, &mut far.busy.from, &mut far.busy.until] {
        *instant += days(28);
    }
    app.store().write(move |tx| async move { tx.insert_meeting(&far).await }).await.unwrap();
}

async fn admin(app: &App, slug: &str) -> Agent {
    let new = NewAgent {
        name: FullName::parse("Ada Example").unwrap(),
        email: EmailAddress::parse(&format!("{slug}@example.com")).unwrap(),
        password: PASSWORD.into(),
        role: Role::Admin,
        time_zone: ZoneId::stored("Europe/Berlin"),
        slug: Some(Slug::parse(slug).unwrap()),
    };
    add::add(app, now(), new).await.unwrap()
}

/// A request of an agent in a session that was started for it.
async fn signed_in(app: &App, email: &str) -> Ctx {
    let token = sign_in(app, &anonymous(), email, PASSWORD).await.unwrap();
    let actor = sessions::recognise(app, now(), &token).await.unwrap().unwrap().actor();
    Ctx { actor, ..anonymous() }
}

both_engines! {
    async fn sec_a10_a_closed_account_ends_on_every_node_with_the_next_request(database: TestDatabase) {
        let (here, there) = (app(&database).await, app(&database).await);
        let anna = agent(&here, "anna").await;
        let start = free(&here, &anna, "meeting").await[0];
        let mut tokens = Vec::new();
        for _ in 0..5 {
            tokens.push(sign_in(&there, &anonymous(), "anna@example.com", PASSWORD).await.unwrap());
        }
        let mut api = Vec::new();
        for name in ["one", "two", "three"] {
            api.push(api_tokens::create(&here, now(), anna.id, name).await.unwrap());
        }
        let new = EmailAddress::parse("new@example.com").unwrap();
        email_change::request(&here, &as_agent(&anna), new, None).await.unwrap();
        let change = email_change::pending(&here, &as_agent(&anna)).await.unwrap().unwrap();
        let reset = password_reset::link(&here, now(), anna.email.clone()).await.unwrap().unwrap();
        let reset = reset.rsplit('/').next().unwrap();
        let question = passkeys::start_add(&here, &as_agent(&anna)).await.unwrap();
        for token in &tokens {
            assert!(sessions::recognise(&there, now(), token).await.unwrap().is_some());
        }

        close(&here, &anna, MeetingsUntil::Now).await;
        for node in [&here, &there] {
            for token in &tokens {
                assert!(sessions::recognise(node, now(), token).await.unwrap().is_none());
            }
            for token in &api {
                assert_eq!(api_tokens::recognise(node, now(), token).await.unwrap(), None);
            }
            let confirmed = email_change::confirm_link(node, &anonymous(), &node.secrets().email_link(change.id)).await;
            assert!(is_dead(&confirmed), "{confirmed:?}");
            assert!(is_dead(&password_reset::look_up(node, &anonymous(), reset).await));
            let answered = passkeys::finish_add(node, &as_agent(&anna), &question.id.to_string(), "{}").await;
            assert!(answered.is_err());
            let entered = sign_in_raw(node, PASSWORD).await;
            assert!(matches!(entered, Ok(Entered::Closed(at, _)) if at == the_day()));
            // Only who knows the password learns that.
            assert!(matches!(sign_in_raw(node, "wrong").await, Err(Error::WrongCredentials)));
            let booked = try_book(node, request(&anna, start, "sam@example.com")).await;
            assert!(matches!(booked, Err(Error::Refused(Refusal::AgentAway))), "{booked:?}");
        }
    }

    async fn a_31_the_account_is_named_to_be_deleted(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        for (typed, problem) in [
            ("", Problem::Empty), ("  ", Problem::Empty), ("ann", Problem::ConfirmationWrong),
            ("bert", Problem::ConfirmationWrong), ("bert@example.com", Problem::ConfirmationWrong),
        ] {
            let closed = data::close(&app, &as_agent(&anna), typed, MeetingsUntil::Now).await;
            let Err(Error::Invalid(problems)) = closed else { panic!("{typed}: {closed:?}") };
            assert_eq!((problems[0].pointer.as_str(), &problems[0].problem), ("/confirmation", &problem));
        }
        let late = later(as_agent(&anna), SignedDuration::from_mins(16));
        let old = data::close(&app, &late, "anna", MeetingsUntil::Now).await;
        assert!(matches!(old, Err(Error::ReauthenticationRequired)), "{old:?}");
        data::close(&app, &as_agent(&anna), " ANNA@Example.com ", MeetingsUntil::Now).await.unwrap();
        let again = data::close(&app, &as_agent(&anna), "anna", MeetingsUntil::Now).await;
        assert!(matches!(again, Err(Error::NotSignedIn)), "{again:?}");
        let bert = agent(&app, "bert").await;
        data::close(&app, &as_agent(&bert), "  Bert\n", MeetingsUntil::Now).await.unwrap();
    }

    async fn a_31_meetings_are_cancelled_at_once_and_the_customers_told(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        book(&app, &anna, 0, "sam@example.com").await;
        book(&app, &anna, 4, "zoe@example.com").await;
        let plan = data::plan(&app, &as_agent(&anna)).await.unwrap();
        assert_eq!((plan.meetings.len(), plan.erase_at, plan.is_last_admin), (2, the_day(), false));
        sent(&app, now).await;
        assert_eq!(close(&app, &anna, MeetingsUntil::Now).await.cancelled, 2);
        assert_eq!(statuses(&app, &anna).await, [Status::Cancelled, Status::Cancelled]);
        let mut told: Vec<_> = sent(&app, now).await.into_iter().map(|(kind, mail)| {
            let cancels = cancels(&mail);
            assert!(!text(&mail).contains("meet.example.com/anna"), "nobody can book there: {}", text(&mail));
            (mail.to, kind, cancels)
        }).collect();
        told.sort();
        let cancelled = |to: &str| (to.to_owned(), "meeting_cancelled".to_owned(), true);
        let mine = |kind: &str, cancels| ("anna@example.com".to_owned(), kind.to_owned(), cancels);
        let expected = [
            mine("account_closed", false), mine("meeting_cancelled", true), mine("meeting_cancelled", true),
            cancelled("sam@example.com"), cancelled("zoe@example.com"),
        ];
        assert_eq!(told, expected);
    }

    async fn a_31_meetings_before_the_day_take_place_and_the_others_are_cancelled_then(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let near = book(&app, &anna, 0, "sam@example.com").await;
        in_four_weeks(&app, &near).await;
        assert_eq!(close(&app, &anna, MeetingsUntil::Erased).await.cancelled, 0);
        sent(&app, now).await;
        assert_eq!(data::erase_due(&app, the_day() - SignedDuration::from_secs(1)).await.unwrap(), 0);
        assert_eq!(statuses(&app, &anna).await, [Status::Scheduled, Status::Scheduled]);

        assert_eq!(data::erase_due(&app, the_day()).await.unwrap(), 0, "its messages leave first");
        assert_eq!(statuses(&app, &anna).await, [Status::Scheduled, Status::Cancelled]);
        let told = sent(&app, the_day).await;
        let customers: Vec<_> = told.iter().filter(|(_, mail)| mail.to == "sam@example.com").collect();
        assert_eq!(customers.len(), 1);
        assert!(customers[0].0 == "meeting_cancelled" && cancels(&customers[0].1));
        assert_eq!(data::erase_due(&app, the_day()).await.unwrap(), 1);
        assert!(matches!(find(&app, "anna").await, Err(Error::NotFound)));
        let id = near.id;
        assert_eq!(app.store().read(|tx| async move { tx.meeting(id).await }).await.unwrap(), None);
        assert_eq!(data::erase_due(&app, the_day() + days(1)).await.unwrap(), 0);
    }

    async fn a_31_the_mailed_link_keeps_the_account_once_and_for_two_weeks(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        book(&app, &anna, 0, "sam@example.com").await;
        close(&app, &anna, MeetingsUntil::Erased).await;
        let token = link(&app).await;
        let last = later(anonymous(), days(14) - SignedDuration::from_secs(1));
        let (found, until) = data::look_up(&app, &last, &token).await.unwrap();
        assert_eq!((found.id, until, found.status), (anna.id, the_day(), AgentStatus::Closed));
        assert!(is_dead(&data::look_up(&app, &later(anonymous(), days(14)), &token).await));
        assert!(is_dead(&data::keep(&app, &later(anonymous(), days(14)), &token).await));
        assert!(is_dead(&data::keep(&app, &last, &token[1..]).await));

        let kept = data::keep(&app, &last, &token).await.unwrap();
        assert_eq!(kept.status, AgentStatus::Active);
        assert!(is_dead(&data::keep(&app, &last, &token).await), "once");
        assert!(is_dead(&data::look_up(&app, &last, &token).await));
        let again = find(&app, "anna").await.unwrap();
        assert_eq!(Agent { version: again.version, ..anna.clone() }, again, "as it was");
        assert_eq!(statuses(&app, &anna).await, [Status::Scheduled]);
        let mails = sent(&app, the_day).await;
        let kinds: Vec<_> = mails.iter().map(|(kind, mail)| (kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(kinds, [("account_kept", "anna@example.com")]);
        sign_in(&app, &last, "anna@example.com", PASSWORD).await.unwrap();
        assert_eq!(data::erase_due(&app, the_day() + days(400)).await.unwrap(), 0);
        let log = audit::list(&app, &as_agent(&anna), None).await.unwrap().entries;
        let log: Vec<_> = log.iter().rev().map(|entry| (entry.event.unwrap(), entry.by)).skip(1).take(2).collect();
        assert_eq!(log, [(Event::DeletionAsked, By::Agent), (Event::DeletionUndone, By::Visitor)]);

        // By whoever runs the server, where no mail is sent.
        assert!(!data::keep_for(&app, now(), anna.email.clone()).await.unwrap());
        let bert = agent(&app, "bert").await;
        close(&app, &bert, MeetingsUntil::Now).await;
        assert!(data::keep_for(&app, now(), bert.email.clone()).await.unwrap());
        assert_eq!(find(&app, "bert").await.unwrap().status, AgentStatus::Active);
    }

    async fn sec_a13_the_old_mailbox_opens_an_account_that_was_closed_by_who_took_it(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let thief = EmailAddress::parse("thief@example.com").unwrap();
        email_change::request(&app, &as_agent(&anna), thief, None).await.unwrap();
        let change = email_change::pending(&app, &as_agent(&anna)).await.unwrap().unwrap().id;
        email_change::confirm_link(&app, &as_agent(&anna), &app.secrets().email_link(change)).await.unwrap();
        let undo = sent(&app, now).await.iter().find_map(|(_, mail)| {
            let text = text(mail);
            let (_, rest) = text.split_once("/undo/email/")?;
            Some(rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect::<String>())
        });
        close(&app, &anna, MeetingsUntil::Erased).await;
        email_undo::undo(&app, &later(anonymous(), days(6)), &undo.unwrap()).await.unwrap();
        let back = find(&app, "anna").await.unwrap();
        assert_eq!((back.status, back.email.as_str()), (AgentStatus::Active, "anna@example.com"));
        // Nothing may say that all is as it was: the password is forgotten, and another message brings a new one.
        let told: Vec<_> = sent(&app, the_day).await.into_iter().map(|(kind, _)| kind).collect();
        assert!(!told.contains(&"account_kept".to_owned()), "{told:?}");
        assert_eq!(data::erase_due(&app, the_day() + days(400)).await.unwrap(), 0);
    }

    async fn sec_a15_the_last_admin_stays(database: TestDatabase) {
        let app = app(&database).await;
        let ada = admin(&app, "ada").await;
        let ctx = signed_in(&app, "ada@example.com").await;
        assert!(data::plan(&app, &ctx).await.unwrap().is_last_admin);
        let closed = data::close(&app, &ctx, "ada", MeetingsUntil::Now).await;
        assert!(matches!(closed, Err(Error::Refused(Refusal::LastAdmin))), "{closed:?}");
        let bea = admin(&app, "bea").await;
        assert!(!data::plan(&app, &ctx).await.unwrap().is_last_admin);
        // Both at once, on two nodes: one of them stays.
        let other = common::app(&database).await;
        let hers = signed_in(&other, "bea@example.com").await;
        let (one, two) = tokio::join!(
            data::close(&app, &ctx, "ada", MeetingsUntil::Now),
            data::close(&other, &hers, "bea", MeetingsUntil::Now)
        );
        assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{one:?} {two:?}");
        let left = [find(&app, ada.slug.as_str()).await.unwrap(), find(&app, bea.slug.as_str()).await.unwrap()];
        assert_eq!(left.iter().filter(|agent| agent.status == AgentStatus::Active).count(), 1);
    }

    async fn sec_b13_the_slugs_of_an_erased_account_are_nobodys_again(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, bert) = (agent(&app, "anna").await, agent(&app, "bert").await);
        let change = |slug: &str| nameplate_app::accounts::profile::ProfileChange {
            slug: Some(Slug::parse(slug).unwrap()),
            ..nameplate_app::accounts::profile::ProfileChange::default()
        };
        nameplate_app::accounts::profile::change(&app, &as_agent(&anna), change("anna-berg"), |_| true).await.unwrap();
        let anna = find(&app, "anna").await.unwrap();
        close(&app, &anna, MeetingsUntil::Now).await;
        sent(&app, now).await;
        assert_eq!(data::erase_due(&app, the_day()).await.unwrap(), 1);
        for former in ["anna", "anna-berg"] {
            let check = slug::check(&app, &as_agent(&bert), former).await.unwrap();
            let SlugCheck::Refused(Problem::SlugTaken, offered) = check else { panic!("{check:?}") };
            assert!(!offered.is_empty() && !offered.iter().any(|one| one == "anna" || one == "anna-berg"), "{offered:?}");
            let taken = nameplate_app::accounts::profile::change(&app, &as_agent(&bert), change(former), |_| true).await;
            let Err(Error::Invalid(problems)) = taken else { panic!("{taken:?}") };
            assert_eq!(problems[0].problem, Problem::SlugTaken);
        }
        // The address is free again; a new account under the old name gets another slug.
        let new = NewAgent {
            name: FullName::parse("Anna").unwrap(),
            email: EmailAddress::parse("anna@example.com").unwrap(),
            password: PASSWORD.into(),
            role: Role::Agent,
            time_zone: ZoneId::stored("Europe/Berlin"),
            slug: None,
        };
        assert_eq!(add::add(&app, now(), new).await.unwrap().slug.as_str(), "anna-2");
    }

    async fn sec_b13_the_audit_log_of_an_erased_account_holds_and_tells_nothing(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        sign_in(&app, &anonymous(), "anna@example.com", PASSWORD).await.unwrap();
        close(&app, &anna, MeetingsUntil::Now).await;
        sent(&app, now).await;
        assert_eq!(data::erase_due(&app, the_day()).await.unwrap(), 1);
        assert_eq!(audit::verify(&app).await.unwrap(), Verdict::Whole(4));
        let log = audit::list(&app, &as_agent(&anna), None).await.unwrap().entries;
        let told: Vec<_> = log.iter().rev().map(|entry| (entry.event.unwrap(), entry.by)).collect();
        let expected = [
            (Event::AccountAdded, By::CommandLine), (Event::SignIn, By::Visitor),
            (Event::DeletionAsked, By::Agent), (Event::AccountErased, By::Server),
        ];
        assert_eq!(told[0], expected[0]);
        assert_eq!(told[2..], expected[2..]);
        for entry in log {
            assert!(entry.detail.net.is_empty() && entry.detail.device.is_empty() && entry.detail.changes.is_empty());
        }
    }
}

async fn sign_in_raw(app: &App, password: &str) -> Result<Entered, Error> {
    let browser = Browser { user_agent: "test", known: None };
    sessions::sign_in(app, &anonymous(), "anna@example.com", password, browser).await
}
