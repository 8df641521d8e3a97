//! DKIM signatures, verified by dkimpy: every kind of message, with and without a calendar, and what a relay may and may not
//! do to them.

use crate::common::{hidden_email, hostile, messages, ordinary};
use crate::delivery::{Server, decode};
use crate::{mail, readers};
use nameplate_domain::account::Visibility;
use nameplate_notify::dkim::{Dkim, DkimKeyError};
use nameplate_notify::meeting::RecipientRole;
use nameplate_notify::{Composed, Delivery};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A key as an operator makes it.
pub fn key(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let file = folder.join("dkim.pem");
    let made = Command::new("openssl").args(arguments).arg("-out").arg(&file).stderr(Stdio::null()).status();
    assert!(made.expect("openssl makes the key: install it").success());
    std::fs::read(file).unwrap()
}

pub const RSA: &[&str] = &["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
const OLD_RSA: &[&str] = &["rsa", "-traditional", "-in"];
const ED25519: &[&str] = &["genpkey", "-algorithm", "ed25519"];

pub fn signer(pem: &[u8]) -> Dkim {
    Dkim::parse(pem, "s1", "mail.example.com").unwrap()
}

/// What dkimpy says of these, with the record that we would publish.
pub fn verify(dkim: &Dkim, signed: &[Vec<u8>]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    std::fs::write(&record, dkim.record().1).unwrap();
    let mut files: Vec<PathBuf> = vec![record];
    for (n, raw) in signed.iter().enumerate() {
        let file = folder.path().join(format!("{n}.eml"));
        std::fs::write(&file, raw).unwrap();
        files.push(file);
    }
    readers::python("verify_dkim.py", &files).into_iter().map(|reading| reading.fields).collect()
}

/// Every kind, to both sides, of ordinary and hostile people, with and without a picture; and what is told about accounts.
fn every_kind() -> Vec<Composed> {
    let mut mails: Vec<Composed> = Vec::new();
    for (n, typed) in hostile().iter().enumerate() {
        for role in RecipientRole::SIDES.iter().copied() {
            let visibility = if n % 2 == 0 { Visibility::default() } else { hidden_email() };
            mails.extend(messages(typed, visibility, role).into_iter().map(|(_, _, mail)| mail));
        }
    }
    mails.extend(mail::account_mails().into_iter().map(|(_, _, mail)| mail));
    mails
}

pub fn hold(fields: &Value, algorithm: &str) {
    assert_eq!(fields["good"], true, "{fields}");
    assert_eq!(fields["asked"], json!(["s1._domainkey.mail.example.com"]));
    assert_eq!((&fields["algorithm"], &fields["form"]), (&json!(algorithm), &json!("relaxed/relaxed")));
    assert_eq!(fields["survives"], json!([]), "{fields}");
    let breaks = fields["breaks"].as_array().unwrap();
    assert!(breaks.len() >= 4 && breaks.contains(&json!("a second From")), "{fields}");
    assert_eq!(fields["keeps"], json!(["a trace in front", "empty lines at the end", "other folds"]));
    assert!(fields["longest_line"].as_u64().unwrap() <= 998);
    assert_eq!(
        fields["signed"],
        json!([
            "from",
            "to",
            "subject",
            "date",
            "reply-to",
            "message-id",
            "mime-version",
            "content-type",
            "in-reply-to",
            "references",
            "from"
        ])
    );
}

#[test]
fn every_kind_of_message_is_signed_so_that_others_can_tell() {
    let folder = tempfile::tempdir().unwrap();
    let mails = every_kind();
    assert!(mails.len() > 140, "{}", mails.len());
    let dkim = signer(&key(folder.path(), RSA));
    let signed: Vec<Vec<u8>> = mails.iter().map(|mail| dkim.sign(&mail.raw)).collect();
    for fields in verify(&dkim, &signed) {
        hold(&fields, "rsa-sha256");
    }
    for (mail, signed) in mails.iter().zip(&signed) {
        assert!(signed.starts_with(b"DKIM-Signature: ") && signed.ends_with(&mail.raw));
        assert_eq!(&dkim.sign(&mail.raw), signed, "a second try sends the same bytes");
    }
}

#[test]
fn keys_of_each_form_that_openssl_writes_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mail = messages(&ordinary(), Visibility::default(), RecipientRole::Customer).remove(0).2;
    let modern = folder.path().join("modern.pem");
    let pem = key(folder.path(), RSA);
    std::fs::write(&modern, &pem).unwrap();
    let old = key(folder.path(), &[OLD_RSA, &[modern.to_str().unwrap()]].concat());
    assert!(old.starts_with(b"-----BEGIN RSA PRIVATE KEY-----"));
    assert_eq!(signer(&old).record(), signer(&pem).record());
    for (pem, algorithm) in [(old, "rsa-sha256"), (key(folder.path(), ED25519), "ed25519-sha256")] {
        let dkim = signer(&pem);
        hold(&verify(&dkim, &[dkim.sign(&mail.raw)])[0], algorithm);
        assert!(format!("{dkim:?}").contains("s1") && !format!("{dkim:?}").contains("Rsa"));
    }
}

#[test]
fn a_key_that_cannot_sign_mail_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let short = key(folder.path(), &["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]);
    let curve = key(folder.path(), &["ecparam", "-name", "prime256v1", "-genkey", "-noout"]);
    for (pem, error) in [
        (short.as_slice(), DkimKeyError::Kind),
        (&curve, DkimKeyError::Kind),
        (b"", DkimKeyError::Pem),
        (b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", DkimKeyError::Pem),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", DkimKeyError::Kind),
        (b"-----BEGIN PRIVATE KEY-----\n?\n", DkimKeyError::Pem),
    ] {
        assert_eq!(Dkim::parse(pem, "s1", "mail.example.com").unwrap_err(), error);
    }
}

/// What the next server gets is what was signed.
#[tokio::test]
async fn the_signature_holds_behind_the_wire() {
    let folder = tempfile::tempdir().unwrap();
    let pem = key(folder.path(), RSA);
    let mut server = Server::start(&["ok"]);
    let smtp = server.smtp("?tls=none").signed_by(signer(&pem));
    let mut got = Vec::new();
    for (_, _, mail) in messages(&ordinary(), Visibility::default(), RecipientRole::Customer) {
        assert!(matches!(smtp.send(&mail).await, Delivery::Sent { .. }));
        got.push(decode(server.received()["raw"].as_str().unwrap()));
    }
    for fields in verify(&signer(&pem), &got) {
        hold(&fields, "rsa-sha256");
    }
}
