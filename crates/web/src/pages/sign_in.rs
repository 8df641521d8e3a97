//! Signing in and out, the front page, and the first-run set-up.

use crate::failure::{self, Failure, Page, html, see_other, set_cookie};
use crate::forms::{self, Asked, Check, Form};
use crate::pages::oidc::text as about_provider;
use crate::pages::preferences::own_path;
use crate::pages::{or_page, passphrase, sign_in_code, with_status};
use crate::picker::query;
use crate::routes::{Access, Routes};
use crate::view::sign_in::{SetUp, SignIn};
use crate::view::zones::ZoneChoice;
use crate::view::{FieldError, Shell};
use crate::visit::Visit;
use axum::http::StatusCode;
use nameplate_app::accounts::add::NewAgent;
use nameplate_app::accounts::sessions::{self, Browser, Entered};
use nameplate_app::accounts::{oidc, passkeys, set_up};
use nameplate_app::{Error, Refusal};
use nameplate_domain::account::{EmailAddress, FullName, Problem, Role};
use serde::Deserialize;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/", Access::Public, front)
        .get("/sign-in", Access::Public, show)
        .post("/sign-in", Access::Public, sign_in)
        .post("/sign-out", Access::Public, sign_out)
        .get("/setup", Access::SetUp, show_set_up)
        .post("/setup", Access::SetUp, finish_set_up)
}

/// `GET /`: My Account for who is signed in, else sign-in.
async fn front(visit: Visit) -> Page {
    Ok(see_other(if visit.session.is_some() { "/account" } else { "/sign-in" }))
}

#[derive(Default, Deserialize)]
struct Back {
    #[serde(default)]
    return_to: String,
    #[serde(default)]
    notice: String,
}

async fn show(visit: Visit, Asked(back): Asked<Back>) -> Page {
    let shell = or_page(&visit, visit.public_shell(visit.here()).await).await?;
    let notice = match back.notice.as_str() {
        "wrong-passwords" => Some(shell.t("sign-in-wrong-passwords")),
        "ended" => Some(shell.t("sign-in-ended")),
        "signed-out" => Some(shell.t("sign-in-signed-out")),
        "set-up" => Some(shell.t("sign-in-set-up")),
        "code-late" => Some(shell.t("sign-in-code-late")),
        "password-set" => Some(shell.t("sign-in-password-set")),
        "invitation-accepted" => Some(shell.t("notice-invitation-accepted")),
        key @ ("oidc-late" | "oidc-denied" | "oidc-refused" | "oidc-unconnected")
            if oidc::name(visit.web.app()).is_some() =>
        {
            Some(about_provider(&visit, key))
        }
        _ => None,
    };
    Ok(html(&page(&visit, shell, String::new(), back.return_to, notice)))
}

async fn sign_in(visit: Visit, form: Form) -> Page {
    let (email, password) = (form.get("email"), form.get("password"));
    let shell = or_page(&visit, visit.public_shell(here(&form)).await).await?;
    let mut check = Check::default();
    if email.trim().is_empty() {
        check.add("email", Problem::Empty);
    }
    if password.is_empty() {
        check.add("password", Problem::Empty);
    }
    let errors = check.errors(visit.texts());
    if !errors.is_empty() {
        return again(&visit, shell, &form, errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let ctx = visit.ctx();
    let browser = Browser { user_agent: visit.user_agent(), known: visit.cookie(known_cookie(&visit)) };
    match sessions::sign_in(visit.web.app(), &ctx, email, password, browser).await {
        Ok(Entered::Session(signed_in)) => enter(&visit, form.get("return_to"), &signed_in).await,
        Ok(Entered::CodeAsked(pending)) => Ok(sign_in_code::ask(&visit, form.get("return_to"), &pending)),
        Ok(Entered::Closed(at, zone)) => {
            let text = shell.t1("sign-in-closed", "when", &visit.clock(&zone).short(at));
            let (email, return_to) = (form.typed("email"), form.typed("return_to"));
            // Nothing in the form is wrong.
            with_status(StatusCode::FORBIDDEN, &page(&visit, shell, email, return_to, Some(text)))
        }
        Err(Error::WrongCredentials) => {
            let text = shell.t("sign-in-wrong");
            let errors = vec![FieldError { field: "email".to_owned(), text }];
            again(&visit, shell, &form, errors, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Error::Limited(wait)) => {
            let minutes = failure::minutes(wait);
            let text = shell.t1("sign-in-wait", "minutes", &minutes);
            let errors = vec![FieldError { field: "email".to_owned(), text }];
            again(&visit, shell, &form, errors, StatusCode::TOO_MANY_REQUESTS)
        }
        Err(error) => Err(Failure::page(error, &visit).await),
    }
}

/// The path that shows the form again with GET.
pub(super) fn here(form: &Form) -> String {
    format!("/sign-in{}", query(&[("return_to", form.get("return_to"))]))
}

/// Somebody has shown who they are: into the page that they came for.
pub(super) async fn enter(visit: &Visit, return_to: &str, signed_in: &sessions::SignIn) -> Page {
    // The session of before, if any, ends: a new sign-in is a new session.
    if let Some(old) = visit.cookie(visit.web.session_cookie()) {
        or_page(visit, sessions::sign_out(visit.web.app(), &visit.ctx(), old).await).await?;
    }
    let mut response = see_other(&own_path(return_to, "/account"));
    set_cookie(&mut response, &session_cookie(visit, &signed_in.session));
    let life = visit.web.app().settings().sessions.known_device.as_secs();
    let known = host_cookie(visit, known_cookie(visit), &signed_in.known);
    set_cookie(&mut response, &format!("{known}; Max-Age={life}"));
    Ok(response)
}

/// The form once more, with what was wrong.
pub(super) fn again(
    visit: &Visit,
    mut shell: Shell,
    form: &Form,
    errors: Vec<FieldError>,
    status: StatusCode,
) -> Page {
    shell.errors = errors;
    with_status(status, &page(visit, shell, form.typed("email"), form.typed("return_to"), None))
}

/// The form.
pub(super) fn page(
    visit: &Visit,
    shell: Shell,
    email: String,
    return_to: String,
    notice: Option<String>,
) -> SignIn {
    let app = visit.web.app();
    let provider = oidc::name(app).map(ToOwned::to_owned);
    SignIn { shell, email, return_to, notice, passkeys: passkeys::are_possible(app), provider }
}

/// A cookie for this browser session; its end on the server is what counts.
pub(super) fn session_cookie(visit: &Visit, token: &str) -> String {
    host_cookie(visit, visit.web.session_cookie(), token)
}

pub(super) fn host_cookie(visit: &Visit, name: &str, value: &str) -> String {
    let secure = if visit.web.config().secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

/// The cookie by which a browser is known at the next sign-in. It outlives signing out and gives no access.
fn known_cookie(visit: &Visit) -> &'static str {
    if visit.web.config().secure { "__Host-known" } else { "known" }
}

async fn sign_out(visit: Visit) -> Page {
    if let Some(token) = visit.cookie(visit.web.session_cookie()) {
        or_page(&visit, sessions::sign_out(visit.web.app(), &visit.ctx(), token).await).await?;
    }
    let mut response = see_other("/sign-in?notice=signed-out");
    set_cookie(&mut response, &ended_session(&visit));
    Ok(response)
}

/// The cookie that takes the place of that of a session that is over.
pub(super) fn ended_session(visit: &Visit) -> String {
    format!("{}; Max-Age=0", session_cookie(visit, ""))
}

#[derive(Default, Deserialize)]
struct Token {
    #[serde(default)]
    token: String,
}

async fn show_set_up(visit: Visit, Asked(Token { token }): Asked<Token>) -> Page {
    or_page(&visit, usable(set_up::check(visit.web.app(), visit.now, &token).await)).await?;
    let shell = or_page(&visit, visit.public_shell(visit.here()).await).await?;
    Ok(html(&set_up_page(&visit, shell, &Form::default(), token)))
}

/// After the set-up there is nothing here any more.
fn usable(checked: Result<(), Error>) -> Result<(), Error> {
    match checked {
        Err(Error::Refused(Refusal::SetUpDone)) => Err(Error::NotFound),
        other => other,
    }
}

fn set_up_page(visit: &Visit, shell: Shell, form: &Form, token: String) -> SetUp {
    let chosen = if form.has("time_zone") { form.typed("time_zone") } else { "UTC".to_owned() };
    SetUp {
        shell,
        token,
        name: form.typed("name"),
        email: form.typed("email"),
        organisation: form.typed("organisation"),
        new_password: passphrase::hint(visit.web.app().settings().password_policy.minimum(false)),
        guesses_zone: !form.has("time_zone"),
        time_zone: ZoneChoice { chosen, options: visit.zones() },
    }
}

async fn finish_set_up(visit: Visit, form: Form) -> Page {
    let app = visit.web.app();
    let token = form.typed("token");
    or_page(&visit, usable(set_up::check(app, visit.now, &token).await)).await?;
    let mut check = Check::default();
    let name = check.take("name", FullName::parse(form.get("name")));
    let email = check.take("email", EmailAddress::parse(form.get("email")));
    let organisation = check.take("organisation", FullName::parse(form.get("organisation")));
    let zone = app.tzdb().normalise(form.get("time_zone")).map_err(|_| Problem::TimeZoneUnknown);
    let zone = check.take("time_zone", zone);
    if name.is_none() || email.is_none() || organisation.is_none() || zone.is_none() {
        let typed = |field: &str| form.get(field);
        let (name, organisation) = (typed("name"), typed("organisation"));
        let wrong = set_up::password_problem(app, typed("password"), name, typed("email"), organisation);
        if let Some(problem) = wrong {
            check.add("password", problem);
        }
    }
    let mut errors = check.errors(visit.texts());
    if let (Some(name), Some(email), Some(organisation), Some(time_zone)) = (name, email, organisation, zone)
    {
        let password = form.typed("password");
        let admin = NewAgent { name, email, password, role: Role::Admin, time_zone, slug: None };
        match set_up::finish(app, &visit.ctx(), &token, organisation, admin).await {
            Ok(()) => return Ok(see_other("/sign-in?notice=set-up")),
            Err(Error::Invalid(problems)) => errors.extend(forms::invalid(visit.texts(), &problems)),
            Err(error) => {
                or_page(&visit, usable(Err(error))).await?;
            }
        }
    }
    let path = format!("/setup{}", query(&[("token", &token)]));
    let mut shell = or_page(&visit, visit.public_shell(path).await).await?;
    shell.errors = errors;
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &set_up_page(&visit, shell, &form, token))
}
