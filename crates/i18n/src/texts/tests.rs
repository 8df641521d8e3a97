use super::*;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the messages of a language ask for: their variables, and the plural forms that they choose by.
type Shapes = BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>;

fn shapes(locale: Locale) -> Shapes {
    let mut found = Shapes::new();
    for (name, source) in files(locale) {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            Err((_, faults)) => panic!("{}/{name}: {faults:?}", locale.tag()),
        };
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let (mut variables, mut forms) = (BTreeSet::new(), BTreeSet::new());
            let pattern = message.value.as_ref().expect("a message has a text");
            walk(pattern, &mut variables, &mut forms);
            let key = message.id.name.to_owned();
            let twice = found.insert(key.clone(), (variables, forms)).is_some();
            assert!(!twice, "{}/{name}: {key} stands twice", locale.tag());
        }
    }
    found
}

fn walk(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>, forms: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                inline(selector, variables);
                for variant in variants {
                    forms.insert(match variant.key {
                        VariantKey::Identifier { name } => name.to_owned(),
                        VariantKey::NumberLiteral { value } => value.to_owned(),
                    });
                    walk(&variant.value, variables, forms);
                }
            }
            PatternElement::Placeable { expression: Expression::Inline(expression) } => {
                inline(expression, variables);
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn inline(expression: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        InlineExpression::VariableReference { id } => drop(variables.insert(id.name.to_owned())),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        _ => panic!("more than a value or a literal between braces"),
    }
}

/// The categories of whole numbers that a language tells apart (CLDR), and the numbers that a text may name.
fn plural_forms(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::En | Locale::Nl => &["one", "other", "0"],
    }
}

#[test]
fn every_file_parses_and_none_is_forgotten() {
    for locale in Locale::ALL {
        assert!(!shapes(locale).is_empty());
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue").join(locale.tag());
        let there: BTreeSet<_> =
            std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(there, files(locale).iter().map(|(name, _)| (*name).into()).collect());
    }
}

#[test]
fn every_language_has_every_text_with_the_same_values() {
    let english = shapes(Locale::En);
    for locale in Locale::ALL {
        let own = shapes(locale);
        let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
        assert!(missing.is_empty(), "missing in catalogue/{}: {missing:#?}", locale.tag());
        let unknown: Vec<_> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(unknown.is_empty(), "only in catalogue/{}: {unknown:#?}", locale.tag());
        for (key, (variables, forms)) in &own {
            let (wanted, _) = &english[key];
            assert_eq!(variables, wanted, "the values of {key} in {}", locale.tag());
            let known = plural_forms(locale);
            let foreign: Vec<_> = forms.iter().filter(|form| !known.contains(&form.as_str())).collect();
            assert!(foreign.is_empty(), "{key} in {}: {foreign:?} are no plural forms", locale.tag());
            let complete = forms.is_empty() || forms.contains("one") && forms.contains("other");
            assert!(complete, "{key} in {}: {forms:?}", locale.tag());
        }
    }
}

#[test]
fn the_number_picks_the_form() {
    let said = |locale, count: &str| Texts::of(locale).format("preview-meetings", &[("count", count)]);
    assert_eq!((said(Locale::En, "1"), said(Locale::En, "2")), ("1 meeting".into(), "2 meetings".into()));
    assert_eq!((said(Locale::Nl, "1"), said(Locale::Nl, "0")), ("1 afspraak".into(), "0 afspraken".into()));
}

#[test]
fn values_are_filled_in_and_an_unknown_key_is_its_own_text() {
    let texts = Texts::of(Locale::En);
    assert_eq!(texts.format("zone-now", &[("time", "11:04")]), "now 11:04");
    let unknown = "no such text";
    for locale in Locale::ALL {
        assert_eq!(Texts::of(locale).text(unknown), unknown);
    }
}
