//! Somebody else's account, edited by an admin.

use crate::Gallery;
use crate::account::{location, visibility};
use crate::sample::{signed_in, with_errors, zones};
use nameplate_web::view::Section;
use nameplate_web::view::account::LocationForm;
use nameplate_web::view::fields::{FieldInput, ProfileInput};
use nameplate_web::view::person_edit::Edit;

fn field() -> ProfileInput {
    ProfileInput {
        name: "fields_region".into(),
        label: "Region".into(),
        hint: String::new(),
        required: true,
        value: "South".into(),
        shown: "South".into(),
        control: FieldInput::Line("dir=\"auto\""),
    }
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    let shell = signed_in(Section::Other);
    let page = Edit {
        shell: shell.clone(),
        version: "7".into(),
        who: "Anna Berg".into(),
        href: "/admin/people/agt_2".into(),
        email: "anna.berg@harbour.example".into(),
        is_told: true,
        name: "Anna Berg".into(),
        display_name: String::new(),
        url_prefix: "book.harbour.example/".into(),
        slug: "anna-berg".into(),
        time_zone: zones("Europe/Amsterdam"),
        phone_number: "030 901820".into(),
        job_title: "Mortgage adviser".into(),
        location: location(),
        fields: vec![field()],
        visibility: visibility(),
        external_ids: "crm:0031x".into(),
        reset: Some("/admin/people/agt_2/reset".into()),
    };
    gallery.page("people-edit", &page);
    let (ids, phone) = (shell.t("problem-external-id-format"), shell.t("problem-phone-letters"));
    let wrong = Edit {
        shell: with_errors(
            shell.clone(),
            &[("phone_number", phone.as_str()), ("external_ids", ids.as_str())],
        ),
        location: LocationForm { open: true, ..location() },
        phone_number: "call me".into(),
        external_ids: "0031x".into(),
        is_told: false,
        reset: None,
        fields: Vec::new(),
        ..page.clone()
    };
    gallery.page("people-edit-wrong", &wrong);
    let stale = shell.t("edit-stale");
    let mut stale = Edit { shell: with_errors(shell, &[("name", stale.as_str())]), ..page };
    for (field, shown) in
        [("job_title", "Adviser"), ("time_zone", "Europe/Berlin"), ("email_booking_page", "yes")]
    {
        stale.shell.add_stored(field, shown);
    }
    gallery.page("people-edit-stale", &stale);
}
