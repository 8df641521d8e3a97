//! The pages of one meeting, as its customer and as its agent sees them.

use crate::world::{Answer, World, manage_token};
use jiff::SignedDuration;
use nameplate_domain::meetings::Status;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;

/// The agent's own link to the first meeting of the list.
async fn agents_link(world: &World, cookie: &str) -> String {
    let list = world.page("/account/meetings", cookie).await.expect(200);
    let link = list.text.split_once("<a class=\"meeting-who\" href=\"").unwrap().1;
    link.split('"').next().unwrap().to_owned()
}

#[track_caller]
fn says(page: &Answer, wanted: &str, not: &str) {
    assert!(page.text.contains(wanted), "{wanted}: {}", page.text);
    assert!(!page.text.contains(not), "{not}: {}", page.text);
}

both_engines! {
    async fn each_side_reads_about_the_other(database: TestDatabase) {
        let world = World::new(database).await;
        let customers = format!("/m/{}", manage_token(&world.booked(10).await.json));
        let agents = agents_link(&world, &world.session().await).await;
        says(&world.page(&customers, "").await, "<h1>You are booked</h1>", "Meeting with");
        says(&world.page(&agents, "").await, "<h1>Meeting with Chris Doe</h1>", "You are booked");
        says(&world.page(&agents, "").await, "The confirmation went to chris@example.com.", "We sent");
        let cancel = |link: &str| format!("{link}/cancel");
        says(&world.page(&cancel(&customers), "").await, "anna Berg is told at once", "Chris Doe is told");
        says(&world.page(&cancel(&agents), "").await, "Chris Doe is told at once", "anna Berg is told");

        world.booked(12).await;
        let move_to = "/reschedule?start=2026-11-24T12%3A00%3A00Z";
        let form = world.page(&format!("{agents}{move_to}"), "").await.expect(200);
        let fields = [("start", "2026-11-24T12:00:00Z"), ("reason", "Ill"), ("version", form.value("version"))];
        let taken = world.send(&format!("{agents}/reschedule"), "", &fields).await.expect(409);
        says(&taken, "Move the meeting to one of these times instead:", "Book one of these");
    }
}

both_engines! {
    async fn every_meeting_is_on_a_page_of_the_list(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let id = world.booked(10).await.json["id"].as_str().unwrap().parse().unwrap();
        // Cancelled ones may share a start, also where a page ends.
        world.copy_meeting(id, 219, |n| SignedDuration::from_hours(n / 3), |copy| copy.status = Status::Cancelled).await;
        let mut seen = Vec::new();
        let mut path = "/account/meetings".to_owned();
        let pages = async |path: &mut String, word: &str, seen: &mut Vec<String>| {
            let page = world.page(path, &cookie).await.expect(200);
            let links = page.text.split("class=\"meeting-who\" href=\"").skip(1);
            seen.extend(links.map(|rest| rest.split('"').next().unwrap().to_owned()));
            let link = page.text.split("<a class=\"button\" href=\"").find(|rest| rest.contains(&format!(">{word} meetings</a>")));
            let next = link.map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"));
            let more = next.is_some();
            if let Some(next) = next { *path = next; }
            more
        };
        while pages(&mut path, "Later", &mut seen).await {}
        assert_eq!(seen.len(), 220);
        let mut back = Vec::new();
        while pages(&mut path, "Earlier", &mut back).await {}
        back.sort();
        seen.sort();
        assert_eq!(back, seen);
        seen.dedup();
        assert_eq!(seen.len(), 220, "each once");
        world.page("/account/meetings?after=nonsense", &cookie).await.expect(200);
    }
}

#[tokio::test]
async fn the_same_time_chosen_again_moves_nothing_and_says_nothing() {
    let world = World::new(TestDatabase::sqlite()).await;
    let link = format!("/m/{}", manage_token(&world.booked(10).await.json));
    let move_to = async |start: &str, version: &str| {
        let fields = [("start", start), ("version", version)];
        let moved = world.send(&format!("{link}/reschedule"), "", &fields).await.expect(303);
        moved.header("location").to_owned()
    };
    assert_eq!(move_to("2026-11-24T10:00:00Z", "0").await, link);
    let moved = format!("{link}?saved=moved");
    assert_eq!(move_to("2026-11-24T12:00:00Z", "0").await, moved);
    assert_eq!(
        move_to("2026-11-24T12:00:00Z", "0").await,
        moved,
        "the second click reads what the first one did"
    );
    assert_eq!(move_to("2026-11-24T12:00:00Z", "1").await, link);
}

#[tokio::test]
async fn a_meeting_past_midnight_says_so_in_the_list() {
    let world = World::new(TestDatabase::sqlite()).await;
    let id = world.booked(10).await.json["id"].as_str().unwrap().parse().unwrap();
    world.copy_meeting(id, 1, |_| SignedDuration::from_mins(12 * 60 + 45), |_| {}).await;
    let list = world.page("/account/meetings", &world.session().await).await.expect(200);
    assert!(list.text.contains(">11:00-11:30</p>"), "{}", list.text);
    assert!(list.text.contains(">23:45-00:15, ends next day</p>"), "{}", list.text);
}

#[tokio::test]
async fn b08_another_zone_keeps_the_month() {
    let world = World::new(TestDatabase::sqlite()).await;
    let page = world.page("/anna/meeting?month=2026-12", "").await.expect(200);
    assert!(page.text.contains("type=\"hidden\" name=\"month\" value=\"2026-12\""), "{}", page.text);
}
