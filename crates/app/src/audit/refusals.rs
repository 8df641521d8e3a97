//! Tries that were refused. Whoever tries passwords must not fill the log with it: of many only the first are listed, and
//! the server's own log has them all.

use super::{Event, Recorder};
use crate::limits::Rate;
use crate::{Error, Secrets};
use nameplate_domain::ids::AgentId;
use nameplate_store::Tx;

/// How many entries of one kind an account gets from one network, and from all together.
const FROM_ONE_NET: Rate = Rate::new(5, 60);
const FROM_ALL: Rate = Rate::new(24, 24 * 60);

impl Recorder {
    /// Adds an entry about something refused, unless there were many of its kind just now. To be called last, as
    /// [`Recorder::add`].
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn add_refusal(&self, tx: &Tx, account: AgentId, event: Event) -> Result<(), Error> {
        if is_listed(tx, &self.secrets, (event, &account.to_string()), (&self.net, self.at)).await? {
            return self.add(tx, account, event, Vec::new()).await;
        }
        tracing::info!(target: "security", event = event.name(), account = %account, net = self.net, listed = false);
        Ok(())
    }
}

async fn is_listed(
    tx: &Tx,
    secrets: &Secrets,
    (event, account): (Event, &str),
    (net, now): (&str, jiff::Timestamp),
) -> Result<bool, Error> {
    for (subject, rate) in [(format!("{account} {net}"), FROM_ONE_NET), (account.to_owned(), FROM_ALL)] {
        let key = format!("listed_{}:{}", event.name(), secrets.pseudonym("limit", &subject));
        if tx.take_permit(&key, rate.burst, rate.refill, now).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}
