//! A throw-away PostgreSQL, made from Debian's binaries (`/usr/lib/postgresql/*/bin`).
//!
//! nextest runs every test in a process of its own, so `cargo xtask test` starts one cluster for the whole run and names it in
//! [`VARIABLE`]. Where the variable is missing, the process starts a cluster of its own, which ends with the process.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot get its database fails by panicking"
)]

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;

/// Names a running server, as `postgres://…` of a database on which others may be created.
pub const VARIABLE: &str = "NAMEPLATE_TEST_POSTGRES";

/// Runs the server until standard input ends: when the process that started it is gone, however it ended, so is the server.
const SCRIPT: &str = r#"
set -eu
exec 2>&1
dir=$(mktemp -d "${TMPDIR:-/tmp}/nameplate-postgres.XXXXXX")
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"$1/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-instructions --no-sync >log
"$1/pg_ctl" --pgdata=data --log=log --silent --wait start \
  --options="-h 127.0.0.1 -p $2 -k $dir -c fsync=on -c max_connections=300 -c shared_buffers=64MB" || { cat log; exit 1; }
echo ready
read -r _ || true
"$1/pg_ctl" --pgdata=data --silent --mode=immediate --wait stop
"#;

/// A PostgreSQL server that tests may fill with databases.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    /// Held open for as long as the server shall run.
    _stop: Option<ChildStdin>,
}

impl Cluster {
    /// The server of this process: the one [`VARIABLE`] names, or one of its own.
    ///
    /// # Panics
    ///
    /// When PostgreSQL is not installed or does not start.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| match std::env::var(VARIABLE) {
            Ok(url) => Self { url, _stop: None },
            Err(_) => Self::start().expect("a throw-away PostgreSQL starts"),
        })
    }

    /// Starts a server on a free port of 127.0.0.1 and waits until it answers.
    ///
    /// # Errors
    ///
    /// When the binaries are missing or the server does not start; the error has its own words.
    pub fn start() -> io::Result<Self> {
        let binaries = binaries()?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut child = script(&binaries, port)?;
        let stop = child.stdin.take();
        let mut said = String::new();
        for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines()) {
            said += &line?;
            said.push('\n');
            if said.ends_with("ready\n") {
                return Ok(Self {
                    url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
                    _stop: stop,
                });
            }
        }
        Err(io::Error::other(format!("PostgreSQL did not start:\n{said}")))
    }

    /// The URL of the maintenance database.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    fn run(&self, statement: &str) {
        let psql = binaries().map_or_else(|_| PathBuf::from("psql"), |directory| directory.join("psql"));
        let done = Command::new(psql)
            .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", statement, &self.url])
            .status()
            .expect("psql runs");
        assert!(done.success(), "refused: {statement}");
    }
}

/// An empty database that goes when this value goes.
#[derive(Debug)]
pub struct Database {
    cluster: &'static Cluster,
    name: String,
    url: String,
}

impl Database {
    /// The URL to open it with.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // What failed may still hold connections, and a second panic would hide the first: the cluster's end removes it.
            return;
        }
        self.cluster.run(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// Makes an empty database with a name of its own on [`Cluster::shared`].
///
/// # Panics
///
/// When there is no server or it refuses.
#[must_use]
pub fn fresh_database() -> Database {
    let cluster = Cluster::shared();
    let name = format!("test_{:016x}", RandomState::new().build_hasher().finish());
    cluster.run(&format!("CREATE DATABASE {name} TEMPLATE template0"));
    let (server, maintenance) =
        cluster.url.rsplit_once('/').unwrap_or_else(|| panic!("not a URL: {}", cluster.url));
    let options = maintenance.split_once('?').map_or(String::new(), |(_, options)| format!("?{options}"));
    Database { cluster, url: format!("{server}/{name}{options}"), name }
}

fn script(binaries: &Path, port: u16) -> io::Result<Child> {
    // PostgreSQL refuses to run as root.
    let mut command = if id(&["-u"])? == "0" {
        let user = if id(&["-u", "postgres"]).is_ok() { "postgres" } else { "nobody" };
        let mut command = Command::new("runuser");
        command.args(["-u", user, "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command.args(["-c", SCRIPT, "sh"]).arg(binaries).arg(port.to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}

fn id(arguments: &[&str]) -> io::Result<String> {
    let output = Command::new("id").args(arguments).output()?;
    if !output.status.success() {
        return Err(io::Error::other("id failed"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The newest version that Debian's packages put on this machine.
fn binaries() -> io::Result<PathBuf> {
    let root = Path::new("/usr/lib/postgresql");
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir(root)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin")))
        })
        .filter(|(_, path)| path.join("initdb").exists())
        .collect();
    found.sort();
    let newest = found.pop().map(|(_, path)| path);
    newest.ok_or_else(|| io::Error::other("no PostgreSQL in /usr/lib/postgresql: apt-get install postgresql"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_empty_of_others_data_and_goes_with_its_value() {
        let (one, other) = (fresh_database(), fresh_database());
        assert_ne!(one.url(), other.url());
        let (cluster, name) = (one.cluster, one.name.clone());
        cluster.run(&format!(
            "DO $$ BEGIN ASSERT EXISTS (SELECT FROM pg_database WHERE datname = '{name}'); END $$"
        ));
        drop(one);
        cluster.run(&format!(
            "DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM pg_database WHERE datname = '{name}'); END $$"
        ));
    }
}
