//! The whole test run, and its parts.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::check;
use crate::install;
use crate::run::{Steps, command, shown};
use crate::workspace::{root, target};

/// `cargo xtask test`.
pub fn run(steps: &mut Steps) -> Result<()> {
    let tools = Tools::install(steps)?;
    check::run(steps)?;
    steps.step("unit, both-engine and HTTP tests", || {
        let cluster = Cluster::start(&tools)?;
        let test = ["nextest", "run", "--workspace", "--cargo-quiet"];
        shown(tools.equip(&mut command("cargo", test)).env("NAMEPLATE_TEST_POSTGRES", &cluster.url))
    })?;
    steps.step("examples in the documentation", || {
        cargo(&tools, &["test", "--quiet", "--doc", "--workspace"])
    })?;
    browser(steps, &tools, &[])
}

/// `cargo xtask browser`.
pub fn browser_alone(steps: &mut Steps, arguments: &[String]) -> Result<()> {
    let tools = Tools::install(steps)?;
    browser(steps, &tools, arguments)
}

/// `cargo xtask env`.
pub fn print_environment(steps: &mut Steps) -> Result<()> {
    let tools = Tools::install(steps)?;
    println!("export PATH='{}'", tools.path.to_string_lossy());
    println!("export NAMEPLATE_PYTHON='{}'", tools.python.display());
    println!("export NAMEPLATE_NODE_DIR='{}'", tools.consumers.display());
    Ok(())
}

/// `cargo xtask regen`.
pub fn regenerate(steps: &mut Steps) -> Result<()> {
    let tools = Tools::install(steps)?;
    steps.step("snapshots", || {
        let cluster = Cluster::start(&tools)?;
        let test = ["nextest", "run", "--workspace", "--cargo-quiet"];
        let mut command = command("cargo", test);
        command.env("INSTA_UPDATE", "always").env("INSTA_FORCE_PASS", "1");
        shown(tools.equip(&mut command).env("NAMEPLATE_TEST_POSTGRES", &cluster.url))
    })
}

fn browser(steps: &mut Steps, tools: &Tools, arguments: &[String]) -> Result<()> {
    // The command of the README; the tests start what it built.
    steps.step("release build", || cargo(tools, &["build", "--quiet", "--release"]))?;
    let gallery = target()?.join("gallery");
    steps.step("gallery of all pages", || {
        cargo(tools, &["build", "--quiet", "--workspace", "--examples"])?;
        if gallery.exists() {
            std::fs::remove_dir_all(&gallery)?;
        }
        let program = target()?.join("debug/examples/gallery");
        shown(command(&program, [&gallery]).current_dir(root()))?;
        shown(command(&program, [&gallery.join("nl"), Path::new("nl")]).current_dir(root()))
    })?;
    steps.step("browser tests", || {
        let mut command = command("npx", ["--no-install", "playwright", "test"]);
        let run = tools.equip(command.args(arguments)).current_dir(root().join("e2e"));
        run.env("NAMEPLATE_BINARY", target()?.join("release/nameplate"));
        shown(run.env("NAMEPLATE_GALLERY", &gallery))
    })
}

fn cargo(tools: &Tools, arguments: &[&str]) -> Result<()> {
    shown(tools.equip(&mut command("cargo", arguments)))
}

/// Where the installed parts are.
struct Tools {
    path: OsString,
    python: PathBuf,
    consumers: PathBuf,
}

impl Tools {
    fn install(steps: &mut Steps) -> Result<Self> {
        steps.step("packages of the system", install::debian)?;
        let bin = steps.step("cargo tools", install::cargo_tools)?;
        let python = steps.step("Python packages", install::python)?;
        let consumers = steps.step("Node packages", || {
            install::node("e2e")?;
            install::node("tests/consumers")
        })?;
        Ok(Self { path: check::with_path(&bin)?, python, consumers })
    }

    fn equip<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.current_dir(root()).env("PATH", &self.path);
        command.env("NAMEPLATE_PYTHON", &self.python).env("NAMEPLATE_NODE_DIR", &self.consumers)
    }
}

/// One PostgreSQL for the whole run; it ends when this value goes.
struct Cluster {
    child: Child,
    url: String,
}

impl Cluster {
    fn start(tools: &Tools) -> Result<Self> {
        // Built with the workspace, as the tests are: alone it would be built once more with other features.
        cargo(tools, &["build", "--quiet", "--workspace", "--bins"])?;
        let mut command = Command::new(target()?.join("debug/throwaway-postgres"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("throwaway-postgres")?;
        let mut url = String::new();
        let stdout = child.stdout.take().context("a pipe was asked for")?;
        BufReader::new(stdout).read_line(&mut url)?;
        let url = url.trim().to_owned();
        if url.is_empty() {
            bail!("PostgreSQL did not start; its own words stand above");
        }
        Ok(Self { child, url })
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        if let Err(error) = self.child.wait() {
            eprintln!("the throw-away PostgreSQL: {error}");
        }
    }
}
