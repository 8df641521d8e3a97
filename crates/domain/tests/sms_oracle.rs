//! Encoding and number of messages of a text against Twilio's own calculator, which shares no code with ours.

use nameplate_domain::sms::{Encoding, Segments};
use std::path::Path;
use std::process::Command;

#[derive(serde::Deserialize)]
struct Case {
    text: String,
    encoding: String,
    characters: usize,
    messages: usize,
}

#[test]
fn c09_texts_take_the_messages_that_twilio_counts() {
    let modules = std::env::var_os("NAMEPLATE_NODE_DIR").expect(
        "NAMEPLATE_NODE_DIR is not set: run `cargo xtask test`, which installs the node modules and sets it",
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle/sms_segments.mjs");
    let output = Command::new("node").arg(script).env("NAMEPLATE_NODE_DIR", modules).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let cases: Vec<Case> = serde_json::from_slice(&output.stdout).unwrap();
    let (mut short, mut long) = (0, 0);
    for case in &cases {
        let ours = Segments::of(&case.text);
        let encoding = if case.encoding == "GSM-7" { Encoding::Gsm7 } else { Encoding::Ucs2 };
        let theirs = (encoding, case.characters, case.messages);
        assert_eq!((ours.encoding, ours.characters, ours.messages), theirs, "{:?}", case.text);
        assert_eq!(ours.forced_by.is_some(), encoding == Encoding::Ucs2, "{:?}", case.text);
        short += usize::from(encoding == Encoding::Gsm7);
        long += usize::from(case.messages > 1);
    }
    assert!(cases.len() > 10_000 && short > 1_000 && long > 1_500, "{} {short} {long}", cases.len());
}
