//! An identity provider on this machine (OpenID Connect), honest or not. It signs by `ring`, so that another implementation
//! answers than the one that checks.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How the server calls itself here, and by what it proves itself.
pub const CLIENT: (&str, &str) = ("nameplate", "the-secret-of-the-client");

/// What is wrong with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bend {
    /// Nothing.
    Nothing,
    /// It answers another question.
    Nonce,
    /// It is for another client.
    Audience,
    /// It is for this client and another one, which is not trusted.
    Audiences,
    /// It was asked for by another client.
    Party,
    /// It is of another issuer.
    Issuer,
    /// It was good a second ago.
    Expired,
    /// Nobody signed it.
    Unsigned,
    /// Whoever knows the client's secret signed it.
    Secret,
    /// Somebody else signed it, in the name of the known key.
    Forged,
    /// It names nobody.
    Subject,
}

/// The provider; it ends with the process.
pub struct Issuer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    now: Timestamp,
    keys: Vec<(String, EcdsaKeyPair)>,
    /// What each code is good for: the claims, the challenge, and what is wrong.
    codes: HashMap<String, (Value, String, Bend)>,
    is_down: bool,
    asked: Vec<String>,
}

impl Issuer {
    /// Listens on a free port of 127.0.0.1; for its tokens it is always `now`.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test fails by panicking")]
    pub fn start(now: Timestamp) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let keys = vec![("first".to_owned(), key())];
        let state = State { now, keys, codes: HashMap::new(), is_down: false, asked: Vec::new() };
        let issuer = Self { address, state: Arc::new(Mutex::new(state)) };
        let state = Arc::clone(&issuer.state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who went away needs no answer.
                let _ = serve(stream, address, &state);
            }
        });
        issuer
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its name.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers 503 to everything, or works again.
    pub fn is_down(&self, is_down: bool) {
        self.state().is_down = is_down;
    }

    /// Signs by a new key from now on.
    pub fn rotate(&self) {
        self.state().keys.insert(0, ("second".to_owned(), key()));
    }

    /// The paths that were asked for so far.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.state().asked.clone()
    }

    /// What the browser brings back when somebody signs in at this address: the query of the redirect.
    #[must_use]
    pub fn sign_in(&self, address: &str, subject: &str, bend: Bend) -> String {
        let asked = query(address.split_once('?').map_or("", |(_, query)| query));
        let said = |name: &str| asked.get(name).cloned().unwrap_or_default();
        let mut state = self.state();
        let now = state.now.as_second();
        let mut claims = json!({
            "iss": self.url(), "sub": subject, "aud": CLIENT.0, "nonce": said("nonce"), "iat": now - 5, "exp": now + 300,
            "email": "anna@example.com", "email_verified": true,
        });
        let wrong = match bend {
            Bend::Nonce => json!({ "nonce": "another" }),
            Bend::Audience => json!({ "aud": "another" }),
            Bend::Audiences => json!({ "aud": [CLIENT.0, "another"] }),
            Bend::Party => json!({ "azp": "another" }),
            Bend::Issuer => json!({ "iss": "https://id.example.com" }),
            Bend::Expired => json!({ "exp": now - 1 }),
            Bend::Subject => json!({ "sub": "" }),
            Bend::Nothing | Bend::Unsigned | Bend::Secret | Bend::Forged => json!({}),
        };
        if let (Some(claims), Value::Object(wrong)) = (claims.as_object_mut(), wrong) {
            claims.extend(wrong);
        }
        let code = format!("code-{}", state.codes.len());
        state.codes.insert(code.clone(), (claims, said("code_challenge"), bend));
        format!("state={}&code={code}", said("state"))
    }
}

#[expect(clippy::expect_used, reason = "a test fails by panicking")]
fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).expect("a key")
}

/// A JSON Web Key (RFC 7517); the point is a byte and two numbers of 32 bytes.
fn public((kid, key): &(String, EcdsaKeyPair)) -> Value {
    let point = key.public_key().as_ref();
    let part = |from: usize| URL_SAFE_NO_PAD.encode(point.get(from..from + 32).unwrap_or_default());
    json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid, "x": part(1), "y": part(33) })
}

/// Pairs of what needs no decoding here.
fn query(text: &str) -> HashMap<String, String> {
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[expect(clippy::expect_used, reason = "a test fails by panicking")]
fn token(state: &State, claims: &Value, bend: Bend) -> String {
    let (kid, own) = state.keys.first().expect("a key");
    let alg = match bend {
        Bend::Unsigned => "none",
        Bend::Secret => "HS256",
        _ => "ES256",
    };
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({ "alg": alg, "kid": kid })), part(claims));
    let by = |key: &EcdsaKeyPair| {
        key.sign(&SystemRandom::new(), signed.as_bytes()).expect("a signature").as_ref().to_vec()
    };
    let signature = match bend {
        Bend::Unsigned => Vec::new(),
        Bend::Secret => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, CLIENT.1.as_bytes());
            hmac::sign(&key, signed.as_bytes()).as_ref().to_vec()
        }
        Bend::Forged => by(&key()),
        _ => by(own),
    };
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Redeems a code, once, for whoever knows the client's secret and what the challenge was made of (RFC 7636).
fn redeem(state: &mut State, authorization: &str, body: &str) -> (u16, Value) {
    let expected = format!("Basic {}", STANDARD.encode(format!("{}:{}", CLIENT.0, CLIENT.1)));
    if authorization != expected {
        return (401, json!({ "error": "invalid_client" }));
    }
    let said = query(body);
    let text = |name: &str| said.get(name).map(String::as_str).unwrap_or_default();
    let known = state.codes.remove(text("code"));
    let made = URL_SAFE_NO_PAD.encode(digest(&SHA256, text("code_verifier").as_bytes()));
    match known {
        Some((claims, challenge, bend)) if challenge == made => {
            let token = token(state, &claims, bend);
            (200, json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token }))
        }
        _ => (400, json!({ "error": "invalid_grant" })),
    }
}

fn serve(mut stream: TcpStream, address: SocketAddr, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let (mut length, mut authorization) = (0, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap_or_default(),
            "authorization" => value.clone_into(&mut authorization),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    state.asked.push(path.clone());
    let url = format!("http://{address}");
    let (status, answer) = match path.as_str() {
        _ if state.is_down => (503, json!({})),
        "/.well-known/openid-configuration" => (
            200,
            json!({
                "issuer": url,
                "authorization_endpoint": format!("{url}/authorize"),
                "token_endpoint": format!("{url}/token"),
                "jwks_uri": format!("{url}/keys"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256"],
            }),
        ),
        "/keys" => (200, json!({ "keys": state.keys.iter().map(public).collect::<Vec<_>>() })),
        "/token" => redeem(&mut state, &authorization, &String::from_utf8_lossy(&body)),
        _ => (404, json!({})),
    };
    let answer = answer.to_string();
    let head = format!(
        "HTTP/1.1 {status} It\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        answer.len()
    );
    stream.write_all((head + &answer).as_bytes())
}
