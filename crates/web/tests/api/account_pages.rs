//! My Account: the time zone, the phone number and the QR code.

use crate::world::{PASSWORD, World};
use nameplate_app::mailbox;
use nameplate_testkit::both_engines;
use serde_json::{Value, json};

both_engines! {
    async fn a_17_a_new_zone_shows_what_it_changes_and_is_saved_only_then(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        world.booked(9).await;
        let day = json!([["09:00", "12:00"], ["13:00", "17:00"]]);
        let hours = json!({"weekly": {"tue": day}, "overrides": {"2026-12-24": [["10:00", "11:00"]], "2026-12-25": []}});
        world.ask("PUT /api/v1/me/availability", &world.anna.token, hours).await.expect(200);
        let zone = async || world.ask("GET /api/v1/me", &world.anna.token, Value::Null).await.expect(200).json["time_zone"].clone();

        let page = world.page("/account/time-zone?time_zone=US/Eastern", &cookie).await.expect(200);
        for row in [
            "<th scope=\"row\">Chris Doe, Video meeting</th><td>Tue 24 Nov 2026, 10:00 <span class=\"together\">(Berlin, UTC+1)</span></td>\
             <td>Tue 24 Nov 2026, 04:00 <span class=\"together\">(New York, UTC-5)</span></td>",
            "<th scope=\"row\">Tuesday</th><td>09:00-12:00, 13:00-17:00 <span class=\"together\">(Berlin time)</span></td>\
             <td>09:00-12:00, 13:00-17:00 <span class=\"together\">(New York time)</span></td>",
            "<th scope=\"row\">Thursday 24 December 2026</th><td>10:00-11:00 <span class=\"together\">(Berlin time)</span></td>",
        ] {
            assert!(page.text.contains(row), "{row} in {}", page.text);
        }
        assert!(!page.text.contains("25 December"), "closed is closed in any zone");
        assert_eq!(zone().await, "Europe/Berlin", "looking changes nothing");

        let form = [("version", page.value("version")), ("time_zone", page.value("time_zone"))];
        assert_eq!(world.send("/account/time-zone", &cookie, &form).await.expect(303).header("location"), "/account?saved=time-zone");
        assert_eq!(zone().await, "America/New_York");
        world.page("/account/time-zone?time_zone=Mars", &cookie).await.expect(422);
        world.page("/account/time-zone", &cookie).await.expect(422);
        let same = world.page("/account/time-zone?time_zone=US/Eastern", &cookie).await.expect(303);
        assert_eq!(same.header("location"), "/account#time-zone");
    }

    async fn sec_a14_a_phone_number_is_shown_as_not_confirmed_and_opens_nothing(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        world.ask("PATCH /api/v1/me", &world.anna.token, json!({"phone_number": null})).await.expect(200);
        assert!(!world.page("/account", &cookie).await.expect(200).text.contains("Not confirmed"));
        let phone = "+49 30 1234567";
        world.ask("PATCH /api/v1/me", &world.anna.token, json!({"phone_number": phone})).await.expect(200);
        assert!(world.page("/account", &cookie).await.expect(200).text.contains("<span class=\"tag\">Not confirmed</span>"));
        for name in [phone, "+49301234567", "49301234567@example.com"] {
            world.send("/sign-in", "", &[("email", name), ("password", PASSWORD)]).await.expect(422);
            world.send("/forgot-password", "", &[("email", name)]).await;
        }
        world.deliver().await;
        assert_eq!(mailbox::list(world.app()).await.unwrap(), []);
    }

    async fn a_15_a_16_the_device_is_elsewhere_only_when_the_zone_is_another(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let ask = async |zone: &str| world.page(&format!("/account/device-zone?time_zone={zone}"), &cookie).await;
        let other = ask("America/New_York").await.expect(200).text;
        assert!(other.contains("Your device is in New York (UTC-5)."), "{other}");
        assert!(other.contains("href=\"/account/time-zone?time_zone=America%2FNew%5FYork\">Switch</a>"), "{other}");
        assert!(other.contains(">Keep Berlin</button>"), "{other}");
        for same in ["Europe/Berlin", "europe/berlin", "Mars", ""] {
            assert_eq!(ask(same).await.expect(204).text, "", "{same}");
        }
        for (saved, alias) in [("Asia/Kolkata", "Asia/Calcutta"), ("Europe/Kyiv", "Europe/Kiev")] {
            world.ask("PATCH /api/v1/me", &world.anna.token, json!({"time_zone": saved})).await.expect(200);
            ask(alias).await.expect(204);
        }
    }

    async fn a_22_the_qr_code_is_a_page_and_two_files(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let page = world.page("/account/qr-code", &cookie).await.expect(200).text;
        assert!(page.contains("role=\"img\" aria-label=\"QR code of https://meet.example.com/anna\""), "{page}");
        for (extension, kind, head) in [("svg", "image/svg+xml", "<svg "), ("png", "image/png", "\u{FFFD}PNG")] {
            let file = world.page(&format!("/account/qr-code.{extension}"), &cookie).await.expect(200);
            assert_eq!(file.header("content-type"), kind);
            assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"anna-qr-code.{extension}\""));
            assert_eq!(file.header("cache-control"), "no-store");
            assert!(file.text.starts_with(head), "{extension}");
        }
    }
}
