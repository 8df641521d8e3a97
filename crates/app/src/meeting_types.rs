//! What can be booked with an agent.

use crate::{App, Ctx, Error, fresh, once};
use nameplate_domain::account::Problem;
use nameplate_domain::ids::{AgentId, MeetingTypeId};
use nameplate_domain::meetings::{MeetingType, MeetingTypeDraft};
use nameplate_store::{Constraint, Error as StoreError, Tx};

/// The meeting types of an agent in the order of their making.
///
/// # Errors
/// The database's.
pub async fn of(app: &App, agent: AgentId) -> Result<Vec<MeetingType>, Error> {
    Ok(app.store().read(|tx| async move { tx.meeting_types_of(agent).await }).await?)
}

/// One of the agent's meeting types, by slug or id.
///
/// # Errors
/// `NotFound`, also for another agent's.
pub async fn find(app: &App, agent: AgentId, slug_or_id: &str) -> Result<MeetingType, Error> {
    let wanted = slug_or_id.to_owned();
    app.store().read(|tx| async move { find_in(&tx, agent, &wanted).await }).await?.ok_or(Error::NotFound)
}

pub(crate) async fn find_in(tx: &Tx, agent: AgentId, slug_or_id: &str) -> Result<Option<MeetingType>, Error> {
    if !slug_or_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
        return Ok(None);
    }
    let Ok(id) = slug_or_id.parse::<MeetingTypeId>() else {
        return Ok(tx.meeting_type_by_slug(agent, &slug_or_id.to_lowercase()).await?);
    };
    let own = tx.meeting_types_of(agent).await?;
    Ok(own.into_iter().find(|meeting_type| meeting_type.id == id))
}

/// Adds a meeting type to the agent who asks.
///
/// # Errors
/// `Invalid` when the slug is taken.
pub async fn create(app: &App, ctx: &Ctx, draft: MeetingTypeDraft) -> Result<MeetingType, Error> {
    let meeting_type = MeetingType {
        id: MeetingTypeId::new(fresh::uuid()),
        agent_id: ctx.agent()?,
        slug: draft.slug,
        name: draft.name,
        description: draft.description,
        place: draft.place,
        rules: draft.rules,
        version: 1,
    };
    let written = meeting_type.clone();
    once::write(app, ctx, move |tx, ctx| async move {
        tx.insert_meeting_type(&written, ctx.now).await.map_err(taken)?;
        once::made(&tx, &ctx, &written.id).await
    })
    .await?;
    Ok(meeting_type)
}

/// Changes a meeting type of the agent who asks. Booked meetings keep their length and buffers.
///
/// # Errors
/// `NotFound`; `Stale` when `version` is not the latest; `Invalid` when the slug is taken.
pub async fn change(
    app: &App,
    ctx: &Ctx,
    id: &str,
    version: Option<i64>,
    draft: MeetingTypeDraft,
) -> Result<MeetingType, Error> {
    let found = find(app, ctx.agent()?, id).await?;
    let changed = MeetingType {
        slug: draft.slug,
        name: draft.name,
        description: draft.description,
        place: draft.place,
        rules: draft.rules,
        version: version.unwrap_or(found.version),
        ..found
    };
    let written = changed.clone();
    let saved =
        once::write(
            app,
            ctx,
            move |tx, _| async move { tx.save_meeting_type(&written).await.map_err(taken) },
        )
        .await?;
    if saved { Ok(MeetingType { version: changed.version + 1, ..changed }) } else { Err(Error::Stale) }
}

/// Takes a meeting type off the page of the agent who asks; its meetings stay.
///
/// # Errors
/// `NotFound`.
pub async fn delete(app: &App, ctx: &Ctx, id: &str) -> Result<(), Error> {
    let (found, now) = (find(app, ctx.agent()?, id).await?, ctx.now);
    once::write(
        app,
        ctx,
        move |tx, _| async move { Ok(tx.delete_meeting_type(found.id, now).await.map(drop)?) },
    )
    .await
}

fn taken(error: StoreError) -> Error {
    match error {
        StoreError::Conflict(Constraint::MeetingTypeSlug) => Error::invalid("slug", Problem::SlugTaken),
        other => other.into(),
    }
}
