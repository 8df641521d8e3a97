//! A typed client of the REST API: books the first free time of an agent, moves the meeting to the next one and cancels it.
//!
//! `cargo run -p nameplate-server --example book -- http://localhost:8080 anna`
//!
//! It books for real: try it on the demonstration (`cargo run --release -- demo`).

use anyhow::{Context as _, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Debug, Deserialize)]
struct MeetingType {
    slug: String,
    name: String,
    duration_minutes: u32,
}

/// What customers see of an agent.
#[derive(Debug, Deserialize)]
struct Card {
    name: String,
    time_zone: String,
    meeting_types: Vec<MeetingType>,
}

#[derive(Debug, Deserialize)]
struct Slot {
    start: Timestamp,
    /// The same instant on the clock of the zone that was asked for.
    local: String,
}

#[derive(Debug, Deserialize)]
struct Slots {
    slots: Vec<Slot>,
}

#[derive(Debug, Serialize)]
struct Customer<'a> {
    name: &'a str,
    email: &'a str,
    time_zone: &'a str,
}

#[derive(Debug, Serialize)]
struct BookingWish<'a> {
    agent: &'a str,
    meeting_type: &'a str,
    start: Timestamp,
    customer: Customer<'a>,
}

#[derive(Debug, Serialize)]
struct Move {
    start: Timestamp,
}

#[derive(Debug, Serialize)]
struct Cancellation<'a> {
    reason: &'a str,
}

#[derive(Debug, Deserialize)]
struct Meeting {
    id: String,
    status: String,
    manage_url: String,
}

impl Meeting {
    /// The customer's personal token: good for this meeting alone.
    fn token(&self) -> &str {
        self.manage_url.rsplit('/').next().unwrap_or_default()
    }
}

/// An answer of the server that is no success. `code` stays what it is, `detail` is for people.
#[derive(Debug, Deserialize)]
struct Problem {
    code: String,
    title: String,
    detail: Option<String>,
}

struct Client {
    http: reqwest::Client,
    base: Url,
}

impl Client {
    fn new(base: &str) -> anyhow::Result<Self> {
        // TLS takes its cryptography from ring here; any other provider of rustls does as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
        Ok(Self { http, base: base.parse()? })
    }

    async fn card(&self, agent: &str) -> anyhow::Result<Card> {
        self.send(Method::GET, &["agents", agent, "public"], &[], None::<&()>, None).await
    }

    async fn slots(
        &self,
        agent: &str,
        meeting_type: &str,
        days: (Date, Date),
        zone: &str,
    ) -> anyhow::Result<Vec<Slot>> {
        let (from, to) = (days.0.to_string(), days.1.to_string());
        let query = [("meeting_type", meeting_type), ("from", &from), ("to", &to), ("time_zone", zone)];
        let slots: Slots =
            self.send(Method::GET, &["agents", agent, "slots"], &query, None::<&()>, None).await?;
        Ok(slots.slots)
    }

    async fn book(&self, wish: &BookingWish<'_>) -> anyhow::Result<Meeting> {
        self.send(Method::POST, &["meetings"], &[], Some(wish), None).await
    }

    async fn reschedule(&self, meeting: &Meeting, start: Timestamp) -> anyhow::Result<Meeting> {
        let path = ["meetings", &meeting.id];
        self.send(Method::PATCH, &path, &[], Some(&Move { start }), Some(meeting.token())).await
    }

    async fn cancel(&self, meeting: &Meeting, reason: &str) -> anyhow::Result<Meeting> {
        let path = ["meetings", &meeting.id];
        self.send(Method::DELETE, &path, &[], Some(&Cancellation { reason }), Some(meeting.token())).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<&impl Serialize>,
        token: Option<&str>,
    ) -> anyhow::Result<T> {
        let mut url = self.base.clone();
        let Ok(mut segments) = url.path_segments_mut() else { bail!("{} is no base of paths", self.base) };
        segments.pop_if_empty().extend(["api", "v1"]).extend(path);
        drop(segments);
        let mut request = self.http.request(method, url).header(ACCEPT_LANGUAGE, "en").query(query);
        if let Some(body) = body {
            // A server that gets the same key again does nothing twice: whoever tries again sends it again.
            #[expect(clippy::disallowed_methods, reason = "a client makes its own keys")]
            let key = uuid::Uuid::now_v7().to_string();
            request = request.header("Idempotency-Key", key).header(CONTENT_TYPE, "application/json");
            request = request.body(serde_json::to_vec(body)?);
        }
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.bytes().await?;
        if status.is_success() {
            return Ok(serde_json::from_slice(&text)?);
        }
        // What is no problem does not come from the server itself but from a proxy before it.
        let problem: Problem = serde_json::from_slice(&text).with_context(|| status.to_string())?;
        bail!("{} ({})", problem.detail.unwrap_or(problem.title), problem.code);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let [base, agent] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().ok().context("URL and slug, please")?;
    let client = Client::new(&base)?;
    let card = client.card(&agent).await?;
    let zone = card.time_zone.as_str();
    let kind = card.meeting_types.first().context("the agent has no meeting type")?;
    println!("{}: {}, {} minutes", card.name, kind.name, kind.duration_minutes);
    #[expect(clippy::disallowed_methods, reason = "a client has a clock of its own")]
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    // From yesterday on, as the agent's day may be behind that of UTC: times that are over are not among the answer.
    let slots = client.slots(&agent, &kind.slug, (today - 1.day(), today + 14.days()), zone).await?;
    let [first, second, ..] = slots.as_slice() else { bail!("no two free times in two weeks") };
    let customer = Customer { name: "Zoë Example", email: "zoe@example.com", time_zone: zone };
    let wish = BookingWish { agent: &agent, meeting_type: &kind.slug, start: first.start, customer };
    let meeting = client.book(&wish).await?;
    println!("{}: {} ({zone})", meeting.status, first.local);
    let meeting = client.reschedule(&meeting, second.start).await?;
    println!("{}: {} ({zone})", meeting.status, second.local);
    let meeting = client.cancel(&meeting, "Only an example").await?;
    println!("{}", meeting.status);
    Ok(())
}
