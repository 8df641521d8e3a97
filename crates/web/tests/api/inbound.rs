//! Mail that a mail server hands over: who may, and that its sender learns nothing.

use crate::world::{RELAY_SECRET, World, now};
use nameplate_app::Secrets;
use nameplate_domain::ids::MeetingId;
use nameplate_testkit::both_engines;

const LINE: &str = "POST /api/v1/inbound/mail";

fn report(token: &str) -> String {
    format!(
        "To: bounce+{token}@example.com\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Action: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
    )
}

async fn states(world: &World, meeting: MeetingId) -> Vec<String> {
    let rows =
        world.app().store().read(move |tx| async move { tx.messages_of(meeting).await }).await.unwrap();
    rows.into_iter().filter(|row| row.due_at <= now()).map(|row| row.state).collect()
}

both_engines! {
    async fn sec_a11_only_the_mail_server_with_its_secret_hands_mail_over(database: TestDatabase) {
        let world = World::new(database).await;
        let meeting = world.booked(10).await.json["id"].as_str().unwrap().parse().unwrap();
        world.deliver().await;
        let mut told = world.app().store().read(move |tx| async move { tx.messages_of(meeting).await }).await.unwrap();
        told.retain(|row| row.due_at <= now());
        let mail = report(&Secrets::new([7; 32]).bounce_token(told[0].id));
        let token = &world.admin.token;
        for headers in [
            vec![],
            vec![format!("authorization: Bearer {token}")],
            vec![format!("authorization: Bearer {}", &RELAY_SECRET[1..])],
            vec![format!("authorization: Bearer {RELAY_SECRET}0")],
            vec![format!("authorization: Basic {RELAY_SECRET}")],
            vec![format!("authorization: Bearer {RELAY_SECRET}"), format!("authorization: Bearer {RELAY_SECRET}")],
            vec![format!("cookie: session={RELAY_SECRET}")],
        ] {
            let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
            world.raw(LINE, &headers, mail.clone()).await.expect(401);
        }
        world.raw(&format!("{LINE}?token={RELAY_SECRET}"), &[], mail.clone()).await.expect(401);
        assert_eq!(states(&world, meeting).await, ["sent", "sent"]);

        let bearer = format!("authorization: Bearer {RELAY_SECRET}");
        let mut answers = Vec::new();
        for body in [&*mail, &report("0a1b"), &report(""), "", "no mail", &mail] {
            let answer = world.raw(LINE, &[&bearer], body.to_owned()).await.expect(204);
            let mut headers = answer.headers.clone();
            headers.remove("x-request-id");
            answers.push((headers, answer.text));
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "every mail gets the same answer: {answers:?}");
        assert_eq!(states(&world, meeting).await, ["bounced", "sent"]);
        world.raw("GET /api/v1/inbound/mail", &[&bearer], "").await.expect(405);
    }

    async fn sec_p4_a_mail_has_a_largest_size(database: TestDatabase) {
        let world = World::new(database).await;
        let bearer = format!("authorization: Bearer {RELAY_SECRET}");
        let most = 1024 * 1024;
        world.raw(LINE, &[&bearer], vec![b'a'; most]).await.expect(204);
        world.raw(LINE, &[&bearer], vec![b'a'; most + 1]).await.expect(413);
    }
}
