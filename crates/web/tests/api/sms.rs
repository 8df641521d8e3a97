//! Text messages by form, API and the calls of their provider.

use crate::world::{Answer, FORM, SAME_ORIGIN, World, manage_token, now, wish};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use nameplate_app::outbox::Channel;
use nameplate_app::sms::{Sms, hook_url, stopped};
use nameplate_domain::account::CountryCode;
use nameplate_notify::sms::{Kannel, SmsProvider, Twilio};
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use serde_json::json;
use std::sync::Arc;
use url::Url;

const HEADERS: [&str; 2] = [FORM, SAME_ORIGIN];
const NUMBER: &str = "+31612345678";
const CONSENT: &str = "Send text messages about this meeting to my phone";

fn sms(provider: Option<Arc<dyn SmsProvider>>) -> Sms {
    Sms { provider, sender: "+3197010000000".into(), countries: vec![CountryCode::parse("NL").unwrap()] }
}

/// Where no provider is: nothing that is tried arrives.
fn nowhere() -> Url {
    Url::parse("http://127.0.0.1:9").unwrap()
}

pub async fn with_kannel(database: TestDatabase) -> World {
    let kannel = Kannel::new(nowhere(), "u".into(), "p".into(), "+3197010000000".into()).unwrap();
    World::with_sms(database, sms(Some(Arc::new(kannel)))).await
}

fn form(hour: u32, more: &str) -> String {
    format!(
        "form_token=page.{hour}&start=2026-11-24T{hour:02}%3A00%3A00Z&time_zone=Europe%2FBerlin&name=Zo%C3%AB&email=zoe%40example.com{more}"
    )
}

const DETAILS: &str = "GET /anna/meeting/book?start=2026-11-24T09:00:00Z&time_zone=Europe/Berlin";

async fn books(world: &World, hour: u32, more: &str) -> Answer {
    world.raw("POST /anna/meeting/book", &HEADERS, form(hour, more)).await
}

/// The id of the one text message that waits.
async fn only_text(world: &World) -> String {
    let now = now();
    let claimed =
        world.app().store().write(move |tx| async move { tx.claim(9, now, now).await }).await.unwrap();
    let texts: Vec<_> = claimed.into_iter().filter(|row| row.recipient == NUMBER).collect();
    assert_eq!(texts.len(), 1);
    texts[0].id.to_string()
}

both_engines! {
    async fn c09_a_server_without_a_provider_says_nothing_of_texts(database: TestDatabase) {
        let world = World::new(database).await;
        assert!(!world.raw(DETAILS, &[], "").await.expect(200).text.contains(CONSENT));
        let mut body = wish(9);
        body["sms_consent"] = json!(true);
        let refused = world.ask("POST /api/v1/meetings", "", body).await.expect(422);
        assert_eq!(refused.faults(), ["/sms_consent unknown_field"]);
        let booked = books(&world, 9, "&phone_number=06+12345678&sms=on").await;
        assert_eq!(booked.status.as_u16(), 422, "a national number needs a country");
        let booked = books(&world, 9, "&phone_number=%2B31612345678&sms=on").await.expect(303);
        assert!(!world.raw(&format!("GET {}", booked.header("location")), &[], "").await.text.contains("Text messages"));
    }

    async fn c09_a_customer_ticks_the_box_and_gives_a_number_that_is_reached(database: TestDatabase) {
        let world = with_kannel(database).await;
        let page = world.raw(DETAILS, &[], "").await.expect(200);
        assert!(page.text.contains(CONSENT) && page.text.contains("<input type=\"checkbox\" name=\"sms\">"), "unticked");

        for (phone, said) in [
            ("", "Type the phone number that the text messages go to"),
            ("%2B12125550123", "Text messages cannot be sent to numbers of this country"),
            ("hello", "Write the phone number in digits"),
        ] {
            let again = books(&world, 9, &format!("&phone_number={phone}&sms=on")).await.expect(422);
            assert!(again.text.contains(said), "{phone}: {}", again.text);
            assert!(again.text.contains("name=\"sms\" checked"), "{phone}: the tick is kept");
            assert!(again.text.contains("<a href=\"#phone_number\">"), "{phone}");
        }
        let changed = world.raw("POST /anna/meeting/change", &HEADERS, form(9, "&phone_number=1&sms=on")).await.expect(303);
        let cookie = format!("cookie: {}", changed.header("set-cookie").split(';').next().unwrap());
        assert!(world.raw(DETAILS, &[&cookie], "").await.expect(200).text.contains("name=\"sms\" checked"));

        books(&world, 9, "&phone_number=%2B31612345678").await.expect(303);
        books(&world, 10, "&phone_number=%2B31612345678&sms=on").await.expect(303);
        only_text(&world).await;
    }

    async fn c09_a_program_asks_for_texts_for_its_customer(database: TestDatabase) {
        let world = with_kannel(database).await;
        let mut body = wish(9);
        body["sms_consent"] = json!("yes");
        let refused = world.ask("POST /api/v1/meetings", "", body.clone()).await.expect(422);
        assert_eq!(refused.faults(), ["/sms_consent wrong_type"]);
        body["sms_consent"] = json!(true);
        body["customer"]["phone_number"] = json!(null);
        let refused = world.ask("POST /api/v1/meetings", "", body.clone()).await.expect(422);
        assert_eq!(refused.faults(), ["/sms_consent phone_for_sms"]);
        body["customer"]["phone_number"] = json!(NUMBER);
        world.ask("POST /api/v1/meetings", "", body).await.expect(201);
        only_text(&world).await;
    }

    async fn what_kannel_tells_is_shown_to_the_agent_and_stop_to_both(database: TestDatabase) {
        let world = with_kannel(database).await;
        let mut body = wish(9);
        (body["sms_consent"], body["customer"]["phone_number"]) = (json!(true), json!(NUMBER));
        let meeting = world.ask("POST /api/v1/meetings", "", body).await.expect(201).json;
        let id = only_text(&world).await;
        let hook = |what: &str| hook_url(world.app(), what).replace("https://meet.example.com", "GET ");
        let own = world.ask(&format!("GET /api/v1/meetings/{}", meeting["id"].as_str().unwrap()), &world.anna.token, json!(null)).await;
        let agents = format!("GET /m/{}", manage_token(&own.json));
        let customers = format!("GET /m/{}", manage_token(&meeting));

        for (status, shown) in [("8", "On its way to the phone"), ("1", "Delivered to the phone"), ("2", "Delivered to the phone")] {
            world.raw(&hook(&format!("status?id={id}&status={status}&answer=")), &[], "").await.expect(200);
            let page = world.raw(&agents, &[], "").await.expect(200);
            assert!(page.text.contains(shown) && page.text.contains("+31 6 12345678"), "{status}: {}", page.text);
        }
        assert!(world.raw(&customers, &[], "").await.expect(200).text.contains("Stop text messages"));
        world.raw(&hook("inbound?from=31612345678&to=MEET&text=STOP"), &[], "").await.expect(200);
        for (page, tells) in [(&agents, true), (&customers, false)] {
            let page = world.raw(page, &[], "").await.expect(200);
            assert_eq!(page.text.contains("Text messages to +31 6 12345678 were stopped on"), tells, "{}", page.text);
            assert_ne!(page.text.contains("Stop text messages about this meeting"), tells, "{}", page.text);
        }
        world.raw(&hook("inbound?from=31612345678&to=MEET&text=Start"), &[], "").await.expect(200);

        // By the button, which only the customer has.
        let stop = |page: &str| page.replace("GET", "POST") + "/stop-sms";
        world.raw(&stop(&agents), &HEADERS, "").await.expect(404);
        assert!(stopped(world.app(), NUMBER).await.unwrap().is_none());
        for _ in 0..2 {
            world.raw(&stop(&customers), &HEADERS, "").await.expect(303);
        }
        // The number is nobody's proof: only this meeting's messages end.
        assert!(stopped(world.app(), NUMBER).await.unwrap().is_none());
        let page = world.raw(&customers, &[], "").await.expect(200);
        assert!(!page.text.contains("Stop text messages"), "{}", page.text);
    }

    async fn sec_a11_nobody_but_the_provider_is_believed(database: TestDatabase) {
        let twilio = |token: &str| Twilio::new(&nowhere(), "AC1".into(), token.into(), "+3197010000000".into()).unwrap();
        let world = World::with_sms(database, sms(Some(Arc::new(twilio("12345"))))).await;
        let url = hook_url(world.app(), "inbound");
        let form = "Body=STOP&From=%2B31612345678&To=%2B3197010000000";
        let sign = |url: &str| {
            let mut mac = Hmac::<sha1::Sha1>::new_from_slice(b"12345").unwrap();
            mac.update(format!("{url}BodySTOPFrom{NUMBER}To+3197010000000").as_bytes());
            format!("x-twilio-signature: {}", STANDARD.encode(mac.finalize().into_bytes()))
        };
        let line = url.replace("https://meet.example.com", "POST ");
        let good = sign(&url);
        let wrong = sign(&format!("{url}?"));
        for headers in [vec![FORM], vec![FORM, wrong.as_str()]] {
            world.raw(&line, &headers, form).await.expect(404);
        }
        let stranger = line.replace("/sms/", "/sms/x");
        world.raw(&stranger, &[FORM, &good], form).await.expect(404);
        assert!(stopped(world.app(), NUMBER).await.unwrap().is_none());
        for _ in 0..2 {
            world.raw(&line, &[FORM, &good], form).await.expect(200);
            assert!(stopped(world.app(), NUMBER).await.unwrap().is_some());
        }
    }

    async fn texts_are_kept_in_the_mailbox_where_there_is_no_provider(database: TestDatabase) {
        let world = World::with_sms(database, sms(None)).await;
        books(&world, 9, "&phone_number=%2B31612345678&sms=on").await.expect(303);
        world.deliver().await;
        let rows = nameplate_app::mailbox::list(world.app()).await.unwrap();
        let text = rows.iter().find(|row| row.channel == Channel::Sms && row.kind == "meeting_scheduled").unwrap();
        assert_eq!(text.to, NUMBER);
        assert!(text.subject.starts_with("Booked: Tue 24 Nov 2026, 10:00"), "{}", text.subject);
    }
}
