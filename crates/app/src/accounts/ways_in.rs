//! The other ways into an account, which may end with its password: somebody who was in may have made some.

use super::{calendar_feed, oidc};
use crate::audit::{Change, Event, Recorder};
use crate::{Error, outbox};
use jiff::Timestamp;
use nameplate_domain::account::Agent;
use nameplate_store::Tx;
use serde_json::json;

/// What ends with the password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ending {
    /// What programs read and act with: the API tokens and the private calendar address.
    pub tokens: bool,
    /// The passkeys, and what the identity provider signs in.
    pub passkeys: bool,
}

impl From<bool> for Ending {
    /// What programs have, alone.
    fn from(tokens: bool) -> Self {
        Self { tokens, passkeys: false }
    }
}

/// What ended, to be recorded.
pub(super) struct Ended(Vec<(Event, Change)>);

/// Ends them. Of each passkey and each provider a notice is mailed.
pub(super) async fn end(tx: &Tx, agent: &Agent, ending: Ending, now: Timestamp) -> Result<Ended, Error> {
    let mut ended = Vec::new();
    if ending.tokens {
        let tokens = tx.api_tokens_of(agent.id).await?;
        tx.delete_api_tokens(agent.id).await?;
        // One that had ended by itself ended then.
        let alive = tokens.into_iter().filter(|token| token.expires_at.is_none_or(|end| end > now));
        ended.extend(alive.map(|token| (Event::TokenRevoked, Change::removed("token", token.name))));
        if let Some(feed) = tx.calendar_feed_of(agent.id).await? {
            tx.delete_calendar_feed(agent.id).await?;
            ended.push((Event::CalendarFeedEnded, calendar_feed::removed(&feed)));
        }
    }
    if ending.passkeys {
        let passkeys = tx.passkeys_of(agent.id).await?;
        tx.delete_passkeys(agent.id).await?;
        for passkey in passkeys {
            let mut notice = outbox::account_message("passkey_removed", agent, agent.email.as_str(), now);
            notice.body = json!({ "passkey": passkey.name.as_str() }).to_string();
            tx.enqueue(&notice).await?;
            ended.push((Event::PasskeyRemoved, Change::removed("passkey", &passkey.name)));
        }
        let links = tx.oidc_links_of(agent.id).await?;
        tx.delete_oidc_links(agent.id).await?;
        for link in links {
            oidc::tell_of_end(tx, agent, &link.name, now).await?;
            ended.push((Event::ProviderDisconnected, Change::removed("provider", link.name)));
        }
    }
    Ok(Ended(ended))
}

impl Ended {
    /// Adds an entry for each. To be called last, as [`Recorder::add`].
    pub(super) async fn record(self, tx: &Tx, recorder: &Recorder, agent: &Agent) -> Result<(), Error> {
        for (event, change) in self.0 {
            recorder.add(tx, agent.id, event, vec![change]).await?;
        }
        Ok(())
    }
}
