//! Kannel's `sendsms`, and SMPP through it.

use super::http::{self, Called, Reach};
use super::{
    Answer, Callback, CallbackError, Earlier, Inbound, Outcome, Report, SmsProvider, State, Text, short,
};
use nameplate_domain::sms::{Encoding, Segments};
use reqwest::Client;
use std::fmt;
use url::Url;

/// A Kannel gateway.
pub struct Kannel {
    base: Url,
    user: String,
    password: String,
    from: String,
    client: Client,
}

/// Says nothing of the password.
impl fmt::Debug for Kannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kannel").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Kannel {
    /// The gateway whose `sendsms-port` is at `base`.
    ///
    /// # Errors
    /// When the client for it cannot be made.
    pub fn new(base: Url, user: String, password: String, from: String) -> Result<Self, reqwest::Error> {
        Ok(Self { base, user, password, from, client: http::client(Reach::Any)? })
    }

    fn address(&self, text: &Text) -> Url {
        let mut url = self.base.clone();
        let path = format!("{}/cgi-bin/sendsms", self.base.path().trim_end_matches('/'));
        url.set_path(&path);
        // Without charset and coding, "Zoë" would leave as "Zo?" and nobody would know.
        let coding = match Segments::of(&text.text).encoding {
            Encoding::Gsm7 => "0",
            Encoding::Ucs2 => "2",
        };
        // Kannel puts its own values in for %d and %A.
        let report = format!("{}&status=%d&answer=%A", text.status_url);
        url.query_pairs_mut()
            .clear()
            .append_pair("username", &self.user)
            .append_pair("password", &self.password)
            .append_pair("from", &self.from)
            .append_pair("to", &text.to)
            .append_pair("text", &text.text)
            .append_pair("charset", "UTF-8")
            .append_pair("coding", coding)
            .append_pair("dlr-mask", "31")
            .append_pair("dlr-url", &report);
        url
    }
}

impl SmsProvider for Kannel {
    fn sender(&self) -> &str {
        &self.from
    }

    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Outcome> {
        Box::pin(async move {
            match http::call(self.client.get(self.address(text))).await {
                Called::Answer { status: 200..=299, body } => {
                    Outcome::Accepted { reference: None, answer: short(&body) }
                }
                // "Temporal failure, try again later": it was not taken.
                Called::Answer { status: 503, body } => Outcome::Later { answer: short(&body) },
                Called::Answer { status, body } => http::refusal(status, short(&format!("{status} {body}"))),
                Called::NotSent(answer) => Outcome::Later { answer },
                Called::Unknown(answer) => Outcome::Perhaps { answer },
            }
        })
    }

    /// It keeps no list that could be asked.
    fn sent_before<'a>(&'a self, _: &'a Text) -> Answer<'a, Earlier> {
        Box::pin(async { Earlier::Mute })
    }

    fn parse_status(&self, call: &Callback<'_>) -> Result<Option<Report>, CallbackError> {
        let state = match call.wanted("status")? {
            "1" => State::Delivered,
            "2" | "16" => State::Failed,
            "4" | "8" => State::Underway,
            _ => return Ok(None),
        };
        let answer = short(call.field("answer").unwrap_or_default());
        Ok(Some(Report { id: call.id()?, state, answer }))
    }

    fn parse_inbound(&self, call: &Callback<'_>) -> Result<Inbound, CallbackError> {
        Ok(Inbound {
            from: call.wanted("from")?.to_owned(),
            to: call.wanted("to")?.to_owned(),
            text: call.wanted("text")?.to_owned(),
        })
    }
}
