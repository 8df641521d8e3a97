//! What an erasure must leave alone, and what it waits for (`security.md` B13).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{PASSWORD, Recorder, agent, app, as_agent, free, now, request, try_book};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::data::{self, MeetingsUntil};
use nameplate_app::accounts::{email_change, find, password};
use nameplate_app::mailbox::{self, Mailbox};
use nameplate_app::outbox::{Transport, send_due};
use nameplate_app::{App, Ctx, Error};
use nameplate_domain::account::{Agent, EmailAddress};
use nameplate_testkit::both_engines;
use nameplate_testkit::past::past_the_store;
use std::sync::Arc;

const fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

fn the_day() -> Timestamp {
    now() + days(14)
}

async fn close_at(app: &App, agent: &Agent, at: Timestamp) {
    let ctx = Ctx { now: at, ..as_agent(agent) };
    data::close(app, &ctx, agent.slug.as_str(), MeetingsUntil::Erased).await.unwrap();
}

/// Sends what waits into the mailbox of the same database.
async fn deliver(app: &App) {
    let transport: Arc<dyn Transport> = Arc::new(Mailbox::new(app.clone(), now));
    while send_due(app, &transport, now).await.unwrap() {}
}

both_engines! {
    async fn sec_b13_the_messages_of_others_stay_whatever_address_was_typed(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        // Never confirmed: it is a colleague's, who gets an account of their own.
        let typed = EmailAddress::parse("bert@example.com").unwrap();
        email_change::request(&app, &as_agent(&anna), typed, None).await.unwrap();
        let bert = agent(&app, "bert").await;
        password::change(&app, &as_agent(&bert), PASSWORD, "violet trains hum at dawn", false).await.unwrap();
        deliver(&app).await;
        close_at(&app, &anna, now()).await;
        deliver(&app).await;
        assert_eq!(data::erase_due(&app, the_day()).await.unwrap(), 1);
        let left = mailbox::list(&app).await.unwrap();
        let left: Vec<_> = left.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(left, [("password_changed", "bert@example.com")]);
    }

    async fn one_account_that_cannot_be_erased_holds_up_no_other(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, bert) = (agent(&app, "anna").await, agent(&app, "bert").await);
        close_at(&app, &anna, now()).await;
        close_at(&app, &bert, now() + SignedDuration::from_mins(1)).await;
        Arc::new(Recorder::default()).drain(&app, the_day).await;
        let broken = "UPDATE agents SET visibility = '{' WHERE slug = 'anna'";
        assert_eq!(past_the_store(database.url(), broken).await, None);
        let erased = data::erase_due(&app, the_day() + days(1)).await;
        assert!(matches!(erased, Err(Error::Store(_))), "{erased:?}");
        assert!(matches!(find(&app, "bert").await, Err(Error::NotFound)), "it came after the other");
    }

    async fn a_cancellation_that_could_not_be_delivered_is_seen_for_a_week(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await.remove(0);
        let mut far = try_book(&app, request(&anna, start, "sam@example.com")).await.unwrap().meeting;
        let id = far.id.to_string();
        let id = format!("{}{}", &id[..34], if id.ends_with("ff") { "00" } else { "ff" });
        far.id = id.parse().unwrap();
        far.uid = format!("{id}@meet.example.com");
        for instant in [&mut far.start, &mut far.end, &mut far.busy.from, &mut far.busy.until] {
            *instant += days(28);
        }
        app.store().write(move |tx| async move { tx.insert_meeting(&far).await }).await.unwrap();
        close_at(&app, &anna, now()).await;
        assert_eq!(data::erase_due(&app, the_day()).await.unwrap(), 0, "its messages leave first");
        Arc::new(Recorder::default()).drain(&app, the_day).await;
        let dead = "UPDATE outbox SET state = 'dead' WHERE kind = 'meeting_cancelled' AND role = 'customer'";
        assert_eq!(past_the_store(database.url(), dead).await, None);
        let almost = the_day() + days(7) - SignedDuration::from_secs(1);
        assert_eq!(data::erase_due(&app, almost).await.unwrap(), 0, "somebody may still tell the customer");
        assert_eq!(data::erase_due(&app, the_day() + days(7)).await.unwrap(), 1);
    }
}
