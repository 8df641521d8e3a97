//! Own, another's, missing (`security.md` A11, R16): every route with a place in its path, by every role, with every object
//! that may stand there. Generated from the router's rows: one that the cast knows no object for fails by name.

use crate::matrix::body;
use crate::matrix_cast::Cast;
use crate::matrix_places::Place;
use crate::mcp::HEADERS;
use crate::sms::with_kannel;
use crate::world::{Answer, FORM, SAME_ORIGIN, World, manage_token};
use axum::http::Method;
use nameplate_testkit::both_engines;
use nameplate_testkit::past::{Row as ColumnsOfRow, Rows};
use nameplate_web::{Access, Row, rows};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Nobody,
    /// Whoever holds the customer's link of a meeting of Anna's that is not the one asked for.
    Customer,
    /// Anna, by cookie on pages and by token elsewhere.
    Agent,
    Admin,
}

/// What a cell answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    /// The object is there for whoever asks.
    Found,
    /// It is not, and the answer is the one for what is missing.
    Missing,
    /// Whoever asks is sent to sign in, is unknown, or may do no such thing: whatever they ask for.
    Refused(u16),
}

use Cell::{Found, Missing, Refused};

/// Routes of agents by which an admin reaches what is another's too.
const ADMIN_TOO: &[&str] =
    &["/api/v1/agents/{slug}", "/api/v1/meetings/{id}", "/account/meetings/{id}/reassign"];

/// Writes that change nothing even where they are allowed: what each of them does instead.
const CHANGES_NOTHING: &[(&str, &str)] = &[
    ("/admin/templates/{name}/{recipient}/{language}/preview", "shows what is typed"),
    ("/admin/templates/{name}/{recipient}/{language}/history", "wants the version that was seen"),
    ("/admin/webhooks/{id}/deliveries/{delivery}/replay", "it waits already"),
    ("/api/v1/webhooks/{id}/deliveries/{delivery}/replay", "it waits already"),
    ("/{slug}/{meeting_type}/change", "keeps what is typed in a cookie"),
];

/// The cells of one's own object and of another's.
fn expected(row: &Row, role: Role) -> (Cell, Cell) {
    let is_admin = role == Role::Admin;
    match (row.access, role) {
        // What is looked at is in a cookie of whoever typed it.
        (Access::Admin, Role::Admin) if row.path.ends_with("/mail") => (Missing, Missing),
        (Access::Agent | Access::Admin, Role::Nobody | Role::Customer) => (Refused(303), Refused(303)),
        (Access::Token | Access::AdminToken | Access::TokenOrLink, Role::Nobody) => {
            (Refused(401), Refused(401))
        }
        (Access::Admin | Access::AdminToken, Role::Agent)
        | (Access::Token | Access::AdminToken, Role::Customer) => (Refused(403), Refused(403)),
        (Access::Admin | Access::AdminToken, Role::Admin) => (Found, Found),
        _ if is_admin && ADMIN_TOO.contains(&row.path) => (Found, Found),
        (Access::Public | Access::Link | Access::Provider, _)
        | (Access::Agent | Access::Token | Access::TokenOrLink, Role::Agent) => (Found, Missing),
        (Access::Agent | Access::Token, Role::Admin)
        | (Access::TokenOrLink, Role::Customer | Role::Admin)
        | (Access::Development, _) => (Missing, Missing),
        (Access::SetUp | Access::Relay, _) => panic!("{} has a place", row.path),
    }
}

/// What no id, key, token or name is.
fn ill_formed() -> [String; 7] {
    ["x", "%00", "%FF", "%F0%9F%92%A9", "..%2F..%2Fme", "'%20OR%20''%3D'", &"a".repeat(300)]
        .map(str::to_owned)
}

/// A good body for every form at once: fields that a form does not know mean nothing to it.
const FORM_BODY: &str = "name=Changed&duration_minutes=45&interval_minutes=45&buffer_before_minutes=0\
    &buffer_after_minutes=0&notice_minutes=0&horizon_days=30&description=Changed&role=admin&label=Changed\
    &kind=text&editor=agent&places=both&way=down&subject=Changed&meetings=stay&reason=Ill&note=Changed&rating=4\
    &guest=guest%40example.com&came=no&attendance=missed&url=https%3A%2F%2Fother.example.com%2F&agent.created=on\
    &events=agent.created&time_zone=Europe%2FBerlin&email=typed%40example.com\
    &new_password=a+quite+different+passphrase&password=a+quite+different+passphrase&column_0=email&column_1=name&columns=name%0Aemail\
    &body=Changed&heading=Changed&title=Changed&text=Changed&intro=Changed";

/// What is asked in one cell besides the path.
struct Asked<'a> {
    cast: &'a Cast,
    row: &'a Row,
    role: Role,
    /// A customer's link of another meeting of Anna's.
    link: &'a str,
    /// A start at which both agents are free.
    start: String,
    told: String,
}

impl Asked<'_> {
    async fn at(&self, path: &str) -> Answer {
        let (world, row) = (&self.cast.world, self.row);
        if !is_page(row) {
            let query = "?meeting_type=meeting&from=2026-11-24&to=2026-11-24";
            let line = format!("{} {path}{}", row.method, if path.ends_with("/slots") { query } else { "" });
            let token = match self.role {
                Role::Nobody => "",
                Role::Customer => self.link,
                Role::Agent => &world.anna.token,
                Role::Admin => &world.admin.token,
            };
            let mut body = body(&format!("{} {}", row.method, row.path), 13);
            if body["start"].is_string() {
                body["start"] = self.start.as_str().into();
            }
            return world.ask_with(&line, token, &HEADERS, body).await;
        }
        let line = format!("{} {path}{}", row.method, self.told);
        let version = u8::from(
            ["/account/", "/admin/"].iter().any(|root| path.starts_with(root))
                && !path.contains("/meetings/"),
        );
        let version = if path.starts_with("/admin/templates/") { 0 } else { version };
        let more = format!(
            "&agent={}&start={}&version={version}&slug=changed-{}",
            world.admin.agent.id,
            self.start,
            self.cast.next()
        );
        let body = if row.method == Method::GET || !self.told.is_empty() {
            String::new()
        } else {
            format!("{FORM_BODY}{more}")
        };
        let headers = match self.role {
            Role::Nobody | Role::Customer => vec![FORM, SAME_ORIGIN],
            Role::Agent => vec![FORM, SAME_ORIGIN, &self.cast.anna],
            Role::Admin => vec![FORM, SAME_ORIGIN, &self.cast.ada],
        };
        world.raw(&line, &headers, body).await
    }
}

fn is_page(row: &Row) -> bool {
    !row.path.starts_with("/api/") && !row.path.starts_with("/scim/")
}

/// A path with all its places filled.
pub fn filled(row: &Row, places: &[Place], value: impl Fn(&Place) -> String) -> String {
    let fill = |path: String, place: &Place| path.replace(&format!("{{{}}}", place.name), &value(place));
    let path = places.iter().fold(row.path.to_owned(), fill);
    assert!(!path.contains('{'), "the matrix knows not all places of {}", row.path);
    path
}

/// What is another's: all of it, and one's own with one place of another's.
fn of_others(row: &Row, places: &[Place]) -> Vec<String> {
    let other = |place: &Place| place.other.clone().unwrap_or_else(|| place.own.clone());
    let mixed = |one: &Place| {
        filled(row, places, |place| if place.name == one.name { other(place) } else { place.own.clone() })
    };
    let mut paths: Vec<_> = places.iter().filter(|place| place.other.is_some()).map(mixed).collect();
    if paths.len() > 1 {
        paths.insert(0, filled(row, places, other));
    }
    paths
}

/// One's own with one place that is nobody's.
fn of_nobody(row: &Row, places: &[Place], value: impl Fn(&Place) -> String) -> Vec<String> {
    let one = |one: &Place| {
        filled(row, places, |place| if place.name == one.name { value(place) } else { place.own.clone() })
    };
    places.iter().map(one).collect()
}

/// Status, kind and text, without what differs from request to request and without what was asked for.
fn told(answer: &Answer, path: &str) -> (u16, String, String) {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let mut asked = vec![path.to_owned(), encoded(path)];
    asked.extend(
        path.split('/').filter(|part| part.len() > 20).flat_map(|part| [part.to_owned(), encoded(part)]),
    );
    let clean = |text: &str| {
        let text = asked.iter().fold(text.to_owned(), |text, part| text.replace(part.as_str(), "ASKED"));
        ["request-", "name=\"form_token\" value=\""].iter().fold(text, |text, before| {
            let mut parts = text.split(before);
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |all, part| {
                let rest = part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "-_.".contains(c));
                format!("{all}{before}{rest}")
            })
        })
    };
    let headers =
        ["location", "content-type", "www-authenticate", "etag"].map(|name| clean(answer.header(name)));
    (answer.status.as_u16(), headers.join(" "), clean(&answer.text))
}

fn is_found(answer: &Answer) -> bool {
    let status = answer.status.as_u16();
    !matches!(status, 401 | 403 | 404 | 410) && !answer.header("location").starts_with("/sign-in?return_to")
}

fn is_missing(answer: &Answer) -> bool {
    matches!(answer.status.as_u16(), 404 | 410)
}

/// Tables and columns that say when somebody was here.
const NOTED: [&str; 5] = ["limits", "sessions", "idempotency_keys", "api_tokens", "passkey_users"];
const NOTED_TIME: &str = "last_read_at";

/// What changed between two looks at the database, but for when somebody was here.
pub fn changes(before: &Rows, after: &Rows) -> Vec<String> {
    let mut changes = Vec::new();
    for (table, rows) in after.iter().filter(|(table, _)| !NOTED.contains(&table.as_str())) {
        let without_time = |rows: &[ColumnsOfRow]| -> BTreeSet<ColumnsOfRow> {
            let mut rows = rows.to_vec();
            for row in &mut rows {
                row.remove(NOTED_TIME);
            }
            rows.into_iter().collect()
        };
        // Most tables are as they were.
        if *rows != before[table] {
            let (before, after) = (without_time(&before[table]), without_time(rows));
            changes.extend(after.difference(&before).map(|row| format!("{table}: {row:?}")));
            changes.extend(before.difference(&after).map(|row| format!("{table} had: {row:?}")));
        }
    }
    changes
}

/// Who asks: nobody but API calls bears a customer's token, and a link that is all that counts is tried by the two ends.
fn roles_of(row: &Row) -> &'static [Role] {
    match row.access {
        Access::Link | Access::Provider => &[Role::Nobody, Role::Admin],
        _ if is_page(row) => &[Role::Nobody, Role::Agent, Role::Admin],
        _ => &[Role::Nobody, Role::Customer, Role::Agent, Role::Admin],
    }
}

fn with_places() -> impl Iterator<Item = Row> {
    rows().into_iter().filter(|row| row.path.contains('{'))
}

/// All cells of the routes of a part.
async fn cells(world: World, asked: &str) {
    let cast = Cast::new(world).await;
    let link = manage_token(&cast.meeting("anna").await);
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in with_places().filter(|row| part(row) == asked) {
        for role in roles_of(&row).iter().copied() {
            let (own, other) = expected(&row, role);
            let places = cast.places(&row).await;
            let (start, told_by_provider) = (cast.start(), cast.told(&row).await);
            let asked = Asked { cast: &cast, row: &row, role, link: &link, start, told: told_by_provider };
            let before = cast.rows().await;
            let own_path = filled(&row, &places, |place| place.own.clone());
            let missing_path = of_nobody(&row, &places, |place| place.missing.clone());
            let missing = asked.at(&missing_path[0]).await;
            let mut note = |line: &str, cell: &str, answer: &Answer| {
                wrong.push(format!(
                    "{} {line} by {role:?}: {} for {cell}: {}",
                    row.method, answer.status, answer.text
                ));
            };
            let mut refused = missing_path.clone();
            let others = of_others(&row, &places);
            // Another's with one's own in the other place is missing even to whom both are found.
            let whole = usize::from(other == Found && !others.is_empty());
            refused.extend(others.iter().skip(whole).cloned());
            if own != Found {
                refused.push(own_path.clone());
            }
            for path in &refused {
                let answer = asked.at(path).await;
                let fits = match if let Refused(_) = own { own } else { Missing } {
                    Refused(status) => answer.status.as_u16() == status,
                    _ => is_missing(&answer),
                };
                if !fits {
                    note(path, "missing", &answer);
                } else if told(&answer, path) != told(&missing, &missing_path[0]) {
                    note(path, &format!("{:?}", told(&missing, &missing_path[0])), &answer);
                }
                count += 1;
            }
            // Whoever is refused whatever they ask for is so by what stands before the handler, and where the link is all
            // that counts everybody is nobody.
            let counts = match row.access {
                Access::Public | Access::Link | Access::Provider => role == Role::Nobody,
                _ => own == Found,
            };
            for ill in ill_formed().into_iter().take(if counts { usize::MAX } else { 2 }) {
                for path in of_nobody(&row, &places, |_| ill.clone()) {
                    let answer = asked.at(&path).await;
                    let fits = match own {
                        Refused(status) => answer.status.as_u16() == status || answer.status.as_u16() == 404,
                        _ => matches!(answer.status.as_u16(), 400 | 404 | 410 | 414 | 422),
                    };
                    if !fits {
                        note(&path, "ill-formed", &answer);
                    }
                    count += 1;
                }
            }
            let changed = changes(&before, &cast.rows().await);
            if !changed.is_empty() {
                wrong.push(format!("{} {} by {role:?} changed: {changed:#?}", row.method, row.path));
            }
            let found =
                [(own == Found).then_some(&own_path), (other == Found).then(|| others.first()).flatten()];
            for path in found.into_iter().flatten() {
                let before = cast.rows().await;
                let answer = asked.at(path).await;
                if !is_found(&answer) {
                    wrong.push(format!(
                        "{} {path} by {role:?}: {} for found: {}",
                        row.method, answer.status, answer.text
                    ));
                }
                let changed = changes(&before, &cast.rows().await);
                let nothing = CHANGES_NOTHING.iter().any(|(path, _)| *path == row.path)
                    || row.method == Method::GET && !row.path.starts_with("/hooks/");
                if changed.is_empty() != nothing {
                    wrong.push(format!(
                        "{} {path} by {role:?} changed {changed:#?}: {} {}",
                        row.method, answer.status, answer.text
                    ));
                }
                count += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{asked}: {count} cells");
}

/// Which of the tests below asks for a route.
fn part(row: &Row) -> &'static str {
    let first = row.path.split('/').nth(1).unwrap();
    match row.access {
        Access::Link | Access::Provider if first != "m" => "link",
        _ if row.path.starts_with("/admin/people") => "people",
        _ => ["api", "scim", "account", "admin", "m"].into_iter().find(|root| *root == first).unwrap_or(""),
    }
}

both_engines! {
    async fn sec_a11_own_anothers_and_missing_by_api(database: TestDatabase) {
        cells(World::new(database).await, "api").await;
    }

    async fn sec_a11_own_anothers_and_missing_by_scim(database: TestDatabase) {
        cells(World::new(database).await, "scim").await;
    }

    async fn sec_a11_own_anothers_and_missing_on_an_agents_pages(database: TestDatabase) {
        cells(World::new(database).await, "account").await;
    }

    async fn sec_a11_own_anothers_and_missing_on_an_admins_pages(database: TestDatabase) {
        cells(World::new(database).await, "admin").await;
    }

    async fn sec_a11_own_anothers_and_missing_on_the_pages_of_people(database: TestDatabase) {
        cells(World::new(database).await, "people").await;
    }

    async fn sec_a11_own_anothers_and_missing_by_a_meetings_link(database: TestDatabase) {
        cells(with_kannel(database).await, "m").await;
    }

    async fn sec_a11_own_anothers_and_missing_by_other_links(database: TestDatabase) {
        cells(with_kannel(database).await, "link").await;
    }

    async fn sec_a11_own_anothers_and_missing_for_everybody(database: TestDatabase) {
        cells(World::new(database).await, "").await;
    }
}
