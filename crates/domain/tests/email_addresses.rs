//! Email addresses: what is one address, what is another and what is none (security.md C11, R25).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nameplate_domain::account::{EmailAddress, Problem};

fn canonical(typed: &str) -> String {
    EmailAddress::parse(typed).unwrap().canonical()
}

/// Two spellings of one mailbox.
#[test]
fn sec_c11_spellings_of_one_address() {
    for (one, other) in [
        ("anna@example.com", "ANNA@EXAMPLE.COM"),
        ("anna@example.com", " anna@example.com "),
        ("anna@example.com", "\u{FEFF}anna@exam\u{200B}ple.com\u{A0}"),
        ("anna@example.com", "anna@ｅｘａｍｐｌｅ.com"),
        ("anna@example.com", "anna@example。com"),
        ("anna@example.com", "anna@example．com"),
        ("Anna.Berg@example.com", "anna.berg@example.com"),
        ("anna+tag@example.com", "Anna+Tag@Example.com"),
        ("anna@bücher.example", "anna@BÜCHER.example"),
        ("anna@bücher.example", "anna@bu\u{308}cher.example"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna@bücher.example", "anna@XN--BCHER-KVA.EXAMPLE"),
        ("anna@straße.example", "anna@STRAẞE.example"),
        ("anna@straße.example", "anna@xn--strae-oqa.example"),
        ("anna@kelvin.example", "anna@\u{212A}elvin.example"),
        ("anna@angstrom\u{E5}.example", "anna@angstrom\u{212B}.example"),
        ("anna@σίγμα.example", "anna@ΣΊΓΜΑ.example"),
        ("anna@почта.example", "anna@ПОЧТА.example"),
        ("anna@例え.example", "anna@xn--r8jz45g.example"),
        ("anna@soft\u{AD}hyphen.example", "anna@softhyphen.example"),
    ] {
        assert_eq!(canonical(one), canonical(other), "{one} {other}");
    }
}

/// Two mailboxes that a careless fold would make one.
#[test]
fn sec_c11_different_addresses() {
    for (one, other) in [
        ("anna@example.com", "ana@example.com"),
        ("anna@example.com", "an.na@example.com"),
        ("anna@example.com", "anna+1@example.com"),
        ("anna@example.com", "anna@example.org"),
        ("anna@example.com", "anna@mail.example.com"),
        ("anna@example.com", "anna@examp1e.com"),
        ("anna@example.com", "anna@еxample.com"),
        ("anna@example.com", "anna@exampłe.com"),
        ("anna@example.com", "anna@exámple.com"),
        ("anna@mini.example", "anna@mın\u{131}.example"),
        ("anna@mini.example", "anna@MİNİ.example"),
        ("anna@istanbul.example", "anna@İstanbul.example"),
        ("anna@strasse.example", "anna@straße.example"),
        ("anna@STRASSE.example", "anna@straße.example"),
        ("anna@fuss.example", "anna@fuß.example"),
        ("anna@σίγμας.example", "anna@σίγμασ.example"),
        ("anna@paypal.example", "anna@pаypal.example"),
        ("anna@google.example", "anna@gοοgle.example"),
        ("anna@example.com", "anna@xn--xample-9uf.com"),
        ("anna_berg@example.com", "anna-berg@example.com"),
        ("anna@ex-ample.com", "anna@example.com"),
        ("'anna'@example.com", "anna@example.com"),
    ] {
        assert_ne!(canonical(one), canonical(other), "{one} {other}");
    }
}

/// What can be sent to nobody, or would say something else in a header.
#[test]
fn sec_c11_no_addresses() {
    use Problem::{EmailDomain, EmailFormat, EmailLocalPart, Empty, ForbiddenCharacter, LineBreak};
    for (typed, problem) in [
        ("", Empty),
        (" \u{200B} ", Empty),
        ("anna", EmailFormat),
        ("@", EmailFormat),
        ("@example.com", EmailFormat),
        ("anna@", EmailFormat),
        ("anna@@example.com", EmailFormat),
        ("anna@berg@example.com", EmailFormat),
        ("anna berg@example.com", EmailFormat),
        ("anna@exam ple.com", EmailFormat),
        ("anna@example.com, bob@example.com", EmailFormat),
        ("Anna <anna@example.com>", EmailFormat),
        ("<anna@example.com>", EmailFormat),
        ("\"anna\"@example.com", EmailFormat),
        ("anna(comment)@example.com", EmailFormat),
        (".anna@example.com", EmailFormat),
        ("anna.@example.com", EmailFormat),
        ("an..na@example.com", EmailFormat),
        ("an,na@example.com", EmailFormat),
        ("an;na@example.com", EmailFormat),
        ("an:na@example.com", EmailFormat),
        ("an\\na@example.com", EmailFormat),
        ("mailto:anna@example.com", EmailFormat),
        ("ann\u{131}@example.com", EmailLocalPart),
        ("\u{130}nfo@example.com", EmailLocalPart),
        ("stra\u{DF}e@example.com", EmailLocalPart),
        ("\u{FF41}nna@example.com", EmailLocalPart),
        ("\u{430}nna@example.com", EmailLocalPart),
        ("bérg@example.com", EmailLocalPart),
        ("anna\u{200D}@example.com", EmailLocalPart),
        ("anna@localhost", EmailDomain),
        ("anna@example..com", EmailDomain),
        ("anna@.example.com", EmailDomain),
        ("anna@example.com.", EmailDomain),
        ("anna@-example.com", EmailDomain),
        ("anna@example-.com", EmailDomain),
        ("anna@exam_ple.com", EmailDomain),
        ("anna@127.0.0.1", EmailDomain),
        ("anna@[127.0.0.1]", EmailDomain),
        ("anna@[IPv6:::1]", EmailDomain),
        ("anna@example.com>", EmailDomain),
        ("anna@example.com/x", EmailDomain),
        ("anna@xn--\u{FF11}.com", EmailDomain),
        ("anna@example.com\r\nBcc: bob@example.com", LineBreak),
        ("anna@example.com\nbob@example.com", LineBreak),
        ("an\0na@example.com", ForbiddenCharacter),
        ("anna@example\u{202E}.com", ForbiddenCharacter),
        ("an\tna@example.com", ForbiddenCharacter),
    ] {
        assert_eq!(EmailAddress::parse(typed), Err(problem), "{typed:?}");
    }
}

#[test]
fn sec_r25_length_comes_before_everything_else() {
    let local = "a".repeat(64);
    let label = "b".repeat(61);
    let domain = format!("{label}.{label}.{label}.com");
    let longest = format!("{local}@{domain}");
    assert_eq!(longest.len(), 254);
    assert_eq!(EmailAddress::parse(&longest).unwrap().as_str(), longest);
    assert_eq!(EmailAddress::parse(&format!("{local}a@example.com")), Err(Problem::TooLong { max: 64 }));
    assert_eq!(EmailAddress::parse(&format!("{local}@b{domain}")), Err(Problem::TooLong { max: 254 }));
    let label = "b".repeat(64);
    assert_eq!(EmailAddress::parse(&format!("anna@{label}.com")), Err(Problem::EmailDomain));
    // 100 umlauts fit as they are typed, but not as they travel.
    let wide = format!("{}.{}", "ü\u{308}".repeat(30), "ö".repeat(70));
    assert!(EmailAddress::parse(&format!("anna@{wide}.com")).is_err());
    for megabytes in
        ["a@".repeat(4_000_000), format!("{}@b.c", "ü".repeat(4_000_000)), "a.".repeat(4_000_000)]
    {
        assert_eq!(EmailAddress::parse(&megabytes), Err(Problem::TooLong { max: 254 }));
    }
}

#[test]
fn an_address_keeps_its_case_and_shows_its_script() {
    let address = EmailAddress::parse("Anna@BÜCHER.example").unwrap();
    assert_eq!(address.as_str(), "Anna@xn--bcher-kva.example");
    assert_eq!(address.shown(), "Anna@bücher.example");
    assert_eq!(address.canonical(), "anna@xn--bcher-kva.example");
    assert_eq!(EmailAddress::stored(address.as_str()), address);
}

#[test]
fn a_02_a_slip_in_a_well_known_domain_is_noticed_and_nothing_else() {
    let meant = |typed: &str| {
        let probably = EmailAddress::parse(typed).unwrap().probably();
        probably.map(|address| address.as_str().to_owned())
    };
    for (typed, wanted) in [
        ("anna@hotmial.com", "anna@hotmail.com"),
        ("Anna.Berg@gmial.com", "Anna.Berg@gmail.com"),
        ("a@gmail.co", "a@gmail.com"),
        ("a@outlok.com", "a@outlook.com"),
        ("a@iclooud.com", "a@icloud.com"),
    ] {
        assert_eq!(meant(typed).as_deref(), Some(wanted));
    }
    for typed in ["a@gmail.com", "a@GMAIL.com", "a@example.com", "a@mail.com", "a@yahoo.de", "a@hotels.com"] {
        assert_eq!(meant(typed), None, "{typed}");
    }
}
