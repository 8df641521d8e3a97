//! Requests that carry an `Idempotency-Key`: what they do is done once (`security.md` B5).
//!
//! The key is taken in the transaction that does the work, so both stand or fall together. Of two requests with one key at once the second
//! waits for the first. What was refused took no key: it may be put right and sent again.

use crate::{App, Ctx, Error, Refusal};
use jiff::Timestamp;
use nameplate_store::{Constraint, Error as StoreError, IdempotencyRow, Tx};
use std::future::Future;

/// A key with what it is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Who may use it for what: a route, and a token or the client's network.
    pub scope: String,
    /// The key.
    pub key: String,
    /// Hash of what the request says.
    pub fingerprint: String,
}

/// Whether the request with this key was carried out before, and by which id what it made is known, where it made something.
///
/// # Errors
/// `Refused(IdempotencyMismatch)` when the request said something else; the database's.
pub async fn found(app: &App, key: &IdempotencyKey) -> Result<Option<Option<String>>, Error> {
    let asked = key.clone();
    let row =
        app.store().read(|tx| async move { tx.idempotency_key(&asked.scope, &asked.key).await }).await?;
    match row {
        None => Ok(None),
        Some(row) if row.fingerprint == key.fingerprint => Ok(Some(row.resource)),
        Some(_) => Err(Refusal::IdempotencyMismatch.into()),
    }
}

/// A write transaction of a request, which is handed down; where it carries a key, that is taken first.
///
/// # Errors
/// `Repeated` when the key was taken before; what `work` answers.
pub(crate) async fn write<T, F, Fut>(app: &App, ctx: &Ctx, work: F) -> Result<T, Error>
where
    F: FnOnce(Tx, Ctx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<T, Error>> + Send + 'static,
    T: Send + 'static,
{
    let ctx = ctx.clone();
    app.store()
        .write(move |tx| async move {
            if let Some(key) = &ctx.key {
                take(&tx, key, ctx.now).await?;
            }
            work(tx, ctx).await
        })
        .await
}

async fn take(tx: &Tx, key: &IdempotencyKey, now: Timestamp) -> Result<(), Error> {
    let row = IdempotencyRow { fingerprint: key.fingerprint.clone(), resource: None };
    tx.insert_idempotency_key((&key.scope, &key.key), &row, now).await.map_err(|error| match error {
        StoreError::Conflict(Constraint::IdempotencyKey) => Error::Repeated,
        other => other.into(),
    })
}

/// What finds everything as it is wanted already takes the key too: repeated when that has changed, it must not do anything either.
///
/// # Errors
/// `Repeated` when the key was taken before.
pub async fn nothing_to_do(app: &App, ctx: &Ctx) -> Result<(), Error> {
    if ctx.key.is_none() {
        return Ok(());
    }
    write(app, ctx, |_, _| async { Ok(()) }).await
}

/// Notes what the request has made, so that a repeated one finds it.
pub(crate) async fn made(tx: &Tx, ctx: &Ctx, id: &impl ToString) -> Result<(), Error> {
    let Some(key) = &ctx.key else { return Ok(()) };
    Ok(tx.set_idempotency_resource((&key.scope, &key.key), &id.to_string()).await?)
}
