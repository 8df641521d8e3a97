//! What the provider of text messages calls: what became of a message, and what people write back.
//!
//! The address holds a token that nobody can guess, and Twilio signs besides. Kannel can only GET, so these two addresses act
//! on GET too: no page leads to them, and a second call changes nothing more.

use crate::routes::{Access, Routes};
use crate::state::Web;
use axum::body::Bytes;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use nameplate_app::{Error, sms};
use serde_json::Value;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/hooks/sms/{token}/status", Access::Provider, status)
        .post("/hooks/sms/{token}/status", Access::Provider, status)
        .get("/hooks/sms/{token}/inbound", Access::Provider, inbound)
        .post("/hooks/sms/{token}/inbound", Access::Provider, inbound)
}

async fn status(State(web): State<Web>, Path(token): Path<String>, call: Call) -> StatusCode {
    let url = web.app().url(&call.address);
    answer(sms::status(web.app(), web.now(), &token, &call.at(&url)).await)
}

async fn inbound(State(web): State<Web>, Path(token): Path<String>, call: Call) -> StatusCode {
    let url = web.app().url(&call.address);
    answer(sms::inbound(web.app(), web.now(), &token, &call.at(&url)).await)
}

/// Nothing is said: Kannel would send it to the phone.
fn answer(done: Result<(), Error>) -> StatusCode {
    match done {
        Ok(()) => StatusCode::OK,
        Err(Error::NotFound) => StatusCode::NOT_FOUND,
        Err(error) => {
            crate::failure::log(&error);
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// A call as it came.
struct Call {
    /// Path and query.
    address: String,
    query: Vec<(String, String)>,
    fields: Vec<(String, String)>,
    signature: Option<String>,
}

impl Call {
    fn at<'a>(&'a self, url: &'a str) -> sms::Callback<'a> {
        let Self { query, fields, signature, .. } = self;
        sms::Callback { url, query, fields, signature: signature.as_deref() }
    }
}

impl FromRequest<Web> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let uri = request.uri().clone();
        let headers = request.headers().clone();
        let body = Bytes::from_request(request, web).await.map_err(IntoResponse::into_response)?;
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        Ok(Self {
            address: uri.path_and_query().map_or_else(String::new, ToString::to_string),
            query: pairs(uri.query().unwrap_or_default().as_bytes()),
            fields: fields(&headers, &body),
            signature: text("x-twilio-signature").map(ToOwned::to_owned),
        })
    }
}

/// A form, or the texts and numbers of an object of JSON.
fn fields(headers: &HeaderMap, body: &[u8]) -> Vec<(String, String)> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return pairs(body);
    }
    let Ok(Value::Object(object)) = serde_json::from_slice(body) else { return Vec::new() };
    let field = |(name, value): (String, Value)| match value {
        Value::String(text) => Some((name, text)),
        Value::Number(number) => Some((name, number.to_string())),
        _ => None,
    };
    object.into_iter().filter_map(field).collect()
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}
