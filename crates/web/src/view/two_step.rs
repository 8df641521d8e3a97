//! Two-step sign-in: setting it up, its recovery codes, turning it off, and the second step of a sign-in.

use super::account::QrFile;
use super::{NewPassword, Shell, StepUp};
use askama::Template;

/// `/account/security/two-step`: posts `sealed`, `code` and, when the sign-in is too old a proof, `current_password`.
#[derive(Debug, Clone, Template)]
#[template(path = "two_step/set_up.html")]
pub struct SetUp {
    /// The frame; errors of `code` and `current_password`.
    pub shell: Shell,
    /// The secret for apps with a camera.
    pub qr: QrFile,
    /// The same for typing, in groups of four.
    pub secret: String,
    /// `otpauth://…`, for an app on this device.
    pub address: String,
    /// What comes back with the code.
    pub sealed: String,
    /// What was typed.
    pub code: String,
    /// What is asked for beside (S-13).
    pub step: StepUp,
    /// The account's address, for password managers.
    pub email: String,
}

impl SetUp {
    fn heading(&self) -> String {
        self.shell.t("two-step-set-up-title")
    }
}

/// New recovery codes, shown this once.
#[derive(Debug, Clone, Template)]
#[template(path = "two_step/codes.html")]
pub struct RecoveryCodes {
    /// The frame.
    pub shell: Shell,
    /// The codes, in groups of four.
    pub codes: Vec<String>,
    /// The same as a text to keep: whose they are and how they are used.
    pub text: String,
    /// That text as an address, to be saved as a file without a further request.
    pub file: String,
    /// The name of that file.
    pub file_name: String,
}

impl RecoveryCodes {
    fn heading(&self) -> String {
        self.shell.t("recovery-codes-title")
    }
}

/// `/account/security/recovery-codes`: asks before new ones take the place of the old. Posts `current_password` when it is
/// asked for.
#[derive(Debug, Clone, Template)]
#[template(path = "two_step/ask_codes.html")]
pub struct AskCodes {
    /// The frame; errors of `current_password`.
    pub shell: Shell,
    /// "7 recovery codes are left."
    pub codes_left: String,
    /// What is asked for beside (S-13).
    pub step: StepUp,
    /// The account's address, for password managers.
    pub email: String,
}

impl AskCodes {
    fn heading(&self) -> String {
        self.shell.t("recovery-codes-new-title")
    }
}

/// `/account/security/two-step/off`: posts `current_password`, `app_code` and, when the present password is too short to be the
/// only factor, `new_password`.
#[derive(Debug, Clone, Template)]
#[template(path = "two_step/off.html")]
pub struct TurnOff {
    /// The frame; errors of the fields.
    pub shell: Shell,
    /// What is asked for: both factors, or a passkey.
    pub step: StepUp,
    /// What the new password must be, when one is needed.
    pub new_password: Option<NewPassword>,
    /// The account's address, for password managers.
    pub email: String,
}

impl TurnOff {
    fn heading(&self) -> String {
        self.shell.t("two-step-off-title")
    }
}

/// `/sign-in/code`: posts `code` or `recovery_code`, and `return_to`.
#[derive(Debug, Clone, Template)]
#[template(path = "two_step/sign_in.html")]
pub struct SignInCode {
    /// The frame; errors of the two fields.
    pub shell: Shell,
    /// The path to go to afterwards; empty for My Account.
    pub return_to: String,
}

impl SignInCode {
    fn heading(&self) -> String {
        self.shell.t("sign-in-code-title")
    }
}
