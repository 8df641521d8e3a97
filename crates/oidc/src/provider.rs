//! The provider: the address of a question, and what its answer says.

use crate::calls::Caller;
use crate::known::{Known, Metadata};
use chrono::{DateTime, Utc};
use jiff::Timestamp;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken,
    CoreIdTokenClaims, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse as _,
};
use std::fmt::Write as _;
use url::Url;

/// Signatures by the provider's own key alone: none is no signature, and HS256 is one by whoever knows the client's secret.
const SIGNATURES: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
];

/// OpenID Connect Core 1.0, section 2: a subject has at most 255 characters of ASCII.
const LONGEST_SUBJECT: usize = 255;

/// What the operator agreed with the provider.
#[derive(Clone)]
pub struct Settings {
    /// The issuer, to the letter: https, or http for one on this machine.
    pub issuer: String,
    /// How the provider calls this server.
    pub client_id: String,
    /// By which this server proves itself.
    pub client_secret: String,
    /// Where the provider sends people back to.
    pub redirect: String,
}

/// What makes one question unlike any other.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Comes back with the answer.
    pub state: &'a str,
    /// Stands in the signed token.
    pub nonce: &'a str,
    /// Shown when the code is redeemed (RFC 7636): 43 to 128 unreserved characters.
    pub verifier: &'a str,
}

/// What the browser brought back.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The one-time code.
    pub code: &'a str,
    /// Who answers, where the provider says it (RFC 9207).
    pub issuer: Option<&'a str>,
}

/// Who the provider says somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The issuer.
    pub issuer: String,
    /// Names the person at this issuer, for ever. Nothing else does.
    pub subject: String,
    /// Their address, if the provider told.
    pub email: Option<String>,
}

/// Why somebody is not known.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The provider does not answer, or not sensibly: another try may help.
    #[error("the identity provider could not be asked: {0}")]
    Unavailable(String),
    /// What came is no proof.
    #[error("the identity provider's answer was refused: {0}")]
    Refused(String),
}

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// One identity provider.
pub struct Provider {
    settings: Settings,
    redirect: RedirectUrl,
    caller: Caller,
    known: Known,
    https_only: bool,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.settings.issuer).finish_non_exhaustive()
    }
}

impl Provider {
    /// Asks nothing yet: the server starts without its provider.
    ///
    /// # Errors
    /// What is wrong with the settings, or with the system's certificates.
    pub fn new(settings: Settings) -> Result<Self, String> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|error| error.to_string())?;
        let redirect = RedirectUrl::new(settings.redirect.clone()).map_err(|error| error.to_string())?;
        let https_only = issuer.url().scheme() == "https";
        let caller = Caller::new(https_only).map_err(|error| whole(&error))?;
        let known = Known::new(issuer, caller.clone());
        Ok(Self { settings, redirect, caller, known, https_only })
    }

    /// The issuer.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where to send somebody.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn address(&self, request: Request<'_>, now: Timestamp) -> Result<Url, Failure> {
        let metadata = self.known.get(now).await?;
        if self.https_only && metadata.authorization_endpoint().url().scheme() != "https" {
            return Err(Failure::Unavailable("it names an address without https".to_owned()));
        }
        let verifier = PkceCodeVerifier::new(request.verifier.to_owned());
        let (state, nonce) = (CsrfToken::new(request.state.to_owned()), Nonce::new(request.nonce.to_owned()));
        let (url, _, _) = self
            .client(&metadata)
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url)
    }

    /// Who somebody is: redeems the code, and checks what comes for it.
    ///
    /// # Errors
    /// `Refused` for an answer to another question, or of anybody else; `Unavailable`.
    pub async fn identify(
        &self,
        request: Request<'_>,
        answer: Answer<'_>,
        now: Timestamp,
    ) -> Result<Identity, Failure> {
        let metadata = self.known.get(now).await?;
        let says_who = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        if answer.issuer.map_or(says_who, |issuer| issuer != self.settings.issuer) {
            return Err(refused("it is of another issuer"));
        }
        let token = self.redeem(&metadata, request, answer.code).await?;
        let nonce = Nonce::new(request.nonce.to_owned());
        let claims = match self.verify(&metadata, &token, &nonce, now) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                // It has a new key, perhaps.
                let metadata = self.known.get_again(now).await?;
                self.verify(&metadata, &token, &nonce, now)
            }
            verified => verified,
        };
        self.identity(&claims.map_err(|error| Failure::Refused(kind(&error).to_owned()))?)
    }

    fn client(&self, metadata: &Metadata) -> Client {
        let methods = metadata.token_endpoint_auth_methods_supported();
        let in_body = methods.is_some_and(|all| !all.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let auth = if in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        let secret = ClientSecret::new(self.settings.client_secret.clone());
        let id = ClientId::new(self.settings.client_id.clone());
        CoreClient::from_provider_metadata(metadata.clone(), id, Some(secret))
            .set_redirect_uri(self.redirect.clone())
            .set_auth_type(auth)
    }

    async fn redeem(
        &self,
        metadata: &Metadata,
        request: Request<'_>,
        code: &str,
    ) -> Result<CoreIdToken, Failure> {
        let redeemed = self
            .client(metadata)
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| Failure::Unavailable("it names no token endpoint".to_owned()))?
            .set_pkce_verifier(PkceCodeVerifier::new(request.verifier.to_owned()))
            .request_async(&self.caller)
            .await;
        let response = redeemed.map_err(|error| match error {
            // Wrong credentials of ours are nothing that the person could mend.
            RequestTokenError::ServerResponse(said)
                if matches!(
                    said.error(),
                    CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient
                ) =>
            {
                Failure::Unavailable("it does not know this client or its secret".to_owned())
            }
            RequestTokenError::ServerResponse(said) => Failure::Refused(error_code(said.error().as_ref())),
            RequestTokenError::Request(error) => Failure::Unavailable(error.to_string()),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                Failure::Unavailable("its token endpoint answers something that cannot be read".to_owned())
            }
        })?;
        response.id_token().cloned().ok_or_else(|| refused("it has no ID token"))
    }

    fn verify(
        &self,
        metadata: &Metadata,
        token: &CoreIdToken,
        nonce: &Nonce,
        now: Timestamp,
    ) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
        let now =
            DateTime::<Utc>::from_timestamp_micros(now.as_microsecond()).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let client = self.client(metadata);
        let verifier = client.id_token_verifier().set_allowed_algs(SIGNATURES).set_time_fn(move || now);
        token.claims(&verifier, nonce).cloned()
    }

    fn identity(&self, claims: &CoreIdTokenClaims) -> Result<Identity, Failure> {
        // The library leaves this one to its users: section 3.1.3.7, rule 5.
        if claims.authorized_party().is_some_and(|party| party.as_str() != self.settings.client_id) {
            return Err(refused("azp"));
        }
        let subject = claims.subject().as_str();
        if subject.is_empty()
            || subject.len() > LONGEST_SUBJECT
            || !subject.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        {
            return Err(refused("sub"));
        }
        Ok(Identity {
            issuer: self.settings.issuer.clone(),
            subject: subject.to_owned(),
            email: claims.email().map(|email| email.to_string()),
        })
    }
}

fn refused(why: &str) -> Failure {
    Failure::Refused(why.to_owned())
}

/// Which claim was wrong; what stood in it stays out of the log.
fn kind(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "exp",
        ClaimsVerificationError::InvalidAudience(_) => "aud",
        ClaimsVerificationError::InvalidIssuer(_) => "iss",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        ClaimsVerificationError::InvalidSubject(_) => "sub",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        _ => "claims",
    }
}

/// An error code of the provider, for the log: what it cannot hold is left out, so that it forges no line there.
#[must_use]
pub fn error_code(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect()
}

/// An error with all that lies behind it.
pub(crate) fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let _ = write!(text, ": {inner}");
        source = inner.source();
    }
    text
}
