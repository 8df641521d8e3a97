//! How large a body may be and how long it and the handler may take (P3, P4).

use super::csp;
use super::refusal::{Refusal, is_api};
use crate::api::inbound;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep, sleep, sleep_until};

/// The numbers of P3 and P4; sizes in bytes.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimits {
    /// A form of a page.
    pub form: u64,
    /// A call of the API.
    pub json: u64,
    /// A mail that came back, which may bring all of ours with it.
    pub mail: u64,
    /// Bytes of the form of a template.
    pub templates: u64,
    /// A picture, with what surrounds it in a form.
    pub picture: u64,
    /// A file of people, with what surrounds it in a form.
    pub people: u64,
    /// Longest pause between two parts of a body.
    pub gap: Duration,
    /// Longest time for a whole body.
    pub whole: Duration,
    /// The same for a picture or a file of people.
    pub picture_whole: Duration,
    /// Longest time for a handler once the body is there.
    pub handler: Duration,
    /// The same for a file of people, and for a picture, which may wait for the decoder first.
    pub picture_handler: Duration,
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self {
            form: 64 * 1024,
            templates: 2 * 1024 * 1024,
            json: 256 * 1024,
            mail: 1024 * 1024,
            picture: 15_000_000 + 64 * 1024,
            people: 10_000_000 + 64 * 1024,
            gap: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            picture_whole: Duration::from_mins(2),
            handler: Duration::from_secs(10),
            picture_handler: Duration::from_secs(20),
        }
    }
}

/// In the extensions of a request whose body was announced as too large and thrown away: the handler answers in its own words.
#[derive(Debug, Clone, Copy)]
pub struct TooLarge(pub u64);

/// So many times its limit of a body are read and thrown away: a browser shows an answer only when it could send all.
const THROWN_AWAY: u64 = 4;

/// A report of a browser is small.
const REPORT: u64 = 8 * 1024;

struct Limit {
    bytes: u64,
    whole: Duration,
    handler: Duration,
    /// Whether the handler has words of its own for a body that is too large.
    told_by_handler: bool,
}

impl BodyLimits {
    fn of(&self, path: &str) -> Limit {
        let usual = |bytes| Limit { bytes, whole: self.whole, handler: self.handler, told_by_handler: false };
        match path {
            csp::PATH => usual(REPORT),
            inbound::PATH => usual(self.mail),
            "/account/picture" | "/api/v1/me/picture" => Limit {
                bytes: self.picture,
                whole: self.picture_whole,
                handler: self.picture_handler,
                told_by_handler: true,
            },
            "/admin/people/import" => Limit {
                bytes: self.people,
                whole: self.picture_whole,
                handler: self.picture_handler,
                told_by_handler: true,
            },
            _ if is_api(path) => usual(self.json),
            // Several texts of 20,000 characters, each of which a form may write as twelve.
            _ if path.starts_with("/admin/templates/") => usual(self.templates),
            _ if path.starts_with("/account/signature") => usual(2 * self.form),
            _ => usual(self.form),
        }
    }
}

/// Refuses by `Content-Length` before reading, or leaves that to a handler that has words of its own for it, then watches the body while the handler reads it.
pub async fn layer(State(limits): State<BodyLimits>, request: Request, next: Next) -> Response {
    let mut limit = limits.of(request.uri().path());
    let mut request = request;
    let announced =
        request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let fault = Arc::new(OnceLock::new());
    if let Some(length) = announced.filter(|length| *length > limit.bytes) {
        let uploads = matches!(*request.method(), Method::POST | Method::PUT);
        if !limit.told_by_handler || !uploads {
            return Refusal::BodyTooLarge.into_response();
        }
        request.extensions_mut().insert(TooLarge(length));
        if is_api(request.uri().path()) {
            request = request.map(|_| Body::empty());
        } else {
            limit.bytes *= THROWN_AWAY;
        }
    }
    let (request, read) = watch(request, &limit, limits.gap, &fault);
    // A handler may leave the body unread for ever, so there is a last moment without it too.
    let last = Instant::now() + limit.whole + limit.handler;
    let late = async {
        let _ = tokio::time::timeout_at(last, async {
            let _ = read.await;
            sleep(limit.handler).await;
        })
        .await;
    };
    tokio::select! {
        response = next.run(request) => match fault.get() {
            Some(refusal) if !response.status().is_success() => refusal.into_response(),
            _ => response,
        },
        () = late => Refusal::TimedOut.into_response(),
    }
}

/// The second value completes when the body has been read or dropped.
fn watch(
    request: Request,
    limit: &Limit,
    gap: Duration,
    fault: &Arc<OnceLock<Refusal>>,
) -> (Request, oneshot::Receiver<()>) {
    let (reading, read) = oneshot::channel();
    if request.body().is_end_stream() {
        return (request, read);
    }
    let watched = request.map(|inner| {
        Body::new(Watched {
            inner,
            left: limit.bytes,
            gap,
            pause: Box::pin(sleep(gap)),
            deadline: Box::pin(sleep_until(Instant::now() + limit.whole)),
            fault: Arc::clone(fault),
            reading: Some(reading),
        })
    });
    (watched, read)
}

struct Watched {
    inner: Body,
    left: u64,
    gap: Duration,
    pause: Pin<Box<Sleep>>,
    deadline: Pin<Box<Sleep>>,
    fault: Arc<OnceLock<Refusal>>,
    reading: Option<oneshot::Sender<()>>,
}

impl Watched {
    fn fail(&mut self, refusal: Refusal) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let _ = self.fault.set(refusal);
        self.reading = None;
        Poll::Ready(Some(Err(axum::Error::new(std::io::Error::other(refusal.code())))))
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        if this.deadline.as_mut().poll(context).is_ready() {
            return this.fail(Refusal::BodyTooSlow);
        }
        let Poll::Ready(frame) = Pin::new(&mut this.inner).poll_frame(context) else {
            ready!(this.pause.as_mut().poll(context));
            return this.fail(Refusal::BodyTooSlow);
        };
        this.pause.as_mut().reset(Instant::now() + this.gap);
        let Some(Ok(frame)) = frame else {
            this.reading = None;
            return Poll::Ready(frame);
        };
        let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
        let Some(left) = this.left.checked_sub(bytes) else { return this.fail(Refusal::BodyTooLarge) };
        this.left = left;
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.inner.size_hint()
    }
}
