//! Twilio's REST interface, which others offer too.

use super::http::{self, Called, Reach};
use super::{
    Answer, Callback, CallbackError, Earlier, Inbound, Outcome, Report, SmsProvider, State, Text, short,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::SignedDuration;
use jiff::fmt::rfc2822;
use reqwest::Client;
use serde::Deserialize;
use sha1::Sha1;
use std::fmt;
use subtle::ConstantTimeEq;
use url::Url;

/// The recipient wants no messages of this sender.
const OPTED_OUT: &str = "21610";

/// An account at Twilio or somebody who speaks like it.
pub struct Twilio {
    messages: Url,
    account: String,
    token: String,
    from: String,
    client: Client,
}

/// Says nothing of the token.
impl fmt::Debug for Twilio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Twilio").field("from", &self.from).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Created {
    sid: String,
}

#[derive(Deserialize)]
struct Problem {
    code: Option<u32>,
    message: Option<String>,
}

#[derive(Deserialize)]
struct Sent {
    sid: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    status: String,
    /// As mails write it; what lacks it is not known to be another.
    #[serde(default)]
    date_created: Option<String>,
}

/// Twilio counts in seconds, by its own clock.
const SKEW: SignedDuration = SignedDuration::from_secs(5);

impl Sent {
    /// Whether it is this text: an older one may read the same, when a meeting was moved and moved back.
    fn is(&self, text: &Text) -> bool {
        let created = self.date_created.as_deref().and_then(|date| rfc2822::parse(date).ok());
        let older = created.is_some_and(|created| created.timestamp() < text.since - SKEW);
        let ended = matches!(self.status.as_str(), "failed" | "undelivered" | "canceled");
        self.body == text.text && !older && !ended
    }
}

#[derive(Deserialize)]
struct Page {
    messages: Vec<Sent>,
}

impl Twilio {
    /// The account `account` at `base`. A sender that begins with `MG` is a messaging service.
    ///
    /// # Errors
    /// When the client for it cannot be made.
    pub fn new(base: &Url, account: String, token: String, from: String) -> Result<Self, reqwest::Error> {
        let mut messages = base.clone();
        let path = base.path().trim_end_matches('/');
        messages.set_path(&format!("{path}/2010-04-01/Accounts/{account}/Messages.json"));
        messages.set_query(None);
        Ok(Self { messages, account, token, from, client: http::client(Reach::Any)? })
    }

    /// `X-Twilio-Signature`: HMAC-SHA1 over the public address and all fields of the form, sorted by name.
    fn signature(&self, url: &str, fields: &[(String, String)]) -> String {
        let mut fields: Vec<_> = fields.iter().collect();
        fields.sort();
        fields.dedup();
        // A key of any length is one.
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(self.token.as_bytes()) else { return String::new() };
        mac.update(url.as_bytes());
        for (name, value) in fields {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
        STANDARD.encode(mac.finalize().into_bytes())
    }

    fn check(&self, call: &Callback<'_>) -> Result<(), CallbackError> {
        let own = self.signature(call.url, call.fields);
        let given = call.signature.unwrap_or_default();
        let same = !own.is_empty() && bool::from(own.as_bytes().ct_eq(given.as_bytes()));
        same.then_some(()).ok_or(CallbackError::Signature)
    }
}

impl SmsProvider for Twilio {
    fn sender(&self) -> &str {
        &self.from
    }

    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Outcome> {
        Box::pin(async move {
            let sender = if self.from.starts_with("MG") { "MessagingServiceSid" } else { "From" };
            let form = [
                ("To", text.to.as_str()),
                (sender, &self.from),
                ("Body", &text.text),
                ("StatusCallback", &text.status_url),
            ];
            let request = self.client.post(self.messages.clone());
            let request = request.basic_auth(&self.account, Some(&self.token)).form(&form);
            match http::call(request).await {
                Called::Answer { status: 200..=299, body } => {
                    let created: Option<Created> = serde_json::from_str(&body).ok();
                    Outcome::Accepted {
                        reference: created.map(|created| short(&created.sid)),
                        answer: "accepted".to_owned(),
                    }
                }
                Called::Answer { status, body } => {
                    let problem: Option<Problem> = serde_json::from_str(&body).ok();
                    let code = problem.as_ref().and_then(|problem| problem.code);
                    if code.is_some_and(|code| code.to_string() == OPTED_OUT) {
                        return Outcome::OptedOut;
                    }
                    let said = problem.and_then(|problem| problem.message).unwrap_or_default();
                    let code = code.map_or_else(String::new, |code| format!("{code} "));
                    http::refusal(status, short(&format!("{status} {code}{said}")))
                }
                Called::NotSent(answer) => Outcome::Later { answer },
                Called::Unknown(answer) => Outcome::Perhaps { answer },
            }
        })
    }

    /// Twilio knows no id of ours: what reads the same and left since it was due is it.
    fn sent_before<'a>(&'a self, text: &'a Text) -> Answer<'a, Earlier> {
        Box::pin(async move {
            let request =
                self.client.get(self.messages.clone()).query(&[("To", text.to.as_str()), ("PageSize", "50")]);
            let called = http::call(request.basic_auth(&self.account, Some(&self.token))).await;
            let body = match called {
                Called::Answer { status: 200, body } => body,
                Called::Answer { status, .. } => return Earlier::Silent { answer: status.to_string() },
                Called::NotSent(answer) | Called::Unknown(answer) => return Earlier::Silent { answer },
            };
            let Ok(page) = serde_json::from_str::<Page>(&body) else {
                return Earlier::Silent { answer: "the list of messages is not readable".to_owned() };
            };
            let found = page.messages.into_iter().find(|sent| sent.is(text));
            found.map_or(Earlier::NotTaken, |sent| Earlier::Taken(short(&sent.sid)))
        })
    }

    fn parse_status(&self, call: &Callback<'_>) -> Result<Option<Report>, CallbackError> {
        self.check(call)?;
        let code = call.field("ErrorCode").unwrap_or_default();
        let word = call.wanted("MessageStatus")?;
        let state = match word {
            "delivered" | "read" => State::Delivered,
            "failed" | "undelivered" if code == OPTED_OUT => State::OptedOut,
            "failed" | "undelivered" | "canceled" => State::Failed,
            "accepted" | "scheduled" | "queued" | "sending" | "sent" => State::Underway,
            _ => return Ok(None),
        };
        Ok(Some(Report { id: call.id()?, state, answer: short(format!("{word} {code}").trim()) }))
    }

    fn parse_inbound(&self, call: &Callback<'_>) -> Result<Inbound, CallbackError> {
        self.check(call)?;
        Ok(Inbound {
            from: call.wanted("From")?.to_owned(),
            to: call.wanted("To")?.to_owned(),
            text: call.wanted("Body")?.to_owned(),
        })
    }
}
