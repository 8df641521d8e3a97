use super::*;
use proptest::prelude::*;
use serde_json::json;

fn path(attr: &str, sub: Option<&str>) -> AttrPath {
    AttrPath { schema: None, attr: attr.to_owned(), sub: sub.map(str::to_owned) }
}

fn is(attr: &str, op: Op, value: &str) -> Filter {
    Filter::Compare(path(attr, None), op, json!(value))
}

#[test]
fn the_examples_of_rfc_7644_section_3_4_2_2_are_read() {
    for text in [
        r#"userName eq "bjensen""#,
        r#"name.familyName co "O'Malley""#,
        r#"userName sw "J""#,
        r#"urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J""#,
        "title pr",
        r#"meta.lastModified gt "2011-05-13T04:42:34Z""#,
        r#"meta.lastModified ge "2011-05-13T04:42:34Z""#,
        r#"meta.lastModified lt "2011-05-13T04:42:34Z""#,
        r#"meta.lastModified le "2011-05-13T04:42:34Z""#,
        r#"title pr and userType eq "Employee""#,
        r#"title pr or userType eq "Intern""#,
        r#"schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User""#,
        r#"userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")"#,
        r#"userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")"#,
        r#"userType eq "Employee" and (emails.type eq "work")"#,
        r#"userType eq "Employee" and emails[type eq "work" and value co "@example.com"]"#,
        r#"emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]"#,
    ] {
        assert!(parse(text).is_ok(), "{text}");
    }
}

#[test]
fn and_binds_closer_than_or_and_words_have_no_case() {
    let (a, b, c) = (is("a", Op::Eq, "1"), is("b", Op::Eq, "2"), is("c", Op::Eq, "3"));
    let and = |one: &Filter, other: &Filter| Filter::And(Box::new(one.clone()), Box::new(other.clone()));
    let or = |one: &Filter, other: &Filter| Filter::Or(Box::new(one.clone()), Box::new(other.clone()));
    let text = r#"a eq "1" or b EQ "2" AND c eq "3""#;
    assert_eq!(parse(text), Ok(or(&a, &and(&b, &c))));
    let text = r#"(a eq "1" OR b eq "2") and not(c eq "3")"#;
    assert_eq!(parse(text), Ok(and(&or(&a, &b), &Filter::Not(Box::new(c)))));
    // An attribute may be called like a word.
    assert_eq!(parse(r#"not eq "1""#), Ok(is("not", Op::Eq, "1")));
    assert_eq!(parse("active eq True"), Ok(Filter::Compare(path("active", None), Op::Eq, json!(true))));
    assert_eq!(parse(r#"a eq "\"]) \u00e9""#), Ok(is("a", Op::Eq, "\"]) é")));
}

#[test]
fn what_is_no_filter_is_told_by_its_place() {
    for (text, at) in [
        ("", 0),
        ("userName", 8),
        ("userName eq", 11),
        ("userName eq ", 12),
        ("userName xx \"a\"", 9),
        ("userName eq a", 12),
        ("userName eq \"a", 12),
        ("userName eq {}", 12),
        ("userName eq \"a\" and", 16),
        ("userName eq \"a\" \"b\"", 16),
        ("(userName pr", 12),
        ("emails[type pr", 14),
        ("active gt true", 10),
        ("title co 5", 9),
        ("1a pr", 0),
        ("a.b.c pr", 3),
        ("urn: pr", 4),
    ] {
        assert_eq!(parse(text), Err(Malformed(at)), "{text}");
    }
    assert!(parse(&format!("{}a pr{}", "(".repeat(20), ")".repeat(20))).is_ok());
    assert!(parse(&format!("{}a pr{}", "(".repeat(21), ")".repeat(21))).is_err());
    assert!(parse(&format!("a eq \"{}\"", "x".repeat(MOST_BYTES))).is_err());
}

#[test]
fn paths_of_patch_are_read() {
    let plain = |attr, sub| Ok(PatchPath { attr: path(attr, sub), filter: None });
    assert_eq!(parse_path("members"), plain("members", None));
    assert_eq!(parse_path("name.familyName"), plain("name", Some("familyname")));
    let home = Filter::Compare(path("type", None), Op::Eq, json!("work"));
    let street = PatchPath { attr: path("addresses", Some("streetaddress")), filter: Some(home.clone()) };
    assert_eq!(parse_path(r#"addresses[type eq "work"].streetAddress"#), Ok(street));
    let whole = PatchPath { attr: path("addresses", None), filter: Some(home) };
    assert_eq!(parse_path(r#"addresses[type eq "work"]"#), Ok(whole));
    let schema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let far = parse_path(&format!("{schema}:manager.value")).unwrap();
    assert_eq!(far.attr.schema.as_deref(), Some(schema.to_ascii_lowercase().as_str()));
    assert_eq!((far.attr.attr.as_str(), far.attr.sub.as_deref()), ("manager", Some("value")));
    for text in ["", "a b", "a[", "a[b pr", "a[b pr]x", "a[b pr].", ".a", "a..b"] {
        assert!(parse_path(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in r#"[ a-z."\[\]()\\é:0-9]{0,60}"#) {
        let _ = (parse(&text), parse_path(&text));
    }

    #[test]
    fn nothing_made_of_words_makes_it_panic(words in proptest::collection::vec(
        prop_oneof![Just("not"), Just("("), Just(")"), Just("a"), Just("eq"), Just("\"x\""), Just("and"), Just("["), Just("]"), Just("pr")], 0..40))
    {
        let _ = parse(&words.join(" "));
        let _ = parse(&words.concat());
    }
}
