//! The program as a process that a test starts, asks, kills and starts again.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server with one admin, always on the same port.
pub struct Server {
    process: Child,
    pub address: String,
    pub token: String,
    data: PathBuf,
    environment: Vec<(&'static str, String)>,
}

impl Server {
    pub fn new(data: &Path, environment: &[(&'static str, &str)]) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let environment: Vec<_> =
            environment.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let process = spawn(data, &address, &environment);
        let mut server = Self { process, address, token: String::new(), data: data.to_owned(), environment };
        let add = ["agent", "add", "--role", "admin", "--name", "Ada Example", "--email", "ada@example.com"];
        server.run(&add, "quiet otter under glass\n");
        server.token = server.run(&["token", "create", "--email", "ada@example.com"], "");
        server
    }

    /// The program's command line on the same data.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(&self.data, &self.environment);
        command.args(arguments);
        command
    }

    /// Runs it to its end, and says what it printed.
    pub fn run(&self, arguments: &[&str], input: &str) -> String {
        let mut process =
            self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Another process on the same data, once this one is gone.
    pub fn again(&mut self) {
        self.process = spawn(&self.data, &self.address, &self.environment);
    }

    /// One request on a connection of its own.
    pub fn ask(&self, line: &str, body: &Value) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (body, token) = (body.to_string(), &self.token);
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn program(data: &Path, environment: &[(&'static str, String)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nameplate"));
    command.env("NAMEPLATE_DATA_DIR", data).env("NAMEPLATE_LOG", "off");
    command.envs(environment.iter().map(|(name, value)| (*name, value)));
    command
}

fn spawn(data: &Path, address: &str, environment: &[(&'static str, String)]) -> Child {
    let mut process = program(data, environment)
        .args([
            "serve",
            "--listen",
            address,
            "--set",
            "limits.enabled=false",
            "--set",
            "webhooks.allow=127.0.0.1",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("Nameplate is at")));
    process
}
