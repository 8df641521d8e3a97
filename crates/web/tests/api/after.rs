//! What is said of a meeting when it is over, on its page and by the API.

use crate::world::{World, manage_token};
use nameplate_testkit::both_engines;
use serde_json::json;

both_engines! {
    async fn a_customer_leaves_a_review_and_its_agent_reads_it(database: TestDatabase) {
        let mut world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        let line = format!("GET /api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let own = world.ask(&line, &world.anna.token, json!(null)).await.expect(200).json;
        assert_eq!(own["review"], json!(null));
        let (page, customers) = (format!("/m/{}", manage_token(&own)), format!("/m/{}", manage_token(&meeting)));
        let ahead = world.page(&customers, "").await.expect(200).text;
        assert!(!ahead.contains("How was your"), "{ahead}");
        let early = world.send(&format!("{customers}/review"), "", &[("rating", "5")]).await.expect(303);
        assert_eq!(early.header("location"), customers);

        world.at(|| "2026-11-24T12:00:00Z".parse().unwrap());
        let shown = world.page(&customers, "").await.expect(200).text;
        assert!(shown.contains("How was your meeting?"), "{shown}");
        let long = "x".repeat(2_001);
        let refused = world.send(&format!("{customers}/review"), "", &[("rating", ""), ("comment", &long)]).await.expect(422).text;
        assert!(refused.contains("Choose a rating from 1 to 5") && refused.contains(&long), "{refused}");
        let odd = world.send(&format!("{customers}/review"), "", &[("rating", "6")]).await.expect(422).text;
        assert!(odd.contains("Choose a rating from 1 to 5"), "{odd}");
        world.send(&format!("{page}/review"), "", &[("rating", "5")]).await.expect(404);
        let left = world.send(&format!("{customers}/review"), "", &[("rating", "4"), ("comment", "<b>Clear</b>")]).await.expect(303);
        assert_eq!(left.header("location"), format!("{customers}?saved=review"));
        let theirs = world.page(&format!("{customers}?saved=review"), "").await.expect(200).text;
        assert!(theirs.contains("Your review is saved.") && theirs.contains("Change review"), "{theirs}");
        let agents = world.page(&page, "").await.expect(200).text;
        assert!(agents.contains("4 – good") && agents.contains("&#60;b&#62;Clear"), "{agents}");
        let read = world.ask(&line, &world.anna.token, json!(null)).await.expect(200).json;
        let expected = json!({ "rating": 4, "comment": "<b>Clear</b>", "reviewed_at": "2026-11-24T12:00:00Z" });
        assert_eq!(read["review"], expected);
    }

    async fn an_agent_marks_a_meeting_as_missed_and_takes_it_back(database: TestDatabase) {
        let mut world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        let path = format!("/api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let (get, patch) = (format!("GET {path}"), format!("PATCH {path}"));
        let token = world.anna.token.clone();
        let own = world.ask(&get, &token, json!(null)).await.expect(200).json;
        let (page, customers) = (format!("/m/{}", manage_token(&own)), format!("/m/{}", manage_token(&meeting)));
        let early = world.ask(&patch, &token, json!({ "status": "missed" })).await.expect(409);
        assert_eq!(early.code(), "meeting_ahead");

        world.at(|| "2026-11-24T12:00:00Z".parse().unwrap());
        let shown = world.page(&page, "").await.expect(200).text;
        assert!(shown.contains("Mark as missed"), "{shown}");
        world.send(&format!("{customers}/attendance"), "", &[("attendance", "missed")]).await.expect(404);
        let noted = world.send(&format!("{page}/attendance"), "", &[("attendance", "missed")]).await.expect(303);
        assert_eq!(noted.header("location"), format!("{page}?saved=missed"));
        let shown = world.page(&page, "").await.expect(200).text;
        assert!(shown.contains("This meeting was missed") && shown.contains("It took place after all"), "{shown}");
        let theirs = world.page(&customers, "").await.expect(200).text;
        assert!(theirs.contains("This meeting was missed") && !theirs.contains("How was your"), "{theirs}");
        assert_eq!(world.ask(&get, &token, json!(null)).await.json["status"], "missed");

        let came = world.ask(&patch, &token, json!({ "status": "completed" })).await.expect(200);
        assert_eq!(came.json["status"], "completed");
        let own_link = manage_token(&meeting);
        let customer = world.ask(&patch, &own_link, json!({ "status": "missed" })).await.expect(403);
        assert_eq!(customer.code(), "status_not_allowed");
        for (wish, faults) in [
            (json!({ "status": "cancelled" }), ["/status not_a_choice"]),
            (json!({ "status": 7 }), ["/status wrong_type"]),
            (json!({ "status": "missed", "guests": [] }), ["/status one_change_at_a_time"]),
        ] {
            assert_eq!(world.ask(&patch, &token, wish).await.expect(422).faults(), faults);
        }
        world.at(|| "2026-12-01T12:00:00Z".parse().unwrap());
        let late = world.ask(&patch, &token, json!({ "status": "missed" })).await.expect(409);
        assert_eq!(late.code(), "meeting_long_over");
        let shown = world.page(&page, "").await.expect(200).text;
        assert!(!shown.contains("Mark as missed"), "{shown}");
    }
}
