//! Runs the readers of `tests/consumers` and collects what they read.

use nameplate_testkit::tools;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What one reader made of one file.
#[derive(Debug)]
pub struct Reading {
    pub file: PathBuf,
    pub reader: String,
    pub fields: Value,
}

pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/consumers").join(name)
}

pub fn python(name: &str, files: &[PathBuf]) -> Vec<Reading> {
    run(Command::new(tools::python()).arg(script(name)).args(files))
}

pub fn node(name: &str, files: &[PathBuf]) -> Vec<Reading> {
    let folder = tools::node_directory();
    run(Command::new("node").env("NAMEPLATE_NODE_DIR", folder).arg(script(name)).args(files))
}

/// Compiles the libical reader into `folder` and runs it.
pub fn libical(folder: &Path, files: &[PathBuf]) -> Vec<Reading> {
    let program = folder.join("read_calendar");
    let built = Command::new("cc")
        .args(["-O0", "-o"])
        .arg(&program)
        .arg(script("read_calendar.c"))
        .arg("-lical")
        .output();
    let built = built.expect("cc: run the tests with `cargo xtask test`");
    assert!(
        built.status.success(),
        "libical-dev: run the tests with `cargo xtask test`\n{}",
        String::from_utf8_lossy(&built.stderr)
    );
    run(Command::new(program).args(files))
}

fn run(command: &mut Command) -> Vec<Reading> {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {err}");
    let read = |line: &str| {
        let mut value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        Reading {
            file: value["file"].as_str().unwrap().into(),
            reader: value["reader"].as_str().unwrap().into(),
            fields: value["fields"].take(),
        }
    };
    out.lines().map(read).collect()
}
