//! The agent's meetings.

use crate::failure::{Page, html};
use crate::forms::Asked;
use crate::pages::manage::state;
use crate::pages::or_page;
use crate::routes::{Access, Routes};
use crate::view::Section;
use crate::view::meetings::{MeetingDay, MeetingRow, Meetings};
use crate::visit::AgentVisit;
use nameplate_app::meetings::{list, manage_url};
use nameplate_domain::account::PhoneNumber;
use nameplate_domain::meetings::{Meeting, Party};
use serde::Deserialize;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get("/account/meetings", Access::Agent, show)
}

#[derive(Default, Deserialize)]
struct Which {
    past: Option<String>,
}

async fn show(visit: AgentVisit, Asked(which): Asked<Which>) -> Page {
    let (app, ctx, past) = (visit.visit.web.app(), visit.ctx(), which.past.is_some());
    let found = if past { list::past(app, &ctx).await } else { list::upcoming(app, &ctx).await };
    let found = or_page(&visit.visit, found).await?;
    let clock = visit.clock();
    let mut days: Vec<MeetingDay> = Vec::new();
    for meeting in &found {
        let day = clock.date_full(clock.local(meeting.start).date());
        let row = row(&visit, meeting);
        match days.last_mut() {
            Some(last) if last.day == day => last.meetings.push(row),
            _ => days.push(MeetingDay { day, meetings: vec![row] }),
        }
    }
    Ok(html(&Meetings {
        shell: or_page(
            &visit.visit,
            visit
                .shell(Section::Meetings, if past { "/account/meetings?past=1" } else { "/account/meetings" })
                .await,
        )
        .await?,
        past,
        zone_line: clock.heading(visit.visit.now),
        days,
        profile_url: visit.profile_url(),
        newer: None,
        older: None,
    }))
}

fn row(visit: &AgentVisit, meeting: &Meeting) -> MeetingRow {
    let clock = visit.clock();
    let url = manage_url(visit.visit.web.app(), meeting, Party::Agent);
    let href = url.strip_prefix(&visit.visit.web.app().settings().public_url).unwrap_or(&url).to_owned();
    let [start, end] =
        <[String; 2]>::try_from(clock.bare_list(&[meeting.start, meeting.end])).unwrap_or_default();
    MeetingRow {
        time: format!("{start}-{end}"),
        customer: meeting.customer.name.to_string(),
        email: meeting.customer.email.shown(),
        phone_number: meeting.customer.phone_number.as_ref().map(PhoneNumber::international),
        what: meeting.title.clone(),
        state: state(meeting.status_at(visit.visit.now)),
        href,
        may_change: meeting.changeable(visit.visit.now).is_ok(),
    }
}
