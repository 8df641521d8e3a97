//! A meeting that is given to another agent, by the page and by the API.

use crate::world::{World, manage_token, wish};
use nameplate_testkit::both_engines;
use serde_json::json;

/// Bram's meeting at an hour of tomorrow.
async fn brams(world: &World, hour: u32) {
    let mut wish = wish(hour);
    wish["agent"] = json!("bram");
    world.ask("POST /api/v1/meetings", "", wish).await.expect(201);
}

both_engines! {
    async fn p1_an_agent_gives_a_meeting_to_a_colleague(database: TestDatabase) {
        let world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        let page = format!("/account/meetings/{}/reassign", meeting["id"].as_str().unwrap());
        let bram = world.bram.agent.id.to_string();
        let cookie = world.session().await;
        let asked = world.page(&page, &cookie).await.expect(200);
        assert!(asked.text.contains(&format!("<option value=\"{bram}\">bram Berg</option>")), "{}", asked.text);
        assert!(!asked.text.contains("dora Berg"), "who is disabled is nobody to choose");
        assert!(!asked.text.contains(">anna Berg</option>"), "who holds it is nobody to choose");
        let version = asked.value("version").to_owned();
        let send = async |agent: &str, reason: &str| {
            world.send(&page, &cookie, &[("agent", agent), ("reason", reason), ("version", &version)]).await
        };
        let long = "x".repeat(2_001);
        for (agent, reason, words) in [
            ("", "Ill", "Choose one of the options"),
            ("nobody", "Ill", "Choose one of the options"),
            (&*world.disabled.agent.id.to_string(), "Ill", "Choose one of the options"),
            (&*bram, &*long, "2000"),
        ] {
            let refused = send(agent, reason).await.expect(422);
            assert!(refused.text.contains(words) && refused.text.contains(reason), "{words}: {}", refused.text);
        }
        brams(&world, 10).await;
        let taken = send(&bram, "Ill").await.expect(409);
        assert!(taken.text.contains("Your colleague has another meeting then."), "{}", taken.text);
        assert!(taken.text.contains("Ill</textarea>"), "what was typed stays: {}", taken.text);
        let ada = world.admin.agent.id.to_string();
        let given = send(&ada, "Ill").await.expect(303);
        assert_eq!(given.header("location"), "/account/meetings?saved=reassigned");
        let list = world.page("/account/meetings?saved=reassigned", &cookie).await.expect(200);
        assert!(list.text.contains("The meeting is given to somebody else."), "{}", list.text);
        assert!(!list.text.contains("Chris Doe"), "{}", list.text);
        world.page(&page, &cookie).await.expect(404);
        send(&bram, "Ill").await.expect(404);
        // The customer's page is where it was, with the new name.
        let customers = world.page(&format!("/m/{}", manage_token(&meeting)), "").await.expect(200);
        assert!(customers.text.contains("ada Berg") && !customers.text.contains("anna Berg"), "{}", customers.text);
    }

    async fn the_former_agents_link_says_whose_it_is_not(database: TestDatabase) {
        let world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        let line = format!("/api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let own = world.ask(&format!("GET {line}"), &world.anna.token, json!(null)).await.expect(200).json;
        let link = manage_token(&own);
        let page = world.page(&format!("/m/{link}"), "").await.expect(200).text;
        assert!(page.contains("Give to a colleague"), "{page}");
        let theirs = world.page(&format!("/m/{}", manage_token(&meeting)), "").await.expect(200).text;
        assert!(!theirs.contains("Give to a colleague"), "{theirs}");
        world.ask(&format!("PATCH {line}"), &world.anna.token, json!({"agent": "bram"})).await.expect(200);
        for path in ["", "/cancel", "/reschedule", "/meeting.ics"] {
            let gone = world.page(&format!("/m/{link}{path}"), "").await.expect(410);
            assert!(gone.text.contains("This meeting is with somebody else now."), "{}", gone.text);
        }
        world.ask(&format!("GET {line}"), &link, json!(null)).await.expect(401);
    }

    async fn the_api_gives_a_meeting_to_another_agent(database: TestDatabase) {
        let world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        let line = format!("PATCH /api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let (anna, bram, admin) = (&world.anna.token, &world.bram.token, &world.admin.token);
        let customer = manage_token(&meeting);

        let refused = world.ask(&line, &customer, json!({"agent": "bram"})).await.expect(403);
        assert_eq!(refused.code(), "reassign_not_allowed");
        let same = world.ask(&line, &customer, json!({"agent": "anna"})).await.expect(200);
        assert_eq!(same.json["manage_url"], meeting["manage_url"], "nothing to do");
        world.ask(&line, bram, json!({"agent": "bram"})).await.expect(404);

        let unknown = world.ask(&line, anna, json!({"agent": "nobody"})).await.expect(422);
        assert_eq!((unknown.code(), unknown.faults()), ("agent_unknown", vec!["/agent agent_unknown".into()]));
        let away = world.ask(&line, anna, json!({"agent": "dora"})).await.expect(422);
        assert_eq!((away.code(), away.faults()), ("agent_away", vec!["/agent agent_away".into()]));
        let both = json!({"agent": "bram", "start": "2026-11-24T12:00:00Z"});
        let both = world.ask(&line, anna, both).await.expect(422);
        assert_eq!(both.faults(), ["/start one_change_at_a_time"]);
        world.ask(&line, anna, json!({"agent": 7})).await.expect(422);
        brams(&world, 10).await;
        let taken = world.ask(&line, anna, json!({"agent": "bram"})).await.expect(409);
        assert_eq!((taken.code(), taken.faults()), ("agent_taken", vec!["/agent agent_taken".into()]));
        let stale = world.ask_with(&line, anna, &["if-match: \"7\""], json!({"agent": "ada"})).await;
        assert_eq!(stale.expect(412).code(), "stale");

        let given = world.ask(&line, anna, json!({"agent": "ada", "reason": "Ill"})).await.expect(200).json;
        assert_eq!((&given["agent"], &given["start"], &given["id"]), (&json!("ada"), &meeting["start"], &meeting["id"]));
        assert_eq!(given["manage_url"], json!(null), "whoever gave it away gets nobody else's link");
        assert_eq!(given["meeting_type"], meeting["meeting_type"]);
        world.ask(&line, anna, json!({"agent": "anna"})).await.expect(404);
        let read = world.ask(&line.replace("PATCH", "GET"), &customer, json!(null)).await.expect(200).json;
        assert_eq!((&read["agent"], &read["manage_url"]), (&json!("ada"), &meeting["manage_url"]));
        let id = world.anna.agent.id.to_string();
        let back = world.ask(&line, admin, json!({"agent": id})).await.expect(200).json;
        assert_eq!((&back["agent"], &back["manage_url"]), (&json!("anna"), &json!(null)), "an admin acts by token");
    }
}
