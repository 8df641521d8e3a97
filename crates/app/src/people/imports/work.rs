//! Works confirmed files off, row by row.

use super::fault::{Fault, faults_of};
use super::judge::Earlier;
use super::values::{Reading, Values};
use super::{Import, cells_of, corrupt, of_row};
use crate::accounts::profile::{Means, change_in};
use crate::people::invite::{begun, invite_in, permit_address};
use crate::people::{Invitee, locked, still_admin};
use crate::{Actor, App, Ctx, Error, Refusal, SignedIn};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::{Agent, AgentStatus, Problem, ProfileField, Role};
use nameplate_domain::ids::AgentId;
use nameplate_store::{Engine, PeopleRow, PeopleRowState, Tx};
use std::time::Duration;

/// How long a worker that says nothing keeps a file.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// After so many rows the lease is made longer.
const BATCH: usize = 50;
/// Even when nothing woke it, the loop looks this often: another node may have taken a confirmation.
const LOOK: Duration = Duration::from_secs(5);

/// Works off what there is, for ever.
pub async fn run(app: App, clock: fn() -> Timestamp) {
    if app.store().engine() == Engine::Sqlite {
        // What the last process had is nobody's now. Should the command line work on a file at this moment, no row is done twice: each is
        // taken in its own transaction.
        let released = app.store().write(|tx| async move { tx.release_people_imports().await });
        if let Err(error) = released.await {
            tracing::warn!(?error, "a file of people goes on when the lease of the last process ends");
        }
    }
    loop {
        match work_off(&app, clock).await {
            Ok(true) => {}
            Ok(false) => {
                let _ = tokio::time::timeout(LOOK, app.imports_woken()).await;
            }
            Err(error) => {
                tracing::warn!(?error, "a file of people waits");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

/// Works off the file that was confirmed first, unless somebody else has it; false when there is none.
///
/// # Errors
/// When the database does not answer: what is left goes on when the lease ends.
pub async fn work_off(app: &App, clock: fn() -> Timestamp) -> Result<bool, Error> {
    let now = clock();
    let mut held = whole(now + LEASE);
    let claimed = app.store().write(move |tx| async move { tx.claim_people_import(now, held).await });
    let Some(row) = claimed.await? else { return Ok(false) };
    let import = of_row(row)?;
    let id = import.id;
    let earlier = look_through(app, &import).await?;
    let mut after = 0;
    loop {
        let waiting = Some(PeopleRowState::Waiting);
        let rows =
            app.store().read(|tx| async move { tx.people_import_rows(id, after, waiting, BATCH).await });
        let rows = rows.await?;
        let Some(last) = rows.last() else { break };
        after = last.line;
        let work = Work { import: &import, earlier: &earlier, defined: crate::fields::list(app).await? };
        for row in rows {
            work.row(app, row, clock()).await?;
        }
        let (was, until) = (held, whole(clock() + LEASE));
        let renewed =
            app.store().write(move |tx| async move { tx.renew_people_import(id, was, until).await });
        if !renewed.await? {
            // It took too long, and somebody else goes on.
            return Ok(true);
        }
        held = until;
    }
    let now = clock();
    app.store().write(move |tx| async move { tx.end_people_import(id, now).await }).await?;
    Ok(true)
}

/// As it is read back: the database keeps no nanoseconds.
fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// On which line each address stands first, whatever was done already.
async fn look_through(app: &App, import: &Import) -> Result<Earlier, Error> {
    let (id, mut earlier, mut after) = (import.id, Earlier::default(), 0);
    let reading = import.reading(app, &[]);
    loop {
        let rows =
            app.store().read(|tx| async move { tx.people_import_rows(id, after, None, 500).await }).await?;
        let Some(last) = rows.last() else { return Ok(earlier) };
        after = last.line;
        for row in &rows {
            if let Some(email) = reading.email(&cells_of(row)?) {
                earlier.first(&email, row.line);
            }
        }
    }
}

struct Work<'a> {
    import: &'a Import,
    earlier: &'a Earlier,
    defined: Vec<ProfileField>,
}

impl Work<'_> {
    async fn row(&self, app: &App, row: PeopleRow, now: Timestamp) -> Result<(), Error> {
        let cells = cells_of(&row)?;
        let reading: Reading<'_> = self.import.reading(app, &self.defined);
        let first = reading.email(&cells).and_then(|email| self.earlier.known(&email));
        if let Some(first) = first.filter(|first| *first != row.line) {
            return self.fail(app, row.line, vec![Fault::beside_line("email", "duplicate", first)]).await;
        }
        let done = match reading.read(&cells) {
            Ok(values) => self.apply(app, row.line, values, now).await,
            Err(faults) => return self.fail(app, row.line, faults).await,
        };
        let Err(error) = done else { return Ok(()) };
        if matches!(error, Error::Unavailable(_) | Error::Busy) {
            return Err(error);
        }
        let faults = faults_of(&error).unwrap_or_else(|| {
            tracing::error!(?error, import = %self.import.id, line = row.line, "a row of people could not be done");
            vec![Fault::row("server")]
        });
        self.fail(app, row.line, faults).await
    }

    async fn fail(&self, app: &App, line: i64, faults: Vec<Fault>) -> Result<(), Error> {
        let (id, faults) = (self.import.id, serde_json::to_string(&faults).map_err(corrupt)?);
        let failed = PeopleRowState::Failed;
        let noted = app.store().write(move |tx| async move {
            tx.settle_people_import_row(id, line, failed, &faults, None).await
        });
        noted.await.map(drop).map_err(Error::from)
    }

    /// Does what a row says, and ticks it off in the same transaction.
    async fn apply(&self, app: &App, line: i64, values: Values, now: Timestamp) -> Result<(), Error> {
        let (id, admin) = (self.import.id, self.import.admin);
        let ctx = in_the_name_of(admin, now);
        let means = Means { recorder: self.import.recorder(app, &ctx), ..Means::of(app, &ctx) };
        let inner = app.clone();
        let did = app.store().write(move |tx| async move {
            if !tx.take_people_import_row(id, line).await? {
                return Ok(PeopleRowState::Unchanged);
            }
            let row = Row { app: &inner, tx: &tx, ctx: &ctx, means: &means };
            let (did, agent) = match tx.agent_by_email(&values.email).await? {
                Some(agent) => row.update(agent.id, &values).await?,
                None => row.invite(admin, &values).await?,
            };
            tx.settle_people_import_row(id, line, did, "[]", Some(agent)).await?;
            Ok::<_, Error>(did)
        });
        match did.await? {
            PeopleRowState::Invited => app.wake_outbox(),
            PeopleRowState::Updated => app.wake_webhooks(),
            _ => {}
        }
        Ok(())
    }
}

/// The admin who confirmed the file was signed in then; whether they are an admin still is asked of each row.
fn in_the_name_of(admin: AgentId, now: Timestamp) -> Ctx {
    let session = Some(SignedIn { token_hash: [0; 32], authenticated_at: now });
    Ctx { actor: Actor::Agent { id: admin, role: Role::Admin, session }, ..Ctx::server(now) }
}

fn number(problem: Problem) -> Error {
    Error::invalid("phone_number", problem)
}

/// One row in its transaction.
struct Row<'a> {
    app: &'a App,
    tx: &'a Tx,
    ctx: &'a Ctx,
    means: &'a Means,
}

impl Row<'_> {
    async fn invite(&self, admin: AgentId, values: &Values) -> Result<(PeopleRowState, AgentId), Error> {
        let (tx, ctx) = (self.tx, self.ctx);
        tx.lock_agent(admin).await?;
        still_admin(tx, ctx).await?;
        let admin = tx.agent(admin).await?.ok_or(Error::NotSignedIn)?;
        let name = values.name.clone().ok_or_else(|| Error::invalid("name", Problem::Empty))?;
        let profile = values.new_profile().map_err(number)?;
        let role = values.role.unwrap_or(Role::Agent);
        let new = begun(&admin, Invitee { name, email: values.email.clone(), role, profile });
        permit_address(self.app, tx, ctx, &new.agent).await?;
        let agent =
            invite_in(self.app, tx, ctx, (&self.means.recorder, &self.means.rules), &admin, new).await?;
        Ok((PeopleRowState::Invited, agent.id))
    }

    async fn update(&self, id: AgentId, values: &Values) -> Result<(PeopleRowState, AgentId), Error> {
        let (tx, ctx) = (self.tx, self.ctx);
        let states = [AgentStatus::Active, AgentStatus::Invited, AgentStatus::Disabled];
        let before: Agent = locked(tx, ctx, id, &states).await?;
        if values.role.is_some_and(|role| role != before.role) {
            return Err(Refusal::OwnAccount.into());
        }
        let change = values.change_of(&before).map_err(number)?;
        let changed = change_in(tx, self.means, true, before, change).await?;
        Ok((if changed.is_another { PeopleRowState::Updated } else { PeopleRowState::Unchanged }, id))
    }
}
