//! Webhooks: what they are told of, in which order, and what hostile receivers can do to others.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{Recorder, agent, anonymous, as_agent, free, now, request, settings, try_book};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::{picture, profile, profile::ProfileChange};
use nameplate_app::limits::Limits;
use nameplate_app::meetings::reassign::{self, Handover};
use nameplate_app::meetings::{cancel, reschedule};
use nameplate_app::people::{self, Invitee, MeetingsThen};
use nameplate_app::webhooks::{self, Courier, DeliveryState, Draft, Guard, Webhook, WebhookState};
use nameplate_app::{App, Ctx, Error, Passwords, Refusal, Secrets, Settings};
use nameplate_domain::account::{EmailAddress, FullName, JobTitle, Problem, Role};
use nameplate_domain::time::Tzdb;
use nameplate_domain::webhooks::{HookEvent, HookUrl};
use nameplate_store::Store;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use nameplate_testkit::receiver::{Manner, Receiver};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// The use cases; webhooks may call this machine.
async fn app(database: &TestDatabase) -> App {
    let webhooks = Arc::new(Guard::allowing(["127.0.0.1"]).unwrap());
    let settings = Settings { webhooks, ..settings(Limits { enabled: false, ..Limits::default() }) };
    let store = Store::open(database.url()).await.unwrap();
    App::new(store, Tzdb::bundled(), Secrets::new([7; 32]), Passwords::cheap().unwrap(), settings)
}

fn courier(app: &App) -> Courier {
    Courier::new(Arc::clone(&app.settings().webhooks)).unwrap()
}

/// The admin Robin.
async fn owner(app: &App) -> Ctx {
    let mut robin = agent(app, "robin").await;
    robin.role = Role::Admin;
    let stored = robin.clone();
    app.store().write(move |tx| async move { tx.save_agent(&stored, now()).await }).await.unwrap();
    as_agent(&robin)
}

async fn hook(app: &App, admin: &Ctx, receiver: &Receiver) -> Webhook {
    let url = HookUrl::parse(&receiver.url()).unwrap();
    webhooks::create(app, admin, url, HookEvent::ALL.to_vec()).await.unwrap().0
}

/// Calls as long as something is due at this instant.
async fn call_all(app: &App, clock: fn() -> Timestamp) {
    let courier = courier(app);
    while webhooks::call_due(app, &courier, clock).await.unwrap() {}
}

/// What a receiver was told: the type, the number and the data of each.
fn told(receiver: &Receiver) -> Vec<(String, i64, Value)> {
    let read = |body: &str| {
        let mut body: Value = serde_json::from_str(body).unwrap();
        assert!(body["timestamp"].as_str().unwrap().parse::<Timestamp>().is_ok());
        assert_eq!(body.as_object().unwrap().len(), 4, "{body}");
        (body["type"].as_str().unwrap().to_owned(), body["sequence"].as_i64().unwrap(), body["data"].take())
    };
    receiver.rest().iter().map(|request| read(&request.body)).collect()
}

fn types(told: &[(String, i64, Value)]) -> Vec<(&str, i64)> {
    told.iter().map(|(kind, sequence, _)| (kind.as_str(), *sequence)).collect()
}

async fn retitle(app: &App, ctx: &Ctx, title: &str) {
    let job_title = Some(Some(JobTitle::parse(title).unwrap()));
    let change = ProfileChange { job_title, ..ProfileChange::default() };
    profile::change(app, ctx, change, |_| true).await.unwrap();
}

both_engines! {
    async fn sec_i4_every_fact_is_told_once_in_order_as_it_was(database: TestDatabase) {
        let app = app(&database).await;
        let admin = owner(&app).await;
        let receiver = Receiver::start(Manner::Status(200));
        hook(&app, &admin, &receiver).await;
        let anna = agent(&app, "anna").await;
        let bert = agent(&app, "bert").await;
        let ctx = as_agent(&anna);
        retitle(&app, &ctx, "Adviser").await;
        retitle(&app, &ctx, "Adviser").await;
        picture::remove(&app, &ctx).await.unwrap();
        let starts = free(&app, &anna, "meeting").await;
        let booked = try_book(&app, request(&anna, starts[0], "sam@example.org")).await.unwrap().meeting;
        let wish = reschedule::Move { start: starts[3], customer_zone: None, reason: None, seen: None };
        reschedule::reschedule(&app, &ctx, booked.id, wish).await.unwrap();
        let wish = Handover { to: bert.slug.to_string(), reason: None, seen: None };
        reassign::reassign(&app, &ctx, booked.id, wish).await.unwrap();
        cancel::cancel(&app, &as_agent(&bert), booked.id, None, None).await.unwrap();
        people::deactivate(&app, &admin, anna.id, MeetingsThen::Stay).await.unwrap();
        people::reactivate(&app, &admin, anna.id).await.unwrap();
        people::set_role(&app, &admin, anna.id, Role::Manager).await.unwrap();
        let invitee = Invitee {
            name: FullName::parse("Cleo Cruz").unwrap(),
            email: EmailAddress::parse("cleo@example.com").unwrap(),
            role: Role::Agent,
            profile: ProfileChange::default(),
        };
        people::invite(&app, &admin, invitee).await.unwrap();
        call_all(&app, now).await;
        let told = told(&receiver);
        let expected = [
            "agent.created",
            "agent.created",
            "agent.updated",
            "agent.updated",
            "meeting.scheduled",
            "meeting.rescheduled",
            "meeting.reassigned",
            "meeting.cancelled",
            "agent.deactivated",
            "agent.updated",
            "agent.updated",
            "agent.created",
        ];
        assert_eq!(types(&told), expected.into_iter().zip(1..).collect::<Vec<_>>());
        // As it was at each event, though all of them left after the last one.
        let field = |n: usize, name: &str| told[n].2[name].as_str().unwrap_or_default().to_owned();
        assert_eq!([field(0, "slug"), field(0, "job_title")], ["anna", ""]);
        assert_eq!([field(2, "job_title"), field(2, "status")], ["Adviser", "active"]);
        assert_eq!([field(4, "agent"), field(4, "status")], ["anna", "scheduled"]);
        assert_eq!(field(4, "start"), starts[0].to_string());
        assert_eq!(field(5, "start"), starts[3].to_string());
        assert_eq!([field(6, "agent"), field(7, "status")], ["bert", "cancelled"]);
        assert_eq!([field(8, "status"), field(9, "status"), field(10, "role")], ["disabled", "active", "manager"]);
        for (_, _, data) in &told {
            assert!(data.get("manage_url").is_none_or(Value::is_null), "nobody's link: {data}");
        }
        assert_eq!(types(&self::told(&receiver)), [], "none twice");
    }

    async fn what_is_not_committed_or_not_asked_for_is_not_told(database: TestDatabase) {
        let app = app(&database).await;
        let admin = owner(&app).await;
        let anna = agent(&app, "anna").await;
        let receiver = Receiver::start(Manner::Status(200));
        let url = HookUrl::parse(&receiver.url()).unwrap();
        webhooks::create(&app, &admin, url, vec![HookEvent::MeetingCancelled]).await.unwrap();
        let start = free(&app, &anna, "meeting").await[0];
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        assert!(try_book(&app, request(&anna, start, "kim@example.org")).await.is_err());
        cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await.unwrap();
        assert!(cancel::cancel(&app, &as_agent(&anna), meeting.id, None, None).await.is_err());
        call_all(&app, now).await;
        assert_eq!(types(&told(&receiver)), [("meeting.cancelled", 1)]);
    }

    async fn sec_f24_a_failed_one_is_tried_again_with_its_id_and_holds_its_place(database: TestDatabase) {
        let app = app(&database).await;
        let admin = owner(&app).await;
        let anna = agent(&app, "anna").await;
        let receiver = Receiver::start(Manner::Status(500));
        let hook = hook(&app, &admin, &receiver).await;
        retitle(&app, &as_agent(&anna), "First").await;
        retitle(&app, &as_agent(&anna), "Second").await;
        call_all(&app, now).await;
        let first = receiver.rest();
        assert_eq!(first.len(), 1, "the second one waits for the first one");
        let (rows, _) = webhooks::deliveries(&app, &admin, hook.id, None, 9).await.unwrap();
        assert_eq!(rows[1].state, DeliveryState::Waiting);
        assert_eq!((rows[1].status, rows[1].problem.as_deref(), rows[1].attempts), (Some(500), Some("refused"), 1));
        assert!(webhooks::find(&app, &admin, hook.id).await.unwrap().failing_since.is_some());

        receiver.behave(Manner::Status(200));
        call_all(&app, now).await;
        assert!(receiver.rest().is_empty(), "not before its time");
        call_all(&app, || now() + SignedDuration::from_secs(36)).await;
        let later = receiver.rest();
        let ids: Vec<_> = later.iter().map(|one| one.header("webhook-id")).collect();
        assert_eq!((ids.len(), ids[0]), (2, first[0].header("webhook-id")));
        assert_eq!(later[0].body, first[0].body, "the same bytes");
        assert_ne!(later[0].header("webhook-timestamp"), first[0].header("webhook-timestamp"));

        let (rows, _) = webhooks::deliveries(&app, &admin, hook.id, None, 9).await.unwrap();
        assert!(rows.iter().all(|row| row.state == DeliveryState::Delivered));
        webhooks::replay(&app, &admin, hook.id, rows[1].id).await.unwrap();
        call_all(&app, now).await;
        let replayed = receiver.rest();
        assert_eq!(replayed.len(), 1);
        assert_eq!((replayed[0].header("webhook-id"), &replayed[0].body), (ids[0], &first[0].body));
    }

    async fn only_admins_have_a_say_and_bad_wishes_are_refused_with_their_field(database: TestDatabase) {
        let app = app(&database).await;
        let admin = owner(&app).await;
        let anna = agent(&app, "anna").await;
        let receiver = Receiver::start(Manner::Status(200));
        let hook = hook(&app, &admin, &receiver).await;
        for ctx in [as_agent(&anna), anonymous()] {
            assert!(matches!(webhooks::list(&app, &ctx).await, Err(Error::NotSignedIn)));
            assert!(matches!(webhooks::find(&app, &ctx, hook.id).await, Err(Error::NotSignedIn)));
            assert!(matches!(webhooks::rotate(&app, &ctx, hook.id, None).await, Err(Error::NotSignedIn)));
            assert!(matches!(webhooks::test(&app, &ctx, hook.id).await, Err(Error::NotSignedIn)));
            assert!(matches!(webhooks::delete(&app, &ctx, hook.id).await, Err(Error::NotSignedIn)));
        }
        let problem = |result: Result<Webhook, Error>| match result {
            Err(Error::Invalid(problems)) => (problems[0].pointer.clone(), problems[0].problem.clone()),
            other => panic!("{other:?}"),
        };
        let create = async |url: &str, events: &[HookEvent]| {
            let made = webhooks::create(&app, &admin, HookUrl::parse(url).unwrap(), events.to_vec()).await;
            made.map(|(made, _)| made)
        };
        let all = HookEvent::ALL;
        assert_eq!(problem(create("https://10.0.0.1/", all).await), ("/url".into(), Problem::PrivateAddress));
        assert_eq!(problem(create("http://example.com/", all).await), ("/url".into(), Problem::NotHttps));
        assert_eq!(problem(create("https://example.com/", &[]).await), ("/events".into(), Problem::Empty));
        for _ in 1..webhooks::MOST {
            create("https://example.com/", all).await.unwrap();
        }
        assert!(matches!(problem(create("https://example.com/", all).await).1, Problem::TooManyWebhooks { .. }));

        let off = Draft { url: hook.url.clone(), events: hook.events.clone(), on: false };
        let changed = webhooks::change(&app, &admin, hook.id, hook.version, off.clone()).await.unwrap();
        assert_eq!((changed.state, changed.version), (WebhookState::Off, 2));
        let again = webhooks::change(&app, &admin, hook.id, hook.version, off.clone()).await.unwrap();
        assert_eq!(again, changed, "the second click");
        let on = Draft { on: true, ..off };
        let stale = webhooks::change(&app, &admin, hook.id, hook.version, on.clone()).await;
        assert!(matches!(stale, Err(Error::Stale)));
        let test = webhooks::test(&app, &admin, hook.id).await;
        assert!(matches!(test, Err(Error::Refused(Refusal::WebhookOff))));
        retitle(&app, &as_agent(&anna), "Unheard").await;
        webhooks::change(&app, &admin, hook.id, 2, on).await.unwrap();
        webhooks::test(&app, &admin, hook.id).await.unwrap();
        call_all(&app, now).await;
        let told = told(&receiver);
        assert_eq!(types(&told), [("webhook.test", 1)], "while it was off, nothing was written for it");
        assert_eq!(told[0].2, json!({}));
    }

    async fn sec_c13_two_secrets_sign_for_a_day_and_the_database_holds_neither(database: TestDatabase) {
        let app = app(&database).await;
        let admin = owner(&app).await;
        let receiver = Receiver::start(Manner::Status(200));
        let url = HookUrl::parse(&receiver.url()).unwrap();
        let (hook, first) = webhooks::create(&app, &admin, url, HookEvent::ALL.to_vec()).await.unwrap();
        let signatures = async |clock: fn() -> Timestamp| {
            webhooks::test(&app, &admin, hook.id).await.unwrap();
            call_all(&app, clock).await;
            receiver.next().header("webhook-signature").split(' ').count()
        };
        assert_eq!(signatures(now).await, 1);
        let (rotated, second) = webhooks::rotate(&app, &admin, hook.id, Some(hook.version)).await.unwrap();
        assert!(first != second && second.starts_with("whsec_"));
        assert_eq!(rotated.previous_until, Some(now() + SignedDuration::from_hours(24)));
        assert_eq!(signatures(|| now() + SignedDuration::from_mins(23 * 60 + 59)).await, 2);
        assert_eq!(signatures(|| now() + SignedDuration::from_hours(24)).await, 1);
        let id = hook.id;
        let row = app.store().read(|tx| async move { tx.webhook(id).await }).await.unwrap().unwrap();
        let held = format!("{:?} {:?} {:?}", row, row.secret, row.previous);
        assert!(!held.contains(&first) && !held.contains(&second) && row.secret.len() > 32, "sealed");
    }
}

/// So many hours after the start of a test, told to the clock of the next call.
static HOURS: AtomicI64 = AtomicI64::new(0);

fn later() -> Timestamp {
    now() + SignedDuration::from_hours(HOURS.load(Ordering::SeqCst))
}

#[tokio::test]
async fn sec_f23_after_a_day_of_failures_a_webhook_is_off_and_every_admin_is_told() {
    let database = TestDatabase::sqlite();
    let app = app(&database).await;
    let admin = owner(&app).await;
    let anna = agent(&app, "anna").await;
    people::set_role(&app, &admin, anna.id, Role::Admin).await.unwrap();
    let receiver = Receiver::start(Manner::Status(503));
    let hook = hook(&app, &admin, &receiver).await;
    for title in ["First", "Second"] {
        retitle(&app, &as_agent(&anna), title).await;
    }
    let state = async || webhooks::find(&app, &admin, hook.id).await.unwrap().state;
    // A clock that jumps by days turns nothing off: ten tries are made first.
    for hours in [0, 30, 60, 90, 120, 150, 180, 210, 240] {
        HOURS.store(hours, Ordering::SeqCst);
        call_all(&app, later).await;
        assert_eq!(state().await, WebhookState::On, "after {hours} hours");
    }
    let mail = || async { Arc::new(Recorder::default()).drain(&app, later).await };
    assert_eq!(mail().await.iter().filter(|(row, _)| row.kind == "webhook_off").count(), 0);
    HOURS.store(270, Ordering::SeqCst);
    call_all(&app, later).await;
    assert_eq!(state().await, WebhookState::Failed);
    assert_eq!(receiver.rest().len(), 10, "one delivery, ten times");
    let told: Vec<_> = mail().await.into_iter().filter(|(row, _)| row.kind == "webhook_off").collect();
    let mut to: Vec<_> = told.iter().map(|(row, _)| row.recipient.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["anna@example.com", "robin@example.com"]);
    let text = String::from_utf8_lossy(&told[0].1.raw).replace("=\r\n", "");
    for part in ["127.0.0.1", "status 503", &format!("https://meet.example.com/admin/webhooks/{}", hook.id)] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("of-the-receiver"), "no more of the address than its host");

    // The one that was tried is given up; the other leaves when it is on again.
    let (rows, _) = webhooks::deliveries(&app, &admin, hook.id, None, 9).await.unwrap();
    let states: Vec<_> = rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [DeliveryState::Waiting, DeliveryState::Failed]);
    receiver.behave(Manner::Status(200));
    let off = webhooks::find(&app, &admin, hook.id).await.unwrap();
    let draft = Draft { url: off.url, events: off.events, on: true };
    webhooks::change(&app, &admin, hook.id, off.version, draft).await.unwrap();
    call_all(&app, later).await;
    assert_eq!(types(&self::told(&receiver)), [("agent.updated", 2)]);
}

/// Anna's title is changed so often; every receiver is told each time.
const CHANGES: usize = 3;

#[tokio::test]
async fn sec_f23_hostile_receivers_delay_nobody_and_lose_nothing() {
    let database = TestDatabase::sqlite();
    let app = app(&database).await;
    let admin = owner(&app).await;
    let anna = agent(&app, "anna").await;
    let hostile = [
        Manner::Hang,
        Manner::Drip,
        Manner::Reset,
        Manner::Cut,
        Manner::Status(500),
        Manner::Redirect("http://127.0.0.1:9/".into()),
        Manner::Headers,
        Manner::Garbage,
    ]
    .map(Receiver::start);
    let mut hooks = Vec::new();
    for receiver in &hostile {
        hooks.push(hook(&app, &admin, receiver).await);
    }
    let huge = Receiver::start(Manner::Huge);
    let good = Receiver::start(Manner::Status(200));
    hook(&app, &admin, &huge).await;
    let good_hook = hook(&app, &admin, &good).await;
    for n in 0..CHANGES {
        retitle(&app, &as_agent(&anna), &format!("Title {n}")).await;
    }
    // The loop of the server, on its own clock.
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(webhooks::run(app.clone(), courier(&app), now, async move {
        let _ = stopped.await;
    }));
    let begun = Instant::now();
    let good = Arc::new(good);
    let waiting = Arc::clone(&good);
    let all =
        tokio::task::spawn_blocking(move || (0..CHANGES).map(|_| waiting.next().body).collect::<Vec<_>>());
    assert_eq!(all.await.unwrap().len(), CHANGES);
    assert!(
        begun.elapsed() < Duration::from_secs(8),
        "before the first of the others has run into its time-out"
    );
    drop(stop);
    running.await.unwrap();
    let (rows, _) = webhooks::deliveries(&app, &admin, good_hook.id, None, 9).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.sequence).collect::<Vec<_>>(), [Some(3), Some(2), Some(1)]);
    for (receiver, hook) in hostile.iter().zip(&hooks) {
        let (rows, _) = webhooks::deliveries(&app, &admin, hook.id, None, 9).await.unwrap();
        assert!(rows.iter().all(|row| row.state == DeliveryState::Waiting), "nothing is lost: {rows:?}");
        assert_eq!(rows.len(), CHANGES);
        assert!(receiver.connections() <= 2, "no storm");
        receiver.behave(Manner::Status(200));
        webhooks::replay(&app, &admin, hook.id, rows[0].id).await.unwrap();
    }
    app.store().write(|tx| async move { tx.release_webhook_leases().await }).await.unwrap();
    call_all(&app, now).await;
    for hook in hooks {
        let found = webhooks::find(&app, &admin, hook.id).await.unwrap();
        assert_eq!((found.waiting, found.failing_since), (0, None));
    }
}
