//! From parts to bytes: the MIME tree and the headers of `messages.md` section 1. Header values go through the typed
//! builder alone; boundaries come from the message's id, so that a second try sends the same bytes.

use crate::Composed;
use crate::ics::Method;
use jiff::Timestamp;
use lettre::message::header::{
    ContentDisposition, ContentId, ContentTransferEncoding, ContentType, Date, Header, HeaderName,
    HeaderValue,
};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, address::AddressError};
use nameplate_domain::account::EmailAddress;
use nameplate_domain::ids::OutboxId;
use nameplate_domain::placeholder::clean;
use std::time::SystemTime;

/// The Content-ID of the agent's picture, before the @.
pub(crate) const PICTURE_ID: &str = "picture@nameplate";

/// A message that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// An address that cannot stand in a header.
    #[error("an address cannot stand in a header")]
    Address(#[from] AddressError),
    /// A media type that does not read back.
    #[error("a content type is malformed")]
    ContentType(#[from] lettre::message::header::ContentTypeErr),
    /// The builder refused.
    #[error("the message could not be built")]
    Build(#[from] lettre::error::Error),
}

pub(crate) struct Headers<'a> {
    pub(crate) id: OutboxId,
    pub(crate) first: Option<OutboxId>,
    /// Name, address.
    pub(crate) from: (&'a str, &'a str),
    pub(crate) to: (&'a str, &'a str),
    pub(crate) reply_to: Option<(&'a str, &'a str)>,
    pub(crate) subject: &'a str,
    pub(crate) domain: &'a str,
    pub(crate) date: Timestamp,
    /// Never with a calendar part: iMIP processors skip such mail.
    pub(crate) auto_submitted: bool,
}

pub(crate) struct Parts {
    pub(crate) text: String,
    pub(crate) html: String,
    /// JPEG.
    pub(crate) picture: Option<Vec<u8>>,
    pub(crate) calendar: Option<(Method, String)>,
}

/// The domain of an address.
pub(crate) fn domain(address: &EmailAddress) -> &str {
    address.as_str().rsplit_once('@').map_or("", |(_, domain)| domain)
}

pub(crate) fn build(headers: &Headers<'_>, parts: Parts) -> Result<Composed, ComposeError> {
    let message_id = format!("{}@{}", headers.id, headers.domain);
    let date =
        SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(headers.date.as_second().unsigned_abs());
    let mut builder = Message::builder()
        .from(mailbox(headers.from)?)
        .to(mailbox(headers.to)?)
        .subject(clean(headers.subject, false))
        .header(Date::new(date))
        .message_id(Some(format!("<{message_id}>")))
        .header(XAutoResponseSuppress);
    if let Some(reply_to) = headers.reply_to {
        builder = builder.reply_to(mailbox(reply_to)?);
    }
    if let Some(first) = headers.first.filter(|first| *first != headers.id) {
        let first = format!("<{first}@{}>", headers.domain);
        builder = builder.in_reply_to(first.clone()).references(first);
    }
    if headers.auto_submitted {
        builder = builder.header(AutoSubmitted);
    }
    let message = builder.multipart(tree(headers.id, parts)?)?;
    Ok(Composed {
        message_id,
        envelope_from: format!("bounce@{}", headers.domain),
        to: headers.to.1.to_owned(),
        subject: clean(headers.subject, false),
        raw: message.formatted(),
    })
}

fn mailbox((name, address): (&str, &str)) -> Result<Mailbox, ComposeError> {
    let address: Address = address.parse()?;
    Ok(Mailbox::new(Some(clean(name, false)).filter(|name| !name.is_empty()), address))
}

fn tree(id: OutboxId, parts: Parts) -> Result<MultiPart, ComposeError> {
    let boundary = |part: &str| format!("=_{part}_{}", id.uuid().simple());
    let html = part("text/html; charset=utf-8", ContentTransferEncoding::QuotedPrintable, parts.html)?;
    let text = part("text/plain; charset=utf-8", ContentTransferEncoding::QuotedPrintable, parts.text)?;
    let alternative = MultiPart::alternative().boundary(boundary("alternative")).singlepart(text);
    let mut alternative = match parts.picture {
        Some(jpeg) => {
            let picture = SinglePart::builder()
                .header(ContentType::parse("image/jpeg")?)
                .header(ContentDisposition::inline())
                .header(ContentId::from(format!("<{PICTURE_ID}>")))
                .header(ContentTransferEncoding::Base64)
                .body(jpeg);
            let related = MultiPart::related().boundary(boundary("related"));
            alternative.multipart(related.singlepart(html).singlepart(picture))
        }
        None => alternative.singlepart(html),
    };
    let Some((method, file)) = parts.calendar else { return Ok(alternative) };
    let calendar = format!("text/calendar; charset=utf-8; method={}", method.as_str());
    // Bytes, not text: the file already has its line ends, and both parts must hold the same.
    alternative =
        alternative.singlepart(part(&calendar, ContentTransferEncoding::Base64, file.clone().into_bytes())?);
    let attachment = SinglePart::builder()
        .header(ContentType::parse("application/ics; name=\"invite.ics\"")?)
        .header(ContentDisposition::attachment("invite.ics"))
        .header(ContentTransferEncoding::Base64)
        .body(file.into_bytes());
    Ok(MultiPart::mixed().boundary(boundary("mixed")).multipart(alternative).singlepart(attachment))
}

fn part(
    content_type: &str,
    encoding: ContentTransferEncoding,
    body: impl lettre::message::IntoBody,
) -> Result<SinglePart, ComposeError> {
    Ok(SinglePart::builder().header(ContentType::parse(content_type)?).header(encoding).body(body))
}

/// Out-of-office answers stay away; `All` would stop bounces too.
#[derive(Clone)]
struct XAutoResponseSuppress;

/// RFC 3834.
#[derive(Clone)]
struct AutoSubmitted;

macro_rules! fixed_header {
    ($type:ident, $name:literal, $value:literal) => {
        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self)
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), $value.to_owned())
            }
        }
    };
}

fixed_header!(XAutoResponseSuppress, "X-Auto-Response-Suppress", "OOF, AutoReply");
fixed_header!(AutoSubmitted, "Auto-Submitted", "auto-generated");
