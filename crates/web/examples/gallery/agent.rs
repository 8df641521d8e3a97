//! What an agent sees.

use crate::Gallery;
use crate::sample::{initials, locale, new_password, plate, public, signed_in, with_errors, zones};
use nameplate_i18n::Texts;
use nameplate_web::view::account::{
    Account, DeviceZone, LocationForm, OldLink, PreferenceSelect, VisibilityRow,
};
use nameplate_web::view::availability::{
    AvailabilityPage, DateOverride, HoursRange, NewOverride, NewTrip, PreviewDay, TravelOverride,
    WeekdayHours,
};
use nameplate_web::view::error::{ErrorPage, Wrong};
use nameplate_web::view::mailbox::{Mailbox, Message, MessageRow};
use nameplate_web::view::manage::MeetingState;
use nameplate_web::view::meeting_types::{
    MeetingTypeDelete, MeetingTypeEdit, MeetingTypeForm, MeetingTypeRow, MeetingTypes,
};
use nameplate_web::view::meetings::{MeetingDay, MeetingRow, Meetings};
use nameplate_web::view::preview::{Contact, Preview};
use nameplate_web::view::sessions::{SessionItem, Sessions};
use nameplate_web::view::{Link, LinkedData, Picture, Plate, Section, Shell, StepUp};

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

fn account() -> Account {
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
        location: LocationForm {
            name: "Utrecht office".into(),
            country: "NL".into(),
            countries: vec![Link::new("Germany", "DE"), Link::new("Netherlands", "NL")],
            ..LocationForm::default()
        },
        picture: initials(),
        visibility: rows.map(row).into(),
        preferences: preferences(),
        preferences_seen: r#"{"hour_cycle":"24"}"#.into(),
    }
}

fn preferences() -> Vec<PreferenceSelect> {
    let select = |name: &str, label: &str, options: &[(&str, &str)]| PreferenceSelect {
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

fn availability() -> AvailabilityPage {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let range =
        |from: &str, until: &str, next_day| HoursRange { from: from.into(), until: until.into(), next_day };
    let days = names.map(|name| WeekdayHours {
        key: name.get(..3).unwrap().to_lowercase(),
        label: name.into(),
        ranges: match name {
            "Saturday" | "Sunday" => vec![],
            "Friday" => vec![range("22:00", "02:00", true)],
            _ => vec![range("09:00", "12:00", false), range("13:00", "17:00", false)],
        },
    });
    let next = |day: &str, free: &str, note: &str| PreviewDay {
        day: day.into(),
        free: free.into(),
        note: note.into(),
    };
    AvailabilityPage {
        shell: signed_in(Section::Availability),
        version: "7".into(),
        zone_place: "Amsterdam time".into(),
        zone_offset: Some("UTC+1".into()),
        zone_now: "11:04".into(),
        nobody_can_book: false,
        days: days.into(),
        overrides: vec![
            DateOverride {
                date: "2026-12-24".into(),
                label: "Thursday 24 December 2026".into(),
                hours: "09:00-12:00".into(),
            },
            DateOverride {
                date: "2026-12-25".into(),
                label: "Friday 25 December 2026".into(),
                hours: "Closed".into(),
            },
        ],
        new_override: NewOverride::default(),
        travel: vec![TravelOverride {
            key: "2027-01-04".into(),
            dates: "Monday 4 January 2027 to Friday 8 January 2027".into(),
            place: "Lisbon (UTC)".into(),
        }],
        new_trip: NewTrip { from: String::new(), until: String::new(), zone: zones("Europe/Amsterdam") },
        next_bookable: Some("Mon 23 Nov 2026, 09:00 (Amsterdam, UTC+1)".into()),
        preview_of: Some("Mortgage introduction".into()),
        preview: vec![
            next("Mon 23 Nov", "09:00-12:00, 13:00-15:30", "1 meeting"),
            next("Tue 24 Nov", "09:00-12:00, 13:00-17:00", ""),
            next("Sat 28 Nov", "", "Closed"),
        ],
    }
}

fn meeting_type() -> MeetingTypeEdit {
    MeetingTypeEdit {
        shell: signed_in(Section::MeetingTypes),
        action: "/account/meeting-types/mty_1".into(),
        version: "2".into(),
        url_prefix: "book.harbour.example/anna-berg/".into(),
        stored_name: Some("Mortgage introduction".into()),
        delete_href: Some("/account/meeting-types/mty_1/delete".into()),
        form: MeetingTypeForm {
            name: "Mortgage introduction".into(),
            slug: "intro".into(),
            description: "We look at what you want to buy and what you can borrow.".into(),
            place: "Video call".into(),
            duration_minutes: "30".into(),
            interval_minutes: "30".into(),
            buffer_before_minutes: "0".into(),
            buffer_after_minutes: "10".into(),
            notice_minutes: "240".into(),
            horizon_days: "60".into(),
            daily_limit: String::new(),
        },
    }
}

fn meetings() -> Meetings {
    let row = |time: &str, customer: &str, state| MeetingRow {
        time: time.into(),
        customer: customer.into(),
        email: "sam.carter@example.com".into(),
        phone_number: Some("+49 30 901820".into()),
        what: "Mortgage introduction, 30 minutes".into(),
        state,
        href: "meeting-scheduled.html".into(),
        may_change: state != MeetingState::Cancelled,
    };
    let day = |day: &str, meetings| MeetingDay { day: day.into(), meetings };
    Meetings {
        shell: signed_in(Section::Meetings),
        past: false,
        zone_line: "Times in Amsterdam (UTC+1), now 11:04".into(),
        days: vec![
            day(
                "Tuesday 8 December 2026",
                vec![
                    row("09:30-10:00", "Sam Carter", MeetingState::Scheduled),
                    row("11:00-11:30", "محمد الأمين", MeetingState::Cancelled),
                ],
            ),
            day("Thursday 10 December 2026", vec![row("14:00-14:30", "Yuki Tanaka", MeetingState::Pending)]),
        ],
        profile_url: "https://book.harbour.example/anna-berg".into(),
        pages: vec![Link::new("Earlier meetings", "?before=2"), Link::new("Later meetings", "?after=2")],
    }
}

fn saved(shell: Shell, text: &str) -> Shell {
    Shell { saved: Some(text.into()), ..shell }
}

fn account_pages(gallery: &Gallery) {
    gallery.fragment("preview-signature", &LinkedData::default());
    gallery.page("account", &account());
    let typed = Account { preview: Preview { typed: true, ..preview() }, ..account() };
    gallery.page("account-typed", &typed);
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

fn availability_pages(gallery: &Gallery) {
    gallery.page("availability", &availability());
    let closed = availability().days.into_iter().map(|day| WeekdayHours { ranges: vec![], ..day }).collect();
    gallery.page(
        "availability-empty",
        &AvailabilityPage {
            nobody_can_book: true,
            days: closed,
            overrides: vec![],
            travel: vec![],
            next_bookable: None,
            ..availability()
        },
    );
    let errors = [
        ("mon", "These hours overlap. Make the second range start later."),
        ("date_from", "Choose the first day"),
    ];
    gallery.page(
        "availability-wrong",
        &AvailabilityPage { shell: with_errors(signed_in(Section::Availability), &errors), ..availability() },
    );
}

fn work_pages(gallery: &Gallery) {
    let row = MeetingTypeRow {
        name: "Mortgage introduction".into(),
        duration: "30 minutes".into(),
        rules: "Customers can book from 4 hours to 60 days ahead. 10 minutes are kept free after it.".into(),
        url: "https://book.harbour.example/anna-berg/intro".into(),
        href: "meeting-type.html".into(),
    };
    let second = MeetingTypeRow { name: "Yearly review".into(), ..row.clone() };
    let list = MeetingTypes { shell: signed_in(Section::MeetingTypes), rows: vec![row, second] };
    gallery.page("meeting-types", &list);
    gallery.page("meeting-types-empty", &MeetingTypes { rows: vec![], ..list });
    gallery.page("meeting-type", &meeting_type());
    let errors =
        [("name", "Enter a name"), ("duration_minutes", "Use a whole number of minutes from 5 to 720")];
    gallery.page(
        "meeting-type-wrong",
        &MeetingTypeEdit {
            shell: with_errors(signed_in(Section::MeetingTypes), &errors),
            stored_name: None,
            delete_href: None,
            ..meeting_type()
        },
    );
    gallery.page(
        "meeting-type-delete",
        &MeetingTypeDelete {
            shell: signed_in(Section::MeetingTypes),
            href: "/account/meeting-types/mty_1".into(),
            name: "Mortgage introduction".into(),
            effect: "3 booked meetings stay as they are.".into(),
        },
    );
    gallery.page("meetings", &meetings());
    gallery.page("meetings-none", &Meetings { days: vec![], pages: vec![], ..meetings() });
    gallery.page("meetings-past-none", &Meetings { past: true, days: vec![], pages: vec![], ..meetings() });
}

fn other_pages(gallery: &Gallery) {
    let message = |subject: &str, kind: &str| MessageRow {
        href: "mailbox-message.html".into(),
        to: "sam.carter@example.com".into(),
        subject: subject.into(),
        kind: kind.into(),
        created: "Sun 22 Nov 2026, 11:04 (UTC)".into(),
    };
    let messages = vec![
        message(
            "Booked: Mortgage introduction with Anna Berg, Tue 8 Dec 2026, 09:30 (Berlin, UTC+1)",
            "meeting_scheduled",
        ),
        message("Confirm your new email", "email_confirm"),
    ];
    let shell = Shell { demo: true, ..public() };
    gallery.page("mailbox", &Mailbox { shell: shell.clone(), messages });
    gallery.page("mailbox-empty", &Mailbox { shell: shell.clone(), messages: vec![] });
    gallery.page(
        "mailbox-message",
        &Message {
            shell,
            subject: "Booked: Mortgage introduction with Anna Berg".into(),
            headers: vec![
                Link::new("From", "Anna Berg via Harbour Advice <no-reply@harbour.example>"),
                Link::new("To", "sam.carter@example.com"),
            ],
            text: "Hello Sam Carter,\n\nyou are booked.\n\nhttps://book.harbour.example/m/abc".into(),
            html_href: Some("#".into()),
            calendar: Some("BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR".into()),
            eml_href: "#".into(),
        },
    );
    for (name, wrong) in [
        ("error-404", Wrong::NotFound),
        ("error-403", Wrong::Forbidden),
        ("error-405", Wrong::Method),
        ("error-409", Wrong::Conflict),
        ("error-410", Wrong::Gone),
        ("error-422", Wrong::Request),
        ("error-429", Wrong::TooMany),
        ("error-500", Wrong::Server),
        ("error-503", Wrong::Busy),
    ] {
        let server = matches!(wrong, Wrong::Server | Wrong::Busy);
        gallery.page(
            name,
            &ErrorPage {
                shell: public(),
                wrong,
                detail: None,
                request_id: server.then(|| "0198f2c4e1".into()),
                next: Some(Link::new("Start page", "/")),
            },
        );
    }
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    sessions(gallery);
    let device = DeviceZone {
        text: "Your device is in New York (UTC-5).".into(),
        switch: "Switch".into(),
        href: "/account/time-zone?time_zone=America%2FNew_York".into(),
        keep: "Keep Amsterdam".into(),
    };
    gallery.fragment("account/device-zone", &device);
    account_pages(gallery);
    availability_pages(gallery);
    work_pages(gallery);
    other_pages(gallery);
}

fn sessions(gallery: &Gallery) {
    let one = |id: &str, device: &str, is_this| SessionItem {
        id: id.into(),
        device: device.into(),
        is_this,
        last_used: "Sun 22 Nov 2026, 11:58 (Amsterdam, UTC+1)".into(),
        started: "Fri 20 Nov 2026, 09:12 (Amsterdam, UTC+1)".into(),
        ends: "Ends Mon 23 Nov 2026, 11:58 (Amsterdam, UTC+1), unless it is used before".into(),
        address: "2001:db8:12:3400::/64".into(),
    };
    let this = one("a", "Firefox on Windows", true);
    let others = [one("b", "Safari on iPhone", false), one("c", "Unknown device", false)];
    let shell = signed_in(Section::Account);
    let all = std::iter::once(this.clone()).chain(others).collect();
    gallery.page("sessions", &Sessions { shell: shell.clone(), sessions: all });
    gallery.page("sessions-only-this", &Sessions { shell, sessions: vec![this] });
}
