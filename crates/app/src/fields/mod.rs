//! Profile fields: admins say what there is; agents, admins and programs fill it in.

mod uses;
mod values;

pub use uses::{Uses, uses};
pub use values::{FieldChanges, Filled, known, of, of_each, shown};
pub(crate) use values::{filled_in, in_messages, put_in};

use crate::audit::{Change, Event, Recorder};
use crate::people::still_admin;
use crate::{App, Ctx, Error};
use nameplate_domain::account::{FieldDraft, FieldKey, FieldKind, Problem, ProfileField};
use nameplate_domain::ids::AgentId;
use nameplate_store::Tx;

/// The most fields that there can be.
pub const MOST: usize = 50;

/// All fields in their order.
///
/// # Errors
/// The database's.
pub async fn list(app: &App) -> Result<Vec<ProfileField>, Error> {
    Ok(app.store().read(|tx| async move { tx.profile_fields().await }).await?)
}

/// The field with this key.
///
/// # Errors
/// `NotFound`.
pub async fn find(app: &App, key: &str) -> Result<ProfileField, Error> {
    list(app).await?.into_iter().find(|field| field.key.as_str() == key).ok_or(Error::NotFound)
}

/// All fields, held so that nobody else changes one, by somebody who is an admin still.
async fn to_change(tx: &Tx, ctx: &Ctx) -> Result<Vec<ProfileField>, Error> {
    tx.lock_admins_and(ctx.admin()?).await?;
    still_admin(tx, ctx).await?;
    Ok(tx.profile_fields_to_change().await?)
}

fn one_of(fields: &[ProfileField], key: &FieldKey) -> Result<ProfileField, Error> {
    fields.iter().find(|field| field.key == *key).cloned().ok_or(Error::NotFound)
}

/// Adds a field, behind all others.
///
/// # Errors
/// `Invalid` where the key is another field's, or there are enough; `NotSignedIn` for anybody but an admin.
pub async fn create(
    app: &App,
    ctx: &Ctx,
    key: FieldKey,
    kind: FieldKind,
    draft: FieldDraft,
) -> Result<ProfileField, Error> {
    let admin = ctx.admin()?;
    let (ctx, recorder) = (ctx.clone(), app.recorder(ctx));
    app.store()
        .write(move |tx| async move {
            let fields = to_change(&tx, &ctx).await?;
            if fields.iter().any(|field| field.key == key) {
                return Err(Error::invalid("key", Problem::KeyTaken));
            }
            if fields.len() >= MOST {
                return Err(Error::invalid("key", Problem::TooManyFields { max: MOST }));
            }
            let position = fields.iter().map(|field| field.position).max().unwrap_or_default() + 1;
            let field = ProfileField { key, kind, draft, position, version: 1 };
            tx.insert_profile_field(&field).await?;
            record(&tx, &recorder, admin, Event::ProfileFieldAdded, &field.key, Vec::new()).await?;
            Ok(field)
        })
        .await
}

/// Says something else of a field. `seen` is the version that was before the admin's eyes.
///
/// # Errors
/// `Stale` when somebody saved meanwhile; `Invalid` where a choice is gone that a profile holds; `NotFound`; `NotSignedIn` for anybody but
/// an admin.
pub async fn change(app: &App, ctx: &Ctx, key: FieldKey, seen: i64, draft: FieldDraft) -> Result<(), Error> {
    let admin = ctx.admin()?;
    let (ctx, recorder) = (ctx.clone(), app.recorder(ctx));
    app.store()
        .write(move |tx| async move {
            let before = one_of(&to_change(&tx, &ctx).await?, &key)?;
            // The second click finds what the first one kept.
            if before.draft == draft {
                return Ok(());
            }
            if before.version != seen {
                return Err(Error::Stale);
            }
            if before.kind == FieldKind::Choice {
                let held = tx.field_values_in_use(&key).await?;
                if let Some(choice) = held.into_iter().find(|value| !draft.choices.contains(value)) {
                    return Err(Error::invalid("choices", Problem::ChoiceInUse { choice }));
                }
            }
            let changes = changes(&before.draft, &draft);
            if !tx.save_profile_field(&ProfileField { draft, ..before }).await? {
                return Err(Error::Stale);
            }
            record(&tx, &recorder, admin, Event::ProfileFieldChanged, &key, changes).await
        })
        .await
}

/// Which way a field goes in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

/// Puts a field one place further; the outermost stays where it is.
///
/// # Errors
/// `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn shift(app: &App, ctx: &Ctx, key: FieldKey, way: Way) -> Result<(), Error> {
    ctx.admin()?;
    let ctx = ctx.clone();
    app.store()
        .write(move |tx| async move {
            let mut fields = to_change(&tx, &ctx).await?;
            let at = fields.iter().position(|field| field.key == key).ok_or(Error::NotFound)?;
            let to = match way {
                Way::Up => at.checked_sub(1),
                Way::Down => Some(at + 1).filter(|to| *to < fields.len()),
            };
            let Some(to) = to else { return Ok(()) };
            fields.swap(at, to);
            for (position, field) in (1..).zip(fields) {
                if field.position != position {
                    tx.place_profile_field(&field.key, position).await?;
                }
            }
            Ok(())
        })
        .await
}

/// Forgets a field, with what every profile holds of it.
///
/// # Errors
/// `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn delete(app: &App, ctx: &Ctx, key: FieldKey) -> Result<(), Error> {
    let admin = ctx.admin()?;
    let (ctx, recorder) = (ctx.clone(), app.recorder(ctx));
    app.store()
        .write(move |tx| async move {
            let field = one_of(&to_change(&tx, &ctx).await?, &key)?;
            tx.delete_profile_field(&field.key).await?;
            record(&tx, &recorder, admin, Event::ProfileFieldDeleted, &field.key, Vec::new()).await
        })
        .await
}

/// What was done to a field for everybody stands in the log of the admin who did it.
async fn record(
    tx: &Tx,
    recorder: &Recorder,
    admin: AgentId,
    event: Event,
    key: &FieldKey,
    changes: Vec<Change>,
) -> Result<(), Error> {
    let which = Change::added("profile_field", key);
    recorder.add(tx, admin, event, std::iter::once(which).chain(changes).collect()).await
}

fn changes(before: &FieldDraft, after: &FieldDraft) -> Vec<Change> {
    let choices = |draft: &FieldDraft| draft.choices.join(", ");
    [
        Change::between("profile_field_label", Some(&before.label), Some(&after.label)),
        Change::between("profile_field_choices", Some(&choices(before)), Some(&choices(after))),
        Change::between("profile_field_required", Some(&before.required), Some(&after.required)),
        Change::between("profile_field_editor", Some(&before.editor), Some(&after.editor)),
        Change::between("profile_field_places", Some(&before.places), Some(&after.places)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
