//! Phone numbers against libphonenumber-js, which follows Google's library closely and shares no code with ours.

use nameplate_domain::account::{CountryCode, PhoneNumber};
use std::path::Path;
use std::process::Command;

#[derive(serde::Deserialize)]
struct Case {
    typed: String,
    country: String,
    e164: Option<String>,
    national: Option<String>,
    international: Option<String>,
}

#[test]
fn phone_numbers_read_as_libphonenumber_reads_them() {
    let modules = std::env::var_os("NAMEPLATE_NODE_DIR").expect(
        "NAMEPLATE_NODE_DIR is not set: run `cargo xtask test`, which installs the node modules and sets it",
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle/phones.mjs");
    let output = Command::new("node").arg(script).env("NAMEPLATE_NODE_DIR", modules).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let cases: Vec<Case> = serde_json::from_slice(&output.stdout).unwrap();
    let (mut valid, mut verdicts, mut formats) = (0, Vec::new(), Vec::new());
    for case in &cases {
        let number = PhoneNumber::parse(&case.typed, Some(CountryCode::parse(&case.country).unwrap())).ok();
        if number.as_ref().map(PhoneNumber::e164) != case.e164.as_deref() {
            verdicts.push(case.typed.as_str());
        } else if let Some(number) = number {
            valid += 1;
            let ours = [number.national(), number.international()].map(|form| spaced(&form));
            let theirs = [&case.national, &case.international].map(|form| spaced(form.as_deref().unwrap()));
            // The Faroe Islands have a rule for carriers that our library takes for the rule of grouping.
            if ours != theirs && !number.e164().starts_with("+298") {
                formats.push((ours, theirs));
            }
        }
    }
    assert!(cases.len() > 7_500 && valid > 5_500, "{} cases, {valid} valid", cases.len());
    assert_eq!(formats, []);
    verdicts.sort_unstable();
    assert_eq!(verdicts, YOUNGER);
}

/// Numbers whose ranges opened or closed between the metadata of our library (9.0.33) and of theirs: Google's own
/// library of 9.0.33 agrees with ours.
const YOUNGER: [&str; 7] = [
    "+255601234567",
    "+29091234",
    "+4749234567",
    "+4749612345",
    "+5491103456789",
    "+5977912345",
    "+963904567890",
];

/// Their international form writes a space for every separator.
fn spaced(form: &str) -> String {
    form.replace(['-', '.', '/'], " ")
}
