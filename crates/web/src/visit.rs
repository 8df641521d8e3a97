//! One visit of a page: who, when, in which zone and colours.

use crate::failure::Failure;
use crate::language;
use crate::layers::{ClientNet, FormToken};
use crate::state::Web;
use crate::view::zones::ZoneOptions;
use crate::view::{AgentMenu, Section, Shell};
use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use jiff::Timestamp;
use jiff::civil::Weekday;
use nameplate_app::accounts::{sessions, set_up};
use nameplate_app::{Actor, Ctx, Error};
use nameplate_domain::account::{Agent, FirstWeekday, HourCycle, Language, Preferences, Role, Theme};
use nameplate_domain::time::ZoneId;
use nameplate_i18n::time::Clock;
use nameplate_i18n::{Habits, Locale, Texts};

/// What somebody without an account has chosen, in cookies; anything else in one is no choice.
fn in_cookies(headers: &HeaderMap) -> Preferences {
    let cookie = |name| crate::layers::csrf::cookie(headers, name).unwrap_or_default();
    Preferences {
        language: language::chosen(headers).and_then(|locale| Language::parse(locale.tag()).ok()),
        hour_cycle: HourCycle::parse(cookie("hours")).ok(),
        first_weekday: FirstWeekday::parse(cookie("first_weekday")).ok(),
        theme: Theme::parse(cookie("theme")).ok(),
    }
}

/// The day as calendars know it.
pub const fn weekday_of(first: FirstWeekday) -> Weekday {
    match first {
        FirstWeekday::Monday => Weekday::Monday,
        FirstWeekday::Sunday => Weekday::Sunday,
        FirstWeekday::Saturday => Weekday::Saturday,
        FirstWeekday::Friday => Weekday::Friday,
    }
}

/// A request of a page.
#[derive(Clone)]
pub struct Visit {
    /// The router's state.
    pub web: Web,
    /// The instant of the request.
    pub now: Timestamp,
    /// The client's network.
    pub net: String,
    /// Path and query.
    pub uri: Uri,
    /// The request's headers, for cookies.
    headers: HeaderMap,
    form_token: String,
    is_safe: bool,
    /// What is spoken where nothing is chosen.
    usual: Locale,
    habits: Habits,
    /// What the agent who is signed in has chosen, and else what the cookies say.
    preferences: Preferences,
    /// The signed-in session, if any.
    pub session: Option<sessions::Recognised>,
}

impl Visit {
    /// The request's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    async fn of(parts: &Parts, web: &Web) -> Result<Self, Error> {
        let now = web.now();
        let token = crate::layers::csrf::cookie(&parts.headers, web.session_cookie());
        let session = match token {
            Some(token) => sessions::recognise(web.app(), now, token).await?,
            None => None,
        };
        Ok(Self {
            web: web.clone(),
            now,
            net: parts.extensions.get::<ClientNet>().map(ToString::to_string).unwrap_or_default(),
            uri: parts.uri.clone(),
            preferences: session
                .as_ref()
                .map_or_else(Preferences::default, |s| s.agent.preferences.clone())
                .or(in_cookies(&parts.headers)),
            headers: parts.headers.clone(),
            usual: language::accepted(&parts.headers),
            habits: language::habits(&parts.headers),
            form_token: parts.extensions.get::<FormToken>().map(FormToken::value).unwrap_or_default(),
            is_safe: parts.method.is_safe(),
            session,
        })
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        crate::layers::csrf::cookie(&self.headers, name)
    }

    /// The browser, as it names itself.
    pub fn user_agent(&self) -> &str {
        self.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The language of this visit: the one that was chosen, else what the browser asks for.
    pub fn locale(&self) -> Locale {
        let chosen = self.preferences.language.as_ref().and_then(|language| Locale::parse(language.as_str()));
        chosen.unwrap_or(self.usual)
    }

    /// Speaks this language from here on, unless another one was chosen.
    pub fn speak(&mut self, locale: Locale) {
        self.usual = locale;
    }

    /// The texts of this visit's language.
    pub fn texts(&self) -> Texts {
        Texts::of(self.locale())
    }

    /// 12 or 24 hours, as chosen or as the browser's language has it (G-12).
    pub fn hours(&self) -> HourCycle {
        self.preferences.hour_cycle.unwrap_or(self.habits.hours)
    }

    /// The first day of a week, as chosen or as the browser's region has it (G-12).
    pub fn first_weekday(&self) -> Weekday {
        self.preferences.first_weekday.map_or(self.habits.first_weekday, weekday_of)
    }

    /// The zones to choose from, with the time of day there.
    pub fn zones(&self) -> ZoneOptions {
        self.web.zones(self.now, self.locale(), self.hours())
    }

    /// A clock in `zone` that speaks this visit's language.
    pub fn clock(&self, zone: &ZoneId) -> Clock {
        Clock::new(self.locale(), self.web.app().tzdb(), zone, self.hours())
    }

    /// The context of use cases, with this actor.
    pub fn ctx_as(&self, actor: Actor) -> Ctx {
        Ctx {
            now: self.now,
            actor,
            net: self.net.clone(),
            user_agent: self.user_agent().to_owned(),
            key: None,
        }
    }

    /// The context of use cases.
    pub fn ctx(&self) -> Ctx {
        self.ctx_as(self.session.as_ref().map_or(Actor::Nobody, sessions::Recognised::actor))
    }

    /// Path and query of a page that was asked for with GET, without the banner of the last save.
    pub fn here(&self) -> String {
        let kept: Vec<_> = self
            .uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("saved="))
            .collect();
        let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
        format!("{}{query}", self.uri.path())
    }

    /// The same for the page of an error: where only a form was sent to, there is nothing to come back to.
    pub fn here_or_front(&self) -> String {
        if self.is_safe { self.here() } else { "/".to_owned() }
    }

    /// The frame of a page for customers: no agent's menu, whoever looks. `path` shows the page with GET.
    ///
    /// # Errors
    /// The database's.
    pub async fn public_shell(&self, path: impl Into<String>) -> Result<Shell, Error> {
        Ok(Shell {
            locale: self.locale(),
            texts: self.texts(),
            theme: self.preferences.theme.unwrap_or(Theme::System),
            hours_12: self.hours() == HourCycle::H12,
            assets: crate::assets::base(),
            organisation: set_up::organisation_name(self.web.app()).await?,
            path: path.into(),
            agent: None,
            section: Section::Other,
            saved: self.saved(),
            errors: Vec::new(),
            stored: Vec::new(),
            form_token: self.form_token.clone(),
            demo: self.web.config().demo,
        })
    }

    /// The sentence for the banner after a save: `?saved=KEY` names a text of the catalogue.
    fn saved(&self) -> Option<String> {
        let query = self.uri.query()?;
        let key = query.split('&').find_map(|pair| pair.strip_prefix("saved="))?;
        let key = format!("saved-{key}");
        let text = self.texts().text(&key);
        (text != key).then_some(text)
    }
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        Self::of(parts, web).await.map_err(|error| Failure::without_page(&error))
    }
}

/// A visit of a signed-in agent. Anybody else is sent to sign in and back.
#[derive(Clone)]
pub struct AgentVisit {
    /// The visit.
    pub visit: Visit,
    /// The agent, as read for this request.
    pub agent: Agent,
}

impl AgentVisit {
    /// The context of use cases.
    pub fn ctx(&self) -> Ctx {
        self.visit.ctx()
    }

    /// A clock in the agent's zone.
    pub fn clock(&self) -> Clock {
        self.visit.clock(&self.agent.time_zone)
    }

    /// The frame of an agent's page. `path` shows the page with GET and holds nothing of the request that the page does
    /// not know: some of these pages leave packed.
    ///
    /// # Errors
    /// The database's.
    pub async fn shell(&self, section: Section, path: impl Into<String>) -> Result<Shell, Error> {
        let mut shell = self.visit.public_shell(path).await?;
        shell.section = section;
        shell.agent = Some(AgentMenu {
            name: self.agent.visible_name().to_string(),
            picture: crate::plates::own_picture(&self.agent),
            profile_url: self.profile_url(),
            is_admin: self.agent.role == Role::Admin,
        });
        Ok(shell)
    }

    /// The agent's profile URL.
    pub fn profile_url(&self) -> String {
        self.visit.web.app().url(&format!("/{}", self.agent.slug))
    }
}

impl FromRequestParts<Web> for AgentVisit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let visit = <Visit as FromRequestParts<Web>>::from_request_parts(parts, web).await?;
        if let Some(session) = visit.session.clone() {
            return Ok(Self { visit, agent: session.agent });
        }
        let ended = visit.cookie(web.session_cookie()).is_some_and(|token| !token.is_empty());
        Err(Failure::sign_in(&visit.uri, parts.method.is_safe(), ended))
    }
}

/// A visit of a signed-in admin. Anybody else who is signed in is told that the page is not for them.
#[derive(Clone)]
pub struct AdminVisit(pub AgentVisit);

impl FromRequestParts<Web> for AdminVisit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let visit = <AgentVisit as FromRequestParts<Web>>::from_request_parts(parts, web).await?;
        if visit.agent.role == Role::Admin {
            return Ok(Self(visit));
        }
        Err(Failure::page(Error::NotSignedIn, &visit.visit).await)
    }
}
