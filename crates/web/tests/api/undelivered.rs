//! A message that reached nobody, on the agent's page of its meeting.

use crate::world::{FORM, PASSWORD, RELAY_SECRET, SAME_ORIGIN, World, manage_token, wish};
use nameplate_app::Secrets;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::Party;
use nameplate_testkit::both_engines;
use serde_json::json;

const TEN: &str = "2026-11-24T10:00:00Z";
const REFUSED: &str = "550 5.1.1 no such <b>person</b>";

/// A meeting of Anna's whose customer's mailbox is not there: the customer's token, and the meeting.
pub async fn returned(world: &World, start: &str) -> (String, MeetingId) {
    let mut wish = wish(10);
    wish["start"] = json!(start);
    let booked = world.ask("POST /api/v1/meetings", "", wish).await.expect(201).json;
    let meeting: MeetingId = booked["id"].as_str().unwrap().parse().unwrap();
    world.deliver().await;
    let told =
        world.app().store().read(move |tx| async move { tx.messages_of(meeting).await }).await.unwrap();
    let lost = told.iter().find(|row| row.role == "customer" && row.state == "sent").unwrap();
    let token = Secrets::new([7; 32]).bounce_token(lost.id);
    let report = format!(
        "To: bounce+{token}@example.com\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; {REFUSED}\r\n--b--\r\n"
    );
    let bearer = format!("authorization: Bearer {RELAY_SECRET}");
    world.raw("POST /api/v1/inbound/mail", &[&bearer], report).await.expect(204);
    (manage_token(&booked), meeting)
}

/// Where the button on a page leads.
fn button(page: &str) -> Option<&str> {
    page.split("action=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|path| path.ends_with("/send-again"))
}

both_engines! {
    async fn the_agent_reads_why_and_sends_it_again_once(database: TestDatabase) {
        let world = World::new(database).await;
        let (customer, meeting) = returned(&world, TEN).await;
        let own = Secrets::new([7; 32]).manage_token(meeting, Party::Agent, 1);
        let page = world.page(&format!("/m/{own}"), "").await.expect(200).text;
        for text in [
            "Not delivered: came back",
            "There is no mailbox with this address.",
            "The mail server said: 550 5.1.1 no such &#60;b&#62;person&#60;/b&#62;",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        let action = button(&page).unwrap().to_owned();
        let theirs = world.page(&format!("/m/{customer}"), "").await.expect(200).text;
        assert!(button(&theirs).is_none() && !theirs.contains("no such"));

        // Not by looking, not from elsewhere, not by the customer, not another message.
        world.raw(&format!("GET {action}"), &[], "").await.expect(405);
        world.raw(&format!("POST {action}"), &[FORM, "origin: https://evil.example"], "").await.expect(403);
        world.send(&action.replace(&own, &customer), "", &[]).await.expect(404);
        for unknown in ["x", "msg_0198f2c4000070008000000000000009"] {
            world.send(&format!("/m/{own}/messages/{unknown}/send-again"), "", &[]).await.expect(404);
        }
        for _ in 0..2 {
            let answer = world.raw(&format!("POST {action}"), &[FORM, SAME_ORIGIN], "").await.expect(303);
            assert_eq!(answer.header("location"), format!("/m/{own}?saved=sent-again"));
        }
        let page = world.page(&format!("/m/{own}?saved=sent-again"), "").await.expect(200).text;
        assert!(page.contains("The email is on its way again.") && button(&page).is_none());
        assert!(page.contains("Not delivered; sent again"), "{page}");
        let told = world.app().store().read(move |tx| async move { tx.messages_of(meeting).await }).await.unwrap();
        let again = told.iter().filter(|row| row.role == "customer" && row.state == "queued" && row.kind == "meeting_scheduled");
        assert_eq!(again.count(), 1);
    }

    async fn an_admin_sees_what_reached_nobody_and_sends_it_again(database: TestDatabase) {
        let world = World::new(database).await;
        let form = format!("email=ada%40example.com&password={}", PASSWORD.replace(' ', "+"));
        let signed_in = world.raw("POST /sign-in", &[FORM, SAME_ORIGIN], form).await.expect(303);
        let cookie = format!("cookie: {}", signed_in.header("set-cookie").split(';').next().unwrap());
        let none = world.page("/admin/undelivered", &cookie).await.expect(200).text;
        assert!(none.contains("There are none: as far as is known, every email arrived."), "{none}");

        returned(&world, TEN).await;
        let page = world.page("/admin/undelivered", &cookie).await.expect(200).text;
        for text in [
            "chris@example.com",
            "Meeting booked",
            "with Chris Doe, Tue 24 Nov 2026, 11:00 (Berlin, UTC+1). Agent: anna Berg",
            "There is no mailbox with this address.",
            "The mail server said: 550 5.1.1 no such &#60;b&#62;person&#60;/b&#62;",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        let action = button(&page).unwrap().to_owned();
        for (path, code) in [("/admin/undelivered?before=x", 200), ("/admin/undelivered?before=", 200)] {
            world.page(path, &cookie).await.expect(code);
        }
        world.send("/admin/undelivered/x/send-again", &cookie, &[]).await.expect(404);
        for _ in 0..2 {
            let answer = world.send(&action, &cookie, &[]).await.expect(303);
            assert_eq!(answer.header("location"), "/admin/undelivered?saved=sent-again");
        }
        let page = world.page("/admin/undelivered?saved=sent-again", &cookie).await.expect(200).text;
        assert!(page.contains("The email is on its way again.") && button(&page).is_none(), "{page}");
    }
}
