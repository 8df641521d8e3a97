//! Of an account that was erased nothing is left: every field of it held a canary, and none is found (`security.md` B13).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{
    PASSWORD, agent, anonymous, app, as_agent, free, hours, keyed, now, request, text_field, try_book,
};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::data::{self, MeetingsUntil};
use nameplate_app::accounts::profile::{self, ProfileChange};
use nameplate_app::accounts::{api_tokens, email_change, find, passkeys, password, password_reset, picture};
use nameplate_app::accounts::{sessions, slug, two_step};
use nameplate_app::audit::{self, Verdict};
use nameplate_app::mailbox::Mailbox;
use nameplate_app::meetings::{book::book, cancel::cancel, reschedule::reschedule};
use nameplate_app::outbox::{Transport, send_due};
use nameplate_app::{App, Ctx, meeting_types};
use nameplate_domain::account::{
    Agent, CustomerName, EmailAddress, ExternalId, FieldKey, FieldValue, FullName, JobTitle, Location,
    LocationField, LocationName, MeetingTypeDescription, MeetingTypeName, MeetingTypeSlug, Note, PasskeyName,
    PhoneNumber, Slug,
};
use nameplate_domain::meetings::MeetingTypeDraft;
use nameplate_domain::time::slots::Rules;
use nameplate_testkit::both_engines;
use nameplate_testkit::passkey::Passkey;
use nameplate_testkit::past::everything_in;
use nameplate_testkit::tools::totp_codes;
use std::io::Write;
use std::sync::{Arc, Mutex};

/// In every text; digits and addresses have no room for it.
const CANARIES: [&str; 4] = ["canary", "3056789012", "3012349876", "203.0.113.77"];

/// What the server writes to its log in this process.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn day_20() -> Timestamp {
    now() + SignedDuration::from_hours(20 * 24)
}

/// Sends what waits into the mailbox of the same database.
async fn deliver(app: &App, clock: fn() -> Timestamp) {
    let transport: Arc<dyn Transport> = Arc::new(Mailbox::new(app.clone(), clock));
    while send_due(app, &transport, clock).await.unwrap() {}
}

/// A picture with a comment that is nobody's business.
fn portrait() -> Vec<u8> {
    let picture = nameplate_picture::generated_portrait(1);
    let (kind, comment) = (b"tEXt", b"Comment\0Canary of the camera");
    let length = u32::try_from(comment.len()).unwrap().to_be_bytes();
    let mut check = flate2::Crc::new();
    check.update(kind);
    check.update(comment);
    // Behind the signature and the head of a PNG.
    let (head, rest) = picture.split_at(8 + 25);
    [head, &length, kind, comment, &check.sum().to_be_bytes(), rest].concat()
}

/// A request of Anna from a browser of hers.
fn by_anna(anna: &Agent) -> Ctx {
    Ctx { net: CANARIES[3].into(), user_agent: "Canary/7 of the browser".into(), ..as_agent(anna) }
}

fn location() -> Location {
    let parts = LocationField::ALL.into_iter().filter(|field| *field != LocationField::Country);
    Location::stored(parts.map(|field| (field, format!("Canary {}", field.as_str()))))
}

async fn filled(app: &App) -> Agent {
    let anna = agent(app, "canary-anna").await;
    let ctx = by_anna(&anna);
    let change = ProfileChange {
        name: Some(FullName::parse("Anna Canary").unwrap()),
        display_name: Some(Some(FullName::parse("Canary the second").unwrap())),
        phone_number: Some(Some(PhoneNumber::parse("+49 30 56789012", None).unwrap())),
        job_title: Some(Some(JobTitle::parse("Canary keeper").unwrap())),
        location: Some(location()),
        ..ProfileChange::default()
    };
    profile::change(app, &ctx, change, |_| true).await.unwrap();
    let key = text_field(app, "pet", "Pet").await;
    let fields = [(key, Some(FieldValue::Text("A canary".into())))].into();
    let change = ProfileChange { fields, ..ProfileChange::default() };
    profile::change(app, &ctx, change, |_| true).await.unwrap();
    let (id, system) = (anna.id, FieldKey::parse("canary_crm").unwrap());
    let external = ExternalId::parse("canary-0031").unwrap();
    let put =
        app.store().write(move |tx| async move { tx.put_external_id(id, &system, Some(&external)).await });
    put.await.unwrap();
    picture::set(app, &ctx, portrait()).await.unwrap();
    api_tokens::create(app, now(), anna.id, "Canary sync").await.unwrap();
    let draft = MeetingTypeDraft {
        slug: MeetingTypeSlug::parse("canary-type").unwrap(),
        name: MeetingTypeName::parse("Canary talk").unwrap(),
        description: Some(MeetingTypeDescription::parse("About the canary").unwrap()),
        place: Some(LocationName::parse("Canary street 5").unwrap()),
        rules: Rules::usual(30),
    };
    meeting_types::create(app, &ctx, draft).await.unwrap();
    anna
}

/// A session of its own with a passkey, two-step sign-in and recovery codes; all others end.
async fn with_factors(app: &App, anna: &Agent) -> Ctx {
    let browser = sessions::Browser { user_agent: "Canary phone", known: None };
    let address = anna.email.to_string();
    let entered = sessions::sign_in(app, &anonymous(), &address, PASSWORD, browser).await.unwrap();
    let token = common::entered(entered).session;
    let session = async |token: String| {
        let actor = sessions::recognise(app, now(), &token).await.unwrap().unwrap().actor();
        Ctx { actor, ..by_anna(anna) }
    };
    let ctx = session(token).await;
    let ctx = session(passkeys::confirm_by_password(app, &ctx, PASSWORD).await.unwrap()).await;
    let mut key = Passkey::new("https://meet.example.com", "meet.example.com").unwrap();
    let question = passkeys::start_add(app, &ctx).await.unwrap();
    let made = key.create(&question.options).unwrap().to_string();
    passkeys::finish_add(app, &ctx, &question.id.to_string(), &made).await.unwrap();
    let id = passkeys::list(app, &ctx).await.unwrap().remove(0).passkey.id.to_string();
    passkeys::rename(app, &ctx, &id, PasskeyName::parse("Canary key").unwrap()).await.unwrap();
    let set_up = two_step::begin(app, &ctx).await.unwrap();
    let code = totp_codes(&set_up.secret, &[now().as_second()]).remove(0);
    two_step::turn_on(app, &ctx, &set_up.sealed, &code, None).await.unwrap();
    ctx
}

/// Three meetings with customers: one stands, one is moved, one is cancelled.
async fn booked(app: &App, anna: &Agent) {
    let starts = free(app, anna, "canary-type").await;
    for (n, start) in starts.iter().step_by(5).take(3).enumerate() {
        let mut wish = request(anna, *start, &format!("canary{n}@example.org"));
        wish.meeting_type = "canary-type".into();
        wish.customer.name = CustomerName::parse("Customer Canary").unwrap();
        wish.customer.phone_number = Some(PhoneNumber::parse("+49 30 12349876", None).unwrap());
        wish.note = Some(Note::parse("A note on canaries").unwrap());
        let keyed = keyed(&format!("canary {n}"), "canary");
        let meeting = book(app, &keyed, wish).await.unwrap().meeting;
        let reason = Some(Note::parse("Canary is ill").unwrap());
        match n {
            1 => {
                let mut wish = common::to(meeting.start + hours(24));
                wish.reason = reason;
                reschedule(app, &by_anna(anna), meeting.id, wish).await.unwrap();
            }
            2 => drop(cancel(app, &by_anna(anna), meeting.id, reason, None).await.unwrap()),
            _ => {}
        }
    }
}

/// Where canaries are found, each place once.
async fn found(url: &str) -> Vec<String> {
    let all = everything_in(url).await.into_iter();
    let mut places: Vec<String> =
        all.filter(|(_, bytes)| has_canary(bytes)).map(|(place, _)| place).collect();
    places.sort();
    places.dedup();
    places
}

fn has_canary(bytes: &[u8]) -> bool {
    let bytes = bytes.to_ascii_lowercase();
    CANARIES.iter().any(|canary| bytes.windows(canary.len()).any(|part| part == canary.as_bytes()))
}

both_engines! {
    async fn sec_b13_no_canary_survives_the_erasure(database: TestDatabase) {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt().json().with_writer(move || writer.clone()).init();
        let app = app(&database).await;
        let bert = agent(&app, "bert").await;
        let kept = try_book(&app, request(&bert, free(&app, &bert, "meeting").await.remove(0), "sam@example.org")).await.unwrap();
        let anna = filled(&app).await;
        let ctx = with_factors(&app, &anna).await;
        booked(&app, &anna).await;
        password_reset::request(&app, &anonymous(), anna.email.clone()).await.unwrap();
        deliver(&app, now).await;
        let new = EmailAddress::parse("canary.new@example.net").unwrap();
        email_change::request(&app, &ctx, new, None).await.unwrap();
        let change = email_change::pending(&app, &ctx).await.unwrap().unwrap().id;
        email_change::confirm_link(&app, &ctx, &app.secrets().email_link(change)).await.unwrap();
        let renamed = ProfileChange { slug: Some(Slug::parse("canary-berg").unwrap()), ..ProfileChange::default() };
        profile::change(&app, &ctx, renamed, |_| true).await.unwrap();
        slug::visited(&app, "canary-anna", now());
        slug::keep_visits(&app).await.unwrap();
        password::change(&app, &ctx, PASSWORD, "violet trains hum at dawn", false).await.unwrap();
        deliver(&app, now).await;
        assert!(!found(database.url()).await.is_empty());
        if database.url().starts_with("postgres") {
            let tables = found(database.url()).await;
            for table in ["agents", "audit_log", "mailbox", "meeting_types", "meetings", "outbox", "passkeys", "slugs"] {
                assert!(tables.iter().any(|place| place == table), "{table} has no canary: {tables:?}");
            }
        }

        data::close(&app, &ctx, "canary-berg", MeetingsUntil::Erased).await.unwrap();
        deliver(&app, now).await;
        // The meetings took place meanwhile; what has outlived its time went.
        let day = SignedDuration::from_hours(24);
        app.store().write(move |tx| async move { tx.sweep(day_20(), day_20() - day).await }).await.unwrap();
        assert_eq!(data::erase_due(&app, day_20()).await.unwrap(), 1);
        assert!(app.store().forget_erased().await.unwrap());

        assert_eq!(found(database.url()).await, Vec::<String>::new());
        // The server's own log names networks and ids, never what somebody typed.
        let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap().replace(CANARIES[3], "");
        assert!(!has_canary(log.as_bytes()) && log.contains("account_erased"), "{log}");
        let mails = nameplate_app::mailbox::list(&app).await.unwrap();
        assert!(mails.iter().all(|mail| mail.id != nameplate_domain::ids::OutboxId::new(anna.id.uuid())));
        let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert!(to.iter().all(|to| ["sam@example.org", "bert@example.com"].contains(to)), "{to:?}");
        assert!(matches!(audit::verify(&app).await.unwrap(), Verdict::Whole(_)));
        // The others' data is all there.
        assert_eq!(find(&app, "bert").await.unwrap().id, bert.id);
        let id = kept.meeting.id;
        assert!(app.store().read(|tx| async move { tx.meeting(id).await }).await.unwrap().is_some());
        let upcoming = nameplate_app::meetings::list::upcoming(&app, &as_agent(&bert)).await.unwrap();
        assert_eq!((upcoming.len(), to.len()), (1, 2));
    }
}
