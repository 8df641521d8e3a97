//! Signing in and out, and recognising a signed-in browser.

use super::step_up::{self, Purpose};
use crate::audit::{Change, Event, Recorder};
use crate::beat::Beats;
use crate::limits::{self, wanted};
use crate::secrets::{hash, hex};
use crate::{Actor, App, Ctx, Error, SignedIn, fresh};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::password::Password;
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, Role};
use nameplate_domain::ids::AgentId;
use nameplate_domain::time::ZoneId;
use nameplate_store::{Credentials, OidcLinkRow, PendingSignInRow, SessionRow, Tx};

/// Last use is written this often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// How many right passwords of one account wait for their code at once; older ones are void.
const WAITING: u32 = 100;

/// A recognised session.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// The account.
    pub agent: Agent,
    /// The session.
    pub session: SignedIn,
}

impl Recognised {
    /// The actor of requests of this session.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Agent { id: self.agent.id, role: self.agent.role, session: Some(self.session) }
    }
}

/// The browser in which somebody signs in.
#[derive(Debug, Clone, Copy)]
pub struct Browser<'a> {
    /// As it names itself.
    pub user_agent: &'a str,
    /// What it kept from the last sign-in, if anything.
    pub known: Option<&'a str>,
}

/// What the browser keeps of a sign-in, each in a cookie of its own.
pub struct SignIn {
    /// The token of the new session.
    pub session: String,
    /// By which the browser is known at the next sign-in of this account.
    pub known: String,
}

/// How far a right password leads.
pub enum Entered {
    /// Into a new session.
    Session(SignIn),
    /// To the second step: nobody is signed in, and with this token, for a cookie alone, the first step counts for ten minutes.
    CodeAsked(String),
    /// Nowhere: the account is closed, and erased at this time, told in the account's zone. The link that keeps it was mailed again.
    Closed(Timestamp, ZoneId),
}

/// Signs in by password, or takes the first of two steps.
///
/// # Errors
/// `WrongCredentials` alike for an unknown address, a wrong password and a disabled account; `Limited`; `Busy`.
pub async fn sign_in(
    app: &App,
    ctx: &Ctx,
    email: &str,
    password: &str,
    browser: Browser<'_>,
) -> Result<Entered, Error> {
    let ctx = &Ctx { user_agent: browser.user_agent.to_owned(), ..ctx.clone() };
    let beats = Beats::start();
    let email = EmailAddress::parse(email).ok();
    let password = Password::typed(password).ok();
    let address = email.clone();
    let credentials = app
        .store()
        .read(|tx| async move {
            match &address {
                Some(address) => tx.credentials_by_email(address).await,
                None => Ok(None),
            }
        })
        .await?;
    let account = match &credentials {
        Some(known) => known.agent_id.to_string(),
        None => email.map(|email| email.canonical()).unwrap_or_default(),
    };
    let id = credentials.as_ref().map(|known| known.agent_id);
    let life = app.settings().sessions.known_device;
    let device = credentials.as_ref().zip(browser.known).and_then(|(known, token)| {
        let account = (known.agent_id, known.credential_version);
        app.secrets().read_known_device(token, account, ctx.now, life)
    });
    let signing_in = async {
        let stored = credentials.as_ref().and_then(|known| known.password_hash.clone());
        let typed = password.clone();
        let fits = match password {
            Some(password) => app.passwords().verify(password, stored).await?,
            None => false,
        };
        let known = credentials.filter(|_| fits).ok_or(Error::WrongCredentials)?;
        if known.status == AgentStatus::Closed
            && let Some((erased_at, zone)) = super::data::remind(app, ctx, known.agent_id).await?
        {
            return Ok(Entered::Closed(erased_at, zone));
        }
        if known.status != AgentStatus::Active {
            return Err(Error::WrongCredentials);
        }
        if let Some(password) = typed {
            super::password::strengthen(app, &known, password).await;
        }
        let token = fresh::token();
        Ok(if start(app, ctx, &known, &token, None).await? {
            Entered::Session(keepsake(app, ctx, &known, token))
        } else {
            Entered::CodeAsked(token)
        })
    };
    let wrong = |error: &Error| matches!(error, Error::WrongCredentials);
    let permits = permits(app, ctx, &account, device);
    let entered = limits::spend(app, ctx, permits, wrong, signing_in).await;
    if let Err(Error::WrongCredentials) = entered {
        let answer = beats.second();
        refused(app, ctx, id).await?;
        answer.await;
    }
    entered
}

/// What the browser keeps of a session that was just started.
pub(super) fn keepsake(app: &App, ctx: &Ctx, checked: &Credentials, session: String) -> SignIn {
    let account = (checked.agent_id, checked.credential_version);
    SignIn { session, known: app.secrets().known_device(account, fresh::bytes(), ctx.now) }
}

/// Records a refused sign-in. One for an address that nobody has leaves no entry.
async fn refused(app: &App, ctx: &Ctx, account: Option<AgentId>) -> Result<(), Error> {
    let Some(account) = account else {
        // The address is somebody's all the same: it stays out of the log.
        tracing::info!(target: "security", event = "sign_in_refused", net = ctx.net, account = "unknown");
        return Ok(());
    };
    record_refusal(app, ctx, account, Event::SignInRefused).await
}

/// Records that somebody was refused who is not signed in.
pub(super) async fn record_refusal(
    app: &App,
    ctx: &Ctx,
    account: AgentId,
    event: Event,
) -> Result<(), Error> {
    let recorder = app.recorder(ctx);
    app.store().write(move |tx| async move { recorder.add_refusal(&tx, account, event).await }).await
}

/// What a failed sign-in costs. A browser from which the account was signed in to has tries of its own: those that
/// somebody else uses up elsewhere do not lock the owner out (A8).
fn permits(app: &App, ctx: &Ctx, account: &str, device: Option<[u8; 16]>) -> Vec<limits::Wanted> {
    let limits = &app.settings().limits;
    let net = wanted(app, "login_net", &limits.login_net, &ctx.net);
    if let Some(id) = device {
        let subject = format!("{account} device {}", hex(&id));
        vec![net, wanted(app, "login_pair", &limits.login_pair, &subject)]
    } else {
        let all = wanted(app, "login_account", &limits.login_account, account);
        vec![net, all, pair(app, ctx, account)]
    }
}

/// Tries of an account's password from one network.
pub(super) fn pair(app: &App, ctx: &Ctx, account: &str) -> limits::Wanted {
    wanted(app, "login_pair", &app.settings().limits.login_pair, &format!("{account} {}", ctx.net))
}

/// Starts a session; false when the account asks for a second step, for which the token then waits. Where an identity
/// provider stands for the password, it must still be the account's; and as it may have asked nothing, the session is no
/// fresh proof of who it is.
pub(super) async fn start(
    app: &App,
    ctx: &Ctx,
    known: &Credentials,
    token: &str,
    by: Option<(OidcLinkRow, String)>,
) -> Result<bool, Error> {
    let mut session = row(ctx, known.agent_id, token, &ctx.user_agent);
    if by.is_some() {
        session.authenticated_at = Timestamp::UNIX_EPOCH;
    }
    let (checked, keep) = (known.credential_version, app.settings().sessions.per_account);
    let recorder = signed_in_recorder(app, ctx, known, &session);
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(session.agent_id).await?;
            let provider = match by {
                Some((link, name)) if tx.use_oidc_link(&link, session.created_at).await? => Some(name),
                Some(_) => return Err(Error::WrongCredentials),
                None => None,
            };
            if tx.authenticator(session.agent_id).await?.is_none() {
                insert_in(&tx, &session, checked, keep).await?;
                recorder.add(&tx, session.agent_id, Event::SignIn, by_provider(provider)).await?;
                return Ok(true);
            }
            let pending = PendingSignInRow {
                token_hash: session.token_hash,
                agent_id: session.agent_id,
                credential_version: checked,
                created_at: session.created_at,
                client_net: session.client_net,
                user_agent: session.user_agent,
                provider,
                told: false,
            };
            // The room is made first: of those of one instant, any may be the one that goes.
            tx.trim_pending_sign_ins(session.agent_id, WAITING - 1).await?;
            tx.insert_pending_sign_in(&pending).await?;
            Ok(false)
        })
        .await
}

/// What the entry of a sign-in says where an identity provider stood for the password.
pub(super) fn by_provider(name: Option<String>) -> Vec<Change> {
    name.map(|name| Change::added("provider", name)).into_iter().collect()
}

/// Records what a request did that has just shown who asks.
pub(super) fn signed_in_recorder(
    app: &App,
    ctx: &Ctx,
    known: &Credentials,
    session: &SessionRow,
) -> Recorder {
    let own = Actor::Agent { id: known.agent_id, role: known.role, session: Some(signed_in(session)) };
    app.recorder(&Ctx { actor: own, user_agent: session.user_agent.clone(), ..ctx.clone() })
}

/// A session that begins now.
pub(super) fn row(ctx: &Ctx, agent_id: AgentId, token: &str, user_agent: &str) -> SessionRow {
    SessionRow {
        token_hash: hash(token),
        agent_id,
        created_at: ctx.now,
        last_seen_at: ctx.now,
        authenticated_at: ctx.now,
        user_agent: user_agent.chars().filter(|c| !c.is_control()).take(300).collect(),
        client_net: ctx.net.clone(),
    }
}

/// Keeps a session of an account that was checked outside this transaction: its credentials must still be those, and stay
/// them.
pub(super) async fn insert_in(tx: &Tx, session: &SessionRow, checked: i64, keep: u32) -> Result<(), Error> {
    tx.lock_agent(session.agent_id).await?;
    let still = tx.credentials(session.agent_id).await?;
    if still.is_none_or(|now| now.credential_version != checked || now.status != AgentStatus::Active) {
        return Err(Error::WrongCredentials);
    }
    tx.trim_sessions(session.agent_id, keep.saturating_sub(1)).await?;
    Ok(tx.insert_session(session).await?)
}

/// The session of a cookie's token, if it is alive.
///
/// # Errors
/// The database's.
pub async fn recognise(app: &App, now: Timestamp, token: &str) -> Result<Option<Recognised>, Error> {
    let token_hash = hash(token);
    let found = app
        .store()
        .read(|tx| async move {
            let Some(session) = tx.session(&token_hash).await? else { return Ok::<_, Error>(None) };
            let agent = tx.agent(session.agent_id).await?;
            Ok(agent.map(|agent| (session, agent)))
        })
        .await?;
    let Some((session, agent)) = found else { return Ok(None) };
    let (unused, at_last) = ends(app, &session, agent.role);
    if agent.status != AgentStatus::Active || unused.min(at_last) <= now {
        return Ok(None);
    }
    if now.duration_since(session.last_seen_at) > SEEN_EVERY {
        let touched = app.store().write(move |tx| async move { tx.touch_session(&token_hash, now).await });
        if let Err(error) = touched.await {
            // Reading goes on when the database takes no writes.
            tracing::warn!(?error, "the last use of a session could not be noted");
        }
    }
    Ok(Some(Recognised { agent, session: signed_in(&session) }))
}

/// When a session ends by itself: some time after its last use, and at the latest some time after its start.
pub(super) fn ends(app: &App, session: &SessionRow, role: Role) -> (Timestamp, Timestamp) {
    let sessions = &app.settings().sessions;
    let (idle, absolute) = match role {
        Role::Admin => (sessions.admin_idle, sessions.admin_absolute),
        Role::Agent | Role::Manager => (sessions.idle, sessions.absolute),
    };
    (session.last_seen_at + idle, session.created_at + absolute)
}

/// Ends the session of this token.
///
/// # Errors
/// The database's.
pub async fn sign_out(app: &App, ctx: &Ctx, token: &str) -> Result<(), Error> {
    end(app, ctx, hash(token), Event::SignOut).await
}

/// Ends the session whose token has this hash, and records it as `event`.
pub(super) async fn end(app: &App, ctx: &Ctx, token_hash: [u8; 32], event: Event) -> Result<(), Error> {
    let recorder = app.recorder(ctx);
    app.store()
        .write(move |tx| async move {
            let Some(session) = tx.session(&token_hash).await? else { return Ok(()) };
            tx.delete_session(&token_hash).await?;
            let device = Change::removed("device", &session.user_agent);
            recorder.add(&tx, session.agent_id, event, vec![device]).await
        })
        .await
}

/// The session as its requests carry it.
const fn signed_in(session: &SessionRow) -> SignedIn {
    SignedIn { token_hash: session.token_hash, authenticated_at: session.authenticated_at }
}

/// What somebody gives to prove anew who they are.
#[derive(Clone, Copy, Default)]
pub struct Proof<'a> {
    /// The current password.
    pub password: Option<&'a str>,
    /// A code of the app or a recovery code, for accounts with two-step sign-in. A browser need not give it when it passed
    /// both steps just now.
    pub code: Option<&'a str>,
}

impl<'a> From<&'a str> for Proof<'a> {
    fn from(password: &'a str) -> Self {
        Self { password: Some(password), code: None }
    }
}

impl<'a> From<Option<&'a str>> for Proof<'a> {
    fn from(password: Option<&'a str>) -> Self {
        Self { password, code: None }
    }
}

/// Refuses when the session that asks ended after the request began. Asked under the agent's lock by whatever makes a new
/// way into the account: a request whose body comes slowly must not outlive the end of its session.
pub(super) async fn still_in(tx: &Tx, ctx: &Ctx) -> Result<(), Error> {
    match ctx.actor {
        Actor::Agent { session: Some(session), .. } if tx.session(&session.token_hash).await?.is_none() => {
            Err(Error::NotSignedIn)
        }
        _ => Ok(()),
    }
}

/// Refuses unless who asks was shown recently in this session, or is shown now.
///
/// # Errors
/// `ReauthenticationRequired` without a password (or, by API token, a code where one is needed); `Invalid` naming
/// `current_password` or `code`; `Limited`.
pub async fn reauthenticate(app: &App, ctx: &Ctx, proof: impl Into<Proof<'_>>) -> Result<(), Error> {
    let checked = step_up::check(app, ctx, Purpose::Recent, proof.into()).await?;
    step_up::spend(app, ctx, &checked).await
}

/// Whether the agent was asked recently in this session who they are: the sign-in is no such time.
///
/// # Errors
/// The database's.
pub async fn is_confirmed(app: &App, ctx: &Ctx) -> Result<bool, Error> {
    let Actor::Agent { session: Some(session), .. } = ctx.actor else { return Ok(false) };
    let at = app.store().read(|tx| async move { tx.session_confirmed_at(&session.token_hash).await }).await?;
    Ok(at.is_some_and(|at| ctx.now.duration_since(at) <= app.settings().sessions.recent_auth))
}

/// Whether a password was given recently in this session.
#[must_use]
pub fn is_recent(app: &App, ctx: &Ctx) -> bool {
    let Actor::Agent { session: Some(session), .. } = ctx.actor else { return false };
    ctx.now.duration_since(session.authenticated_at) <= app.settings().sessions.recent_auth
}
