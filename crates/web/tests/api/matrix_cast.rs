//! Who asks in the matrix, and the objects that they ask for.

use crate::passkeys;
use crate::people_import::hand_in;
use crate::world::{Known, PASSWORD, World, known, now, wish};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::Secrets;
use nameplate_domain::account::Role;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::{Meeting, Party, Status};
use nameplate_testkit::past::{Row, Rows, rows_in};
use nameplate_web::Row as Route;
use serde_json::{Value, json};
use std::cell::Cell;

/// The world with who is signed in.
pub struct Cast {
    pub world: World,
    /// Cookies.
    pub anna: String,
    pub ada: String,
    pub bram: String,
    /// Makes names and times that nothing else has.
    names: Cell<u32>,
    times: Cell<u32>,
}

impl Cast {
    pub async fn new(world: World) -> Self {
        let (anna, bram, ada) =
            (world.session().await, world.session_of("bram").await, world.session_of("ada").await);
        Self { world, anna, ada, bram, names: Cell::new(0), times: Cell::new(0) }
    }

    pub async fn rows(&self) -> Rows {
        rows_in(self.world.database.url()).await
    }

    pub fn next(&self) -> u32 {
        self.names.set(self.names.get() + 1);
        self.names.get()
    }

    /// A start that nobody has yet: hours of weekdays from tomorrow on.
    pub fn start(&self) -> String {
        let n = self.times.replace(self.times.get() + 1);
        let (day, hour) = (n / 7, 8 + n % 7);
        let first: jiff::civil::Date = "2026-11-24".parse().unwrap();
        // Tuesday to Friday: no day falls on a weekend, and no week has the same day twice.
        let days = i64::from(day / 4 * 7 + day % 4);
        format!("{}T{hour:02}:00:00Z", first + jiff::Span::new().days(days))
    }

    /// A meeting of the agent's with a customer of their own.
    pub async fn meeting(&self, agent: &str) -> Value {
        let mut wish = wish(9);
        wish["agent"] = json!(agent);
        wish["start"] = json!(self.start());
        if self.world.app().settings().sms.is_some() {
            wish["customer"]["phone_number"] = json!("+31612345678");
            wish["sms_consent"] = json!(true);
        }
        wish["customer"]["email"] = json!(format!("of-{agent}@customers.example"));
        self.world.ask("POST /api/v1/meetings", "", wish).await.expect(201).json
    }

    /// A meeting of Anna's that is over, in the week before this one.
    pub async fn over(&self) -> Value {
        let mut meeting = self.meeting("anna").await;
        let start: Timestamp = meeting["start"].as_str().unwrap().parse().unwrap();
        let weeks = start.duration_since(now()).as_hours() / (7 * 24) + 1;
        let id = meeting["id"].as_str().unwrap().to_owned();
        // Several of different weeks may fall on one time: what is done is in nobody's way.
        let change = |copy: &mut Meeting| copy.status = Status::Completed;
        self.world
            .copy_meeting(id.parse().unwrap(), 1, |_| SignedDuration::from_hours(-7 * 24 * weeks), change)
            .await;
        let id = format!("{}00000001", &id[..id.len() - 8]);
        let link = Secrets::new([7; 32]).manage_token(id.parse().unwrap(), Party::Customer, 1);
        meeting["manage_url"] = json!(format!("/m/{link}"));
        meeting["id"] = json!(id);
        meeting
    }

    pub async fn meeting_type(&self, known: &Known) -> Value {
        let slug = format!("type-of-{}-{}", known.agent.slug, self.next());
        let wish = json!({"slug": slug, "name": "Own", "duration_minutes": 30});
        self.world.ask("POST /api/v1/meeting_types", &known.token, wish).await.expect(201).json
    }

    /// Another agent, for what an account does not survive.
    pub async fn somebody(&self) -> Known {
        known(self.world.app(), &format!("somebody-{}", self.next()), Role::Agent).await
    }

    /// The id of an agent whose account is as the route wants it.
    pub async fn somebody_for(&self, route: &Route) -> String {
        let admin = &self.world.admin.token;
        if route.path.ends_with("/invite-again") {
            let wish = json!({"name": "Invited", "email": format!("invited-{}@example.com", self.next())});
            let made = self.world.ask("POST /api/v1/agents", admin, wish).await.expect(201).json;
            return made["id"].as_str().unwrap().to_owned();
        }
        let id = self.somebody().await.agent.id.to_string();
        if route.path.ends_with("/reactivate") {
            self.world.ask(&format!("DELETE /api/v1/agents/{id}"), admin, Value::Null).await.expect(204);
        }
        id
    }

    /// The newest row of a table of which a column holds this value.
    pub async fn row(&self, table: &str, column: &str, value: &str) -> Row {
        let rows = self.rows().await;
        let of = |row: &&Row| row.get(column).is_some_and(|one| one == value);
        rows[table].iter().rfind(of).unwrap_or_else(|| panic!("no {column} {value} in {table}")).clone()
    }

    pub async fn passkey(&self, cookie: &str, agent: &Known) -> String {
        passkeys::add(&self.world, cookie, &mut passkeys::passkey()).await.expect(303);
        self.row("passkeys", "agent_id", &agent.agent.id.to_string()).await["id"].clone()
    }

    pub async fn webhook(&self) -> (String, String) {
        let admin = &self.world.admin.token;
        let wish = json!({"url": "https://crm.example.com/", "events": ["agent.created"]});
        let made = self.world.ask("POST /api/v1/webhooks", admin, wish).await.expect(201).json;
        let id = made["id"].as_str().unwrap().to_owned();
        let line = format!("POST /api/v1/webhooks/{id}/test");
        let told = self.world.ask(&line, admin, json!({})).await.expect(202).json;
        (id, told["id"].as_str().unwrap().to_owned())
    }

    /// There may be only so many.
    pub async fn no_webhooks(&self) {
        let admin = &self.world.admin.token;
        let all = self.world.ask("GET /api/v1/webhooks", admin, Value::Null).await.expect(200).json;
        for one in all["webhooks"].as_array().unwrap() {
            let line = format!("DELETE /api/v1/webhooks/{}", one["id"].as_str().unwrap());
            self.world.ask(&line, admin, Value::Null).await.expect(204);
        }
    }

    pub async fn import(&self) -> String {
        let file = format!("Name;Email\nZoe;zoe-{}@example.org\n", self.next());
        let sent = hand_in(&self.world, &self.ada, "people.csv", file.as_bytes(), "").await.expect(303);
        sent.header("location").rsplit('/').next().unwrap().to_owned()
    }

    pub async fn profile_field(&self) -> String {
        let key = format!("field_{}", self.next());
        let fields =
            [("label", &*key), ("key", &*key), ("kind", "text"), ("editor", "agent"), ("places", "both")];
        self.world.send("/admin/fields/new", &self.ada, &fields).await.expect(303);
        key
    }

    /// The agent's own link to a meeting.
    pub fn agents_link(meeting: &Value) -> String {
        let id: MeetingId = meeting["id"].as_str().unwrap().parse().unwrap();
        Secrets::new([7; 32]).manage_token(id, Party::Agent, 1)
    }

    /// What stands in a link of this kind; each is somebody else's who has nothing to lose.
    pub async fn link(&self, kind: &str) -> String {
        let (who, secrets) = (self.somebody().await, Secrets::new([7; 32]));
        let id = who.agent.id.to_string();
        let email = who.agent.email.shown().clone();
        let row = async |table: &str| self.row(table, "agent_id", &id).await["id"].clone();
        let change = async || {
            let wish = json!({"email": format!("new-{email}"), "current_password": PASSWORD});
            self.world.ask("POST /api/v1/me/email", &who.token, wish).await.expect(202);
            secrets.email_link(row("email_changes").await.parse().unwrap())
        };
        match kind {
            "/reset/" => {
                self.world.send("/forgot-password", "", &[("email", &email)]).await;
                self.world.deliver().await;
                secrets.reset_link(row("password_resets").await.parse().unwrap())
            }
            "/confirm/email/" => change().await,
            "/undo/email/" => {
                let link = change().await;
                self.world.send(&format!("/confirm/email/{link}"), "", &[]).await;
                secrets.undo_link(row("email_undos").await.parse().unwrap())
            }
            "/undo/deletion/" => {
                let cookie = self.world.session_of(who.agent.slug.as_str()).await;
                let fields = [("meetings", "later"), ("confirmation", who.agent.slug.as_str())];
                self.world.send("/account/data/delete", &cookie, &fields).await.expect(200);
                secrets.deletion_link(row("account_deletions").await.parse().unwrap())
            }
            "/invite/" => {
                let wish = json!({"name": "Invited", "email": format!("invited-{email}")});
                let made =
                    self.world.ask("POST /api/v1/agents", &self.world.admin.token, wish).await.expect(201);
                let invited = made.json["id"].as_str().unwrap();
                let row = self.row("invitations", "agent_id", invited).await;
                secrets.invitation_link(row["id"].parse().unwrap())
            }
            other => panic!("no link of the kind {other}"),
        }
    }

    /// What the provider of text messages tells by its calls, as a query; nothing for other routes.
    pub async fn told(&self, route: &Route) -> String {
        match route.path.split('/').nth(4) {
            Some("inbound") => format!("?from=316123{:05}&to=MEET&text=STOP", self.next()),
            Some("status") if route.path.starts_with("/hooks/") => {
                let meeting = self.meeting("anna").await;
                let is_text = |row: &&Row| {
                    row["channel"] == "sms"
                        && row.get("meeting_id").map(String::as_str) == meeting["id"].as_str()
                };
                let rows = self.rows().await;
                format!("?id={}&status=8", rows["outbox"].iter().find(is_text).unwrap()["id"])
            }
            _ => String::new(),
        }
    }

    pub async fn undelivered(&self, meeting: &str) -> String {
        let rows = self.rows().await;
        let lost = rows["outbox"]
            .iter()
            .find(|row| row.get("meeting_id").is_some_and(|id| id == meeting) && row["state"] == "bounced");
        lost.unwrap()["id"].clone()
    }

    /// Gives Anna a picture; its address.
    pub async fn picture(&self) -> String {
        let bearer = format!("authorization: Bearer {}", self.world.anna.token);
        let headers = [bearer.as_str(), "content-type: image/jpeg"];
        let upload = nameplate_picture::generated_portrait(7);
        let put = self.world.raw("PUT /api/v1/me/picture", &headers, upload).await.expect(200);
        put.json["picture_url"].as_str().unwrap().to_owned()
    }
}
