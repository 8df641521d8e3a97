//! What the booking form keeps when it cannot book at once.

use crate::world::{Answer, FORM, SAME_ORIGIN, World};
use nameplate_app::limits::{Limits, Rate};
use nameplate_store::Store;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use std::sync::mpsc;

const HEADERS: [&str; 2] = [FORM, SAME_ORIGIN];
const DETAILS: &str = "/anna/meeting/book?start=2026-11-24T09:00:00Z&time_zone=Europe/Berlin";

/// The fields of the form for tomorrow at this hour in UTC.
fn form(hour: u32) -> String {
    let typed = "name=Zo%C3%AB+M%C3%BCller&email=zoe%40example.com&phone_number=%2B49+30+901820&note=Two%0D%0A%3Clines%3E";
    format!("form_token=page.code&start=2026-11-24T{hour:02}%3A00%3A00Z&time_zone=Europe%2FBerlin&{typed}")
}

#[track_caller]
fn shows_what_was_typed(page: &Answer) {
    for shown in [
        "value=\"Zoë Müller\"",
        "value=\"zoe@example.com\"",
        "value=\"+49 30 901820\"",
        "\nTwo\r\n&#60;lines&#62;</textarea>",
    ] {
        assert!(page.text.contains(shown), "{shown} in {}", page.text);
    }
}

/// Another try can be made from this page, and it says when.
#[track_caller]
fn can_be_sent_again(page: &Answer, summary: &str) {
    shows_what_was_typed(page);
    assert!(page.text.contains("<title>Error: "), "{}", page.text);
    assert!(page.text.contains(&format!("<a href=\"#book\">{summary}")), "{}", page.text);
    assert!(page.text.contains("aria-describedby=\"book-error\""), "{}", page.text);
    let token = page.text.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(token.contains('.') && token != "page.code", "a fresh token: {token}");
    assert!(page.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{:?}", page.headers);
}

both_engines! {
    async fn b_16_changing_the_time_keeps_what_was_typed(database: TestDatabase) {
        let world = World::new(database).await;
        let changed = world.raw("POST /anna/meeting/change", &HEADERS, form(9)).await.expect(303);
        let times = "/anna/meeting?date=2026%2D11%2D24&time_zone=Europe%2FBerlin#times";
        assert_eq!(changed.header("location"), times, "no personal data in an address");
        let cookie = changed.header("set-cookie").to_owned();
        for attribute in ["; Path=/anna/meeting;", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Max-Age=1800"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        let cookie = format!("cookie: {}", cookie.split(';').next().unwrap());

        let details = world.raw(&format!("GET {DETAILS}"), &[&cookie], "").await.expect(200);
        shows_what_was_typed(&details);
        assert_eq!(details.header("cache-control"), "no-store", "for one person");
        let prefilled = format!("GET {DETAILS}&name=Somebody");
        shows_what_was_typed(&world.raw(&prefilled, &[&cookie], "").await.expect(200));
        assert!(world.raw(&prefilled, &["cookie: draft=x"], "").await.expect(200).text.contains("value=\"Somebody\""));
        world.raw("GET /anna/meeting/change", &[&cookie], "").await.expect(405);

        let refused = world.raw("POST /anna/meeting/book", &[&HEADERS[..], &[&cookie]].concat(), "start=2026-11-24T09:00:00Z").await;
        assert_eq!(refused.expect(422).header("set-cookie"), "", "not booked, so nothing is forgotten");
        let booked = world.raw("POST /anna/meeting/book", &[&HEADERS[..], &[&cookie]].concat(), form(9)).await.expect(303);
        assert!(booked.header("set-cookie").starts_with("draft=; Path=/anna/meeting; Max-Age=0"), "{:?}", booked.headers);
    }

    async fn b_16_a_note_that_cannot_be_kept_is_not_lost(database: TestDatabase) {
        let world = World::new(database).await;
        let note: String = (0..2_000_u32).filter_map(|n| char::from_u32(0x4E00 + (n * 7_919) % 20_000)).collect();
        let body = format!("{}&note={note}", form(9).split("&note=").next().unwrap());
        let page = world.raw("POST /anna/meeting/change", &HEADERS, body).await.expect(422);
        assert!(page.text.contains(&note) && page.text.contains("<a href=\"#note\">This note is too long"), "{}", page.text);
        world.raw("POST /anna/meeting/change", &HEADERS, "name=x").await.expect(303);
    }

    async fn a_booking_over_the_limit_can_be_sent_again_later(database: TestDatabase) {
        let limits = Limits { book_net: vec![Rate::new(1, 60)], ..Limits::default() };
        let world = World::with_limits(database, limits).await;
        world.raw("POST /anna/meeting/book", &HEADERS, form(9)).await.expect(303);
        let refused = world.raw("POST /anna/meeting/book", &HEADERS, form(10).replace("page.code", "other.code")).await;
        let refused = refused.expect(429);
        can_be_sent_again(&refused, "Too many bookings were made");
        assert!(refused.text.contains("book again in 60 minutes"), "{}", refused.text);
    }
}

/// Another program holds the database for longer than a booking waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_booking_that_meets_a_busy_database_can_be_sent_again() {
    let world = World::new(TestDatabase::sqlite()).await;
    let other = Store::open(world.database.url()).await.unwrap();
    let (holds, held) = mpsc::channel::<()>();
    let (release, released) = mpsc::channel::<()>();
    let holder = tokio::spawn(async move {
        let wait = move |_| async move {
            holds.send(()).unwrap();
            released.recv().unwrap();
            Ok::<_, nameplate_store::Error>(())
        };
        other.write(wait).await
    });
    held.recv().unwrap();
    let answer = world.raw_even_if_it_fails("POST /anna/meeting/book", &HEADERS, form(9)).await.expect(503);
    release.send(()).unwrap();
    holder.await.unwrap().unwrap();
    can_be_sent_again(&answer, "The server is busy");
    world.raw("POST /anna/meeting/book", &HEADERS, form(9)).await.expect(303);
}
