//! Webhooks and what they are told.

use crate::fixtures::{ANNA, BERT, at, now, open};
use jiff::Timestamp;
use nameplate_domain::ids::{DeliveryId, WebhookId};
use nameplate_domain::webhooks::{HookEvent, HookUrl};
use nameplate_store::{DeliveryOutcome, DeliveryRow, DeliveryState, Store, WebhookRow, WebhookState};
use nameplate_testkit::both_engines;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

fn webhook(n: u128, events: &[HookEvent]) -> WebhookRow {
    WebhookRow {
        id: WebhookId::new(Uuid::from_u128(n)),
        url: HookUrl::parse("https://crm.example.com/hooks?key=1").unwrap(),
        events: events.to_vec(),
        state: WebhookState::On,
        state_since: now(),
        secret: vec![1, 2, 3],
        previous: None,
        key_version: 1,
        sequence: 0,
        failures: 0,
        failing_since: None,
        not_before: Timestamp::UNIX_EPOCH,
        lease_until: Timestamp::UNIX_EPOCH,
        created_at: now(),
        version: 1,
    }
}

fn delivery(n: u128, webhook: &WebhookRow) -> DeliveryRow {
    DeliveryRow {
        id: DeliveryId::new(Uuid::from_u128(n)),
        webhook_id: webhook.id,
        agent_id: None,
        kind: "agent.updated".into(),
        data: format!(r#"{{"n":{n}}}"#),
        state: DeliveryState::Waiting,
        sequence: None,
        attempts: 0,
        tried_at: None,
        status: None,
        problem: None,
        created_at: now(),
    }
}

async fn keep(store: &Store, webhooks: &[WebhookRow], deliveries: &[DeliveryRow]) {
    let (webhooks, deliveries) = (webhooks.to_vec(), deliveries.to_vec());
    commit!(store, |tx| {
        for one in &webhooks {
            tx.insert_webhook(one).await?;
        }
        for one in &deliveries {
            tx.add_delivery(one).await?;
        }
    })
    .unwrap();
}

/// What a caller gets at an instant, with a lease of a minute.
async fn claim(store: &Store, seconds: i64) -> Vec<(WebhookRow, DeliveryRow)> {
    commit!(store, |tx| tx.claim_webhooks(20, at(seconds), at(seconds + 60)).await?).unwrap()
}

async fn settle(
    store: &Store,
    (webhook, delivery): &(WebhookRow, DeliveryRow),
    outcome: DeliveryOutcome,
) -> bool {
    let (lease, id) = ((webhook.id, webhook.lease_until, webhook.version), delivery.id);
    let answer = match outcome {
        DeliveryOutcome::Delivered => (Some(204), None),
        _ => (Some(500), Some("refused")),
    };
    commit!(store, |tx| tx.settle_delivery(lease, id, outcome, answer, at(5)).await?).unwrap()
}

both_engines! {
    async fn a_webhook_is_kept_changed_once_a_version_and_forgotten_with_what_it_was_told(database: TestDatabase) {
        let store = open(&database).await;
        let both = [HookEvent::AgentCreated, HookEvent::MeetingScheduled];
        let (one, other) = (webhook(1, &both), webhook(2, &[HookEvent::MeetingScheduled]));
        keep(&store, &[one.clone(), other.clone()], &[delivery(1, &one), delivery(2, &other)]).await;
        assert_eq!(query!(store, |tx| tx.webhooks().await?), [one.clone(), other.clone()]);
        assert_eq!(query!(store, |tx| tx.webhooks_for(HookEvent::AgentCreated).await?), [one.id]);
        assert_eq!(query!(store, |tx| tx.webhooks_for(HookEvent::MeetingScheduled).await?), [one.id, other.id]);
        assert_eq!(query!(store, |tx| tx.webhooks_for(HookEvent::AgentUpdated).await?), []);

        let mut changed = one.clone();
        changed.url = HookUrl::parse("https://other.example.com/").unwrap();
        changed.events = vec![HookEvent::AgentUpdated];
        (changed.state, changed.state_since) = (WebhookState::Off, at(9));
        (changed.secret, changed.previous) = (vec![4], Some((vec![1, 2, 3], at(86_400))));
        assert!(commit!(store, |tx, changed| tx.save_webhook(&changed).await?).unwrap());
        assert!(!commit!(store, |tx, one| tx.save_webhook(&one).await?).unwrap(), "an older version");
        changed.version = 2;
        let id = one.id;
        assert_eq!(query!(store, |tx| tx.webhook(id).await?), Some(changed));
        assert_eq!(query!(store, |tx| tx.webhooks_for(HookEvent::AgentUpdated).await?), [], "it is off");

        commit!(store, |tx| tx.delete_webhook(id).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.webhook(id).await?), None);
        assert_eq!(query!(store, |tx| tx.deliveries_of(id, None, 9).await?), []);
        let left = other.id;
        assert_eq!(query!(store, |tx| tx.deliveries_of(left, None, 9).await?).len(), 1);
    }

    async fn one_try_at_a_time_in_order_and_one_webhook_never_waits_for_another(database: TestDatabase) {
        let store = open(&database).await;
        let (one, other) = (webhook(1, &[HookEvent::AgentUpdated]), webhook(2, &[HookEvent::AgentUpdated]));
        // The order of writing counts, not that of the ids.
        keep(&store, &[one.clone(), other.clone()], &[delivery(3, &one), delivery(2, &one), delivery(4, &other)]).await;
        let first = claim(&store, 0).await;
        let told = |claimed: &[(WebhookRow, DeliveryRow)]| -> Vec<_> {
            claimed.iter().map(|(_, row)| (row.id.uuid().as_u128(), row.sequence, row.attempts)).collect()
        };
        assert_eq!(told(&first), [(3, Some(1), 1), (4, Some(1), 1)]);
        assert_eq!(claim(&store, 1).await, [], "both are being told");
        assert_eq!(query!(store, |tx| tx.next_webhook_due().await?), Some(at(60)), "when the leases end");

        // One fails and is tried again later, with its number; the other has nothing more to hear.
        assert!(settle(&store, &first[0], DeliveryOutcome::Retry(at(30))).await);
        assert!(settle(&store, &first[1], DeliveryOutcome::Delivered).await);
        assert!(!settle(&store, &first[1], DeliveryOutcome::Delivered).await, "not twice");
        assert_eq!(claim(&store, 29).await, []);
        assert_eq!(query!(store, |tx| tx.next_webhook_due().await?), Some(at(30)));
        let id = one.id;
        let failing = query!(store, |tx| tx.webhook(id).await?).unwrap();
        assert_eq!((failing.failures, failing.failing_since, failing.not_before), (1, Some(at(5)), at(30)));
        let again = claim(&store, 30).await;
        assert_eq!(told(&again), [(3, Some(1), 2)]);
        assert!(settle(&store, &again[0], DeliveryOutcome::Delivered).await);
        let well = query!(store, |tx| tx.webhook(id).await?).unwrap();
        assert_eq!((well.failures, well.failing_since, well.sequence), (0, None, 1));
        assert_eq!(told(&claim(&store, 31).await), [(2, Some(2), 1)]);

        // Whoever was slower than the lease has no say any more.
        let late = claim(&store, 91).await;
        assert_eq!(told(&late), [(2, Some(2), 2)]);
        let stale = (WebhookRow { lease_until: at(91), ..late[0].0.clone() }, late[0].1.clone());
        assert!(!settle(&store, &stale, DeliveryOutcome::Delivered).await);
        commit!(store, |tx| tx.release_webhook_leases().await?).unwrap();
        assert_eq!(told(&claim(&store, 92).await), [(2, Some(2), 3)]);
    }

    async fn what_is_given_up_turns_its_webhook_off_and_can_leave_once_more(database: TestDatabase) {
        let store = open(&database).await;
        let one = webhook(1, &[HookEvent::AgentUpdated]);
        keep(&store, std::slice::from_ref(&one), &[delivery(1, &one), delivery(2, &one)]).await;
        let claimed = claim(&store, 0).await;
        assert!(settle(&store, &claimed[0], DeliveryOutcome::GiveUp).await);
        let (id, first) = (one.id, claimed[0].1.id);
        let off = query!(store, |tx| tx.webhook(id).await?).unwrap();
        assert_eq!((off.state, off.state_since, off.version), (WebhookState::Failed, at(5), 2));
        let row = query!(store, |tx| tx.delivery(first).await?).unwrap();
        assert_eq!((row.state, row.status, row.problem.as_deref()), (DeliveryState::Failed, Some(500), Some("refused")));
        assert_eq!(claim(&store, 100).await, [], "it is off");
        assert_eq!(query!(store, |tx| tx.next_webhook_due().await?), None);
        assert_eq!(query!(store, |tx| tx.count_waiting(id).await?), 1);

        let on = WebhookRow { state: WebhookState::On, ..off };
        assert!(commit!(store, |tx, on| tx.save_webhook(&on).await?).unwrap());
        commit!(store, |tx| tx.replay_delivery(id, first).await?).unwrap();
        let again = claim(&store, 100).await;
        assert_eq!((again[0].1.id, again[0].1.sequence), (first, Some(1)), "before what came after it");
        assert!(settle(&store, &again[0], DeliveryOutcome::Retry(at(500))).await);
        commit!(store, |tx| tx.try_webhook_now(id).await?).unwrap();
        assert_eq!(claim(&store, 101).await[0].1.attempts, 3);
    }

    async fn what_failed_under_other_settings_says_nothing_of_these(database: TestDatabase) {
        let store = open(&database).await;
        let one = webhook(1, &[HookEvent::AgentUpdated]);
        keep(&store, std::slice::from_ref(&one), &[delivery(1, &one)]).await;
        for outcome in [DeliveryOutcome::GiveUp, DeliveryOutcome::Retry(at(500))] {
            let claimed = claim(&store, 0).await;
            // An admin mends the address while the call hangs.
            let mended = claimed[0].0.clone();
            assert!(commit!(store, |tx, mended| tx.save_webhook(&mended).await?).unwrap());
            assert!(!settle(&store, &claimed[0], outcome).await);
            let id = one.id;
            let now = query!(store, |tx| tx.webhook(id).await?).unwrap();
            assert_eq!((now.state, now.failures, now.not_before), (WebhookState::On, 0, Timestamp::UNIX_EPOCH));
        }
        assert_eq!(claim(&store, 1).await.len(), 1, "it is tried again at once");
    }

    async fn deliveries_are_listed_in_pages_and_pruned(database: TestDatabase) {
        let store = open(&database).await;
        let one = webhook(1, &[HookEvent::AgentUpdated]);
        let old = DeliveryRow { created_at: at(-10), ..delivery(1, &one) };
        let orphan = delivery(9, &webhook(7, &[]));
        let off = WebhookRow { state: WebhookState::Off, ..webhook(2, &[]) };
        let unheard = DeliveryRow { created_at: at(-10), ..delivery(4, &off) };
        keep(&store, &[one.clone(), off.clone()], &[old, delivery(2, &one), delivery(3, &one), unheard, orphan]).await;
        let (id, off) = (one.id, off.id);
        let ids = |rows: Vec<DeliveryRow>| rows.iter().map(|row| row.id.uuid().as_u128()).collect::<Vec<_>>();
        let page = query!(store, |tx| tx.deliveries_of(id, None, 2).await?);
        let last = page[1].id;
        assert_eq!(ids(page), [3, 2]);
        assert_eq!(ids(query!(store, |tx| tx.deliveries_of(id, Some(last), 2).await?)), [1]);
        assert_eq!(commit!(store, |tx| tx.prune_deliveries(now()).await?).unwrap(), 2, "what nobody called for, and the orphan");
        assert_eq!(ids(query!(store, |tx| tx.deliveries_of(id, None, 9).await?)), [3, 2, 1], "what waits for one that is called stays");
        assert_eq!(ids(query!(store, |tx| tx.deliveries_of(off, None, 9).await?)), []);
    }

    async fn nothing_that_was_told_of_an_erased_account_stays(database: TestDatabase) {
        let store = open(&database).await;
        let (on, off) = (webhook(1, &[]), WebhookRow { state: WebhookState::Off, ..webhook(2, &[]) });
        let about = |n, webhook, agent| DeliveryRow { agent_id: Some(agent), ..delivery(n, webhook) };
        let rows = [about(1, &on, ANNA), about(2, &off, ANNA), about(3, &on, BERT), about(4, &on, ANNA)];
        keep(&store, &[on.clone(), off.clone()], &rows).await;
        let claimed = claim(&store, 0).await;
        assert!(settle(&store, &claimed[0], DeliveryOutcome::Delivered).await);
        assert_eq!(query!(store, |tx| tx.count_untold_of(ANNA).await?), 1, "what is told and what is off hold up nothing");
        commit!(store, |tx| tx.erase_deliveries(ANNA).await?).unwrap();
        let (on, off) = (on.id, off.id);
        assert_eq!(query!(store, |tx| tx.deliveries_of(off, None, 9).await?), []);
        let left = query!(store, |tx| tx.deliveries_of(on, None, 9).await?);
        assert_eq!(left.iter().map(|row| row.agent_id).collect::<Vec<_>>(), [Some(BERT)]);
    }

    async fn several_callers_at_once_never_have_the_same_webhook(database: TestDatabase) {
        let store = Arc::new(open(&database).await);
        let webhooks: Vec<_> = (1..=8).map(|n| webhook(n, &[HookEvent::AgentUpdated])).collect();
        let deliveries: Vec<_> = (0..40).map(|n| delivery(n + 1, &webhooks[usize::try_from(n % 8).unwrap()])).collect();
        keep(&store, &webhooks, &deliveries).await;
        let callers = (0..6).map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                commit!(store, |tx| tx.claim_webhooks(3, now(), at(60)).await?).unwrap()
            })
        });
        let mut seen = BTreeSet::new();
        for caller in callers.collect::<Vec<_>>() {
            for (webhook, delivery) in caller.await.unwrap() {
                assert!(seen.insert(webhook.id), "claimed twice");
                assert_eq!(delivery.sequence, Some(1));
            }
        }
        assert_eq!(claim(&store, 0).await.len() + seen.len(), 8);
    }
}
