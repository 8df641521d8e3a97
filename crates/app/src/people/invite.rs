//! Inviting somebody: the account is there at once, and its agent chooses the first password (AD-05).

use super::{INVITATION_LIFE, locked, still_admin};
use crate::accounts::add::{self, NewAgent};
use crate::accounts::profile::{Beside, ProfileChange, put_all};
use crate::accounts::slug::SlugRules;
use crate::accounts::{own, password, set_up};
use crate::audit::{Event, Recorder};
use crate::limits::{take_in, wanted};
use crate::{App, Ctx, Error, Refusal, fresh, once, outbox, webhooks};
use jiff::Timestamp;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, FullName, Role};
use nameplate_domain::ids::{AgentId, InvitationId};
use nameplate_domain::time::ZoneId;
use nameplate_domain::webhooks::HookEvent;
use nameplate_store::{InvitationRow, OutboxRow, Tx};
use serde_json::json;

/// Who is invited.
#[derive(Debug, Clone)]
pub struct Invitee {
    /// Full name.
    pub name: FullName,
    /// Where the invitation goes, and what they sign in with.
    pub email: EmailAddress,
    /// What they may do.
    pub role: Role,
    /// What is known of them already.
    pub profile: ProfileChange,
}

/// Makes an account without a password and mails the link with which its agent chooses one. Until then nobody can book it. It begins in the time
/// zone and the language of the admin who invites, unless its profile has a zone.
///
/// # Errors
/// `Invalid` naming `email` for one that an account has, or `slug`; `Limited`; `NotSignedIn` for anybody but an admin.
pub async fn invite(app: &App, ctx: &Ctx, who: Invitee) -> Result<Agent, Error> {
    ctx.admin()?;
    let admin = own(app, ctx).await?;
    let (inner, recorder, rules) = (app.clone(), app.recorder(ctx), SlugRules::of(app));
    let agent = once::write(app, ctx, move |tx, ctx| async move {
        tx.lock_agent(admin.id).await?;
        still_admin(&tx, &ctx).await?;
        let new = begun(&admin, who);
        permit(&inner, &tx, &ctx, &new.agent).await?;
        let invited = invite_in(&inner, &tx, &ctx, (&recorder, &rules), &admin, new).await?;
        once::made(&tx, &ctx, &invited.id).await?;
        Ok(invited)
    })
    .await?;
    app.wake_outbox();
    Ok(agent)
}

/// An account as it begins, with what stands beside it.
pub(super) struct Begun {
    pub(super) agent: Agent,
    has_slug: bool,
    beside: Beside,
}

/// The account of who is invited by this admin.
pub(super) fn begun(admin: &Agent, who: Invitee) -> Begun {
    let new = NewAgent {
        name: who.name,
        email: who.email,
        password: String::new(),
        role: who.role,
        time_zone: admin.time_zone.clone(),
        slug: None,
    };
    let mut agent = add::begun(&new);
    let has_slug = who.profile.slug.is_some();
    let beside = put_all(&mut agent, who.profile);
    agent.status = AgentStatus::Invited;
    agent.preferences.language.clone_from(&admin.preferences.language);
    Begun { agent, has_slug, beside }
}

/// Writes the account and its invitation. The admin is locked and is one still.
pub(super) async fn invite_in(
    app: &App,
    tx: &Tx,
    ctx: &Ctx,
    means: (&Recorder, &SlugRules),
    admin: &Agent,
    begun: Begun,
) -> Result<Agent, Error> {
    let agent = insert_in(app, tx, ctx, means, begun).await?;
    send(tx, ctx, means.0, admin, &agent).await?;
    Ok(agent)
}

/// Writes the account alone. The admin is locked and is one still.
pub(super) async fn insert_in(
    app: &App,
    tx: &Tx,
    ctx: &Ctx,
    (recorder, rules): (&Recorder, &SlugRules),
    Begun { agent, has_slug, beside }: Begun,
) -> Result<Agent, Error> {
    let agent = add::insert(tx, recorder, agent, None, rules, has_slug, ctx.now).await?;
    beside.put_in(tx, true, agent.id).await?;
    webhooks::of_agent(app, tx, HookEvent::AgentCreated, agent.id, ctx.now).await?;
    Ok(agent)
}

/// Mails a new link; the earlier one is void.
///
/// # Errors
/// `Refused(OtherStatus)` for an account that has a password already; `Limited`; `NotFound`; `NotSignedIn` for anybody but an
/// admin.
pub async fn invite_again(app: &App, ctx: &Ctx, id: AgentId) -> Result<(), Error> {
    ctx.admin()?;
    let admin = own(app, ctx).await?;
    let (inner, ctx, recorder) = (app.clone(), ctx.clone(), app.recorder(ctx));
    app.store()
        .write(move |tx| async move {
            let agent = locked(&tx, &ctx, id, &[AgentStatus::Invited]).await?;
            permit(&inner, &tx, &ctx, &agent).await?;
            send(&tx, &ctx, &recorder, &admin, &agent).await
        })
        .await?;
    app.wake_outbox();
    Ok(())
}

pub(super) async fn permit(app: &App, tx: &Tx, ctx: &Ctx, agent: &Agent) -> Result<(), Error> {
    let limits = &app.settings().limits;
    if limits.enabled {
        let by = wanted(app, "invite", &limits.invite, &ctx.admin()?.to_string());
        take_in(tx, ctx, &[by]).await?;
    }
    permit_address(app, tx, ctx, agent).await
}

/// Of those whom a file names all may be invited at once, but none too often.
pub(super) async fn permit_address(app: &App, tx: &Tx, ctx: &Ctx, agent: &Agent) -> Result<(), Error> {
    let limits = &app.settings().limits;
    if !limits.enabled {
        return Ok(());
    }
    let to = wanted(app, "invite_address", &limits.invite_address, &agent.email.canonical());
    take_in(tx, ctx, &[to]).await
}

/// Keeps an invitation in place of the earlier one, and the mail with its link.
pub(super) async fn send(
    tx: &Tx,
    ctx: &Ctx,
    recorder: &Recorder,
    admin: &Agent,
    agent: &Agent,
) -> Result<(), Error> {
    let row = InvitationRow { id: InvitationId::new(fresh::uuid()), agent_id: agent.id, created_at: ctx.now };
    tx.put_invitation(&row).await?;
    let notice = outbox::account_message("invitation", agent, agent.email.as_str(), ctx.now);
    let body = json!({"invitation": row.id.to_string(), "by": admin.name}).to_string();
    tx.enqueue(&OutboxRow { body, ..notice }).await?;
    recorder.add(tx, agent.id, Event::Invited, Vec::new()).await
}

/// The link of an account's invitation, for an admin who passes it on another way.
///
/// # Errors
/// `Refused(LinkDead)` when there is none that works; `NotSignedIn` for anybody but an admin.
pub async fn link(app: &App, ctx: &Ctx, id: AgentId) -> Result<String, Error> {
    ctx.admin()?;
    let now = ctx.now;
    let row = app.store().read(|tx| async move { tx.invitation_of(id).await }).await?;
    let row =
        row.filter(|row| now.duration_since(row.created_at) < INVITATION_LIFE).ok_or(Refusal::LinkDead)?;
    Ok(url(app, row.id))
}

/// The link of an invitation and until when it works; none when it is void.
pub(crate) async fn invitation(app: &App, id: InvitationId) -> Result<Option<(String, Timestamp)>, Error> {
    let row = app.store().read(|tx| async move { tx.invitation(id).await }).await?;
    Ok(row.map(|row| (url(app, id), row.created_at + INVITATION_LIFE)))
}

/// The address of the page on which the password is chosen.
fn url(app: &App, id: InvitationId) -> String {
    app.url(&format!("/invite/{}", app.secrets().invitation_link(id)))
}

/// The account that a link was mailed for.
///
/// # Errors
/// `Refused(LinkDead)`.
pub async fn look_up(app: &App, ctx: &Ctx, token: &str) -> Result<Agent, Error> {
    let (id, now) = (app.secrets().read_invitation_link(token).ok_or(Refusal::LinkDead)?, ctx.now);
    app.store()
        .read(|tx| async move {
            let agent = invited(&tx, id, now).await?;
            tx.agent(agent).await?.filter(is_invited).ok_or(Refusal::LinkDead.into())
        })
        .await
}

async fn invited(tx: &Tx, id: InvitationId, now: Timestamp) -> Result<AgentId, Error> {
    let row = tx.invitation(id).await?.ok_or(Refusal::LinkDead)?;
    if now.duration_since(row.created_at) < INVITATION_LIFE {
        Ok(row.agent_id)
    } else {
        Err(Refusal::LinkDead.into())
    }
}

fn is_invited(agent: &Agent) -> bool {
    agent.status == AgentStatus::Invited
}

/// Sets the first password, and the name and time zone as the agent confirmed them: from now on the account works. Nobody is signed in.
///
/// # Errors
/// `Refused(LinkDead)`; `Invalid` naming `new_password`.
pub async fn accept(
    app: &App,
    ctx: &Ctx,
    token: &str,
    (name, time_zone): (FullName, ZoneId),
    new_password: &str,
) -> Result<Agent, Error> {
    let mut seen = look_up(app, ctx, token).await?;
    let invitation = app.secrets().read_invitation_link(token).ok_or(Refusal::LinkDead)?;
    let organisation = set_up::organisation_name(app).await?;
    seen.name = name.clone();
    let minimum = app.settings().password_policy.minimum(false);
    let hash = password::hash_new(app, ("new_password", new_password), minimum, &seen, &organisation).await?;
    let (inner, id, now, recorder) = (app.clone(), seen.id, ctx.now, app.recorder(ctx));
    let accepted = app
        .store()
        .write(move |tx| async move {
            tx.lock_agent(id).await?;
            // Whoever was faster with the same link, or an admin meanwhile, made it void.
            invited(&tx, invitation, now).await?;
            let mut agent = tx.agent(id).await?.filter(is_invited).ok_or(Refusal::LinkDead)?;
            let credentials = tx.credentials(id).await?.ok_or(Refusal::LinkDead)?;
            let hash = (hash.phc.as_str(), hash.stands_alone);
            if !tx.set_password(id, hash, credentials.credential_version, now).await? {
                return Err(Error::Stale);
            }
            agent.status = AgentStatus::Active;
            agent.name = name;
            agent.time_zone = time_zone;
            if !tx.save_agent(&agent, now).await? {
                return Err(Error::Stale);
            }
            tx.delete_invitations(id).await?;
            webhooks::of_agent(&inner, &tx, HookEvent::AgentUpdated, id, now).await?;
            recorder.add(&tx, id, Event::InvitationAccepted, Vec::new()).await?;
            Ok(agent)
        })
        .await?;
    app.wake_webhooks();
    Ok(accepted)
}
