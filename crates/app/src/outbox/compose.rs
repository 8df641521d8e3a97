//! From a row of the outbox to a message.

use crate::{App, Error};
use jiff::Timestamp;
use nameplate_notify::Composed;
use nameplate_store::OutboxRow;

/// What became of a row.
pub(super) enum Composition {
    /// To be handed over.
    Message(Composed),
    /// A newer message took its place.
    Superseded,
}

pub(super) async fn compose(_app: &App, _row: &OutboxRow, _now: Timestamp) -> Result<Composition, Error> {
    Ok(Composition::Superseded)
}
