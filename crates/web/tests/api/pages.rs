//! The authorisation matrix of the pages: every route of the router, as somebody unknown, as an agent and across sites.

use crate::world::{FORM, SAME_ORIGIN, World};
use axum::http::Method;
use nameplate_domain::account::Slug;
use nameplate_testkit::both_engines;
use nameplate_web::{Access, Row, reserved_segments, rows};

fn pages() -> impl Iterator<Item = Row> {
    rows().into_iter().filter(|row| {
        !matches!(row.access, Access::Token | Access::AdminToken | Access::TokenOrLink | Access::Relay)
    })
}

/// The route's template with something that is nobody's in each of its places.
fn address(row: &Row, unknown: &str) -> String {
    let part = |part: &str| match part.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((_, behind)) => format!("{unknown}{behind}"),
        None => part.to_owned(),
    };
    row.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

both_engines! {
    async fn sec_a11_somebody_unknown_gets_no_further_than_the_matrix_says(database: TestDatabase) {
        let world = World::new(database).await;
        for row in pages() {
            let line = format!("{} {}", row.method, address(&row, "nobody-s"));
            let answer = world.raw(&line, &[FORM, SAME_ORIGIN], "").await;
            let status = answer.status.as_u16();
            match row.access {
                Access::Agent | Access::Admin => {
                    assert_eq!(status, 303, "{line}");
                    assert!(answer.header("location").starts_with("/sign-in?return_to="), "{line}");
                }
                Access::Link => assert!(matches!(status, 404 | 410), "{line}: {status}"),
                // There is an admin: nothing is set up twice. And nobody but the provider knows the address of its calls.
                Access::SetUp | Access::Development | Access::Provider => assert_eq!(status, 404, "{line}"),
                Access::Public => assert_ne!(status, 403, "{line}"),
                Access::Token | Access::AdminToken | Access::TokenOrLink | Access::Relay => {}
            }
        }
    }

    async fn sec_a11_an_agent_is_told_what_is_for_admins(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        for row in pages().filter(|row| row.access == Access::Admin) {
            let line = format!("{} {}", row.method, address(&row, "nobody-s"));
            let answer = world.raw(&line, &[FORM, SAME_ORIGIN, &cookie], "").await.expect(403);
            assert!(answer.text.contains("This page is not for your account"), "{line}");
        }
    }

    async fn sec_a17_no_form_is_taken_from_another_site(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        // The API and /mcp take no cookies, so no other site can use somebody's there.
        let takes_cookies = |row: &Row| !row.path.starts_with("/api/") && row.path != "/mcp";
        for row in pages().filter(|row| row.method != Method::GET && takes_cookies(row)) {
            let line = format!("{} {}", row.method, address(&row, "nobody-s"));
            for foreign in [
                "origin: https://evil.example", "origin: null", "sec-fetch-site: cross-site", "sec-fetch-site: same-site",
                "x-nothing: said",
            ] {
                let answer = world.raw(&line, &[FORM, &cookie, foreign], "").await;
                assert_eq!(answer.status.as_u16(), 403, "{line} with {foreign}");
            }
        }
    }

    async fn sec_r16_an_agent_finds_nothing_of_another(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let list = world.ask("GET /api/v1/meeting_types", &world.bram.token, serde_json::Value::Null).await.expect(200);
        let foreign = list.json["meeting_types"][0]["id"].as_str().unwrap().to_owned();
        let own = world.ask("GET /api/v1/meeting_types", &world.anna.token, serde_json::Value::Null).await.expect(200);
        let own = own.json["meeting_types"][0]["id"].as_str().unwrap().to_owned();
        world.raw(&format!("GET /account/meeting-types/{own}"), &[&cookie], "").await.expect(200);
        for line in [
            format!("GET /account/meeting-types/{foreign}"), format!("POST /account/meeting-types/{foreign}"),
            format!("GET /account/meeting-types/{foreign}/delete"), format!("POST /account/meeting-types/{foreign}/delete"),
        ] {
            world.raw(&line, &[FORM, SAME_ORIGIN, &cookie], "").await.expect(404);
        }
        let after = world.ask("GET /api/v1/meeting_types", &world.bram.token, serde_json::Value::Null).await;
        assert_eq!(after.json, list.json);
    }
}

#[test]
fn sec_c10_every_first_segment_of_the_router_is_reserved() {
    let reserved = reserved_segments();
    for row in rows() {
        let first = row.path.split('/').nth(1).unwrap_or_default();
        if let Ok(slug) = Slug::parse(first) {
            assert!(slug.is_reserved(&reserved), "{first} could be taken as a slug");
        }
    }
    assert!(reserved.contains(&"account") && reserved.contains(&"api"), "{reserved:?}");
}
