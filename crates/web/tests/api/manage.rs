//! The pages of one meeting, as its customer and as its agent sees them.

use crate::world::{Answer, World, manage_token};
use nameplate_testkit::both_engines;

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
