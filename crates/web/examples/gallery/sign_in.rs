//! Before anybody is signed in.

use crate::Gallery;
use crate::sample::{new_password, public, with_errors, zones};
use nameplate_web::view::Theme;
use nameplate_web::view::oidc::Leave;
use nameplate_web::view::password_reset::{Ask, Choose, Dead};
use nameplate_web::view::sign_in::{SetUp, SignIn};

/// Renders them all.
pub fn all(gallery: &Gallery) {
    password_reset(gallery);
    let sign_in = SignIn {
        shell: public(),
        email: String::new(),
        return_to: String::new(),
        notice: None,
        passkeys: true,
        provider: None,
    };
    gallery.page("sign-in", &sign_in);
    let provider = SignIn { provider: Some("Harbour login".into()), ..sign_in.clone() };
    gallery.page("sign-in-provider", &provider);
    let late =
        "Harbour login does not answer at the moment. Sign in with your password, or try again in a minute.";
    gallery
        .page("sign-in-provider-wrong", &SignIn { notice: Some(late.into()), passkeys: false, ..provider });
    // It leads on to itself here: there would be another page before this one is looked at.
    let leave = Leave { shell: public(), provider: "Harbour login".into(), url: "#main".into() };
    gallery.page("provider-leave", &leave);
    let wrong = [("email", "This email and password do not belong together. Check both and try again.")];
    gallery.page(
        "sign-in-wrong",
        &SignIn {
            shell: with_errors(public(), &wrong),
            email: "anna.berg@harbour.example".into(),
            notice: Some("You were signed out from another device.".into()),
            ..sign_in.clone()
        },
    );
    let wrong =
        [("passkey", "This passkey was not accepted here. Try another one, or sign in with your password.")];
    gallery.page("sign-in-wrong-passkey", &SignIn { shell: with_errors(public(), &wrong), ..sign_in });
    let mut shell = public();
    shell.theme = Theme::Dark;
    shell.organisation = "Nameplate".into();
    gallery.page(
        "setup",
        &SetUp {
            shell,
            token: "t".into(),
            new_password: new_password(),
            name: String::new(),
            email: String::new(),
            organisation: String::new(),
            time_zone: zones("Europe/Amsterdam"),
            guesses_zone: false,
        },
    );
}

fn password_reset(gallery: &Gallery) {
    let ask = Ask { shell: public(), email: "anna@example.com".into(), sent: None, mail: true };
    gallery.page("forgot-password", &ask);
    let errors = [("email", "Write an email address like name@example.com.")];
    gallery.page("forgot-password-wrong", &Ask { shell: with_errors(public(), &errors), ..ask.clone() });
    let text = "If there is an account with anna@example.com, a link is on its way there. It works for 30 minutes, once.";
    gallery.page("forgot-password-no-mail", &Ask { mail: false, ..ask.clone() });
    gallery.page("forgot-password-sent", &Ask { sent: Some(text.into()), ..ask });
    let choose = Choose {
        shell: public(),
        action: "/reset/AbC".into(),
        email: "anna@example.com".into(),
        revoke_tokens: true,
        remove_passkeys: Some(false),
        new_password: new_password(),
    };
    gallery.page("reset", &choose);
    gallery.page("reset-dead", &Dead { shell: public() });
}
