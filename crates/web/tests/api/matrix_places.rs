//! What stands in the places of a route's path: an object for each, as the matrix asks for it.

use crate::calendar_feed::made as feed;
use crate::matrix::swapped;
use crate::matrix_cast::Cast;
use crate::undelivered::returned;
use crate::world::manage_token;
use nameplate_app::Secrets;
use nameplate_domain::meetings::Party;
use nameplate_web::{Access, Row as Route};
use serde_json::Value;

/// What stands in one place of a path.
pub struct Place {
    pub name: &'static str,
    /// Anna's, or what a holder of the link has.
    pub own: String,
    /// One that there is and that is not Anna's; none where there are no owners.
    pub other: Option<String>,
    /// One that could be and is not.
    pub missing: String,
}

impl Place {
    fn new(name: &'static str, own: &str, other: &str, missing: &str) -> Self {
        Self { name, own: own.to_owned(), other: Some(other.to_owned()), missing: missing.to_owned() }
    }

    /// Of an object whose id has a kind before it.
    fn id(name: &'static str, own: &str, other: &str) -> Self {
        Self::new(name, own, other, &swapped(own))
    }

    fn of_nobody(name: &'static str, own: &str, missing: &str) -> Self {
        Self { name, own: own.to_owned(), other: None, missing: missing.to_owned() }
    }
}

impl Cast {
    /// The places of a route's path with objects that are there; panics by name where it knows none.
    pub async fn places(&self, route: &Route) -> Vec<Place> {
        let world = &self.world;
        let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
        let kind = route.path.split('{').next().unwrap();
        match kind {
            "/api/v1/agents/" | "/admin/people/" | "/scim/v2/Users/" if is_of_agents(route) => {
                let name = if kind == "/admin/people/" { "agent" } else { "id" };
                let (own, other) = (self.somebody_for(route).await, self.somebody_for(route).await);
                vec![Place::id(if kind.starts_with("/api") { "slug" } else { name }, &own, &other)]
            }
            "/api/v1/agents/" if route.path.ends_with("/{slug}") => {
                vec![Place::new("slug", "anna", "bram", "nobody-here")]
            }
            "/api/v1/meetings/" | "/account/meetings/" => {
                vec![Place::id("id", &id(&self.meeting("anna").await), &id(&self.meeting("bram").await))]
            }
            "/api/v1/meeting_types/" | "/account/meeting-types/" => {
                let (own, other) =
                    (self.meeting_type(&world.anna).await, self.meeting_type(&world.bram).await);
                vec![Place::id("id", &id(&own), &id(&other))]
            }
            "/api/v1/webhooks/" | "/admin/webhooks/" => {
                self.no_webhooks().await;
                let (own, other) = (self.webhook().await, self.webhook().await);
                let mut places = vec![Place::id("id", &own.0, &other.0)];
                if route.path.contains("{delivery}") {
                    places.push(Place::id("delivery", &own.1, &other.1));
                }
                places
            }
            "/account/passkeys/" => {
                let own = self.passkey(&self.anna, &world.anna).await;
                vec![Place::id("id", &own, &self.passkey(&self.bram, &world.bram).await)]
            }
            "/scim/v2/ResourceTypes/" => vec![Place::of_nobody("id", "User", "Group")],
            "/scim/v2/Schemas/" => {
                let urn = "urn:ietf:params:scim:schemas:core:2.0:";
                vec![Place::of_nobody("id", &format!("{urn}User"), &format!("{urn}Group"))]
            }
            "/admin/templates/" => vec![
                Place::of_nobody("name", "meeting_scheduled", "meeting_forgotten"),
                Place::of_nobody("recipient", "customer", "neighbour"),
                Place::of_nobody("language", "en", "tlh"),
            ],
            "/admin/undelivered/" => {
                let (_, meeting) = returned(world, &self.start()).await;
                let row = self.undelivered(&meeting.to_string()).await;
                vec![Place::of_nobody("message", &row, &swapped(&row))]
            }
            "/admin/people/import/" => {
                vec![Place::id("import", &self.import().await, &self.import().await)]
            }
            "/admin/fields/" => {
                vec![Place::new(
                    "key",
                    &self.profile_field().await,
                    &self.profile_field().await,
                    "no_such_field",
                )]
            }
            _ => self.places_of_links(route, kind).await,
        }
    }

    /// The same where whoever holds the address may, and where everybody may.
    async fn places_of_links(&self, route: &Route, kind: &str) -> Vec<Place> {
        let world = &self.world;
        match kind {
            "/m/" if route.path.contains("{message}") => {
                let (token, meeting) = returned(world, &self.start()).await;
                let own = Secrets::new([7; 32]).manage_token(meeting, Party::Agent, 1);
                let message = self.undelivered(&meeting.to_string()).await;
                let theirs = self.meeting("bram").await;
                let theirs =
                    self.row("outbox", "meeting_id", theirs["id"].as_str().unwrap()).await["id"].clone();
                // The customer of the meeting, for whom no message is sent again.
                vec![
                    Place::new("token", &own, &token, &changed(&own)),
                    Place::id("message", &message, &theirs),
                ]
            }
            "/m/" => {
                let meeting =
                    if is_of_the_past(route) { self.over().await } else { self.meeting("anna").await };
                let (agents, customers) = (Self::agents_link(&meeting), manage_token(&meeting));
                let for_agents = ["/wrap-up", "/attendance"].iter().any(|end| route.path.ends_with(end));
                let own = if for_agents { agents } else { customers };
                if route.path.ends_with("/guests/remove") {
                    let guest = [("guest", "guest@example.com"), ("version", "0")];
                    self.world.send(&format!("/m/{own}/guests"), "", &guest).await.expect(303);
                }
                let organizers =
                    Secrets::new([7; 32]).organizer_token(meeting["id"].as_str().unwrap().parse().unwrap());
                vec![Place::new("token", &own, &organizers, &changed(&own))]
            }
            "/reset/" | "/confirm/email/" | "/undo/email/" | "/undo/deletion/" | "/invite/" => {
                let own = self.link(kind).await;
                // A good link of another kind opens nothing here.
                let of_other_kind =
                    self.link(if kind == "/invite/" { "/confirm/email/" } else { "/invite/" }).await;
                vec![Place::new("token", &own, &of_other_kind, &changed(&own))]
            }
            "/feed/" => {
                let path = feed(world, &self.anna, "busy").await;
                let own = path.rsplit('/').next().unwrap();
                let api = format!("{}.ics", world.anna.token);
                vec![Place::new("file", own, &api, &changed(own))]
            }
            "/hooks/sms/" => {
                let url = nameplate_app::sms::hook_url(world.app(), "status");
                let own = url.split('/').rev().nth(1).unwrap();
                let other = self.link("/invite/").await;
                vec![Place::new("token", own, &other, &changed(own))]
            }
            "/" if route.path.contains("{meeting_type}") => {
                let (own, other) =
                    (self.meeting_type(&world.anna).await, self.meeting_type(&world.bram).await);
                let slug = |one: &Value| one["slug"].as_str().unwrap().to_owned();
                vec![
                    Place::new("slug", "anna", "dora", "nobody-here"),
                    Place::new("meeting_type", &slug(&own), &slug(&other), "no-such-type"),
                ]
            }
            "/" | "/api/v1/agents/" => vec![Place::new("slug", "anna", "dora", "nobody-here")],
            // Made where messages are kept: in this world nobody has the route.
            "/dev/mailbox/" => vec![Place::of_nobody("file", "msg_0198f2c4000070008000000000000001", "x")],
            "/assets/" => {
                let page = world.page("/sign-in", "").await.expect(200).text;
                let mut parts = page.split_once("/assets/").unwrap().1.split('"').next().unwrap().split('/');
                let (hash, name) = (parts.next().unwrap(), parts.next().unwrap());
                vec![
                    Place::of_nobody("hash", hash, &changed(hash)),
                    Place::of_nobody("name", name, "none.css"),
                ]
            }
            "/pictures/" => {
                let url = self.picture().await;
                let mut parts = url.rsplit('/');
                let (file, key) = (parts.next().unwrap(), parts.next().unwrap());
                vec![Place::of_nobody("key", key, &changed(key)), Place::of_nobody("file", file, "none.jpg")]
            }
            _ => panic!("the matrix knows no object for {} {}", route.method, route.path),
        }
    }
}

/// Whether the route acts on whole accounts, which a fresh one is made for.
fn is_of_agents(route: &Route) -> bool {
    !route.path.starts_with("/api/") || route.access == Access::AdminToken
}

fn is_of_the_past(route: &Route) -> bool {
    ["/wrap-up", "/attendance", "/review"].iter().any(|end| route.path.ends_with(end))
}

/// The same with one letter another: as long, and nobody's.
fn changed(token: &str) -> String {
    let at = token.len() / 3;
    let other = if token.as_bytes()[at] == b'a' { "b" } else { "a" };
    format!("{}{other}{}", &token[..at], &token[at + 1..])
}
