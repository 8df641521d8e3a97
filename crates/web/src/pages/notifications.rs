//! Which messages about meetings leave, and when (T-12, T-13).

use crate::failure::{Failure, Page, html, see_other};
use crate::forms::{Check, Form, error};
use crate::pages::{or_page, with_status};
use crate::routes::{Access, Routes};
use crate::view::account::SelectField;
use crate::view::notifications::{NotificationRow, NotificationsPage, Switch as Shown, TimingRow};
use crate::view::{FieldError, Section};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use nameplate_app::Error;
use nameplate_app::accounts::notifications::choose;
use nameplate_domain::account::{Notification, Notifications, Problem, Switch, Timing};
use nameplate_i18n::Texts;

const PATH: &str = "/account/notifications";
/// The times before a start that are offered, in minutes.
const OFFERED: [u32; 14] = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 4320, 10_080, 20_160];

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get(PATH, Access::Agent, show).post(PATH, Access::Agent, save)
}

async fn show(visit: AgentVisit) -> Page {
    Ok(html(&page(&visit, visit.agent.notifications.clone()).await?))
}

/// The switches that there are.
fn switches(has_texts: bool) -> impl Iterator<Item = (Notification, Switch)> {
    Notification::with_each_switch().filter(move |(_, switch)| has_texts || *switch != Switch::CustomerSms)
}

/// The page with these choices.
async fn page(visit: &AgentVisit, shown: Notifications) -> Result<NotificationsPage, Failure> {
    let shell = or_page(&visit.visit, visit.shell(Section::Account, PATH).await).await?;
    let texts = visit.visit.texts();
    let has_texts = visit.visit.web.app().settings().sms.is_some();
    let switch = |one: Notification, switch: Switch| Shown {
        name: format!("{one}_{switch}"),
        always: one.is_always(switch),
        on: shown.is_on(one, switch),
    };
    let row = |one: &Notification| NotificationRow {
        label: label(texts, *one),
        when: when(texts, &shown, *one),
        customer: switch(*one, Switch::Customer),
        agent: one.has_switch(Switch::Agent).then(|| switch(*one, Switch::Agent)),
        texts: (has_texts && one.has_switch(Switch::CustomerSms)).then(|| switch(*one, Switch::CustomerSms)),
    };
    let (on, off): (Vec<_>, Vec<_>) =
        switches(has_texts).partition(|(one, switch)| shown.is_on(*one, *switch));
    let counts = [("on", &*on.len().to_string()), ("off", &*off.len().to_string())];
    let before =
        |kind| shown.timing(kind).map(|timing| span(texts, timing.before_minutes)).unwrap_or_default();
    let (reminder, soon) = (before(Notification::Reminder), before(Notification::StartsSoon));
    Ok(NotificationsPage {
        overview: texts.format("notifications-overview", &counts),
        seen: json(&visit.agent.notifications),
        shell,
        rows: Notification::ALL.iter().filter(|one| one.has_switch(Switch::Customer)).map(row).collect(),
        has_texts,
        line: texts.format("notifications-line", &[("reminder", &reminder), ("soon", &soon)]),
        timings: Notification::ALL.iter().filter_map(|one| timing_row(texts, &shown, *one)).collect(),
    })
}

/// "Meeting booked"
pub(super) fn label(texts: Texts, one: Notification) -> String {
    texts.text(&format!("notification-{}", one.as_str().replace('_', "-")))
}

/// When it leaves, and when it does not.
fn when(texts: Texts, shown: &Notifications, one: Notification) -> String {
    match shown.timing(one) {
        None => texts.text(&format!("notification-when-{}", one.as_str().replace('_', "-"))),
        Some(timing) => {
            let (before, notice) = (span(texts, timing.before_minutes), span(texts, timing.notice_minutes));
            texts.format("notification-when-timed", &[("before", &before), ("notice", &notice)])
        }
    }
}

/// "15 minutes", "24 hours", "2 days"
pub(super) fn span(texts: Texts, minutes: u32) -> String {
    let (key, count) = match minutes {
        days if days > 24 * 60 && days % (24 * 60) == 0 => ("span-days", days / (24 * 60)),
        hours if hours % 60 == 0 => ("span-hours", hours / 60),
        minutes => ("span-minutes", minutes),
    };
    texts.format(key, &[("count", &count.to_string())])
}

fn timing_row(texts: Texts, shown: &Notifications, one: Notification) -> Option<TimingRow> {
    let timing = shown.timing(one)?;
    let select = |what: &str, chosen: u32| {
        let mut offered = OFFERED.to_vec();
        if !offered.contains(&chosen) {
            offered.push(chosen);
            offered.sort_unstable();
        }
        SelectField {
            name: format!("{one}_{what}"),
            label: texts.text(&format!("notification-{what}")),
            chosen: chosen.to_string(),
            options: offered.iter().map(|minutes| (minutes.to_string(), span(texts, *minutes))).collect(),
        }
    };
    Some(TimingRow {
        label: label(texts, one),
        before: select("before", timing.before_minutes),
        notice: select("notice", timing.notice_minutes),
    })
}

async fn save(visit: AgentVisit, form: Form) -> Page {
    let app = visit.visit.web.app();
    let stored = visit.agent.notifications.clone();
    let mut chosen = switches(app.settings().sms.is_some()).fold(stored, |chosen, (one, switch)| {
        let on = form.has(&format!("{one}_{switch}"));
        chosen.with(one, switch, on)
    });
    let mut wrong = Check::default();
    for one in Notification::ALL.iter().filter(|one| one.usual_timing().is_some()) {
        match timing(&form, *one) {
            Ok(timing) => chosen = chosen.at(*one, timing),
            Err((typed, field, problem)) => {
                chosen = chosen.at(*one, typed);
                wrong.add(&field, problem);
            }
        }
    }
    let wrong = wrong.errors(visit.visit.texts());
    if !wrong.is_empty() {
        return refused(&visit, chosen, wrong).await;
    }
    let seen = serde_json::from_str(form.get("seen")).unwrap_or_default();
    match choose(app, &visit.ctx(), seen, chosen.clone()).await {
        Ok(()) => Ok(see_other("/account/notifications?saved=notifications")),
        Err(Error::Invalid(found)) => {
            let texts = visit.visit.texts();
            let wrong = found.iter().map(|one| error(texts, "reminder_before", &one.problem)).collect();
            refused(&visit, chosen, wrong).await
        }
        Err(Error::Stale) => {
            let text = visit.visit.texts().text("notifications-stale");
            refused(&visit, chosen, vec![FieldError { field: "notifications".to_owned(), text }]).await
        }
        Err(failed) => Err(Failure::page(failed, &visit.visit).await),
    }
}

/// The time of a reminder as it was chosen; or that, the field that is wrong, and why.
fn timing(form: &Form, one: Notification) -> Result<Timing, (Timing, String, Problem)> {
    let usual = one.usual_timing().unwrap_or(Timing { before_minutes: 0, notice_minutes: 0 });
    let number = |what: &str| form.get(&format!("{one}_{what}")).parse::<u32>();
    let (before, notice) = (number("before"), number("notice"));
    let typed = Timing {
        before_minutes: before.clone().unwrap_or(usual.before_minutes),
        notice_minutes: notice.clone().unwrap_or(usual.notice_minutes),
    };
    let (Ok(before), Ok(notice)) = (before, notice) else {
        return Err((typed, format!("{one}_before"), Problem::NotANumber));
    };
    Timing::new(before, notice).map_err(|problem| {
        let field = if problem == Problem::NoticeTooShort { "notice" } else { "before" };
        (typed, format!("{one}_{field}"), problem)
    })
}

/// The page again, with what was chosen and what is wrong with it.
async fn refused(visit: &AgentVisit, chosen: Notifications, errors: Vec<FieldError>) -> Page {
    let mut page = page(visit, chosen).await?;
    page.shell.errors = errors;
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn json(notifications: &Notifications) -> String {
    serde_json::to_string(notifications).unwrap_or_default()
}
