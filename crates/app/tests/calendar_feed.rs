//! The private calendar address (`messages.md` sections 2 and 4, `security.md` A4, P6).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, agent, anonymous, app, as_agent, free, now, own_session, request, try_book};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::calendar_feed::{self, NewFeed};
use nameplate_app::accounts::ways_in::Ending;
use nameplate_app::accounts::{api_tokens, password};
use nameplate_app::audit::{self, Event};
use nameplate_app::meetings::cancel::cancel;
use nameplate_app::{Actor, App, Ctx, Error, SignedIn};
use nameplate_domain::account::{Agent, AgentStatus};
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Meeting, Status};
use nameplate_testkit::both_engines;
use uuid::Uuid;

fn new(is_busy_only: bool) -> NewFeed {
    NewFeed { id: calendar_feed::new_id(), is_busy_only }
}

async fn made(app: &App, agent: &Agent, is_busy_only: bool) -> String {
    let address = calendar_feed::make(app, &as_agent(agent), new(is_busy_only), None).await.unwrap();
    token(&address)
}

fn token(address: &str) -> String {
    let token = address.strip_prefix("https://meet.example.com/feed/").unwrap();
    token.strip_suffix(".ics").unwrap().to_owned()
}

async fn text(app: &App, token: &str) -> String {
    calendar_feed::read(app, now(), token).await.unwrap().text
}

async fn works(app: &App, token: &str) -> bool {
    match calendar_feed::read(app, now(), token).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(error) => unreachable!("{error}"),
    }
}

async fn events(app: &App, ctx: &Ctx) -> Vec<(Event, Option<String>, Option<String>)> {
    let listed = audit::list(app, ctx, None).await.unwrap().entries;
    let feeds = listed.into_iter().filter(|entry| entry.name.starts_with("calendar_feed"));
    feeds
        .map(|entry| {
            let change = entry.detail.changes[0].clone();
            (entry.event.unwrap(), change.old, change.new)
        })
        .collect()
}

/// A copy of a meeting at another time.
async fn copy(app: &App, one: &Meeting, n: u128, start: Timestamp, status: Status) {
    let mut copy = Meeting { id: MeetingId::new(Uuid::from_u128(n)), status, ..one.clone() };
    copy.uid = format!("copy-{n}@meet.example.com");
    let length = one.end.duration_since(one.start);
    (copy.start, copy.end) = (start, start + length);
    (copy.busy.from, copy.busy.until) = (copy.start, copy.end);
    app.store().write(move |tx| async move { tx.insert_meeting(&copy).await }).await.unwrap();
}

both_engines! {
    async fn sec_p6_an_address_works_until_it_is_replaced_or_ended(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, other) = (agent(&app, "anna").await, agent(&app, "other").await);
        let ctx = as_agent(&anna);
        assert!(calendar_feed::own(&app, &ctx).await.unwrap().is_none());
        let first = made(&app, &anna, false).await;
        assert_eq!(first.len(), 43, "all 256 bits: {first}");
        let others = made(&app, &other, false).await;
        assert!(works(&app, &first).await);
        assert!(!works(&app, &format!("{first}x")).await && !works(&app, "").await && !works(&app, "\0").await);
        let row = calendar_feed::own(&app, &ctx).await.unwrap().unwrap();
        assert_eq!((row.last_read_at, row.is_busy_only), (Some(now()), false));

        let second = made(&app, &anna, true).await;
        assert!(!works(&app, &first).await && works(&app, &second).await && works(&app, &others).await);
        assert!(calendar_feed::end(&app, &ctx).await.unwrap());
        assert!(!calendar_feed::end(&app, &ctx).await.unwrap(), "the second click");
        assert!(!works(&app, &second).await && works(&app, &others).await);
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            events(&app, &ctx).await,
            [
                (Event::CalendarFeedEnded, text("busy"), None), (Event::CalendarFeedReplaced, None, text("busy")),
                (Event::CalendarFeedMade, None, text("details")),
            ]
        );
    }

    async fn f_09_the_same_form_sent_again_does_not_end_an_address_in_use(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let form = new(false);
        let lost = token(&calendar_feed::make(&app, &as_agent(&anna), form, None).await.unwrap());
        let shown = token(&calendar_feed::make(&app, &as_agent(&anna), form, None).await.unwrap());
        assert!(!works(&app, &lost).await && works(&app, &shown).await, "the one that was shown last");
        let used = calendar_feed::make(&app, &as_agent(&anna), form, None).await;
        assert!(matches!(used, Err(Error::Stale)));
        assert!(works(&app, &shown).await);
    }

    async fn sec_a4_an_address_is_made_only_after_a_recent_sign_in_and_never_by_a_token(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let authenticated_at = now() - SignedDuration::from_mins(16);
        let session = Some(SignedIn { token_hash: own_session(anna.id), authenticated_at });
        let stale = Ctx { actor: Actor::Agent { id: anna.id, role: anna.role, session }, ..anonymous() };
        let old = calendar_feed::make(&app, &stale, new(false), None).await;
        assert!(matches!(old, Err(Error::ReauthenticationRequired)));
        let wrong = calendar_feed::make(&app, &stale, new(false), Some("not the password")).await;
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        calendar_feed::make(&app, &stale, new(false), Some(PASSWORD)).await.unwrap();

        let token = api_tokens::create(&app, now(), anna.id, "script").await.unwrap();
        let (actor, _) = api_tokens::recognise(&app, now(), &token).await.unwrap().unwrap();
        let by_token = Ctx { actor, ..anonymous() };
        let made = calendar_feed::make(&app, &by_token, new(false), Some(PASSWORD)).await;
        assert!(matches!(made, Err(Error::NotSignedIn)));
        assert!(matches!(calendar_feed::own(&app, &by_token).await, Err(Error::NotSignedIn)));
        assert!(matches!(calendar_feed::end(&app, &by_token).await, Err(Error::NotSignedIn)));
    }

    async fn sec_a10_an_address_ends_with_the_account_and_when_a_new_password_is_asked_to_end_it(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, ctx) = { let anna = agent(&app, "anna").await; let ctx = as_agent(&anna); (anna, ctx) };
        let token = made(&app, &anna, false).await;
        let (second, third) = ("violet trains hum at dawn", "amber kettles drift north");
        password::change(&app, &ctx, PASSWORD, second, Ending::default()).await.unwrap();
        assert!(works(&app, &token).await);
        password::change(&app, &ctx, second, third, Ending { tokens: true, passkeys: false }).await.unwrap();
        assert!(!works(&app, &token).await);
        assert_eq!(events(&app, &ctx).await[0].0, Event::CalendarFeedEnded);

        let token = made(&app, &anna, false).await;
        let disabled = Agent { status: AgentStatus::Disabled, ..anna.clone() };
        app.store().write(move |tx| async move { tx.save_agent(&disabled, now()).await }).await.unwrap();
        assert!(!works(&app, &token).await, "at once");
    }

    async fn a_feed_holds_a_month_back_and_a_year_ahead_and_nothing_that_is_off(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let token = made(&app, &anna, false).await;
        let empty = text(&app, &token).await;
        assert!(!empty.contains("BEGIN:VEVENT"), "{empty}");
        for line in [
            "METHOD:PUBLISH", "X-WR-CALNAME:Anna Bérg (Nameplate)", "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M",
        ] {
            assert!(empty.contains(&format!("\r\n{line}\r\n")), "{line}: {empty}");
        }

        let starts = free(&app, &anna, "meeting").await;
        let kept = try_book(&app, request(&anna, starts[0], "sam@example.com")).await.unwrap().meeting;
        let off = try_book(&app, request(&anna, starts[4], "zoe@example.com")).await.unwrap().meeting;
        cancel(&app, &as_agent(&anna), off.id, None, None).await.unwrap();
        let day = SignedDuration::from_hours(24);
        for (n, start, status) in [
            (1, now() - day * 31, Status::Scheduled), (2, now() - day * 29, Status::Scheduled),
            (3, now() + day * 365, Status::Pending), (4, now() + day * 367, Status::Scheduled),
        ] {
            copy(&app, &kept, n, start, status).await;
        }
        let file = text(&app, &token).await;
        let uids: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("UID:")).collect();
        assert_eq!(uids, ["copy-2@meet.example.com", &kept.uid, "copy-3@meet.example.com"], "that of the mails");
        let statuses: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("STATUS:")).collect();
        assert_eq!(statuses, ["CONFIRMED", "CONFIRMED", "TENTATIVE"]);
        assert!(file.contains("Sam") || file.contains("with"), "{file}");
        assert!(file.contains("\r\nORGANIZER;CN=\"Anna Bérg (Nameplate)\":mailto:meetings+"), "{file}");
        assert!(!file.contains("ATTENDEE") && !file.replace("\r\n ", "").contains("/m/"), "no key to a meeting: {file}");
    }

    async fn sec_a12_a_busy_feed_names_nobody(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        let meeting = try_book(&app, request(&anna, start, "sam@example.com")).await.unwrap().meeting;
        let file = text(&app, &made(&app, &anna, true).await).await;
        let event: Vec<&str> = file.lines().skip_while(|line| *line != "BEGIN:VEVENT").collect();
        let names: Vec<&str> = event.iter().map(|line| line.split([':', ';']).next().unwrap()).collect();
        assert_eq!(
            names,
            ["BEGIN", "UID", "SEQUENCE", "DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "CLASS", "END", "END"]
        );
        assert!(event.contains(&"SUMMARY:Busy"), "{file}");
        for secret in ["sam", meeting.customer.name.as_str(), &meeting.title] {
            assert!(!file.contains(secret), "{secret}: {file}");
        }
    }

    async fn a_file_has_another_tag_only_when_it_tells_something_else(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let token = made(&app, &anna, false).await;
        let start = free(&app, &anna, "meeting").await[0];
        try_book(&app, request(&anna, start, "sam@example.com")).await.unwrap();
        let first = calendar_feed::read(&app, now(), &token).await.unwrap();
        let later = calendar_feed::read(&app, now() + SignedDuration::from_mins(4), &token).await.unwrap();
        assert_eq!(first.tag, later.tag);
        assert_ne!(first.text, later.text, "DTSTAMP says when it was made");
        let read_at = calendar_feed::own(&app, &as_agent(&anna)).await.unwrap().unwrap().last_read_at;
        assert_eq!(read_at, Some(now()), "not written at every reading");
        let meeting = app.store().read(|tx| async move { tx.meetings_after(anna.id, now(), 1).await }).await.unwrap().remove(0);
        copy(&app, &meeting, 9, meeting.end, Status::Scheduled).await;
        let more = calendar_feed::read(&app, now(), &token).await.unwrap();
        assert_ne!(first.tag, more.tag);
    }
}
