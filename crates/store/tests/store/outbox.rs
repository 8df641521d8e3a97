//! The outbox: order, leases, outcomes.

use crate::fixtures::{ANNA, at, meeting, message, now, open, outbox_id};
use nameplate_domain::ids::MeetingId;
use nameplate_store::{OutboxRow, OutboxState, Store};
use nameplate_testkit::both_engines;
use tokio::task::JoinSet;

async fn enqueue(store: &Store, rows: &[OutboxRow]) {
    let rows = rows.to_vec();
    commit!(store, |tx| {
        for row in rows {
            tx.enqueue(&row).await?;
        }
    })
    .unwrap();
}

/// The numbers of the messages that are claimed at that second for 60 more.
async fn claim(store: &Store, second: i64) -> Vec<u128> {
    let rows = commit!(store, |tx| tx.claim(9, at(second), at(second + 60)).await?).unwrap();
    rows.iter().map(|row| row.id.uuid().as_u128()).collect()
}

async fn settle(store: &Store, n: u128, attempt: i64, state: OutboxState) -> bool {
    commit!(store, |tx| tx.settle(outbox_id(n), attempt, state, "250 OK").await?).unwrap()
}

async fn untold(store: &Store, id: MeetingId) -> Vec<u128> {
    let rows = query!(store, |tx| tx.untold(id).await?);
    rows.iter().map(|row| row.id.uuid().as_u128()).collect()
}

async fn next_due(store: &Store) -> Option<jiff::Timestamp> {
    query!(store, |tx| tx.next_due(at(9_999)).await?)
}

both_engines! {
    async fn messages_are_claimed_as_written_oldest_first(database: TestDatabase) {
        let store = open(&database).await;
        let mut about = message(2, "b", "z@example.org");
        about.meeting_id = Some(meeting(1, 0, 1).id);
        about.meeting_version = 3;
        about.body = r#"{"old":"Ä"}"#.into();
        about.role = "agent".into();
        let rows = [message(1, "a", "z@example.org"), about, message(3, "c", "z@example.org")];
        let later = OutboxRow { due_at: at(5), ..message(4, "d", "z@example.org") };
        commit!(store, |tx| tx.insert_meeting(&meeting(1, 0, 1)).await?).unwrap();
        enqueue(&store, &[rows[2].clone(), rows[0].clone(), later, rows[1].clone()]).await;
        let first = commit!(store, |tx| tx.claim(2, now(), at(60)).await?).unwrap();
        assert_eq!(first, rows[..2]);
        assert_eq!(claim(&store, 0).await, [3], "what is leased or not yet due is left");
        assert_eq!(claim(&store, 5).await, [4]);
        assert_conflict!(commit!(store, |tx| tx.enqueue(&message(4, "e", "z@example.org")).await?), Other);
    }

    async fn a_message_waits_for_the_older_one_of_its_pair(database: TestDatabase) {
        let store = open(&database).await;
        enqueue(&store, &[
            message(1, "a", "z@example.org"),
            message(2, "a", "z@example.org"),
            message(3, "a", "anna@example.com"),
            message(4, "b", "z@example.org"),
        ])
        .await;
        assert_eq!(claim(&store, 0).await, [1, 3, 4]);
        assert_eq!(claim(&store, 1).await, [0; 0], "the older one is being sent");
        assert!(settle(&store, 1, 1, OutboxState::Retry(at(30))).await);
        assert_eq!(claim(&store, 29).await, [0; 0], "the older one waits for its next try");
        assert_eq!(claim(&store, 30).await, [1]);
        let first = outbox_id(1);
        let outcome = query!(store, |tx| tx.outcome(first).await?);
        assert_eq!(outcome, Some(("sending".into(), "250 OK".into())));
        assert!(settle(&store, 1, 2, OutboxState::Sent).await);
        assert_eq!(query!(store, |tx| tx.outcome(first).await?), Some(("sent".into(), "250 OK".into())));
        assert_eq!(query!(store, |tx| tx.outcome(outbox_id(99)).await?), None);
        assert_eq!(claim(&store, 31).await, [2]);
    }

    async fn what_is_to_leave_later_holds_nothing_back_until_it_was_tried(database: TestDatabase) {
        let store = open(&database).await;
        enqueue(&store, &[
            OutboxRow { due_at: at(100), ..message(1, "a", "z@example.org") },
            message(2, "a", "z@example.org"),
            OutboxRow { due_at: at(100), ..message(3, "a", "z@example.org") },
        ])
        .await;
        assert_eq!(claim(&store, 0).await, [2]);
        assert!(settle(&store, 2, 1, OutboxState::Sent).await);
        assert_eq!(claim(&store, 99).await, [0; 0]);
        assert_eq!(claim(&store, 100).await, [1], "both are due: the older one first");
        assert!(settle(&store, 1, 1, OutboxState::Retry(at(300))).await);
        assert_eq!(claim(&store, 200).await, [0; 0], "the older one was tried");
        assert_eq!(next_due(&store).await, Some(at(300)));
        let count = |second| (store.clone(), at(second));
        for (second, due) in [(99, 0), (100, 2)] {
            let (store, by) = count(second);
            assert_eq!(query!(store, |tx| tx.count_open(Some(by)).await?), due);
        }
    }

    async fn messages_about_an_older_state_of_a_meeting_are_taken_back(database: TestDatabase) {
        let store = open(&database).await;
        let about = |n, kind: &str, version| OutboxRow {
            kind: kind.into(),
            meeting_id: Some(meeting(1, 0, 1).id),
            meeting_version: version,
            ..message(n, &n.to_string(), "z@example.org")
        };
        let rows = [about(1, "reminder", 0), about(2, "reminder", 1), about(3, "told", 0), about(4, "reminder", 0)];
        commit!(store, |tx| {
            tx.insert_meeting(&meeting(1, 0, 1)).await?;
            tx.enqueue_all(&rows).await?;
        })
        .unwrap();
        assert_eq!(commit!(store, |tx| tx.claim(1, now(), at(60)).await?).unwrap().len(), 1, "one has begun");
        commit!(store, |tx| tx.supersede(meeting(1, 0, 1).id, 1).await?).unwrap();
        assert_eq!(claim(&store, 0).await, [2]);
        assert!(settle(&store, 1, 1, OutboxState::Sent).await);

        let told = query!(store, |tx| tx.messages_of(meeting(1, 0, 1).id).await?);
        let told: Vec<_> = told.iter().map(|one| (one.kind.as_str(), one.state.as_str())).collect();
        assert_eq!(told, [("reminder", "sent"), ("reminder", "sending"), ("told", "superseded"), ("reminder", "superseded")]);
        assert!(query!(store, |tx| tx.messages_of(meeting(2, 0, 1).id).await?).is_empty());

        let later = OutboxRow { role: "agent".into(), due_at: at(5), ..about(7, "reminder", 2) };
        let more = [about(5, "reminder", 2), about(6, "told", 2), later, OutboxRow { kind: "reminder".into(), ..message(8, "8", "z@example.org") }];
        enqueue(&store, &more).await;
        let stood = query!(store, |tx| tx.reminders_since(meeting(1, 0, 1).id, "reminder", now()).await?);
        let stood: Vec<_> = stood.iter().map(|one| (one.recipient.as_str(), one.due_at, one.is_queued)).collect();
        let z = "z@example.org";
        assert_eq!(stood, [(z, now(), false), (z, now(), false), (z, now(), true), (z, at(5), true)], "not those taken back");
        assert_eq!(query!(store, |tx| tx.reminders_since(meeting(1, 0, 1).id, "reminder", at(1)).await?), []);
        commit!(store, |tx| tx.supersede_planned(ANNA, "reminder", now()).await?).unwrap();
        assert_eq!(claim(&store, 9).await, [5, 6, 8], "the one that is due stays");
        let again = [about(9, "reminder", 2), OutboxRow { kind: "reminder".into(), ..message(10, "10", "z@example.org") }];
        enqueue(&store, &again).await;
        commit!(store, |tx| tx.supersede_of(ANNA, "reminder").await?).unwrap();
        assert_eq!(claim(&store, 10).await, [10], "only of this kind, about this agent's meetings");
    }

    async fn a_released_lease_can_be_taken_at_once(database: TestDatabase) {
        let store = open(&database).await;
        enqueue(&store, &[message(1, "a", "z@example.org")]).await;
        assert_eq!(claim(&store, 0).await, [1]);
        assert_eq!(claim(&store, 1).await, [0; 0]);
        commit!(store, |tx| tx.release_leases().await?).unwrap();
        assert_eq!(claim(&store, 2).await, [1]);
        assert!(!settle(&store, 1, 1, OutboxState::Sent).await, "its first holder is late");
    }

    async fn whatever_ends_a_message_frees_the_next(database: TestDatabase) {
        let store = open(&database).await;
        for (n, state) in (0..).zip([OutboxState::Sent, OutboxState::Superseded, OutboxState::Expired, OutboxState::Dead]) {
            let (older, newer, uid) = (2 * n + 1, 2 * n + 2, n.to_string());
            enqueue(&store, &[message(older, &uid, "z@example.org"), message(newer, &uid, "z@example.org")]).await;
            assert_eq!(claim(&store, 0).await, [older]);
            assert!(settle(&store, older, 1, state).await);
            assert_eq!(claim(&store, 0).await, [newer], "after {state:?}");
            assert!(settle(&store, newer, 1, state).await);
            assert_eq!(query!(store, |tx| tx.count_open(None).await?), 0);
            assert_eq!(claim(&store, 9_999).await, [0; 0], "{state:?} is the end");
        }
    }

    async fn a_lease_that_ran_out_is_taken_over_and_its_first_holder_is_late(database: TestDatabase) {
        let store = open(&database).await;
        enqueue(&store, &[message(1, "a", "z@example.org")]).await;
        assert!(!settle(&store, 1, 0, OutboxState::Sent).await, "nobody holds it");
        assert_eq!(claim(&store, 0).await, [1]);
        assert_eq!(claim(&store, 59).await, [0; 0]);
        let again = commit!(store, |tx| tx.claim(9, at(60), at(120)).await?).unwrap();
        assert_eq!(again, [OutboxRow { attempts: 1, ..message(1, "a", "z@example.org") }]);
        assert!(!settle(&store, 1, 1, OutboxState::Sent).await, "the first try's outcome comes too late");
        assert_eq!(query!(store, |tx| tx.count_open(None).await?), 1);
        assert!(settle(&store, 1, 2, OutboxState::Sent).await);
        assert!(!settle(&store, 1, 2, OutboxState::Dead).await, "settled once");
        assert!(!settle(&store, 9, 1, OutboxState::Sent).await, "no such message");
    }

    async fn the_next_due_instant_is_that_of_a_message_that_can_be_claimed(database: TestDatabase) {
        let store = open(&database).await;
        assert_eq!(next_due(&store).await, None);
        enqueue(&store, &[
            OutboxRow { due_at: at(10), ..message(1, "a", "z@example.org") },
            message(2, "a", "z@example.org"),
            OutboxRow { due_at: at(20), ..message(3, "b", "z@example.org") },
        ])
        .await;
        assert_eq!(next_due(&store).await, Some(now()), "the older one of the pair leaves later");
        assert_eq!(claim(&store, 10).await, [1]);
        assert_eq!(next_due(&store).await, Some(at(20)), "the lease ends at 70");
        assert_eq!(claim(&store, 20).await, [3]);
        assert_eq!(next_due(&store).await, Some(at(70)));
        assert!(settle(&store, 1, 1, OutboxState::Retry(at(40))).await);
        assert_eq!(next_due(&store).await, Some(at(40)));
        assert!(settle(&store, 3, 1, OutboxState::Sent).await);
        assert_eq!(claim(&store, 40).await, [1]);
        assert!(settle(&store, 1, 2, OutboxState::Dead).await);
        assert_eq!(next_due(&store).await, Some(now()));
        assert_eq!(claim(&store, 50).await, [2]);
        assert!(settle(&store, 2, 1, OutboxState::Sent).await);
        assert_eq!(next_due(&store).await, None);
    }

    async fn open_messages_are_counted_and_the_first_of_a_pair_that_left_is_found(database: TestDatabase) {
        let store = open(&database).await;
        enqueue(&store, &[
            message(3, "a", "z@example.org"),
            message(2, "a", "z@example.org"),
            message(1, "a", "anna@example.com"),
            message(4, "b", "z@example.org"),
            message(5, "c", "z@example.org"),
            message(6, "c", "z@example.org"),
        ])
        .await;
        assert_eq!(query!(store, |tx| tx.first_message("a", "z@example.org").await?), None, "none has left");
        assert_eq!(query!(store, |tx| tx.count_open(None).await?), 6);
        assert_eq!(claim(&store, 0).await, [1, 2, 4, 5]);
        assert!(settle(&store, 2, 1, OutboxState::Sent).await && settle(&store, 5, 1, OutboxState::Dead).await);
        assert_eq!(query!(store, |tx| tx.count_open(None).await?), 4, "two wait, two are being sent");
        let first = query!(store, |tx| tx.first_message("a", "z@example.org").await?);
        assert_eq!(first, Some(outbox_id(2)), "also when it has left");
        assert_eq!(claim(&store, 0).await, [3, 6]);
        let first = query!(store, |tx| tx.first_message("c", "z@example.org").await?);
        assert_eq!(first, Some(outbox_id(6)), "the one before was given up");
        assert_eq!(query!(store, |tx| tx.first_message("b", "anna@example.com").await?), None);
    }

    async fn what_changed_while_it_was_tried_is_not_tried_again(database: TestDatabase) {
        let store = open(&database).await;
        let about = |n, version| OutboxRow {
            kind: "meeting_scheduled".into(), meeting_id: Some(meeting(1, 0, 1).id), meeting_version: version, ..message(n, "a", "z@example.org")
        };
        commit!(store, |tx| tx.insert_meeting(&meeting(1, 0, 1)).await?).unwrap();
        enqueue(&store, &[about(1, 0)]).await;
        assert_eq!(claim(&store, 0).await, [1]);
        let id = meeting(1, 0, 1).id;
        assert_eq!(untold(&store, id).await, [1]);
        let mut moved = meeting(1, 0, 1);
        moved.sequence = 1;
        assert!(commit!(store, |tx| tx.save_meeting(&moved, 0).await?).unwrap());
        commit!(store, |tx| tx.supersede(id, 1).await?).unwrap();
        enqueue(&store, &[about(2, 1)]).await;
        assert_eq!(claim(&store, 1).await, [0; 0], "the older one is being sent");
        assert!(settle(&store, 1, 1, OutboxState::Retry(at(7_200))).await);
        assert_eq!(claim(&store, 2).await, [2], "the older one is not waited for");
        assert!(settle(&store, 2, 1, OutboxState::Retry(at(30))).await);
        assert_eq!(claim(&store, 30).await, [2], "it tells what is");
        assert!(settle(&store, 2, 2, OutboxState::Sent).await);
        assert_eq!(untold(&store, id).await, [0; 0]);
    }

    async fn that_a_meeting_is_somebody_elses_is_told_whatever_came_after(database: TestDatabase) {
        let store = open(&database).await;
        let id = meeting(1, 0, 1).id;
        let about = |n, role: &str| OutboxRow {
            kind: "meeting_reassigned".into(), role: role.into(), meeting_id: Some(id), ..message(n, "a", &format!("{n}@example.com"))
        };
        let mut moved = meeting(1, 0, 1);
        moved.sequence = 1;
        commit!(store, |tx| tx.insert_meeting(&meeting(1, 0, 1)).await?).unwrap();
        let removed = OutboxRow { kind: "guest_removed".into(), ..about(4, "guest") };
        enqueue(&store, &[about(1, "agent"), about(2, "previous_agent"), about(3, "previous_agent"), removed]).await;
        assert_eq!(untold(&store, id).await, [1], "what takes leave tells nothing of the meeting");
        let first = commit!(store, |tx| tx.claim(1, at(0), at(60)).await?).unwrap();
        assert_eq!(first.first().map(|row| row.id), Some(outbox_id(1)));
        assert!(settle(&store, 1, 1, OutboxState::Retry(at(1))).await);
        assert!(commit!(store, |tx| tx.save_meeting(&moved, 0).await?).unwrap());
        commit!(store, |tx| tx.supersede(id, 1).await?).unwrap();
        assert_eq!(claim(&store, 10).await, [2, 3, 4]);
        assert!(settle(&store, 2, 1, OutboxState::Retry(at(20))).await);
        assert!(settle(&store, 4, 1, OutboxState::Retry(at(20))).await);
        assert_eq!(claim(&store, 30).await, [2, 4], "also after a try that failed");
    }

    async fn what_stays_true_is_carried_over_for_each_by_itself(database: TestDatabase) {
        let store = open(&database).await;
        let id = meeting(1, 0, 1).id;
        let about = |n: u128, role: &str, to: &str| OutboxRow {
            kind: "reminder".into(), role: role.into(), meeting_id: Some(id), ..message(n, "a", to)
        };
        commit!(store, |tx| tx.insert_meeting(&meeting(1, 0, 1)).await?).unwrap();
        let text = OutboxRow { channel: nameplate_store::Channel::Sms, ..about(2, "customer", "+31612345678") };
        let taken_off = OutboxRow { kind: "guest_removed".into(), ..about(5, "guest", "kim@example.org") };
        enqueue(&store, &[
            about(1, "customer", "sam@example.org"), text, about(3, "guest", "kim@example.org"), about(4, "guest", "lea@example.org"),
            taken_off,
        ])
        .await;
        let first = commit!(store, |tx| tx.claim(1, at(0), at(60)).await?).unwrap();
        assert_eq!(first.first().map(|row| row.id), Some(outbox_id(1)), "one is being sent");
        let know = async |to: &'static str| query!(store, |tx| tx.may_know("a", to).await?);
        assert!(know("sam@example.org").await && !know("kim@example.org").await, "what was tried may have arrived");
        commit!(store, |tx| {
            tx.carry_over(id, 7, ("customer", "sam@example.org")).await?;
            tx.carry_over(id, 7, ("guest", "kim@example.org")).await?;
            tx.supersede(id, 7).await?;
        })
        .unwrap();
        let mut versions = Vec::new();
        for n in 1..=5 {
            versions.push(query!(store, |tx| tx.told_version(outbox_id(n)).await?));
        }
        assert_eq!(versions, [Some(7), Some(7), Some(7), Some(0), Some(0)]);
        assert_eq!(untold(&store, id).await, [3, 1], "the other guest's is taken back");
        assert!(settle(&store, 1, 1, OutboxState::Sent).await);
        assert_eq!(claim(&store, 0).await, [2, 3], "who was taken off waits behind what they were told before");
        assert!(settle(&store, 3, 1, OutboxState::Sent).await && know("kim@example.org").await);
        assert_eq!(claim(&store, 0).await, [5]);
        assert_eq!(query!(store, |tx| tx.told_version(outbox_id(9)).await?), None);
    }

    async fn what_waits_for_an_agent_goes_to_the_new_address(database: TestDatabase) {
        let store = open(&database).await;
        let about = |n, role: &str| OutboxRow {
            role: role.into(), meeting_id: Some(meeting(1, 0, 1).id), ..message(n, &n.to_string(), "old@example.com")
        };
        commit!(store, |tx| tx.insert_meeting(&meeting(1, 0, 1)).await?).unwrap();
        enqueue(&store, &[about(1, "agent"), about(2, "agent"), about(3, "customer"), message(4, "d", "old@example.com")]).await;
        assert_eq!(commit!(store, |tx| tx.claim(1, at(0), at(60)).await?).unwrap().len(), 1, "one has begun");
        commit!(store, |tx| tx.readdress(ANNA, "new@example.com").await?).unwrap();
        let rest = commit!(store, |tx| tx.claim(9, at(0), at(60)).await?).unwrap();
        let to: Vec<_> = rest.iter().map(|row| row.recipient.as_str()).collect();
        assert_eq!(to, ["new@example.com", "old@example.com", "old@example.com"]);
    }

    async fn senders_at_work_together_share_the_messages(database: TestDatabase) {
        let store = open(&database).await;
        let rows: Vec<_> = (1..=40).map(|n| message(n, &n.to_string(), "z@example.org")).collect();
        enqueue(&store, &rows).await;
        let mut senders = JoinSet::new();
        for _ in 0..8 {
            let store = store.clone();
            senders.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let rows = commit!(store, |tx| tx.claim(3, now(), at(60)).await?).unwrap();
                    if rows.is_empty() {
                        return mine;
                    }
                    mine.extend(rows.into_iter().map(|row| row.id.uuid().as_u128()));
                }
            });
        }
        let mut claimed = senders.join_all().await.concat();
        claimed.sort_unstable();
        assert_eq!(claimed, (1..=40).collect::<Vec<_>>(), "each once");
    }
}
