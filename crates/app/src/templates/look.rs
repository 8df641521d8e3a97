//! A template looked at before it is saved: the code that sends makes the preview and the test message (T-02, T-03, T-08).

use super::{TemplateKey, is_known};
use crate::accounts::preview;
use crate::limits::{self, wanted};
use crate::meetings::list::{self, ListWhich};
use crate::outbox::{facts, is_personal, previous_agent, without_links};
use crate::{App, Ctx, Error, fields, fresh, sms};
use jiff::Timestamp;
use nameplate_domain::account::{
    Agent, EmailAddress, Language, Note, Notification, PictureKey, RecipientRole,
};
use nameplate_domain::ids::{AgentId, MeetingId, OutboxId};
use nameplate_domain::meetings::{Meeting, Party, Side, Status};
use nameplate_domain::placeholder::{Fields, Path};
use nameplate_domain::sms::Segments;
use nameplate_domain::templates::{OwnTexts, Part, Parts, TemplateName, Written};
use nameplate_i18n::{Locale, Texts};
use nameplate_notify::meeting::{MeetingFacts, MeetingNotice, PreviousAgent};
pub use nameplate_notify::templates::Shown;
use nameplate_notify::{Composed, meeting, templates};
use nameplate_store::OutboxRow;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// The kind of a test message in the outbox.
pub(crate) const TEST: &str = "template_test";
/// So many meetings to look at a template with.
const SAMPLES: usize = 10;
/// How long a page waits for what became of a test message, and how often it looks.
const WAIT: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(100);

/// The meeting that a template is looked at with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// One of the admin's own meetings; else one as it could be.
    pub meeting: Option<String>,
    /// Where the customer is; else where the meeting's is, or the admin.
    pub customer_zone: Option<String>,
}

/// A template as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which.
    pub name: TemplateName,
    /// Who reads it.
    pub to: RecipientRole,
    /// The tag of its language.
    pub language: String,
    /// What differs from the built-in texts.
    pub parts: Parts,
    /// What it is looked at with.
    pub sample: Sample,
}

/// A placeholder with what it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Its name.
    pub path: String,
    /// What people call it, where the organisation has said that.
    pub label: Option<String>,
    /// Its value in the sample; empty where it has none.
    pub value: String,
}

/// A test message in the outbox.
#[derive(Serialize, Deserialize)]
struct Test {
    author: String,
    draft: Draft,
}

impl Draft {
    fn key(&self) -> TemplateKey {
        (self.name, self.to, self.language.clone())
    }

    /// The message in which it is looked at: a signature and an entry stand in the first one.
    fn kind(&self) -> Notification {
        self.name.notification().unwrap_or(Notification::Scheduled)
    }

    fn notice<'a>(
        &self,
        facts: &'a MeetingFacts,
        test: Option<&'a EmailAddress>,
        id: OutboxId,
    ) -> MeetingNotice<'a> {
        MeetingNotice { kind: self.kind(), role: self.to, id, first: None, test, facts }
    }
}

/// The admin's latest meetings, to look at a template with.
///
/// # Errors
/// `NotSignedIn`.
pub async fn samples(app: &App, ctx: &Ctx) -> Result<Vec<Meeting>, Error> {
    let mut found = list::page(app, ctx, ListWhich::Upcoming, None).await?.meetings;
    if found.len() < SAMPLES {
        found.extend(list::page(app, ctx, ListWhich::Past, None).await?.meetings);
    }
    found.truncate(SAMPLES);
    Ok(found)
}

/// The message as its reader would get it.
///
/// # Errors
/// `NotSignedIn`; `NotFound`.
pub async fn show(app: &App, ctx: &Ctx, draft: &Draft) -> Result<Shown, Error> {
    let agent = agent_of(app, ctx.admin()?).await?;
    let facts = sample(app, &agent, draft, ctx.now).await?;
    Ok(shown(app, ctx, &agent, &draft.notice(&facts, None, OutboxId::new(Uuid::nil()))))
}

/// The text as SMS, as it takes the most messages among the admin's latest meetings and the one that was chosen (T-06); none
/// where the template leaves as none.
///
/// # Errors
/// `NotSignedIn`; `NotFound`.
pub async fn longest_sms(app: &App, ctx: &Ctx, draft: &Draft) -> Result<Option<String>, Error> {
    if !super::parts(app, &draft.key()).any(|part| part == Part::Sms) {
        return Ok(None);
    }
    let agent = agent_of(app, ctx.admin()?).await?;
    let others = samples(app, ctx).await?.into_iter();
    let others =
        others.map(|meeting| Sample { meeting: Some(meeting.id.to_string()), ..draft.sample.clone() });
    let mut longest = None;
    for sample in std::iter::once(draft.sample.clone()).chain(others) {
        let draft = Draft { sample, ..draft.clone() };
        let facts = self::sample(app, &agent, &draft, ctx.now).await?;
        let text = sms::text(app, draft.kind(), &facts);
        let size = |text: &str| (Segments::of(text).messages, Segments::of(text).characters);
        if longest.as_deref().is_none_or(|longest| size(&text) > size(longest)) {
            longest = Some(text);
        }
    }
    Ok(longest)
}

fn shown(app: &App, ctx: &Ctx, agent: &Agent, notice: &MeetingNotice<'_>) -> Shown {
    let key = agent.picture.as_ref().map(PictureKey::to_string).unwrap_or_default();
    templates::show(notice, &format!("/pictures/{key}/192.jpg"), app.tzdb(), ctx.now)
}

/// A customer's message with an agent's own texts in it, and what may stand in them.
///
/// # Errors
/// `NotSignedIn`.
pub async fn show_own(
    app: &App,
    ctx: &Ctx,
    own: &OwnTexts,
    locale: Locale,
) -> Result<(Shown, Vec<Example>), Error> {
    let agent = agent_of(app, ctx.agent()?).await?;
    let meeting = preview::meeting(app, &agent, ctx.now, locale).await?;
    let facts = facts(app, meeting, &agent, Party::Customer, ctx.now).await?;
    let facts = MeetingFacts { own: own.clone(), ..facts };
    let (kind, role) = (Notification::Scheduled, RecipientRole::Customer);
    let id = OutboxId::new(Uuid::nil());
    let notice = MeetingNotice { kind, role, id, first: None, test: None, facts: &facts };
    let examples = examples_of(app, TemplateName::Signature, &notice).await?;
    Ok((shown(app, ctx, &agent, &notice), examples))
}

async fn examples_of(
    app: &App,
    name: TemplateName,
    notice: &MeetingNotice<'_>,
) -> Result<Vec<Example>, Error> {
    let example = |path: String, label: Option<String>| Example {
        value: templates::example(notice, &path, app.tzdb()),
        path,
        label,
    };
    let known = Path::ALL.iter().filter(|path| name.has(**path));
    let known = known.map(|path| example(path.as_str().to_owned(), None));
    // Every message has an agent.
    let own = fields::list(app).await?.into_iter();
    let own = own.map(|field| example(Fields::name_of(&field.key), Some(field.draft.label.to_string())));
    let (agents, others): (Vec<_>, Vec<_>) = known.partition(|one| is_before_fields(&one.path));
    Ok(agents.into_iter().chain(own).chain(others).collect())
}

/// Profile fields stand in the list behind all else of the agent.
fn is_before_fields(path: &str) -> bool {
    path.starts_with("organisation.") || path.starts_with("agent.")
}

/// The placeholders that the template may use, with what each prints (T-04).
///
/// # Errors
/// `NotSignedIn`; `NotFound`.
pub async fn examples(app: &App, ctx: &Ctx, draft: &Draft) -> Result<Vec<Example>, Error> {
    let agent = agent_of(app, ctx.admin()?).await?;
    let facts = sample(app, &agent, draft, ctx.now).await?;
    let notice = draft.notice(&facts, None, OutboxId::new(Uuid::nil()));
    examples_of(app, draft.name, &notice).await
}

/// Sends the message to the admin's own address, through the outbox; it invites nobody.
///
/// # Errors
/// `Limited` after five in an hour; `NotSignedIn`; `NotFound`.
pub async fn send_test(app: &App, ctx: &Ctx, draft: &Draft) -> Result<OutboxId, Error> {
    let id = ctx.admin()?;
    let agent = agent_of(app, id).await?;
    if !is_known(&draft.key()) {
        return Err(Error::NotFound);
    }
    let permits = vec![wanted(app, "template-test", &app.settings().limits.template_test, &id.to_string())];
    limits::take(app, ctx, permits).await?;
    let test = Test { author: id.to_string(), draft: draft.clone() };
    let row_id = OutboxId::new(fresh::uuid());
    let row = OutboxRow {
        id: row_id,
        kind: TEST.to_owned(),
        // It waits for no other message, and none for it.
        uid: row_id.to_string(),
        recipient: agent.email.to_string(),
        role: RecipientRole::Agent.to_string(),
        meeting_id: None,
        meeting_version: 0,
        channel: nameplate_store::Channel::Email,
        body: serde_json::to_string(&test).map_err(|_| Error::Internal("a draft could not be written"))?,
        attempts: 0,
        created_at: ctx.now,
        due_at: ctx.now,
    };
    app.store().write(move |tx| async move { tx.enqueue(&row).await.map_err(Error::from) }).await?;
    app.wake_outbox();
    Ok(row_id)
}

/// What became of a test message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// `queued`, `sending`, `sent` or `dead`.
    pub state: String,
    /// What the mail server said last.
    pub answer: String,
}

/// What became of a test message, as soon as something has; after five seconds, how far it is.
///
/// # Errors
/// `NotFound`.
pub async fn outcome(app: &App, id: OutboxId) -> Result<Outcome, Error> {
    let until = tokio::time::Instant::now() + WAIT;
    loop {
        let found = app.store().read(|tx| async move { tx.outcome(id).await }).await?;
        let (state, answer) = found.ok_or(Error::NotFound)?;
        let has_news = state != "sending" && !(state == "queued" && answer.is_empty());
        if has_news || tokio::time::Instant::now() >= until {
            return Ok(Outcome { state, answer });
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The message of a row that [`send_test`] wrote; none when the admin has left.
pub(crate) async fn compose_test(app: &App, row: &OutboxRow) -> Result<Option<Composed>, Error> {
    let unreadable = || Error::Internal("the body of a message is not readable");
    let Test { author, draft } = serde_json::from_str(&row.body).map_err(|_| unreadable())?;
    let id = author.parse().map_err(|_| unreadable())?;
    let Some(agent) = app.store().read(|tx| async move { tx.agent(id).await }).await? else {
        return Ok(None);
    };
    let facts = sample(app, &agent, &draft, row.due_at).await?;
    let to = EmailAddress::stored(row.recipient.clone());
    let notice = draft.notice(&facts, Some(&to), row.id);
    let message = meeting::compose(&notice, app.tzdb(), row.due_at);
    message.map(Some).map_err(|_| Error::Internal("a message could not be composed"))
}

async fn agent_of(app: &App, id: AgentId) -> Result<Agent, Error> {
    app.store().read(|tx| async move { tx.agent(id).await }).await?.ok_or(Error::NotSignedIn)
}

/// The facts of a message with the typed texts in place of those in force.
async fn sample(app: &App, agent: &Agent, draft: &Draft, now: Timestamp) -> Result<MeetingFacts, Error> {
    if !is_known(&draft.key()) {
        return Err(Error::NotFound);
    }
    let locale = Locale::parse(&draft.language).unwrap_or_default();
    let mut agent = agent.clone();
    agent.preferences.language = Language::parse(locale.tag()).ok();
    let mut meeting = sampled(app, &agent, &draft.sample, now, locale).await?;
    locale.tag().clone_into(&mut meeting.customer.locale);
    if let Some(zone) = draft.sample.customer_zone.as_deref().and_then(|zone| app.tzdb().normalise(zone).ok())
    {
        meeting.customer_side = Side::read(app.tzdb(), &zone, meeting.start);
    }
    told(&mut meeting, (draft.kind(), draft.to), locale);
    let previous = PreviousAgent {
        name: Texts::of(locale).text("template-sample-previous-agent"),
        ..previous_agent(&agent)
    };
    let party = if draft.to == RecipientRole::Agent { Party::Agent } else { Party::Customer };
    let facts = facts(app, meeting, &agent, party, now).await?;
    let facts = if is_personal(draft.to) { facts } else { without_links(facts) };
    let written = Written::clone(&facts.written).with(draft.key(), draft.parts.clone());
    let previous_agent = (draft.kind() == Notification::Reassigned).then_some(previous);
    let guest = facts.meeting.guests.first().cloned().filter(|_| draft.to == RecipientRole::Guest);
    let note = || Note::stored(Texts::of(locale).text("template-sample-wrap-up"));
    let wrap_up = (draft.kind() == Notification::WrapUp).then(note);
    Ok(MeetingFacts { written: Arc::new(written), previous_agent, guest, wrap_up, ..facts })
}

/// The chosen meeting, else one as it could be. Its links lead nowhere: they are keys to the meeting.
async fn sampled(
    app: &App,
    agent: &Agent,
    sample: &Sample,
    now: Timestamp,
    locale: Locale,
) -> Result<Meeting, Error> {
    let id: Option<MeetingId> = sample.meeting.as_deref().and_then(|id| id.parse().ok());
    let found = match id {
        Some(id) => app.store().read(|tx| async move { tx.meeting(id).await }).await?,
        None => None,
    };
    let made_up = preview::meeting(app, agent, now, locale).await?;
    Ok(match found.filter(|meeting| meeting.agent_id == agent.id) {
        Some(meeting) => Meeting { id: made_up.id, uid: made_up.uid, ..meeting },
        None => made_up,
    })
}

/// Lets happen what the message tells.
fn told(meeting: &mut Meeting, (kind, to): (Notification, RecipientRole), locale: Locale) {
    if meeting.guests.is_empty() && (kind == Notification::Changed || to == RecipientRole::Guest) {
        meeting.guests.push(EmailAddress::stored(Texts::of(locale).text("template-sample-guest")));
    }
    let reason = || Some(Note::stored(Texts::of(locale).text("template-sample-reason")));
    match kind {
        Notification::Cancelled => {
            meeting.status = Status::Cancelled;
            meeting.cancelled_by = meeting.cancelled_by.or(Some(Party::Customer));
            meeting.reason = meeting.reason.take().or_else(reason);
        }
        Notification::Rescheduled => {
            meeting.status = Status::Scheduled;
            let day = jiff::SignedDuration::from_hours(24);
            meeting.previous = meeting.previous.or(Some((meeting.start - day, meeting.end - day)));
            meeting.reason = meeting.reason.take().or_else(reason);
        }
        Notification::Reassigned => {
            meeting.status =
                if to == RecipientRole::PreviousAgent { Status::Cancelled } else { Status::Scheduled };
            meeting.reason = meeting.reason.take().or_else(reason);
        }
        Notification::GuestRemoved => meeting.status = Status::Cancelled,
        Notification::Scheduled
        | Notification::Changed
        | Notification::GuestAdded
        | Notification::Reminder
        | Notification::StartsSoon => meeting.status = Status::Scheduled,
        Notification::WrapUp | Notification::ReviewRequest => meeting.status = Status::Completed,
        Notification::Missed => meeting.status = Status::Missed,
    }
}
