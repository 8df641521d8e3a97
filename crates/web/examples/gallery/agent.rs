//! What an agent sees.

use crate::Gallery;
use crate::sample::{public, signed_in, with_errors, zones};
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
use nameplate_web::view::sessions::{SessionItem, Sessions};
use nameplate_web::view::{Link, Section, Shell};

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

pub fn saved(shell: Shell, text: &str) -> Shell {
    Shell { saved: Some(text.into()), ..shell }
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
        is_sms: subject.starts_with("Reminder:"),
        kind: kind.into(),
        created: "Sun 22 Nov 2026, 11:04 (UTC)".into(),
    };
    let messages = vec![
        message(
            "Booked: Mortgage introduction with Anna Berg, Tue 8 Dec 2026, 09:30 (Berlin, UTC+1)",
            "meeting_scheduled",
        ),
        message("Confirm your new email", "email_confirm"),
        message(
            "Reminder: Tue 8 Dec 2026, 09:30 (Berlin, UTC+1) with Anna, Harbour Advice. https://book.harbour.example/m/abc",
            "reminder",
        ),
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
            eml_href: Some("#".into()),
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
        address: "From 2001:db8:12:3400::/64".into(),
    };
    let this = one("a", "Firefox on Windows", true);
    let others = [one("b", "Safari on iPhone", false), one("c", "Unknown device", false)];
    let shell = signed_in(Section::Account);
    let all = std::iter::once(this.clone()).chain(others).collect();
    gallery.page("sessions", &Sessions { shell: shell.clone(), sessions: all });
    gallery.page("sessions-only-this", &Sessions { shell, sessions: vec![this] });
}
