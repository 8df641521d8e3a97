//! People from a file (AD-04).

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{Recorder, agent, anonymous, app, as_agent, now, with_limits};
use nameplate_app::accounts::{external_ids, find};
use nameplate_app::audit::{self, By, Event};
use nameplate_app::limits::{Limits, Rate};
use nameplate_app::people::imports::{
    self, Column, Counts, Failed, Fault, FileFault, Import, State, Verdict, Way, work_off,
};
use nameplate_app::people::{self, Filter, export};
use nameplate_app::{Actor, App, Ctx, Error, Refusal, fields};
use nameplate_domain::account::{
    Agent, AgentStatus, FieldDraft, FieldEditor, FieldKey, FieldKind, FieldLabel, FieldPlaces, Role,
};
use nameplate_testkit::both_engines;
use std::sync::Arc;

fn as_admin(admin: &Agent) -> Ctx {
    let Actor::Agent { id, session, .. } = as_agent(admin).actor else { return anonymous() };
    Ctx { actor: Actor::Agent { id, role: Role::Admin, session }, ..anonymous() }
}

/// An agent as an admin.
async fn admin(app: &App, slug: &str) -> Agent {
    let mut admin = agent(app, slug).await;
    admin.role = Role::Admin;
    let stored = admin.clone();
    app.store().write(move |tx| async move { tx.save_agent(&stored, now()).await }).await.unwrap();
    admin.version += 1;
    admin
}

async fn hand_in(app: &App, ctx: &Ctx, text: &str) -> Import {
    imports::hand_in(app, ctx, Way::Page, "people.csv", text.as_bytes().to_vec()).await.unwrap().unwrap()
}

/// Confirms a file and works it off.
async fn import(app: &App, ctx: &Ctx, text: &str) -> (Counts, Vec<Failed>) {
    let import = hand_in(app, ctx, text).await;
    imports::confirm(app, ctx, &import).await.unwrap();
    assert!(work_off(app, now).await.unwrap());
    assert_eq!(imports::find(app, ctx, import.id).await.unwrap().state, State::Done);
    let failed = imports::failed(app, ctx, import.id, 99).await.unwrap();
    (imports::counts(app, ctx, import.id).await.unwrap(), failed)
}

/// The verdicts of a file, as words: `ready`, `here name,role`, `duplicate 2`, `invalid email:email-format`.
async fn verdicts(app: &App, ctx: &Ctx, text: &str) -> Vec<String> {
    let import = hand_in(app, ctx, text).await;
    let rows = imports::preview(app, ctx, &import).await.unwrap().rows;
    let more = |verdict: &Verdict| match verdict {
        Verdict::Ready => String::new(),
        Verdict::Here(columns) => columns.iter().map(Column::word).collect::<Vec<_>>().join(","),
        Verdict::Duplicate(line) => line.to_string(),
        Verdict::Invalid(faults) => told(faults),
    };
    rows.iter()
        .map(|row| format!("{} {}", row.verdict.word(), more(&row.verdict)).trim().to_owned())
        .collect()
}

fn told(faults: &[Fault]) -> String {
    faults.iter().map(|one| format!("{}:{}", one.column, one.code)).collect::<Vec<_>>().join(" ")
}

const FILE: &str = "\u{feff}Full name;E-mail;Role;Phone number;City;Country;Time zone;fields.region;external_ids.crm\r\n\
    Mirjam Visser;mirjam@example.com;;06 12345678;Utrecht;NL;Europe/Amsterdam;North;'=1\r\n\
    \"de Boer; Jan\";jan@example.com;Beheerder;;;;;;\r\n\
    Anna Bérg;ANNA@example.com;;;Berlin;;;;\r\n\
    Mirjam;Mirjam@Example.com;;;;;;;\r\n\
    ;nobody@example.com;;;;;;;\r\n\
    Kim;kim@example;Boss;12;;XX;Mars;South;\r\n";

both_engines! {
    async fn ad_04_a_file_is_judged_before_anything_is_done_and_does_what_was_shown(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let (robin, anna) = (admin(&app, "robin").await, agent(&app, "anna").await);
        let ctx = as_admin(&robin);
        fields_of(&app, &ctx).await;
        let shown = verdicts(&app, &ctx, FILE).await;
        let kim = "invalid role:not-a-choice location.country:country-unknown time_zone:time-zone-unknown fields.region:not-a-choice";
        assert_eq!(shown[..5], ["ready", "ready", "here location.city", "duplicate 2", "invalid :name-missing"]);
        assert!(shown[5].contains("email:email-domain") || shown[5].contains("email:email-format"), "{}", shown[5]);
        for fault in kim.split(' ').skip(1) {
            assert!(shown[5].contains(fault), "{fault} in {}", shown[5]);
        }
        assert!(sent.drain(&app, now).await.is_empty(), "no mail before the confirmation");
        assert!(!work_off(&app, now).await.unwrap());
        assert_eq!(people::list(&app, &ctx, &Filter::default()).await.unwrap().all, 2);

        let (counts, failed) = import(&app, &ctx, FILE).await;
        assert_eq!(counts, Counts { invited: 2, updated: 1, failed: 3, ..Counts::default() });
        let reasons: Vec<_> = failed.iter().map(|row| (row.line, told(&row.faults))).collect();
        assert_eq!(reasons[..2], [(5, "email:duplicate".to_owned()), (6, ":name-missing".to_owned())]);
        assert_eq!(failed[0].faults[0].args, [("line".to_owned(), "2".to_owned())]);
        assert_eq!((failed[2].line, failed[2].cells[0].as_str()), (7, "Kim"));
        let mirjam = find(&app, "mirjam-visser").await.unwrap();
        assert_eq!((mirjam.status, mirjam.role, mirjam.time_zone.as_str()), (AgentStatus::Invited, Role::Agent, "Europe/Amsterdam"));
        assert_eq!(mirjam.phone_number.as_ref().unwrap().e164(), "+31612345678");
        assert_eq!(fields::of(&app, mirjam.id).await.unwrap()[0].value.as_ref().unwrap().to_text(), "North");
        let ids = external_ids::of_each(&app, vec![mirjam.id]).await.unwrap().remove(0);
        assert_eq!(ids.values().next().unwrap().as_str(), "=1");
        assert_eq!(find(&app, "de-boer-jan").await.unwrap().role, Role::Admin);
        assert_eq!(find(&app, "anna").await.unwrap().location.city.unwrap().as_str(), "Berlin");
        let mut told: Vec<_> = sent.drain(&app, now).await.into_iter().map(|(row, _)| (row.kind, row.recipient)).collect();
        told.sort();
        assert_eq!(told, [("invitation".to_owned(), "jan@example.com".to_owned()), ("invitation".into(), "mirjam@example.com".into())]);
        let by = |agent: &Agent| { let ctx = as_agent(agent); let app = app.clone(); async move { audit::list(&app, &ctx, None).await.unwrap().entries } };
        assert_eq!((by(&anna).await[0].event, by(&anna).await[0].by), (Some(Event::ProfileChanged), By::Admin));
        assert_eq!(by(&robin).await[0].event, Some(Event::PeopleImported));
        // The same once more: who was invited is there.
        let (counts, _) = import(&app, &ctx, FILE).await;
        assert_eq!(counts, Counts { unchanged: 3, failed: 3, ..Counts::default() });
    }

    async fn who_is_there_keeps_what_the_file_does_not_say_and_nobody_is_locked_out(database: TestDatabase) {
        let app = app(&database).await;
        let (robin, sam, anna) = (admin(&app, "robin").await, admin(&app, "sam").await, agent(&app, "anna").await);
        let ctx = as_admin(&robin);
        let text = "email,role,slug,job_title,phone_number\nrobin@example.com,agent,,,\nsam@example.com,agent,,,\nanna@example.com,,robin,,\nanna@example.com.,,,,\nbea@example.com,,,,\n";
        let shown = verdicts(&app, &ctx, text).await;
        assert_eq!(shown[..3], ["invalid :role-stays", "invalid :role-stays", "invalid slug:slug-taken"]);
        assert_eq!(shown[4], "invalid :name-missing");
        let (counts, failed) = import(&app, &ctx, text).await;
        assert_eq!((counts.updated, counts.failed), (0, 5));
        assert_eq!(told(&failed[0].faults), ":role-stays");
        assert_eq!(find(&app, "sam").await.unwrap().role, Role::Admin, "a file takes no role from anybody");
        // Who is no admin any more invites nobody.
        let import = hand_in(&app, &ctx, "name,email\nBea,bea@example.com\n").await;
        imports::confirm(&app, &ctx, &import).await.unwrap();
        let mut former = find(&app, "robin").await.unwrap();
        former.role = Role::Agent;
        app.store().write(move |tx| async move { tx.save_agent(&former, now()).await }).await.unwrap();
        assert!(work_off(&app, now).await.unwrap());
        let failed = imports::failed(&app, &ctx, import.id, 9).await.unwrap();
        assert_eq!(told(&failed[0].faults), ":not-admin");
        assert_eq!(find(&app, "anna").await.unwrap().job_title, anna.job_title);
        assert!(find(&app, &sam.id.to_string()).await.is_ok());
    }

    async fn a_file_is_confirmed_once_as_it_was_seen_and_is_only_admins(database: TestDatabase) {
        let app = app(&database).await;
        let (robin, anna) = (admin(&app, "robin").await, agent(&app, "anna").await);
        let ctx = as_admin(&robin);
        let seen = hand_in(&app, &ctx, "Somebody,Where\nBea,bea@example.com\n").await;
        assert_eq!(seen.columns, [None, None]);
        assert!(!seen.has_email());
        let columns = [Some(Column::Name), Some(Column::Email)];
        imports::set_columns(&app, &ctx, seen.id, &columns).await.unwrap();
        assert!(matches!(imports::confirm(&app, &ctx, &seen).await, Err(Error::Stale)));
        let seen = imports::find(&app, &ctx, seen.id).await.unwrap();
        assert_eq!(seen.columns, columns);
        let nobody = as_agent(&anna);
        for refused in [imports::find(&app, &nobody, seen.id).await.is_err(), imports::confirm(&app, &nobody, &seen).await.is_err(), imports::discard(&app, &nobody, seen.id).await.is_err(), imports::list(&app, &nobody).await.is_err(), imports::set_columns(&app, &nobody, seen.id, &columns).await.is_err(), imports::preview(&app, &nobody, &seen).await.is_err(), imports::counts(&app, &nobody, seen.id).await.is_err(), imports::failed(&app, &nobody, seen.id, 1).await.is_err(), export(&app, &nobody).await.is_err(), imports::hand_in(&app, &nobody, Way::Page, "", b"email\nx".to_vec()).await.is_err()] {
            assert!(refused);
        }
        imports::confirm(&app, &ctx, &seen).await.unwrap();
        for again in [imports::confirm(&app, &ctx, &seen).await, imports::discard(&app, &ctx, seen.id).await, imports::set_columns(&app, &ctx, seen.id, &columns).await] {
            assert!(matches!(again, Err(Error::Refused(Refusal::OtherStatus))), "{again:?}");
        }
        assert!(work_off(&app, now).await.unwrap());
        assert!(find(&app, "bea").await.is_ok());
        let draft = hand_in(&app, &ctx, "email\nx@example.com\n").await;
        assert_eq!(imports::list(&app, &ctx).await.unwrap().iter().map(|(one, by)| (one.id, by.is_some())).collect::<Vec<_>>(), [(draft.id, true), (seen.id, true)]);
        imports::discard(&app, &ctx, draft.id).await.unwrap();
        assert!(matches!(imports::find(&app, &ctx, draft.id).await, Err(Error::NotFound)));
        let empty = imports::hand_in(&app, &ctx, Way::Page, "", b"email\n".to_vec()).await.unwrap();
        assert_eq!(empty.err(), Some(FileFault::Empty));
    }

    async fn two_workers_and_one_that_stops_do_each_row_once(database: TestDatabase) {
        let (app, sent) = (app(&database).await, Arc::new(Recorder::default()));
        let ctx = as_admin(&admin(&app, "robin").await);
        let rows = (0..120).map(|n| format!("Person Same,p{n}@example.com")).collect::<Vec<_>>().join("\n");
        let import = hand_in(&app, &ctx, &format!("name,email\n{rows}")).await;
        imports::confirm(&app, &ctx, &import).await.unwrap();
        // One that is stopped in the middle of its work, as by kill -9.
        let stopped = tokio::spawn({ let app = app.clone(); async move { work_off(&app, now).await } });
        while imports::counts(&app, &ctx, import.id).await.unwrap().invited < 20 {
            tokio::task::yield_now().await;
        }
        stopped.abort();
        assert!(!work_off(&app, now).await.unwrap(), "its lease holds");
        let later = || now() + jiff::SignedDuration::from_mins(1);
        app.store().write(|tx| async move { tx.release_people_imports().await }).await.unwrap();
        let one = tokio::spawn({ let app = app.clone(); async move { work_off(&app, later).await } });
        app.store().write(|tx| async move { tx.release_people_imports().await }).await.unwrap();
        let other = tokio::spawn({ let app = app.clone(); async move { work_off(&app, later).await } });
        one.await.unwrap().unwrap();
        other.await.unwrap().unwrap();
        while work_off(&app, || now() + jiff::SignedDuration::from_hours(1)).await.unwrap() {}
        assert_eq!(imports::counts(&app, &ctx, import.id).await.unwrap(), Counts { invited: 120, ..Counts::default() });
        assert_eq!(people::list(&app, &ctx, &Filter::default()).await.unwrap().all, 121);
        let mut mails = 0;
        loop {
            let told = sent.drain(&app, || now() + jiff::SignedDuration::from_hours(2)).await.len();
            mails += told;
            if told == 0 { break; }
        }
        assert_eq!(mails, 120);
        assert_eq!(imports::find(&app, &ctx, import.id).await.unwrap().state, State::Done);
    }

    async fn sec_c17_what_is_given_out_comes_back_and_changes_nothing(database: TestDatabase) {
        let app = app(&database).await;
        let ctx = as_admin(&admin(&app, "robin").await);
        fields_of(&app, &ctx).await;
        agent(&app, "anna").await;
        let text = "name,display_name,email,slug,phone_number,job_title,location.street,country,region,external_ids.crm\n\
            =cmd()|x,@you,evil@example.com,evil-one,+31612345678,-1,'+x,NL,North,+7\n";
        assert_eq!(import(&app, &ctx, text).await.0.invited, 1);
        let given = export(&app, &ctx).await.unwrap();
        let file = String::from_utf8(given).unwrap();
        assert!(file.contains("'=cmd()|x,'@you,evil@example.com,agent,evil-one,Europe/Berlin,'+31612345678,'-1,,'+x,,,,NL,North,'+7"), "{file}");
        assert_eq!(verdicts(&app, &ctx, &file).await, ["here"; 3]);
        assert_eq!(import(&app, &ctx, &file).await.0, Counts { unchanged: 3, ..Counts::default() });
    }

    async fn all_of_a_file_may_be_invited_at_once_and_nobody_too_often(database: TestDatabase) {
        let limits = Limits { invite: vec![Rate::new(1, 60)], invite_address: vec![Rate::new(1, 24 * 60)], ..Limits::default() };
        let app = with_limits(&database, limits).await;
        let ctx = as_admin(&admin(&app, "robin").await);
        let (counts, _) = import(&app, &ctx, "name,email\nA Bee,a@example.com\nB Bee,b@example.com\nC Bee,c@example.com\n").await;
        assert_eq!(counts.invited, 3);
    }
}

/// A profile field that admins fill in with a choice.
async fn fields_of(app: &App, ctx: &Ctx) {
    let draft = FieldDraft {
        label: FieldLabel::parse("Region").unwrap(),
        choices: vec!["North".into(), "West".into()],
        required: true,
        editor: FieldEditor::Admins,
        places: FieldPlaces::Both,
    };
    fields::create(app, ctx, FieldKey::parse("region").unwrap(), FieldKind::Choice, draft).await.unwrap();
}
