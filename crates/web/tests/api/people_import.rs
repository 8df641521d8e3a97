//! People from a file, by the pages (AD-04).

use crate::world::{SAME_ORIGIN, World};
use nameplate_testkit::both_engines;
use serde_json::{Value, json};

/// An admin at the pages.
async fn admin(world: &World) -> String {
    let path = format!("/api/v1/agents/{}", world.anna.agent.id);
    world.ask(&format!("PATCH {path}"), &world.admin.token, json!({"role": "admin"})).await.expect(200);
    world.session().await
}

/// Hands a file in; the answer.
pub async fn hand_in(
    world: &World,
    cookie: &str,
    name: &str,
    bytes: &[u8],
    pasted: &str,
) -> crate::world::Answer {
    let mut body = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\n{pasted}\r\n\
         --cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--cut--\r\n");
    let headers = ["content-type: multipart/form-data; boundary=cut", SAME_ORIGIN, cookie];
    world.raw("POST /admin/people/import", &headers, body).await
}

async fn work(world: &World) {
    while nameplate_app::people::imports::work_off(world.app(), crate::world::now).await.unwrap() {}
}

both_engines! {
    async fn ad_04_a_file_goes_through_its_four_pages(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = admin(&world).await;
        let file = b"Naam;E-mailadres;Titel\nZo\xeb;zoe@example.org;Adviser\n;anna@example.com;'=Lead\nSam;sam@example;\nZoe;ZOE@example.org;\n";
        let sent = hand_in(&world, &cookie, "people.csv", file, "").await.expect(303);
        let path = sent.header("location").to_owned();
        let draft = world.page(&path, &cookie).await.expect(200);
        for text in ["Import people.csv", "read as windows-1252 with semicolons", "Zoë", "Invite 1 person", "The same email address as on line 2", "2 rows are left out"] {
            assert!(draft.text.contains(text), "{text} in {}", draft.text);
        }
        // "Titel" is nobody's word for a column until the admin says so.
        let columns = [("column_0", "name"), ("column_1", "email"), ("column_2", "name")];
        let twice = world.send(&format!("{path}/columns"), &cookie, &columns).await.expect(422);
        assert!(twice.text.contains("Another column is this already"));
        let columns = [("column_0", "name"), ("column_1", "email"), ("column_2", "job_title")];
        let set = world.send(&format!("{path}/columns"), &cookie, &columns).await.expect(303);
        assert_eq!(set.header("location"), path);
        let draft = world.page(&format!("{path}?show=here"), &cookie).await.expect(200);
        assert!(draft.text.contains("Invite 1 person and change 1") && draft.text.contains("Changes: Job title"), "{}", draft.text);
        assert!(!draft.text.contains("<bdi class=\"reach\">Zoë"), "only who is here");

        let old = world.send(&format!("{path}/confirm"), &cookie, &[("columns", "name\nemail\n")]).await;
        assert_eq!(old.status, 409, "another one than was seen");
        for _ in 0..2 {
            let done = world.send(&format!("{path}/confirm"), &cookie, &[("columns", "name\r\nemail\r\njob_title")]).await.expect(303);
            assert_eq!(done.header("location"), path);
        }
        let running = world.page(&path, &cookie).await.expect(200);
        assert!(running.text.contains("is being imported") && running.text.contains("http-equiv=\"refresh\""));
        let gone = world.send(&format!("{path}/discard"), &cookie, &[]).await.expect(303);
        assert_eq!(gone.header("location"), path, "it is confirmed");
        work(&world).await;
        let progress = world.page(&format!("{path}/progress"), &cookie).await.expect(200);
        assert!(progress.text.contains("data-over") && progress.text.contains("4 of 4 rows are done"), "{}", progress.text);
        let result = world.page(&path, &cookie).await.expect(200);
        assert!(result.text.contains("people.csv is imported") && result.text.contains("Download rows that failed"));
        let failed = world.page(&format!("{path}/failed.csv"), &cookie).await.expect(200);
        assert_eq!(failed.header("content-disposition"), "attachment; filename=\"people-failed.csv\"");
        assert!(failed.header("content-type").starts_with("text/csv"));
        assert!(failed.text.contains("Naam,E-mailadres,Titel,Reason\r\nSam,sam@example,,Email: "), "{}", failed.text);
        let anna = world.ask("GET /api/v1/agents/anna", &world.admin.token, Value::Null).await.expect(200);
        assert_eq!(anna.json["job_title"], "=Lead");
        let all = world.page("/admin/people.csv", &cookie).await.expect(200);
        assert!(all.text.contains("'=Lead") && all.text.contains("zoe@example.org"), "{}", all.text);
        let list = world.page("/admin/people/import", &cookie).await.expect(200);
        assert!(list.text.contains("people.csv") && list.text.contains("Done"));
    }

    async fn what_is_no_file_of_people_is_told_beside_the_field(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = admin(&world).await;
        for (bytes, pasted, text) in [
            (&b""[..], "  ", "Choose a CSV file, or paste rows"),
            (b"", "name,email", "This file has no rows below its headers"),
            (b"PK\x03\x04\x00\x00", "", "This is no CSV file"),
        ] {
            let refused = hand_in(&world, &cookie, "x.csv", bytes, pasted).await.expect(422);
            assert!(refused.text.contains(text), "{text}");
            assert!(pasted.trim().is_empty() || refused.text.contains("name,email</textarea>"), "what was pasted is kept");
        }
        let large = hand_in(&world, &cookie, "x.csv", &vec![b'a'; 10_000_001], "").await.expect(422);
        assert!(large.text.contains("larger than 10 MB"));
        let pasted = hand_in(&world, &cookie, "", b"", "email\tname\nzoe@example.org\tZoe\n").await.expect(303);
        let draft = world.page(pasted.header("location"), &cookie).await.expect(200);
        assert!(draft.text.contains("Import Pasted rows") && draft.text.contains("with tabs"));
        let nothing = hand_in(&world, &cookie, "x.csv", b"a,b\n1,2\n", "").await.expect(303);
        let path = nothing.header("location").to_owned();
        let draft = world.page(&path, &cookie).await.expect(200);
        assert!(draft.text.contains("which column holds the email addresses") && !draft.text.contains("/confirm"));
        let gone = world.send(&format!("{path}/discard"), &cookie, &[]).await.expect(303);
        assert_eq!(gone.header("location"), "/admin/people/import?saved=import-discarded");
        world.page(&path, &cookie).await.expect(404);
        world.page("/admin/people/import/imp_x", &cookie).await.expect(404);
        let sample = world.page("/admin/people/import/sample.csv", &cookie).await.expect(200);
        let again = hand_in(&world, &cookie, "sample.csv", sample.text.as_bytes(), "").await.expect(303);
        let draft = world.page(again.header("location"), &cookie).await.expect(200);
        assert!(draft.text.contains("Invite 1 person"), "{}", draft.text);
    }
}
