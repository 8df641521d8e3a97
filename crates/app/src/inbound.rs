//! Mail that comes to us: a relay hands over what was sent to our return addresses.

use crate::meetings::answers;
use crate::{App, Error, outbox, secrets};
use jiff::Timestamp;
use nameplate_notify::{reply, report};
use subtle::ConstantTimeEq;

/// What the relay that hands mail over proves itself with. Only its hash is kept.
#[derive(Clone)]
pub struct RelaySecret([u8; 32]);

impl std::fmt::Debug for RelaySecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RelaySecret(***)")
    }
}

impl RelaySecret {
    /// Wraps what was configured.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(secrets::hash(text))
    }

    /// Whether this is the secret; takes as long for every text of a length.
    #[must_use]
    pub fn is(&self, said: &str) -> bool {
        self.0.ct_eq(&secrets::hash(said)).into()
    }
}

/// Takes a mail. A report that a message was given up ends that message, an answer to an invitation is noted; everything else is
/// thrown away, and whoever sent it learns nothing.
///
/// # Errors
/// The database's.
pub async fn mail(app: &App, now: Timestamp, raw: &[u8]) -> Result<(), Error> {
    if let Some(reply) = reply::read(raw) {
        return answers::take(app, now, reply).await;
    }
    let report = report::read(raw);
    let Some(answer) = report.refusal else { return Ok(()) };
    for message in report.tokens.iter().filter_map(|token| app.secrets().read_bounce_token(token)) {
        outbox::came_back(app, message, &answer, now).await?;
    }
    Ok(())
}
