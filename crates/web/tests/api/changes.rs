//! `/changes`: another system stays in step.

use crate::world::World;
use nameplate_app::accounts::data::erase_due;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use serde_json::{Value, json};

/// All that changed behind a cursor, page after page of two: `id name` each, a dash for who was erased; the next cursor.
async fn since(world: &World, cursor: &str) -> (Vec<String>, String) {
    let (mut names, mut cursor) = (Vec::new(), cursor.to_owned());
    loop {
        let line =
            format!("GET /api/v1/changes?limit=2{}{cursor}", if cursor.is_empty() { "" } else { "&cursor=" });
        let page = world.ask(&line, &world.admin.token, Value::Null).await.expect(200).json;
        let list = page["changes"].as_array().unwrap();
        names.extend(list.iter().map(|one| one["agent"]["name"].as_str().unwrap_or("-").to_owned()));
        page["next_cursor"].as_str().unwrap().clone_into(&mut cursor);
        if page["has_more"] == false {
            return (names, cursor);
        }
        assert_eq!(list.len(), 2, "{page}");
    }
}

both_engines! {
    async fn every_change_is_told_once_in_its_order_and_nothing_else(database: TestDatabase) {
        let world = World::new(database).await;
        let token = &world.admin.token;
        let (all, cursor) = since(&world, "").await;
        assert_eq!(all, ["anna Berg", "bram Berg", "ada Berg", "dora Berg"]);
        assert_eq!(since(&world, &cursor).await, (vec![], cursor.clone()));

        world.ask("PATCH /api/v1/me", &world.anna.token, json!({"job_title": "Adviser"})).await.expect(200);
        world.ask("PATCH /api/v1/agents/bram", token, json!({"name": "Bram Vos"})).await.expect(200);
        world.ask("PATCH /api/v1/me", &world.anna.token, json!({"name": "Anna Vos"})).await.expect(200);
        let ids = json!({"external_ids": {"crm": "0031x"}});
        world.ask("PATCH /api/v1/agents/dora", token, ids).await.expect(200);
        let (told, next) = since(&world, &cursor).await;
        assert_eq!(told, ["Bram Vos", "Anna Vos", "dora Berg"]);
        world.session().await;
        assert_eq!(since(&world, &next).await.0, Vec::<String>::new(), "a sign-in changes nobody");

        // As the API reads it, whatever it is that changed.
        world.ask("DELETE /api/v1/agents/bram", token, Value::Null).await.expect(204);
        let line = format!("GET /api/v1/changes?cursor={next}");
        let page = world.ask(&line, token, Value::Null).await.expect(200).json;
        let read = world.ask("GET /api/v1/agents/bram", token, Value::Null).await.expect(200).json;
        assert_eq!(page["changes"], json!([{"id": read["id"], "agent": read}]));
        assert_eq!(read["status"], "disabled");
    }
}

#[tokio::test]
async fn who_was_erased_is_told_by_the_id_and_a_cursor_of_another_database_is_refused() {
    let world = World::new(TestDatabase::sqlite()).await;
    let (_, cursor) = since(&world, "").await;
    let cookie = world.session().await;
    let form = [("confirmation", "anna"), ("meetings", "now")];
    world.send("/account/data/delete", &cookie, &form).await.expect(200);
    world.deliver().await;
    let (told, next) = since(&world, &cursor).await;
    assert_eq!(told, ["anna Berg"]);
    let later = crate::world::now() + jiff::SignedDuration::from_hours(15 * 24);
    assert_eq!(erase_due(world.app(), later).await.unwrap(), 1);
    let line = format!("GET /api/v1/changes?cursor={next}");
    let page = world.ask(&line, &world.admin.token, Value::Null).await.expect(200).json;
    assert_eq!(page["changes"], json!([{"id": world.anna.agent.id.to_string(), "agent": null}]));

    let (place, code) = next.split_once('-').unwrap();
    // The log is not as long; and an older copy was restored and written on.
    for other in [format!("1000000-{code}"), format!("{place}-0123456789ab")] {
        let line = format!("GET /api/v1/changes?cursor={other}");
        let gone = world.ask(&line, &world.admin.token, Value::Null).await.expect(410);
        assert_eq!(gone.code(), "cursor_gone");
    }
    for bad in ["cursor=-1", "cursor=x", "cursor=0-a", "cursor=7", "limit=0", "limit=101"] {
        world.ask(&format!("GET /api/v1/changes?{bad}"), &world.admin.token, Value::Null).await.expect(422);
    }
}
