//! What SCIM does not take: always an error of RFC 7644 section 3.12 with its `scimType`, and nothing is changed.

use crate::scim::{ask, mirjam, patch};
use crate::world::World;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use serde_json::{Value, json};

both_engines! {
    async fn a_user_that_cannot_be_is_told_attribute_by_attribute(database: TestDatabase) {
        let world = World::new(database).await;
        let tries = [
            (json!({"userName": "no address", "displayName": "X"}), "invalidValue", "userName: "),
            (json!({"displayName": "X"}), "invalidValue", "userName: "),
            (json!({"userName": "x@example.org"}), "invalidValue", "name.formatted: Send name.formatted"),
            (json!({"userName": 5, "displayName": "X"}), "invalidValue", "userName: "),
            (json!({"userName": "x@example.org", "name": "X"}), "invalidValue", "name: "),
            (json!({"userName": "x@example.org", "displayName": "X", "timezone": "Mars/Base"}), "invalidValue", "timezone: "),
            (json!({"userName": "x@example.org", "displayName": "X", "active": "maybe"}), "invalidValue", "active: "),
            (json!({"userName": "x@example.org", "displayName": "X", "phoneNumbers": [{"value": "12"}]}), "invalidValue", "phoneNumbers: "),
            (json!({"userName": "x@example.org", "displayName": "X", "phoneNumbers": {"value": "12"}}), "invalidValue", "phoneNumbers: "),
            (json!({"userName": "x@example.org", "displayName": "X", "addresses": [{"country": "Atlantis"}]}), "invalidValue", "addresses.country: "),
            (json!({"userName": "x@example.org", "displayName": "X", "title": "t".repeat(121)}), "invalidValue", "title: "),
            (json!({"userName": "x@example.org", "displayName": "X", "preferredLanguage": "<b>"}), "invalidValue", "preferredLanguage: "),
            (json!({"userName": "anna@example.com", "displayName": "X"}), "uniqueness", "userName: "),
            (json!([1]), "invalidSyntax", "The body must be one JSON object"),
        ];
        for (body, kind, detail) in tries {
            let refused = ask(&world, "POST /scim/v2/Users", body.clone()).await;
            let refused = refused.expect(if kind == "uniqueness" { 409 } else { 400 });
            assert_eq!(refused.json["scimType"], kind, "{body}");
            assert!(refused.json["detail"].as_str().unwrap().starts_with(detail), "{body}: {}", refused.text);
        }
        ask(&world, "POST /scim/v2/Users", mirjam()).await.expect(201);
        let other = json!({"userName": "o@example.org", "displayName": "O", "externalId": "0001-mirjam"});
        let taken = ask(&world, "POST /scim/v2/Users", other).await.expect(409);
        assert!(taken.json["detail"].as_str().unwrap().starts_with("externalId: "), "{}", taken.text);
        let all = ask(&world, "GET /scim/v2/Users?count=0", Value::Null).await.expect(200);
        assert_eq!(all.json["totalResults"], 5);
    }

    async fn a_patch_that_cannot_be_changes_nothing(database: TestDatabase) {
        let world = World::new(database).await;
        let id = world.anna.agent.id.to_string();
        let before = ask(&world, &format!("GET /scim/v2/Users/{id}"), Value::Null).await.expect(200).json;
        let good = json!({"op": "replace", "path": "title", "value": "Pilot"});
        for (operation, kind) in [
            (json!({"op": "replace", "path": "userName", "value": "other@example.com"}), "mutability"),
            (json!({"op": "replace", "value": {"userName": "other@example.com"}}), "mutability"),
            (json!({"op": "remove", "path": "userName"}), "mutability"),
            (json!({"op": "replace", "path": "emails[type eq \"work\"].value", "value": "o@example.com"}), "mutability"),
            (json!({"op": "replace", "path": "roles", "value": [{"value": "admin"}]}), "mutability"),
            (json!({"op": "add", "path": "roles", "value": [{"value": "admin"}]}), "mutability"),
            (json!({"op": "replace", "path": "id", "value": "x"}), "mutability"),
            (json!({"op": "remove", "path": "timezone"}), "mutability"),
            (json!({"op": "remove", "path": "active"}), "mutability"),
            (json!({"op": "remove", "path": "name"}), "mutability"),
            (json!({"op": "replace", "path": "favouriteColour", "value": "red"}), "invalidPath"),
            (json!({"op": "replace", "path": "title.sub", "value": "x"}), "invalidPath"),
            (json!({"op": "replace", "path": "title[", "value": "x"}), "invalidPath"),
            (json!({"op": "replace", "path": 5, "value": "x"}), "invalidPath"),
            (json!({"op": "remove", "path": "phoneNumbers[type eq \"work\"]"}), "noTarget"),
            (json!({"op": "remove"}), "noTarget"),
            (json!({"op": "move", "path": "title"}), "invalidSyntax"),
            (json!({"op": "add", "path": "title"}), "invalidSyntax"),
            (json!({"op": "add", "value": "x"}), "invalidSyntax"),
            (json!({"path": "title"}), "invalidSyntax"),
            (json!({"op": "replace", "path": "timezone", "value": "Mars/Base"}), "invalidValue"),
            (json!({"op": "replace", "path": "title", "value": {"a": 1}}), "invalidValue"),
            (json!({"op": "add", "path": "phoneNumbers", "value": "x"}), "invalidValue"),
            (json!(5), "invalidSyntax"),
        ] {
            let refused = patch(&world, &id, json!([good, operation])).await;
            assert_eq!(refused.status, 400, "{operation}: {}", refused.text);
            assert_eq!(refused.json["scimType"], kind, "{operation}: {}", refused.text);
        }
        patch(&world, &id, json!([])).await.expect(400);
        let many = vec![good; 101];
        assert_eq!(patch(&world, &id, json!(many)).await.expect(400).json["scimType"], "tooMany");
        let after = ask(&world, &format!("GET /scim/v2/Users/{id}"), Value::Null).await.expect(200).json;
        assert_eq!(before, after);
    }
}

#[tokio::test]
async fn questions_bodies_and_addresses_that_cannot_be() {
    let world = World::new(TestDatabase::sqlite()).await;
    for (query, kind) in [
        ("filter=userName%20eq", "invalidFilter"),
        ("filter=active%20gt%20true", "invalidFilter"),
        ("filter=%FF", "invalidFilter"),
        ("startIndex=first", "invalidValue"),
        ("count=1.5", "invalidValue"),
        ("sortOrder=upwards", "invalidValue"),
        ("sortBy=%5B", "invalidValue"),
        ("attributes=a%20b", "invalidValue"),
        ("attributes=a&excludedAttributes=b", "invalidValue"),
        ("count=1&count=2", "invalidValue"),
    ] {
        let refused = ask(&world, &format!("GET /scim/v2/Users?{query}"), Value::Null).await.expect(400);
        assert_eq!(refused.json["scimType"], kind, "{query}: {}", refused.text);
    }
    let bearer = format!("authorization: Bearer {}", world.admin.token);
    let raw = async |kind: &str, body: &str| {
        world.raw("POST /scim/v2/Users", &[&bearer, kind], body.to_owned()).await
    };
    raw("content-type: text/plain", "{}").await.expect(415);
    raw("content-type: application/scim+json; charset=latin1", "{}").await.expect(415);
    for body in ["", "{", "{\"a\":1,\"a\":2}", &"[".repeat(40)] {
        let refused = raw("content-type: application/scim+json", body).await.expect(400);
        assert_eq!(refused.json["scimType"], "invalidSyntax", "{body}");
    }
    for line in [
        "GET /scim/v2/Users/anna",
        "GET /scim/v2/Users/%00",
        "GET /scim/v2/Users/%FF",
        "GET /scim/v2/Groups",
        "GET /scim/v2/Bulk",
        "GET /scim/v2/Me",
    ] {
        let answer = world.raw_even_if_it_fails(line, &[&bearer], "").await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, "application/scim+json"),
            "{line}"
        );
    }
    ask(&world, "POST /scim/v2/Schemas", json!({})).await.expect(405);
    let dutch = world.raw("GET /scim/v2/Users/x", &[&bearer, "accept-language: nl"], "").await.expect(404);
    assert_eq!(
        (dutch.header("content-language"), dutch.json["detail"].as_str().unwrap().contains("bestaat")),
        ("nl", true)
    );
    let nobody = world.raw("GET /scim/v2/Users", &[], "").await.expect(401);
    assert_eq!(nobody.json["status"], "401");
}
