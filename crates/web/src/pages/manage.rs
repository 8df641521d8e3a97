//! A customer's, or the agent's, page of one meeting. Looking never changes anything.

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{self, Asked, Check, Form};
use crate::pages::booking::taken;
use crate::pages::{after, guests, meeting_log, meeting_sms, or_page, reassign, with_status, wrap_up};
use crate::picker::{self, Places, Wanted, query, reader_zone};
use crate::plates::plate;
use crate::routes::{Access, Routes};
use crate::view::manage::{
    Cancel, MeetingFacts, MeetingPage, MeetingState, Reader, Reschedule, RescheduleConfirm,
};
use crate::view::{FieldError, Link};
use crate::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::{SignedDuration, Timestamp};
use nameplate_app::meetings::{self, Seen, cancel, reschedule};
use nameplate_app::{Ctx, Error, Refusal, outbox, slots};
use nameplate_domain::account::{AgentStatus, Note, Place, Problem, optional};
use nameplate_domain::meetings::{ChangeRefusal, Party, Status};
use nameplate_domain::time::ZoneId;
use nameplate_i18n::Locale;
use nameplate_i18n::time::Clock;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/m/{token}", Access::Link, show)
        .get("/m/{token}/meeting.ics", Access::Link, calendar)
        .get("/m/{token}/reschedule", Access::Link, choose)
        .post("/m/{token}/reschedule", Access::Link, move_it)
        .get("/m/{token}/cancel", Access::Link, ask_cancel)
        .post("/m/{token}/cancel", Access::Link, cancel_it)
        .post("/m/{token}/guests", Access::Link, guests::add)
        .post("/m/{token}/guests/remove", Access::Link, guests::remove)
        .post("/m/{token}/wrap-up", Access::Link, wrap_up::send)
        .post("/m/{token}/review", Access::Link, after::leave_review)
        .post("/m/{token}/attendance", Access::Link, after::note_attendance)
        .post("/m/{token}/messages/{message}/send-again", Access::Link, meeting_log::send_again)
        .post("/m/{token}/stop-sms", Access::Link, meeting_sms::stop)
}

/// A meeting seen through a personal link.
pub(super) struct View {
    pub(super) seen: Seen,
    pub(super) ctx: Ctx,
    pub(super) base: String,
    /// The reader's zone: the customer's own, or the agent's at that time.
    zone: ZoneId,
}

pub(super) async fn open(visit: &mut Visit, token: &str) -> Result<View, Failure> {
    let app = visit.web.app();
    let actor = or_page(visit, meetings::link_actor(app, visit.now, token).await).await?;
    let nameplate_app::Actor::Link { meeting, .. } = actor else {
        return Err(Failure::page(Error::NotFound, visit).await);
    };
    let ctx = visit.ctx_as(actor);
    let seen = or_page(visit, meetings::see(app, &ctx, meeting).await).await?;
    let zone = match seen.party {
        Party::Agent => seen.meeting.agent_side.zone.clone(),
        Party::Customer | Party::Organisation => seen.meeting.customer_side.zone.clone(),
    };
    if seen.party == Party::Customer {
        // They read their mails in it too.
        visit.speak(Locale::parse(&seen.meeting.customer.locale).unwrap_or_default());
    }
    Ok(View { seen, ctx, base: format!("/m/{token}"), zone })
}

impl View {
    pub(super) fn clock(&self, visit: &Visit) -> Clock {
        visit.clock(&self.zone)
    }

    /// The other party's reading of a time, when it differs, with whose it is.
    fn other(&self, visit: &Visit, shown: &Clock, start: Timestamp, end: Timestamp) -> Option<String> {
        let meeting = &self.seen.meeting;
        let (zone, who) = match self.seen.party {
            Party::Agent => (&meeting.customer_side.zone, self.other_name()),
            Party::Customer | Party::Organisation => (&meeting.agent_side.zone, self.other_name()),
        };
        let other = visit.clock(zone);
        let differs = shown.differs_from(&other, start, end);
        let when = || other.full_range(start, end);
        differs.then(|| visit.texts().format("when-other", &[("name", &who), ("when", &when())]))
    }

    /// The name of the other side.
    fn other_name(&self) -> String {
        match self.seen.party {
            Party::Agent => self.seen.meeting.customer.name.to_string(),
            Party::Customer | Party::Organisation => self.seen.agent.visible_name().to_string(),
        }
    }

    fn facts(&self, visit: &Visit) -> MeetingFacts {
        let meeting = &self.seen.meeting;
        MeetingFacts {
            what: meeting.title.clone(),
            when: self.clock(visit).full_range(meeting.start, meeting.end),
            when_other: self.other(visit, &self.clock(visit), meeting.start, meeting.end),
            place: meeting.place.clone(),
        }
    }

    fn reason_required(&self) -> bool {
        self.seen.party != Party::Customer
    }
}

async fn show(mut visit: Visit, Path(token): Path<String>) -> Page {
    let view = open(&mut visit, &token).await?;
    Ok(html(&page(&visit, &view).await?))
}

pub(super) async fn page(visit: &Visit, view: &View) -> Result<MeetingPage, Failure> {
    let meeting = &view.seen.meeting;
    let state = state(meeting.status_at(visit.now));
    let closed_reason = match meeting.changeable(visit.now) {
        Err(ChangeRefusal::Started) if meeting.end > visit.now => Some(visit.texts().text("meeting-started")),
        Ok(()) | Err(ChangeRefusal::Cancelled | ChangeRefusal::Started) => None,
    };
    let ahead = state == MeetingState::Scheduled;
    let calendars = if ahead { calendar_links(visit, view).await? } else { Vec::new() };
    let messages = match view.seen.party {
        Party::Agent => meeting_log::lines(visit, &view.clock(visit), &view.seen, &view.base).await?,
        Party::Customer | Party::Organisation => Vec::new(),
    };
    let sms = meeting_sms::part(visit, view).await?;
    let bookable = view.seen.party == Party::Customer && view.seen.agent.status == AgentStatus::Active;
    let answers = or_page(visit, meetings::answers::of(visit.web.app(), meeting).await).await?;
    let may_change = meeting.changeable(visit.now).is_ok();
    let (review_form, review) = after::part(visit, view).await?;
    Ok(MeetingPage {
        shell: or_page(visit, visit.public_shell(view.base.as_str()).await).await?,
        base: view.base.clone(),
        reader: if view.seen.party == Party::Agent { Reader::Agent } else { Reader::Customer },
        state,
        facts: view.facts(visit),
        plate: plate(&view.seen.agent, Place::Messages, visit.locale()),
        customer_name: meeting.customer.name.to_string(),
        customer_email: meeting.customer.email.shown(),
        customer_phone_number: meeting
            .customer
            .phone_number
            .as_ref()
            .map(nameplate_domain::account::PhoneNumber::international),
        note: meeting.note.as_ref().map(ToString::to_string),
        sms,
        reference: reference(&meeting.id.to_string()),
        calendars,
        guests: guests::part(visit, view, &answers, may_change),
        customer_answer: guests::answer(visit, &answers, &meeting.customer.email),
        wrap_up: wrap_up::part(visit, view),
        // Whoever says how it was has come.
        is_missed: after::attendance(visit, view).filter(|missed| *missed || review.is_none()),
        review_form,
        review,
        may_change,
        may_move: view.seen.agent.status == AgentStatus::Active,
        reassign: (view.seen.party == Party::Agent).then(|| reassign::path(meeting.id)),
        closed_reason,
        cancel_reason: (state == MeetingState::Cancelled)
            .then(|| meeting.reason.as_ref().map(ToString::to_string))
            .flatten(),
        book_again: bookable.then(|| format!("/{}", view.seen.agent.slug)),
        messages,
    })
}

/// The end of the id: short enough to be read out on the phone.
fn reference(id: &str) -> String {
    let tail: String = id.chars().rev().take(8).collect();
    tail.chars().rev().collect::<String>().to_uppercase()
}

pub(crate) fn state(status: Status) -> MeetingState {
    match status {
        Status::Pending => MeetingState::Pending,
        Status::Scheduled => MeetingState::Scheduled,
        Status::Cancelled => MeetingState::Cancelled,
        Status::Completed => MeetingState::Completed,
        Status::Missed => MeetingState::Missed,
    }
}

async fn calendar_links(visit: &Visit, view: &View) -> Result<Vec<Link>, Failure> {
    let party = view.seen.party;
    let links =
        outbox::calendar_links(visit.web.app(), &view.seen.meeting, &view.seen.agent, party, visit.now);
    let links = or_page(visit, links.await).await?;
    Ok(links.into_iter().map(|(name, href)| Link::new(name, href)).collect())
}

async fn calendar(mut visit: Visit, Path(token): Path<String>) -> Page {
    let view = open(&mut visit, &token).await?;
    let (app, seen) = (visit.web.app(), &view.seen);
    let file = outbox::calendar_file(app, &seen.meeting, &seen.agent, seen.party, visit.now).await;
    let headers = [
        ("content-type", "text/calendar; charset=utf-8; method=PUBLISH"),
        ("content-disposition", "attachment; filename=\"meeting.ics\""),
    ];
    Ok((headers, or_page(&visit, file).await?).into_response())
}

async fn choose(mut visit: Visit, Path(token): Path<String>, Asked(asked): Asked<Wish>) -> Page {
    let view = open(&mut visit, &token).await?;
    if view.seen.meeting.changeable(visit.now).is_err() {
        return Ok(see_other(&view.base));
    }
    if let Some(start) = asked.start.as_deref().and_then(forms::start) {
        return Ok(html(&confirm_page(&visit, &view, start, asked.wanted.time_zone.as_deref()).await?));
    }
    let offer = or_page(&visit, reschedule::offer(visit.web.app(), view.seen.meeting.id).await).await?;
    let zone = reader_zone(
        &visit,
        Some(asked.wanted.time_zone.as_deref().unwrap_or(view.zone.as_str())),
        &view.zone,
    );
    let page = format!("{}/reschedule", view.base);
    let places = Places { time: page.clone(), page, moving: Some(view.seen.meeting.id) };
    let picker = or_page(&visit, picker::build(&visit, &offer, &asked.wanted, &zone, &places).await).await?;
    Ok(html(&Reschedule {
        shell: or_page(&visit, visit.public_shell(visit.here()).await).await?,
        facts: view.facts(&visit),
        plate: plate(&view.seen.agent, Place::Messages, visit.locale()),
        picker,
        base: view.base,
    }))
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Wish {
    start: Option<String>,
    #[serde(flatten)]
    wanted: Wanted,
}

async fn confirm_page(
    visit: &Visit,
    view: &View,
    start: Timestamp,
    asked_zone: Option<&str>,
) -> Result<RescheduleConfirm, Failure> {
    let offer = or_page(visit, reschedule::offer(visit.web.app(), view.seen.meeting.id).await).await?;
    let end = start + SignedDuration::from_mins(i64::from(offer.meeting_type.rules.duration_minutes));
    let zone = reader_zone(visit, Some(asked_zone.unwrap_or(view.zone.as_str())), &view.zone);
    let clock = visit.clock(&zone.id);
    let date = clock.local(start).date().to_string();
    let back = query(&[("date", &date), ("time_zone", zone.id.as_str())]);
    let chosen = query(&[("start", &start.to_string()), ("time_zone", zone.id.as_str())]);
    let here = format!("{}/reschedule{chosen}", view.base);
    Ok(RescheduleConfirm {
        shell: or_page(visit, visit.public_shell(here).await).await?,
        base: view.base.clone(),
        facts: view.facts(visit),
        new_when: clock.full_range(start, end),
        new_when_other: view.other(visit, &clock, start, end),
        plate: plate(&view.seen.agent, Place::Messages, visit.locale()),
        version: view.seen.meeting.sequence,
        start: start.to_string(),
        time_zone: zone.id.to_string(),
        reason: String::new(),
        reason_required: view.reason_required(),
        button: move_button(visit, &clock, start),
        change_href: format!("{}/reschedule{back}", view.base),
        taken: None,
    })
}

/// "Move to 10:00 on Tuesday 8 December"
fn move_button(visit: &Visit, clock: &Clock, start: Timestamp) -> String {
    let day = clock.day_heading(clock.local(start).date(), visit.now);
    visit.texts().format("move-button", &[("time", &clock.bare(start)), ("day", &day)])
}

/// The sequence of the meeting that the form showed. One that is missing or unreadable is nobody's.
pub(super) fn seen(form: &Form) -> u32 {
    u32::try_from(form.version()).unwrap_or(u32::MAX)
}

fn reason(view: &View, form: &Form, check: &mut Check) -> Option<Option<Note>> {
    let reason = check.take("reason", optional(form.get("reason"), Note::parse))?;
    if reason.is_none() && view.reason_required() {
        check.add("reason", Problem::Empty);
        return None;
    }
    Some(reason)
}

async fn move_it(mut visit: Visit, Path(token): Path<String>, form: Form) -> Page {
    let view = open(&mut visit, &token).await?;
    let Some(start) = forms::start(form.get("start")) else {
        return Ok(see_other(&format!("{}/reschedule", view.base)));
    };
    let mut check = Check::default();
    let Some(reason) = reason(&view, &form, &mut check) else {
        let mut page = confirm_page(&visit, &view, start, Some(form.get("time_zone"))).await?;
        page.reason = form.typed("reason");
        page.shell.errors = check.errors(visit.texts());
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let app = visit.web.app();
    let chosen = reader_zone(&visit, Some(form.get("time_zone")), &view.zone).id;
    let wish = reschedule::Move { start, customer_zone: Some(chosen), reason, seen: Some(seen(&form)) };
    match reschedule::reschedule(app, &view.ctx, view.seen.meeting.id, wish).await {
        Ok(moved) if moved.is_new => Ok(see_other(&format!("{}?saved=moved", view.base))),
        Ok(_) | Err(Error::Refused(Refusal::MeetingCancelled | Refusal::MeetingStarted)) => {
            Ok(see_other(&view.base))
        }
        Err(Error::Refused(refusal)) => {
            let mut page = confirm_page(&visit, &view, start, Some(form.get("time_zone"))).await?;
            page.reason = form.typed("reason");
            let zone = reader_zone(&visit, Some(form.get("time_zone")), &view.zone);
            let nearby = if let Refusal::SlotTaken(nearby) = &refusal {
                nearby.clone()
            } else {
                let offer = or_page(&visit, reschedule::offer(app, view.seen.meeting.id).await).await?;
                let moving = Some(view.seen.meeting.id);
                or_page(&visit, slots::nearest(app, visit.now, &offer, start, moving).await).await?
            };
            page.taken = Some(taken(&visit, &visit.clock(&zone.id), start, &refusal, &nearby, move_button));
            with_status(StatusCode::CONFLICT, &page)
        }
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}

async fn cancel_page(
    visit: &Visit,
    view: &View,
    typed: String,
    errors: Vec<FieldError>,
) -> Result<Cancel, Failure> {
    let clock = view.clock(visit);
    let day = clock.day_heading(clock.local(view.seen.meeting.start).date(), visit.now);
    let mut shell = or_page(visit, visit.public_shell(format!("{}/cancel", view.base)).await).await?;
    shell.errors = errors;
    Ok(Cancel {
        base: view.base.clone(),
        version: view.seen.meeting.sequence,
        facts: view.facts(visit),
        plate: plate(&view.seen.agent, Place::Messages, visit.locale()),
        other_name: view.other_name(),
        has_guests: !view.seen.meeting.guests.is_empty(),
        reason: typed,
        reason_required: view.reason_required(),
        button: shell.t1("cancel-button", "day", &day),
        shell,
    })
}

async fn ask_cancel(mut visit: Visit, Path(token): Path<String>) -> Page {
    let view = open(&mut visit, &token).await?;
    if view.seen.meeting.changeable(visit.now).is_err() {
        return Ok(see_other(&view.base));
    }
    Ok(html(&cancel_page(&visit, &view, String::new(), Vec::new()).await?))
}

async fn cancel_it(mut visit: Visit, Path(token): Path<String>, form: Form) -> Page {
    let view = open(&mut visit, &token).await?;
    let mut check = Check::default();
    let Some(reason) = reason(&view, &form, &mut check) else {
        let page = cancel_page(&visit, &view, form.typed("reason"), check.errors(visit.texts())).await?;
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    match cancel::cancel(visit.web.app(), &view.ctx, view.seen.meeting.id, reason, Some(seen(&form))).await {
        // A second click, or somebody else was faster: the page shows how things stand.
        Ok(_) | Err(Error::Refused(Refusal::MeetingCancelled | Refusal::MeetingStarted)) => {
            Ok(see_other(&view.base))
        }
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}
