//! What handlers share.

use crate::view::zones::ZoneOptions;
use jiff::Timestamp;
use nameplate_app::App;
use nameplate_domain::account::HourCycle;
use nameplate_i18n::{Locale, time::zone_option};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How this server shows itself.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the server")]
pub struct WebConfig {
    /// Reads the clock, once a request.
    pub clock: fn() -> Timestamp,
    /// Whether the public URL is `https`: cookies are then bound to the host and never sent in clear.
    pub secure: bool,
    /// Whether pages say that this is a demonstration.
    pub demo: bool,
    /// Whether `/dev/mailbox` is served.
    pub mailbox: bool,
    /// Whether messages reach anybody; without that no page promises one.
    pub mail: bool,
}

/// The state of the router. Cheap to clone.
#[derive(Clone)]
pub struct Web(Arc<Inner>);

/// The zones as of a minute, by language and hour cycle.
type KeptZones = HashMap<(Locale, HourCycle), (i64, ZoneOptions)>;

struct Inner {
    app: App,
    config: WebConfig,
    zones: Mutex<KeptZones>,
}

impl Web {
    /// Wires the pages to the use cases.
    #[must_use]
    pub fn new(app: App, config: WebConfig) -> Self {
        Self(Arc::new(Inner { app, config, zones: Mutex::default() }))
    }

    /// The use cases.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// How this server shows itself.
    #[must_use]
    pub fn config(&self) -> &WebConfig {
        &self.0.config
    }

    /// The instant of a request.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0.config.clock)()
    }

    /// The name of the session cookie. `__Host-` binds it to this host and to TLS.
    #[must_use]
    pub fn session_cookie(&self) -> &'static str {
        crate::layers::session_cookie(self.0.config.secure)
    }

    /// All zones with the time of day there, made once a minute.
    pub(crate) fn zones(&self, now: Timestamp, locale: Locale, hours: HourCycle) -> ZoneOptions {
        let minute = now.as_second() / 60;
        let mut kept = self.0.zones.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, zones)) = kept.get(&(locale, hours))
            && *at == minute
        {
            return zones.clone();
        }
        let tzdb = self.0.app.tzdb();
        let label = |hit| zone_option(locale, tzdb, hit, now, hours);
        let zones = ZoneOptions::print(tzdb.picker().iter().map(|hit| (hit.zone.as_str(), label(hit))));
        kept.insert((locale, hours), (minute, zones.clone()));
        zones
    }
}
