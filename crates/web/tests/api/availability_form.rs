//! The week as people type it.

use crate::world::{FORM, SAME_ORIGIN, World};
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use serde_json::{Value, json};

const HEADERS: [&str; 2] = [FORM, SAME_ORIGIN];

both_engines! {
    async fn v_02_hours_past_midnight_are_one_row_and_read_back_as_typed(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let headers = [&HEADERS[..], &[&cookie]].concat();
        let save = async |version: u32, week: &str| {
            world.raw("POST /account/availability/hours", &headers, format!("version={version}&save=1&{week}")).await
        };
        let week = "mon_from=22:00&mon_until=02:00&tue_from=09:00&tue_until=17:00&wed_from=18:00&wed_until=00:00\
            &sat_from=00:00&sat_until=00:00&sun_from=23:00&sun_until=01:00";
        save(1, week).await.expect(303);
        let stored = world.ask("GET /api/v1/me/availability", &world.anna.token, Value::Null).await.expect(200);
        let expected = json!({
            "mon": [["00:00", "01:00"], ["22:00", "24:00"]], "tue": [["00:00", "02:00"], ["09:00", "17:00"]],
            "wed": [["18:00", "24:00"]], "sat": [["00:00", "24:00"]], "sun": [["23:00", "24:00"]],
        });
        assert_eq!(stored.json["weekly"], expected);

        let page = world.raw("GET /account/availability", &[&cookie], "").await.expect(200).text;
        let shown = |name: &str| {
            let field = format!("name=\"{name}\" value=\"");
            page.split(&field).skip(1).map(|rest| rest.split('"').next().unwrap()).collect::<Vec<_>>()
        };
        for range in week.split('&') {
            let (name, time) = range.split_once('=').unwrap();
            assert_eq!(shown(name), [time], "{name}");
        }
        assert_eq!(page.matches("next-day\"").count(), 2, "Monday and Sunday");

        for (week, field, error) in [
            ("mon_from=22:00&mon_until=02:00&tue_from=01:00&tue_until=03:00", "tue", "overlap"),
            ("mon_from=09:00&mon_until=", "mon", "both times"),
            ("mon_from=09:00&mon_until=9", "mon", "like 09:00"),
            ("mon_from=09:00&mon_until=09:00", "mon", "before the start"),
        ] {
            let page = save(2, week).await.expect(422).text;
            let summary = page.split(&format!("<a href=\"#{field}\">")).nth(1);
            assert!(summary.is_some_and(|text| text.split('<').next().unwrap().contains(error)), "{week}: {page}");
        }
    }
}

both_engines! {
    async fn v04_the_next_days_show_what_customers_can_book(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        world.booked(10).await;
        let page = world.page("/account/availability", &cookie).await.expect(200);
        let shown = |text: &str| page.text.contains(text);
        assert!(shown("Free times for “Video meeting”"), "{}", page.text);
        // Four hours of notice on Monday at 10:00; a meeting on Tuesday from 11:00 to 11:30.
        assert!(shown("<td><span class=\"nowrap\">14:00-17:00</span></td>"), "{}", page.text);
        let tuesday = "<td><span class=\"nowrap\">09:00-11:00</span>, <span class=\"nowrap\">11:30-17:00</span><br><span class=\"muted\">1 meeting</span>";
        assert!(shown(tuesday), "{}", page.text);
    }
}

#[tokio::test]
async fn v09_half_an_hour_is_a_clock_change_too() {
    let mut world = World::new(TestDatabase::sqlite()).await;
    world
        .ask("PATCH /api/v1/me", &world.anna.token, json!({"time_zone": "Australia/Lord_Howe"}))
        .await
        .expect(200);
    world.at(|| "2027-03-29T00:00:00Z".parse().unwrap());
    let cookie = world.session().await;
    let page = world.page("/account/availability", &cookie).await.expect(200);
    assert!(page.text.contains("Clocks go back"), "{}", page.text);
}
