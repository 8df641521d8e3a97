//! What customers see.

use crate::Gallery;
use crate::sample::{self, picker, plate, public, times, with_errors};
use nameplate_web::view::booking::{AgentPage, ChooseTime, Details, MeetingTypeHead, Taken};
use nameplate_web::view::calendar::Offer;
use nameplate_web::view::manage::{
    Cancel, Guest, GuestsPart, LogLine, MeetingFacts, MeetingPage, MeetingState, Reader, Reschedule,
    RescheduleConfirm, ReviewForm, ReviewShown, SmsPart,
};
use nameplate_web::view::templates::Choice;
use nameplate_web::view::{Link, LinkedData, Picture, Plate};

fn intro() -> MeetingTypeHead {
    MeetingTypeHead {
        name: "Mortgage introduction".into(),
        duration: "30 minutes".into(),
        place: Some("Video call".into()),
        description: Some("We look at what you want to buy and what you can borrow.".into()),
        href: "booking-times.html".into(),
    }
}

fn review() -> MeetingTypeHead {
    MeetingTypeHead {
        name: "Yearly review".into(),
        duration: "60 minutes".into(),
        place: Some("Utrecht office".into()),
        description: None,
        href: "booking-times.html".into(),
    }
}

fn facts() -> MeetingFacts {
    MeetingFacts {
        what: "Mortgage introduction with Anna Berg".into(),
        when: "Tuesday 8 December 2026, 09:30-10:00 (Berlin, CET, UTC+1)".into(),
        when_other: Some("Anna Berg: Tuesday 8 December 2026, 03:30-04:00 (New York, EST, UTC-5)".into()),
        place: Some("Video call".into()),
    }
}

fn details() -> Details {
    Details {
        shell: public(),
        plate: plate(),
        meeting_type: intro(),
        when: "Tuesday 8 December 2026, 09:30-10:00 (Berlin, CET, UTC+1)".into(),
        change_action: "#".into(),
        action: "#".into(),
        start: "2026-12-08T08:30:00Z".into(),
        time_zone: "Europe/Berlin".into(),
        name: String::new(),
        email: String::new(),
        phone_number: String::new(),
        offers_sms: true,
        sms: false,
        note: String::new(),
        button: "Book 09:30 on Tuesday 8 December".into(),
        taken: None,
    }
}

fn nearby() -> Taken {
    Taken {
        text: "09:30 was just taken".into(),
        nearby: vec![
            Link::new("Book 10:00 on Tuesday 8 December", "2026-12-08T09:00:00Z"),
            Link::new("Book 10:30 on Tuesday 8 December", "2026-12-08T09:30:00Z"),
            Link::new("Book 09:00 on Tuesday 8 December", "2026-12-08T08:00:00Z"),
        ],
    }
}

fn meeting(state: MeetingState) -> MeetingPage {
    let ahead = matches!(state, MeetingState::Scheduled | MeetingState::Pending);
    let calendars = ["Google", "Outlook.com", "Microsoft 365", "Yahoo"];
    MeetingPage {
        reader: Reader::Customer,
        shell: public(),
        base: "/m/token".into(),
        state,
        facts: facts(),
        plate: plate(),
        customer_name: "Sam Carter".into(),
        customer_email: "sam.carter@example.com".into(),
        customer_answer: None,
        customer_phone_number: Some("+49 30 901820".into()),
        note: Some("First home.\nWe found a flat in Neukölln.".into()),
        reference: "7F3K-92QD".into(),
        calendars: if ahead {
            calendars.map(|name| Link::new(name, "https://calendar.example/")).into()
        } else {
            vec![]
        },
        may_change: ahead,
        may_move: true,
        reassign: None,
        closed_reason: None,
        cancel_reason: (state == MeetingState::Cancelled).then(|| "The seller withdrew.".into()),
        book_again: Some("booking-agent.html".into()),
        wrap_up: None,
        is_missed: None,
        review_form: (state == MeetingState::Completed).then(|| review_form("")),
        review: None,
        guests: Some(GuestsPart {
            guests: vec![
                Guest { address: "kim@example.org".into(), shown: "kim@example.org".into(), answer: None },
                Guest {
                    address: "ana@xn--bcher-kva.example".into(),
                    shown: "ana@bücher.example".into(),
                    answer: Some("Declined".into()),
                },
            ],
            may_change: ahead,
            may_add: ahead,
            most: "10".into(),
            version: 3,
            typed: String::new(),
        }),
        sms: Some(SmsPart {
            text: "Text messages about this meeting go to +49 30 901820.".into(),
            can_stop: true,
        }),
        messages: Vec::new(),
    }
}

fn review_form(chosen: &str) -> ReviewForm {
    let ratings = ["5", "4", "3", "2", "1"].map(|value| Choice {
        text: public().t(&format!("review-rating-{value}")),
        chosen: value == chosen,
        value: value.into(),
    });
    ReviewForm { ratings: ratings.into(), comment: String::new(), is_left: !chosen.is_empty() }
}

/// What the agent reads and writes after a meeting.
fn after() -> MeetingPage {
    MeetingPage {
        reader: Reader::Agent,
        review_form: None,
        wrap_up: Some(String::new()),
        is_missed: Some(false),
        review: Some(ReviewShown {
            rating: public().t("review-rating-4"),
            comment: Some("Clear and to the point.\nI would have liked the papers before.".into()),
            when: "Tue 1 Dec 2026, 17:20 (Amsterdam, UTC+1)".into(),
        }),
        messages: messages(),
        ..meeting(MeetingState::Completed)
    }
}

fn confirm(taken: Option<Taken>) -> RescheduleConfirm {
    RescheduleConfirm {
        shell: public(),
        base: "/m/token".into(),
        facts: facts(),
        new_when: "Wednesday 9 December 2026, 10:00-10:30 (Berlin, CET, UTC+1)".into(),
        new_when_other: Some(
            "Anna Berg: Wednesday 9 December 2026, 04:00-04:30 (New York, EST, UTC-5)".into(),
        ),
        plate: plate(),
        start: "2026-12-09T09:00:00Z".into(),
        time_zone: "Europe/Berlin".into(),
        reason: String::new(),
        version: 0,
        reason_required: false,
        button: "Move to 10:00 on Wednesday 9 December".into(),
        change_href: "reschedule.html".into(),
        taken,
    }
}

fn choose_time(offer: Offer, agents_own: Option<&str>) -> ChooseTime {
    ChooseTime {
        shell: public(),
        plate: plate(),
        meeting_type: intro(),
        contact: "anna-berg.vcf".into(),
        all_meeting_types: Some("booking-agent.html".into()),
        picker: picker(offer, agents_own),
    }
}

/// Renders them all.
pub fn all(gallery: &Gallery) {
    choosing(gallery);
    details_pages(gallery);
    meeting_pages(gallery);
}

fn choosing(gallery: &Gallery) {
    let heading = Plate { is_heading: true, ..plate() };
    let agent = AgentPage {
        shell: public(),
        plate: heading.clone(),
        linked_data: LinkedData::default(),
        contact: "anna-berg.vcf".into(),
        url: "https://book.harbour.example/anna-berg".into(),
        meeting_types: vec![intro(), review()],
    };
    gallery.page("booking-agent", &agent);
    let filled = Plate { fields: crate::fields::shown(), ..heading.clone() };
    gallery.page("booking-agent-fields", &AgentPage { plate: filled, ..agent.clone() });
    let picture = Picture { url: Some("assets/icon.svg".into()), ..sample::initials() };
    let long = Plate {
        name: "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh the Third".into(),
        picture,
        email: Some("a.very.long.address.that.goes.on@subdomain.of.a.long.domain.example".into()),
        ..heading
    };
    gallery.page("booking-agent-empty", &AgentPage { plate: long, meeting_types: vec![], ..agent });
    gallery.page("booking-times", &choose_time(times(), None));
    gallery.page("booking-times-guess", &choose_time(times(), Some("Anna Berg")));
    let empty = Offer::EmptyMonth {
        month: "December 2026".into(),
        next_free: Some(Link::new("Friday 8 January", "?date=2027-01-08")),
    };
    gallery.page("booking-times-empty", &choose_time(empty, None));
    let nothing = Offer::Nothing {
        agent: "Anna Berg".into(),
        email: Some("anna.berg@harbour.example".into()),
        phone_number: plate().phone_number,
    };
    gallery.page("booking-times-nothing", &choose_time(nothing, None));
}

fn details_pages(gallery: &Gallery) {
    gallery.page("booking-details", &details());
    let wrong = [("name", "Enter your name"), ("email", "Enter an email address such as name@example.com")];
    gallery.page(
        "booking-details-wrong",
        &Details {
            shell: sample::with_errors(public(), &wrong),
            email: "sam.carter@".into(),
            note: "<b>Hello</b>".into(),
            ..details()
        },
    );
    let busy = "The server is busy. Your details are kept: book again in a few seconds.";
    gallery.page(
        "booking-details-later",
        &Details {
            shell: sample::with_errors(public(), &[("book", busy)]),
            name: "Sam Carter".into(),
            ..details()
        },
    );
    gallery.page(
        "booking-details-taken",
        &Details {
            name: "Sam Carter".into(),
            email: "sam.carter@example.com".into(),
            taken: Some(nearby()),
            ..details()
        },
    );
}

fn messages() -> Vec<LogLine> {
    let line = |key: &str, to: &str, when: &str, state: &str| LogLine {
        what: public().t(&format!("notification-{key}")),
        to: to.into(),
        when: when.into(),
        state: public().t(&format!("message-state-{state}")),
        why: (state == "dead").then(|| public().t("undelivered-no-mailbox")),
        answer: (state == "dead")
            .then(|| "permanent error (550): 5.1.1 anna.berg@harbour.example: no such person".into()),
        again: (state == "dead").then(|| "/m/AbC/messages/msg_1/send-again".into()),
    };
    vec![
        line(
            "meeting-scheduled",
            "sam.carter@example.com",
            "Fri 20 Nov 2026, 09:31 (Amsterdam, UTC+1)",
            "sent",
        ),
        line(
            "meeting-scheduled",
            "anna.berg@harbour.example",
            "Fri 20 Nov 2026, 09:31 (Amsterdam, UTC+1)",
            "dead",
        ),
        line("reminder", "sam.carter@example.com", "Mon 30 Nov 2026, 14:00 (Amsterdam, UTC+1)", "planned"),
        line("starts-soon", "sam.carter@example.com", "Tue 1 Dec 2026, 13:00 (Amsterdam, UTC+1)", "planned"),
    ]
}

fn meeting_pages(gallery: &Gallery) {
    for (name, state) in [
        ("meeting-scheduled", MeetingState::Scheduled),
        ("meeting-pending", MeetingState::Pending),
        ("meeting-cancelled", MeetingState::Cancelled),
        ("meeting-completed", MeetingState::Completed),
        ("meeting-missed", MeetingState::Missed),
    ] {
        gallery.page(name, &meeting(state));
    }
    for (name, state) in
        [("meeting-agent", MeetingState::Scheduled), ("meeting-agent-missed", MeetingState::Missed)]
    {
        let reassign = Some("reassign.html".into());
        let is_missed = (state == MeetingState::Missed).then_some(true);
        gallery.page(
            name,
            &MeetingPage {
                reader: Reader::Agent,
                messages: messages(),
                reassign,
                is_missed,
                ..meeting(state)
            },
        );
    }
    gallery.page("meeting-agent-completed", &after());
    let reviewed = ReviewForm { comment: "Clear and to the point.".into(), ..review_form("4") };
    gallery.page(
        "meeting-reviewed",
        &MeetingPage { review_form: Some(reviewed), ..meeting(MeetingState::Completed) },
    );
    let empty = public().t("problem-empty-rating");
    gallery.page(
        "meeting-review-refused",
        &MeetingPage {
            shell: with_errors(public(), &[("rating", &empty)]),
            ..meeting(MeetingState::Completed)
        },
    );
    let late = "It starts in less than an hour. To change it, call Anna Berg on +31 6 12345678.";
    gallery.page(
        "meeting-too-late",
        &MeetingPage {
            may_change: false,
            closed_reason: Some(late.into()),
            ..meeting(MeetingState::Scheduled)
        },
    );
    gallery.page(
        "reschedule",
        &Reschedule {
            shell: public(),
            base: "/m/token".into(),
            facts: facts(),
            plate: plate(),
            picker: picker(times(), None),
        },
    );
    gallery.page("reschedule-confirm", &confirm(None));
    gallery.page("reschedule-taken", &confirm(Some(nearby())));
    gallery.page(
        "cancel",
        &Cancel {
            shell: public(),
            base: "/m/token".into(),
            facts: facts(),
            plate: plate(),
            other_name: "Anna Berg".into(),
            has_guests: true,
            reason: String::new(),
            version: 0,
            reason_required: false,
            button: "Cancel meeting on 8 December".into(),
        },
    );
}
