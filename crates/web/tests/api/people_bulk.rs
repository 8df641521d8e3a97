//! One change for many people, over HTTP (AD-03).

use crate::world::{Answer, World, now, wish};
use nameplate_domain::account::{EmailAddress, Slug};
use nameplate_domain::ids::AgentId;
use nameplate_testkit::both_engines;
use serde_json::json;

const LIST: &str = "/admin/people/bulk";

async fn ask(world: &World, admin: &str, query: &str) -> Answer {
    world.page(&format!("{LIST}?{query}"), admin).await
}

/// Fields that name these agents, and the job.
fn fields<'a>(job: &'a str, ids: &'a [String]) -> Vec<(&'a str, &'a str)> {
    std::iter::once(("job", job)).chain(ids.iter().map(|id| ("agent", id.as_str()))).collect()
}

both_engines! {
    async fn ad_03_many_people_are_changed_at_once_and_who_cannot_be_is_named(database: TestDatabase) {
        let world = World::new(database).await;
        let admin = world.session_of("ada").await;
        let invited = json!({"name": "Mirjam Visser", "email": "mirjam@example.com"});
        let invited = world.ask("POST /api/v1/agents", &world.admin.token, invited).await.expect(201).json;
        let meeting = world.ask("POST /api/v1/meetings", "", wish(10)).await.expect(201).json;
        let ids = [&world.anna, &world.bram, &world.admin, &world.disabled].map(|one| one.agent.id.to_string());
        let [anna, bram, ada, dora] = &ids;

        let chosen = ids.join("&agent=");
        let page = ask(&world, &admin, &format!("job=deactivate&whom=ticked&agent={chosen}")).await.expect(200).text;
        for text in [
            "<h1>Deactivate 2 people?</h1>", "anna@example.com", "bram@example.com", "Left out",
            "This is your own account.", "There is nothing to change.", "Meetings that have not begun: 1 meeting",
        ] {
            assert!(page.contains(text), "{text} in {page}");
        }
        assert_eq!(page.matches("name=\"agent\"").count(), 2, "whom it would not change is not sent");
        world.page("/anna", "").await.expect(200);

        let agents = ask(&world, &admin, "job=role-admin&whom=found&role=agent&status=active").await.expect(200).text;
        assert!(agents.contains("<h1>Make 2 people administrators?</h1>"), "{agents}");
        let all = ask(&world, &admin, "job=invite-again&whom=page").await.expect(200).text;
        assert!(all.contains("<h1>Send 1 new invitation?</h1>") && all.contains("Mirjam Visser"), "{all}");

        let mut wish = fields("deactivate", &ids);
        wish.push(("meetings", "cancel"));
        let done = world.send(LIST, &admin, &wish).await.expect(200).text;
        assert!(done.contains("<h1>Done, but not for everybody</h1>") && done.contains("2 people were deactivated."), "{done}");
        assert!(done.contains("This is your own account.") && done.contains("There is nothing to change."), "{done}");
        world.page("/anna", "").await.expect(404);
        let cancelled = format!("GET /api/v1/meetings/{}", meeting["id"].as_str().unwrap());
        let cancelled = world.ask(&cancelled, &world.admin.token, json!(null)).await.expect(200).json;
        assert_eq!(cancelled["status"], "cancelled");

        let again = world.send(LIST, &admin, &wish).await.expect(200).text;
        assert!(again.contains("<h1>Nothing was changed</h1>") && !again.contains("meanwhile"), "the second click: {again}");

        let back = [anna.clone(), bram.clone(), dora.clone()];
        let done = world.send(LIST, &admin, &fields("reactivate", &back)).await.expect(200).text;
        assert!(done.contains("<h1>Done</h1>") && done.contains("3 people were reactivated."), "{done}");
        let mirjam = [invited["id"].as_str().unwrap().to_owned()];
        let done = world.send(LIST, &admin, &fields("invite-again", &mirjam)).await.expect(200).text;
        assert!(done.contains("1 new invitation is on its way."), "{done}");
        let last = [ada.clone()];
        let done = world.send(LIST, &admin, &fields("role-agent", &last)).await.expect(200).text;
        assert!(done.contains("This is your own account."), "{done}");
        let two = [anna.clone(), bram.clone()];
        let done = world.send(LIST, &admin, &fields("role-admin", &two)).await.expect(200).text;
        assert!(done.contains("2 people are administrators now."), "{done}");
        for name in ["anna", "bram"] {
            let line = format!("GET /api/v1/agents/{name}");
            let agent = world.ask(&line, &world.admin.token, json!(null)).await.expect(200).json;
            assert_eq!((&agent["role"], &agent["status"]), (&json!("admin"), &json!("active")));
        }
    }

    async fn ad_03_what_is_missing_is_said_beside_its_field_and_ticks_stay(database: TestDatabase) {
        let world = World::new(database).await;
        let admin = world.session_of("ada").await;
        let anna = world.anna.agent.id.to_string();
        let ticked = format!("name=\"agent\" value=\"{anna}\" checked");
        let page = ask(&world, &admin, &format!("whom=ticked&agent={anna}&search=anna")).await.expect(422).text;
        for text in ["id=\"job-error\"", "Choose what to do.", &*ticked, "value=\"anna\""] {
            assert!(page.contains(text), "{text} in {page}");
        }
        let page = ask(&world, &admin, "job=reactivate&whom=ticked&agent=nobody").await.expect(422).text;
        assert!(page.contains("id=\"whom-error\"") && page.contains("Tick at least one person"), "{page}");
        assert!(page.contains("<option value=\"reactivate\" selected>"), "{page}");
        let gone = format!("job=reactivate&agent={}", anna.replace(|c: char| c.is_ascii_digit(), "0"));
        let page = ask(&world, &admin, &gone).await.expect(200).text;
        assert!(page.contains("This applies to nobody whom you have chosen."), "{page}");
        world.send(LIST, &admin, &[("job", "deactivate")]).await.expect(422);
        let whole_page = "&agent=agt_1".repeat(50);
        let filters = "search=a&role=agent&status=active&sort=name&order=desc&page=1";
        ask(&world, &admin, &format!("job=reactivate&whom=ticked{whole_page}&{filters}")).await.expect(422);

        let model = world.anna.agent.clone();
        let written = world.app().store().write(move |tx| async move {
            for n in 0..500_u32 {
                let mut one = model.clone();
                let text = model.id.to_string();
                one.id = format!("{}{n:08x}", text.get(..text.len() - 8).unwrap()).parse::<AgentId>().unwrap();
                one.slug = Slug::parse(&format!("copy-{n}")).unwrap();
                one.email = EmailAddress::parse(&format!("copy-{n}@example.com")).unwrap();
                tx.insert_agent(&one, None, now()).await?;
            }
            Ok::<_, nameplate_store::Error>(())
        });
        written.await.unwrap();
        let page = ask(&world, &admin, "job=deactivate&whom=found").await.expect(422).text;
        assert!(page.contains("504 people are too many for one change. Narrow the search to 500 at most."), "{page}");
    }
}
