//! The fields by which somebody shows anew who they are, in whichever form they stand (S-13).

use crate::failure::{self, Failure};
use crate::forms::{self, Form};
use crate::pages::or_page;
use crate::view::{FieldError, StepUp};
use crate::visit::AgentVisit;
use jiff::SignedDuration;
use nameplate_app::Invalid;
use nameplate_app::accounts::sessions::Proof;
use nameplate_app::accounts::step_up::{self, Purpose};
use nameplate_domain::account::Problem;
use nameplate_i18n::Texts;

/// The names of the two fields in one form: a page with several forms has several of them.
#[derive(Clone, Copy)]
pub struct Names {
    /// The current password's.
    pub password: &'static str,
    /// The code's.
    pub code: &'static str,
}

/// The usual ones.
pub const NAMES: Names = Names { password: "current_password", code: "app_code" };

/// What the form for this asks for, and where a passkey leads back to.
pub async fn fields(visit: &AgentVisit, purpose: Purpose, return_to: &str) -> Result<StepUp, Failure> {
    let asks = step_up::asks(visit.visit.web.app(), &visit.ctx(), purpose).await;
    let asks = or_page(&visit.visit, asks).await?;
    Ok(StepUp {
        password: asks.password,
        code: asks.code,
        passkey: asks.passkey,
        return_to: return_to.to_owned(),
    })
}

impl Names {
    /// What a form brought. A field that stayed empty was not filled in, or not asked for.
    pub fn proof(self, form: &Form) -> Proof<'_> {
        let given = |name: &str| Some(form.get(name)).filter(|_| form.has(name));
        Proof { password: given(self.password), code: given(self.code) }
    }

    /// The errors of a use case under the names of the form.
    pub fn errors(self, texts: Texts, problems: &[Invalid]) -> Vec<FieldError> {
        let renamed = |one: &Invalid| match one.pointer.as_str() {
            "/current_password" => Invalid::new(self.password, one.problem.clone()),
            "/code" => Invalid::new(self.code, one.problem.clone()),
            _ => one.clone(),
        };
        forms::invalid(texts, &problems.iter().map(renamed).collect::<Vec<_>>())
    }

    /// What is said when the form brought nothing and its sign-in has become too old.
    pub fn missing(self, texts: Texts) -> Vec<FieldError> {
        vec![forms::error(texts, self.password, &Problem::Empty)]
    }

    /// What is said after too many tries.
    pub fn wait(self, texts: Texts, wait: SignedDuration) -> Vec<FieldError> {
        let text = texts.format("account-wait", &[("minutes", &failure::minutes(wait))]);
        vec![FieldError { field: self.password.to_owned(), text }]
    }
}
