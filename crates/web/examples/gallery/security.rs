//! Signing in, and how it is set up.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::oidc::{Connected, Disconnect, Provider};
use nameplate_web::view::passkeys::{Confirm, PasskeyItem, PasskeyRemove, PasskeyRename, Passkeys};
use nameplate_web::view::security::Security;
use nameplate_web::view::{Section, StepUp};

/// The page without two-step sign-in.
pub fn security() -> Security {
    Security {
        shell: signed_in(Section::Account),
        advice: Some(
            "Your password alone opens your account: add a passkey, or set up two-step sign-in.".into(),
        ),
        passkeys: Passkeys { possible: true, ..Passkeys::default() },
        provider: None,
        password_changed: Some("Last changed on 3 November 2026 (Amsterdam).".into()),
        two_step: None,
    }
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    gallery.page("security", &security());
    passkeys(gallery);
    provider(gallery);
}

fn provider(gallery: &Gallery) {
    let connected = Connected {
        email: Some("anna.berg@harbour.example".into()),
        since: "Tue 3 Nov 2026, 09:12 (Amsterdam, UTC+1)".into(),
        used: Some("Mon 23 Nov 2026, 08:40 (Amsterdam, UTC+1)".into()),
    };
    let with = |provider: Provider| Security { provider: Some(provider), ..security() };
    let none = Provider { name: "Harbour login".into(), asks: false, connected: None };
    gallery.page("security-provider", &with(Provider { connected: Some(connected), ..none.clone() }));
    gallery.page("security-provider-asks", &with(Provider { asks: true, ..none.clone() }));
    let wrong = [(
        "provider",
        "Harbour login does not answer at the moment. Nothing was connected: try again in a minute.",
    )];
    let shell = with_errors(signed_in(Section::Account), &wrong);
    gallery.page("security-provider-wrong", &Security { shell, ..with(none) });
    let disconnect = Disconnect { shell: signed_in(Section::Account), provider: "Harbour login".into() };
    gallery.page("security-provider-disconnect", &disconnect);
}

fn passkeys(gallery: &Gallery) {
    let href = "/account/passkeys/pky_0198f2c4000070008000000000000001".to_owned();
    let items = vec![
        PasskeyItem {
            href: href.clone(),
            name: "Apple Passwords".into(),
            is_this: true,
            added: "Tue 3 Nov 2026, 09:12 (Amsterdam, UTC+1)".into(),
            used: Some("Mon 23 Nov 2026, 08:40 (Amsterdam, UTC+1)".into()),
        },
        PasskeyItem {
            href: href.clone(),
            name: "The key with the red ribbon in the upper drawer of my desk".into(),
            is_this: false,
            added: "Mon 23 Nov 2026, 08:41 (Amsterdam, UTC+1)".into(),
            used: None,
        },
    ];
    let two =
        Security { advice: None, passkeys: Passkeys { possible: true, asks: false, items }, ..security() };
    gallery.page("security-passkeys", &two);
    let wrong = [(
        "passkey",
        "This passkey could not be added. Try again, or use another device or password manager.",
    )];
    let shell = with_errors(signed_in(Section::Account), &wrong);
    gallery.page("security-passkeys-wrong", &Security { shell, ..two.clone() });
    let mut asks = two;
    asks.passkeys.asks = true;
    gallery.page("security-passkeys-asks", &asks);

    let rename = PasskeyRename {
        shell: signed_in(Section::Account),
        href: href.clone(),
        stored_name: "Apple Passwords".into(),
        name: "Apple Passwords".into(),
    };
    gallery.page("passkey-rename", &rename);
    let errors = [("name", "Fill this in")];
    let shell = with_errors(signed_in(Section::Account), &errors);
    gallery.page("passkey-rename-wrong", &PasskeyRename { shell, name: String::new(), ..rename });
    gallery.page(
        "passkey-remove",
        &PasskeyRemove {
            shell: signed_in(Section::Account),
            href,
            name: "Apple Passwords".into(),
            left: "You can still sign in with your other passkey and your password.".into(),
        },
    );
    let confirm = Confirm {
        shell: signed_in(Section::Account),
        email: "anna.berg@harbour.example".into(),
        step: StepUp { password: true, code: false, passkey: true, return_to: "/account/security".into() },
    };
    gallery.page("confirm", &confirm);
    let step = StepUp { code: true, ..confirm.step.clone() };
    gallery.page("confirm-code", &Confirm { step, ..confirm.clone() });
    let step = StepUp { password: false, ..confirm.step.clone() };
    gallery.page("confirm-passkey-only", &Confirm { step, ..confirm.clone() });
    let wrong = [("current_password", "This is not your current password")];
    let shell = with_errors(signed_in(Section::Account), &wrong);
    gallery.page("confirm-wrong", &Confirm { shell, ..confirm });
}
