//! What the provider says of itself (OpenID Connect Discovery 1.0), kept for an hour.

use crate::calls::Caller;
use crate::provider::Failure;
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, IssuerUrl, ProviderMetadata};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::Mutex;

const LIFE: SignedDuration = SignedDuration::from_hours(1);
/// Keys are fetched again at most this often for a signature by an unknown one.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// After a failure nobody waits for another one so soon. A call takes ten seconds at most.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Extra {
    /// RFC 9207, section 3.
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Extra {}

pub(crate) type Metadata = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

#[derive(Debug, Default)]
struct State {
    found: Option<(Arc<Metadata>, Timestamp)>,
    failed: Option<Timestamp>,
}

#[derive(Debug)]
pub(crate) struct Known {
    issuer: IssuerUrl,
    caller: Caller,
    state: Mutex<State>,
}

impl Known {
    pub(crate) fn new(issuer: IssuerUrl, caller: Caller) -> Self {
        Self { issuer, caller, state: Mutex::default() }
    }

    /// The description, with keys that are at most an hour old.
    pub(crate) async fn get(&self, now: Timestamp) -> Result<Arc<Metadata>, Failure> {
        self.younger_than(LIFE, now).await
    }

    /// The same for a signature by a key that is not in it.
    pub(crate) async fn get_again(&self, now: Timestamp) -> Result<Arc<Metadata>, Failure> {
        self.younger_than(AGAIN, now).await
    }

    /// One asks, and all who came meanwhile have the answer.
    async fn younger_than(&self, age: SignedDuration, now: Timestamp) -> Result<Arc<Metadata>, Failure> {
        let mut state = self.state.lock().await;
        if let Some((found, at)) = &state.found
            && now.duration_since(*at) < age
        {
            return Ok(Arc::clone(found));
        }
        if state.failed.is_some_and(|at| now.duration_since(at) < PAUSE) {
            return Err(Failure::Unavailable("it could not be asked just now".to_owned()));
        }
        match Metadata::discover_async(self.issuer.clone(), &self.caller).await {
            Ok(found) => {
                let found = Arc::new(found);
                *state = State { found: Some((Arc::clone(&found), now)), failed: None };
                Ok(found)
            }
            Err(error) => {
                state.failed = Some(now);
                Err(Failure::Unavailable(crate::provider::whole(&error)))
            }
        }
    }
}
