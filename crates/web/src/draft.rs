//! What a customer typed into the booking form, kept while they look for another time (B-16).
//!
//! The times are links, so that they work without script, in a new tab and with Back; a link carries only its address, and
//! an address must not hold personal data. So the values go into a cookie: nothing is stored here before there is a
//! booking, and any node can read it. It goes to the pages of this meeting type only, no script sees it, it ends with the
//! booking or after half an hour. It is not signed, because it gives no right: it fills in a form that its owner sees
//! before sending, as `?name=` does (B-22).

use crate::failure::set_cookie;
use crate::forms::Form;
use crate::gzip;
use crate::view::booking::Details;
use crate::visit::Visit;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::Read as _;

const COOKIE: &str = "draft";

/// Browsers drop a cookie of more than 4096 bytes, its name and attributes included.
const MAX_VALUE: usize = 3_800;

/// More than the longest values that the form takes; what unpacks to more is not ours.
const MAX_TYPED: u64 = 32 * 1024;

const HALF_AN_HOUR: u32 = 30 * 60;

/// The fields of the booking form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    name: String,
    email: String,
    phone_number: String,
    #[serde(default)]
    sms: bool,
    note: String,
}

impl Draft {
    /// What was sent.
    pub fn of(form: &Form) -> Self {
        Self {
            name: form.typed("name"),
            email: form.typed("email"),
            phone_number: form.typed("phone_number"),
            sms: form.has("sms"),
            note: form.typed("note"),
        }
    }

    /// What an address fills in (B-22).
    pub fn prefilled(name: String, email: String, note: String) -> Self {
        Self { name, email, note, ..Self::default() }
    }

    /// What this customer typed before they went to look for another time.
    pub fn kept(visit: &Visit) -> Option<Self> {
        unpack(visit.cookie(COOKIE)?)
    }

    /// Puts the values into the page.
    pub fn fill(self, page: &mut Details) {
        (page.name, page.email) = (self.name, self.email);
        (page.phone_number, page.sms, page.note) = (self.phone_number, self.sms, self.note);
    }

    /// Keeps the values for the pages below `path`. False when they are too long for a cookie: then nothing is kept.
    pub fn keep(&self, visit: &Visit, path: &str, response: &mut Response) -> bool {
        let Some(value) = pack(self) else { return false };
        write(visit, path, &value, HALF_AN_HOUR, response);
        true
    }
}

/// Forgets what was kept: it is booked.
pub fn forget(visit: &Visit, path: &str, response: &mut Response) {
    if visit.cookie(COOKIE).is_some() {
        write(visit, path, "", 0, response);
    }
}

fn write(visit: &Visit, path: &str, value: &str, seconds: u32, response: &mut Response) {
    let secure = if visit.web.config().secure { "; Secure" } else { "" };
    let attributes = format!("Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    set_cookie(response, &format!("{COOKIE}={value}; {attributes}"));
}

/// Anything small as a value of a cookie or an address.
pub fn pack(draft: &impl Serialize) -> Option<String> {
    let small = gzip::pack(&serde_json::to_vec(draft).ok()?, Compression::best())?;
    Some(URL_SAFE_NO_PAD.encode(small)).filter(|value| value.len() <= MAX_VALUE)
}

/// What `pack` packed.
pub fn unpack<T: DeserializeOwned>(value: &str) -> Option<T> {
    let small = URL_SAFE_NO_PAD.decode(value).ok()?;
    let mut json = Vec::new();
    GzDecoder::new(small.as_slice()).take(MAX_TYPED).read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(note: &str) -> Draft {
        let text = |text: &str| text.to_owned();
        Draft {
            name: text("Zoë \"O'Neill\""),
            email: text("zoe@example.com"),
            phone_number: text("06 12"),
            sms: true,
            note: text(note),
        }
    }

    #[test]
    fn what_was_typed_comes_back_as_it_was() {
        let long = "Здравствуйте; we found a flat.\r\n".repeat(60);
        for note in ["", "a; b=c, <d>\r\n\u{1F3E0}", &long] {
            let value = pack(&draft(note)).unwrap();
            assert!(
                value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
                "{value}"
            );
            assert_eq!(unpack(&value), Some(draft(note)));
        }
    }

    #[test]
    fn what_does_not_fit_or_is_not_ours_is_nothing() {
        // No two alike, so that nothing can be made smaller.
        let note: String =
            (0..2_000_u32).filter_map(|n| char::from_u32(0x4E00 + (n * 7_919) % 20_000)).collect();
        assert_eq!(pack(&draft(&note)), None);
        let bomb = gzip::pack(&vec![b' '; 1 << 20], Compression::best()).unwrap();
        for foreign in ["", "x", "%00", &URL_SAFE_NO_PAD.encode(bomb)] {
            assert_eq!(unpack::<Draft>(foreign), None, "{foreign}");
        }
    }
}
