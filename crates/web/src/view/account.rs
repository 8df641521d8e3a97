//! My Account, `/account`: boxes in the order of product.md, each a form of its own (F-10).
//!
//! Every form posts `form_token` and `version` and is answered by a redirect to `/account#box`, or by this page with
//! the errors and what was typed.

use super::fields::{FieldInput, ProfileInput};
use super::preview::Preview;
use super::zones::ZoneChoice;
use super::{Link, NewPassword, Picture, Shell, StepUp};
use askama::Template;
use askama::filters::HtmlSafe;

/// The location as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocationForm {
    /// `location_name`
    pub name: String,
    /// `location_street`
    pub street: String,
    /// `location_postcode`
    pub postcode: String,
    /// `location_city`
    pub city: String,
    /// `location_state`
    pub state: String,
    /// `location_country`, the two-letter code or empty.
    pub country: String,
    /// All countries: name as text, code as value.
    pub countries: Vec<Link>,
    /// Whether the address is unfolded (when part of it is filled in or wrong).
    pub open: bool,
}

/// Where one detail is shown. The boxes post `KEY_booking_page` and `KEY_messages` as `on`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisibilityRow {
    /// `email`, `phone_number`, `job_title`, `location` or `picture`.
    pub key: String,
    /// "Phone number"
    pub label: String,
    /// Shown on the booking page.
    pub booking_page: bool,
    /// Shown in messages.
    pub messages: bool,
}

/// A field with some choices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SelectField {
    /// The name of the field.
    pub name: String,
    /// "First day of the week"
    pub label: String,
    /// The value of the chosen option; empty when the browser decides.
    pub chosen: String,
    /// Values and texts.
    pub options: Vec<(String, String)>,
}

impl SelectField {
    /// The text of the chosen option.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.options.iter().find(|(value, _)| *value == self.chosen).map_or("", |(_, text)| text)
    }
}

/// A link that the account had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OldLink {
    /// In full.
    pub url: String,
    /// "Followed 12 times, last on 3 November 2026 (Berlin)"
    pub visits: String,
}

/// `/account`.
#[derive(Debug, Clone, Template)]
#[template(path = "account/account.html")]
pub struct Account {
    /// The frame; errors by the field names below.
    pub shell: Shell,
    /// The version of the account that this page was made from, sent back as `version` (F-12).
    pub version: String,
    /// The card in each of its places.
    pub preview: Preview,
    /// POST `/account/name`: `name`, `display_name`.
    pub name: String,
    /// The name customers see, empty when it is the full name.
    pub display_name: String,
    /// The confirmed address.
    pub email: String,
    /// POST `/account/email`: `new_email`, what was typed.
    pub new_email: String,
    /// What it asks for when the sign-in is too old a proof: `email_password`, `email_app_code` (S-13).
    pub email_step: StepUp,
    /// The new address that waits for its confirmation, which is the inbox to open. POST
    /// `/account/email/confirm`: `code`; `/account/email/resend`; `/account/email/cancel`.
    pub pending_email: Option<String>,
    /// What the new address was probably meant to be.
    pub meant_email: Option<String>,
    /// "You can send it again in 42 seconds.", until then.
    pub resend_wait: Option<String>,
    /// "Last changed on 3 November 2026". POST `/account/password`: `current_password`, `app_code`, `new_password`.
    pub password_changed: Option<String>,
    /// What it asks for beside the new one (S-07).
    pub password_step: StepUp,
    /// What a new password must be.
    pub new_password: NewPassword,
    /// The names of the API tokens, which a new password may end.
    pub api_tokens: Vec<String>,
    /// Whether there is a private calendar address, which ends with them.
    pub has_feed: bool,
    /// Whether the box that ends them is ticked: `revoke_tokens`.
    pub revoke_tokens: bool,
    /// The names of the passkeys, which a new password may end too.
    pub passkeys: Vec<String>,
    /// Whether the box that ends them is ticked: `remove_passkeys`.
    pub remove_passkeys: bool,
    /// `book.example.com/`, what stands before the slug.
    pub url_prefix: String,
    /// POST `/account/slug`: `slug`.
    pub slug: String,
    /// The full, current profile URL.
    pub profile_url: String,
    /// Former links, newest first.
    pub old_links: Vec<OldLink>,
    /// GET `/account/time-zone`: `time_zone`; answered by `ZoneChange`.
    pub time_zone: ZoneChoice,
    /// "It is 11:04 in Amsterdam (UTC+1)."
    pub zone_now: String,
    /// "Changes to UTC+2 on 28 March.", when that is less than 90 days away.
    pub zone_change: Option<String>,
    /// POST `/account/phone-number`: `phone_number`, as typed.
    pub phone_number: String,
    /// POST `/account/job-title`: `job_title`.
    pub job_title: String,
    /// POST `/account/location`: see `LocationForm`.
    pub location: LocationForm,
    /// POST `/account/fields`: what the organisation asks beyond the usual, each under its own name.
    pub fields: Vec<ProfileInput>,
    /// POST `/account/picture` (multipart): `picture`; `/account/picture/remove`.
    pub picture: Picture,
    /// POST `/account/visibility`: see `VisibilityRow`.
    pub visibility: Vec<VisibilityRow>,
    /// POST `/account/preferences`: a field each (G-12).
    pub preferences: Vec<SelectField>,
    /// The choices that this page was made from, sent back as `seen`: they have no part in `version`.
    pub preferences_seen: String,
}

impl Account {
    fn heading(&self) -> String {
        self.shell.t("account-title")
    }

    fn has_open_fields(&self) -> bool {
        self.fields.iter().any(|one| one.control != FieldInput::Shown)
    }

    fn check_label(&self, row: &VisibilityRow, place: &str) -> String {
        self.shell.t2("visibility-check", ("field", &row.label), ("place", &self.shell.t(place)))
    }

    fn stored_tick(&self, row: &VisibilityRow, place: &str) -> Option<&str> {
        self.shell.stored(&format!("{}_{place}", row.key))
    }

    /// The script puts the numbers in.
    fn crop_position(&self) -> String {
        self.shell.texts.format("crop-position", &[("x", "{x}"), ("y", "{y}"), ("size", "{size}")])
    }

    /// What the box says that ends what programs have.
    fn revoke_text(&self) -> String {
        let names = self.api_tokens.join(", ");
        match (names.is_empty(), self.has_feed) {
            (false, false) => self.shell.t1("revoke-tokens", "names", &names),
            (false, true) => self.shell.t1("revoke-tokens-and-feed", "names", &names),
            (true, _) => self.shell.t("revoke-feed"),
        }
    }

    fn old_links_text(&self) -> String {
        self.shell.t1("old-links", "count", &self.old_links.len().to_string())
    }
}

/// The answer of `/account/slug-check?slug=` (an HTML fragment) and the same text under the field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "account/slug_check.html")]
pub struct SlugCheck {
    /// Whether it can be had.
    pub free: bool,
    /// "anna-berg is free." or what is wrong.
    pub text: String,
}

/// How one thing reads before and after a change of the time zone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// "Chris Doe, Video meeting" or "Monday"
    pub what: String,
    /// "Tue 1 Dec 2026, 14:00 (Berlin, UTC+1)"
    pub before: String,
    /// "Tue 1 Dec 2026, 08:00 (New York, UTC-5)"
    pub after: String,
}

/// `/account/time-zone?time_zone=`: what a change would do, before it is saved.
#[derive(Debug, Clone, Template)]
#[template(path = "account/zone_change.html")]
pub struct ZoneChange {
    /// The frame.
    pub shell: Shell,
    /// The version of the account that this page was made from.
    pub version: String,
    /// "Berlin"
    pub from: String,
    /// "New York"
    pub to: String,
    /// The IANA name that is posted as `time_zone`.
    pub time_zone: String,
    /// Booked meetings that read differently, the next first.
    pub meetings: Vec<Effect>,
    /// "And 12 more.", when not all are shown.
    pub more: Option<String>,
    /// Hours and dates whose numbers stay.
    pub hours: Vec<Effect>,
}

impl ZoneChange {
    fn heading(&self) -> String {
        self.shell.t1("zone-change-title", "city", &self.to)
    }
}

/// The answer of `/account/device-zone?time_zone=`, an HTML fragment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "account/device_zone.html")]
pub struct DeviceZone {
    /// "Your device is in New York (UTC-5)."
    pub text: String,
    /// "Switch"
    pub switch: String,
    /// Where the switch is looked at before it is saved.
    pub href: String,
    /// "Keep Berlin"
    pub keep: String,
}

/// A QR code as SVG, in a page and as a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "account/qr_code.html")]
pub struct QrFile {
    /// "QR code of https://…"
    pub label: String,
    /// What it leads to.
    pub url: String,
    /// Width and height in modules.
    pub size: usize,
    /// The dark modules.
    pub path: String,
}

impl HtmlSafe for QrFile {}

/// `/account/qr-code`.
#[derive(Debug, Clone, Template)]
#[template(path = "account/qr.html")]
pub struct QrPage {
    /// The frame.
    pub shell: Shell,
    /// The code.
    pub picture: QrFile,
}

impl QrPage {
    fn heading(&self) -> String {
        self.shell.t("qr-title")
    }
}

/// A page behind a mailed link about the email address: GET shows a button, only POST acts.
#[derive(Debug, Clone, Template)]
#[template(path = "account/email_link.html")]
pub struct EmailLink {
    /// The frame.
    pub shell: Shell,
    /// The path of this link, posted to.
    pub action: String,
    /// What the link is for.
    pub purpose: LinkPurpose,
    /// The address that becomes (or becomes again) the account's.
    pub address: String,
    /// What can be done.
    pub state: LinkState,
}

impl EmailLink {
    fn heading(&self) -> String {
        self.shell.t(match self.purpose {
            LinkPurpose::Confirm => "email-confirm-title",
            LinkPurpose::Undo => "email-undo-title",
        })
    }
}

/// What a mailed link about the email address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// `/confirm/email/{token}`: the new address becomes the account's.
    Confirm,
    /// `/undo/email/{token}`: the former address becomes the account's again.
    Undo,
}

/// What a link of an email change stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkState {
    /// A button that posts.
    Open,
    /// It was used, or is too old or withdrawn: says so and what to do.
    Done(String),
}
