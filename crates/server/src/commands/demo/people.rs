//! The people of the demonstration, their meeting types and meetings. All names are made up.

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp, ToSpan};
use nameplate_app::accounts::add::{self, NewAgent};
use nameplate_app::accounts::profile::{self, ProfileChange};
use nameplate_app::accounts::{api_tokens, picture, set_up};
use nameplate_app::meetings::book::{BookingRequest, book};
use nameplate_app::slots::{self, Question};
use nameplate_app::{Actor, App, Ctx, Error, Refusal, meeting_types};
use nameplate_domain::account::{
    Agent, CustomerName, EmailAddress, FullName, JobTitle, Location, LocationField, LocationName,
    MeetingTypeDescription, MeetingTypeName, MeetingTypeSlug, PhoneNumber, Role, Slug,
};
use nameplate_domain::meetings::{Customer, MeetingTypeDraft};
use nameplate_domain::time::slots::Rules;
use nameplate_domain::time::{Tzdb, ZoneId};

/// Somebody who can sign in to the demonstration.
pub struct Person {
    /// The account.
    pub agent: Agent,
    /// Its password.
    pub password: String,
    /// Its API token.
    pub token: String,
}

/// Who somebody is.
struct Sketch {
    name: &'static str,
    slug: &'static str,
    role: Role,
    zone: &'static str,
    job_title: &'static str,
    office: &'static str,
    city: &'static str,
    country: &'static str,
    phone: &'static str,
    portrait: u64,
}

const ADMIN: Sketch = Sketch {
    name: "Robin Admin",
    slug: "robin",
    role: Role::Admin,
    zone: "UTC",
    job_title: "Administrator",
    office: "Head office",
    city: "",
    country: "",
    phone: "",
    portrait: 3,
};

/// The first of these whose clocks change within four months is in the demonstration; all seasons find one.
const CHANGING: [Sketch; 3] = [
    Sketch {
        name: "Anna Berg",
        slug: "anna",
        role: Role::Agent,
        zone: "America/New_York",
        job_title: "Senior mortgage adviser",
        office: "Hudson office",
        city: "New York",
        country: "US",
        phone: "+1 212 456 1414",
        portrait: 0,
    },
    Sketch {
        name: "Anna Berg",
        slug: "anna",
        role: Role::Agent,
        zone: "Europe/Amsterdam",
        job_title: "Senior mortgage adviser",
        office: "Canal office",
        city: "Amsterdam",
        country: "NL",
        phone: "+31 20 794 0800",
        portrait: 0,
    },
    Sketch {
        name: "Anna Berg",
        slug: "anna",
        role: Role::Agent,
        zone: "America/Santiago",
        job_title: "Senior mortgage adviser",
        office: "Andes office",
        city: "Santiago",
        country: "CL",
        phone: "",
        portrait: 0,
    },
];

const OTHERS: [Sketch; 2] = [
    Sketch {
        name: "Kwame Mensah",
        slug: "kwame",
        role: Role::Agent,
        zone: "Africa/Johannesburg",
        job_title: "Pension specialist",
        office: "Table Bay office",
        city: "Cape Town",
        country: "ZA",
        phone: "",
        portrait: 1,
    },
    Sketch {
        name: "Priya Sharma",
        slug: "priya",
        role: Role::Agent,
        zone: "Asia/Kolkata",
        job_title: "Insurance adviser",
        office: "Lakeside office",
        city: "Bengaluru",
        country: "IN",
        phone: "",
        portrait: 2,
    },
];

/// The admin first, then the agents; made when they are not there yet.
pub async fn all(app: &App, now: Timestamp) -> Result<Vec<Person>> {
    if !set_up::is_done(app).await? {
        app.store()
            .write(|tx| async move { set_up::name_organisation(&tx, "Nameplate demo").await })
            .await
            .context("the organisation")?;
    }
    let changing = CHANGING.iter().find(|sketch| changes_soon(app.tzdb(), sketch.zone, now));
    let [first, ..] = &CHANGING;
    let mut people = Vec::new();
    for sketch in [&ADMIN, changing.unwrap_or(first)].into_iter().chain(&OTHERS) {
        people.push(person(app, now, sketch).await.with_context(|| sketch.name)?);
    }
    Ok(people)
}

fn changes_soon(tzdb: &Tzdb, zone: &str, now: Timestamp) -> bool {
    let zone = tzdb.zone(&ZoneId::stored(zone));
    let offset = zone.to_offset(now);
    let soon = now + SignedDuration::from_hours(24 * 118);
    zone.following(now).take_while(|change| change.timestamp() < soon).any(|change| change.offset() != offset)
}

async fn person(app: &App, now: Timestamp, sketch: &Sketch) -> Result<Person> {
    // Derived from the server's key: the next start prints the same without keeping a password anywhere.
    let secret = |what: &str| app.secrets().pseudonym(&format!("demo {what}"), sketch.slug);
    let password: String = secret("password").chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    let token = format!("{}{}", api_tokens::PREFIX, secret("token"));
    let email = EmailAddress::stored(format!("{}@example.com", sketch.slug));
    let known = {
        let email = email.clone();
        app.store().read(|tx| async move { tx.agent_by_email(&email).await }).await?
    };
    if let Some(agent) = known {
        return Ok(Person { agent, password, token });
    }
    let new = NewAgent {
        name: FullName::stored(sketch.name),
        email,
        password: password.clone(),
        role: sketch.role,
        time_zone: ZoneId::stored(sketch.zone),
        slug: Some(Slug::stored(sketch.slug)),
    };
    let agent = add::add(app, now, new).await?;
    api_tokens::keep(app, now, agent.id, "Demo", &token).await?;
    let actor = Actor::Agent { id: agent.id, role: agent.role, session: None };
    let ctx = Ctx { now, actor, net: "127.0.0.1".to_owned(), user_agent: String::new(), key: None };
    let agent = fill_in(app, &ctx, sketch).await?;
    if sketch.role == Role::Agent {
        offer(app, &ctx, &agent).await?;
        some_meetings(app, &ctx, &agent).await?;
    }
    Ok(Person { agent, password, token })
}

async fn fill_in(app: &App, ctx: &Ctx, sketch: &Sketch) -> Result<Agent> {
    let parts = [
        (LocationField::Name, sketch.office),
        (LocationField::City, sketch.city),
        (LocationField::Country, sketch.country),
    ];
    let part =
        |field: LocationField| parts.iter().find(|(name, _)| *name == field).map_or("", |(_, text)| *text);
    let location = Location::parse(part).unwrap_or_default();
    let phone = PhoneNumber::parse(sketch.phone, location.country).ok();
    let change = ProfileChange {
        job_title: Some(JobTitle::parse(sketch.job_title).ok()),
        location: Some(location),
        phone_number: Some(phone),
        ..ProfileChange::default()
    };
    profile::change(app, ctx, change, |_| true).await?;
    let seed = sketch.portrait;
    let portrait = tokio::task::spawn_blocking(move || nameplate_picture::generated_portrait(seed)).await?;
    Ok(picture::set(app, ctx, portrait).await?)
}

/// The first meeting type books at once; the second shows buffers, notice and a daily limit.
async fn offer(app: &App, ctx: &Ctx, agent: &Agent) -> Result<()> {
    let draft = |slug: &str, name: &str, description: &str, rules: Rules| MeetingTypeDraft {
        slug: MeetingTypeSlug::stored(slug),
        name: MeetingTypeName::stored(name),
        description: Some(MeetingTypeDescription::stored(description)),
        place: Some(LocationName::stored("Video call")),
        rules,
    };
    let rules = |duration: u32, interval: u32, notice: u32| Rules {
        duration_minutes: duration,
        interval_minutes: interval,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        notice_minutes: notice,
        horizon_days: 60,
        daily_limit: None,
    };
    let introduction = draft(
        "introduction",
        "Introduction",
        "We get to know each other and see how I can help. Nothing to prepare.",
        rules(30, 30, 0),
    );
    let advice = draft(
        "advice",
        "Advice meeting",
        "An hour for your questions. Have your papers at hand.",
        Rules {
            buffer_before_minutes: 10,
            buffer_after_minutes: 15,
            daily_limit: Some(3),
            ..rules(60, 30, 24 * 60)
        },
    );
    let [first, ..] = &meeting_types::of(app, agent.id).await?[..] else { return Ok(()) };
    meeting_types::change(app, ctx, &first.id.to_string(), None, introduction).await?;
    meeting_types::create(app, ctx, advice).await?;
    Ok(())
}

/// A few meetings in the coming days, so that the agent's list and the mailbox are not empty.
async fn some_meetings(app: &App, ctx: &Ctx, agent: &Agent) -> Result<()> {
    const CUSTOMERS: [(&str, &str, &str); 3] = [
        ("Sam Sample", "sam@example.org", "Europe/Berlin"),
        ("Zoë O'Neill-García", "zoe@example.org", "America/New_York"),
        ("Mariam Example", "mariam@example.org", "Asia/Kathmandu"),
    ];
    let offer = slots::offer(app, agent.slug.as_str(), "introduction").await?;
    let today = app.tzdb().zone(&agent.time_zone).to_datetime(ctx.now).date();
    let question = Question {
        from: today.saturating_add(1.day()),
        to: today.saturating_add(9.days()),
        zone: agent.time_zone.clone(),
        moving: None,
    };
    let free = slots::free(app, ctx.now, &offer, &question).await?;
    for (n, (name, email, zone)) in CUSTOMERS.into_iter().enumerate() {
        let Some(start) = free.get(3 + n * 17) else { continue };
        let request = BookingRequest {
            agent: agent.id.to_string(),
            meeting_type: "introduction".to_owned(),
            start: *start,
            customer: Customer {
                name: CustomerName::stored(name),
                email: EmailAddress::stored(email),
                phone_number: None,
                locale: "en".to_owned(),
            },
            customer_zone: Some(ZoneId::stored(zone)),
            note: None,
            sms_consent: None,
        };
        let customer = Ctx { actor: Actor::Nobody, ..ctx.clone() };
        match book(app, &customer, request).await {
            Ok(_) | Err(Error::Refused(Refusal::SlotTaken(_))) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
