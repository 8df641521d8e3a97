//! A meeting that passes to another agent: never over another one of theirs, and told to everybody (`security.md` B1, I5).

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{
    Recorder, agent, anonymous, app, as_agent, free, hours, messages, now, request, to, told, try_book,
};
use jiff::{SignedDuration, Timestamp};
use nameplate_app::accounts::notifications::choose;
use nameplate_app::meetings::reassign::{Handover, Reassigned, colleagues, reassign};
use nameplate_app::meetings::{cancel, link_actor, list, manage_url, reschedule};
use nameplate_app::{Actor, App, Ctx, Error, Refusal, mailbox, meeting_types};
use nameplate_domain::account::{
    Agent, AgentStatus, MeetingTypeName, MeetingTypeSlug, Note, Notification, RecipientRole, Role,
};
use nameplate_domain::meetings::{Meeting, MeetingTypeDraft, Party, Status};
use nameplate_domain::time::slots::Rules;
use nameplate_testkit::both_engines;
use std::sync::Arc;

fn give(to: &Agent) -> Handover {
    Handover { to: to.slug.to_string(), reason: None, seen: None }
}

async fn given(app: &App, from: &Agent, to: &Agent, meeting: &Meeting) -> Result<Reassigned, Error> {
    reassign(app, &as_agent(from), meeting.id, give(to)).await
}

async fn refusal(app: &App, from: &Agent, to: &Agent, meeting: &Meeting) -> &'static str {
    match given(app, from, to, meeting).await {
        Err(Error::Refused(refusal)) => refusal.code(),
        other => panic!("{other:?}"),
    }
}

async fn active(app: &App, agent: &Agent) -> Vec<Meeting> {
    let mut meetings = list::upcoming(app, &as_agent(agent)).await.unwrap();
    meetings.retain(|meeting| meeting.status == Status::Scheduled);
    meetings
}

async fn saved(app: &App, agent: Agent) -> Agent {
    let written = agent.clone();
    assert!(app.store().write(move |tx| async move { tx.save_agent(&written, now()).await }).await.unwrap());
    Agent { version: agent.version + 1, ..agent }
}

fn token(url: &str) -> &str {
    url.rsplit_once('/').unwrap().1
}

both_engines! {
    async fn sec_b1_of_fifty_meetings_for_one_hour_of_an_agent_one_gets_it(database: TestDatabase) {
        let app = app(&database).await;
        let anna = agent(&app, "anna").await;
        let start = free(&app, &anna, "meeting").await[0];
        let mut wishes = Vec::new();
        for n in 0..25 {
            let other = agent(&app, &format!("agent{n}")).await;
            let meeting = try_book(&app, request(&other, start, "sam@example.org")).await.unwrap().meeting;
            wishes.push((other, meeting));
        }
        let mut tries = Vec::new();
        for (n, (other, meeting)) in wishes.into_iter().enumerate() {
            let (mine, anna_too) = (app.clone(), anna.clone());
            tries.push(tokio::spawn(async move { given(&mine, &other, &anna_too, &meeting).await.map(drop) }));
            let (mine, request) = (app.clone(), request(&anna, start, &format!("c{n}@example.org")));
            tries.push(tokio::spawn(async move { try_book(&mine, request).await.map(drop) }));
        }
        let mut won = 0;
        for one in tries {
            match one.await.unwrap() {
                Ok(()) => won += 1,
                Err(Error::Refused(Refusal::SlotTaken(_) | Refusal::AgentTaken)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(won, 1);
        assert_eq!(active(&app, &anna).await.len(), 1);
    }

    async fn sec_b1_agents_who_give_each_other_meetings_never_wait_in_a_circle(database: TestDatabase) {
        let app = app(&database).await;
        let pair = [agent(&app, "anna").await, agent(&app, "bram").await];
        let starts = free(&app, &pair[0], "meeting").await;
        let mut meetings = Vec::new();
        for n in 0..6 {
            meetings.push(try_book(&app, request(&pair[n % 2], starts[n], "sam@example.org")).await.unwrap().meeting);
        }
        for round in 0..15 {
            let tries: Vec<_> = meetings.iter().enumerate().map(|(n, meeting)| {
                let (app, pair, id, start) = (app.clone(), pair.clone(), meeting.id, starts[(n + round) % 8]);
                tokio::spawn(async move {
                    let admin = Ctx { actor: Actor::Agent { id: pair[0].id, role: Role::Admin, session: None }, ..anonymous() };
                    let moved = reschedule::reschedule(&app, &admin, id, to(start)).await.map(drop);
                    let given = reassign(&app, &admin, id, give(&pair[(n + round) % 2])).await.map(drop);
                    [moved, given]
                })
            }).collect();
            for one in tries {
                for result in one.await.unwrap() {
                    assert!(matches!(result, Ok(()) | Err(Error::Refused(_) | Error::Stale)), "{result:?}");
                }
            }
        }
        for agent in &pair {
            let mut held = active(&app, agent).await;
            held.sort_by_key(|meeting| meeting.start);
            assert!(held.windows(2).all(|two| two[0].busy.until <= two[1].busy.from), "{held:?}");
        }
        assert_eq!(active(&app, &pair[0]).await.len() + active(&app, &pair[1]).await.len(), 6, "none is lost");
    }

    async fn sec_i5_everybody_is_told_and_the_meeting_stays_the_same(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, bram) = (agent(&app, "anna").await, agent(&app, "bram").await);
        let start = free(&app, &anna, "meeting").await[30];
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        sent.drain(&app, now).await;
        let reason = Some(Note::parse("Anna is ill").unwrap());
        let wish = Handover { reason, ..give(&bram) };
        let after = reassign(&app, &as_agent(&anna), meeting.id, wish).await.unwrap();
        assert_eq!(after.party, None, "whoever gave it away sees it no more");
        let after = after.meeting;
        assert_eq!((after.agent_id, after.sequence, &after.uid), (bram.id, 1, &meeting.uid));
        assert_eq!((after.start, after.end, &after.title, after.timed_at), (meeting.start, meeting.end, &meeting.title, meeting.timed_at));
        let left = sent.drain(&app, now).await;
        assert_eq!(told(&left), messages(&[
            ("meeting_reassigned anna@example.com", "CANCEL 1 CANCELLED"),
            ("meeting_reassigned bram@example.com", "REQUEST 1 CONFIRMED"),
            ("meeting_reassigned sam@example.org", "REQUEST 1 CONFIRMED"),
        ]));
        for (row, message) in &left {
            let parts = mailbox::parts(&message.raw);
            assert!(parts.text.contains("Anna is ill"), "{}", parts.text);
            let has_link = parts.text.contains("/m/") || parts.calendar.unwrap().replace("\r\n ", "").contains("/m/");
            assert_eq!(has_link, row.role != "previous_agent", "{}: {}", row.recipient, parts.text);
        }
        let twice = given(&app, &bram, &bram, &after).await.unwrap();
        assert_eq!(twice.meeting.sequence, 1, "the second click changes nothing");
        assert_eq!(sent.drain(&app, now).await.len(), 0);
        // Its new agent moves it as any other.
        let later = free(&app, &bram, "meeting").await[40];
        let moved = reschedule::reschedule(&app, &as_agent(&bram), meeting.id, to(later)).await.unwrap().meeting;
        assert_eq!((moved.sequence, moved.end), (2, later + SignedDuration::from_mins(30)));
        assert_eq!(told(&sent.drain(&app, now).await), messages(&[
            ("meeting_rescheduled bram@example.com", "REQUEST 2 CONFIRMED"),
            ("meeting_rescheduled sam@example.org", "REQUEST 2 CONFIRMED"),
        ]));
    }

    async fn sec_i5_the_cancellation_to_the_former_agent_always_goes_and_tells_of_nothing_later(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, bram) = (agent(&app, "anna").await, agent(&app, "bram").await);
        let starts = free(&app, &anna, "meeting").await;
        let meeting = try_book(&app, request(&anna, starts[0], "sam@example.org")).await.unwrap().meeting;
        sent.drain(&app, now).await;
        given(&app, &anna, &bram, &meeting).await.unwrap();
        reschedule::reschedule(&app, &as_agent(&bram), meeting.id, to(starts[5])).await.unwrap();
        let secret = Some(Note::parse("Not for Anna").unwrap());
        cancel::cancel(&app, &as_agent(&bram), meeting.id, secret, None).await.unwrap();
        let left = sent.drain(&app, now).await;
        assert_eq!(told(&left), messages(&[
            ("meeting_cancelled bram@example.com", "CANCEL 3 CANCELLED"),
            ("meeting_cancelled sam@example.org", "CANCEL 3 CANCELLED"),
            ("meeting_reassigned anna@example.com", "CANCEL 1 CANCELLED"),
        ]));
        let (_, annas) = left.iter().find(|(row, _)| row.recipient == "anna@example.com").unwrap();
        let parts = mailbox::parts(&annas.raw);
        let start = meeting.start.strftime("%Y%m%dT%H%M%SZ").to_string();
        assert!(parts.calendar.as_deref().unwrap().contains(&format!("DTSTART:{start}")), "{parts:?}");
        assert!(!format!("{parts:?}").contains("Not for Anna"));
    }

    async fn the_reminders_are_the_next_agents_and_come_once(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, bram) = (agent(&app, "anna").await, agent(&app, "bram").await);
        let start: Timestamp = "2026-11-26T10:00:00Z".parse().unwrap();
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        // Two hours before the start: less than any reminder needs after a booking, but the start is as it was.
        sent.drain(&app, || "2026-11-26T08:00:00Z".parse().unwrap()).await;
        let ctx = Ctx { now: start - hours(2), ..as_agent(&anna) };
        reassign(&app, &ctx, meeting.id, give(&bram)).await.unwrap();
        let left = sent.drain(&app, || "2026-11-26T08:00:00Z".parse().unwrap()).await;
        assert!(left.iter().all(|(row, _)| row.kind == "meeting_reassigned"), "no second reminder of the day before");
        let left = sent.drain(&app, || "2026-11-26T09:00:00Z".parse().unwrap()).await;
        assert_eq!(told(&left), messages(&[("starts_soon bram@example.com", ""), ("starts_soon sam@example.org", "")]));
        assert!(mailbox::parts(&left[0].1.raw).text.contains("/m/"), "with links that work");
    }

    async fn sec_a11_links_of_the_former_agent_are_void_and_the_customers_stay(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, bram) = (agent(&app, "anna").await, agent(&app, "bram").await);
        let start = free(&app, &anna, "meeting").await[0];
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        let links = [Party::Agent, Party::Customer].map(|party| manage_url(&app, &meeting, party));
        let after = given(&app, &anna, &bram, &meeting).await.unwrap().meeting;
        let old = link_actor(&app, now(), token(&links[0])).await;
        assert!(matches!(old, Err(Error::Refused(Refusal::MeetingReassigned))), "{old:?}");
        assert!(link_actor(&app, now(), token(&links[1])).await.is_ok());
        assert_eq!(links[1], manage_url(&app, &after, Party::Customer));
        assert!(link_actor(&app, now(), token(&manage_url(&app, &after, Party::Agent))).await.is_ok());
        for ctx in [as_agent(&anna), anonymous()] {
            let gone = reassign(&app, &ctx, meeting.id, give(&anna)).await;
            assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
        }
        let link = link_actor(&app, now(), token(&links[1])).await.unwrap();
        let customer = reassign(&app, &Ctx { actor: link, ..anonymous() }, meeting.id, give(&anna)).await;
        assert!(matches!(customer, Err(Error::NotFound)), "a link names no colleagues: {customer:?}");
        let admin = saved(&app, Agent { role: Role::Admin, ..anna }).await;
        let back = reassign(&app, &as_agent(&admin), meeting.id, give(&admin)).await.unwrap();
        assert_eq!(back.party, Some(Party::Agent));
        let first = link_actor(&app, now(), token(&links[0])).await;
        assert!(matches!(first, Err(Error::Refused(Refusal::MeetingReassigned))), "the first link stays void: {first:?}");
    }

    async fn a_colleague_who_is_not_free_then_cannot_take_it(database: TestDatabase) {
        let app = app(&database).await;
        let (anna, bram) = (agent(&app, "anna").await, agent(&app, "bram").await);
        let cleo = agent(&app, "cleo").await;
        let start = free(&app, &anna, "meeting").await[3];
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        // A meeting of Bram's ends where this one begins, and its buffer reaches into it.
        let rules = Rules { duration_minutes: 30, interval_minutes: 30, buffer_before_minutes: 0, buffer_after_minutes: 10,
            notice_minutes: 0, horizon_days: 60, daily_limit: None };
        let draft = MeetingTypeDraft { slug: MeetingTypeSlug::parse("buffered").unwrap(),
            name: MeetingTypeName::parse("Buffered").unwrap(), description: None, place: None, rules };
        meeting_types::create(&app, &as_agent(&bram), draft).await.unwrap();
        let mut before = request(&bram, start - SignedDuration::from_mins(30), "kim@example.org");
        before.meeting_type = "buffered".into();
        let before = try_book(&app, before).await.unwrap().meeting;
        assert_eq!(refusal(&app, &anna, &bram, &meeting).await, "agent_taken");
        // Cleo works in Tokyo's hours.
        let cleo = saved(&app, Agent { time_zone: nameplate_domain::time::ZoneId::stored("Asia/Tokyo"), ..cleo }).await;
        assert_eq!(refusal(&app, &anna, &cleo, &meeting).await, "agent_off_hours");
        let free: Vec<_> = colleagues(&app, &as_agent(&anna), meeting.id).await.unwrap().into_iter()
            .map(|one| (one.agent.slug.to_string(), one.refusal.map(|refusal| refusal.code()))).collect();
        assert_eq!(free, [("bram".to_owned(), Some("agent_taken")), ("cleo".to_owned(), Some("agent_off_hours"))]);
        cancel::cancel(&app, &as_agent(&bram), before.id, None, None).await.unwrap();
        let closed = saved(&app, Agent { status: AgentStatus::Disabled, ..bram.clone() }).await;
        assert_eq!(refusal(&app, &anna, &closed, &meeting).await, "agent_away");
        let bram = saved(&app, Agent { status: AgentStatus::Active, ..closed }).await;
        let stale = reassign(&app, &as_agent(&anna), meeting.id, Handover { seen: Some(7), ..give(&bram) }).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let late = Ctx { now: start, ..as_agent(&anna) };
        let late = reassign(&app, &late, meeting.id, give(&bram)).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::MeetingStarted))), "{late:?}");
        let nobody = reassign(&app, &as_agent(&anna), meeting.id, Handover { to: "nobody".into(), ..give(&bram) }).await;
        assert!(matches!(nobody, Err(Error::NotFound)), "{nobody:?}");
        given(&app, &anna, &bram, &meeting).await.unwrap();
        cancel::cancel(&app, &as_agent(&bram), meeting.id, None, None).await.unwrap();
        assert_eq!(refusal(&app, &bram, &anna, &meeting).await, "meeting_cancelled");
    }

    async fn each_agent_is_told_as_they_chose(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let quiet = async |slug| {
            let agent = agent(&app, slug).await;
            let seen = agent.notifications.clone();
            let chosen = seen.clone().with(Notification::Reassigned, RecipientRole::Agent, false);
            choose(&app, &as_agent(&agent), seen, chosen).await.unwrap();
            agent
        };
        let (anna, bram) = (quiet("anna").await, quiet("bram").await);
        let start = free(&app, &anna, "meeting").await[0];
        let meeting = try_book(&app, request(&anna, start, "sam@example.org")).await.unwrap().meeting;
        sent.drain(&app, now).await;
        given(&app, &anna, &bram, &meeting).await.unwrap();
        assert_eq!(told(&sent.drain(&app, now).await), messages(&[("meeting_reassigned sam@example.org", "REQUEST 1 CONFIRMED")]));
    }

    async fn an_account_can_be_erased_when_its_meetings_are_somebody_elses(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (anna, bram) = (agent(&app, "anna").await, agent(&app, "bram").await);
        let starts = free(&app, &anna, "meeting").await;
        let meeting = try_book(&app, request(&anna, starts[0], "sam@example.org")).await.unwrap().meeting;
        given(&app, &anna, &bram, &meeting).await.unwrap();
        let id = anna.id;
        app.store().write(move |tx| async move {
            tx.erase_messages(id).await?;
            tx.erase_agent(id, &[]).await
        }).await.unwrap();
        let moved = reschedule::reschedule(&app, &as_agent(&bram), meeting.id, to(starts[4])).await.unwrap();
        assert_eq!(moved.meeting.start, starts[4]);
        let left = sent.drain(&app, now).await;
        assert!(left.iter().all(|(row, _)| row.recipient != "anna@example.com"), "nothing names the address any more");
        assert_eq!(left.len(), 2);
    }
}
