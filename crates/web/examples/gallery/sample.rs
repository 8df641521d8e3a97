//! Sample values that several pages share.

use nameplate_i18n::{Locale, Texts};
use nameplate_web::view::calendar::{Day, Month, Offer, Picker, Time, TimeGroup, Weekday, ZoneLine};
use nameplate_web::view::zones::{ZoneChoice, ZoneOptions};
use nameplate_web::view::{
    AgentMenu, FieldError, Link, NewPassword, Phone, Picture, Plate, Section, Shell, Theme,
};

/// The language to render in: the second argument. The sample values are the same in all.
pub fn locale() -> Locale {
    std::env::args().nth(2).and_then(|tag| Locale::parse(&tag)).unwrap_or_default()
}

/// What stands beside a new password.
pub fn new_password() -> NewPassword {
    NewPassword { minimum: "15".into(), example: "harvest violin pebble autumn kettle".into() }
}

/// The frame of a public page.
pub fn public() -> Shell {
    Shell {
        locale: locale(),
        texts: Texts::of(locale()),
        theme: Theme::System,
        hours_12: false,
        assets: "assets".into(),
        organisation: "Harbour Advice".into(),
        path: "/".into(),
        agent: None,
        section: Section::Other,
        saved: None,
        errors: Vec::new(),
        stored: Vec::new(),
        form_token: "3q2-7w".into(),
        demo: false,
    }
}

/// The frame of a page of the signed-in agent.
pub fn signed_in(section: Section) -> Shell {
    let agent = AgentMenu {
        is_admin: true,
        name: "Anna Berg".into(),
        picture: initials(),
        profile_url: "https://book.harbour.example/anna-berg".into(),
    };
    Shell { agent: Some(agent), section, demo: true, ..public() }
}

/// The same frame after a failed submit.
pub fn with_errors(shell: Shell, errors: &[(&str, &str)]) -> Shell {
    let errors =
        errors.iter().map(|(field, text)| FieldError { field: (*field).into(), text: (*text).into() });
    Shell { errors: errors.collect(), ..shell }
}

/// Initials in place of a picture.
pub fn initials() -> Picture {
    Picture { url: None, initials: "AB".into(), hue: 1 }
}

/// The agent's card.
pub fn plate() -> Plate {
    Plate {
        name: "Anna Berg".into(),
        picture: initials(),
        job_title: Some("Senior mortgage adviser".into()),
        location: Some("Utrecht office, Netherlands".into()),
        email: None,
        phone_number: Some(Phone { text: "+31 6 12345678".into(), e164: "+31612345678".into() }),
        fields: Vec::new(),
        is_heading: false,
    }
}

/// Some zones, one chosen.
pub fn zones(chosen: &str) -> ZoneChoice {
    let options = [
        ("Europe/Amsterdam", "Amsterdam, Netherlands - 11:04 (UTC+1)"),
        ("Europe/Berlin", "Berlin, Germany - 11:04 (UTC+1)"),
        ("America/New_York", "New York, United States - 05:04 (UTC-5)"),
        ("Asia/Kathmandu", "Kathmandu, Nepal - 15:49 (UTC+5:45)"),
        (
            "America/Argentina/ComodRivadavia",
            "San Fernando del Valle de Catamarca, Argentina - 07:04 (UTC-3)",
        ),
    ];
    let options = ZoneOptions::print(options.map(|(zone, label)| (zone, label.to_owned())));
    ZoneChoice { chosen: chosen.into(), options }
}

fn month() -> Month {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let weekdays = names.map(|long| Weekday { short: long.chars().take(3).collect(), long: long.into() });
    let cell = |index: i32| {
        let number = index;
        if !(1..=31).contains(&number) {
            return Day::default();
        }
        let free = number > 3 && matches!((number + 1) % 7, 0 | 2 | 3 | 5 | 6);
        Day {
            number: number.to_string(),
            href: free.then(|| format!("?date=2026-12-{number:02}")),
            name: format!("Tuesday {number} December 2026, 6 times"),
            today: number == 3,
            chosen: number == 8,
        }
    };
    let weeks = (0..5).map(|week| (0..7).map(|day| cell(week * 7 + day)).collect()).collect();
    Month {
        title: "December 2026".into(),
        weekdays: weekdays.into(),
        weeks,
        previous: None,
        next: Some(Link::new("January 2027", "?month=2027-01")),
    }
}

fn group(heading: &str, times: &[&str]) -> TimeGroup {
    let time = |text: &&str| Time {
        text: (*text).into(),
        name: format!("{text} to later, Tuesday 8 December, Berlin time"),
        href: "booking-details.html".into(),
    };
    TimeGroup { heading: heading.into(), times: times.iter().map(time).collect() }
}

/// Day and time, with this offer.
pub fn picker(offer: Offer, agents_own: Option<&str>) -> Picker {
    Picker {
        texts: Texts::of(locale()),
        zone: ZoneLine {
            place: "Berlin time".into(),
            offset: Some("UTC+1".into()),
            now: "11:04".into(),
            agents_own: agents_own.map(Into::into),
            choice: zones("Europe/Berlin"),
            action: "booking-times.html".into(),
            keep: vec![("date".into(), "2026-12-08".into())],
        },
        month: month(),
        offer,
    }
}

/// The times of one day.
pub fn times() -> Offer {
    Offer::Times {
        heading: "Times on Tuesday 8 December".into(),
        groups: vec![
            group("Morning", &["09:00", "09:30", "10:30", "11:00", "11:30"]),
            group("Afternoon", &["13:00", "14:30", "15:00", "16:30"]),
            group("Evening", &["18:00"]),
        ],
    }
}
