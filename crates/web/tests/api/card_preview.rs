//! The card beside the forms of My Account, as it would be: shown, and not saved.

use crate::world::World;
use nameplate_testkit::both_engines;
use serde_json::Value;

const TITLE: &str = "Keeper of <b>keys</b>";

both_engines! {
    async fn a_08_a_10_a_preview_shows_what_is_typed_and_saves_nothing(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let me = async || world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(200).json;
        let before = me().await;
        let typed = [
            ("job_title", TITLE), ("phone_number", "not a number"), ("location_name", "Quay 7"), ("visibility", "1"),
            ("job_title_messages", "on"), ("location_booking_page", "on"),
        ];
        let parts = world.send("/account/preview-parts", &cookie, &typed).await.expect(200).text;
        assert!(parts.contains("<p class=\"plate-place\">Quay 7</p>"), "{parts}");
        assert!(!parts.contains("plate-title"), "not on the booking page: {parts}");
        assert!(parts.contains("Keeper of &#60;b&#62;keys&#60;/b&#62;"), "in the calendar entry: {parts}");
        assert!(!parts.contains("<b>"), "{parts}");

        let address = parts.split_once("src=\"").unwrap().1.split('"').next().unwrap().to_owned();
        assert!(address.starts_with("/account/preview-signature?typed=") && !address.contains("Quay"), "{address}");
        let mail = world.page(&address, &cookie).await.expect(200);
        assert!(mail.text.contains("Keeper of &lt;b&gt;keys&lt;/b&gt;"), "{}", mail.text);
        assert!(!mail.text.contains("Quay 7") && !mail.text.contains("anna@example.com"), "hidden in messages: {}", mail.text);
        assert!(mail.header("content-security-policy").contains("sandbox"), "{mail:?}");

        let page = world.send("/account/preview", &cookie, &typed).await.expect(422);
        assert_eq!((page.value("job_title"), page.value("phone_number")), ("Keeper of &#60;b&#62;keys&#60;/b&#62;", "not a number"));
        let page = world.send("/account/preview", &cookie, &[("job_title", TITLE), ("version", "1")]).await.expect(200);
        assert!(page.text.contains("Shows what you typed. It is not saved yet."), "{}", page.text);
        assert_eq!(me().await, before);

        let bomb = "/account/preview-signature?typed=AAAA";
        assert!(world.page(bomb, &cookie).await.expect(200).text.contains("anna@example.com"), "what is stored");
        world.page(bomb, "").await.expect(303);
    }
}
