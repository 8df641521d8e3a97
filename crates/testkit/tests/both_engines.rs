//! The macro makes one test for each engine, and each has the engine it names.

nameplate_testkit::both_engines! {
    async fn opens_the_engine_of_its_name(database: TestDatabase) {
        let engine = std::thread::current().name().and_then(|name| name.rsplit("::").next().map(str::to_owned));
        assert_eq!(database.url().split(':').next(), engine.as_deref());
    }
}
