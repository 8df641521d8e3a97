//! The first account of a server, and a server that sends no mail.

use crate::world::{World, now};
use nameplate_app::accounts::set_up;
use nameplate_domain::account::Role;
use nameplate_testkit::both_engines;

both_engines! {
    async fn s_01_all_that_is_wrong_with_the_first_account_is_told_at_once(database: TestDatabase) {
        let world = World::new(database).await;
        let mut agent = world.admin.agent.clone();
        agent.role = Role::Agent;
        world.app().store().write(move |tx| async move { tx.save_agent(&agent, now()).await }).await.unwrap();
        let link = set_up::link(world.app(), now()).await.unwrap().unwrap();
        let token = link.rsplit('=').next().unwrap();
        let typed = [("token", token), ("name", "Ada"), ("email", "nobody"), ("password", "short")];
        let refused = world.send("/setup", "", &typed).await.expect(422).text;
        for field in ["email", "password", "organisation", "time_zone"] {
            assert!(refused.contains(&format!("href=\"#{field}\"")), "{field} in {refused}");
        }
        assert!(!refused.contains("href=\"#name\"") && refused.contains("value=\"nobody\""), "{refused}");
    }

    async fn s_08_a_server_without_mail_promises_none(database: TestDatabase) {
        let mut world = World::new(database).await;
        let cookie = world.session().await;
        world.stop_mail();
        let asked = world.page("/forgot-password", "").await.expect(200).text;
        let sent = world.send("/forgot-password", "", &[("email", "anna@example.com")]).await.expect(200).text;
        for page in [asked, sent] {
            assert!(page.contains("This server sends no mail") && !page.contains("on its way"), "{page}");
        }
        let delete = world.page("/account/data/delete", &cookie).await.expect(200).text;
        assert!(delete.contains("nameplate agent keep --email anna@example.com"), "{delete}");
    }
}
