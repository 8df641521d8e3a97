//! Which language an answer is in.

use crate::world::{World, manage_token, wish};
use nameplate_testkit::engines::TestDatabase;
use serde_json::{Value, json};

const DUTCH: &str = "accept-language: nl-BE, en;q=0.8";

#[tokio::test]
async fn a_page_is_in_the_language_that_was_chosen_or_that_the_browser_asks_for() {
    let world = World::new(TestDatabase::sqlite()).await;
    let lang = |text: &str| text.split("<html lang=\"").nth(1).unwrap()[..2].to_owned();
    for (headers, wanted) in [
        (&[][..], "en"),
        (&[DUTCH][..], "nl"),
        (&[DUTCH, "cookie: language=en"][..], "en"),
        (&["accept-language: en", "cookie: language=nl"][..], "nl"),
        (&["accept-language: xx;q=?, ;;;,", "cookie: language=de"][..], "en"),
    ] {
        for path in ["/anna", "/nowhere/at/all", "/sign-in"] {
            let page = world.raw(&format!("GET {path}"), headers, "").await;
            assert_eq!(lang(&page.text), wanted, "{path} {headers:?}");
            assert_eq!(page.header("content-language"), wanted, "{path} {headers:?}");
            let vary: Vec<_> = page.headers.get_all("vary").iter().collect();
            assert!(vary.iter().any(|value| *value == "accept-language, cookie"), "{path}: {vary:?}");
        }
        // What a layer refuses is in the same language.
        let refused =
            world.raw("POST /sign-in", &[headers, &["origin: https://evil.example"]].concat(), "").await;
        assert_eq!((refused.status.as_u16(), lang(&refused.text)), (403, wanted.to_owned()), "{headers:?}");
    }
}

#[tokio::test]
async fn the_choice_is_one_of_the_languages_or_nothing() {
    let world = World::new(TestDatabase::sqlite()).await;
    for (typed, cookie) in
        [("nl", "language=nl;"), ("en", "language=en;"), ("de", ""), ("nl; Path=/x", ""), ("", "")]
    {
        let answer = world.send("/preferences", "", &[("language", typed), ("return_to", "/anna")]).await;
        let answer = answer.expect(303);
        assert_eq!(answer.header("location"), "/anna");
        let set: Vec<_> =
            answer.headers.get_all("set-cookie").iter().filter_map(|one| one.to_str().ok()).collect();
        let language = set.iter().find(|one| one.starts_with("language=")).copied().unwrap_or_default();
        assert!(language.starts_with(cookie) && language.is_empty() == cookie.is_empty(), "{typed}: {set:?}");
        assert!(language.is_empty() || language.contains("; HttpOnly"), "{language}");
    }
}

#[tokio::test]
async fn the_api_says_what_is_wrong_in_the_language_that_was_asked_for_and_keeps_its_codes() {
    let world = World::new(TestDatabase::sqlite()).await;
    let body = json!({"name": ""});
    let english = world.ask("PATCH /api/v1/me", &world.anna.token, body.clone()).await.expect(422);
    let dutch =
        world.ask_with("PATCH /api/v1/me", &world.anna.token, &[DUTCH], body.clone()).await.expect(422);
    assert_eq!((english.header("content-language"), dutch.header("content-language")), ("en", "nl"));
    assert_eq!(english.json["errors"][0]["message"], "Fill in this field");
    assert_eq!(dutch.json["errors"][0]["message"], "Vul dit veld in");
    assert_eq!((english.code(), english.faults()), (dutch.code(), dutch.faults()));
    // A choice in the footer is for pages alone.
    let cookie = world.ask_with("PATCH /api/v1/me", &world.anna.token, &["cookie: language=nl"], body).await;
    assert_eq!(cookie.header("content-language"), "en");
}

#[tokio::test]
async fn a_meeting_keeps_the_language_of_its_customer() {
    let world = World::new(TestDatabase::sqlite()).await;
    let mut wish = wish(10);
    wish["customer"]["locale"] = Value::from("nl-NL");
    let meeting = world.ask("POST /api/v1/meetings", "", wish).await.expect(201).json;
    assert_eq!(meeting["customer"]["locale"], "nl");
    let path = format!("/m/{}", manage_token(&meeting));
    let english = ["accept-language: en-GB"];
    let page = world.raw(&format!("GET {path}"), &english, "").await.expect(200);
    assert!(
        page.text.contains("<html lang=\"nl\"") && page.text.contains("Je afspraak staat"),
        "{}",
        page.text
    );
    let chosen = world.raw(&format!("GET {path}"), &["cookie: language=en"], "").await.expect(200);
    assert!(chosen.text.contains("You are booked"), "{}", chosen.text);
    let file = world.raw(&format!("GET {path}/meeting.ics"), &english, "").await.expect(200);
    assert!(file.text.contains("Verzetten: "), "{}", file.text);
}
