//! The accounts of the organisation, for its admins (AD-01, AD-02, AD-05).

mod accept;
mod bulk;
mod edit;
mod import;
mod invite;
mod person;

pub(crate) use bulk::PATH as BULK;

use crate::failure::{Failure, Page, html};
use crate::forms::{Asked, Form};
use crate::pages::or_page;
use crate::picker::query;
use crate::plates::own_picture;
use crate::routes::{Access, Routes};
use crate::view::Section;
use crate::view::account::SelectField;
use crate::view::people::{PeopleList, PersonRow, RoleChoice, SortLink};
use crate::visit::{AdminVisit, AgentVisit};
use jiff::Timestamp;
use nameplate_app::people::{self, Filter, Sort};
use nameplate_domain::account::{Agent, AgentStatus, Role};
use nameplate_i18n::Texts;
use serde::Deserialize;

const PATH: &str = "/admin/people";

pub(crate) fn routes(routes: Routes) -> Routes {
    let admin = Access::Admin;
    import::routes(routes)
        .get(PATH, admin, list)
        .get("/admin/people.csv", admin, import::everybody)
        .get(bulk::PATH, admin, bulk::ask)
        .post(bulk::PATH, admin, bulk::run)
        .get("/admin/people/invite", admin, invite::show)
        .post("/admin/people/invite", admin, invite::send)
        .get("/admin/people/{agent}", admin, person::show)
        .get("/admin/people/{agent}/edit", admin, edit::show)
        .post("/admin/people/{agent}/edit", admin, edit::save)
        .post("/admin/people/{agent}/role", admin, person::set_role)
        .post("/admin/people/{agent}/invite-again", admin, person::invite_again)
        .post("/admin/people/{agent}/reset", admin, person::reset)
        .get("/admin/people/{agent}/deactivate", admin, person::ask_deactivate)
        .post("/admin/people/{agent}/deactivate", admin, person::deactivate)
        .post("/admin/people/{agent}/reactivate", admin, person::reactivate)
        .get("/invite/{token}", Access::Link, accept::show)
        .post("/invite/{token}", Access::Link, accept::accept)
}

/// The columns that sort, by the word in the address.
const COLUMNS: [(&str, Sort); 4] =
    [("name", Sort::Name), ("email", Sort::Email), ("role", Sort::Role), ("status", Sort::Status)];

#[derive(Default, Clone, Deserialize)]
#[serde(default)]
struct Wanted {
    search: String,
    role: String,
    status: String,
    sort: String,
    order: String,
    page: String,
}

impl Wanted {
    /// What is no word of ours asks for nothing.
    fn filter(&self) -> Filter {
        Filter {
            search: self.search.clone(),
            role: Role::parse(&self.role).ok(),
            status: AgentStatus::parse(&self.status).ok(),
            sort: self.sorted(),
            descending: self.order == "desc",
            page: self.page.parse().unwrap_or(1),
        }
    }

    fn sorted(&self) -> Sort {
        COLUMNS.iter().find(|(word, _)| *word == self.sort).map_or(Sort::Name, |(_, sort)| *sort)
    }

    /// As a form carries it.
    fn of(form: &Form) -> Self {
        let [search, role, status, sort, order, page] =
            ["search", "role", "status", "sort", "order", "page"].map(|name| form.typed(name));
        Self { search, role, status, sort, order, page }
    }

    /// All of it, by name.
    fn all(&self) -> [(&'static str, &str); 6] {
        [
            ("search", &self.search),
            ("role", &self.role),
            ("status", &self.status),
            ("sort", &self.sort),
            ("order", &self.order),
            ("page", &self.page),
        ]
    }

    /// The address of the list, with another order or page.
    fn href(&self, sort: &str, order: &str, page: usize) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let asked = [("search", &*self.search), ("role", &self.role), ("status", &self.status)];
        let order = [("sort", sort), ("order", order), ("page", &page)];
        format!("{PATH}{}", query(&[asked, order].concat()))
    }
}

async fn list(AdminVisit(visit): AdminVisit, Asked(wanted): Asked<Wanted>) -> Page {
    Ok(html(&list_page(&visit, &wanted).await?))
}

async fn list_page(visit: &AgentVisit, wanted: &Wanted) -> Result<PeopleList, Failure> {
    let filter = wanted.filter();
    let found =
        or_page(&visit.visit, people::list(visit.visit.web.app(), &visit.ctx(), &filter).await).await?;
    let here = wanted.href(&wanted.sort, &wanted.order, found.page);
    let shell = or_page(&visit.visit, visit.shell(Section::Other, here).await).await?;
    let texts = visit.visit.texts();
    let is_filtered = !wanted.search.trim().is_empty() || filter.role.is_some() || filter.status.is_some();
    let (count, all) = (found.found.to_string(), found.all.to_string());
    let key = if is_filtered { "people-count-of" } else { "people-count" };
    let count = texts.format(key, &[("found", &count), ("all", &all)]);
    let bulk = bulk::bar(texts, found.people.len(), found.found);
    let column = |(word, sort): (&'static str, Sort)| {
        let is_sorted = filter.sort == sort;
        let order = if is_sorted && !filter.descending { "desc" } else { "" };
        SortLink {
            label: texts.text(&format!("people-{word}")),
            href: wanted.href(word, order, 1),
            sorted: is_sorted.then_some(if filter.descending { "descending" } else { "ascending" }),
        }
    };
    let columns = COLUMNS.map(column).to_vec();
    let sorted = columns.iter().find(|one| one.sorted.is_some()).map(|one| one.label.to_lowercase());
    let turn = |page: usize| wanted.href(&wanted.sort, &wanted.order, page);
    let numbers = [("page", &*found.page.to_string()), ("pages", &*found.pages.to_string())];
    Ok(PeopleList {
        shell,
        filters: vec![role_filter(texts, filter.role), status_filter(texts, filter.status)],
        kept: given(&[("sort", &wanted.sort), ("order", &wanted.order)]),
        asked: given(&wanted.all()),
        bulk,
        count,
        is_filtered,
        caption: texts.format("people-caption", &[("sort", &sorted.unwrap_or_default())]),
        columns,
        rows: found.people.iter().map(|one| row(visit, &one.agent, one.last_sign_in)).collect(),
        pages: (found.pages > 1).then(|| texts.format("people-page", &numbers)),
        previous: (found.page > 1).then(|| turn(found.page - 1)),
        next: (found.page < found.pages).then(|| turn(found.page + 1)),
        search: wanted.search.clone(),
    })
}

/// Fields for a form: those with a value.
fn given(fields: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}

fn role_filter(texts: Texts, chosen: Option<Role>) -> SelectField {
    let options = Role::ALL.iter().map(|role| (role.to_string(), texts.text(&format!("role-{role}"))));
    filter_field(texts, "role", chosen.map(Role::as_str), options)
}

fn status_filter(texts: Texts, chosen: Option<AgentStatus>) -> SelectField {
    let options =
        AgentStatus::ALL.iter().map(|status| (status.to_string(), texts.text(&format!("status-{status}"))));
    filter_field(texts, "status", chosen.map(AgentStatus::as_str), options)
}

fn filter_field(
    texts: Texts,
    name: &str,
    chosen: Option<&str>,
    options: impl Iterator<Item = (String, String)>,
) -> SelectField {
    let any = (String::new(), texts.text(&format!("people-any-{name}")));
    SelectField {
        name: name.to_owned(),
        label: texts.text(&format!("people-{name}")),
        chosen: chosen.unwrap_or_default().to_owned(),
        options: std::iter::once(any).chain(options).collect(),
    }
}

/// Somebody as the list and the page of the account show them.
fn row(visit: &AgentVisit, agent: &Agent, last_sign_in: Option<Timestamp>) -> PersonRow {
    let (texts, clock) = (visit.visit.texts(), visit.clock());
    let is_active = agent.status == AgentStatus::Active;
    let url = visit.visit.web.app().url(&format!("/{}", agent.slug));
    PersonRow {
        picture: own_picture(agent),
        name: agent.name.to_string(),
        is_own: agent.id == visit.agent.id,
        id: agent.id.to_string(),
        is_ticked: false,
        href: format!("{PATH}/{}", agent.id),
        email: agent.email.shown(),
        role: texts.text(&format!("role-{}", agent.role)),
        status: texts.text(&format!("status-{}", agent.status)),
        is_away: !is_active,
        last_sign_in: last_sign_in.map_or_else(|| texts.text("people-never"), |at| clock.short(at)),
        profile: is_active.then(|| (agent.slug.to_string(), url)),
    }
}

/// The roles to choose from; managers have no teams yet, so nobody is made one here.
fn roles(texts: Texts, chosen: Role) -> Vec<RoleChoice> {
    let choice = |role: &Role| RoleChoice {
        value: role.as_str(),
        label: texts.text(&format!("role-{role}")),
        text: texts.text(&format!("role-{role}-text")),
        chosen: *role == chosen,
    };
    Role::ALL.iter().filter(|role| **role != Role::Manager || chosen == Role::Manager).map(choice).collect()
}
