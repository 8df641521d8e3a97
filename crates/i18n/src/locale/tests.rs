use proptest::prelude::*;

use super::*;

#[test]
fn a_language_is_found_by_its_tag() {
    assert_eq!(Locale::parse("en-GB"), Some(Locale::En));
    assert_eq!(Locale::parse("NL_be"), Some(Locale::Nl));
    for other in ["english", "", "nld", "-nl", "nl nl"] {
        assert_eq!(Locale::parse(other), None, "{other}");
    }
    for locale in Locale::ALL {
        assert_eq!(Locale::parse(locale.tag()), Some(locale));
    }
}

#[test]
fn the_language_with_the_highest_weight_is_spoken() {
    for (header, wanted) in [
        ("", Locale::En),
        ("nl", Locale::Nl),
        ("nl-BE", Locale::Nl),
        ("NL-be , en;q=0.9", Locale::Nl),
        ("en-GB,en;q=0.9,nl;q=0.8", Locale::En),
        ("en;q=0.4, nl;q=0.45", Locale::Nl),
        ("de-DE,de;q=0.9,nl;q=0.1", Locale::Nl),
        ("de, fr;q=0.9", Locale::En),
        ("nl, en", Locale::Nl),
        ("en, nl", Locale::En),
        ("nl;Q=0.7 , en ; q=0.699", Locale::Nl),
    ] {
        assert_eq!(Locale::negotiate(header), wanted, "{header}");
    }
}

#[test]
fn a_star_is_what_is_not_named_and_zero_is_a_refusal() {
    for (header, wanted) in [
        ("*", Locale::En),
        ("*, nl;q=0.5", Locale::En),
        ("en;q=0.2, *", Locale::Nl),
        ("en;q=0, *;q=0.1", Locale::Nl),
        ("en;q=0, nl-NL", Locale::Nl),
        ("nl;q=0, nl-NL, en;q=0.1", Locale::En),
        ("nl-BE;q=0, nl;q=0.3", Locale::Nl),
        ("nl;q=0.000", Locale::En),
        ("en;q=0.5, nl;q=0.4, *", Locale::En),
    ] {
        assert_eq!(Locale::negotiate(header), wanted, "{header}");
    }
}

#[test]
fn what_cannot_be_read_is_passed_over() {
    for bad in [
        "nl;q=2",
        "nl;q=-1",
        "nl;q=1.1",
        "nl;q=0.1234",
        "nl;q",
        "nl;x=1",
        "nl;q=0.5;q=1",
        "n l",
        "nl-",
        "nl;q=.5",
    ] {
        assert_eq!(Locale::negotiate(bad), Locale::En, "{bad}");
        assert_eq!(Locale::negotiate(&format!("{bad}, ,,nl;q=0.1")), Locale::Nl, "{bad}");
    }
    assert_eq!(Locale::negotiate(&format!("{}nl", "de,".repeat(31))), Locale::Nl);
    assert_eq!(Locale::negotiate(&format!("{}nl", "de,".repeat(32))), Locale::En, "a header without end");
}

/// The same rule, said in another way: give every language its best weight, then take the highest.
fn model(entries: &[(&str, u16)]) -> Locale {
    let best = |locale: Locale| {
        let own = entries.iter().enumerate().filter(|(_, (tag, _))| tag.eq_ignore_ascii_case(locale.tag()));
        if own.clone().any(|(_, (_, weight))| *weight == 0) {
            return None;
        }
        let reaches = |tag: &str| {
            tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(locale.tag()))
                || (tag == "*" && own.clone().next().is_none())
        };
        let suitable = entries.iter().enumerate().filter(|(_, (tag, weight))| reaches(tag) && *weight > 0);
        suitable.map(|(at, (_, weight))| (*weight, usize::MAX - at)).max()
    };
    let all = Locale::ALL.into_iter().rev();
    all.filter_map(|locale| Some((best(locale)?, locale)))
        .max_by_key(|(best, _)| *best)
        .map_or(Locale::En, |(_, locale)| locale)
}

fn entry() -> impl Strategy<Value = (&'static str, u16)> {
    (prop::sample::select(vec!["en", "nl", "NL-be", "en-GB", "de", "*"]), 0_u16..=10)
}

proptest! {
    #[test]
    fn it_is_what_a_plainer_rule_says(entries in prop::collection::vec(entry(), 0..8)) {
        let print = |(tag, weight): &(&str, u16)| format!("{tag};q={}.{}", weight / 10, weight % 10);
        let header = entries.iter().map(print).collect::<Vec<_>>().join(", ");
        prop_assert_eq!(Locale::negotiate(&header), model(&entries), "{}", header);
    }

    #[test]
    fn any_text_is_an_answer(header in ".{0,400}") {
        let _ = Locale::negotiate(&header);
    }
}
