//! How the pages are: as the browser's language has it, as a cookie says, as the account says (G-04, G-12).

use crate::world::{Answer, World};
use nameplate_app::mailbox;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;

const EVENING: &str = "/anna/meeting?date=2026-11-24&time_zone=Asia%2FTokyo";

/// The heading of the first column of the month.
fn first_column(page: &Answer) -> &str {
    let (_, head) = page.text.split_once("<th scope=\"col\" abbr=\"").unwrap();
    head.split_once('"').unwrap().0
}

/// Whether the times of a page are written with 12 hours.
fn has_12_hours(page: &Answer) -> bool {
    page.text.contains(":00 pm")
}

fn theme(page: &Answer) -> &str {
    let (_, rest) = page.text.split_once("data-theme=\"").unwrap();
    rest.split_once('"').unwrap().0
}

async fn in_language(world: &World, header: &str, language: &str) -> Answer {
    let language = format!("accept-language: {language}");
    world.raw(&format!("GET {EVENING}"), &[header, &language], "").await.expect(200)
}

#[tokio::test]
async fn hours_and_weeks_follow_the_browsers_language_until_somebody_chooses() {
    let world = World::new(TestDatabase::sqlite()).await;
    for (language, day, is_12) in [
        ("en-US,en;q=0.9", "Sunday", true),
        ("en-GB", "Monday", false),
        ("nl-NL,nl;q=0.9,en-US;q=0.8", "maandag", false),
        ("ar-EG", "Saturday", false),
        ("", "Monday", false),
    ] {
        let page = in_language(&world, "x: y", language).await;
        assert_eq!((first_column(&page), has_12_hours(&page)), (day, is_12), "{language}");
    }
    let page = in_language(&world, "cookie: hours=24; first_weekday=monday", "en-US").await;
    assert_eq!((first_column(&page), has_12_hours(&page)), ("Monday", false), "what was chosen goes first");
    let page = in_language(&world, "cookie: hours=25; first_weekday=x; theme=pink", "en-US").await;
    assert_eq!((first_column(&page), has_12_hours(&page), theme(&page)), ("Sunday", true, "system"));
}

both_engines! {
    async fn what_an_agent_chose_is_there_in_every_browser_and_customers_inherit_none_of_it(database: TestDatabase) {
        let world = World::new(database).await;
        let (here, there) = (world.session().await, world.session().await);
        let saved = world
            .send("/account/preferences", &here, &[("hours", "12"), ("first_weekday", "sunday"), ("theme", "dark"), ("language", "nl"), ("seen", "{}")])
            .await
            .expect(303);
        assert_eq!(saved.header("location"), "/account?saved=preferences");
        let page = world.page("/account", &there).await.expect(200);
        assert_eq!(theme(&page), "dark");
        assert!(page.text.contains("<html lang=\"nl\""), "{}", page.text);
        assert!(page.text.contains("<option value=\"sunday\" selected>zondag</option>"), "{}", page.text);
        let customer = world.page(EVENING, "").await.expect(200);
        assert_eq!((first_column(&customer), has_12_hours(&customer), theme(&customer)), ("Monday", false, "system"));
        let own = world.page(EVENING, &there).await.expect(200);
        assert_eq!((first_column(&own), theme(&own)), ("zondag", "dark"));
        assert!(own.text.contains(":00 p.m."), "{}", own.text);
        world.booked(10).await;
        world.deliver().await;
        let mails = mailbox::list(world.app()).await.unwrap();
        let subject = |to: &str| mails.iter().find(|mail| mail.to == to).unwrap().subject.as_str();
        assert_eq!(subject("anna@example.com"), "Video meeting met Chris Doe, di 24 nov 2026, 11:00 a.m. (Berlijn, UTC+1)");
        assert!(subject("chris@example.com").ends_with(", Tue 24 Nov 2026, 05:00 (New York, UTC-5)"), "{}", subject("chris@example.com"));

        world.send("/preferences", &there, &[("theme", "light"), ("return_to", "/account")]).await.expect(303);
        let page = world.page("/account", &here).await.expect(200);
        assert_eq!((theme(&page), page.value("seen").contains("sunday")), ("light", true), "one choice leaves the others");
        let again = world.send("/preferences", &there, &[("theme", "pink"), ("return_to", "/account")]).await.expect(303);
        assert_eq!(again.header("set-cookie"), "");
        assert_eq!(theme(&world.page("/account", &here).await), "light");
    }

    async fn f12_choices_made_meanwhile_are_shown_and_not_overwritten(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        world.send("/preferences", &cookie, &[("theme", "dark"), ("return_to", "/account")]).await.expect(303);
        let fields = [("hours", "24"), ("first_weekday", ""), ("theme", ""), ("seen", "{}")];
        let stale = world.send("/account/preferences", &cookie, &fields).await.expect(422);
        assert!(stale.text.contains("Stored now: Dark"), "{}", stale.text);
        assert!(stale.text.contains("<option value=\"24\" selected>"), "what was typed is kept: {}", stale.text);
        let seen = stale.value("seen").replace("&quot;", "\"").replace("&#34;", "\"");
        let fields = [("hours", "24"), ("first_weekday", ""), ("theme", ""), ("seen", seen.as_str())];
        world.send("/account/preferences", &cookie, &fields).await.expect(303);
        assert_eq!(theme(&world.page("/account", &cookie).await), "system");
    }
}

#[tokio::test]
async fn a_word_that_is_none_is_an_error_beside_its_field() {
    let world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    let fields = [("hours", "13"), ("first_weekday", "tuesday"), ("theme", "dark"), ("seen", "no JSON")];
    let wrong = world.send("/account/preferences", &cookie, &fields).await.expect(422);
    assert!(
        wrong.text.contains("id=\"hours-error\"") && wrong.text.contains("id=\"first_weekday-error\""),
        "{}",
        wrong.text
    );
    assert!(wrong.text.contains("<option value=\"dark\" selected>"), "{}", wrong.text);
}
