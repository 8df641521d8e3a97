//! One test, both engines.

#![expect(clippy::expect_used, reason = "a test that cannot get its database fails by panicking")]

use crate::postgres;

/// An empty database of one engine; it goes when this value goes.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    _keep: Keep,
}

#[derive(Debug)]
#[expect(dead_code, reason = "held for what their end does")]
enum Keep {
    Directory(tempfile::TempDir),
    Database(postgres::Database),
}

impl TestDatabase {
    /// An SQLite file in a directory of its own.
    ///
    /// # Panics
    ///
    /// When no temporary directory can be made.
    #[must_use]
    pub fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let url = format!("sqlite:{}", directory.path().join("nameplate.sqlite").display());
        Self { url, _keep: Keep::Directory(directory) }
    }

    /// A database on the throw-away PostgreSQL.
    ///
    /// # Panics
    ///
    /// When PostgreSQL cannot be had.
    #[must_use]
    pub fn postgres() -> Self {
        let database = postgres::fresh_database();
        Self { url: database.url().to_owned(), _keep: Keep::Database(database) }
    }

    /// What `database.url` of the configuration would hold.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Makes of each `async fn name(database: TestDatabase)` the tests `name::sqlite` and `name::postgres`.
///
/// ```
/// nameplate_testkit::both_engines! {
///     /// Attributes and comments stay with the test.
///     async fn has_a_url(database: TestDatabase) {
///         assert!(database.url().contains(':'));
///     }
/// }
/// ```
#[macro_export]
macro_rules! both_engines {
    ($($(#[$attribute:meta])* async fn $name:ident($database:ident: TestDatabase) $(-> $result:ty)? $body:block)+) => {$(
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a test need not use what stands around it")]
            use super::*;

            async fn test($database: $crate::engines::TestDatabase) $(-> $result)? $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() $(-> $result)? {
                test($crate::engines::TestDatabase::sqlite()).await
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() $(-> $result)? {
                test($crate::engines::TestDatabase::postgres()).await
            }
        }
    )+};
}
