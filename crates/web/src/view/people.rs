//! The accounts of the organisation, for its admins; and the page behind an invitation.

use super::account::SelectField;
use super::zones::ZoneChoice;
use super::{NewPassword, Picture, Shell};
use askama::Template;

/// Somebody in the list.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Picture or initials.
    pub picture: Picture,
    /// The name, which leads to the account.
    pub name: String,
    /// Whether this is the admin who looks.
    pub is_own: bool,
    /// `agt_…`
    pub id: String,
    /// Whether they were chosen before something else was wrong.
    pub is_ticked: bool,
    /// `/admin/people/agt_…`
    pub href: String,
    /// The address they sign in with.
    pub email: String,
    /// "Administrator"
    pub role: String,
    /// "Active"
    pub status: String,
    /// Whether the status is another one than active.
    pub is_away: bool,
    /// When they last signed in, with the zone; "Never".
    pub last_sign_in: String,
    /// The slug, and the profile URL, where anybody can book.
    pub profile: Option<(String, String)>,
}

/// A column that sorts.
#[derive(Debug, Clone)]
pub struct SortLink {
    /// "Name"
    pub label: String,
    /// Sorts by it, or the other way round.
    pub href: String,
    /// `ascending` or `descending`, where the list is sorted by it.
    pub sorted: Option<&'static str>,
}

/// `/admin/people`: asks with `search`, `role`, `status`, `sort`, `order` and `page`.
#[derive(Debug, Clone, Template)]
#[template(path = "people/list.html")]
pub struct PeopleList {
    /// The frame.
    pub shell: Shell,
    /// What was searched.
    pub search: String,
    /// Role and status.
    pub filters: Vec<SelectField>,
    /// Order and sort of the list, for the form.
    pub kept: Vec<(&'static str, String)>,
    /// All that was asked for, for the form that changes several people.
    pub asked: Vec<(&'static str, String)>,
    /// What to do (`job`) and for whom (`whom`).
    pub bulk: Vec<SelectField>,
    /// "3 of 12 people"
    pub count: String,
    /// Whether something was asked for.
    pub is_filtered: bool,
    /// "People, sorted by name"
    pub caption: String,
    /// Name, email, role, status.
    pub columns: Vec<SortLink>,
    /// The people on this page.
    pub rows: Vec<PersonRow>,
    /// "Page 2 of 3"; none when there is one.
    pub pages: Option<String>,
    /// Where the page before is.
    pub previous: Option<String>,
    /// Where the page behind is.
    pub next: Option<String>,
}

impl PeopleList {
    fn heading(&self) -> String {
        self.shell.t("people-title")
    }
}

/// A role to choose.
#[derive(Debug, Clone)]
pub struct RoleChoice {
    /// `agent`
    pub value: &'static str,
    /// "Agent"
    pub label: String,
    /// "Own profile, hours and meetings"
    pub text: String,
    /// It is the one.
    pub chosen: bool,
}

/// `/admin/people/invite`: posts `name`, `email`, `role`.
#[derive(Debug, Clone, Template)]
#[template(path = "people/invite.html")]
pub struct Invite {
    /// The frame; errors of the fields.
    pub shell: Shell,
    /// What was typed.
    pub name: String,
    /// What was typed.
    pub email: String,
    /// The roles.
    pub roles: Vec<RoleChoice>,
}

impl Invite {
    fn heading(&self) -> String {
        self.shell.t("invite-title")
    }
}

/// A meeting that has not begun.
#[derive(Debug, Clone)]
pub struct AheadRow {
    /// "Mortgage introduction"
    pub what: String,
    /// When it begins, with the zone.
    pub when: String,
    /// Where it is given to somebody else.
    pub reassign: String,
}

/// `/admin/people/agt_…`
#[derive(Debug, Clone, Template)]
#[template(path = "people/person.html")]
pub struct Account {
    /// The frame; an error of `role`.
    pub shell: Shell,
    /// As in the list.
    pub person: PersonRow,
    /// The roles; empty where nothing can be chosen.
    pub roles: Vec<RoleChoice>,
    /// "2 meetings"
    pub meetings: String,
    /// The next of them.
    pub ahead: Vec<AheadRow>,
    /// What is to be known of its state.
    pub note: Option<String>,
    /// Where a POST sends a new invitation; none unless it is invited.
    pub invite_again: Option<String>,
    /// The link of its invitation.
    pub link: Option<String>,
    /// Where a POST sends a link for a new password, where one can be sent.
    pub reset: Option<String>,
    /// Where it is deactivated, where that can be.
    pub deactivate: Option<String>,
    /// Where its profile is edited, where that can be.
    pub edit: Option<String>,
    /// Where a POST reactivates it, where that can be.
    pub reactivate: Option<String>,
}

impl Account {
    fn heading(&self) -> String {
        self.person.name.clone()
    }

    fn password_text(&self) -> String {
        let (name, email) = (&*self.person.name, &*self.person.email);
        self.shell.t2("person-password-text", ("name", name), ("email", email))
    }
}

/// `/admin/people/agt_…/deactivate`: posts `meetings`, `stay` or `cancel`.
#[derive(Debug, Clone, Template)]
#[template(path = "people/deactivate.html")]
pub struct Deactivate {
    /// The frame.
    pub shell: Shell,
    /// Whose account.
    pub name: String,
    /// The account's page.
    pub back: String,
    /// "2 meetings"; none when there is no choice.
    pub meetings: Option<String>,
    /// The next of them.
    pub ahead: Vec<AheadRow>,
}

impl Deactivate {
    fn heading(&self) -> String {
        self.shell.t1("person-deactivate-title", "name", &self.name)
    }
}

/// `/invite/TOKEN`: posts `name`, `time_zone`, `new_password`.
#[derive(Debug, Clone, Template)]
#[template(path = "people/accept.html")]
pub struct Accept {
    /// The frame; errors of the fields.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// Who is welcomed.
    pub welcome: String,
    /// What was typed, or the name as it is.
    pub name: String,
    /// The address that was invited.
    pub email: String,
    /// What a new password must be.
    pub new_password: NewPassword,
    /// Every zone, one chosen.
    pub time_zone: ZoneChoice,
    /// Whether the device's zone is chosen in its place: the agent has chosen none yet.
    pub guesses_zone: bool,
}

impl Accept {
    fn heading(&self) -> String {
        self.shell.t1("accept-title", "name", &self.welcome)
    }

    fn lead(&self) -> String {
        let organisation = &*self.shell.organisation;
        self.shell.t2("accept-lead", ("organisation", organisation), ("email", &self.email))
    }
}

/// The page behind an invitation that works no more.
#[derive(Debug, Clone, Template)]
#[template(path = "people/accept_dead.html")]
pub struct AcceptDead {
    /// The frame.
    pub shell: Shell,
}

impl AcceptDead {
    fn heading(&self) -> String {
        self.shell.t("accept-dead-title")
    }
}
