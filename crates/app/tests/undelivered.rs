//! Messages that reached nobody (`messages.md` section 1, failures).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{Recorder, agent, app, as_agent, free, now, request, to as to_start, try_book};
use nameplate_app::meetings::{cancel, reschedule};
use nameplate_app::outbox::undelivered::{self, Why};
use nameplate_app::{Actor, App, Ctx, Error, inbound, outbox};
use nameplate_domain::account::Role;
use nameplate_domain::ids::MeetingId;
use nameplate_domain::meetings::Party;
use nameplate_notify::Composed;
use nameplate_store::OutboxRow;
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

fn to<'a>(sent: &'a [(OutboxRow, Composed)], role: &str) -> &'a Composed {
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
            inbound::mail(&app, now(), &mail).await.unwrap();
            assert_eq!(states(&app, meeting.id).await, is("sent"), "{}", String::from_utf8_lossy(&mail));
        }
        for _ in 0..2 {
            inbound::mail(&app, now(), &report(address, "failed", "550 5.1.1 no such person")).await.unwrap();
            assert_eq!(states(&app, meeting.id).await, is("bounced"));
        }
        let later: Vec<_> = sent.drain(&app, now).await.into_iter().map(|(row, _)| row.kind).collect();
        assert_eq!(later, ["delivery_problem"], "what came back is not sent again by itself");
    }

    async fn the_agent_is_told_once_for_each_address_and_never_of_their_own(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let starts = free(&app, &anna, "meeting").await;
        let meeting = try_book(&app, request(&anna, starts[3], "zoe@example.com")).await.unwrap().meeting;
        sent.refuse(&["zoe@example.com", anna.email.as_str()]);
        let kinds = |left: &[(OutboxRow, Composed)]| -> Vec<(String, String)> {
            left.iter().map(|(row, mail)| (row.kind.clone(), mail.to.clone())).collect()
        };
        let told = ("delivery_problem".to_owned(), anna.email.to_string());
        let left = sent.drain(&app, now).await;
        assert_eq!(kinds(&left).iter().filter(|one| **one == told).count(), 1, "{:?}", kinds(&left));
        let text = String::from_utf8(left.last().unwrap().1.raw.clone()).unwrap();
        assert!(text.contains("An email about your meeting was not delivered"), "{text}");

        // Refused again, to the same address about the same meeting; and about another one.
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, to_start(starts[8])).await.unwrap();
        assert!(!kinds(&sent.drain(&app, now).await).contains(&told));
        try_book(&app, request(&anna, starts[20], "zoe@example.com")).await.unwrap();
        assert!(kinds(&sent.drain(&app, now).await).contains(&told));
    }

    async fn a_message_that_reached_nobody_is_sent_once_more_and_only_once(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let starts = free(&app, &anna, "meeting").await;
        let meeting = try_book(&app, request(&anna, starts[3], "zoe@example.com")).await.unwrap().meeting;
        sent.refuse(&["zoe@example.com"]);
        sent.drain(&app, now).await;
        let failed = outbox::about(&app, meeting.id).await.unwrap();
        let failed = failed.into_iter().find(|row| row.state == "dead").unwrap();
        assert_eq!((failed.recipient.as_str(), Why::of(&failed.answer)), ("zoe@example.com", Why::NoMailbox));

        // Not for its customer, not for another agent, not for nobody.
        let (other, link) = (agent(&app, "other").await, |party| Actor::Link { meeting: meeting.id, party });
        for actor in [as_agent(&other).actor, link(Party::Customer), Actor::Nobody] {
            let refused = undelivered::send_again(&app, &Ctx { actor, ..as_agent(&anna) }, failed.id).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        // What has arrived is not sent again.
        let arrived = outbox::about(&app, meeting.id).await.unwrap();
        let arrived = arrived.into_iter().find(|row| row.state == "sent").unwrap();
        assert!(matches!(undelivered::send_again(&app, &as_agent(&anna), arrived.id).await, Err(Error::NotFound)));

        sent.refuse(&[]);
        reschedule::reschedule(&app, &as_agent(&anna), meeting.id, to_start(starts[8])).await.unwrap();
        sent.drain(&app, now).await;
        for _ in 0..2 {
            let ctx = Ctx { actor: link(Party::Agent), ..as_agent(&anna) };
            assert!(undelivered::send_again(&app, &ctx, failed.id).await.unwrap());
        }
        let left = sent.drain(&app, now).await;
        assert_eq!(left.len(), 1, "a second click sends nothing");
        let (row, mail) = &left[0];
        assert_eq!((row.kind.as_str(), mail.to.as_str(), row.meeting_version), ("meeting_scheduled", "zoe@example.com", 1));
        assert_ne!(row.id, failed.id);
        let told = outbox::about(&app, meeting.id).await.unwrap();
        assert!(told.iter().any(|row| row.id == failed.id && row.sent_again && row.state == "dead"));
    }

    async fn what_a_message_told_may_be_over(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let starts = free(&app, &anna, "meeting").await;
        let meeting = try_book(&app, request(&anna, starts[3], "zoe@example.com")).await.unwrap().meeting;
        sent.refuse(&["zoe@example.com"]);
        sent.drain(&app, now).await;
        let ctx = as_agent(&anna);
        cancel::cancel(&app, &ctx, meeting.id, None, None).await.unwrap();
        sent.drain(&app, now).await;
        let dead = |told: Vec<outbox::Told>, kind: &str| {
            told.into_iter().find(|row| row.state == "dead" && row.kind == kind).unwrap().id
        };
        let told = outbox::about(&app, meeting.id).await.unwrap();
        let (booked, called_off) = (dead(told.clone(), "meeting_scheduled"), dead(told, "meeting_cancelled"));
        sent.refuse(&[]);
        assert!(!undelivered::send_again(&app, &ctx, booked).await.unwrap(), "nothing follows a cancellation");
        assert!(undelivered::send_again(&app, &ctx, called_off).await.unwrap());
        let left = sent.drain(&app, now).await;
        assert_eq!(left.iter().map(|(row, _)| row.kind.as_str()).collect::<Vec<_>>(), ["meeting_cancelled"]);
    }

    async fn sec_a11_admins_see_all_that_reached_nobody_page_by_page(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let anna = agent(&app, "anna").await;
        let mut ada = as_agent(&agent(&app, "ada").await);
        if let Actor::Agent { role, .. } = &mut ada.actor {
            *role = Role::Admin;
        }
        for actor in [as_agent(&anna).actor, Actor::Nobody] {
            let refused = undelivered::all(&app, &Ctx { actor, ..ada.clone() }, None).await;
            assert!(matches!(refused, Err(Error::NotFound)));
        }
        let starts = free(&app, &anna, "meeting").await;
        sent.refuse(&["zoe@example.com"]);
        for start in &starts[..=undelivered::PAGE] {
            try_book(&app, request(&anna, *start, "zoe@example.com")).await.unwrap();
        }
        sent.drain(&app, now).await;
        let first = undelivered::all(&app, &ada, None).await.unwrap();
        let second = undelivered::all(&app, &ada, first.older).await.unwrap();
        assert_eq!((first.messages.len(), second.messages.len(), second.older), (undelivered::PAGE, 1, None));
        let last = &second.messages[0];
        assert_eq!((last.why, last.may_send_again), (Why::NoMailbox, true));
        assert_eq!(last.about.as_ref().unwrap().1.id, anna.id);
        assert!(undelivered::send_again(&app, &ada, last.id).await.unwrap());
        let second = undelivered::all(&app, &ada, first.older).await.unwrap();
        assert!(second.messages.is_empty(), "what is sent again is in the list no more");
    }
}
