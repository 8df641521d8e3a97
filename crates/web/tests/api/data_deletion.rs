//! Deleting one's account on the pages, and keeping it after all.

use crate::world::{PASSWORD, World, now, wish};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::data;
use nameplate_testkit::both_engines;
use serde_json::Value;

const PATH: &str = "/account/data/delete";
const SIGN_IN: [(&str, &str); 2] = [("email", "anna@example.com"), ("password", PASSWORD)];

fn in_two_weeks() -> Timestamp {
    now() + SignedDuration::from_hours(14 * 24)
}

/// The path of the link in the mail about the closing.
async fn link(world: &World) -> String {
    world.deliver().await;
    let app = world.app();
    let mails = nameplate_app::mailbox::list(app).await.unwrap();
    let mail = mails.iter().find(|mail| mail.kind == "account_closed").unwrap();
    let raw = nameplate_app::mailbox::message(app, mail.id).await.unwrap().raw;
    let text = nameplate_app::mailbox::parts(&raw).text;
    let (_, rest) = text.split_once("/undo/deletion/").unwrap();
    let token: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    format!("/undo/deletion/{token}")
}

both_engines! {
    async fn a_31_an_account_is_closed_and_kept(database: TestDatabase) {
        let mut world = World::new(database).await;
        let cookie = world.session().await;
        world.booked(9).await;
        let page = world.page(PATH, &cookie).await.expect(200).text;
        for text in [
            "You have one meeting ahead", "Chris Doe", "Tue 24 Nov 2026, 10:00 (Berlin, UTC+1)",
            "Mon 7 Dec 2026, 10:00 (Berlin, UTC+1)", "Type “anna” to say that you mean it", "anna@example.com",
        ] {
            assert!(page.contains(text), "{text} in {page}");
        }
        let wrong = world.send(PATH, &cookie, &[("meetings", "later"), ("confirmation", "ana")]).await.expect(422);
        assert!(wrong.text.contains("id=\"confirmation-error\"") && wrong.text.contains("value=\"ana\""));
        assert!(wrong.text.contains("value=\"later\" checked"), "{}", wrong.text);
        let none = world.send(PATH, &cookie, &[("confirmation", "anna")]).await.expect(422);
        assert!(none.text.contains("id=\"meetings-error\""));

        let closed = world.send(PATH, &cookie, &[("meetings", "now"), ("confirmation", " Anna ")]).await.expect(200);
        assert!(closed.text.contains("Your account is closed") && closed.text.contains("One meeting was cancelled"));
        assert!(closed.header("set-cookie").starts_with("__Host-session=;"), "{}", closed.header("set-cookie"));
        world.page("/account", &cookie).await.expect(303);
        world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(401);
        for path in ["/anna", "/anna/meeting", "/anna.vcf", "/api/v1/agents/anna/public"] {
            world.page(path, "").await.expect(404);
        }
        let refused = world.ask("POST /api/v1/meetings", "", wish(12)).await.expect(422);
        assert_eq!(refused.code(), "agent_away");
        let again = world.send(PATH, &cookie, &[("meetings", "now"), ("confirmation", "anna")]).await.expect(303);
        assert!(again.header("location").starts_with("/sign-in"));
        let sign_in = world.send("/sign-in", "", &SIGN_IN).await.expect(403);
        assert!(sign_in.text.contains("This account is closed and will be erased on Mon 7 Dec 2026"), "{}", sign_in.text);
        assert_eq!(sign_in.header("set-cookie"), "");

        let link = link(&world).await;
        let page = world.page(&link, "").await.expect(200);
        assert!(page.text.contains("name=\"referrer\" content=\"no-referrer\"") && page.text.contains("anna@example.com"));
        world.send("/sign-in", "", &SIGN_IN).await.expect(403);
        world.at(in_two_weeks);
        world.page(&link, "").await.expect(410);
        world.send(&link, "", &[]).await.expect(410);
        world.at(now);
        world.page(&link.replace("deletion/", "deletion/A"), "").await.expect(410);
        let kept = world.send(&link, "", &[]).await.expect(200);
        assert!(kept.text.contains("The account of anna@example.com is open again"), "{}", kept.text);
        let second = world.send(&link, "", &[]).await.expect(410);
        assert!(second.text.contains("This link is over"));
        world.send("/sign-in", "", &SIGN_IN).await.expect(303);
        world.page("/anna", "").await.expect(200);
    }

    async fn s_13_deleting_asks_an_old_sign_in_who_it_is_and_keeps_what_was_chosen(database: TestDatabase) {
        let mut world = World::new(database).await;
        let cookie = world.session().await;
        world.booked(9).await;
        world.wait();
        let asked = world.send(PATH, &cookie, &[("meetings", "later"), ("confirmation", "anna")]).await.expect(303);
        let confirm = asked.header("location").to_owned();
        let back = "/account/data/delete?meetings=later";
        let page = world.page(&confirm, &cookie).await.expect(200);
        assert_eq!(page.value("return_to").replace("&#38;", "&"), back);
        let shown = [("return_to", back), ("current_password", PASSWORD)];
        let confirmed = world.send("/account/confirm", &cookie, &shown).await.expect(303);
        assert_eq!(confirmed.header("location"), back);
        let cookie = format!("cookie: {}", confirmed.header("set-cookie").split(';').next().unwrap());
        let page = world.page(back, &cookie).await.expect(200).text;
        assert!(page.contains("value=\"later\" checked"), "{page}");
        let page = world.page(&format!("{back}&confirmation=anna"), &cookie).await.expect(200).text;
        assert!(!page.contains("value=\"anna\""), "no link types it for somebody: {page}");
        world.send(PATH, &cookie, &[("meetings", "later"), ("confirmation", "anna")]).await.expect(200);
    }

    async fn sec_a15_the_last_admin_is_told_why_not(database: TestDatabase) {
        let world = World::new(database).await;
        let form = [("email", "ada@example.com"), ("password", PASSWORD)];
        let cookie = world.send("/sign-in", "", &form).await.expect(303).header("set-cookie").to_owned();
        let cookie = format!("cookie: {}", cookie.split(';').next().unwrap());
        let page = world.page(PATH, &cookie).await.expect(200).text;
        assert!(page.contains("You are the only administrator") && !page.contains("name=\"confirmation\""), "{page}");
        let refused = world.send(PATH, &cookie, &[("meetings", "now"), ("confirmation", "ada")]).await.expect(409);
        assert!(refused.text.contains("You are the only administrator"));
        world.page("/account", &cookie).await.expect(200);
    }

    async fn sec_b13_links_of_an_erased_account_lead_nowhere(database: TestDatabase) {
        let mut world = World::new(database).await;
        let cookie = world.session().await;
        let meeting = world.booked(9).await.json;
        world.send(PATH, &cookie, &[("meetings", "later"), ("confirmation", "anna")]).await.expect(200);
        let (link, manage) = (link(&world).await, crate::world::manage_token(&meeting));
        let kept = world.page(&format!("/m/{manage}"), "").await.expect(200).text;
        assert!(kept.contains(&format!("/m/{manage}/cancel")) && !kept.contains("/reschedule"), "nothing can be booked");
        assert_eq!(data::erase_due(world.app(), in_two_weeks()).await.unwrap(), 1);
        world.at(in_two_weeks);
        world.page(&link, "").await.expect(410);
        for path in ["/anna".to_owned(), "/anna/meeting".to_owned(), format!("/m/{manage}")] {
            world.page(&path, "").await.expect(404);
        }
        let wrong = world.send("/sign-in", "", &SIGN_IN).await.expect(422);
        assert!(wrong.text.contains("id=\"email-error\""));
    }
}
