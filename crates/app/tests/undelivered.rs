//! Messages that reached nobody (`messages.md` section 1, failures).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{Recorder, agent, app, free, now, request, try_book};
use nameplate_app::{App, inbound, outbox};
use nameplate_domain::ids::MeetingId;
use nameplate_notify::Composed;
use nameplate_testkit::both_engines;
use std::sync::Arc;

/// A report as a mail server sends it to a return address.
fn report(to: &str, action: &str, said: &str) -> Vec<u8> {
    format!(
        "Return-Path: <>\r\nDelivered-To: {to}\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: {to}\r\nSubject: Undelivered\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; zoe@example.com\r\nAction: {action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; {said}\r\n\
         --b--\r\n"
    )
    .into_bytes()
}

/// Recipient, state and answer of what was told of a meeting.
async fn states(app: &App, meeting: MeetingId) -> Vec<(String, String)> {
    let told = outbox::about(app, meeting).await.unwrap();
    let mut states: Vec<_> = told.into_iter().map(|one| (one.kind, one.recipient, one.state)).collect();
    states.retain(|(kind, _, _)| kind == "meeting_scheduled");
    states.sort();
    states.into_iter().map(|(_, recipient, state)| (recipient, state)).collect()
}

fn to<'a>(sent: &'a [(nameplate_store::OutboxRow, Composed)], role: &str) -> &'a Composed {
    &sent.iter().find(|(row, _)| row.role == role).unwrap().1
}

both_engines! {
    async fn a_report_ends_the_message_that_came_back_and_no_other(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[3];
        let meeting = try_book(&app, request(&anna, start, "zoe@example.com")).await.unwrap().meeting;
        let left = sent.drain(&app, now).await;
        let (customer, own) = (to(&left, "customer"), to(&left, "agent"));
        assert!(customer.envelope_from.ends_with("@example.com") && customer.envelope_from != own.envelope_from);
        let is = |state: &str| {
            vec![(anna.email.to_string(), "sent".to_owned()), (meeting.customer.email.to_string(), state.to_owned())]
        };
        assert_eq!(states(&app, meeting.id).await, is("sent"));

        let address = customer.envelope_from.as_str();
        let (token, _) = address.strip_prefix("bounce+").unwrap().split_once('@').unwrap();
        let forged = format!("bounce+{}{}@example.com", &token[..32], "0".repeat(20));
        let own_id = own.envelope_from.replace(&own.envelope_from[39..59], &token[32..]);
        for mail in [
            report(&forged, "failed", "550 5.1.1 no"),
            report(&own_id, "failed", "550 5.1.1 no"),
            report("bounce@example.com", "failed", "550 5.1.1 no"),
            report(address, "delayed", "451 4.7.1 later"),
            format!("To: {address}\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n").into_bytes(),
            b"\xff".repeat(2_000),
        ] {
            inbound::mail(&app, &mail).await.unwrap();
            assert_eq!(states(&app, meeting.id).await, is("sent"), "{}", String::from_utf8_lossy(&mail));
        }
        for _ in 0..2 {
            inbound::mail(&app, &report(address, "failed", "550 5.1.1 no such person")).await.unwrap();
            assert_eq!(states(&app, meeting.id).await, is("bounced"));
        }
        assert_eq!(sent.drain(&app, common::now).await.len(), 0, "what came back is not sent again by itself");
    }
}
