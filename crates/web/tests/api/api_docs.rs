//! The reference of the API, made from its document.

use crate::world::World;
use nameplate_testkit::both_engines;
use serde_json::Value;

both_engines! {
    async fn the_reference_shows_every_operation_and_every_object(database: TestDatabase) {
        let world = World::new(database).await;
        let page = world.page("/api/docs", "").await.expect(200);
        assert!(page.header("content-type").starts_with("text/html"));
        let document: Value = serde_json::from_str(nameplate_web::openapi()).unwrap();
        let mut shown = 0;
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let heading = format!("<code lang=\"en\">{} {path}</code>", method.to_uppercase());
                let id = operation["operationId"].as_str().unwrap();
                assert_eq!(page.text.matches(&heading).count(), 2, "{heading}: in the contents and at its place");
                assert!(page.text.contains(&format!("href=\"#{id}\"")) && page.text.contains(&format!("id=\"{id}\"")), "{id}");
                shown += 1;
            }
        }
        assert!(shown > 25, "{shown}");
        for name in document["components"]["schemas"].as_object().unwrap().keys() {
            assert!(page.text.contains(&format!("id=\"schema-{name}\"")), "{name}");
        }
        for target in page.text.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(page.text.contains(&format!("id=\"{target}\"")), "{target} leads nowhere");
        }
        // A text that no catalogue has is shown as its key.
        assert!(!page.text.contains("reference-"), "{}", page.text);
        assert!(page.text.contains("curl -X POST &#39;https://"), "{}", page.text);
        let missing = world.page("/api/doc", "").await.expect(404);
        assert!(missing.header("content-type").starts_with("application/problem+json"), "what is no page is an answer to a program");
    }
}
