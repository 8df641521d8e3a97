//! Text messages on the booking form and on a meeting's page: the box that asks for them, where they go, and the button that
//! stops them.

use crate::failure::{Failure, Page, see_other};
use crate::forms::{Check, Form};
use crate::pages::manage::{View, open};
use crate::pages::or_page;
use crate::view::manage::SmsPart;
use crate::visit::Visit;
use axum::extract::Path;
use nameplate_app::{Error, sms};
use nameplate_domain::account::PhoneNumber;
use nameplate_domain::meetings::{Meeting, Party};

/// The words by which text messages were asked for, if they were; `number` is none when it cannot be read anyway.
#[expect(
    clippy::option_option,
    reason = "an error, nothing asked for, and what was asked for are three things"
)]
pub(super) fn consent(
    visit: &Visit,
    form: &Form,
    number: Option<&Option<PhoneNumber>>,
    check: &mut Check,
) -> Option<Option<String>> {
    let app = visit.web.app();
    if app.settings().sms.is_none() || !form.has("sms") {
        return Some(None);
    }
    check.take("phone_number", sms::check_wish(app, number?.as_ref()))?;
    Some(Some(visit.texts().text("sms-consent")))
}

/// The number to which text messages about the meeting go; none where nobody asked for any.
fn number(visit: &Visit, meeting: &Meeting) -> Option<PhoneNumber> {
    let asked = visit.web.app().settings().sms.is_some() && meeting.sms_consent.is_some();
    meeting.customer.phone_number.clone().filter(|_| asked)
}

pub(super) async fn part(visit: &Visit, view: &View) -> Result<Option<SmsPart>, Failure> {
    let meeting = &view.seen.meeting;
    let Some(number) = number(visit, meeting) else { return Ok(None) };
    let shown = number.international();
    if view.seen.party != Party::Agent {
        let text = visit.texts().format("sms-stop-lead", &[("number", &shown)]);
        return Ok(Some(SmsPart { text, can_stop: true }));
    }
    // The agent reads of each message in the list below, and whether the phone wants none: a link tells nobody else so.
    let stopped = or_page(visit, sms::stopped(visit.web.app(), number.e164()).await).await?;
    Ok(stopped.map(|at| {
        let when = view.clock(visit).short(at);
        let text = visit.texts().format("sms-stopped", &[("number", &shown), ("when", &when)]);
        SmsPart { text, can_stop: false }
    }))
}

/// The customer wants no more of them about this meeting.
pub(super) async fn stop(mut visit: Visit, Path(token): Path<String>, _: Form) -> Page {
    let view = open(&mut visit, &token).await?;
    if view.seen.party != Party::Customer {
        return Err(Failure::page(Error::NotFound, &visit).await);
    }
    or_page(&visit, sms::withdraw(visit.web.app(), view.seen.meeting.id).await).await?;
    Ok(see_other(&format!("{}?saved=sms-stopped", view.base)))
}
