//! The agent's meetings.

use crate::failure::{Page, html};
use crate::forms::{self, Asked};
use crate::pages::manage::state;
use crate::pages::or_page;
use crate::picker::query;
use crate::routes::{Access, Routes};
use crate::view::meetings::{MeetingDay, MeetingRow, Meetings};
use crate::view::{Link, Section};
use crate::visit::AgentVisit;
use jiff::Timestamp;
use nameplate_app::meetings::list::{self, ListPlace, ListWhich};
use nameplate_app::meetings::manage_url;
use nameplate_domain::account::PhoneNumber;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Meeting, Party};
use serde::Deserialize;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get("/account/meetings", Access::Agent, show)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    past: Option<String>,
    after: String,
    before: String,
}

/// A place in the list as an address carries it: `2026-11-24T10:00:00Z_mtg_…`.
fn place(text: &str) -> Option<(Timestamp, MeetingId)> {
    let (start, id) = text.split_once('_')?;
    Some((forms::start(start)?, id.parse().ok()?))
}

/// The address of the page from a place on.
fn address(past: bool, from: Option<ListPlace>) -> String {
    let text = |(start, id): (Timestamp, MeetingId)| format!("{start}_{id}");
    let (after, before) = match from {
        Some(ListPlace::After(start, id)) => (text((start, id)), String::new()),
        Some(ListPlace::Before(start, id)) => (String::new(), text((start, id))),
        None => (String::new(), String::new()),
    };
    let past = if past { "1" } else { "" };
    format!("/account/meetings{}", query(&[("past", past), ("after", &after), ("before", &before)]))
}

async fn show(visit: AgentVisit, Asked(wanted): Asked<Wanted>) -> Page {
    let past = wanted.past.is_some();
    let after = place(&wanted.after).map(|(start, id)| ListPlace::After(start, id));
    let from = after.or_else(|| place(&wanted.before).map(|(start, id)| ListPlace::Before(start, id)));
    let which = if past { ListWhich::Past } else { ListWhich::Upcoming };
    let found = list::page(visit.visit.web.app(), &visit.ctx(), which, from).await;
    let found = or_page(&visit.visit, found).await?;
    let clock = visit.clock();
    let mut days: Vec<MeetingDay> = Vec::new();
    for meeting in &found.meetings {
        let day = clock.date_full(clock.local(meeting.start).date());
        let row = row(&visit, meeting);
        match days.last_mut() {
            Some(last) if last.day == day => last.meetings.push(row),
            _ => days.push(MeetingDay { day, meetings: vec![row] }),
        }
    }
    let shell = visit.shell(Section::Meetings, address(past, from)).await;
    let shell = or_page(&visit.visit, shell).await?;
    let link = |place: Option<ListPlace>, key: &str| {
        place.map(|place| Link::new(shell.t(key), address(past, Some(place))))
    };
    let earlier = link(found.earlier, "meetings-earlier");
    let later = link(found.later, "meetings-later");
    // In the order of the list, which begins with the latest when it is over.
    let pages = if past { [later, earlier] } else { [earlier, later] }.into_iter().flatten().collect();
    Ok(html(&Meetings {
        shell,
        past,
        zone_line: clock.heading(visit.visit.now),
        days,
        profile_url: visit.profile_url(),
        pages,
    }))
}

fn row(visit: &AgentVisit, meeting: &Meeting) -> MeetingRow {
    let clock = visit.clock();
    let url = manage_url(visit.visit.web.app(), meeting, Party::Agent);
    let href = url.strip_prefix(&visit.visit.web.app().settings().public_url).unwrap_or(&url).to_owned();
    let [start, end] =
        <[String; 2]>::try_from(clock.bare_list(&[meeting.start, meeting.end])).unwrap_or_default();
    let ends_next_day = clock.local(meeting.start).date() != clock.local(meeting.end).date();
    MeetingRow {
        time: if ends_next_day {
            format!("{start}-{end}, {}", visit.visit.texts().text("range-next-day"))
        } else {
            format!("{start}-{end}")
        },
        customer: meeting.customer.name.to_string(),
        email: meeting.customer.email.shown(),
        phone_number: meeting.customer.phone_number.as_ref().map(PhoneNumber::international),
        what: meeting.title.clone(),
        state: state(meeting.status_at(visit.visit.now)),
        href,
        may_change: meeting.changeable(visit.visit.now).is_ok(),
    }
}
