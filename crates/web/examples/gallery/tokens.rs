//! API tokens: none, several, one just made, a form with errors.

use crate::Gallery;
use crate::sample::{public, signed_in, with_errors};
use nameplate_web::view::api_tokens::{ApiTokens, MadeToken, TokenItem};
use nameplate_web::view::{Link, Section, StepUp};

fn item(name: &str, is_over: bool) -> TokenItem {
    let ends = if is_over { "Ended" } else { "Works until" };
    TokenItem {
        id: "tok_0".into(),
        name: name.into(),
        used: "Last used Sat 21 Nov 2026, 18:03 (Amsterdam, UTC+1)".into(),
        made: "Made Mon 2 Nov 2026, 09:15 (Amsterdam, UTC+1)".into(),
        ends: format!("{ends} Sun 31 Jan 2027, 09:15 (Amsterdam, UTC+1)"),
        is_over,
    }
}

pub fn all(gallery: &Gallery) {
    gallery.page("api-docs", &nameplate_web::api_docs(public(), "https://meet.example.com"));
    let empty = ApiTokens {
        shell: signed_in(Section::Account),
        made: None,
        tokens: vec![],
        id: "tok_1".into(),
        name: String::new(),
        lives: ["7", "90"].map(|days| Link::new(format!("{days} days"), days)).to_vec(),
        days: "90".into(),
        step: StepUp::default(),
        email: "anna.berg@harbour.example".into(),
    };
    gallery.page("api-tokens-none", &empty);
    let listed = ApiTokens { tokens: vec![item("CRM sync", false), item("Old laptop", true)], ..empty };
    gallery.page("api-tokens", &listed);
    let text = format!("np_{}", "Q7".repeat(21) + "x");
    let made = Some(MadeToken { name: "CRM sync".into(), text });
    gallery.page("api-tokens-made", &ApiTokens { made, ..listed.clone() });
    let errors = [("name", "Fill in this field"), ("current_password", "This is not your current password")];
    let shell = with_errors(signed_in(Section::Account), &errors);
    let step = StepUp { password: true, code: true, passkey: true, return_to: "/account/api-tokens".into() };
    gallery.page("api-tokens-wrong", &ApiTokens { shell, step, ..listed });
}
