//! What the tests need and a fresh machine lacks. Each part is skipped when it is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{command, quiet, shown};
use crate::workspace::{root, target};

/// A file that shows that a package is there, and the package of Debian 12 that brings it.
const PACKAGES: [(&str, &str); 9] = [
    ("/usr/bin/chromium", "chromium"),
    ("/usr/lib/postgresql", "postgresql"),
    ("/usr/bin/exiftool", "libimage-exiftool-perl"),
    ("/usr/bin/openssl", "openssl"),
    ("/usr/include/libical/ical.h", "libical-dev"),
    ("/usr/sbin/smtpd", "opensmtpd"),
    ("/usr/lib/dovecot/imap", "dovecot-imapd"),
    ("/usr/lib/dovecot/lmtp", "dovecot-lmtpd"),
    ("/usr/sbin/bearerbox", "kannel"),
];

/// Debian packages: browser, database, and the readers that our output is held against.
pub fn debian() -> Result<()> {
    let missing: Vec<_> =
        PACKAGES.iter().filter(|(file, _)| !Path::new(file).exists()).map(|(_, package)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if quiet(&mut command("id", ["-u"]))?.trim() != "0" {
        bail!("missing packages: run as root: apt-get install {}", missing.join(" "));
    }
    eprintln!("installing {}", missing.join(" "));
    let apt = |arguments: &[&str]| {
        quiet(command("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive")).map(drop)
    };
    apt(&["update", "-q"])?;
    apt(&[&["install", "-q", "-y", "--no-install-recommends"], missing.as_slice()].concat())
}

/// Cargo's own additions, built into the target folder when the machine has none. Gives the folder to put in front of `PATH`.
pub fn cargo_tools() -> Result<PathBuf> {
    let folder = target()?.join("tools");
    for tool in ["cargo-nextest", "cargo-deny"] {
        let there = Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success());
        if there || folder.join("bin").join(tool).exists() {
            continue;
        }
        eprintln!("installing {tool}");
        let install = ["install", "--quiet", "--locked", "--debug", tool, "--root"];
        shown(command("cargo", install).arg(&folder).env("CARGO_TARGET_DIR", folder.join("build")))?;
    }
    Ok(folder.join("bin"))
}

/// A Python environment with what `requirements.txt` of the two test folders names. Gives its interpreter.
pub fn python() -> Result<PathBuf> {
    let wanted: Vec<_> = ["tests/consumers/requirements.txt", "tests/oracle/requirements.txt"]
        .map(|file| root().join(file))
        .into_iter()
        .filter(|file| file.exists())
        .collect();
    let folder = target()?.join("venv");
    let python = folder.join("bin/python");
    once(&folder, &wanted, || {
        quiet(command("python3", ["-m", "venv"]).arg(&folder))?;
        for file in &wanted {
            let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
            quiet(command(&python, install).arg(file))?;
        }
        Ok(())
    })?;
    Ok(python)
}

/// What the `package-lock.json` of a folder of the project names. Gives that folder.
pub fn node(folder: &str) -> Result<PathBuf> {
    let folder = root().join(folder);
    let lock = folder.join("package-lock.json");
    if lock.exists() {
        once(&folder.join("node_modules"), &[lock], || {
            let install = ["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"];
            quiet(command("npm", install).current_dir(&folder)).map(drop)
        })?;
    }
    Ok(folder)
}

/// Runs `work` on an empty folder, unless the last complete run saw the same files.
fn once(folder: &Path, files: &[PathBuf], work: impl FnOnce() -> Result<()>) -> Result<()> {
    let mut wanted = String::new();
    for file in files {
        wanted += &fs::read_to_string(file).with_context(|| file.display().to_string())?;
    }
    let stamp = folder.join("installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    eprintln!("installing into {}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    work()?;
    fs::create_dir_all(folder)?;
    fs::write(stamp, wanted)?;
    Ok(())
}
