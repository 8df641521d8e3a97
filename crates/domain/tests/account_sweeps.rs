//! Every parser of the account under everything that can be typed: no panic, the answer is clean, and parsing it again
//! changes nothing (security.md C1, P4).

use nameplate_domain::account::{
    CountryCode, CustomerName, EmailAddress, FullName, JobTitle, LocationName, MeetingTypeDescription,
    MeetingTypeName, MeetingTypeSlug, Note, PhoneNumber, PictureKey, Problem, Slug, card, password,
};
use proptest::prelude::*;
use std::fmt::Display;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Characters that have broken programs, and what surrounds them in real names.
fn typed() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "\0",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\u{1b}",
        "\u{7f}",
        "\u{85}",
        "\u{9f}",
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{200e}",
        "\u{200f}",
        "\u{2028}",
        "\u{202e}",
        "\u{2066}",
        "\u{2069}",
        "\u{feff}",
        "\u{a0}",
        "\u{2000}",
        "\u{3000}",
        "\u{301}",
        "\u{345}",
        "\u{ad}",
        "\u{fffe}",
        "\u{10ffff}",
        "\u{1112}",
        "\u{1161}",
        "\u{11ab}",
        "İ",
        "ß",
        "\u{212a}",
        "ﬁ",
        "😀",
        "👩‍💻",
        "محمد",
        "王",
        "@",
        "+",
        "(0)",
        "00",
        "-",
        "--",
        ".",
        "'",
        "<",
        "&",
        "\"",
        "{{",
        "%00",
        "a",
        "Z",
        "0",
        "9",
        "٣",
        "３",
        " ",
        "  ",
    ]);
    let piece =
        prop_oneof![nasty.prop_map(str::to_owned), any::<char>().prop_map(String::from), "[ -~]{0,8}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// The sweep of one parser whose values print as their text.
fn sweep<T: Display + PartialEq + std::fmt::Debug>(
    typed: &str,
    parse: fn(&str) -> Result<T, Problem>,
    lines: bool,
) {
    let Ok(value) = parse(typed) else { return };
    let text = value.to_string();
    assert!(is_nfc(&text), "NFC: {text:?}");
    assert_eq!(text, text.trim(), "outer space");
    assert!(!text.is_empty());
    for c in text.chars() {
        let newline = c == '\n' && lines;
        assert!(newline || !c.is_control(), "control: {text:?}");
        assert!(
            !matches!(c, '\u{200b}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'),
            "{text:?}"
        );
    }
    assert_eq!(parse(&text), Ok(value), "parsed again: {text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sec_c01_every_text(text in typed()) {
        sweep(&text, FullName::parse, false);
        sweep(&text, JobTitle::parse, false);
        sweep(&text, CustomerName::parse, false);
        sweep(&text, LocationName::parse, false);
        sweep(&text, MeetingTypeName::parse, false);
        sweep(&text, MeetingTypeDescription::parse, true);
        sweep(&text, Note::parse, true);
        sweep(&text, CountryCode::parse, false);
        sweep(&text, Slug::parse, false);
        sweep(&text, MeetingTypeSlug::parse, false);
        sweep(&text, PictureKey::parse, false);
    }

    #[test]
    fn sec_c01_every_name_gives_a_slug_and_initials(text in typed()) {
        if let Ok(name) = FullName::parse(&text) {
            let slug = Slug::suggest(&name);
            prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
            let numbered = slug.numbered(u32::MAX);
            prop_assert_eq!(Slug::parse(numbered.as_str()), Ok(numbered.clone()));
            prop_assert!(!card::initials(name.as_str()).is_empty());
        }
        if let Ok(name) = MeetingTypeName::parse(&text) {
            let slug = MeetingTypeSlug::suggest(&name);
            prop_assert_eq!(MeetingTypeSlug::parse(slug.as_str()), Ok(slug.clone()));
        }
    }

    #[test]
    fn sec_c11_every_address(local in "[A-Za-z0-9.+@_' \u{130}\u{131}\u{df}\u{212a}-]{0,8}", domain in typed()) {
        for typed in [format!("{local}@{domain}"), format!("{local}@{domain}.example"), domain] {
            if let Ok(address) = EmailAddress::parse(&typed) {
                let safe = |c: char| c.is_ascii_graphic() && !"<>()[]\\,;:\"".contains(c);
                prop_assert!(address.as_str().chars().all(safe), "{}", address);
                prop_assert_eq!(address.as_str().matches('@').count(), 1);
                prop_assert!(address.as_str().len() <= 254);
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
                let canonical = EmailAddress::parse(&address.canonical()).unwrap();
                prop_assert_eq!(canonical.canonical(), address.canonical());
                let shown = EmailAddress::parse(&address.shown()).map(|shown| shown.canonical());
                prop_assert_eq!(shown, Ok(address.canonical()));
            }
        }
    }

    #[test]
    fn sec_c09_every_phone_number(text in prop_oneof![typed(), "[+]?[0-9() ./-]{0,20}"], country in 0..251_usize) {
        let country = CountryCode::all().nth(country);
        if let Ok(number) = PhoneNumber::parse(&text, country) {
            let digits = number.e164().strip_prefix('+').unwrap();
            prop_assert!((3..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()));
            prop_assert_eq!(PhoneNumber::parse(number.typed(), country), Ok(number.clone()));
            for form in [number.e164().to_owned(), number.international()] {
                let again = PhoneNumber::parse(&form, country).map(|again| again.e164().to_owned());
                prop_assert_eq!(again.as_deref(), Ok(number.e164()), "{}", form);
            }
        }
    }

    #[test]
    fn sec_a01_every_password(text in typed()) {
        let password = password::Password::typed(&text);
        prop_assert!(password.is_ok() || text.is_empty());
        let other = text.nfd().collect::<String>();
        prop_assert_eq!(password::Password::typed(&other), password, "one password, however composed");
        // The own name is never a good password, whatever it looks like.
        prop_assume!(text.chars().filter(char::is_ascii_alphanumeric).count() >= 3);
        let context = password::Context { name: &text, ..password::Context::default() };
        prop_assert!(password::check(&text, 8, &context).is_err());
    }
}

#[test]
fn sec_c01_texts_in_the_form_they_keep() {
    for (typed, kept) in [
        ("O'Neill-Garcia 3rd", "O'Neill-Garcia 3rd"),
        ("X AE A-12", "X AE A-12"),
        ("محمد بن سلمان", "محمد بن سلمان"),
        ("👩‍💻 Ada 🇳🇱", "👩‍💻 Ada 🇳🇱"),
        ("  Anna \u{FEFF}", "Anna"),
        ("An\u{200B}na", "Anna"),
        ("Be\u{301}rg", "B\u{E9}rg"),
        ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ("RLM\u{200F} LRM\u{200E}x", "RLM\u{200F} LRM\u{200E}x"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{ agent.email }}", "{{ agent.email }}"),
        ("Ａｎｎａ", "Ａｎｎａ"),
    ] {
        assert_eq!(FullName::parse(typed).map(|name| name.to_string()), Ok(kept.to_owned()));
    }
    let note = Note::parse(" one\r\ntwo\rthree\u{2028}four \n").unwrap();
    assert_eq!(note.as_str(), "one\ntwo\nthree\nfour");
}

#[test]
fn sec_c01_texts_that_are_refused() {
    for invisible in [
        "",
        " ",
        "\u{A0}\u{3000}",
        "\u{200B}",
        "\u{200D}",
        "\u{200E}\u{200F}",
        "\u{3164}",
        "\u{2800}",
        "\u{AD}",
    ] {
        assert_eq!(FullName::parse(invisible), Err(Problem::Empty), "{invisible:?}");
    }
    let controls = (0..=0x1F).chain(0x7F..=0x9F).chain(0x202A..=0x202E).chain(0x2066..=0x2069);
    for control in controls.filter_map(char::from_u32).filter(|c| !matches!(c, '\n' | '\r')) {
        let typed = format!("a{control}b");
        assert_eq!(FullName::parse(&typed), Err(Problem::ForbiddenCharacter), "{typed:?}");
        assert_eq!(Note::parse(&typed), Err(Problem::ForbiddenCharacter), "{typed:?}");
    }
    for line in ["a\nb", "a\r\nb", "a\rb", "a\u{2028}b"] {
        assert_eq!(JobTitle::parse(line), Err(Problem::LineBreak), "{line:?}");
    }
}

#[test]
fn sec_r25_limits_are_of_code_points_after_nfc() {
    let decomposed = "e\u{301}".repeat(200);
    assert_eq!(FullName::parse(&decomposed).unwrap().as_str(), "\u{E9}".repeat(200));
    assert_eq!(FullName::parse(&"😀".repeat(201)), Err(Problem::TooLong { max: 200 }));
    assert_eq!(FullName::parse(&format!("a{}", "\u{335}".repeat(1_000))), Err(Problem::TooLong { max: 200 }));
    assert_eq!(JobTitle::parse(&"x".repeat(121)), Err(Problem::TooLong { max: 120 }));
    assert!(Note::parse(&"x\n".repeat(1_000)).is_ok());
    assert_eq!(Note::parse(&"x".repeat(2_001)), Err(Problem::TooLong { max: 2_000 }));
    assert_eq!(Note::parse(&"\u{301}".repeat(10_000_000)), Err(Problem::TooLong { max: 2_000 }));
    // Refused by its size, before it is cleaned of what would not count.
    assert_eq!(
        FullName::parse(&format!("a{}", "\u{200B}".repeat(10_000_000))),
        Err(Problem::TooLong { max: 200 })
    );
}
