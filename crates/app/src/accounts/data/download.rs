//! All that is kept about an agent, as one file.

use super::{archive, shapes};
use crate::accounts::external_ids::ExternalIds;
use crate::accounts::sessions;
use crate::audit::{Event, Own, Recorder};
use crate::fields::{Filled, filled_in};
use crate::limits::{self, wanted};
use crate::{App, Ctx, Error, outbox};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, EmailAddress};
use nameplate_domain::ids::{AgentId, MeetingId};
use nameplate_domain::meetings::{Meeting, Review};
use nameplate_domain::templates::OwnTexts;
use nameplate_notify::ics;
use nameplate_store::{
    ApiTokenRow, AuditRow, AvailabilityRow, CalendarFeedRow, MessageRow, OidcLinkRow, PasskeyRow,
    PictureFile, ScimUserRow, SessionRow, SlugRow, Tx,
};

/// An archive with everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// `nameplate-anna-berg-2026-11-23.zip`
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Everything as the database holds it.
pub(super) struct Kept {
    pub agent: Agent,
    pub password_changed_at: Option<Timestamp>,
    pub two_step_since: Option<Timestamp>,
    pub pending_email: Option<EmailAddress>,
    pub former_emails: Vec<(EmailAddress, Timestamp)>,
    pub availability: AvailabilityRow,
    pub meeting_types: Vec<nameplate_domain::meetings::MeetingType>,
    pub slugs: Vec<SlugRow>,
    pub sessions: Vec<SessionRow>,
    pub api_tokens: Vec<ApiTokenRow>,
    pub calendar_feed: Option<CalendarFeedRow>,
    pub passkeys: Vec<PasskeyRow>,
    pub oidc_links: Vec<OidcLinkRow>,
    pub pictures: Vec<PictureFile>,
    pub meetings: Vec<Meeting>,
    pub reviews: Vec<(MeetingId, Review)>,
    pub messages: Vec<MessageRow>,
    pub activity: Vec<AuditRow>,
    pub own_texts: OwnTexts,
    pub fields: Vec<Filled>,
    pub external_ids: ExternalIds,
    pub scim: Option<ScimUserRow>,
}

/// Everything about the agent who asks.
///
/// # Errors
/// `ReauthenticationRequired`; `Limited` when it was downloaded often enough today; `NotSignedIn`.
pub async fn download(app: &App, ctx: &Ctx) -> Result<Download, Error> {
    let id = ctx.agent()?;
    if !sessions::is_recent(app, ctx) {
        return Err(Error::ReauthenticationRequired);
    }
    record(app, id, app.recorder(ctx), Some(ctx)).await?;
    file(app, id, ctx.now).await?.ok_or(Error::NotSignedIn)
}

/// Everything about the agent with this address, for whoever runs the server; none when there is no such account.
///
/// # Errors
/// The database's.
pub async fn download_for(app: &App, now: Timestamp, email: EmailAddress) -> Result<Option<Download>, Error> {
    let agent = app.store().read(|tx| async move { tx.agent_by_email(&email).await }).await?;
    let Some(agent) = agent else { return Ok(None) };
    record(app, agent.id, app.own_recorder(now, Own::CommandLine), None).await?;
    file(app, agent.id, now).await
}

/// The entry stands before the file is made, so that it is in the file, and no way leads to the file past it.
async fn record(app: &App, id: AgentId, recorder: Recorder, asked: Option<&Ctx>) -> Result<(), Error> {
    let limits = &app.settings().limits;
    let permit = limits.enabled.then(|| wanted(app, "export", &limits.export, &id.to_string()));
    let (asked, permit) = (asked.cloned(), permit.into_iter().collect::<Vec<_>>());
    app.store()
        .write(move |tx| async move {
            if let Some(ctx) = asked {
                sessions::still_in(&tx, &ctx).await?;
                limits::take_in(&tx, &ctx, &permit).await?;
            }
            recorder.add(&tx, id, Event::DataDownloaded, Vec::new()).await
        })
        .await
}

async fn file(app: &App, id: AgentId, now: Timestamp) -> Result<Option<Download>, Error> {
    let Some(kept) = app.store().read(|tx| async move { kept(&tx, id).await }).await? else {
        return Ok(None);
    };
    let facts = outbox::archived(app, &kept.agent, kept.meetings.clone(), now).await?;
    let json = |value: &serde_json::Value| {
        serde_json::to_vec_pretty(value).map_err(|_| Error::Internal("data could not be written as JSON"))
    };
    let day = app.tzdb().zone(&kept.agent.time_zone).to_datetime(now).date();
    let name = format!("nameplate-{}-{day}", kept.agent.slug);
    let mut files = vec![
        ("account.json", json(&shapes::account(app, &kept))?),
        ("meetings.json", json(&shapes::meetings(&kept, now))?),
        ("messages.json", json(&shapes::messages(&kept.messages))?),
        ("activity.json", json(&shapes::activity(&kept.activity)?)?),
        ("meetings.ics", ics::collection(&facts, app.tzdb(), now).into_bytes()),
    ]
    .into_iter()
    .map(|(file, bytes)| (format!("{name}/{file}"), bytes))
    .collect::<Vec<_>>();
    let pictures = kept.pictures.into_iter();
    files.extend(pictures.map(|file| (format!("{name}/picture-{}.jpg", file.px), file.bytes)));
    let packed = tokio::task::spawn_blocking(move || archive::pack(&files, now)).await;
    let bytes = packed.map_err(|_| Error::Internal("an archive could not be packed"))??;
    Ok(Some(Download { name: format!("{name}.zip"), bytes }))
}

async fn kept(tx: &Tx, id: AgentId) -> Result<Option<Kept>, Error> {
    let (Some(agent), Some(credentials)) = (tx.agent(id).await?, tx.credentials(id).await?) else {
        return Ok(None);
    };
    Ok(Some(Kept {
        password_changed_at: credentials.password_changed_at,
        two_step_since: tx.authenticator(id).await?.map(|app| app.created_at),
        pending_email: tx.email_change_of(id).await?.map(|change| change.new_email),
        former_emails: tx.former_emails_of(id).await?,
        availability: tx.availability(id).await?,
        meeting_types: tx.meeting_types_of(id).await?,
        slugs: tx.slugs_of(id).await?,
        sessions: tx.sessions_of(id).await?,
        api_tokens: tx.api_tokens_of(id).await?,
        calendar_feed: tx.calendar_feed_of(id).await?,
        passkeys: tx.passkeys_of(id).await?,
        oidc_links: tx.oidc_links_of(id).await?,
        pictures: tx.pictures_of(id).await?,
        meetings: tx.meetings_after(id, Timestamp::UNIX_EPOCH, u32::MAX).await?,
        reviews: tx.reviews_of(id).await?,
        messages: tx.messages_about(id).await?,
        activity: tx.audit_of(id, i64::MAX, usize::MAX).await?,
        own_texts: tx.own_texts(id).await?,
        fields: filled_in(tx, id).await?,
        external_ids: tx.external_ids(id).await?,
        scim: tx.scim_user(id).await?,
        agent,
    }))
}
