//! Forms of signed-in agents: what a page says back to what was typed.

use crate::world::{FORM, PASSWORD, SAME_ORIGIN, World};
use nameplate_domain::account::password::Policy;
use nameplate_testkit::both_engines;
use nameplate_testkit::engines::TestDatabase;
use serde_json::{Value, json};

both_engines! {
    async fn f12_a_stale_save_shows_what_is_stored_beside_what_was_typed(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let version = world.page("/account", &cookie).await.expect(200).value("version").to_owned();
        let other = [("version", version.as_str()), ("job_title", "Keeper of the keys")];
        world.send("/account/job-title", &cookie, &other).await.expect(303);
        let typed = [("version", version.as_str()), ("job_title", "Adviser")];
        let stale = world.send("/account/job-title", &cookie, &typed).await.expect(422);
        assert_eq!(stale.value("job_title"), "Adviser", "what was typed stays");
        assert!(stale.text.contains("Stored now: Keeper of the keys"), "{}", stale.text);
        assert!(stale.text.contains("id=\"job_title-stored\""), "{}", stale.text);
        assert!(stale.text.contains("aria-describedby=\"job_title-error job_title-stored\""), "{}", stale.text);
        assert!(stale.text.contains("<a class=\"button\" href=\"/account\">Keep what is stored</a>"), "{}", stale.text);
        assert!(!stale.text.contains("name-stored"), "only the fields of the form that was sent: {}", stale.text);
        let again = [("version", stale.value("version")), ("job_title", "Adviser")];
        world.send("/account/job-title", &cookie, &again).await.expect(303);
    }

    async fn f12_stale_hours_and_meeting_types_say_what_is_stored(database: TestDatabase) {
        let world = World::new(database).await;
        let cookie = world.session().await;
        let version = world.page("/account/availability", &cookie).await.expect(200).value("version").to_owned();
        let hours = |until: &'static str| [("version", version.clone()), ("save", "1".into()), ("mon_from", "08:00".into()), ("mon_until", until.into())];
        let send = async |fields: [(&str, String); 4]| {
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            world.send("/account/availability/hours", &cookie, &fields).await
        };
        send(hours("11:00")).await.expect(303);
        let stale = send(hours("12:00")).await.expect(422);
        assert!(stale.text.contains("Stored now: 08:00-11:00"), "{}", stale.text);
        assert_eq!(stale.value("mon_until"), "12:00");
        assert!(!stale.text.contains("tue-stored"), "Tuesday is the same: {}", stale.text);

        let list = world.ask("GET /api/v1/meeting_types", &world.anna.token, Value::Null).await.expect(200).json;
        let path = format!("/account/meeting-types/{}", list["meeting_types"][0]["id"].as_str().unwrap());
        let page = world.page(&path, &cookie).await.expect(200);
        world.ask(&format!("PATCH /api/v1{}", path.replace("account/meeting-types", "meeting_types")), &world.anna.token,
            json!({"name": "Second opinion"})).await.expect(200);
        let fields = ["slug", "duration_minutes", "interval_minutes", "buffer_before_minutes", "buffer_after_minutes",
            "notice_minutes", "horizon_days", "version"];
        let mut fields: Vec<_> = fields.iter().map(|field| (*field, page.value(field))).collect();
        fields.push(("name", "First opinion"));
        let stale = world.send(&path, &cookie, &fields).await.expect(422);
        assert_eq!(stale.value("name"), "First opinion");
        assert!(stale.text.contains("Stored now: Second opinion"), "{}", stale.text);
        assert!(!stale.text.contains("slug-stored"), "{}", stale.text);
    }
}

#[tokio::test]
async fn the_theme_leads_back_to_a_page_that_can_be_read() {
    let world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    let back = |answer: &crate::world::Answer| answer.value("return_to").to_owned();
    for (path, page) in [
        ("/account/name", "/account"),
        ("/account/email", "/account"),
        ("/account/availability/overrides", "/account/availability"),
        ("/account/meeting-types/new", "/account/meeting-types/new"),
    ] {
        let wrong = world.send(path, &cookie, &[("new_email", "wrong")]).await.expect(422);
        assert_eq!(back(&wrong), page, "{path}");
        world.page(&back(&wrong), &cookie).await.expect(200);
    }
    let saved = world.page("/account?saved=name&more=echoed", &cookie).await.expect(200);
    assert!(saved.text.contains("Your name is saved."));
    assert_eq!(back(&saved), "/account");
    assert!(!saved.text.contains("echoed"), "what a packed page shows of its request gives its secrets away");
    let past = world.page("/account/meetings?past=1&more=echoed", &cookie).await.expect(200);
    assert_eq!(back(&past), "/account/meetings?past=1");

    let meeting = world.booked(10).await.json;
    let link = format!("/m/{}", crate::world::manage_token(&meeting));
    let moved = world.page(&format!("{link}?saved=moved"), "").await.expect(200);
    assert_eq!(back(&moved), link);
    let booking = "/anna/meeting/book?start=2026%2D11%2D24T12%3A00%3A00Z&#38;time_zone=Europe%2FBerlin";
    let wrong = [("start", "2026-11-24T12:00:00Z"), ("time_zone", "Europe/Berlin")];
    let wrong = world.send("/anna/meeting/book", "", &wrong).await.expect(422);
    assert_eq!(back(&wrong), booking);
    let signing_in = world.send("/sign-in", "", &[("return_to", "/account/meetings")]).await.expect(422);
    assert!(
        signing_in.text.contains("value=\"/sign-in?return_to=%2Faccount%2Fmeetings\""),
        "{}",
        signing_in.text
    );
}

#[tokio::test]
async fn s13_an_old_sign_in_is_proved_on_the_form_itself() {
    let mut world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    assert!(!world.page("/account", &cookie).await.expect(200).text.contains("email_password"));
    world.wait();
    assert!(world.page("/account", &cookie).await.expect(200).text.contains("name=\"email_password\""));
    let alone = world.send("/account/email", &cookie, &[("new_email", "anna@new.example")]).await.expect(422);
    assert_eq!(alone.value("new_email"), "anna@new.example", "nothing typed is lost");
    assert!(alone.text.contains("href=\"#email_password\">Enter your current password"), "{}", alone.text);
    let with = async |password: &str| {
        let fields = [("new_email", "anna@new.example"), ("email_password", password)];
        world.send("/account/email", &cookie, &fields).await
    };
    let wrong = with("not the password").await.expect(422);
    assert!(
        wrong.text.contains("href=\"#email_password\">This is not your current password"),
        "{}",
        wrong.text
    );
    assert_eq!(wrong.value("new_email"), "anna@new.example");
    assert_eq!(with(PASSWORD).await.expect(303).header("location"), "/account#email");
    assert!(world.page("/account", &cookie).await.text.contains("anna@new.example"));
}

#[tokio::test]
async fn a06_a_code_is_sent_again_after_a_minute_and_the_refusal_says_when() {
    let mut world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    world.send("/account/email", &cookie, &[("new_email", "anna@new.example")]).await.expect(303);
    let early = world.send("/account/email/resend", &cookie, &[]).await.expect(422);
    assert!(early.text.contains("href=\"#resend\">You can send it again in 60 seconds."), "{}", early.text);
    assert!(early.text.contains("Send it again</button>"), "{}", early.text);
    world.wait();
    world.send("/account/email/resend", &cookie, &[]).await.expect(303);
    let same = [("new_email", "anna@example.com"), ("email_password", PASSWORD)];
    let same = world.send("/account/email", &cookie, &same).await.expect(303);
    assert_eq!(same.header("location"), "/account?saved=email-kept", "what is given up is said");
}

#[tokio::test]
async fn a27_a_file_over_the_limit_is_told_its_size_by_page_and_api() {
    let world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    let told = "This file has 16.0 MB and the limit is 15 MB.";
    let file = vec![b'a'; 16_000_000];
    let form =
        ["content-type: multipart/form-data; boundary=cut", "content-length: 16000000", SAME_ORIGIN, &cookie];
    let page = world.raw("POST /account/picture", &form, file.clone()).await.expect(422);
    assert!(page.text.contains(told) && page.text.contains("href=\"#picture\""), "{}", page.text);
    let bearer = format!("authorization: Bearer {}", world.anna.token);
    let put = ["content-type: image/jpeg", "content-length: 16000000", &bearer];
    let refused = world.raw("PUT /api/v1/me/picture", &put, file).await.expect(422);
    assert_eq!((refused.code(), refused.faults()), ("picture_unusable", vec![" file_too_large".to_owned()]));
    assert!(refused.text.contains(told), "{}", refused.text);
    world.raw("PUT /api/v1/me/picture", &put[..2], vec![b'a'; 16_000_000]).await.expect(401);
}

#[tokio::test]
async fn a18_a_refused_link_comes_back_with_free_ones() {
    let world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    let version = world.page("/account", &cookie).await.expect(200).value("version").to_owned();
    for (typed, wanted) in [
        ("bram", "this one is taken. Free: bram-2, bram-3, bram-4."),
        ("account", "this server uses this one itself. Free: account-2, account-3, account-4."),
        ("ab", "Use at least 3 characters. Free: "),
    ] {
        let fields = [("version", version.as_str()), ("slug", typed)];
        let refused = world.send("/account/slug", &cookie, &fields).await.expect(422);
        assert!(refused.text.contains(wanted), "{typed}: {}", refused.text);
        assert!(refused.text.contains(&format!("value=\"{typed}\"")), "{typed} stays: {}", refused.text);
    }
}

#[tokio::test]
async fn zones_are_told_in_the_hours_of_the_reader() {
    let world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    let page = async |hours: &str| {
        world.page("/account", &format!("{cookie}; hours={hours}")).await.expect(200).text
    };
    assert!(page("24").await.contains("Berlin, Germany - 10:00 (UTC+1)"));
    assert!(page("12").await.contains("Berlin, Germany - 10:00 am (UTC+1)"));
    assert!(page("24").await.contains("Berlin, Germany - 10:00 (UTC+1)"));
    let found = world.page("/zones?q=berlin", "cookie: hours=12").await.expect(200);
    assert_eq!(found.json[0]["label"], "Berlin, Germany - 10:00 am (UTC+1)");
}

#[tokio::test]
async fn sec_a17_every_form_proves_where_it_comes_from() {
    let world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    for path in ["/account", "/account/availability", "/account/meetings", "/anna", "/sign-in"] {
        let page = world.page(path, &cookie).await.expect(200);
        for form in page.text.split("<form ").skip(1).filter(|form| form.contains("method=\"post\"")) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("name=\"form_token\""), "{path}: {form}");
        }
    }
    let page = world.page("/account", &cookie).await.expect(200);
    let token = page.value("form_token");
    // An old browser names no origin: the form alone must be enough.
    world.raw("POST /sign-out", &[FORM, &cookie], "").await.expect(403);
    world.raw("POST /sign-out", &[FORM, &cookie], format!("form_token={token}")).await.expect(303);
}

#[tokio::test]
async fn the_hint_names_the_fewest_characters_that_hold_here() {
    let policy = Policy::new(21, 8);
    let world = World::with_policy(TestDatabase::sqlite(), policy).await;
    let page = world.page("/account", &world.session().await).await.expect(200);
    assert!(page.text.contains("At least 21 characters."), "{}", page.text);
}

#[tokio::test]
async fn a_passphrase_is_suggested_to_anybody_and_never_twice() {
    let world = World::with_policy(TestDatabase::sqlite(), Policy::new(21, 8)).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let answer = world.page("/passphrase", "").await.expect(200);
        assert_eq!(answer.header("cache-control"), "no-store");
        let phrase = answer.json["passphrase"].as_str().unwrap().to_owned();
        assert!(phrase.split(' ').count() >= 5 && phrase.len() >= 21, "{phrase}");
        assert!(seen.insert(phrase), "drawn anew with every request");
    }
    let cookie = world.session().await;
    let example = async || {
        let page = world.page("/account", &cookie).await.expect(200).text;
        page.split("For example: ").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned()
    };
    let (one, other) = (example().await, example().await);
    assert!(one.split(' ').count() >= 5 && one.len() >= 21 && one != other, "{one}");
}

#[tokio::test]
async fn a07_a_wrong_current_and_a_too_short_new_password_are_told_at_once() {
    let world = World::new(TestDatabase::sqlite()).await;
    let cookie = world.session().await;
    for (current, new) in [("not the password", "short"), ("", "")] {
        let fields = [("current_password", current), ("new_password", new)];
        let refused = world.send("/account/password", &cookie, &fields).await.expect(422).text;
        for field in ["current_password", "new_password"] {
            assert!(refused.contains(&format!("href=\"#{field}\"")), "{field} in {refused}");
        }
    }
    let nothing =
        world.send("/account/password", &cookie, &[("new_password", "short")]).await.expect(422).text;
    assert!(
        nothing.contains("href=\"#current_password\"") && nothing.contains("href=\"#new_password\""),
        "{nothing}"
    );
}
