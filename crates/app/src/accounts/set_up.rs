//! First run: whoever has the one-time link becomes the first admin.

use crate::accounts::add::{self, NewAgent};
use crate::accounts::slug::SlugRules;
use crate::{App, Ctx, Error, Refusal, fresh, secrets};
use jiff::{SignedDuration, Timestamp};
use nameplate_domain::account::password::{self, Context};
use nameplate_domain::account::{FullName, Problem, Role};
use nameplate_store::{Organisation, Tx};
use subtle::ConstantTimeEq;

const HASH: &str = "set_up_hash";
const EXPIRES: &str = "set_up_expires";
const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// Makes a new one-time link, which voids any older one; none once there is an admin.
///
/// # Errors
/// The database's.
pub async fn link(app: &App, now: Timestamp) -> Result<Option<String>, Error> {
    let token = fresh::token();
    let hash = secrets::url_safe(&secrets::hash(&token));
    let expires = (now + LIFE).as_microsecond().to_string();
    let made = app
        .store()
        .write(move |tx| async move {
            if tx.count_admins().await? > 0 {
                return Ok::<_, Error>(false);
            }
            tx.set_meta(HASH, &hash).await?;
            tx.set_meta(EXPIRES, &expires).await?;
            Ok(true)
        })
        .await?;
    Ok(made.then(|| app.url(&format!("/setup?token={token}"))))
}

/// Whether the link still holds.
///
/// # Errors
/// `Refused(SetUpDone)` when there is an admin, `Refused(LinkDead)` for another or an old token.
pub async fn check(app: &App, now: Timestamp, token: &str) -> Result<(), Error> {
    let token = token.to_owned();
    app.store().read(|tx| async move { check_in(&tx, now, &token).await }).await
}

async fn check_in(tx: &Tx, now: Timestamp, token: &str) -> Result<(), Error> {
    if tx.count_admins().await? > 0 {
        return Err(Refusal::SetUpDone.into());
    }
    let hash = tx.meta(HASH).await?.unwrap_or_default();
    let expires = tx.meta(EXPIRES).await?.and_then(|text| text.parse().ok()).unwrap_or(0_i64);
    let known = secrets::url_safe(&secrets::hash(token)).as_bytes().ct_eq(hash.as_bytes());
    if bool::from(known) && now.as_microsecond() < expires { Ok(()) } else { Err(Refusal::LinkDead.into()) }
}

/// Makes the first admin and names the organisation, and uses the link up.
///
/// # Errors
/// As [`check`] and [`add::add`]; of several at once exactly one succeeds.
pub async fn finish(
    app: &App,
    ctx: &Ctx,
    token: &str,
    organisation: FullName,
    mut admin: NewAgent,
) -> Result<(), Error> {
    let (now, recorder) = (ctx.now, app.recorder(ctx));
    check(app, now, token).await?;
    admin.role = Role::Admin;
    let (agent, hash) = add::prepare(app, &admin, organisation.as_str()).await?;
    let (token, rules) = (token.to_owned(), SlugRules::of(app));
    app.store()
        .write(move |tx| async move {
            // Taking the link away first makes it the lock: a second set-up waits here and then finds it gone.
            if !tx.take_meta(EXPIRES).await? {
                return Err(Error::from(Refusal::SetUpDone));
            }
            let hash_kept = tx.meta(HASH).await?.unwrap_or_default();
            let known = secrets::url_safe(&secrets::hash(&token)).as_bytes().ct_eq(hash_kept.as_bytes());
            if !bool::from(known) {
                return Err(Refusal::LinkDead.into());
            }
            tx.take_meta(HASH).await?;
            // The command line may have made one meanwhile.
            if tx.count_admins().await? > 0 {
                return Err(Refusal::SetUpDone.into());
            }
            name_organisation(&tx, organisation.as_str()).await?;
            add::insert(&tx, &recorder, agent, Some(&hash), &rules, false, now).await.map(drop)
        })
        .await
}

/// What is wrong with the first admin's password, beside what was typed into the other fields.
#[must_use]
pub fn password_problem(
    app: &App,
    typed: &str,
    name: &str,
    email: &str,
    organisation: &str,
) -> Option<Problem> {
    let context = Context { name, email, organisation, ..Context::default() };
    password::check(typed, app.settings().password_policy.minimum(false), &context).err()
}

/// Names the organisation.
///
/// # Errors
/// The database's.
pub async fn name_organisation(tx: &Tx, name: &str) -> Result<(), Error> {
    Ok(tx.save_organisation(&Organisation { name: name.to_owned(), locale: "en".to_owned() }).await?)
}

/// The organisation's name; the product's before the set-up.
///
/// # Errors
/// The database's.
pub async fn organisation_name(app: &App) -> Result<String, Error> {
    let organisation = app.store().read(|tx| async move { tx.organisation().await }).await?;
    Ok(organisation.map_or_else(|| "Nameplate".to_owned(), |organisation| organisation.name))
}

/// Whether there is an admin.
///
/// # Errors
/// The database's.
pub async fn is_done(app: &App) -> Result<bool, Error> {
    let admins = app.store().read(|tx| async move { tx.count_admins().await }).await?;
    Ok(admins > 0)
}
