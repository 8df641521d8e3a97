//! The private calendar address: its page, and what calendars read.

use crate::world::{World, wish};
use nameplate_domain::account::AgentStatus;
use nameplate_testkit::both_engines;
use serde_json::json;

/// Makes an address on its page; its path.
pub async fn made(world: &World, cookie: &str, shows: &str) -> String {
    let page = world.page("/account/calendar", cookie).await.expect(200);
    let fields = [("id", page.value("id")), ("shows", shows), ("form_token", page.value("form_token"))];
    let page = world.send("/account/calendar", cookie, &fields).await.expect(200);
    let (_, behind) = page.text.split_once("https://meet.example.com/feed/").unwrap();
    let token = behind.split(".ics").next().unwrap();
    assert!(page.text.contains(&format!("href=\"webcal://meet.example.com/feed/{token}.ics\"")));
    let again = world.page("/account/calendar", cookie).await.expect(200).text;
    assert!(!again.contains(token), "it is shown once");
    format!("/feed/{token}.ics")
}

both_engines! {
    async fn a_calendar_reads_the_meetings_and_asks_again_without_reading_them_twice(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        world.booked(9).await;
        let feed = made(&world, &cookie, "details").await;
        let file = world.page(&feed, "").await.expect(200);
        assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8; method=PUBLISH");
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"calendar.ics\"");
        assert_eq!(file.header("cache-control"), "private, no-cache");
        assert_eq!((file.header("referrer-policy"), file.header("set-cookie")), ("no-referrer", ""));
        assert!(file.text.starts_with("BEGIN:VCALENDAR\r\n") && file.text.contains("SUMMARY:"), "{}", file.text);
        let tag = file.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{tag}");

        let strong = tag.trim_start_matches("W/").to_owned();
        for seen in [tag.clone(), strong, format!("\"other\", {tag}"), "*".to_owned()] {
            let same = world.raw(&format!("GET {feed}"), &[&format!("if-none-match: {seen}")], "").await.expect(304);
            assert_eq!((same.text.as_str(), same.header("etag"), same.header("cache-control")), ("", tag.as_str(), "private, no-cache"));
        }
        world.raw(&format!("GET {feed}"), &["if-none-match: \"other\""], "").await.expect(200);
        let head = world.raw(&format!("HEAD {feed}"), &[], "").await.expect(200);
        assert_eq!((head.header("etag"), head.text.as_str()), (tag.as_str(), ""));
        assert_eq!(head.header("content-length"), file.text.len().to_string());
        world.booked(11).await;
        world.raw(&format!("GET {feed}"), &[&format!("if-none-match: {tag}")], "").await.expect(200);

        let page = world.page("/account/calendar", &cookie).await.expect(200).text;
        assert!(page.contains("Mon 23 Nov 2026, 10:00 (Berlin, UTC+1)"), "when it was read: {page}");
    }

    async fn sec_a07_an_address_that_leads_nowhere_is_like_any_other(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let old = made(&world, &cookie, "details").await;
        let feed = made(&world, &cookie, "busy").await;
        world.page(&feed, "").await.expect(200);
        let unknown = "/feed/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics";
        let strip = |text: &str, path: &str| text.replace(path, "").replace("%2F", "/").replace(path, "");
        let bare = |answer: crate::world::Answer, path: &str| {
            let text = strip(&answer.text, path);
            // The form token of each page is another.
            text.split("name=\"form_token\" value=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest).to_owned()).collect::<Vec<_>>()
        };
        let nowhere = bare(world.page(unknown, "").await.expect(404), unknown);
        assert_eq!(bare(world.page(&old, "").await.expect(404), &old), nowhere, "replaced");
        world.send("/account/calendar/end", &cookie, &[]).await.expect(303);
        assert_eq!(bare(world.page(&feed, "").await.expect(404), &feed), nowhere, "ended");
        let feed = made(&world, &cookie, "busy").await;
        let mut agent = world.anna.agent.clone();
        agent.status = AgentStatus::Disabled;
        let app = world.app().clone();
        app.store().write(move |tx| async move { tx.save_agent(&agent, crate::world::now()).await }).await.unwrap();
        assert_eq!(bare(world.page(&feed, "").await.expect(404), &feed), nowhere, "of an account that is not active");
        for path in ["/feed/", "/feed/x", "/feed/.ics", "/feed/%00.ics", feed.trim_end_matches(".ics"), "/feed/x/y.ics"] {
            world.page(path, "").await.expect(404);
        }
        world.raw(&format!("POST {feed}"), &["origin: https://meet.example.com"], "").await.expect(405);
    }

    async fn sec_a12_a_busy_address_tells_no_names(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        world.booked(9).await;
        let feed = made(&world, &cookie, "busy").await;
        let file = world.page(&feed, "").await.expect(200).text;
        assert!(file.contains("\r\nSUMMARY:Busy\r\n") && file.contains("\r\nDTSTART:20261124T090000Z\r\n"), "{file}");
        for secret in ["Chris", "chris", "mortgage", "DESCRIPTION", "ORGANIZER", "LOCATION"] {
            assert!(!file.contains(secret), "{secret}: {file}");
        }
    }

    async fn s_13_an_old_sign_in_is_asked_who_it_is_and_keeps_the_choice(database: TestDatabase) {
        let mut world = World::new(database).await;
        let cookie = world.session().await;
        world.wait();
        let page = world.page("/account/calendar", &cookie).await.expect(200);
        assert!(page.text.contains("name=\"current_password\""), "{}", page.text);
        let (id, form) = (page.value("id"), page.value("form_token"));
        let ask = async |shows: &str, password: &str| {
            let fields = [("id", id), ("shows", shows), ("current_password", password), ("form_token", form)];
            world.send("/account/calendar", &cookie, &fields).await
        };
        let refused = ask("busy", "wrong").await.expect(422).text;
        assert!(refused.contains("value=\"busy\" checked") && refused.contains("id=\"current_password-error\""), "{refused}");
        let refused = ask("everything", crate::world::PASSWORD).await.expect(422).text;
        assert!(refused.contains("id=\"shows-error\""), "{refused}");
        assert!(ask("busy", crate::world::PASSWORD).await.expect(200).text.contains("/feed/"));
        world.send("/account/calendar", &cookie, &[("id", "nonsense"), ("shows", "busy"), ("form_token", form)]).await.expect(303);
    }

    async fn s_07_a_new_password_offers_to_end_the_address(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let before = world.page("/account", &cookie).await.expect(200).text;
        assert!(before.contains("Also revoke my API tokens: test<"), "{before}");
        let feed = made(&world, &cookie, "details").await;
        let page = world.page("/account", &cookie).await.expect(200).text;
        assert!(page.contains("Also revoke my API tokens: test, and end my private calendar address"), "{page}");
        let fields = [("current_password", crate::world::PASSWORD), ("new_password", "violet trains hum at dawn"), ("revoke_tokens", "on")];
        world.send("/account/password", &cookie, &fields).await.expect(303);
        world.page(&feed, "").await.expect(404);
        let activity = world.page("/account/activity", &cookie).await.expect(200).text;
        assert!(activity.contains("Calendar address ended") && activity.contains("times, customers, titles and places"), "{activity}");
    }
}

#[tokio::test]
async fn sec_a11_a_feed_is_no_api_token_and_an_api_token_is_no_feed() {
    let world = World::new(nameplate_testkit::engines::TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    let feed = made(&world, &cookie, "details").await;
    let token = feed.trim_start_matches("/feed/").trim_end_matches(".ics").to_owned();
    world.ask("GET /api/v1/me", &token, json!(null)).await.expect(401);
    world.ask("POST /api/v1/meetings", &token, wish(9)).await.expect(401);
    let api = &world.anna.token;
    world.page(&format!("/feed/{api}.ics"), "").await.expect(404);
}
