//! Two-step sign-in: turning it on and off, and new recovery codes.

use crate::failure::{self, Failure, Page, html, see_other};
use crate::forms::{self, Form};
use crate::pages::step_up::{self, NAMES};
use crate::pages::{or_page, passphrase, with_status};
use crate::qr::Qr;
use crate::view::account::QrFile;
use crate::view::two_step::{AskCodes, RecoveryCodes, SetUp, TurnOff};
use crate::view::{FieldError, Section, Shell};
use crate::visit::AgentVisit;
use axum::http::StatusCode;
use nameplate_app::accounts::step_up::Purpose;
use nameplate_app::accounts::{password, two_step};
use nameplate_app::{Error, Refusal};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Where all of this is reached from.
const SECURITY: &str = "/account/security";

async fn shell(visit: &AgentVisit, path: &str) -> Result<Shell, Failure> {
    or_page(&visit.visit, visit.shell(Section::Account, path).await).await
}

/// What was wrong with a form; anything but that is an answer of its own.
async fn errors(visit: &AgentVisit, error: Error, field: &str) -> Result<Vec<FieldError>, Failure> {
    let texts = visit.visit.texts();
    match error {
        // Where it is set up, `code` is the one that the new app shows: none is asked for beside it.
        Error::Invalid(problems) if field == "code" => Ok(forms::invalid(texts, &problems)),
        Error::Invalid(problems) => Ok(NAMES.errors(texts, &problems)),
        Error::ReauthenticationRequired => Ok(NAMES.missing(texts)),
        Error::Limited(wait) => {
            let text = texts.format("account-wait", &[("minutes", &failure::minutes(wait))]);
            Ok(vec![FieldError { field: field.to_owned(), text }])
        }
        // It was turned on or off meanwhile, perhaps by the first of two clicks: the page says how things stand.
        Error::Stale => Err(Failure::from(see_other(SECURITY))),
        // Too many wrong passwords ended the session.
        Error::NotSignedIn => Err(Failure::from(see_other("/sign-in?notice=wrong-passwords"))),
        other => Err(Failure::page(other, &visit.visit).await),
    }
}

async fn set_up_page(visit: &AgentVisit, set_up: two_step::SetUp) -> Result<SetUp, Failure> {
    let shell = shell(visit, "/account/security/two-step").await?;
    let code = Qr::of(&set_up.address);
    let code = or_page(&visit.visit, code.ok_or(Error::Internal("an address is too long for a QR code")));
    let code = code.await?;
    Ok(SetUp {
        qr: QrFile {
            label: shell.t("two-step-qr"),
            url: String::new(),
            size: code.size(),
            path: code.path(),
        },
        secret: groups(&set_up.secret),
        address: set_up.address,
        sealed: set_up.sealed,
        code: String::new(),
        step: step_up::fields(visit, Purpose::Recent, "/account/security/two-step").await?,
        email: visit.agent.email.shown(),
        shell,
    })
}

/// Groups of four are easier to type.
fn groups(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

pub(super) async fn show(visit: AgentVisit) -> Page {
    match two_step::begin(visit.visit.web.app(), &visit.ctx()).await {
        Ok(set_up) => Ok(html(&set_up_page(&visit, set_up).await?)),
        Err(Error::Stale) => Ok(see_other(SECURITY)),
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

pub(super) async fn turn_on(visit: AgentVisit, form: Form) -> Page {
    let (app, ctx, sealed) = (visit.visit.web.app(), visit.ctx(), form.get("sealed"));
    let problem =
        match two_step::turn_on(app, &ctx, sealed, form.get("code"), NAMES.proof(&form).password).await {
            Ok(codes) => return codes_page(&visit, codes, Some("saved-two-step-on")).await,
            Err(error) => error,
        };
    if matches!(problem, Error::Refused(Refusal::LinkDead)) {
        return old_set_up(&visit).await;
    }
    let errors = errors(&visit, problem, "code").await?;
    match two_step::resume(app, &ctx, sealed).await {
        Ok(set_up) => {
            let mut page = set_up_page(&visit, set_up).await?;
            page.shell.errors = errors;
            page.code = form.typed("code");
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(Error::Refused(Refusal::LinkDead)) => old_set_up(&visit).await,
        Err(error) => Err(Failure::page(error, &visit.visit).await),
    }
}

/// The page stood open too long: a new secret, and why.
async fn old_set_up(visit: &AgentVisit) -> Page {
    let set_up = match two_step::begin(visit.visit.web.app(), &visit.ctx()).await {
        Err(Error::Stale) => return Ok(see_other(SECURITY)),
        other => or_page(&visit.visit, other).await?,
    };
    let mut page = set_up_page(visit, set_up).await?;
    let text = visit.visit.texts().text("two-step-old");
    page.shell.errors = vec![FieldError { field: "code".to_owned(), text }];
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Shown as the answer itself, because nothing keeps the codes that could show them again.
async fn codes_page(visit: &AgentVisit, codes: Vec<String>, saved: Option<&str>) -> Page {
    let mut shell = shell(visit, SECURITY).await?;
    shell.saved = saved.map(|key| shell.t(key));
    let host = &visit.visit.web.app().settings().host;
    let head = visit.visit.texts().format(
        "recovery-codes-file",
        &[("host", host), ("organisation", &shell.organisation), ("email", &visit.agent.email.shown())],
    );
    let text = format!("{head}\n\n{}\n", codes.join("\n"));
    let file = format!("data:text/plain;charset=utf-8,{}", utf8_percent_encode(&text, NON_ALPHANUMERIC));
    let file_name = format!("{host}-recovery-codes.txt");
    Ok(html(&RecoveryCodes { shell, codes, text, file, file_name }))
}

async fn codes_form(visit: &AgentVisit) -> Result<AskCodes, Failure> {
    let status = two_step::status(visit.visit.web.app(), &visit.ctx()).await;
    let Some(status) = or_page(&visit.visit, status).await? else {
        return Err(Failure::from(see_other(SECURITY)));
    };
    let left = status.codes_left.to_string();
    Ok(AskCodes {
        shell: shell(visit, "/account/security/recovery-codes").await?,
        codes_left: visit.visit.texts().format("recovery-codes-left", &[("left", &left)]),
        step: step_up::fields(visit, Purpose::Recent, "/account/security/recovery-codes").await?,
        email: visit.agent.email.shown(),
    })
}

pub(super) async fn ask_codes(visit: AgentVisit) -> Page {
    Ok(html(&codes_form(&visit).await?))
}

pub(super) async fn new_codes(visit: AgentVisit, form: Form) -> Page {
    let app = visit.visit.web.app();
    match two_step::new_codes(app, &visit.ctx(), NAMES.proof(&form)).await {
        Ok(codes) => codes_page(&visit, codes, None).await,
        Err(error) => {
            let errors = errors(&visit, error, "current_password").await?;
            let mut page = codes_form(&visit).await?;
            page.shell.errors = errors;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn off_form(visit: &AgentVisit) -> Result<TurnOff, Failure> {
    let (app, ctx) = (visit.visit.web.app(), visit.ctx());
    if or_page(&visit.visit, two_step::status(app, &ctx).await).await?.is_none() {
        return Err(Failure::from(see_other(SECURITY)));
    }
    let stands_alone = or_page(&visit.visit, password::stands_alone(app, &ctx).await).await?;
    let minimum = app.settings().password_policy.minimum(false);
    Ok(TurnOff {
        shell: shell(visit, "/account/security/two-step/off").await?,
        step: step_up::fields(visit, Purpose::SecondFactor, "/account/security/two-step/off").await?,
        new_password: (!stands_alone).then(|| passphrase::hint(minimum)),
        email: visit.agent.email.shown(),
    })
}

pub(super) async fn ask_off(visit: AgentVisit) -> Page {
    Ok(html(&off_form(&visit).await?))
}

pub(super) async fn turn_off(visit: AgentVisit, form: Form) -> Page {
    let (app, ctx) = (visit.visit.web.app(), visit.ctx());
    match two_step::turn_off(app, &ctx, NAMES.proof(&form), form.get("new_password")).await {
        Ok(()) => Ok(see_other("/account/security?saved=two-step-off")),
        Err(error) => {
            let errors = errors(&visit, error, "current_password").await?;
            let mut page = off_form(&visit).await?;
            page.shell.errors = errors;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}
