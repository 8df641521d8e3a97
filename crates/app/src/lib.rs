//! Use cases: load, authorise, decide (in `domain`), save, enqueue. Pages and the REST API call the same functions.

pub mod accounts;
pub mod audit;
pub mod availability;
mod beat;
mod context;
mod error;
pub mod fields;
pub mod fresh;
pub mod inbound;
pub mod limits;
pub mod mailbox;
pub mod meeting_types;
pub mod meetings;
pub mod once;
pub mod outbox;
mod passwords;
pub mod people;
mod sealed;
mod secrets;
pub mod settings;
pub mod shapes;
pub mod slots;
pub mod sms;
pub mod templates;
pub mod webhooks;

pub use context::{Actor, Ctx, SignedIn};
pub use error::{Error, Invalid, Refusal};
pub use passwords::Passwords;
pub use secrets::{ManageLink, Secrets, hex};
pub use settings::Settings;

use nameplate_domain::time::Tzdb;
use nameplate_store::Store;
use std::sync::Arc;
use tokio::sync::{Notify, Semaphore};

/// Everything a use case needs, made once at start. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    tzdb: Tzdb,
    secrets: Secrets,
    passwords: Passwords,
    settings: Settings,
    outbox: Notify,
    webhooks: Notify,
    imports: Notify,
    pictures: Arc<Semaphore>,
    visits: accounts::slug::Visits,
}

impl App {
    /// Wires the parts together.
    #[must_use]
    pub fn new(store: Store, tzdb: Tzdb, secrets: Secrets, passwords: Passwords, settings: Settings) -> Self {
        // One picture at a time: decoding 50 megapixels may take 350 MB (`security.md` C12).
        let (outbox, webhooks, imports) = (Notify::new(), Notify::new(), Notify::new());
        let (pictures, visits) = (Arc::new(Semaphore::new(1)), accounts::slug::Visits::default());
        Self(Arc::new(Inner {
            store,
            tzdb,
            secrets,
            passwords,
            settings,
            outbox,
            webhooks,
            imports,
            pictures,
            visits,
        }))
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The time-zone data in use.
    #[must_use]
    pub fn tzdb(&self) -> &Tzdb {
        &self.0.tzdb
    }

    /// The keys of links and codes.
    #[must_use]
    pub fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    /// The password hasher.
    #[must_use]
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// What the configuration says.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Tells the sender that the outbox holds something new. What is told by message may be told to webhooks too.
    pub(crate) fn wake_outbox(&self) {
        self.0.outbox.notify_one();
        self.wake_webhooks();
    }

    /// Tells the caller of webhooks that one may have something to hear.
    pub(crate) fn wake_webhooks(&self) {
        self.0.webhooks.notify_one();
    }

    pub(crate) async fn webhooks_woken(&self) {
        self.0.webhooks.notified().await;
    }

    pub(crate) async fn outbox_woken(&self) {
        self.0.outbox.notified().await;
    }

    /// Tells whoever works files of people off that there is one.
    pub(crate) fn wake_imports(&self) {
        self.0.imports.notify_one();
    }

    pub(crate) async fn imports_woken(&self) {
        self.0.imports.notified().await;
    }

    pub(crate) fn pictures(&self) -> Arc<Semaphore> {
        Arc::clone(&self.0.pictures)
    }

    pub(crate) fn visits(&self) -> &accounts::slug::Visits {
        &self.0.visits
    }

    /// An address of this server, absolute; `path` starts with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.settings.public_url)
    }
}
