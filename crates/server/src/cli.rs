//! The command line.

use crate::config::{Flag, Sources};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A self-hosted booking server.
#[derive(Debug, Parser)]
#[command(name = "nameplate", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// Where the configuration comes from.
    #[command(flatten)]
    pub configuration: Configuration,
    /// What to do; `serve` without one.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags that set configuration keys; they beat the environment and the file.
#[derive(Debug, Args)]
pub struct Configuration {
    /// Configuration file; otherwise `NAMEPLATE_CONFIG`, otherwise config.toml if there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the embedded database and the secret key live
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<String>,
    /// Addresses to listen on, separated by commas
    #[arg(long, global = true, value_name = "IP:PORT")]
    listen: Option<String>,
    /// The address people use
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
    /// Any other key, for instance --set dev.mailbox=true
    #[arg(long, global = true, value_name = "KEY=VALUE", value_parser = key_and_value)]
    set: Vec<(String, String)>,
}

/// What the binary does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the server (the default)
    Serve,
    /// Starts a server with example data on this machine and prints where to look
    Demo(Demo),
    /// Examines configuration, database, time zone data and mail, and says what to mend
    Doctor {
        /// Fails when the audit log has fewer entries: give the number that the last run printed, kept elsewhere
        #[arg(long, value_name = "ENTRIES", default_value_t = 0)]
        audit_at_least: i64,
    },
    /// Asks a running server whether it is ready; exit code 0 when it is
    Healthcheck {
        /// Where to ask; otherwise /readyz at the first address of server.listen
        #[arg(long, value_name = "URL")]
        url: Option<String>,
    },
    /// Prints a new link for making the first admin; older ones end
    SetupLink,
    /// Prints the addresses that the provider of text messages calls
    SmsHooks,
    /// Manages accounts
    #[command(subcommand)]
    Agent(AgentCommand),
    /// Manages the tokens with which programs act for an account
    #[command(subcommand)]
    Token(TokenCommand),
    /// Manages everybody at once
    #[command(subcommand)]
    People(PeopleCommand),
    /// Writes all that is kept about an agent into one ZIP file
    Export {
        /// The email address of the account
        #[arg(long, value_name = "EMAIL")]
        agent: String,
        /// Where the file goes; one that is there already is not overwritten
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Prints the DNS record to publish, so that others can check the signatures of our mail
    DkimRecord,
    /// Prints the description of the REST API
    Openapi,
    /// Shows and checks the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
}

/// What `nameplate demo` takes.
#[derive(Debug, Args)]
pub struct Demo {
    /// The port on 127.0.0.1 and `::1`; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Prints one JSON object as the first line, once requests are answered
    #[arg(long)]
    pub json: bool,
}

/// The parts of `nameplate agent`.
#[derive(Debug, Subcommand)]
pub enum AgentCommand {
    /// Adds an account; the password is read from standard input
    Add(AgentAdd),
    /// Prints a link on which an account's password is set anew; it works once, for 30 minutes
    ResetLink {
        /// The email address of the account
        #[arg(long)]
        email: String,
    },
    /// Turns two-step sign-in off for an account that lost app and recovery codes, signs it out everywhere and tells it by
    /// mail
    #[command(name = "reset-2fa")]
    ResetTwoStep {
        /// The email address of the account
        #[arg(long)]
        email: String,
    },
    /// Opens a closed account again, before it is erased: the way back where the mailed link cannot be used
    Keep {
        /// The email address of the account
        #[arg(long)]
        email: String,
    },
    /// Prints everybody who has an account
    List {
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Deactivates an account: every session, token and link ends, and nobody can book; meetings stay
    Lock {
        /// The email address of the account
        #[arg(long)]
        email: String,
    },
    /// Lets a deactivated account work again
    Unlock {
        /// The email address of the account
        #[arg(long)]
        email: String,
    },
    /// Signs an account out everywhere; its API tokens stay
    SignOut {
        /// The email address of the account
        #[arg(long)]
        email: String,
    },
}

/// The parts of `nameplate token`.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Makes a token and prints it once; it ends after 90 days
    Create {
        /// The email address of the account
        #[arg(long)]
        email: String,
        /// What the token is for
        #[arg(long, default_value = "command line")]
        name: String,
    },
    /// Prints the tokens of an account: their names and dates, never their text
    List {
        /// The email address of the account
        #[arg(long)]
        email: String,
        /// As a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Ends a token at once
    Revoke {
        /// The email address of the account
        #[arg(long)]
        email: String,
        /// Which one, as `token list` names it
        #[arg(long, value_name = "ID")]
        id: String,
    },
}

/// The parts of `nameplate people`.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// Invites or changes everybody in a CSV file; exit code 1 when a row failed
    Import(PeopleImport),
}

/// What `nameplate people import` takes.
#[derive(Debug, Args)]
pub struct PeopleImport {
    /// The CSV file: its first line names the columns, such as name, email and role
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The admin in whose name people are invited; not needed where there is one alone
    #[arg(long, value_name = "EMAIL")]
    pub by: Option<String>,
    /// Says what each row would do, and does nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Prints one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What `nameplate agent add` takes.
#[derive(Debug, Args)]
pub struct AgentAdd {
    /// The full name
    #[arg(long)]
    pub name: String,
    /// The email address to sign in with
    #[arg(long)]
    pub email: String,
    /// What the account may do
    #[arg(long, value_enum, default_value_t = Role::Agent)]
    pub role: Role,
    /// The time zone in which the account works, such as Europe/Amsterdam
    #[arg(long, default_value = "UTC")]
    pub time_zone: String,
    /// Reads the password from this file instead
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

/// The role of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Holds meetings
    Agent,
    /// As an agent: there is nothing more for managers yet
    Manager,
    /// As an agent; also manages people, message templates and undelivered email, and by the API all meetings
    Admin,
}

/// The parts of `nameplate config`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Says whether `serve` would accept the configuration
    Check,
    /// Prints every value and where it comes from; secrets are masked
    Dump {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Prints everything about one key
    Explain {
        /// The key, for instance server.listen
        key: String,
    },
}

impl Configuration {
    /// The sources that the flags, together with this environment, stand for.
    pub fn sources(self, environment: Vec<(String, String)>) -> Sources {
        let named = [("--data-dir", "data_dir", self.data_dir), ("--listen", "server.listen", self.listen)]
            .into_iter()
            .chain([("--public-url", "server.public_url", self.public_url)])
            .filter_map(|(name, key, value)| Some(Flag { name, key: key.to_owned(), value: value? }));
        let others = self.set.into_iter().map(|(key, value)| Flag { name: "--set", key, value });
        Sources { file: self.config, environment, flags: named.chain(others).collect() }
    }
}

fn key_and_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_become_sources_and_serve_is_the_default() {
        let cli = Cli::parse_from(["nameplate", "--set", "dev.mailbox=true", "--listen", "127.0.0.1:1"]);
        assert!(cli.command.is_none());
        let flags = cli.configuration.sources(Vec::new()).flags;
        let written: Vec<_> =
            flags.iter().map(|flag| (flag.name, flag.key.as_str(), flag.value.as_str())).collect();
        assert_eq!(written, [("--listen", "server.listen", "127.0.0.1:1"), ("--set", "dev.mailbox", "true")]);
        assert!(Cli::try_parse_from(["nameplate", "--set", "dev.mailbox"]).is_err());
    }
}
