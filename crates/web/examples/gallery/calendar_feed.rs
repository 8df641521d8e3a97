//! The private calendar address: none, one, one just made, a form with errors.

use crate::Gallery;
use crate::sample::{signed_in, with_errors};
use nameplate_web::view::calendar_feed::{CalendarFeed, CurrentFeed, MadeFeed};
use nameplate_web::view::{Section, StepUp};

pub fn all(gallery: &Gallery) {
    let none = CalendarFeed {
        shell: signed_in(Section::Account),
        made: None,
        current: None,
        id: "cal_0".into(),
        is_busy_only: false,
        step: StepUp::default(),
        email: "anna.berg@harbour.example".into(),
    };
    gallery.page("calendar-feed-none", &none);
    let current = CurrentFeed {
        is_busy_only: true,
        made: "Mon 2 Nov 2026, 09:15 (Amsterdam, UTC+1)".into(),
        read: "Sat 21 Nov 2026, 18:03 (Amsterdam, UTC+1)".into(),
    };
    let one = CalendarFeed { current: Some(current.clone()), is_busy_only: true, ..none };
    gallery.page("calendar-feed", &one);
    let address = format!("meet.harbour.example/feed/{}x.ics", "Q7".repeat(21));
    let made = MadeFeed { address: format!("https://{address}"), subscribe: format!("webcal://{address}") };
    let fresh = CurrentFeed { is_busy_only: false, read: "Not read yet".into(), ..current };
    let ready = CalendarFeed { made: Some(made), current: Some(fresh), is_busy_only: false, ..one.clone() };
    gallery.page("calendar-feed-made", &ready);
    let errors =
        [("shows", "Choose one of the list"), ("current_password", "This is not your current password")];
    let shell = with_errors(signed_in(Section::Account), &errors);
    let step = StepUp { password: true, code: true, passkey: true, return_to: "/account/calendar".into() };
    gallery.page("calendar-feed-wrong", &CalendarFeed { shell, step, ..one });
}
