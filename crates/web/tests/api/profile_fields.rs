//! Profile fields: what `/me`, `/agents` and the public card say of them, and My Account.

use crate::world::World;
use nameplate_testkit::both_engines;
use serde_json::{Value, json};

/// An admin at the pages.
async fn admin(world: &World) -> String {
    let path = format!("/api/v1/agents/{}", world.anna.agent.id);
    world.ask(&format!("PATCH {path}"), &world.admin.token, json!({"role": "admin"})).await.expect(200);
    world.session().await
}

/// Defines a field: key, type, who fills it in, where customers see it, whether it is required.
async fn define(
    world: &World,
    cookie: &str,
    (key, kind, editor, places): (&str, &str, &str, &str),
    required: bool,
) {
    let mut fields = vec![
        ("label", key),
        ("key", key),
        ("kind", kind),
        ("choices", "North\r\nSouth"),
        ("editor", editor),
        ("places", places),
    ];
    if required {
        fields.push(("required", "on"));
    }
    let made = world.send("/admin/fields/new", cookie, &fields).await.expect(303);
    assert_eq!(made.header("location"), "/admin/fields?saved=profile-field-added");
}

/// A field of each kind, defined by Anna, who is an agent again.
async fn defined(world: &World) -> String {
    let cookie = admin(world).await;
    for (field, required) in [
        (("languages", "text", "agent", "both"), true),
        (("years", "number", "agent", "messages"), false),
        (("page", "url", "agent", "booking_page"), false),
        (("since", "date", "agent", "booking_page"), false),
        (("region", "choice", "admins", "booking_page"), false),
        (("certified", "yes_no", "agent", "nobody"), false),
    ] {
        define(world, &cookie, field, required).await;
    }
    let path = format!("PATCH /api/v1/agents/{}", world.anna.agent.id);
    world.ask(&path, &world.admin.token, json!({"role": "agent"})).await.expect(200);
    cookie
}

both_engines! {
    async fn a_program_reads_and_writes_fields_with_their_types(database: TestDatabase) {
        let world = World::new(database).await;
        defined(&world).await;
        let (anna, robin) = (&world.anna.token, &world.admin.token);
        let empty = json!({"languages": null, "years": null, "page": null, "since": null, "region": null, "certified": null});
        let me = world.ask("GET /api/v1/me", anna, Value::Null).await.expect(200);
        assert_eq!(me.json["fields"], empty);

        let wish = json!({"fields": {"languages": "Dutch", "years": 7.5, "page": "example.com/anna", "since": "2019-03-01", "certified": true}});
        let changed = world.ask("PATCH /api/v1/me", anna, wish.clone()).await.expect(200);
        let expected = json!({"languages": "Dutch", "years": 7.5, "page": "https://example.com/anna", "since": "2019-03-01", "region": null, "certified": true});
        assert_eq!(changed.json["fields"], expected);
        assert_ne!(changed.header("etag"), me.header("etag"), "a form made before is outdated");
        let again = world.ask("PATCH /api/v1/me", anna, wish).await.expect(200);
        assert_eq!(again.header("etag"), changed.header("etag"), "nothing changed");

        let wrong = json!({"fields": {
            "languages": null, "years": "7", "page": "javascript:alert(1)", "since": "2019-02-30", "region": "South", "certified": 1, "nope": "x",
        }});
        let refused = world.ask("PATCH /api/v1/me", anna, wrong).await.expect(422);
        assert_eq!(refused.faults(), [
            "/fields/certified wrong_type", "/fields/nope unknown_field", "/fields/page url_format", "/fields/since date_format", "/fields/years wrong_type",
        ]);
        for (fields, fault) in [
            (json!({"languages": null}), "/fields/languages empty"),
            (json!({"languages": " "}), "/fields/languages empty"),
            (json!({"region": "South"}), "/fields/region admins_only"),
            (json!({"region": null}), "/fields/region admins_only"),
        ] {
            let refused = world.ask("PATCH /api/v1/me", anna, json!({"fields": fields, "name": "Other"})).await.expect(422);
            assert_eq!(refused.faults(), [fault]);
        }
        assert_eq!(world.ask("PATCH /api/v1/me", anna, json!({"fields": "x"})).await.expect(422).faults(), ["/fields wrong_type"]);

        let region = world.ask("PATCH /api/v1/agents/anna", robin, json!({"fields": {"region": "South", "years": null}})).await.expect(200).json;
        assert_eq!((&region["fields"]["region"], &region["fields"]["years"]), (&json!("South"), &Value::Null));
        assert_eq!(world.ask("GET /api/v1/me", anna, Value::Null).await.expect(200).json, region);
        let listed = world.ask("GET /api/v1/agents?email=anna@example.com", robin, Value::Null).await.expect(200).json;
        assert_eq!(listed["agents"][0], region);
        let invited = json!({"name": "Mirjam", "email": "mirjam@example.org", "fields": {"region": "North"}});
        let invited = world.ask("POST /api/v1/agents", robin, invited).await.expect(201).json;
        assert_eq!(invited["fields"]["region"], "North");
    }

    async fn customers_see_what_the_field_is_shown_for(database: TestDatabase) {
        let world = World::new(database).await;
        defined(&world).await;
        let fields = json!({"languages": "Dutch & <b>", "years": 7, "page": "example.com/?a=1&b=\"", "since": "2019-03-01", "region": "South", "certified": true});
        world.ask("PATCH /api/v1/agents/anna", &world.admin.token, json!({"fields": fields})).await.expect(200);
        let card = world.ask("GET /api/v1/agents/anna/public", "", Value::Null).await.expect(200).json;
        let field = |key: &str, kind: &str, value: Value| json!({"key": key, "label": key, "type": kind, "value": value});
        assert_eq!(card["fields"], json!([
            field("languages", "text", json!("Dutch & <b>")),
            field("page", "url", json!("https://example.com/?a=1&b=%22")),
            field("since", "date", json!("2019-03-01")),
            field("region", "choice", json!("South")),
        ]));
        let page = world.page("/anna", "").await.expect(200).text;
        for text in ["Dutch &#38; &#60;b&#62;", "Friday 1 March 2019", "href=\"https://example.com/?a=1&#38;b=%22\"", "South"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(!page.contains("certified") && !page.contains("years"));
        assert!(!world.page("/anna.vcf", "").await.expect(200).text.contains("Dutch"));
    }

    async fn my_account_keeps_what_was_typed_and_names_what_is_wrong(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = defined(&world).await;
        let page = world.page("/account", &cookie).await.expect(200);
        let version = page.value("version").to_owned();
        let typed = [
            ("version", version.as_str()),
            ("fields_languages", "Dutch"),
            ("fields_years", "many"),
            ("fields_page", ""),
            ("fields_since", "2019-03-01"),
            ("fields_region", "South"),
            ("fields_certified", "no"),
        ];
        let refused = world.send("/account/fields", &cookie, &typed).await.expect(422);
        assert!(refused.text.contains("Write a number like 30 or 2.5"));
        assert_eq!(refused.value("fields_years"), "many");
        assert_eq!(refused.value("fields_languages"), "Dutch");
        let mut good = typed;
        good[2].1 = "7.50";
        let saved = world.send("/account/fields", &cookie, &good).await.expect(303);
        assert_eq!(saved.header("location"), "/account?saved=fields");
        let me = world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(200).json;
        let expected = json!({"languages": "Dutch", "years": 7.5, "page": null, "since": "2019-03-01", "region": null, "certified": false});
        assert_eq!(me["fields"], expected, "what is for admins was left out");
        let activity = world.page("/account/activity", &cookie).await.expect(200).text;
        assert!(activity.contains("certified: No") && activity.contains("since: Friday 1 March 2019"), "{activity}");

        let mut stale = good;
        stale[1].1 = "English";
        let refused = world.send("/account/fields", &cookie, &stale).await.expect(422);
        assert!(refused.text.contains("Stored now: Dutch"));
        assert_eq!(refused.value("fields_languages"), "English");
    }
}

both_engines! {
    async fn other_systems_find_their_person_by_an_id_of_theirs(database: TestDatabase) {
        let world = World::new(database).await;
        let (anna, robin) = (&world.anna.token, &world.admin.token);
        let line = "PATCH /api/v1/agents/anna";
        let first = world.ask(line, robin, json!({"external_ids": {"crm": "0031x", "hr": "a:b c"}})).await.expect(200);
        assert_eq!(first.json["external_ids"], json!({"crm": "0031x", "hr": "a:b c"}));
        let second = world.ask(line, robin, json!({"external_ids": {"hr": null, "crm": "0032"}})).await.expect(200);
        assert_eq!(second.json["external_ids"], json!({"crm": "0032"}));
        assert_ne!(first.header("etag"), second.header("etag"));
        assert_eq!(world.ask("GET /api/v1/me", anna, Value::Null).await.expect(200).json, second.json);

        let find = async |id: &str| {
            let found = world.ask(&format!("GET /api/v1/agents?external_id={id}"), robin, Value::Null).await.expect(200).json;
            found["agents"].as_array().unwrap().iter().map(|one| one["slug"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(find("crm:0032").await, ["anna"]);
        for nobody in ["crm:0031x", "hr:0032", "crm:003"] {
            assert!(find(nobody).await.is_empty(), "{nobody}");
        }
        for wrong in ["0032", "crm:", ":0032", "CRM:0032"] {
            let refused = world.ask(&format!("GET /api/v1/agents?external_id={wrong}"), robin, Value::Null).await.expect(422);
            assert_eq!(refused.faults(), ["/external_id external_id_format"], "{wrong}");
        }
        let taken = json!({"external_ids": {"crm": "0032", "hr": "7"}, "name": "Other"});
        let refused = world.ask("PATCH /api/v1/agents/bram", robin, taken).await.expect(422);
        assert_eq!(refused.faults(), ["/external_ids/crm external_id_taken"]);
        let bram = world.ask("GET /api/v1/agents/bram", robin, Value::Null).await.expect(200).json;
        assert_eq!((&bram["external_ids"], &bram["name"]), (&json!({}), &json!("bram Berg")));
        let invited = json!({"name": "Mirjam", "email": "mirjam@example.org", "external_ids": {"crm": "0033"}});
        world.ask("POST /api/v1/agents", robin, invited).await.expect(201);
        assert_eq!(find("crm:0033").await.len(), 1);

        let wrong = json!({"external_ids": {"CRM": "1", "a": "", "b": 5, "c": "x\ny", "d": "x".repeat(201)}});
        let faults = world.ask(line, robin, wrong).await.expect(422).faults();
        let expected = ["CRM key_format", "a empty", "b wrong_type", "c line_break", "d too_long"];
        assert_eq!(faults, expected.map(|fault| format!("/external_ids/{fault}")));
        let many: serde_json::Map<_, _> = (0..20).map(|n| (format!("s{n}"), json!("1"))).collect();
        assert_eq!(world.ask(line, robin, json!({"external_ids": many})).await.expect(422).faults(), ["/external_ids too_many_ids"]);
        let mut exactly = many;
        exactly.insert("crm".to_owned(), Value::Null);
        world.ask(line, robin, json!({"external_ids": exactly})).await.expect(200);

        // They are the organisation's: nobody writes their own, an admin's program neither by this way.
        for token in [anna, robin] {
            let refused = world.ask("PATCH /api/v1/me", token, json!({"external_ids": {"crm": "1"}})).await.expect(422);
            assert_eq!(refused.faults(), ["/external_ids unknown_field"]);
        }
        let cookie = world.session().await;
        assert!(world.page("/account/activity", &cookie).await.expect(200).text.contains("Id in crm: 0032 (before: 0031x)"));
    }
}
