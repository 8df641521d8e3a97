//! Calls to the provider: bounded in time and size, never redirected, by no proxy, and by https wherever the issuer is.

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::Client;
use reqwest::redirect::Policy;
use std::error::Error as _;
use std::fmt::Write as _;
use std::pin::Pin;
use std::time::Duration;

/// As webhooks have it (`security.md` P3).
const WHOLE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);
/// The keys and the description of the largest providers stay below 32 KiB.
const MOST: usize = 512 * 1024;

/// Why a call came to nothing. It is for the log: it names no address, because one may hold what is secret.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CallError(pub(crate) String);

#[derive(Debug, Clone)]
pub(crate) struct Caller {
    client: Client,
    https_only: bool,
}

impl Caller {
    pub(crate) fn new(https_only: bool) -> Result<Self, reqwest::Error> {
        // A second time changes nothing: whoever was first chose the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("Nameplate/", env!("CARGO_PKG_VERSION")))
            .timeout(WHOLE)
            .connect_timeout(CONNECT)
            .redirect(Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self { client, https_only })
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, CallError> {
        if self.https_only && request.uri().scheme_str() != Some("https") {
            return Err(CallError("the provider names an address without https".to_owned()));
        }
        let request = reqwest::Request::try_from(request).map_err(described)?;
        let mut answer = self.client.execute(request).await.map_err(described)?;
        if answer.status().is_server_error() {
            return Err(CallError(format!("status {}", answer.status().as_u16())));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(described)? {
            if body.len() + chunk.len() > MOST {
                return Err(CallError("the answer is too long".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Caller {
    type Error = CallError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, CallError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

fn described(error: reqwest::Error) -> CallError {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let _ = write!(text, ": {inner}");
        source = inner.source();
    }
    CallError(text)
}
