//! Which messages about meetings leave.

use crate::world::World;
use nameplate_testkit::both_engines;

const PATH: &str = "/account/notifications";

/// The times of the reminders as the page has them before anything was chosen.
const TIMES: [(&str, &str); 4] = [
    ("reminder_before", "1440"),
    ("reminder_notice", "1440"),
    ("starts_soon_before", "60"),
    ("starts_soon_notice", "180"),
];

/// The form with these fields and the usual times.
fn form<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().copied().chain(TIMES).collect()
}

both_engines! {
    async fn t_13_what_is_ticked_is_on_and_an_older_page_takes_nothing_back(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let page = world.page(PATH, &cookie).await.expect(200);
        assert!(page.text.contains("14 on, 3 off"), "{}", page.text);
        assert_eq!(page.value("seen"), "{}");
        let choice = [("seen", "{}"), ("reminder_agent", "on"), ("meeting_cancelled_agent", "on"), ("starts_soon_customer", "on")];
        let saved = world.send(PATH, &cookie, &form(&choice)).await.expect(303);
        assert_eq!(saved.header("location"), "/account/notifications?saved=notifications");
        let page = world.page("/account/notifications?saved=notifications", &cookie).await.expect(200);
        assert!(page.text.contains("8 on, 9 off") && page.text.contains("Your notifications are saved"), "{}", page.text);
        let ticked = |name: &str, text: &str| {
            let field = text.split(&format!("name=\"{name}\"")).nth(1).unwrap().split('>').next().unwrap();
            field.ends_with(" checked")
        };
        assert!(ticked("reminder_agent", &page.text) && !ticked("starts_soon_agent", &page.text));
        assert!(!page.text.contains("name=\"meeting_cancelled_customer\""), "customers are always told");

        let stale = world.send(PATH, &cookie, &form(&[("seen", "{}"), ("starts_soon_agent", "on")])).await.expect(422);
        assert!(stale.text.contains("perhaps in another tab"), "{}", stale.text);
        assert!(ticked("starts_soon_agent", &stale.text) && !ticked("reminder_agent", &stale.text), "what was ticked is kept");
        let seen = stale.value("seen").replace("&#34;", "\"");
        world.send(PATH, &cookie, &form(&[("seen", &seen), ("starts_soon_agent", "on")])).await.expect(303);
        let activity = world.page("/account/activity", &cookie).await.expect(200).text;
        assert!(activity.contains("Notifications changed"), "{activity}");
        assert!(activity.contains("Starts soon, email to you: on (before: off)"), "{activity}");
        world.page(PATH, "").await.expect(303);
    }
}

both_engines! {
    async fn the_agent_sees_what_was_sent_about_a_meeting_and_what_will_be(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let meeting = world.booked(13).await.json;
        let list = world.page("/account/meetings", &cookie).await.expect(200).text;
        let own = list.split("class=\"meeting-who\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = world.page(&own, "").await.expect(200).text;
        assert!(page.contains("Messages about this meeting"), "{page}");
        let states = |page: &str, word: &str| page.matches(&format!("<span class=\"tag\">{word}</span>")).count();
        let planned = states(&page, "Not yet sent");
        assert!(planned == 4 && states(&page, "On its way") == 2, "{page}");
        assert!(page.contains("<strong>Starts soon</strong>") && page.contains("(Berlin, UTC+1)"), "{page}");
        let customers = format!("/m/{}", crate::world::manage_token(&meeting));
        let page = world.page(&customers, "").await.expect(200).text;
        assert!(!page.contains("Messages about this meeting"), "it is the agent's");
        world.send(&format!("{own}/cancel"), "", &[("reason", "ill"), ("version", "0")]).await.expect(303);
        let page = world.page(&own, "").await.expect(200).text;
        assert_eq!(states(&page, "Not sent: taken back"), planned + 2, "nothing of it had left: {page}");
    }
}
