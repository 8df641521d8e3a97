//! Signing in by an identity provider that we did not write, as a browser without JavaScript does.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "one helper for several tests")]
mod common;

use common::Server;
use nameplate_testkit::tools::node_directory;
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use url::Url;
use url::form_urlencoded::Serializer;

/// The process, and what it says: it would end if nobody listened.
struct IdentityProvider {
    process: Child,
    _said: Lines<BufReader<ChildStdout>>,
}

impl IdentityProvider {
    fn start(port: &str, redirect: &str) -> Self {
        let script =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers/identity_provider.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .args([redirect, port])
            .env("NAMEPLATE_NODE_DIR", node_directory())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().starts_with("{\"issuer\"")));
        Self { process, _said: lines }
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser with the cookies of each host.
#[derive(Default)]
struct Browser(HashMap<String, BTreeMap<String, String>>);

struct Page {
    url: Url,
    status: u16,
    location: Option<Url>,
    text: String,
}

impl Browser {
    fn ask(&mut self, method: &str, url: &Url, body: &str) -> Page {
        let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
        let jar = self.0.entry(host.clone()).or_default();
        let cookies: Vec<_> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        );
        let mut stream = TcpStream::connect(&host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        assert!(read.is_ok(), "{method} {url}: {read:?}");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, text) = answer.split_once("\r\n\r\n").unwrap();
        let mut location = None;
        for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            if name.eq_ignore_ascii_case("set-cookie") {
                let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
                jar.insert(name.to_owned(), value.to_owned());
            } else if name.eq_ignore_ascii_case("location") {
                location = Some(url.join(value).unwrap());
            }
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Page { url: url.clone(), status, location, text: text.to_owned() }
    }

    /// The page that is reached in the end, by redirects and by pages that lead on.
    fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..20 {
            let on = page.text.split("http-equiv=\"refresh\" content=\"0; url=").nth(1);
            let on = on.map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"));
            let Some(next) = page.location.take().or_else(|| on.map(|on| on.parse().unwrap())) else {
                return page;
            };
            page = self.ask("GET", &next, "");
        }
        panic!("it leads on and on: {}", page.url)
    }

    fn send(&mut self, url: &str, fields: &[(&str, &str)]) -> Page {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let page = self.ask("POST", &url.parse().unwrap(), &body);
        self.follow(page)
    }

    fn get(&mut self, url: &str) -> Page {
        let page = self.ask("GET", &url.parse().unwrap(), "");
        self.follow(page)
    }

    /// Fills the provider's pages in: who one is, and that one agrees.
    fn be(&mut self, mut page: Page, name: &str) -> Page {
        while page.text.contains("name=\"prompt\"") {
            let within = |before: &str| {
                let rest =
                    page.text.split_once(before).unwrap_or_else(|| panic!("no {before}: {}", page.text)).1;
                rest.split('"').next().unwrap().to_owned()
            };
            let (action, prompt) = (within("action=\""), within("name=\"prompt\" value=\""));
            let action = page.url.join(&action).unwrap();
            page = self.send(action.as_str(), &[("prompt", &prompt), ("login", name), ("password", "any")]);
        }
        page
    }
}

#[test]
fn an_account_is_connected_and_signs_in_by_a_certified_provider() {
    let data = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let issuer = format!("http://127.0.0.1:{port}");
    let server = Server::new(
        data.path(),
        &[
            ("NAMEPLATE_OIDC__ISSUER", &issuer),
            ("NAMEPLATE_OIDC__CLIENT_ID", "nameplate"),
            ("NAMEPLATE_OIDC__CLIENT_SECRET", "the-secret-of-the-client"),
            ("NAMEPLATE_OIDC__NAME", "Harbour login"),
        ],
    );
    let own = format!("http://localhost:{}", server.address.rsplit(':').next().unwrap());
    let at = |path: &str| format!("{own}{path}");

    let _provider = IdentityProvider::start(&port, &at("/sign-in/oidc/callback"));
    let mut browser = Browser::default();
    let password = "quiet otter under glass";
    let page = browser.send(&at("/sign-in"), &[("email", "ada@example.com"), ("password", password)]);
    assert_eq!((page.status, page.url.path()), (200, "/account"), "{}", page.text);
    browser.send(&at("/account/confirm"), &[("current_password", password)]);
    let page = browser.send(&at("/account/oidc/connect"), &[]);
    assert_eq!(page.url.origin().ascii_serialization(), issuer, "{}", page.text);
    let page = browser.be(page, "ada-at-work");
    assert!(page.url.as_str().ends_with("/account/security?saved=provider-connected"), "{}", page.url);
    assert!(page.text.contains("Connected as ada-at-work@corp.example.com"), "{}", page.text);

    let mut other = Browser::default();
    let page = other.send(&at("/sign-in/oidc"), &[("return_to", "/account/security")]);
    let page = other.be(page, "ada-at-work");
    assert_eq!((page.status, page.url.path()), (200, "/account/security"), "{}", page.text);
    assert!(other.get(&at("/account/activity")).text.contains("Identity provider: Harbour login"));

    let mut stranger = Browser::default();
    let page = stranger.send(&at("/sign-in/oidc"), &[]);
    let page = stranger.be(page, "somebody-else");
    assert!(page.text.contains("not connected to your account here yet"), "{}", page.text);
    assert_eq!(stranger.get(&at("/account")).url.path(), "/sign-in");

    let mut unwilling = Browser::default();
    let page = unwilling.send(&at("/sign-in/oidc"), &[]);
    let abort = page.text.split("href=\"").find(|rest| rest.contains("/abort\"")).unwrap();
    let abort = page.url.join(abort.split('"').next().unwrap()).unwrap();
    let page = unwilling.get(abort.as_str());
    assert!(page.text.contains("did not sign you in"), "{}", page.text);
}
