//! A passkey of a test: what a browser and an authenticator answer together, with every part of it in the test's hand.
//!
//! Web Authentication level 3: section 5.1 (the JSON forms), 6.1 (authenticator data), 6.5.1 (the key of a new passkey).

use anyhow::{Context, Result, anyhow};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const ATTESTED: u8 = 1 << 6;

/// A passkey; what is public of it may be bent before it answers.
pub struct Passkey {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    user_handle: String,
    /// The page that asks, as the browser sees it.
    pub origin: String,
    /// The host that it answers for.
    pub host: String,
    /// Whether its owner proved to be there.
    pub verifies: bool,
    /// How often it was used; one that stays at 0 does not count.
    pub counter: u32,
    /// The make of what keeps it.
    pub aaguid: [u8; 16],
}

impl Passkey {
    /// A new one for the pages of an origin.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn new(origin: &str, host: &str) -> Result<Self> {
        let random = SystemRandom::new();
        let failed = |_| anyhow!("no randomness");
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).map_err(failed)?;
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random)
            .map_err(|error| anyhow!("{error}"))?;
        let mut id = vec![0; 32];
        random.fill(&mut id).map_err(failed)?;
        Ok(Self {
            key,
            id,
            user_handle: String::new(),
            origin: origin.to_owned(),
            host: host.to_owned(),
            verifies: true,
            counter: 0,
            aaguid: [0; 16],
        })
    }

    /// The answer to `navigator.credentials.create` with these options.
    ///
    /// # Errors
    /// When the options are not such.
    pub fn create(&mut self, options: &Value) -> Result<Value> {
        text(options, "/user/id")?.clone_into(&mut self.user_handle);
        let client = self.client_data("webauthn.create", options)?;
        let mut data = self.data(ATTESTED);
        data.extend(self.aaguid);
        data.extend(u16::try_from(self.id.len())?.to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose()?);
        // {"fmt": "none", "attStmt": {}, "authData": bytes}
        let mut attestation = b"\xa3cfmtdnonegattStmt\xa0hauthData\x58".to_vec();
        attestation.push(u8::try_from(data.len())?);
        attestation.extend(&data);
        Ok(self.answer(&json!({
            "clientDataJSON": encode(&client),
            "attestationObject": encode(&attestation),
            "authenticatorData": encode(&data),
            "transports": ["internal", "hybrid"],
        })))
    }

    /// The answer to `navigator.credentials.get` with these options.
    ///
    /// # Errors
    /// When the options are not such.
    pub fn get(&mut self, options: &Value) -> Result<Value> {
        let client = self.client_data("webauthn.get", options)?;
        let data = self.data(0);
        let signed = [data.as_slice(), digest(&SHA256, &client).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).map_err(|_| anyhow!("no randomness"))?;
        Ok(self.answer(&json!({
            "clientDataJSON": encode(&client),
            "authenticatorData": encode(&data),
            "signature": encode(signature.as_ref()),
            "userHandle": self.user_handle,
        })))
    }

    fn answer(&self, response: &Value) -> Value {
        json!({
            "id": encode(&self.id),
            "rawId": encode(&self.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": response,
        })
    }

    fn client_data(&self, kind: &str, options: &Value) -> Result<Vec<u8>> {
        let challenge = text(options, "/challenge")?;
        let client =
            json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false });
        Ok(client.to_string().into_bytes())
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let flags = PRESENT | if self.verifies { VERIFIED } else { 0 } | more;
        let mut data = digest(&SHA256, self.host.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The public key: EC2, ES256, P-256, x, y.
    fn cose(&self) -> Result<Vec<u8>> {
        let point = self.key.public_key().as_ref();
        let (x, y) = point.get(1..).and_then(|rest| rest.split_at_checked(32)).context("a point")?;
        Ok([b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", x, b"\x22\x58\x20", y].concat())
    }
}

fn text<'a>(options: &'a Value, place: &str) -> Result<&'a str> {
    options.pointer(place).and_then(Value::as_str).with_context(|| format!("no {place}"))
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
