//! `/agents`: rich profiles of everybody, for the tools of an admin.

use crate::world::{FORM, PASSWORD, SAME_ORIGIN, World};
use nameplate_testkit::both_engines;
use serde_json::{Value, json};

/// Signs the admin in; the header with their cookie.
async fn admin(world: &World) -> String {
    let form = format!("email=ada%40example.com&password={}", PASSWORD.replace(' ', "+"));
    let signed_in = world.raw("POST /sign-in", &[FORM, SAME_ORIGIN], form).await.expect(303);
    format!("cookie: {}", signed_in.header("set-cookie").split(';').next().unwrap())
}

both_engines! {
    async fn a_tool_invites_fills_reads_and_mirrors_agents(database: TestDatabase) {
        let world = World::new(database).await;
        let token = &world.admin.token;
        let wish = json!({
            "name": "Mirjam Visser", "email": "Mirjam@example.org", "job_title": "Adviser", "phone_number": "06 12345678",
            "location": {"city": "Eindhoven", "country": "NL"}, "visibility": {"email": ["booking_page"]},
            "time_zone": "Europe/Amsterdam", "slug": "mirjam",
        });
        let made = world.ask("POST /api/v1/agents", token, wish.clone()).await.expect(201);
        let id = made.json["id"].as_str().unwrap().to_owned();
        assert_eq!(made.header("location"), format!("https://meet.example.com/api/v1/agents/{id}"));
        for (field, value) in [("status", "invited"), ("role", "agent"), ("email", "Mirjam@example.org"), ("phone_number", "+31612345678"), ("slug", "mirjam"), ("time_zone", "Europe/Amsterdam")] {
            assert_eq!(made.json[field], value, "{field}");
        }
        assert_eq!(made.json["location"]["city"], "Eindhoven");
        let taken = world.ask("POST /api/v1/agents", token, wish).await.expect(422);
        assert_eq!(taken.faults(), ["/email email_taken"]);
        let held = json!({"name": "Mirjam", "email": "other@example.org", "slug": "mirjam"});
        assert_eq!(world.ask("POST /api/v1/agents", token, held).await.expect(422).faults(), ["/slug slug_taken"]);
        let wrong = json!({"name": "", "role": "owner", "job_title": 5, "status": "active"});
        let faults = world.ask("POST /api/v1/agents", token, wrong).await.expect(422).faults();
assert_eq!(faults, ["/email missing", "/job_title wrong_type", "/name empty", "/role not_a_choice", "/status unknown_field"]);

        for name in [id.as_str(), "mirjam"] {
            let read = world.ask(&format!("GET /api/v1/agents/{name}"), token, Value::Null).await.expect(200);
            assert_eq!((&read.json, read.header("etag")), (&made.json, "\"v1\""));
        }
        world.ask("GET /api/v1/agents/mirjam", &world.anna.token, Value::Null).await.expect(404);
        let own = world.ask("GET /api/v1/agents/anna", &world.anna.token, Value::Null).await.expect(200).json;
        assert_eq!(own, world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(200).json);

        let change = json!({"job_title": null, "location": {"city": "Utrecht"}});
        let line = format!("PATCH /api/v1/agents/{id}");
        let changed = world.ask_with(&line, token, &["if-match: \"v1\""], change.clone()).await.expect(200);
        assert_eq!((changed.header("etag"), &changed.json["job_title"], &changed.json["location"]["country"]), ("\"v2\"", &Value::Null, &json!("NL")));
        world.ask_with(&line, token, &["if-match: \"v1\""], change).await.expect(412);
        let both = world.ask(&line, token, json!({"role": "admin", "name": "Other"})).await.expect(422);
        assert_eq!(both.faults(), ["/role one_change_at_a_time"]);
    }

    async fn pages_go_on_behind_the_cursor_and_filters_hold(database: TestDatabase) {
        let world = World::new(database).await;
        let token = &world.admin.token;
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = world.ask(&format!("GET /api/v1/agents?limit=2{cursor}"), token, Value::Null).await.expect(200).json;
            let agents = page["agents"].as_array().unwrap();
            seen.extend(agents.iter().map(|one| one["slug"].as_str().unwrap().to_owned()));
            let Some(next) = page["next_cursor"].as_str() else { break };
            assert_eq!(agents.len(), 2);
            cursor = format!("&cursor={next}");
        }
        let all = world.ask("GET /api/v1/agents", token, Value::Null).await.expect(200).json;
        let slugs = |found: &Value| -> Vec<String> {
            found["agents"].as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(seen, slugs(&all));
        let ask = async |query: &str| slugs(&world.ask(&format!("GET /api/v1/agents?{query}"), token, Value::Null).await.expect(200).json);
        assert_eq!(ask("email=ANNA%40example.com").await, ["anna"]);
        assert_eq!(ask("search=b%C3%89rg").await.len(), seen.len(), "whatever the case and the accents");
        assert_eq!(ask("search=BERG%20anna%40example").await, ["anna"]);
        assert_eq!(ask("search=anna&role=admin").await, [""; 0]);
        assert_eq!(ask("role=admin").await, [world.admin.agent.slug.to_string()]);
        assert_eq!(ask("status=invited").await, [""; 0]);
        assert_eq!(ask("updated_since=2026-11-22T00:00:00Z").await, seen, "made in the test's time");
        assert_eq!(ask("updated_since=2030-01-01T00:00:00Z").await, [""; 0]);
        for wrong in ["limit=0", "limit=101", "cursor=x", "role=owner", "updated_since=yesterday", "email=x", "colour=red"] {
            world.ask(&format!("GET /api/v1/agents?{wrong}"), token, Value::Null).await.expect(422);
        }
    }

    async fn sec_a10_an_agent_is_deactivated_by_the_api_with_every_token(database: TestDatabase) {
        let world = World::new(database).await;
        let (token, anna) = (&world.admin.token, &world.anna.token);
        let meeting = world.booked(10).await.json;
        world.ask("DELETE /api/v1/agents/anna", token, json!({"meetings": "perhaps"})).await.expect(422);
        world.ask("DELETE /api/v1/agents/anna", token, json!({"meetings": "cancel"})).await.expect(204);
        world.ask("GET /api/v1/me", anna, Value::Null).await.expect(401);
        world.ask("GET /api/v1/agents/anna/public", "", Value::Null).await.expect(404);
        let read = format!("GET /api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        assert_eq!(world.ask(&read, token, Value::Null).await.expect(200).json["status"], "cancelled");
        assert_eq!(world.ask("DELETE /api/v1/agents/anna", token, Value::Null).await.expect(409).code(), "other_status");
        let back = world.ask("PATCH /api/v1/agents/anna", token, json!({"status": "active"})).await.expect(200);
        assert_eq!(back.json["status"], "active");
        world.ask("PATCH /api/v1/agents/anna", token, json!({"status": "active"})).await.expect(200);
        world.ask("PATCH /api/v1/agents/anna", token, json!({"status": "closed"})).await.expect(422);
        let own = world.admin.agent.slug.as_str();
        assert_eq!(world.ask(&format!("DELETE /api/v1/agents/{own}"), token, Value::Null).await.expect(409).code(), "own_account");
        let demoted = world.ask(&format!("PATCH /api/v1/agents/{own}"), token, json!({"role": "agent"})).await.expect(409);
        assert_eq!(demoted.code(), "last_admin");
        world.ask("PATCH /api/v1/agents/anna", token, json!({"role": "admin"})).await.expect(200);
    }

    async fn ad_06_an_admin_edits_a_profile_its_agent_is_told_and_nothing_newer_is_lost(database: TestDatabase) {
        let world = World::new(database).await;
        let (cookie, token) = (admin(&world).await, &world.admin.token);
        let path = format!("/admin/people/{}/edit", world.anna.agent.id);
        let page = world.page(&path, &cookie).await.expect(200);
        assert!(page.text.contains("You are editing anna Berg"), "{}", page.text);
        let version = page.value("version").to_owned();
        let form = |more: &[(&'static str, &'static str)]| {
            let mut fields = vec![
                ("name", "Anna Berg"), ("display_name", ""), ("slug", "anna"), ("time_zone", "Europe/Berlin"), ("phone_number", ""),
                ("job_title", "Adviser"), ("location_name", "Quay"), ("location_country", ""), ("external_ids", "crm:0031x"),
                ("visibility", "1"), ("job_title_booking_page", "on"),
            ];
            for (name, value) in more {
                fields.retain(|(field, _)| field != name);
                fields.push((name, value));
            }
            fields
        };
        let with = |version: &str, fields: Vec<(&'static str, &'static str)>| -> Vec<(String, String)> {
            let all = fields.into_iter().chain([("version", "")]);
            all.map(|(name, value)| (name.to_owned(), if name == "version" { version.to_owned() } else { value.to_owned() })).collect()
        };
        let send = async |version: &str, more: &[(&'static str, &'static str)]| {
            let fields = with(version, form(more));
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            world.send(&path, &cookie, &fields).await
        };
        let wrong = send(&version, &[("phone_number", "call me"), ("external_ids", "0031x")]).await.expect(422);
        for text in ["phone_number-error", "external_ids-error", "call me", "0031x", "value=\"Quay\""] {
            assert!(wrong.text.contains(text), "{text}: {}", wrong.text);
        }
        let saved = send(&version, &[]).await.expect(303);
        assert_eq!(saved.header("location"), format!("/admin/people/{}?saved=edited", world.anna.agent.id));
        let read = world.ask("GET /api/v1/agents/anna", token, Value::Null).await.expect(200).json;
        assert_eq!([&read["name"], &read["job_title"], &read["external_ids"]["crm"]], ["Anna Berg", "Adviser", "0031x"]);
        assert_eq!(read["visibility"]["job_title"], json!(["booking_page"]));
        world.deliver().await;
        let mails = nameplate_app::mailbox::list(world.app()).await.unwrap();
        let told: Vec<_> = mails.iter().filter(|mail| mail.kind == "account_edited").map(|mail| mail.to.as_str()).collect();
        assert_eq!(told, ["anna@example.com"]);
        let activity = world.page("/account/activity", &world.session().await).await.expect(200).text;
        assert!(activity.contains("Adviser") && activity.contains("By an administrator"), "{activity}");

        // Somebody was faster: what was typed stays, what is stored stands beside it.
        let stale = send(&version, &[("job_title", "Head of advice")]).await.expect(409);
        assert!(stale.text.contains("value=\"Head of advice\"") && stale.text.contains("Somebody changed this account"));
        let again = stale.value("version").to_owned();
        send(&again, &[("job_title", "Head of advice"), ("external_ids", "")]).await.expect(303);
        let read = world.ask("GET /api/v1/agents/anna", token, Value::Null).await.expect(200).json;
        assert_eq!((&read["job_title"], &read["external_ids"]), (&json!("Head of advice"), &json!({})));
        // The second click changes nothing and tells nobody.
        let version = world.page(&path, &cookie).await.expect(200).value("version").to_owned();
        send(&version, &[("job_title", "Head of advice"), ("external_ids", "")]).await.expect(303);
        world.deliver().await;
        let mails = nameplate_app::mailbox::list(world.app()).await.unwrap();
        assert_eq!(mails.iter().filter(|mail| mail.kind == "account_edited").count(), 2);

        let own = format!("/admin/people/{}/edit", world.admin.agent.id);
        assert_eq!(world.page(&own, &cookie).await.expect(303).header("location"), "/account");
        world.page(&path, &world.session().await).await.expect(403);
    }

    async fn ad_05_an_invitation_is_read_without_effect_and_its_page_is_kept_by_nobody(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = admin(&world).await;
        let fields = [("name", "Mirjam Visser"), ("email", "mirjam@example.org"), ("role", "agent")];
        let sent = world.send("/admin/people/invite", &cookie, &fields).await.expect(303);
        let place = sent.header("location").split('?').next().unwrap().to_owned();
        let page = world.page(&place, &cookie).await.expect(200).text;
        let token = page.split("/invite/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        for method in ["GET", "HEAD", "GET"] {
            let opened = world.raw(&format!("{method} /invite/{token}"), &[], "").await.expect(200);
            assert_eq!((opened.header("cache-control"), opened.header("referrer-policy")), ("no-store", "no-referrer"));
        }
        let wrong = world.raw("GET /invite/x", &[], "").await.expect(410);
        assert_eq!(wrong.header("cache-control"), "no-store");
        assert!(world.page(&place, &cookie).await.expect(200).text.contains("Agent · Invited"));

        let role = format!("{place}/role");
        world.send(&role, &cookie, &[("role", "owner")]).await.expect(422);
        world.send(&role, &cookie, &[("role", "admin")]).await.expect(303);
        world.send(&format!("{place}/reset"), &cookie, &[]).await.expect(409);
        world.send(&format!("{place}/reactivate"), &cookie, &[]).await.expect(409);
        world.send(&format!("{place}/deactivate"), &cookie, &[]).await.expect(303);
        world.raw(&format!("GET /invite/{token}"), &[], "").await.expect(410);
        let own = format!("/admin/people/{}/role", world.admin.agent.id);
        let last = world.send(&own, &cookie, &[("role", "agent")]).await.expect(409).text;
        assert!(last.contains("This is the only administrator"), "{last}");
        let anna = format!("/admin/people/{}/role", world.anna.agent.id);
        world.send(&anna, &cookie, &[("role", "admin")]).await.expect(303);
        world.send(&own, &cookie, &[("role", "agent")]).await.expect(303);
        world.page("/admin/people", &cookie).await.expect(403);
    }
}
