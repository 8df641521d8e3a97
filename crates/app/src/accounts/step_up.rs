//! Showing anew who one is, before what could give the account away (`ux.md` S-13; `security.md` A4, A16, P2).
//!
//! With two-step sign-in a password alone is never enough: a code comes with it, unless the session passed both steps just
//! now. A passkey is both factors, so one that was asked for just now, after the sign-in, stands for all of it.

use super::sessions::{self, Proof};
use super::{passkeys, two_step};
use crate::audit::Event;
use crate::limits::{self, wanted};
use crate::secrets::url_safe;
use crate::{Actor, App, Ctx, Error, Invalid, SignedIn};
use nameplate_domain::account::Problem;
use nameplate_domain::account::password::Password;
use nameplate_domain::ids::AgentId;
use nameplate_store::{Credentials, Tx};

/// What somebody must show for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Something for which a sign-in of just now is enough.
    Recent,
    /// Another password: the current one is asked for even after a sign-in of just now.
    Password,
    /// Turning two-step sign-in off: both factors are asked for.
    SecondFactor,
    /// To have shown it for some minutes: both factors are asked for, also after a passkey.
    Confirm,
}

/// What is asked of the one who is signed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asks {
    /// The current password.
    pub password: bool,
    /// A code of the app, or a recovery code.
    pub code: bool,
    /// Whether a passkey does instead.
    pub passkey: bool,
}

/// Who somebody turned out to be. A code that came along is good, or not, only when it is spent.
pub(crate) struct Checked {
    pub(crate) credentials: Credentials,
    code: Option<String>,
}

struct State {
    credentials: Credentials,
    two_step: bool,
    has_passkey: bool,
    /// Nothing more is asked.
    granted: bool,
}

/// What the form for this must ask for.
///
/// # Errors
/// `NotSignedIn`.
pub async fn asks(app: &App, ctx: &Ctx, purpose: Purpose) -> Result<Asks, Error> {
    let state = state(app, ctx, ctx.agent()?, purpose).await?;
    if state.granted {
        return Ok(Asks::default());
    }
    let password = state.credentials.password_hash.is_some();
    let passkey = state.has_passkey && passkeys::are_possible(app);
    Ok(Asks { password, code: password && state.asks_code(app, ctx, purpose), passkey })
}

impl State {
    fn asks_code(&self, app: &App, ctx: &Ctx, purpose: Purpose) -> bool {
        let just_now = session(ctx).is_some()
            && matches!(purpose, Purpose::Recent | Purpose::Password)
            && sessions::is_recent(app, ctx);
        self.two_step && !just_now
    }
}

async fn state(app: &App, ctx: &Ctx, id: AgentId, purpose: Purpose) -> Result<State, Error> {
    let own = session(ctx).map(|session| session.token_hash);
    let found = app.store().read(|tx| async move {
        let Some(credentials) = tx.credentials(id).await? else { return Ok(None) };
        let two_step = tx.authenticator(id).await?.is_some();
        let has_passkey = !tx.passkeys_of(id).await?.is_empty();
        Ok::<_, Error>(Some((credentials, two_step, has_passkey, passkey_at(&tx, own).await?)))
    });
    let (credentials, two_step, has_passkey, passkey_at) = found.await?.ok_or(Error::NotSignedIn)?;
    let recent = app.settings().sessions.recent_auth;
    let by_passkey = passkey_at.is_some_and(|at| ctx.now.duration_since(at) <= recent);
    let granted = match purpose {
        Purpose::Recent => sessions::is_recent(app, ctx),
        Purpose::Password | Purpose::SecondFactor => by_passkey,
        Purpose::Confirm => false,
    };
    Ok(State { credentials, two_step, has_passkey, granted })
}

async fn passkey_at(tx: &Tx, session: Option<[u8; 32]>) -> Result<Option<jiff::Timestamp>, Error> {
    match session {
        Some(token) => Ok(tx.session_passkey_at(&token).await?),
        None => Ok(None),
    }
}

/// Checks the password that the account has now, and whether a code came where one is needed. Too many wrong passwords in a
/// session end it: it may be a stolen one.
///
/// # Errors
/// `Invalid` naming `current_password` or `code`; `ReauthenticationRequired` when what is needed did not come;
/// `NotSignedIn` when the session was ended; `Limited`.
pub(crate) async fn check(
    app: &App,
    ctx: &Ctx,
    purpose: Purpose,
    proof: Proof<'_>,
) -> Result<Checked, Error> {
    let state = state(app, ctx, ctx.agent()?, purpose).await?;
    // A password that comes all the same is looked at, but not where its field was not shown.
    if state.granted && (proof.password.is_none() || purpose != Purpose::Recent) {
        return Ok(Checked { credentials: state.credentials, code: None });
    }
    let typed = proof.password.ok_or(Error::ReauthenticationRequired)?;
    let code = match (state.asks_code(app, ctx, purpose), proof.code) {
        (true, None) if session(ctx).is_none() => return Err(Error::ReauthenticationRequired),
        (true, code) => Some(code.unwrap_or_default()),
        (false, _) => None,
    };
    let mut missing = Vec::new();
    if typed.is_empty() {
        missing.push(Invalid::new("current_password", Problem::Empty));
    }
    if code.is_some_and(|code| code.trim().is_empty()) {
        missing.push(Invalid::new("code", Problem::Empty));
    }
    if !missing.is_empty() {
        return Err(Error::Invalid(missing));
    }
    let credentials = verify(app, ctx, state.credentials, typed).await?;
    Ok(Checked { credentials, code: code.map(str::to_owned) })
}

/// Uses up the code that came along: last of all, so that it is not lost to a slip in something else.
///
/// # Errors
/// `Invalid` naming `code`; `Limited`.
pub(crate) async fn spend(app: &App, ctx: &Ctx, checked: &Checked) -> Result<(), Error> {
    match &checked.code {
        Some(code) => two_step::prove(app, ctx, checked.credentials.agent_id, code).await,
        None => Ok(()),
    }
}

async fn verify(app: &App, ctx: &Ctx, credentials: Credentials, typed: &str) -> Result<Credentials, Error> {
    let id = credentials.agent_id;
    let (account, session) = (id.to_string(), session(ctx));
    let subject = session.map_or_else(|| account.clone(), |session| url_safe(&session.token_hash));
    let tries = vec![wanted(app, "reauth", &app.settings().limits.reauth, &subject)];
    match (limits::take(app, ctx, tries.clone()).await, session) {
        (Err(Error::Limited(_)), Some(session)) => {
            sessions::end(app, ctx, session.token_hash, Event::SessionEnded).await?;
            return Err(Error::NotSignedIn);
        }
        (taken, _) => taken?,
    }
    let checking = async {
        let stored = credentials.password_hash.clone();
        let fits = match Password::typed(typed) {
            Ok(password) => app.passwords().verify(password, stored).await?,
            Err(_) => false,
        };
        if fits { Ok(credentials) } else { Err(Error::WrongCredentials) }
    };
    let wrong = |error: &Error| matches!(error, Error::WrongCredentials);
    // They count as tries at sign-in too, or this form would be the way around that limit.
    let checked = limits::spend(app, ctx, vec![sessions::pair(app, ctx, &account)], wrong, checking).await;
    if let Err(Error::WrongCredentials) = checked {
        sessions::record_refusal(app, ctx, id, Event::ReauthenticationRefused).await?;
        return Err(Error::invalid("current_password", Problem::PasswordWrong));
    }
    limits::give_back(app, tries).await;
    checked
}

fn session(ctx: &Ctx) -> Option<SignedIn> {
    match ctx.actor {
        Actor::Agent { session, .. } => session,
        Actor::Nobody | Actor::Link { .. } => None,
    }
}
