//! Any other provider that takes a text by one HTTP request: its address and body are templates.

use super::http::{self, Called, Reach};
use super::{
    Answer, Callback, CallbackError, Earlier, Inbound, Outcome, Report, SmsProvider, State, Text, short,
};
use jiff::Timestamp;
use nameplate_domain::placeholder::{Clock, Path, Sink, Template, TimePart, Value, Values, Whose, Width};
use reqwest::Client;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use url::Url;
use url::form_urlencoded::Serializer;

/// A provider behind one address.
pub struct Generic {
    url: Url,
    query: Pairs,
    headers: HeaderMap,
    body: Body,
    /// Where in the answer its name for the text stands (RFC 6901).
    reference: Option<String>,
    from: String,
    client: Client,
}

/// Headers and address may hold a password.
impl fmt::Debug for Generic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generic").field("from", &self.from).finish_non_exhaustive()
    }
}

/// What is wrong with the description. It repeats nothing of it.
#[derive(Debug, thiserror::Error)]
pub enum GenericError {
    /// The address.
    #[error("sms.url must be http:// or https:// with placeholders in its query only")]
    Url,
    /// The address is not of the internet.
    #[error("sms.url must not lead into a private network")]
    Private,
    /// A header.
    #[error("sms.headers must be one or more NAME: VALUE")]
    Header,
    /// The body.
    #[error("sms.body must be JSON or a form with the placeholders sms.to, sms.from, sms.text and sms.id")]
    Body,
    /// The pointer.
    #[error("sms.reference must be a JSON pointer, like /messages/0/id")]
    Reference,
    /// The client.
    #[error("the client for sms.url cannot be made")]
    Client(#[from] reqwest::Error),
}

/// Names and values of a form or a query.
type Pairs = Vec<(String, Template)>;

enum Body {
    /// Everything stands in the query: GET.
    None,
    Json(Template),
    Form(Pairs),
}

/// How a provider is described.
#[derive(Clone, Default)]
pub struct Description {
    /// The address; placeholders may stand in its query.
    pub url: String,
    /// `NAME: VALUE` each.
    pub headers: Vec<String>,
    /// JSON or a form; nothing for GET.
    pub body: String,
    /// Where in the answer the provider's name for the text stands.
    pub reference: Option<String>,
    /// What recipients see as the sender.
    pub from: String,
}

impl Generic {
    /// The provider of this description.
    ///
    /// # Errors
    /// When a part of it cannot be read.
    pub fn new(description: &Description, reach: Reach) -> Result<Self, GenericError> {
        let Description { url, headers, body, reference, from } = description;
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let url = Url::parse(address).map_err(|_| GenericError::Url)?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() || address.contains("{{") {
            return Err(GenericError::Url);
        }
        if http::is_forbidden(&url, reach) {
            return Err(GenericError::Private);
        }
        if reference.as_ref().is_some_and(|pointer| !pointer.starts_with('/')) {
            return Err(GenericError::Reference);
        }
        Ok(Self {
            url,
            query: pairs(query).ok_or(GenericError::Url)?,
            headers: headers
                .iter()
                .map(|line| header(line))
                .collect::<Option<_>>()
                .ok_or(GenericError::Header)?,
            body: self::body(body).ok_or(GenericError::Body)?,
            reference: reference.clone(),
            from: from.clone(),
            client: http::client(reach)?,
        })
    }

    fn request(&self, text: &Text) -> reqwest::RequestBuilder {
        let mut values = Values::default();
        values.set_text(Path::SmsTo, &text.to);
        values.set_text(Path::SmsFrom, &self.from);
        values.set(Path::SmsText, Value::text(&text.text));
        values.set_text(Path::SmsId, text.id.to_string());
        let mut url = self.url.clone();
        if !self.query.is_empty() {
            url.set_query(Some(&filled(&self.query, &values)));
        }
        let request = match &self.body {
            Body::None => self.client.get(url),
            Body::Json(template) => self
                .client
                .post(url)
                .header(CONTENT_TYPE, "application/json")
                .body(template.render(&values, &NoTime)),
            Body::Form(pairs) => self
                .client
                .post(url)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(filled(pairs, &values)),
        };
        request.headers(self.headers.clone())
    }
}

/// Nothing here names a time.
struct NoTime;

impl Clock for NoTime {
    fn instant(&self, _: Timestamp, _: TimePart, _: Width, _: &Whose) -> String {
        String::new()
    }

    fn range(&self, _: Timestamp, _: Timestamp, _: Width, _: &Whose) -> String {
        String::new()
    }
}

fn template(source: &str, sink: Sink) -> Option<Template> {
    let known = |path| matches!(path, Path::SmsTo | Path::SmsFrom | Path::SmsText | Path::SmsId);
    Template::parse_for(source, sink, &known).ok()
}

fn pairs(source: &str) -> Option<Pairs> {
    let pairs = source.trim().split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=')?;
            Some((name.trim().to_owned(), template(value.trim(), Sink::Text)?))
        })
        .collect()
}

fn filled(pairs: &Pairs, values: &Values) -> String {
    let filled = pairs.iter().map(|(name, value)| (name, value.render(values, &NoTime)));
    Serializer::new(String::new()).extend_pairs(filled).finish()
}

fn body(source: &str) -> Option<Body> {
    let source = source.trim();
    if source.is_empty() {
        return Some(Body::None);
    }
    if !source.starts_with(['{', '[']) {
        return pairs(source).map(Body::Form);
    }
    let template = template(source, Sink::Json)?;
    let sample = template.render(&Values::default(), &NoTime);
    serde_json::from_str::<serde_json::Value>(&sample).ok().map(|_| Body::Json(template))
}

fn header(line: &str) -> Option<(HeaderName, HeaderValue)> {
    let (name, value) = line.split_once(':')?;
    let mut value: HeaderValue = value.trim().parse().ok()?;
    value.set_sensitive(true);
    Some((name.trim().parse().ok()?, value))
}

impl SmsProvider for Generic {
    fn sender(&self) -> &str {
        &self.from
    }

    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Outcome> {
        Box::pin(async move {
            match http::call(self.request(text)).await {
                Called::Answer { status: status @ 200..=299, body } => {
                    let json: Option<serde_json::Value> = serde_json::from_str(&body).ok();
                    let found = json.as_ref().zip(self.reference.as_ref());
                    let found = found
                        .and_then(|(json, pointer)| json.pointer(pointer))
                        .map(|found| found.as_str().map_or_else(|| found.to_string(), ToOwned::to_owned));
                    Outcome::Accepted {
                        reference: found.map(|found| short(&found)),
                        answer: format!("{status} accepted"),
                    }
                }
                Called::Answer { status, body } => http::refusal(status, short(&format!("{status} {body}"))),
                Called::NotSent(answer) => Outcome::Later { answer },
                Called::Unknown(answer) => Outcome::Perhaps { answer },
            }
        })
    }

    /// Its description has no question for that.
    fn sent_before<'a>(&'a self, _: &'a Text) -> Answer<'a, Earlier> {
        Box::pin(async { Earlier::Mute })
    }

    fn parse_status(&self, call: &Callback<'_>) -> Result<Option<Report>, CallbackError> {
        let word = call.wanted("status")?;
        let state = match word {
            "delivered" => State::Delivered,
            "failed" => State::Failed,
            "opted_out" => State::OptedOut,
            "sent" => State::Underway,
            _ => return Ok(None),
        };
        let answer = short(call.field("answer").unwrap_or(word));
        Ok(Some(Report { id: call.id()?, state, answer }))
    }

    fn parse_inbound(&self, call: &Callback<'_>) -> Result<Inbound, CallbackError> {
        Ok(Inbound {
            from: call.wanted("from")?.to_owned(),
            to: call.field("to").unwrap_or(&self.from).to_owned(),
            text: call.wanted("text")?.to_owned(),
        })
    }
}
