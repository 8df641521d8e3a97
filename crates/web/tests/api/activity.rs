//! What was done to the account, and what to do about a sign-in that was somebody else's.

use crate::world::World;
use nameplate_testkit::both_engines;
use serde_json::json;

both_engines! {
    async fn sec_d2_the_agent_sees_what_was_done_and_by_whom(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        world.ask("PATCH /api/v1/me", &world.anna.token, json!({"job_title": "<b>Adviser</b>"})).await.expect(200);
        let page = world.page("/account/activity", &cookie).await.expect(200).text;
        for text in [
            "<strong>Signed in</strong>",
            "<strong>Profile changed</strong>",
            "Job title: &#60;b&#62;Adviser&#60;/b&#62;",
            "By a program with your API token",
            "<strong>Account made</strong>",
            "By whoever runs this server",
            "(Berlin, UTC+1)",
            "/account/activity/not-me?entry=",
        ] {
            assert!(page.contains(text), "{text} in {page}");
        }
        let signed_out = world.page("/account/activity", "").await.expect(303);
        assert!(signed_out.header("location").starts_with("/sign-in"), "{}", signed_out.header("location"));
        world.write_of_a_newer_release().await;
        let page = world.page("/account/activity", &cookie).await.expect(200).text;
        for text in ["Something else was changed (tea_made)", "By somebody else", "<strong>Signed in</strong>"] {
            assert!(page.contains(text), "{text} in {page}");
        }
        let mangled = world.page("/account/activity?before=first", &cookie).await.expect(200).text;
        assert!(mangled.contains("<strong>Signed in</strong>"));
        let none = world.page("/account/activity?before=0", &cookie).await.expect(200).text;
        assert!(none.contains("Nothing more.") && none.contains("Back to the newest"), "{none}");
    }

    async fn s_15_a_sign_in_that_was_somebody_elses_ends_with_a_new_password(database: TestDatabase) {
        let world = World::new(database).await;
        let (stolen, own) = (world.session().await, world.session().await);
        let list = world.page("/account/activity", &own).await.expect(200).text;
        let entry = list.split("not-me?entry=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = world.page(&format!("/account/activity/not-me?entry={entry}"), &own).await.expect(200);
        assert!(page.text.contains("The sign-in you did not make"));
        let new = "a quite different passphrase";
        let wrong = [("entry", entry.as_str()), ("current_password", "wrong"), ("new_password", new)];
        let refused = world.send("/account/activity/not-me", &own, &wrong).await.expect(422).text;
        assert!(refused.contains("id=\"current_password-error\""), "{refused}");
        // Both are told at once, also when nothing was typed.
        for current in ["wrong", ""] {
            let both = [("entry", entry.as_str()), ("current_password", current), ("new_password", "")];
            let refused = world.send("/account/activity/not-me", &own, &both).await.expect(422).text;
            for field in ["current_password", "new_password"] {
                assert!(refused.contains(&format!("id=\"{field}-error\"")), "{field} in {refused}");
            }
        }
        world.page("/account", &stolen).await.expect(200);

        let right = [("entry", entry.as_str()), ("current_password", crate::world::PASSWORD), ("new_password", new)];
        let done = world.send("/account/activity/not-me", &own, &right).await.expect(303);
        assert_eq!(done.header("location"), "/account/activity?saved=password");
        world.page("/account", &stolen).await.expect(303);
        let list = world.page("/account/activity", &own).await.expect(200).text;
        assert!(list.contains("<strong>Password changed</strong>"));
        for entry in ["0", "1", "99999", "x"] {
            world.page(&format!("/account/activity/not-me?entry={entry}"), &own).await.expect(404);
        }
    }
}
