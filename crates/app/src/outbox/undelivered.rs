//! Messages that reached nobody.

use crate::{App, Error};
use nameplate_domain::ids::OutboxId;

/// Ends a message that was handed over and came back.
pub(crate) async fn came_back(app: &App, message: OutboxId, answer: &str) -> Result<(), Error> {
    let answer = answer.to_owned();
    let ended = app
        .store()
        .write(move |tx| async move { tx.bounce(message, &answer).await.map_err(Error::from) })
        .await?;
    if ended {
        tracing::warn!(%message, "a message came back");
    }
    Ok(())
}
