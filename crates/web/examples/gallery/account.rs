//! My Account.

use crate::Gallery;
use crate::agent::saved;
use crate::sample::{initials, locale, new_password, plate, signed_in, with_errors, zones};
use nameplate_i18n::Texts;
use nameplate_web::view::account::{Account, DeviceZone, LocationForm, OldLink, SelectField, VisibilityRow};
use nameplate_web::view::preview::{Contact, Preview};
use nameplate_web::view::{Link, LinkedData, Picture, Plate, Section, StepUp};

fn preview() -> Preview {
    Preview {
        texts: Texts::of(locale()),
        typed: false,
        on_booking_page: Plate { phone_number: None, ..plate() },
        signature: "preview-signature".into(),
        signature_height: 240,
        entry_title: "Mortgage introduction with Anna Berg".into(),
        entry_text: "Mortgage introduction with Anna Berg, Harbour Advice\n\nReschedule: https://book.harbour.example/m/AAA/reschedule".into(),
        contact: Contact {
            picture: initials(),
            name: "Anna Berg".into(),
            lines: vec!["Senior mortgage adviser".into(), "Harbour Advice".into()],
        },
    }
}

/// Where each detail is shown.
pub fn visibility() -> Vec<VisibilityRow> {
    let row = |(key, label, booking_page): (&str, &str, bool)| VisibilityRow {
        key: key.into(),
        label: Texts::of(locale()).text(label),
        booking_page,
        messages: true,
    };
    let rows = [
        ("email", "field-email", false),
        ("phone_number", "field-phone-number", false),
        ("job_title", "field-job-title", true),
        ("location", "field-location", true),
        ("picture", "field-picture", true),
    ];
    rows.map(row).into()
}

/// An office.
pub fn location() -> LocationForm {
    LocationForm {
        name: "Utrecht office".into(),
        country: "NL".into(),
        countries: vec![Link::new("Germany", "DE"), Link::new("Netherlands", "NL")],
        ..LocationForm::default()
    }
}

fn account() -> Account {
    Account {
        shell: signed_in(Section::Account),
        version: "7".into(),
        preview: preview(),
        name: "Anna Berg".into(),
        display_name: String::new(),
        email: "anna.berg@harbour.example".into(),
        new_email: String::new(),
        email_step: StepUp::default(),
        password_step: StepUp { password: true, ..StepUp::default() },
        pending_email: None,
        meant_email: None,
        resend_wait: None,
        password_changed: Some("Last changed on 3 November 2026.".into()),
        new_password: new_password(),
        api_tokens: vec!["CRM sync".into()],
        has_feed: true,
        revoke_tokens: true,
        passkeys: vec!["Work laptop".into()],
        remove_passkeys: false,
        url_prefix: "book.harbour.example/".into(),
        slug: "anna-berg".into(),
        profile_url: "https://book.harbour.example/anna-berg".into(),
        old_links: vec![OldLink {
            url: "https://book.harbour.example/anna".into(),
            visits: "Followed 12 times, last Tue 3 Nov 2026, 18:03 (Amsterdam, UTC+1)".into(),
        }],
        time_zone: zones("Europe/Amsterdam"),
        zone_now: "It is 11:04 in Amsterdam (UTC+1).".into(),
        zone_change: Some("Changes to UTC+2 on 28 March.".into()),
        phone_number: "06 1234 5678".into(),
        job_title: "Senior mortgage adviser".into(),
        location: location(),
        fields: Vec::new(),
        picture: initials(),
        visibility: visibility(),
        preferences: preferences(),
        preferences_seen: r#"{"hour_cycle":"24"}"#.into(),
    }
}

fn preferences() -> Vec<SelectField> {
    let select = |name: &str, label: &str, options: &[(&str, &str)]| SelectField {
        name: name.into(),
        label: label.into(),
        chosen: options.last().map(|(value, _)| (*value).to_owned()).unwrap_or_default(),
        options: options.iter().map(|(value, text)| ((*value).into(), (*text).into())).collect(),
    };
    let hours = [("", "As usual in your language"), ("24", "24 hours (14:00)")];
    vec![
        select("language", "Language", &[("", "As your browser asks")]),
        select("hours", "Times", &hours),
        select("first_weekday", "First day of the week", &[("", "As usual in your country")]),
        select("theme", "Theme", &[("", "As your device has it")]),
    ]
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let device = DeviceZone {
        text: "Your device is in New York (UTC-5).".into(),
        switch: "Switch".into(),
        href: "/account/time-zone?time_zone=America%2FNew_York".into(),
        keep: "Keep Amsterdam".into(),
    };
    gallery.fragment("account/device-zone", &device);
    gallery.fragment("preview-signature", &LinkedData::default());
    gallery.page("account", &account());
    let typed = Account { preview: Preview { typed: true, ..preview() }, ..account() };
    gallery.page("account-typed", &typed);
    let shell = signed_in(Section::Account);
    let fields = crate::fields::inputs(&shell);
    let wrong =
        [("fields_languages", shell.t("problem-empty")), ("fields_since", shell.t("problem-date-format"))];
    let wrong = wrong.each_ref().map(|(field, text)| (*field, text.as_str()));
    let filled = Account { shell: with_errors(shell.clone(), &wrong), fields, ..account() };
    gallery.page("account-fields", &filled);
    gallery.page(
        "account-saved",
        &Account {
            shell: saved(signed_in(Section::Account), "Your job title is now “Senior mortgage adviser”."),
            pending_email: Some("anna@new.example".into()),
            picture: Picture { url: Some("assets/icon.svg".into()), ..initials() },
            ..account()
        },
    );
    let errors = [
        ("name", "Enter your name"),
        ("email_password", "Enter your current password"),
        ("resend", "You can send it again in 40 seconds."),
        ("code", "This code is wrong. Type the 6 digits of the newest message."),
        ("new_password", "Use at least 15 characters"),
        ("slug", "“account” is used by the server itself. Choose another."),
        ("phone_number", "Write the number like +31 6 12345678"),
        ("location_city", "Use at most 200 characters"),
        ("picture", "This is a HEIC photo. Save it as JPEG on your phone and choose it again."),
    ];
    gallery.page(
        "account-wrong",
        &Account {
            shell: with_errors(signed_in(Section::Account), &errors),
            pending_email: Some("anna@new.example".into()),
            email_step: step("/account#email"),
            password_step: step("/account#password"),
            location: LocationForm { open: true, ..account().location },
            phone_number: "call me".into(),
            ..account()
        },
    );
}

fn step(return_to: &str) -> StepUp {
    StepUp { password: true, code: true, passkey: true, return_to: return_to.into() }
}
