//! The agent's own data: the page and the download.

use crate::world::World;
use nameplate_app::limits::Limits;
use nameplate_testkit::both_engines;

both_engines! {
    async fn a_31_the_data_is_downloaded_as_one_file(database: TestDatabase) {
        let world = World::with_limits(database, Limits::default()).await;
        let cookie = world.session().await;
        let account = world.page("/account", &cookie).await.expect(200).text;
        assert!(account.contains("id=\"your-data\"") && account.contains("href=\"/account/data\""));
        let page = world.page("/account/data", &cookie).await.expect(200).text;
        assert!(page.contains("action=\"/account/data/download\""), "{page}");
        let file = world.send("/account/data/download", &cookie, &[]).await.expect(200);
        assert_eq!(file.header("content-type"), "application/zip");
        assert_eq!(
            file.header("content-disposition"),
            "attachment; filename=\"nameplate-anna-2026-11-23.zip\""
        );
        assert!(file.header("cache-control").contains("no-store"), "{}", file.header("cache-control"));
        assert!(file.text.starts_with("PK"));
        world.page("/account/data/download", &cookie).await.expect(405);
        world.send("/account/data/download", &cookie, &[]).await.expect(200);
        let third = world.send("/account/data/download", &cookie, &[]).await.expect(429);
        assert_eq!(third.header("retry-after"), "43201");
        let next = "The next download is possible at Mon 23 Nov 2026, 22:01 (Berlin, UTC+1)";
        assert!(third.text.contains(next), "{}", third.text);
        let signed_out = world.send("/account/data/download", "", &[]).await.expect(303);
        assert!(signed_out.header("location").starts_with("/sign-in"), "{}", signed_out.header("location"));
    }

    async fn s_13_a_download_asks_an_old_sign_in_who_it_is_and_comes_back(database: TestDatabase) {
        let mut world = World::new(database).await;
        let cookie = world.session().await;
        world.wait();
        let asked = world.send("/account/data/download", &cookie, &[]).await.expect(303);
        assert_eq!(asked.header("location"), "/account/confirm?return_to=%2Faccount%2Fdata");
    }
}
