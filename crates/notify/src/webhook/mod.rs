//! Calls to webhooks: signed as Standard Webhooks (standardwebhooks.com) says, bounded in time and size, never redirected, by no proxy, and to
//! addresses of the internet only, but for those that the configuration names (`security.md` C13).

mod guard;
mod secret;

pub use guard::{Guard, Lookup};
pub use secret::Secret;

use guard::{Forbidden, Guarded};
use jiff::Timestamp;
use nameplate_domain::ids::DeliveryId;
use nameplate_domain::webhooks::HookUrl;
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// `security.md` P3.
const WHOLE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);
const MOST: usize = 64 * 1024;

/// One call.
#[derive(Debug)]
pub struct Call<'a> {
    /// To whom.
    pub url: &'a HookUrl,
    /// The same for every try of one event.
    pub id: DeliveryId,
    /// The instant of this try.
    pub now: Timestamp,
    /// JSON.
    pub body: &'a str,
    /// What signs: the secret, and the one before it while that lives.
    pub secrets: &'a [Secret],
}

/// Why a call came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Another status than 2xx.
    Refused,
    /// The name leads nowhere.
    HostUnknown,
    /// The address, or one of those behind the name, may not be called.
    PrivateAddress,
    /// Nobody takes the connection, or it broke.
    NoConnection,
    /// The certificate is not one that proves the name.
    Certificate,
    /// Not within ten seconds.
    TimedOut,
    /// What came back is no whole answer of a web server.
    Unreadable,
    /// Nothing was sent: it could not be signed.
    NotMade,
}

impl Failure {
    /// Every one of them.
    pub const ALL: [Self; 8] = [
        Self::Refused,
        Self::HostUnknown,
        Self::PrivateAddress,
        Self::NoConnection,
        Self::Certificate,
        Self::TimedOut,
        Self::Unreadable,
        Self::NotMade,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::HostUnknown => "host_unknown",
            Self::PrivateAddress => "private_address",
            Self::NoConnection => "no_connection",
            Self::Certificate => "certificate",
            Self::TimedOut => "timed_out",
            Self::Unreadable => "unreadable",
            Self::NotMade => "not_made",
        }
    }
}

/// What a call came to: the status that was answered, and why it does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The status, where there was an answer.
    pub status: Option<u16>,
    /// Nothing, where the receiver has the event.
    pub failure: Option<Failure>,
}

/// Calls webhooks.
#[derive(Debug, Clone)]
pub struct Courier {
    guard: Arc<Guard>,
    client: Client,
}

impl Courier {
    /// Calls what the guard lets through.
    ///
    /// # Errors
    /// When the system's certificates cannot be used.
    pub fn new(guard: Arc<Guard>) -> Result<Self, reqwest::Error> {
        // A second time changes nothing: whoever was first chose the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("Nameplate/", env!("CARGO_PKG_VERSION")))
            .timeout(WHOLE)
            .connect_timeout(CONNECT)
            .redirect(Policy::none())
            .no_proxy()
            // A connection of before would lead to what was judged before.
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(Guarded(Arc::clone(&guard))))
            .build()?;
        Ok(Self { guard, client })
    }

    /// Makes one call. It ends within ten seconds, and takes at most 64 KiB of what the answer says.
    pub async fn call(&self, call: &Call<'_>) -> Answer {
        let failed = |failure| Answer { status: None, failure: Some(failure) };
        if self.guard.judge(call.url).is_err() {
            return failed(Failure::PrivateAddress);
        }
        match self.post(call).await {
            Ok(status) => {
                let failure = (!(200..300).contains(&status)).then_some(Failure::Refused);
                Answer { status: Some(status), failure }
            }
            Err(error) => failed(of(&error)),
        }
    }

    async fn post(&self, call: &Call<'_>) -> Result<u16, reqwest::Error> {
        let (id, at) = (call.id.to_string(), call.now.as_second());
        let signatures: Vec<_> =
            call.secrets.iter().map(|secret| secret.signature(&id, at, call.body)).collect();
        let request = self
            .client
            .post(call.url.url().clone())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", signatures.join(" "))
            .body(call.body.to_owned());
        let mut answer = request.send().await?;
        let status = answer.status().as_u16();
        // The status says all. The rest is taken as far as it is short, so that a receiver that is still writing is not cut off.
        let mut taken = 0;
        let drained = async {
            while let Ok(Some(chunk)) = answer.chunk().await {
                taken += chunk.len();
                if taken > MOST {
                    break;
                }
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(1), drained).await;
        Ok(status)
    }
}

fn of(error: &reqwest::Error) -> Failure {
    let mut source: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = source {
        if inner.is::<Forbidden>() {
            return Failure::PrivateAddress;
        }
        if inner.is::<guard::Unknown>() {
            return Failure::HostUnknown;
        }
        if is_tls(inner) {
            return Failure::Certificate;
        }
        source = inner.source();
    }
    if error.is_timeout() {
        Failure::TimedOut
    } else if error.is_connect() || has_broken(error) {
        Failure::NoConnection
    } else {
        Failure::Unreadable
    }
}

fn is_tls(error: &(dyn Error + 'static)) -> bool {
    if error.is::<rustls::Error>() {
        return true;
    }
    // The source of such an error is that of what it holds, which itself would be left out.
    let inside = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    inside.is_some_and(|inside| is_tls(inside))
}

/// Whether the connection ended amid the call.
fn has_broken(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(inner) = source {
        if inner.is::<io::Error>() {
            return true;
        }
        source = inner.source();
    }
    false
}
