//! DKIM signatures (RFC 6376, and RFC 8463 for Ed25519): relaxed over headers and body, without a time in them, so that a
//! second try sends the same bytes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;

/// What is signed, also where a message has no such header: nobody can add one on the way. `From` stands here twice, so that
/// a second one breaks the signature.
const SIGNED: [&str; 11] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Reply-To",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "In-Reply-To",
    "References",
    "From",
];

/// What is wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DkimKeyError {
    /// No private key in PEM.
    #[error("it holds no private key in PEM (BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY)")]
    Pem,
    /// Of another kind, or too short.
    #[error("its key is neither RSA of 2048 to 4096 bits nor Ed25519")]
    Kind,
}

enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// A key that signs for a domain.
pub struct Dkim {
    key: Key,
    selector: String,
    domain: String,
}

impl std::fmt::Debug for Dkim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dkim")
            .field("selector", &self.selector)
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

impl Dkim {
    /// The key of a PEM file, published under this selector of this domain.
    ///
    /// # Errors
    /// When the text is no key, or one that cannot sign mail.
    pub fn parse(pem: &[u8], selector: &str, domain: &str) -> Result<Self, DkimKeyError> {
        let rsa = |read: Result<RsaKeyPair, _>| read.map(Key::Rsa).map_err(|_| DkimKeyError::Kind);
        let key = match PrivateKeyDer::from_pem_slice(pem).map_err(|_| DkimKeyError::Pem)? {
            PrivateKeyDer::Pkcs1(der) => rsa(RsaKeyPair::from_der(der.secret_pkcs1_der()))?,
            PrivateKeyDer::Pkcs8(der) => {
                // OpenSSL writes Ed25519 keys without their public half: there is nothing to be held against it.
                match Ed25519KeyPair::from_pkcs8_maybe_unchecked(der.secret_pkcs8_der()) {
                    Ok(pair) => Key::Ed25519(pair),
                    Err(_) => rsa(RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()))?,
                }
            }
            _ => return Err(DkimKeyError::Kind),
        };
        Ok(Self { key, selector: selector.to_owned(), domain: domain.to_owned() })
    }

    /// The TXT record by which others check the signatures: its name and its text.
    #[must_use]
    pub fn record(&self) -> (String, String) {
        let (kind, public) = match &self.key {
            Key::Rsa(pair) => ("rsa", subject_public_key_info(pair.public_key().as_ref())),
            Key::Ed25519(pair) => ("ed25519", pair.public_key().as_ref().to_vec()),
        };
        let name = format!("{}._domainkey.{}", self.selector, self.domain);
        (name, format!("v=DKIM1; k={kind}; p={}", STANDARD.encode(public)))
    }

    /// The message with its signature in front; as it was when the key fails, which none does that could be read.
    #[must_use]
    pub fn sign(&self, raw: &[u8]) -> Vec<u8> {
        let (head, body) = split(raw);
        let fields = fields(head);
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let unsigned = format!(
            "DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed; d={};\r\n\ts={};\r\n\th={};\r\n\tbh={};\r\n\tb=",
            self.domain,
            self.selector,
            SIGNED.join(":").replacen(":Message-ID", ":\r\n\t Message-ID", 1),
            STANDARD.encode(digest(&SHA256, &relaxed_body(body))),
        );
        let mut input = relaxed_headers(&fields);
        input.extend(relaxed(unsigned.as_bytes()));
        let Some(signature) = self.signature(&input) else { return raw.to_vec() };
        let mut signed = unsigned.into_bytes();
        for (n, line) in STANDARD.encode(signature).as_bytes().chunks(72).enumerate() {
            if n > 0 {
                signed.extend_from_slice(b"\r\n\t");
            }
            signed.extend_from_slice(line);
        }
        signed.extend_from_slice(b"\r\n");
        signed.extend_from_slice(raw);
        signed
    }

    fn signature(&self, input: &[u8]) -> Option<Vec<u8>> {
        match &self.key {
            Key::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature).ok()?;
                Some(signature)
            }
            // RFC 8463 section 3: the hash is what is signed.
            Key::Ed25519(pair) => Some(pair.sign(digest(&SHA256, input).as_ref()).as_ref().to_vec()),
        }
    }
}

/// A public key of RSA as records hold it: with the name of its algorithm around (RFC 5280 section 4.1).
fn subject_public_key_info(key: &[u8]) -> Vec<u8> {
    const RSA_ENCRYPTION: [u8; 15] =
        [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    let bits = der(0x03, &[&[0], key]);
    der(0x30, &[&RSA_ENCRYPTION, &bits])
}

fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = content.len().to_be_bytes();
    let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut out = vec![tag];
    match length.as_slice() {
        [short] if *short < 0x80 => out.push(*short),
        long => {
            out.push(0x80 | u8::try_from(long.len()).unwrap_or(0));
            out.extend(long);
        }
    }
    out.extend(content);
    out
}

/// Headers, with the end of the last line, and body.
fn split(raw: &[u8]) -> (&[u8], &[u8]) {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n").map_or(raw.len(), |at| at + 2);
    let (head, rest) = raw.split_at(end);
    (head, rest.strip_prefix(b"\r\n").unwrap_or(rest))
}

/// The lines without their ends; the empty rest behind the last one does not count.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    lines.into_iter().map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect()
}

/// Header fields, unfolded.
fn fields(head: &[u8]) -> Vec<Vec<u8>> {
    let mut fields: Vec<Vec<u8>> = Vec::new();
    for line in lines(head) {
        match fields.last_mut().filter(|_| line.starts_with(b" ") || line.starts_with(b"\t")) {
            Some(field) => field.extend_from_slice(line),
            None => fields.push(line.to_vec()),
        }
    }
    fields
}

/// The signed fields in the order of `SIGNED`: of a name that stands there twice the last field comes first.
fn relaxed_headers(fields: &[Vec<u8>]) -> Vec<u8> {
    let mut left: Vec<&Vec<u8>> = fields.iter().collect();
    let mut out = Vec::new();
    for name in SIGNED {
        let is = |field: &&Vec<u8>| {
            field
                .split(|byte| *byte == b':')
                .next()
                .is_some_and(|own| own.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
        };
        if let Some(at) = left.iter().rposition(is) {
            out.extend(relaxed(left.remove(at)));
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

/// RFC 6376 section 3.4.2, without the end of the line.
fn relaxed(field: &[u8]) -> Vec<u8> {
    let colon = field.iter().position(|byte| *byte == b':').unwrap_or(field.len());
    let (name, value) = field.split_at(colon);
    let value: Vec<u8> =
        value.iter().skip(1).copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let mut out = name.trim_ascii().to_ascii_lowercase();
    out.push(b':');
    out.extend_from_slice(single_spaced(&value).trim_ascii());
    out
}

/// RFC 6376 section 3.4.4.
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 2);
    let mut empty = 0;
    for line in lines(body) {
        let line = single_spaced(line);
        let line = line.strip_suffix(b" ").unwrap_or(&line);
        if line.is_empty() {
            empty += 1;
            continue;
        }
        out.extend(b"\r\n".repeat(empty));
        empty = 0;
        out.extend_from_slice(line);
        out.extend_from_slice(b"\r\n");
    }
    out
}

fn single_spaced(line: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len());
    for byte in line {
        let byte = if *byte == b'\t' { b' ' } else { *byte };
        if byte != b' ' || out.last() != Some(&b' ') {
            out.push(byte);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 6376 section 3.4.5.
    #[test]
    fn the_example_of_the_standard_comes_out() {
        let raw = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
        let (head, body) = split(raw);
        let relaxed_fields: Vec<Vec<u8>> = fields(head).iter().map(|field| relaxed(field)).collect();
        assert_eq!(relaxed_fields, [b"a:X".to_vec(), b"b:Y Z".to_vec()]);
        assert_eq!(relaxed_body(body), b" C\r\nD E\r\n");
        assert_eq!(relaxed_body(b""), b"");
        assert_eq!(relaxed_body(b"\r\n\r\n"), b"");
        assert_eq!(relaxed_body(b"no end"), b"no end\r\n");
    }
}
