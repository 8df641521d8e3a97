//! Two-step sign-in.

use crate::Gallery;
use crate::sample::{new_password, public, signed_in, with_errors};
use crate::security::security;
use nameplate_web::view::account::QrFile;
use nameplate_web::view::security::{Security, TwoStep};
use nameplate_web::view::two_step::{AskCodes, RecoveryCodes, SetUp, SignInCode, TurnOff};
use nameplate_web::view::{Section, Shell, StepUp};

const CODES: [&str; 10] = [
    "K3QF-7ZTM-ABCD-2WXY-PLMN-QRST",
    "M5UT-EYJQ-HD4A-RB6K-W2VN-OZFC",
    "QZ7X-3LPA-NMKU-5TCE-YB2D-HJ6W",
    "A4RN-JW6F-ZKQ3-UXTM-2PDL-EV5C",
    "YH2B-5DCE-QMZ7-N3KA-RFVU-TW4X",
    "D6TM-PZ3Y-LKWF-A2NQ-7XUC-BRJ5",
    "WQ5J-CNU2-FYT4-ZDHM-6KBA-X3PR",
    "T7KE-XBM4-3VQZ-RJND-WU2F-YCP5",
    "Z2PA-6WRC-DJ5U-XNMK-QTY3-FBV7",
    "J3VN-UQ7D-KXTA-5YFZ-MCE2-W4RB",
];

fn on(codes_left: &str, few: bool) -> Security {
    let since = "On since 3 November 2026 (Amsterdam).".into();
    Security {
        advice: None,
        two_step: Some(TwoStep { since, codes_left: codes_left.into(), few }),
        ..security()
    }
}

fn step(code: bool) -> StepUp {
    StepUp { password: true, code, passkey: true, return_to: "/account/security".into() }
}

fn set_up(shell: Shell) -> SetUp {
    SetUp {
        shell,
        qr: QrFile {
            label: "QR code for your authenticator app".into(),
            url: String::new(),
            size: 29,
            path: "M4 4h7v7h-7zM18 4h7v7h-7zM4 18h7v7h-7zM13 13h4v4h-4z".into(),
        },
        secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".into(),
        address: "otpauth://totp/Harbour:anna?secret=GEZDGNBVGY3TQOJQ".into(),
        sealed: "AbC".into(),
        code: String::new(),
        step: StepUp::default(),
        email: "anna.berg@harbour.example".into(),
    }
}

fn sign_in_code(shell: Shell) -> SignInCode {
    SignInCode { shell, return_to: String::new() }
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let account = || signed_in(Section::Account);
    gallery.page("security-two-step", &on("8 recovery codes are left.", false));
    gallery.page("security-two-step-few", &on("2 recovery codes are left.", true));

    gallery.page("two-step-set-up", &set_up(account()));
    let errors = [
        ("current_password", "This is not your current password"),
        ("code", "This code is wrong or was used before. Wait for the next one in your app"),
    ];
    let wrong =
        SetUp { step: step(false), code: "123 456".into(), ..set_up(with_errors(account(), &errors)) };
    gallery.page("two-step-set-up-wrong", &wrong);
    gallery.page(
        "two-step-codes",
        &RecoveryCodes {
            shell: Shell { saved: Some("Two-step sign-in is on.".into()), ..account() },
            codes: CODES.map(Into::into).into(),
            text: CODES.join("\n"),
            file: "data:text/plain;charset=utf-8,codes".into(),
            file_name: "recovery-codes.txt".into(),
        },
    );
    gallery.page(
        "two-step-new-codes",
        &AskCodes {
            shell: account(),
            codes_left: "2 recovery codes are left.".into(),
            step: step(true),
            email: "anna.berg@harbour.example".into(),
        },
    );
    let off = TurnOff {
        shell: account(),
        step: step(true),
        new_password: None,
        email: "anna.berg@harbour.example".into(),
    };
    gallery.page("two-step-off", &off);
    let errors = [("new_password", "Use at least 15 characters")];
    let short = TurnOff { shell: with_errors(account(), &errors), new_password: Some(new_password()), ..off };
    gallery.page("two-step-off-short", &short);

    gallery.page("sign-in-code", &sign_in_code(public()));
    let errors = [("code", "This code is wrong or was used before")];
    gallery.page("sign-in-code-wrong", &sign_in_code(with_errors(public(), &errors)));
    let errors = [("recovery_code", "This code is wrong or was used before")];
    gallery.page("sign-in-code-wrong-recovery", &sign_in_code(with_errors(public(), &errors)));
}
