//! Signing in by an identity provider: out, back, and which account.

use crate::failure::{self, Failure, Page, html, see_other, set_cookie};
use crate::forms::{Asked, Form};
use crate::layers::Class;
use crate::pages::passkeys::confirm_path;
use crate::pages::sign_in::{enter, host_cookie};
use crate::pages::{or_page, security, sign_in, sign_in_code, with_status};
use crate::picker::query;
use crate::routes::{Access, Routes};
use crate::view::oidc::{Connected, Disconnect, Leave, Provider};
use crate::view::{FieldError, Section};
use crate::visit::{AgentVisit, Visit};
use axum::http::StatusCode;
use nameplate_app::accounts::oidc::{self, Brought, CALLBACK, Came, End, Sent, Why};
use nameplate_app::accounts::sessions;
use nameplate_app::{Error, Refusal};
use serde::Deserialize;

/// The section of the Security page.
const SECTION: &str = "/account/security#identity-provider";

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes
        .post("/sign-in/oidc", Access::Public, start)
        .get(CALLBACK, Access::Public, back)
        .post("/account/oidc/connect", agent, connect)
        .get("/account/oidc/disconnect", agent, ask_disconnect)
        .post("/account/oidc/disconnect", agent, disconnect)
}

/// The cookie that stands for the way to the provider. It gives no access, and comes along when the provider sends back: that
/// is a link from another site, for which `Lax` is made.
fn cookie(visit: &Visit) -> &'static str {
    if visit.web.config().secure { "__Host-oidc" } else { "oidc" }
}

/// What people call the provider; empty where there is none.
fn name(visit: &Visit) -> String {
    oidc::name(visit.web.app()).unwrap_or_default().to_owned()
}

/// A text about the provider.
pub(super) fn text(visit: &Visit, key: &str) -> String {
    visit.texts().format(key, &[("provider", &name(visit))])
}

/// The page that leads to the provider. Not a redirect: the policy of our pages lets forms lead to our own pages only, and
/// browsers hold each redirect after a form against it, also those that the provider makes to wherever people sign in there.
async fn leave(visit: &Visit, path: &str, sent: Sent) -> Page {
    let shell = or_page(visit, visit.public_shell(path).await).await?;
    let mut response = html(&Leave { shell, provider: name(visit), url: sent.url });
    let life = oidc::LIFE.as_secs();
    let cookie = host_cookie(visit, cookie(visit), &sent.browser);
    set_cookie(&mut response, &format!("{cookie}; Max-Age={life}"));
    // It is one person's way.
    response.extensions_mut().insert(Class::SignedIn);
    Ok(response)
}

async fn start(visit: Visit, form: Form) -> Page {
    let sent = oidc::start_sign_in(visit.web.app(), &visit.ctx(), form.get("return_to")).await;
    let (status, text) = match sent {
        Ok(sent) => return leave(&visit, &sign_in::here(&form), sent).await,
        Err(Error::Busy) => (StatusCode::SERVICE_UNAVAILABLE, text(&visit, "oidc-unavailable")),
        Err(Error::Limited(wait)) => {
            let minutes = failure::minutes(wait);
            (StatusCode::TOO_MANY_REQUESTS, visit.texts().format("sign-in-wait", &[("minutes", &minutes)]))
        }
        Err(error) => return Err(Failure::page(error, &visit).await),
    };
    sign_in_again(&visit, form.get("return_to"), status, text).await
}

async fn sign_in_again(visit: &Visit, return_to: &str, status: StatusCode, notice: String) -> Page {
    let path = format!("/sign-in{}", query(&[("return_to", return_to)]));
    let shell = or_page(visit, visit.public_shell(path).await).await?;
    with_status(status, &sign_in::page(visit, shell, String::new(), return_to.to_owned(), Some(notice)))
}

/// What the provider adds to the address; it may say more.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answered {
    state: String,
    code: String,
    error: String,
    iss: Option<String>,
}

async fn back(visit: Visit, Asked(answered): Asked<Answered>) -> Page {
    let brought = Brought {
        state: &answered.state,
        code: &answered.code,
        error: &answered.error,
        issuer: answered.iss.as_deref(),
        browser: visit.cookie(cookie(&visit)).unwrap_or_default(),
    };
    let came = or_page(&visit, oidc::finish(visit.web.app(), &visit.ctx(), brought).await).await?;
    let mut response =
        if came.connects { connected(&visit, came.end).await? } else { arrived(&visit, came).await? };
    set_cookie(&mut response, &format!("{}; Max-Age=0", host_cookie(&visit, cookie(&visit), "")));
    // The address has the code in it.
    response.extensions_mut().insert(Class::TokenPage);
    Ok(response)
}

async fn arrived(visit: &Visit, Came { return_to, end, .. }: Came) -> Page {
    match end {
        End::Session(signed_in) => enter(visit, &return_to, &signed_in).await,
        End::CodeAsked(pending) => Ok(sign_in_code::ask(visit, &return_to, &pending)),
        End::Closed(at, zone) => {
            let when = visit.clock(&zone).short(at);
            let text = visit.texts().format("sign-in-closed", &[("when", &when)]);
            sign_in_again(visit, &return_to, StatusCode::FORBIDDEN, text).await
        }
        End::Nowhere(Why::Unavailable) => {
            let text = text(visit, "oidc-unavailable");
            sign_in_again(visit, &return_to, StatusCode::SERVICE_UNAVAILABLE, text).await
        }
        // What they do next is connect it.
        End::Nowhere(Why::Unconnected) => Ok(see_other(&format!(
            "/sign-in{}",
            query(&[("return_to", SECTION), ("notice", "oidc-unconnected")])
        ))),
        End::Nowhere(why) => {
            let notice = format!("oidc-{}", why.name());
            Ok(see_other(&format!("/sign-in{}", query(&[("return_to", &return_to), ("notice", &notice)]))))
        }
        End::Connected => Ok(see_other(SECTION)),
    }
}

async fn connected(visit: &Visit, end: End) -> Page {
    let End::Nowhere(why) = end else {
        return Ok(see_other("/account/security?saved=provider-connected"));
    };
    let Some(session) = visit.session.clone() else {
        return Ok(see_other("/sign-in?notice=oidc-late"));
    };
    let status = if why == Why::Unavailable {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let text = text(visit, &format!("oidc-connect-{}", why.name()));
    wrong(&AgentVisit { visit: visit.clone(), agent: session.agent }, status, text).await
}

/// The Security page with what was wrong.
async fn wrong(visit: &AgentVisit, status: StatusCode, text: String) -> Page {
    let mut response =
        security::again(visit, vec![FieldError { field: "provider".to_owned(), text }]).await?;
    *response.status_mut() = status;
    Ok(response)
}

/// The section of the Security page; none where there is no provider.
pub(super) async fn section(visit: &AgentVisit) -> Result<Option<Provider>, Error> {
    let (app, ctx, clock) = (visit.visit.web.app(), visit.ctx(), visit.clock());
    let Some(name) = oidc::name(app) else { return Ok(None) };
    let connected = oidc::link(app, &ctx).await?.map(|link| Connected {
        email: link.email,
        since: clock.short(link.created_at),
        used: link.last_used_at.map(|at| clock.short(at)),
    });
    let asks = !sessions::is_confirmed(app, &ctx).await?;
    Ok(Some(Provider { name: name.to_owned(), asks, connected }))
}

async fn connect(visit: AgentVisit) -> Page {
    match oidc::start_connect(visit.visit.web.app(), &visit.ctx()).await {
        Ok(sent) => leave(&visit.visit, "/account/security", sent).await,
        Err(Error::ReauthenticationRequired) => Ok(see_other(&confirm_path(SECTION))),
        Err(Error::Busy) => {
            let text = text(&visit.visit, "oidc-connect-unavailable");
            wrong(&visit, StatusCode::SERVICE_UNAVAILABLE, text).await
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

const DISCONNECT: &str = "/account/oidc/disconnect";

async fn ask_disconnect(visit: AgentVisit) -> Page {
    let (app, ctx) = (visit.visit.web.app(), visit.ctx());
    if or_page(&visit.visit, oidc::link(app, &ctx).await).await?.is_none() {
        return Ok(see_other(SECTION));
    }
    if !sessions::is_recent(app, &ctx) {
        return Ok(see_other(&confirm_path(DISCONNECT)));
    }
    Ok(html(&disconnect_page(&visit).await?))
}

async fn disconnect_page(visit: &AgentVisit) -> Result<Disconnect, Failure> {
    let shell = or_page(&visit.visit, visit.shell(Section::Account, DISCONNECT).await).await?;
    Ok(Disconnect { shell, provider: name(&visit.visit) })
}

async fn disconnect(visit: AgentVisit) -> Page {
    match oidc::disconnect(visit.visit.web.app(), &visit.ctx()).await {
        Ok(()) => Ok(see_other("/account/security?saved=provider-disconnected")),
        // By the first of two clicks.
        Err(Error::NotFound) if oidc::name(visit.visit.web.app()).is_some() => Ok(see_other(SECTION)),
        Err(Error::ReauthenticationRequired) => Ok(see_other(&confirm_path(DISCONNECT))),
        Err(Error::Refused(Refusal::LastWayIn)) => {
            let text = text(&visit.visit, "provider-last-way-in");
            wrong(&visit, StatusCode::CONFLICT, text).await
        }
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}
