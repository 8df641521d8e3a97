//! The generator of meetings, which makes the same ones in every run: odd and hostile values, far zones, days on which
//! clocks change.

use crate::common::{self, Typed, at};
use crate::generated::Case;
use jiff::SignedDuration;
use nameplate_notify::meeting::RecipientRole;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How many sets of values; each makes two meetings.
const SETS: u8 = 250;

/// Pieces of text that writers, readers and templates have stumbled over (`messages.md` section 2).
const PIECES: [&str; 40] = [
    ";ATTENDEE:mailto:evil@example.org",
    "\r\nATTENDEE:mailto:evil@example.org",
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "\r\n METHOD:CANCEL",
    "^n",
    "^'",
    "^^",
    "^",
    "{{7*7}}",
    "{{ customer.email }}",
    "{% if x %}",
    "${7*7}",
    "C:\\new",
    "\\n",
    "\\",
    "\\,",
    ";",
    ",",
    ":",
    "\"",
    "\";CN=\"x",
    "'",
    "a=b",
    "<b>&amp;</b>",
    "👩\u{200D}💻",
    "🇳🇱",
    "👍🏽",
    "مرحبا ليلى",
    "שלום",
    "\u{200F}",
    "漢字かな",
    "e\u{301}",
    "ß",
    "Ⅷ",
    "\u{202E}",
    "\u{2028}",
    "\0",
    "\u{85}",
    "\t",
    "https://evil.example/x?y=1",
];

const ZONES: [&str; 16] = [
    "Europe/Amsterdam",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Pacific/Marquesas",
    "Africa/Casablanca",
    "Asia/Gaza",
    "Antarctica/Troll",
    "America/Scoresbysund",
    "Asia/Kolkata",
    "Etc/UTC",
    "Africa/Monrovia",
];

/// Hours that come twice or never somewhere, the turn of a year, a leap day, the year in which 32 bits end.
const HOURS: [&str; 10] = [
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    "2027-03-28T00:59:00Z",
    "2027-03-28T01:00:00Z",
    "2026-11-01T05:30:00Z",
    "2026-11-01T06:30:00Z",
    "2027-04-03T15:15:00Z",
    "2026-12-31T23:45:00Z",
    "2028-02-29T12:00:00Z",
    "2038-01-19T03:14:00Z",
];

const ADDRESSES: [&str; 5] = [
    "zoe.o'kafor+x@customer.example",
    "a@b.example",
    "{{7*7}}@customer.example",
    "x!#$%&*/=?^_`|~-@customer.example",
    "post@bücher.example",
];

/// A text of pieces, words and any letters; always with a letter that stays, and never longer than `most`.
fn text(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => select(&PIECES[..]).prop_map(str::to_owned),
        3 => "[A-Za-z]{1,12}",
        2 => "\\PC{1,6}",
        1 => Just(" ".to_owned()),
    ];
    let joined = vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    ("[A-Z]", joined, any::<bool>()).prop_map(move |(letter, rest, first)| {
        // U+200B and U+FEFF never get past a field; they would hide here what de-linking adds.
        let rest: String = rest.chars().filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}')).collect();
        let whole = if first { format!("{letter}{rest}") } else { format!("{rest}{letter}") };
        if whole.chars().count() <= most {
            return whole;
        }
        letter.chars().chain(whole.chars()).take(most).collect()
    })
}

/// Exactly 60 characters.
fn sixty() -> impl Strategy<Value = String> {
    text(60).prop_map(|name| name.chars().cycle().take(60).collect())
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![4 => text(60), 1 => sixty()]
}

fn long(most: usize) -> impl Strategy<Value = String> {
    vec(text(120), 1..40).prop_map(move |lines| lines.join("\n").chars().take(most).collect())
}

fn place() -> impl Strategy<Value = String> {
    prop_oneof![
        text(200),
        Just(String::new()),
        Just("https://video.example.com/anna".to_owned()),
        Just("https://video.example.com/a;jsessionid=1?x=1,2&y=%3B".to_owned()),
        "https://video\\.example\\.com/[a-z;,:=&%'()*+$!?#/-]{1,80}",
    ]
}

fn case() -> impl Strategy<Value = Case> {
    let typed = (
        name(),
        text(60),
        name(),
        text(120),
        place(),
        prop_oneof![Just(String::new()), text(200), long(2_000)],
        long(500),
    );
    let typed = typed.prop_map(|(agent, organisation, customer, title, place, note, reason)| Typed {
        label: "generated",
        agent,
        organisation,
        customer,
        title,
        place,
        note,
        reason,
    });
    let start = prop_oneof![
        select(&HOURS[..]).prop_map(at),
        // Between November 2026 and November 2028, at any minute.
        (0_i64..1_051_200)
            .prop_map(|minutes| at("2026-11-23T00:00:00Z") + SignedDuration::from_mins(minutes)),
    ];
    let zones = (select(&ZONES[..]), select(&ZONES[..]));
    let rest = (any::<bool>(), -2_000_i64..200_000, 5_u16..=1_440, select(&ADDRESSES[..]));
    (typed, zones, start, rest).prop_map(
        |(typed, zones, start, (hides_email, moved_by, minutes, address))| Case {
            n: 0,
            typed,
            role: RecipientRole::Customer,
            hides_email,
            zones,
            start,
            moved_by,
            minutes,
            address,
        },
    )
}

/// All of them; two meetings of each set of values, told to two of the three who take part.
pub fn cases() -> Vec<Case> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[20; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut cases = Vec::new();
    for n in 0..SETS {
        let mut case = case().new_tree(&mut runner).unwrap().current();
        // The first ones are those that people thought of.
        if let Some(known) = common::hostile().into_iter().nth(n.into()) {
            case.typed = known;
        }
        let everybody = RecipientRole::ATTENDEES.iter().cycle();
        for role in everybody.skip(usize::from(n)).take(2) {
            cases.push(Case { n, role: *role, ..case.clone() });
        }
    }
    cases
}
