//! Bad input: a clear problem with a pointer, never a 5xx (every answer is checked for that in `World::raw`).

use crate::world::{World, wish};
use nameplate_testkit::engines::TestDatabase;
use serde_json::{Value, json};

const JSON: &str = "content-type: application/json";

#[tokio::test]
async fn sec_c16_bodies_that_are_not_plain_json_objects() {
    let world = World::new(TestDatabase::sqlite()).await;
    let bearer = format!("authorization: Bearer {}", world.anna.token);
    let deep = format!("{{\"name\": {}{}}}", "[".repeat(32), "]".repeat(32));
    for (body, status, code) in [
        ("", 400, "malformed_json"),
        ("{", 400, "malformed_json"),
        ("{} trailing", 400, "malformed_json"),
        ("{\"name\": \"a\", \"name\": \"b\"}", 400, "duplicate_key"),
        ("{\"location\": {\"city\": \"a\", \"city\": \"b\"}}", 400, "duplicate_key"),
        (&deep, 400, "too_deep"),
        ("[]", 422, "validation_failed"),
        ("\"name\"", 422, "validation_failed"),
        ("null", 422, "validation_failed"),
        ("1e999", 400, "malformed_json"),
    ] {
        let refused = world.raw("PATCH /api/v1/me", &[&bearer, JSON], body.to_owned()).await.expect(status);
        assert_eq!(refused.code(), code, "{body}");
        if status == 422 {
            assert_eq!(refused.faults(), [" wrong_type"]);
        }
    }
    world.raw("PATCH /api/v1/me", &[&bearer, JSON], vec![0x22, 0xff, 0x22]).await.expect(400);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/jsonx",
        "json",
    ] {
        let header = format!("content-type: {kind}");
        let refused = world.raw("PATCH /api/v1/me", &[&bearer, &header], "{}").await.expect(415);
        assert_eq!(refused.code(), "unsupported_media_type");
    }
    world.raw("PATCH /api/v1/me", &[&bearer], "{}").await.expect(415);
    world.raw("PATCH /api/v1/me", &[&bearer, JSON, JSON], "{}").await.expect(415);
    world
        .raw("PATCH /api/v1/me", &[&bearer, "content-type: Application/JSON; charset=\"UTF-8\""], "{}")
        .await
        .expect(200);
    let merge = "content-type: application/merge-patch+json";
    world.raw("POST /api/v1/meetings", &[merge], wish(9).to_string()).await.expect(415);
    let large = format!("{{\"name\": \"{}\"}}", "x".repeat(300 * 1024));
    assert_eq!(
        world.raw("PATCH /api/v1/me", &[&bearer, JSON], large).await.expect(413).code(),
        "body_too_large"
    );
}

/// Texts that no field of one line takes, with the code of their fault.
const ONE_LINE: [(&str, &str); 7] = [
    ("a\u{0}b", "forbidden_character"),
    ("a\u{1b}[31mb", "forbidden_character"),
    ("a\u{85}b", "forbidden_character"),
    ("a\u{202E}b", "forbidden_character"),
    ("a\u{2066}b", "forbidden_character"),
    ("a\r\nBcc: b@example.com", "line_break"),
    ("a\u{2028}b", "line_break"),
];

/// Values of other kinds than text.
fn other_kinds() -> [Value; 5] {
    [json!(5), json!(true), json!(["a"]), json!({"a": 1}), json!(1.5)]
}

/// A body with one value at a pointer.
fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let mut at = &mut body;
    for part in parent.split('/').skip(1) {
        at = &mut at[part];
    }
    at[name] = value;
    body
}

/// Line, a good body, and its text fields: pointer, largest length, whether it has several lines.
type Case = (&'static str, Value, &'static [(&'static str, usize, bool)]);

#[tokio::test]
async fn every_text_field_names_what_is_wrong_with_it() {
    let world = World::new(TestDatabase::sqlite()).await;
    let own_type = json!({"slug": "intro", "name": "Introduction", "duration_minutes": 30});
    let cases: [Case; 3] = [
        (
            "POST /api/v1/meetings",
            wish(9),
            &[
                ("/customer/name", 200, false),
                ("/customer/email", 254, false),
                ("/customer/phone_number", 60, false),
                ("/note", 2_000, true),
            ],
        ),
        (
            "PATCH /api/v1/me",
            json!({"location": {}}),
            &[
                ("/name", 200, false),
                ("/display_name", 200, false),
                ("/job_title", 120, false),
                ("/phone_number", 60, false),
                ("/location/name", 200, false),
                ("/location/street", 200, false),
                ("/location/postcode", 200, false),
                ("/location/city", 200, false),
                ("/location/state", 200, false),
                ("/location/country", 200, false),
                ("/slug", 60, false),
            ],
        ),
        (
            "POST /api/v1/meeting_types",
            own_type,
            &[
                ("/slug", 60, false),
                ("/name", 200, false),
                ("/description", 2_000, true),
                ("/place", 200, false),
            ],
        ),
    ];
    for (line, body, fields) in &cases {
        for (pointer, max, multi_line) in *fields {
            let ask = |value: Value| world.ask(line, &world.anna.token, with(body.clone(), pointer, value));
            for kind in other_kinds() {
                assert_eq!(ask(kind).await.expect(422).faults(), [format!("{pointer} wrong_type")]);
            }
            let long = ask(json!("a".repeat(max + 1))).await.expect(422);
            assert!(long.faults()[0].starts_with(&format!("{pointer} ")), "{pointer}: {}", long.text);
            ask(json!("\u{1F469}\u{200D}\u{1F4BB}".repeat(60_000 / 8))).await.expect(422);
            for (text, code) in ONE_LINE {
                if *multi_line && code == "line_break" {
                    continue;
                }
                let refused = ask(json!(text)).await.expect(422);
                assert!(
                    refused.faults()[0].starts_with(&format!("{pointer} ")),
                    "{pointer} {text:?}: {}",
                    refused.text
                );
                let has_own_rule =
                    ["email", "phone_number", "slug", "country"].iter().any(|own| pointer.ends_with(own));
                assert!(
                    has_own_rule || refused.faults() == [format!("{pointer} {code}")],
                    "{pointer} {text:?}"
                );
            }
        }
    }
    for (line, body, pointer) in [
        (cases[0].0, &cases[0].1, "/customer/name"),
        (cases[0].0, &cases[0].1, "/customer/email"),
        (cases[1].0, &cases[1].1, "/name"),
        (cases[2].0, &cases[2].1, "/name"),
    ] {
        for empty in ["", "   ", "\u{200B}\u{FEFF}", "\u{3164}"] {
            let refused = world
                .ask(line, &world.anna.token, with(body.clone(), pointer, json!(empty)))
                .await
                .expect(422);
            assert!(refused.faults()[0].starts_with(&format!("{pointer} ")), "{pointer} {empty:?}");
        }
        let null =
            world.ask(line, &world.anna.token, with(body.clone(), pointer, Value::Null)).await.expect(422);
        assert_eq!(null.faults(), [format!("{pointer} wrong_type")]);
    }
}

#[tokio::test]
async fn right_to_left_and_combining_text_is_kept_and_everything_wrong_is_named_at_once() {
    let world = World::new(TestDatabase::sqlite()).await;
    let token = &world.anna.token;
    for name in [
        "محمد علي",
        "שלומית בן־דוד",
        "Zoë\u{300} Ångström",
        "नि क्षि",
        "\u{200F}علي\u{200F}",
        "O'Neil <b>&amp;</b>",
    ] {
        let kept = world.ask("PATCH /api/v1/me", token, json!({"display_name": name})).await.expect(200);
        assert_eq!(kept.json["display_name"], name);
    }
    let decomposed = world.ask("PATCH /api/v1/me", token, json!({"name": "Zoe\u{308}"})).await.expect(200);
    assert_eq!(decomposed.json["name"], "Zo\u{EB}", "NFC");

    let all = json!({
        "agent": "anna",
        "meeting_type": 5,
        "start": "tomorrow",
        "customer": {"name": "", "email": "chris@", "time_zone": "Mars/Base", "phone_number": "call me", "vip": true},
        "note": ["x"],
        "answers": {"a/b": "c"},
        "price~": 0,
    });
    let refused = world.ask("POST /api/v1/meetings", "", all).await.expect(422);
    let expected = [
        "/answers/a~1b unknown_field",
        "/customer/email email_format",
        "/customer/name empty",
        "/customer/phone_number phone_letters",
        "/customer/time_zone time_zone_unknown",
        "/customer/vip unknown_field",
        "/meeting_type wrong_type",
        "/note wrong_type",
        "/price~0 unknown_field",
        "/start instant_format",
    ];
    assert_eq!(refused.faults(), expected);
    assert_eq!(refused.code(), "validation_failed");
    let nothing = world.ask("POST /api/v1/meetings", "", json!({})).await.expect(422);
    assert_eq!(
        nothing.faults(),
        ["/agent missing", "/customer missing", "/meeting_type missing", "/start missing"]
    );
    for (start, code) in [
        ("2027-03-28T02:30[Europe/Berlin]", "local_time_does_not_exist"),
        ("2027-10-31T02:30[Europe/Berlin]", "local_time_ambiguous"),
        ("2027-10-31T02:30-03:00[Europe/Berlin]", "offset_not_valid_in_zone"),
    ] {
        let refused =
            world.ask("POST /api/v1/meetings", "", with(wish(9), "/start", json!(start))).await.expect(422);
        assert_eq!(refused.faults(), [format!("/start {code}")]);
    }
    let wrong =
        json!({"time_zone": "Mars", "visibility": {"email": ["everywhere"], "role": [], "picture": "no"}});
    let refused = world.ask("PATCH /api/v1/me", token, wrong).await.expect(422);
    let expected = [
        "/time_zone time_zone_unknown",
        "/visibility/email not_a_choice",
        "/visibility/picture wrong_type",
        "/visibility/role unknown_field",
    ];
    assert_eq!(refused.faults(), expected);
}

#[tokio::test]
async fn odd_paths_and_ids_are_not_found() {
    let world = World::new(TestDatabase::sqlite()).await;
    for name in ["nobody", "%00", "%ff", "..%2f..", "agt_0", "%F0%9F%92%A9", "a%0d%0ab", &"x".repeat(4_000)] {
        world.ask(&format!("GET /api/v1/agents/{name}/public"), "", Value::Null).await.expect(404);
        world.ask(&format!("GET /api/v1/meetings/{name}"), &world.anna.token, Value::Null).await.expect(404);
        world
            .ask(&format!("GET /api/v1/meeting_types/{name}"), &world.anna.token, Value::Null)
            .await
            .expect(404);
    }
}
