//! The agent's note after a meeting, on its page.

use crate::world::{World, manage_token};
use nameplate_testkit::both_engines;
use serde_json::json;

both_engines! {
    async fn an_agent_writes_to_the_customer_from_the_start_of_the_meeting_on(database: TestDatabase) {
        let mut world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        let line = format!("GET /api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let own = world.ask(&line, &world.anna.token, json!(null)).await.expect(200).json;
        let (page, customers) = (format!("/m/{}", manage_token(&own)), format!("/m/{}", manage_token(&meeting)));
        let ahead = world.page(&page, "").await.expect(200).text;
        assert!(!ahead.contains("Note to the customer"), "{ahead}");
        world.send(&format!("{page}/wrap-up"), "", &[("note", "Early")]).await.expect(404);

        world.at(|| "2026-11-24T11:00:00Z".parse().unwrap());
        let shown = world.page(&page, "").await.expect(200).text;
        assert!(shown.contains("Note to the customer") && !shown.contains("Take off the list"), "{shown}");
        let theirs = world.page(&customers, "").await.expect(200).text;
        assert!(!theirs.contains("Note to the customer"), "{theirs}");
        world.send(&format!("{customers}/wrap-up"), "", &[("note", "Mine")]).await.expect(404);
        let empty = world.send(&format!("{page}/wrap-up"), "", &[("note", " ")]).await.expect(422);
        assert!(empty.text.contains("Fill in this field"), "{}", empty.text);
        let long = "x".repeat(2_001);
        let refused = world.send(&format!("{page}/wrap-up"), "", &[("note", &long)]).await.expect(422);
        assert!(refused.text.contains("2000") && refused.text.contains(&long), "{}", refused.text);
        let sent = world.send(&format!("{page}/wrap-up"), "", &[("note", "As agreed")]).await.expect(303);
        assert_eq!(sent.header("location"), format!("{page}?saved=wrap-up"));
        let shown = world.page(&format!("{page}?saved=wrap-up"), "").await.expect(200).text;
        assert!(shown.contains("Your note is on its way.") && shown.contains("Note after the meeting"), "{shown}");
    }
}
