//! Files of people, and what is read of everybody at once.

use crate::fixtures::{ANNA, BERT, at, email, now, open};
use nameplate_domain::account::{ExternalId, FieldKey};
use nameplate_domain::ids::{AgentId, EmailUndoId, PeopleImportId};
use nameplate_store::{
    EmailUndoRow, PeopleImportRow, PeopleImportState, PeopleRowCounts, PeopleRowState, Store,
};
use nameplate_testkit::both_engines;
use uuid::Uuid;

const FIRST: PeopleImportId = PeopleImportId::new(Uuid::from_u128(1));
const SECOND: PeopleImportId = PeopleImportId::new(Uuid::from_u128(2));

fn file(id: PeopleImportId, created: i64) -> PeopleImportRow {
    PeopleImportRow {
        id,
        admin_id: ANNA,
        by_command_line: created > 0,
        file_name: "people.csv".into(),
        encoding: "UTF-8".into(),
        delimiter: ";".into(),
        headers: r#"["Name","Email"]"#.into(),
        columns: r#"["name","email"]"#.into(),
        row_count: 3,
        state: PeopleImportState::Draft,
        created_at: at(created),
        confirmed_at: None,
        ended_at: None,
    }
}

/// Two files of three rows.
async fn with_files(store: &Store) {
    for (id, created) in [(FIRST, 0), (SECOND, 1)] {
        let file = file(id, created);
        commit!(store, |tx, file| tx.insert_people_import(&file).await?).unwrap();
        let rows = r#"[[2, ["Ann \"A\" é", "ann@example.com"]], [3, ["Bo;b", "bob@example.com"]]]"#;
        commit!(store, |tx| {
            tx.add_people_import_rows(id, rows).await?;
            tx.add_people_import_rows(id, r#"[[7, ["", "cid@example.com"]]]"#).await?;
        })
        .unwrap();
    }
}

async fn state(store: &Store, id: PeopleImportId) -> PeopleImportState {
    query!(store, |tx| tx.people_import(id).await?).unwrap().state
}

both_engines! {
    async fn a_file_is_kept_with_its_rows_and_a_draft_can_be_changed_and_forgotten(database: TestDatabase) {
        let store = open(&database).await;
        with_files(&store).await;
        let ids: Vec<_> = query!(store, |tx| tx.people_imports(9).await?).iter().map(|one| one.id).collect();
        assert_eq!(ids, [SECOND, FIRST]);
        assert_eq!(query!(store, |tx| tx.people_imports(1).await?).len(), 1);
        assert_eq!(query!(store, |tx| tx.people_import(FIRST).await?), Some(file(FIRST, 0)));
        let rows = query!(store, |tx| tx.people_import_rows(FIRST, 0, None, 9).await?);
        let read: Vec<(i64, Vec<String>)> = rows.iter().map(|row| (row.line, serde_json::from_str(&row.cells).unwrap())).collect();
        let expected = [(2, ["Ann \"A\" é", "ann@example.com"]), (3, ["Bo;b", "bob@example.com"]), (7, ["", "cid@example.com"])];
        assert_eq!(read, expected.map(|(line, cells)| (line, cells.map(str::to_owned).to_vec())));
        let behind = query!(store, |tx| tx.people_import_rows(FIRST, 2, Some(PeopleRowState::Waiting), 1).await?);
        assert_eq!(behind.iter().map(|row| row.line).collect::<Vec<_>>(), [3]);

        assert!(commit!(store, |tx| tx.set_people_import_columns(FIRST, r#"["","email"]"#).await?).unwrap());
        let seen = r#"["name","email"]"#;
        assert!(!commit!(store, |tx| tx.start_people_import(FIRST, seen, BERT, at(9)).await?).unwrap(), "another one than was seen");
        let seen = r#"["","email"]"#;
        assert!(commit!(store, |tx| tx.start_people_import(FIRST, seen, BERT, at(9)).await?).unwrap());
        assert!(!commit!(store, |tx| tx.start_people_import(FIRST, seen, BERT, at(9)).await?).unwrap(), "once");
        let running = query!(store, |tx| tx.people_import(FIRST).await?).unwrap();
        assert_eq!((running.state, running.admin_id, running.confirmed_at), (PeopleImportState::Running, BERT, Some(at(9))));
        assert!(!commit!(store, |tx| tx.set_people_import_columns(FIRST, "[]").await?).unwrap());
        assert!(!commit!(store, |tx| tx.delete_people_import(FIRST).await?).unwrap());
        assert!(commit!(store, |tx| tx.delete_people_import(SECOND).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.people_import(SECOND).await?), None);
    }

    async fn a_running_file_is_one_workers_at_a_time_and_each_row_is_done_once(database: TestDatabase) {
        let store = open(&database).await;
        with_files(&store).await;
        assert_eq!(commit!(store, |tx| tx.claim_people_import(now(), at(30)).await?).unwrap(), None, "a draft is nobody's to work off");
        let seen = r#"["name","email"]"#;
        for (id, confirmed) in [(SECOND, 10), (FIRST, 11)] {
            commit!(store, |tx| tx.start_people_import(id, seen, ANNA, at(confirmed)).await?).unwrap();
        }
        let claim = async |from: i64, until: i64| commit!(store, |tx| tx.claim_people_import(at(from), at(until)).await?).unwrap().map(|one| one.id);
        assert_eq!(claim(20, 50).await, Some(SECOND), "confirmed first");
        assert_eq!(claim(20, 50).await, Some(FIRST));
        assert_eq!(claim(20, 50).await, None);
        assert!(commit!(store, |tx| tx.renew_people_import(SECOND, at(50), at(80)).await?).unwrap());
        assert!(!commit!(store, |tx| tx.renew_people_import(SECOND, at(50), at(90)).await?).unwrap(), "it is another's");
        assert_eq!(claim(50, 90).await, Some(FIRST), "the lease ran out");
        commit!(store, |tx| tx.release_people_imports().await?).unwrap();
        assert_eq!(claim(50, 90).await, Some(SECOND));

        for (line, state) in [(2, PeopleRowState::Invited), (3, PeopleRowState::Failed)] {
            assert!(commit!(store, |tx| tx.take_people_import_row(FIRST, line).await?).unwrap());
            assert!(commit!(store, |tx| tx.settle_people_import_row(FIRST, line, state, "[1]", Some(BERT)).await?).unwrap());
            assert!(!commit!(store, |tx| tx.take_people_import_row(FIRST, line).await?).unwrap());
            assert!(!commit!(store, |tx| tx.settle_people_import_row(FIRST, line, PeopleRowState::Updated, "[]", None).await?).unwrap());
        }
        assert!(!commit!(store, |tx| tx.end_people_import(FIRST, at(60)).await?).unwrap(), "one waits");
        assert!(commit!(store, |tx| tx.settle_people_import_row(FIRST, 7, PeopleRowState::Unchanged, "[]", None).await?).unwrap());
        let counts = query!(store, |tx| tx.count_people_import_rows(FIRST).await?);
        assert_eq!(counts, PeopleRowCounts { invited: 1, failed: 1, unchanged: 1, ..PeopleRowCounts::default() });
        let failed = query!(store, |tx| tx.people_import_rows(FIRST, 0, Some(PeopleRowState::Failed), 9).await?);
        assert_eq!(failed.iter().map(|row| (row.line, row.faults.as_str(), row.agent_id)).collect::<Vec<_>>(), [(3, "[1]", Some(BERT))]);
        assert!(commit!(store, |tx| tx.end_people_import(FIRST, at(60)).await?).unwrap());
        assert!(!commit!(store, |tx| tx.end_people_import(FIRST, at(61)).await?).unwrap());
        assert_eq!(query!(store, |tx| tx.people_import(FIRST).await?).unwrap().ended_at, Some(at(60)));
    }

    async fn files_go_after_a_while_unless_they_run_and_rows_of_who_is_erased_say_nothing(database: TestDatabase) {
        let store = open(&database).await;
        with_files(&store).await;
        commit!(store, |tx| {
            tx.start_people_import(SECOND, r#"["name","email"]"#, ANNA, at(5)).await?;
            tx.settle_people_import_row(SECOND, 2, PeopleRowState::Updated, "[]", Some(BERT)).await?;
        }).unwrap();
        commit!(store, |tx| tx.erase_agent(BERT, &[]).await?).unwrap();
        let row = query!(store, |tx| tx.people_import_rows(SECOND, 0, None, 1).await?).remove(0);
        assert_eq!((row.cells.as_str(), row.agent_id), ("[]", None));
        commit!(store, |tx| tx.expire_people_imports(at(0)).await?).unwrap();
        assert_eq!(state(&store, FIRST).await, PeopleImportState::Draft);
        commit!(store, |tx| tx.expire_people_imports(at(9)).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.people_import(FIRST).await?), None);
        assert_eq!(query!(store, |tx| tx.people_import_rows(FIRST, 0, None, 9).await?), []);
        assert_eq!(state(&store, SECOND).await, PeopleImportState::Running);
    }

    async fn what_everybody_holds_is_read_at_once(database: TestDatabase) {
        let store = open(&database).await;
        let (crm, id) = (FieldKey::parse("crm").unwrap(), ExternalId::parse("A:7").unwrap());
        let undo = EmailUndoRow { id: EmailUndoId::new(Uuid::from_u128(9)), agent_id: ANNA, old_email: email("Old@example.com"), created_at: at(5) };
        commit!(store, |tx, crm, id, undo| {
            tx.put_external_id(BERT, &crm, Some(&id)).await?;
            tx.insert_email_undo(&undo).await?;
            tx.claim_slug("formerly", ANNA, now()).await?;
        }).unwrap();
        assert_eq!(query!(store, |tx| tx.all_external_ids().await?), [(BERT, crm, id)]);
        assert_eq!(query!(store, |tx| tx.all_held_emails(at(4)).await?), [("old@example.com".to_owned(), ANNA)]);
        assert_eq!(query!(store, |tx| tx.all_held_emails(at(5)).await?), []);
        let mut slugs: Vec<(String, AgentId)> = query!(store, |tx| tx.all_slugs().await?);
        slugs.sort();
        assert_eq!(slugs, [("anna".to_owned(), ANNA), ("bert".to_owned(), BERT), ("formerly".to_owned(), ANNA)]);
        assert_eq!(query!(store, |tx| tx.all_agent_fields().await?), []);
        commit!(store, |tx| tx.erase_agent(BERT, &["hash".to_owned()]).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.all_erased_slugs().await?), ["hash".to_owned()]);
    }
}
