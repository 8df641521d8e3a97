//! Others who are invited to a meeting, by its page and by the API.

use crate::world::{World, manage_token};
use nameplate_domain::meetings::{Answer, Answered};
use nameplate_testkit::both_engines;
use serde_json::json;

both_engines! {
    async fn p1_a_customer_invites_a_guest_and_takes_them_off_again(database: TestDatabase) {
        let world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        let page = format!("/m/{}", manage_token(&meeting));
        let shown = world.page(&page, "").await.expect(200);
        assert!(shown.text.contains("Nobody else is invited."), "{}", shown.text);
        let version = shown.value("version").to_owned();
        let send = async |guest: &str| {
            world.send(&format!("{page}/guests"), "", &[("guest", guest), ("version", &version)]).await
        };
        for (guest, words) in [
            ("", "Fill in this field"),
            ("kim", "Write the email address like name@example.com"),
            ("kim@", "Write the email address like name@example.com"),
        ] {
            let refused = send(guest).await.expect(422);
            assert!(refused.text.contains(words), "{words}: {}", refused.text);
            assert!(refused.text.contains(&format!("name=\"guest\" value=\"{guest}\"")), "what was typed stays");
        }
        let customer = meeting["customer"]["email"].as_str().unwrap().to_uppercase();
        let refused = send(&customer).await.expect(422);
        assert!(refused.text.contains("this one is invited already"), "{}", refused.text);

        let added = send("kim@example.org").await.expect(303);
        assert_eq!(added.header("location"), format!("{page}?saved=guest-added"));
        let shown = world.page(&format!("{page}?saved=guest-added"), "").await.expect(200);
        assert!(shown.text.contains("The guest gets an invitation by email.") && shown.text.contains("kim@example.org"));
        let twice = send("kim@example.org").await.expect(303);
        assert_eq!(twice.header("location"), page, "the second click");
        let stale = send("lea@example.org").await.expect(422);
        assert!(stale.text.contains("The meeting was changed meanwhile.") && stale.text.contains("lea@example.org"), "{}", stale.text);

        let off = world.send(&format!("{page}/guests/remove"), "", &[("guest", "kim@example.org")]).await.expect(303);
        assert_eq!(off.header("location"), format!("{page}?saved=guest-removed"));
        world.send(&format!("{page}/guests/remove"), "", &[("guest", "kim@example.org")]).await.expect(303);
        let shown = world.page(&page, "").await.expect(200);
        assert!(shown.text.contains("Nobody else is invited."), "{}", shown.text);
        world.send("/m/nobodys/guests", "", &[("guest", "kim@example.org")]).await.expect(404);
    }

    async fn what_calendars_answer_stands_beside_each_name(database: TestDatabase) {
        let world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        let line = format!("PATCH /api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        world.ask(&line, &world.anna.token, json!({"guests": ["kim@example.org", "lea@example.org"]})).await.expect(200);
        let id = meeting["id"].as_str().unwrap().parse().unwrap();
        let email = meeting["customer"]["email"].as_str().unwrap().to_owned();
        let answered = |attendee: &str, answer| Answered { attendee: attendee.into(), answer, at: "2030-01-01T00:00:00Z".parse().unwrap() };
        let answers = [answered("kim@example.org", Answer::Declined), answered(&email, Answer::Tentative)];
        world.app.store().write(move |tx| async move {
            for one in &answers {
                tx.put_answer(id, one).await?;
            }
            Ok::<_, nameplate_store::Error>(())
        }).await.unwrap();
        let shown = world.page(&format!("/m/{}", manage_token(&meeting)), "").await.expect(200).text;
        let behind = |name: &str| {
            let rest = shown.rsplit(name).next().unwrap();
            ["Declined", "Perhaps", "Accepted"].into_iter().find(|word| rest.starts_with(&format!("{word}</span>"))).map(str::to_owned)
        };
        assert_eq!(behind("kim@example.org</bdi></div><span class=\"tag\">").as_deref(), Some("Declined"), "{shown}");
        assert_eq!(behind("Chris Doe <span class=\"tag\">").as_deref(), Some("Perhaps"), "{shown}");
        assert_eq!(shown.matches("class=\"tag\"").count(), 2, "Lea has not answered: {shown}");
    }

    async fn a_list_that_is_full_says_so(database: TestDatabase) {
        let world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        let line = format!("PATCH /api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let guests: Vec<_> = (0..10).map(|n| format!("guest{n}@example.org")).collect();
        world.ask(&line, &world.anna.token, json!({"guests": guests})).await.expect(200);
        let page = format!("/m/{}", manage_token(&meeting));
        let shown = world.page(&page, "").await.expect(200).text;
        assert!(shown.contains("A meeting can have 10 guests.") && !shown.contains("id=\"guest\""), "{shown}");
        world.ask(&line.replace("PATCH", "DELETE"), &world.anna.token, json!({"reason": "Ill"})).await.expect(200);
        let shown = world.page(&page, "").await.expect(200).text;
        assert!(shown.contains("guest9@example.org") && !shown.contains("Take off the list"), "{shown}");
    }

    async fn the_api_sets_the_guests_of_a_meeting(database: TestDatabase) {
        let world = World::new(database).await;
        let meeting = world.booked(10).await.json;
        assert_eq!(meeting["guests"], json!([]));
        let line = format!("PATCH /api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let (anna, customer) = (&world.anna.token, manage_token(&meeting));
        let added = world.ask(&line, &customer, json!({"guests": ["kim@example.org"]})).await.expect(200).json;
        assert_eq!((&added["guests"], &added["start"]), (&json!(["kim@example.org"]), &meeting["start"]));
        let other = json!({"guests": ["lea@example.org", "Kim@Example.org"]});
        let both = world.ask(&line, anna, other).await.expect(200).json;
        assert_eq!(both["guests"], json!(["lea@example.org", "kim@example.org"]), "as she was written");

        for (guests, faults) in [
            (json!("kim@example.org"), vec!["/guests wrong_type"]),
            (json!(null), vec!["/guests wrong_type"]),
            (json!([7, "kim", "kim@example.org"]), vec!["/guests/0 wrong_type", "/guests/1 email_format"]),
            (json!(["kim@example.org", "KIM@example.org"]), vec!["/guests/1 takes_part"]),
            (json!(vec!["kim@example.org"; 12]), vec!["/guests/10 too_many_guests"]),
        ] {
            let refused = world.ask(&line, anna, json!({"guests": guests})).await.expect(422);
            assert_eq!(refused.faults(), faults, "{guests}");
        }
        let two = world.ask(&line, anna, json!({"guests": [], "start": "2026-11-24T12:00:00Z"})).await.expect(422);
        assert_eq!(two.faults(), ["/guests one_change_at_a_time"]);
        let reason = world.ask(&line, anna, json!({"guests": [], "reason": "Ill"})).await.expect(422);
        assert_eq!(reason.faults(), ["/reason unknown_field"]);
        let stale = world.ask_with(&line, anna, &["if-match: \"7\""], json!({"guests": []})).await;
        assert_eq!(stale.expect(412).code(), "stale");
        world.ask(&line, &world.bram.token, json!({"guests": []})).await.expect(404);
        let none = world.ask(&line, &world.admin.token, json!({"guests": []})).await.expect(200).json;
        assert_eq!(none["guests"], json!([]));
        world.ask(&line.replace("PATCH", "DELETE"), anna, json!({"reason": "Ill"})).await.expect(200);
        let over = world.ask(&line, anna, json!({"guests": ["kim@example.org"]})).await.expect(409);
        assert_eq!(over.code(), "meeting_cancelled");
    }
}
