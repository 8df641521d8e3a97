//! `/scim/v2`: an identity provider makes, finds, changes and deactivates accounts (RFC 7643, RFC 7644).

use crate::world::{Answer, World};
use nameplate_app::limits::Limits;
use nameplate_testkit::both_engines;
use serde_json::{Value, json};

pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";

/// By the admin's token, with the media type of SCIM.
pub async fn ask(world: &World, line: &str, body: Value) -> Answer {
    let bearer = format!("authorization: Bearer {}", world.admin.token);
    let headers = [bearer.as_str(), "content-type: application/scim+json; charset=utf-8"];
    let used = if body.is_null() { &headers[..1] } else { &headers[..] };
    world.raw(line, used, if body.is_null() { String::new() } else { body.to_string() }).await
}

pub async fn patch(world: &World, id: &str, operations: Value) -> Answer {
    let message =
        json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations});
    ask(world, &format!("PATCH /scim/v2/Users/{id}"), message).await
}

pub fn mirjam() -> Value {
    json!({
        "schemas": [USER, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
        "externalId": "0001-mirjam", "userName": "Mirjam@example.org",
        "name": {"formatted": "Mirjam de Visser", "givenName": "Mirjam", "familyName": "de Visser"},
        "displayName": "Mirjam", "title": "Adviser", "timezone": "Europe/Amsterdam", "preferredLanguage": "nl-NL",
        "active": true, "emails": [{"value": "Mirjam@example.org", "type": "work", "primary": true}],
        "phoneNumbers": [{"type": "mobile", "value": "0687654321"}, {"type": "work", "value": "tel:06-12345678"}],
        "addresses": [{"type": "work", "formatted": "Head office\nSecond floor", "streetAddress": "Stationsplein 1",
            "postalCode": "5611 AB", "locality": "Eindhoven", "country": "Netherlands"}],
        "password": "never kept, never read", "nickName": "Mir",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Loans"},
    })
}

/// The activity of an account, newest first: who, and what.
async fn activity(world: &World, id: &str) -> Vec<(String, String)> {
    let id = id.parse().unwrap();
    let rows = world.app.store().read(|tx| async move { tx.audit_of(id, i64::MAX, 99).await }).await.unwrap();
    rows.into_iter().map(|row| (row.actor_kind, row.event)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(who, what)| ((*who).to_owned(), (*what).to_owned())).collect()
}

both_engines! {
    async fn a_provider_invites_reads_changes_and_takes_out_an_agent(database: TestDatabase) {
        let world = World::new(database).await;
        let made = ask(&world, "POST /scim/v2/Users", mirjam()).await.expect(201);
        let id = made.json["id"].as_str().unwrap().to_owned();
        assert_eq!(made.header("content-type"), "application/scim+json");
        assert_eq!(made.header("location"), format!("https://meet.example.com/scim/v2/Users/{id}"));
        assert_eq!(made.header("etag"), made.json["meta"]["version"].as_str().unwrap());
        let mut expected = json!({
            "schemas": [USER], "id": id, "externalId": "0001-mirjam", "userName": "Mirjam@example.org",
            "name": {"formatted": "Mirjam de Visser", "givenName": "Mirjam", "familyName": "de Visser"},
            "displayName": "Mirjam", "title": "Adviser", "timezone": "Europe/Amsterdam", "preferredLanguage": "nl",
            "active": true, "emails": [{"value": "Mirjam@example.org", "type": "work", "primary": true}],
            "phoneNumbers": [{"value": "+31612345678", "type": "work"}],
            "addresses": [{"type": "work", "formatted": "Head office, Second floor", "streetAddress": "Stationsplein 1",
                "postalCode": "5611 AB", "locality": "Eindhoven", "country": "NL"}],
            "profileUrl": "https://meet.example.com/mirjam-de-visser", "roles": [{"value": "agent", "primary": true}],
        });
        expected["meta"] = json!({
            "resourceType": "User", "created": "2026-11-23T09:00:00Z", "lastModified": "2026-11-23T09:00:00Z",
            "location": made.header("location"), "version": made.header("etag"),
        });
        assert_eq!(made.json, expected);
        // The same as the REST API, with an invitation on its way.
        let token = &world.admin.token;
        let account = world.ask(&format!("GET /api/v1/agents/{id}"), token, Value::Null).await.expect(200).json;
        assert_eq!((&account["status"], &account["role"]), (&json!("invited"), &json!("agent")));
        assert_eq!(account["external_ids"], json!({"scim": "0001-mirjam"}));
        assert_eq!(account["location"]["name"], "Head office, Second floor");
        let mails = async |kind: &str| {
            let id = id.parse().unwrap();
            let sent = world.app.store().read(|tx| async move { tx.messages_about(id).await }).await.unwrap();
            sent.into_iter().filter(|one| one.kind == kind).count()
        };
        assert_eq!(mails("invitation").await, 1);
        assert_eq!(activity(&world, &id).await, pairs(&[("scim", "invited"), ("scim", "account_added")]));

        let place = format!("/scim/v2/Users/{id}");
        let twice = ask(&world, "POST /scim/v2/Users", mirjam()).await.expect(409);
        assert_eq!(twice.json["scimType"], "uniqueness");
        // What is not sent stays, what is empty goes.
        let put = json!({"userName": "mirjam@example.org", "title": "Senior adviser", "displayName": "", "name": {"givenName": "Mirjam", "familyName": "Smit"}});
        let put = ask(&world, &format!("PUT {place}"), put).await.expect(200).json;
        assert_eq!(put["name"], json!({"formatted": "Mirjam Smit", "givenName": "Mirjam", "familyName": "Smit"}));
        assert_eq!((&put["title"], &put["displayName"]), (&json!("Senior adviser"), &Value::Null));
        assert_eq!(put["phoneNumbers"], expected["phoneNumbers"]);

        // As Entra ID deactivates, and activates again: she never had a password, so she is invited anew.
        let off = patch(&world, &id, json!([{"op": "Replace", "path": "active", "value": "False"}])).await.expect(200);
        assert_eq!(off.json["active"], false);
        let on = patch(&world, &id, json!([{"op": "Replace", "value": {"active": "True"}}])).await.expect(200);
        assert_eq!(on.json["active"], true);
        assert_eq!(mails("invitation").await, 2);

        ask(&world, &format!("DELETE {place}"), Value::Null).await.expect(204);
        ask(&world, &format!("GET {place}"), Value::Null).await.expect(404);
        ask(&world, &format!("DELETE {place}"), Value::Null).await.expect(404);
        patch(&world, &id, json!([{"op": "replace", "path": "active", "value": true}])).await.expect(404);
        let gone = ask(&world, "GET /scim/v2/Users?filter=externalId%20eq%20%220001-mirjam%22", Value::Null).await.expect(200);
        assert_eq!((&gone.json["totalResults"], &gone.json["Resources"]), (&json!(0), &json!([])));
        let account = world.ask(&format!("GET /api/v1/agents/{id}"), token, Value::Null).await.expect(200).json;
        assert_eq!(account["status"], "disabled", "she is kept, and so are her meetings");

        // Whoever comes back is the same.
        let back = ask(&world, "POST /scim/v2/Users", mirjam()).await.expect(201).json;
        assert_eq!((&back["id"], &back["name"]["formatted"]), (&json!(id), &json!("Mirjam de Visser")));
        let read = ask(&world, &format!("GET {place}"), Value::Null).await.expect(200);
        assert_eq!(read.json, back);
    }

    async fn a_provider_finds_accounts_that_were_there_before_and_loses_no_admin(database: TestDatabase) {
        let world = World::new(database).await;
        let anna = world.anna.agent.id.to_string();
        let found = ask(&world, "GET /scim/v2/Users?filter=userName%20Eq%20%22ANNA%40example.com%22", Value::Null).await.expect(200);
        assert_eq!(found.json["totalResults"], 1);
        assert_eq!(found.json["Resources"][0]["id"], anna);
        assert_eq!(found.json["Resources"][0]["name"], json!({"formatted": "anna Berg"}), "parts are not guessed");
        let linked = patch(&world, &anna, json!([
            {"op": "add", "value": {"externalId": "a-1", "name.familyName": "Berg", "emails[type eq \"work\"].value": "anna@example.com"}},
            {"op": "Add", "path": "phoneNumbers[type eq \"work\"].value", "value": "+31612345678"},
            {"op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "+31687654321"},
            {"op": "Add", "path": "addresses[type eq \"work\"].locality", "value": "Breda"},
            {"op": "Replace", "path": "name.givenName", "value": "Anna"},
            {"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Loans"},
            {"op": "remove", "path": "nickName"},
        ])).await.expect(200).json;
        assert_eq!(linked["name"], json!({"formatted": "Anna Berg", "givenName": "Anna", "familyName": "Berg"}));
        assert_eq!(linked["phoneNumbers"], json!([{"value": "+31612345678", "type": "work"}]));
        assert_eq!(linked["addresses"], json!([{"locality": "Breda", "type": "work"}]));
        assert_eq!(activity(&world, &anna).await[0], ("scim".to_owned(), "profile_changed".to_owned()));
        // Her own new name is not what the provider said of the old one.
        world.ask("PATCH /api/v1/me", &world.anna.token, json!({"name": "Anna Smit"})).await.expect(200);
        let read = ask(&world, &format!("GET /scim/v2/Users/{anna}"), Value::Null).await.expect(200).json;
        assert_eq!(read["name"], json!({"formatted": "Anna Smit"}));

        patch(&world, &anna, json!([{"op": "replace", "path": "active", "value": false}])).await.expect(200);
        world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(401);
        patch(&world, &anna, json!([{"op": "replace", "path": "active", "value": true}])).await.expect(200);
        let again = world.ask("GET /api/v1/agents/anna", &world.admin.token, Value::Null).await.expect(200).json;
        assert_eq!(again["status"], "active", "she has a password");
        let ada = world.admin.agent.id.to_string();
        let own = patch(&world, &ada, json!([{"op": "replace", "path": "title", "value": "Boss"}, {"op": "replace", "path": "active", "value": false}])).await;
        own.expect(409);
        ask(&world, &format!("DELETE /scim/v2/Users/{ada}"), Value::Null).await.expect(409);
        let ada = ask(&world, &format!("GET /scim/v2/Users/{ada}"), Value::Null).await.expect(200).json;
        assert_eq!((&ada["active"], &ada["title"]), (&json!(true), &Value::Null), "nothing is half done");
    }

    async fn who_leaves_is_out_whatever_else_is_wrong_and_a_deleted_id_is_free(database: TestDatabase) {
        let world = World::new(database).await;
        let made = ask(&world, "POST /scim/v2/Users", mirjam()).await.expect(201);
        let id = made.json["id"].as_str().unwrap().to_owned();
        let mut renamed = mirjam();
        renamed["userName"] = json!("mirjam.vos@example.org");
        let line = format!("PUT /scim/v2/Users/{id}");
        ask(&world, &line, renamed.clone()).await.expect(400);
        renamed["active"] = json!("False");
        let left = ask(&world, &line, renamed).await.expect(200).json;
        assert_eq!((&left["active"], &left["userName"]), (&json!(false), &json!("Mirjam@example.org")));
        assert_eq!(left["name"], made.json["name"], "nothing else was done");
        patch(&world, &id, json!([{"op": "replace", "path": "active", "value": true}])).await.expect(200);
        let both = json!([{"op": "replace", "path": "userName", "value": "x"}, {"op": "replace", "path": "active", "value": false}]);
        assert_eq!(patch(&world, &id, both).await.expect(200).json["active"], false);

        // One part of a name is not the name; a number for other hours says nothing of this one.
        patch(&world, &id, json!([{"op": "replace", "path": "active", "value": true}])).await.expect(200);
        let own = json!({"name": "Mirjam Jansen-Bakker"});
        world.ask(&format!("PATCH /api/v1/agents/{id}"), &world.admin.token, own).await.expect(200);
        let part = json!([{"op": "replace", "path": "name.givenName", "value": "Mir"}]);
        let named = patch(&world, &id, part).await.expect(200).json;
        assert_eq!((&named["name"]["formatted"], &named["name"]["givenName"]), (&json!("Mirjam Jansen-Bakker"), &json!("Mir")));
        let mobile = json!({"schemas": [USER], "userName": "Mirjam@example.org", "phoneNumbers": [{"type": "mobile", "value": "+31687654321"}]});
        let put = ask(&world, &line, mobile).await.expect(200).json;
        assert_eq!(put["phoneNumbers"], named["phoneNumbers"]);
        let many: Vec<Value> = (0..101).map(|n| json!({"type": format!("kind {n}"), "value": "+31687654321"})).collect();
        patch(&world, &id, json!([{"op": "add", "path": "phoneNumbers", "value": many}])).await.expect(400);

        ask(&world, &format!("DELETE /scim/v2/Users/{id}"), Value::Null).await.expect(204);
        let mut other = mirjam();
        other["userName"] = json!("mirjam.vos@example.org");
        let other = ask(&world, "POST /scim/v2/Users", other).await.expect(201).json;
        assert_ne!(other["id"], json!(id));
        assert_eq!(other["externalId"], "0001-mirjam");
    }

    async fn an_invitation_does_not_leave_for_ever_and_the_activity_says_who_it_was(database: TestDatabase) {
        let world = World::with_limits(database, Limits::default()).await;
        let made = ask(&world, "POST /scim/v2/Users", mirjam()).await.expect(201);
        let id = made.json["id"].as_str().unwrap();
        let turn = async |active: bool| patch(&world, id, json!([{"op": "replace", "path": "active", "value": active}])).await;
        for _ in 0..2 {
            turn(false).await.expect(200);
            turn(true).await.expect(200);
        }
        turn(false).await.expect(200);
        let limited = turn(true).await.expect(429);
        assert!(!limited.header("retry-after").is_empty());
        let read = ask(&world, &format!("GET /scim/v2/Users/{id}"), Value::Null).await.expect(200).json;
        assert_eq!(read["active"], false);
        // One that does not work is made without a letter.
        let idle = json!({"userName": "idle@example.org", "displayName": "Idle", "active": "False"});
        let idle = ask(&world, "POST /scim/v2/Users", idle).await.expect(201).json;
        assert_eq!((&idle["active"], &idle["name"]["formatted"]), (&json!(false), &json!("Idle")));
        assert_eq!(activity(&world, idle["id"].as_str().unwrap()).await, pairs(&[("scim", "account_added")]));

        patch(&world, &world.anna.agent.id.to_string(), json!([{"op": "add", "path": "title", "value": "Cook"}])).await.expect(200);
        let page = world.page("/account/activity", &world.signed_in().await).await.expect(200).text;
        assert!(page.contains("By your organisation’s identity provider (SCIM)"), "{page}");
    }

    async fn filters_sorting_pages_and_attributes(database: TestDatabase) {
        let world = World::new(database).await;
        let named = |list: &Value| -> Vec<String> {
            let users = list["Resources"].as_array().unwrap();
            users.iter().map(|user| user["userName"].as_str().unwrap().split('@').next().unwrap().to_owned()).collect()
        };
        let search = async |request: Value| ask(&world, "POST /scim/v2/Users/.search", request).await.expect(200).json;
        patch(&world, &world.bram.agent.id.to_string(), json!([{"op": "add", "path": "title", "value": "Broker"}])).await.expect(200);
        for (filter, expected) in [
            ("active eq true", vec!["anna", "bram", "ada"]),
            ("active eq \"False\"", vec!["dora"]),
            ("not (active eq true)", vec!["dora"]),
            ("title pr", vec!["bram"]),
            ("title sw \"bro\" and emails[type eq \"work\" and value co \"@example\"]", vec!["bram"]),
            ("emails co \"ADA@\"", vec!["ada"]),
            ("roles.value eq \"admin\"", vec!["ada"]),
            ("userName ew \"a@example.com\" and userName gt \"b\"", vec!["dora"]),
            ("urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"dora@example.com\"", vec!["dora"]),
            ("meta.created ge \"2026-11-23T10:00:00+01:00\" and meta.created lt \"2026-11-23T09:00:01Z\" and title pr", vec!["bram"]),
            ("meta.lastModified lt \"2020-01-01T00:00:00Z\" or nickName pr or urn:x:y:Other:userName pr", vec![]),
            ("title ne \"broker\"", vec!["anna", "ada", "dora"]),
        ] {
            assert_eq!(named(&search(json!({"filter": filter})).await), expected, "{filter}");
        }
        let page = search(json!({"sortBy": "userName", "sortOrder": "descending", "startIndex": 2, "count": 2, "attributes": ["userName"]})).await;
        assert_eq!(named(&page), ["bram", "anna"]);
        assert_eq!((&page["totalResults"], &page["startIndex"], &page["itemsPerPage"]), (&json!(4), &json!(2), &json!(2)));
        assert_eq!(page["Resources"][0].as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "schemas", "userName"]);
        let none = ask(&world, "GET /scim/v2/Users?count=0&startIndex=-5&unknown=1", Value::Null).await.expect(200).json;
        assert_eq!((&none["totalResults"], &none["Resources"]), (&json!(4), &json!([])));
        let anna = world.anna.agent.id.to_string();
        let part = ask(&world, &format!("GET /scim/v2/Users/{anna}?excludedAttributes=meta,emails.value,name"), Value::Null).await.expect(200).json;
        assert_eq!((&part["meta"], &part["name"]), (&Value::Null, &Value::Null));
        assert_eq!(part["emails"], json!([{"primary": true, "type": "work"}]));
    }

    async fn a_change_names_what_it_saw(database: TestDatabase) {
        let world = World::new(database).await;
        let place = format!("/scim/v2/Users/{}", world.anna.agent.id);
        let bearer = format!("authorization: Bearer {}", world.admin.token);
        let with = async |line: &str, header: &str, body: Value| {
            let line = format!("{line} {place}");
            let body = if body.is_null() { String::new() } else { body.to_string() };
            world.raw(&line, &[&bearer, header, "content-type: application/scim+json"], body).await
        };
        let tag = ask(&world, &format!("GET {place}"), Value::Null).await.expect(200).header("etag").to_owned();
        with("GET", &format!("if-none-match: {tag}"), Value::Null).await.expect(304);
        with("GET", "if-none-match: W/\"other\"", Value::Null).await.expect(200);
        with("PUT", "if-match: W/\"other\"", json!({"title": "Pilot"})).await.expect(412);
        with("PUT", &format!("if-match: \"x\", {tag}"), json!({"title": "Pilot"})).await.expect(200);
        let patch = json!({"Operations": [{"op": "replace", "path": "title", "value": "Cook"}]});
        with("PATCH", &format!("if-match: {tag}"), patch.clone()).await.expect(412);
        with("DELETE", &format!("if-match: {tag}"), Value::Null).await.expect(412);
        with("PATCH", "if-match: *", patch).await.expect(200);
        let read = ask(&world, &format!("GET {place}"), Value::Null).await.expect(200);
        assert_eq!(read.json["title"], "Cook");
        // What stands beside the account counts too.
        let before = read.header("etag").to_owned();
        let linked = json!({"Operations": [{"op": "add", "path": "externalId", "value": "7"}]});
        let linked = with("PATCH", &format!("if-match: {before}"), linked).await.expect(200);
        assert_ne!(linked.header("etag"), before);
        with("DELETE", &format!("if-match: {}", linked.header("etag")), Value::Null).await.expect(204);
    }
}
