//! Every route, with who may use it. A route without a row does not exist.

use crate::state::Web;
use crate::{api, assets, mcp, pages, scim};
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, on};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// A signed-in agent, for what is theirs; everybody else is sent to sign in.
    Agent,
    /// A signed-in admin; other agents are told that the page is not for them.
    Admin,
    /// Whoever has a valid personal link; the link is in the path.
    Link,
    /// Whoever has the one-time set-up link, until there is an admin.
    SetUp,
    /// Anybody on the machine, where messages are kept instead of sent.
    Development,
    /// An API token of the agent; an admin's for more.
    Token,
    /// An API token of an admin.
    AdminToken,
    /// A mail server with the secret of `mail.inbound_secret`.
    Relay,
    /// The provider of text messages, who knows the address of its calls.
    Provider,
    /// An API token, or a customer's personal token for their own meeting.
    TokenOrLink,
}

/// A row of the authorisation matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The method.
    pub method: Method,
    /// The route's template.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
}

/// Collects routes together with their rows.
#[derive(Default)]
pub struct Routes {
    router: Router<Web>,
    rows: Vec<Row>,
}

impl Routes {
    fn add<H, T>(mut self, method: Method, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        self.router = self.router.route(path, on(filter, handler));
        self.rows.push(Row { method, path, access });
        self
    }

    /// A route that changes nothing.
    pub fn get<H: Handler<T, Web>, T: 'static>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.add(Method::GET, path, access, handler)
    }

    /// The row of an address that ends in something fixed, such as `/{slug}.vcf`. The router knows no such ends: the handler
    /// of the address without it answers this one too.
    #[must_use]
    pub fn ending(mut self, method: Method, path: &'static str, access: Access) -> Self {
        self.rows.push(Row { method, path, access });
        self
    }

    /// A route that acts.
    pub fn post<H: Handler<T, Web>, T: 'static>(
        self,
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        self.add(Method::POST, path, access, handler)
    }

    /// A route that changes part of something.
    pub fn patch<H: Handler<T, Web>, T: 'static>(
        self,
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        self.add(Method::PATCH, path, access, handler)
    }

    /// A route that replaces something.
    pub fn put<H: Handler<T, Web>, T: 'static>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.add(Method::PUT, path, access, handler)
    }

    /// A route that removes something.
    pub fn delete<H: Handler<T, Web>, T: 'static>(
        self,
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        self.add(Method::DELETE, path, access, handler)
    }
}

/// The routes; those of development only where messages are kept.
fn table(mailbox: bool) -> Routes {
    let routes = Routes::default()
        .get("/healthz", Access::Public, pages::health::alive)
        .get("/readyz", Access::Public, pages::health::ready)
        .get("/assets/{hash}/{name}", Access::Public, assets::get)
        .get("/pictures/{key}/{file}", Access::Public, pages::pictures::get)
        .get("/zones", Access::Public, pages::zones::search)
        .get("/passphrase", Access::Public, pages::passphrase::suggest)
        .post("/preferences", Access::Public, pages::preferences::save);
    let routes = pages::sign_in::routes(routes);
    let routes = pages::sign_in_code::routes(routes);
    let routes = pages::oidc::routes(routes);
    let routes = pages::password_reset::routes(routes);
    let routes = pages::security::routes(routes);
    let routes = pages::passkeys::routes(routes);
    let routes = pages::sessions::routes(routes);
    let routes = pages::activity::routes(routes);
    let routes = pages::api_tokens::routes(routes);
    let routes = pages::calendar_feed::routes(routes);
    let routes = pages::account::routes(routes);
    let routes = pages::notifications::routes(routes);
    let routes = pages::own_texts::routes(routes);
    let routes = pages::data::routes(routes);
    let routes = pages::templates::routes(routes);
    let routes = pages::undelivered::routes(routes);
    let routes = pages::people::routes(routes);
    let routes = pages::fields::routes(routes);
    let routes = pages::webhooks::routes(routes);
    let routes = pages::availability::routes(routes);
    let routes = pages::meeting_types::routes(routes);
    let routes = pages::meetings::routes(routes);
    let routes = pages::reassign::routes(routes);
    let routes = pages::manage::routes(routes);
    let routes = pages::sms_hooks::routes(routes);
    let routes = if mailbox { pages::mailbox::routes(routes) } else { routes };
    let routes = pages::api_docs::routes(routes);
    let routes = api::routes(routes);
    let routes = scim::routes(routes);
    let routes = mcp::routes(routes);
    pages::booking::routes(routes)
}

/// The router of pages and API, without layers.
pub fn router(web: Web) -> Router {
    let routes = table(web.config().mailbox);
    let inner = routes
        .router
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::method_not_allowed)
        .layer(axum::middleware::from_fn(pages::whole_errors))
        .with_state(web.clone());
    api::around(inner, web)
}

/// The authorisation matrix: a row for every route.
#[must_use]
pub fn rows() -> Vec<Row> {
    table(true).rows
}

/// First path segments that the router uses itself: no agent's slug may be one of them.
#[must_use]
pub fn reserved_segments() -> Vec<&'static str> {
    let first = |row: &Row| row.path.split('/').nth(1).filter(|segment| !segment.starts_with('{'));
    let mut segments: Vec<_> =
        rows().iter().filter_map(first).filter(|segment| !segment.is_empty()).collect();
    segments.sort_unstable();
    segments.dedup();
    segments
}
