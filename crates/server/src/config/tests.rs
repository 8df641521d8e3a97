use super::*;
use std::path::Path;

fn settings(
    file: Option<&str>,
    environment: &[(&str, &str)],
    flags: &[(&str, &str)],
) -> Result<Settings, String> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("config.toml");
    std::fs::write(&path, file.unwrap_or_default()).unwrap();
    let sources = Sources {
        file: Some(path),
        environment: environment
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        flags: flags
            .iter()
            .map(|(key, value)| Flag { name: "--set", key: (*key).to_owned(), value: (*value).to_owned() })
            .collect(),
    };
    let root = directory.path().to_str().unwrap();
    sources.collect().map_err(|errors| {
        errors.iter().map(ConfigError::to_string).collect::<Vec<_>>().join("\n").replace(root, "DIR")
    })
}

fn config(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
    let settings = settings(Some(file), environment, &[])?;
    Config::from_settings(&settings).map_err(|error| {
        let text = error.to_string();
        text.find("config.toml").map_or(text.clone(), |at| text[at..].to_owned())
    })
}

#[test]
fn c06_starts_without_any_configuration() {
    let config = config("", &[]).unwrap();
    assert_eq!(config.listen, ["127.0.0.1:8080".parse().unwrap()]);
    assert_eq!(config.public_url.as_str(), "http://localhost:8080");
    assert_eq!(config.database_url.expose(), "sqlite:data/nameplate.db");
    assert_eq!(config.secret_key_file, Path::new("data/secret.key"));
    assert!(config.smtp_url.is_none() && config.limits.enabled && !config.dev_mailbox);
    assert_eq!(config.sessions.session_idle, Duration::from_hours(24));
    assert_eq!(config.limits.api_token, [Rate { count: 600, per: Duration::from_mins(1), burst: 100 }]);
    config.check_for_serve().unwrap();
}

#[test]
fn c06_a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default() {
    let file = "data_dir = 'file'\n[server]\nlisten = ['127.0.0.1:1', '[::1]:1']\n";
    let variables = [("NAMEPLATE_DATA_DIR", "variable"), ("NAMEPLATE_SERVER__LISTEN", "")];
    let from = |settings: &Settings, key: &str| {
        let setting = &settings[key];
        (setting.text.clone(), setting.origin.to_string().rsplit('/').next().unwrap().to_owned())
    };
    let of = |text: &str, origin: &str| (text.to_owned(), origin.to_owned());

    let all = settings(Some(file), &variables, &[("data_dir", "flag")]).unwrap();
    assert_eq!(from(&all, "data_dir"), of("flag", "flag --set"));
    let two = settings(Some(file), &variables, &[]).unwrap();
    assert_eq!(from(&two, "data_dir"), of("variable", "environment NAMEPLATE_DATA_DIR"));
    assert_eq!(from(&two, "server.listen"), of("127.0.0.1:1, [::1]:1", "config.toml, line 3"));
    assert_eq!(from(&two, "dev.mailbox"), of("false", "default"));
}

#[test]
fn c08_an_unknown_key_is_refused_with_the_nearest_name() {
    let refused = |file, environment: &[_]| settings(Some(file), environment, &[]).unwrap_err();
    assert_eq!(
        refused("\n[server]\nlissten = 'x'\n", &[]),
        "DIR/config.toml, line 3: there is no key server.lissten; the nearest is server.listen"
    );
    assert!(refused("[sever]\nlisten = 'x'\n", &[]).contains("no key sever; the nearest is"));
    assert!(refused("[server.listen]\nx = 1\n", &[]).contains("server.listen must be one or more IP:PORT"));
    assert_eq!(
        refused("", &[("NAMEPLATE_SERVER__LISTN", "x")]),
        "environment NAMEPLATE_SERVER__LISTN: there is no such key; the nearest is NAMEPLATE_SERVER__LISTEN"
    );
    assert!(refused("", &[("NAMEPLATE_SERVER_LISTEN", "x")]).contains("NAMEPLATE_SERVER__LISTEN"));
    assert!(refused("", &[("NAMEPLATE_DATADIR", "x")]).contains("NAMEPLATE_DATA_DIR"));
    let cluster = [("NAMEPLATE_PORT", "tcp://10.0.0.1:80"), ("NAMEPLATE_SERVICE_HOST", "10.0.0.1")];
    assert!(settings(None, &cluster, &[]).is_ok(), "what Kubernetes sets by itself is no mistake");
    let flag = settings(None, &[], &[("server.listn", "x")]).unwrap_err();
    assert_eq!(flag, "flag --set: there is no key server.listn; the nearest is server.listen");
}

#[test]
fn c08_a_wrong_value_is_refused_with_its_place() {
    let refused = |file: &str| config(file, &[]).unwrap_err();
    assert_eq!(
        refused("[limits]\n\ncode_try = 11\n"),
        "config.toml, line 3: limits.code_try must be a whole number from 1 to 10"
    );
    assert_eq!(
        refused("[sessions]\nsession_idle = '14 min'\n"),
        "config.toml, line 2: sessions.session_idle must be a time from 15 min to 30 d, like 15 min"
    );
    assert!(refused("[dev]\nmailbox = 'yes'\n").contains("dev.mailbox must be true or false"));
    assert!(refused("[limits]\nlogin_net = ''\n").contains("limits.login_net must not be empty"));
    let variable = config("", &[("NAMEPLATE_LIMITS__BOOK_NET", "often")]).unwrap_err();
    assert!(
        variable.starts_with("environment NAMEPLATE_LIMITS__BOOK_NET: limits.book_net must be rates"),
        "{variable}"
    );
    let broken = settings(Some("[smtp]\nurl = 'smtps://u:hunter2@h\n"), &[], &[]).unwrap_err();
    assert!(broken.starts_with("DIR/config.toml, line 2: not TOML"), "{broken}");
    assert!(!broken.contains("hunter2"), "{broken}");
}

#[test]
fn every_default_passes_its_own_rule() {
    for key in keys::KEYS {
        let alone = key.default.replace("{data_dir}", "data");
        assert!(alone.is_empty() || key.rule.accepts(&alone), "{}", key.name);
    }
}

#[test]
fn a_named_public_url_is_required_off_loopback() {
    let listen = "[server]\nlisten = '0.0.0.0:8080'\n";
    assert!(config(listen, &[]).unwrap_err().contains("server.public_url must be set"));
    let named = config(listen, &[("NAMEPLATE_SERVER__PUBLIC_URL", "https://meet.example.com")]).unwrap();
    assert!(named.public_url.is_https());
    assert!(config(listen, &[("NAMEPLATE_SERVER__PUBLIC_URL", "http://meet.example.com")]).is_err());
}

#[test]
fn serve_refuses_switches_that_are_for_ones_own_machine() {
    let public = "[server]\npublic_url = 'https://meet.example.com'\n";
    let refused = |file: &str| config(file, &[]).unwrap().check_for_serve().unwrap_err().to_string();
    assert!(refused(&format!("{public}[limits]\nenabled = false")).contains("limits.enabled"));
    assert!(refused(&format!("{public}[dev]\nmailbox = true")).contains("dev.mailbox"));
    let open =
        "[server]\npublic_url = 'http://localhost:8080'\nlisten = '0.0.0.0:8080'\n[dev]\nmailbox = true";
    assert!(refused(open).contains("dev.mailbox"));
    config("[limits]\nenabled = false\n[dev]\nmailbox = true", &[]).unwrap().check_for_serve().unwrap();
}

#[test]
fn the_demo_stays_on_this_machine_whatever_is_configured() {
    let strong = [
        ("NAMEPLATE_SMTP__URL", "smtps://mail.example.com"),
        ("NAMEPLATE_DATABASE__URL", "postgres://db.example.com/live"),
        ("NAMEPLATE_SERVER__PUBLIC_URL", "https://meet.example.com"),
    ];
    let environment = strong.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let read = |sources| Config::from_settings(&Sources::collect(&sources).unwrap()).unwrap();
    let config = read(demo(Sources { environment, ..Sources::default() }, 9000));
    assert_eq!(config.public_url.as_str(), "http://localhost:9000");
    assert_eq!(config.listen, ["127.0.0.1:9000".parse().unwrap(), "[::1]:9000".parse().unwrap()]);
    assert_eq!(config.database_url.expose(), "sqlite:demo-data/nameplate.db");
    assert!(config.smtp_url.is_none() && config.dev_mailbox && !config.limits.enabled);
    config.check_for_serve().unwrap();

    let flag = Flag { name: "--data-dir", key: "data_dir".to_owned(), value: "elsewhere".to_owned() };
    let config = read(demo(Sources { flags: vec![flag], ..Sources::default() }, 9000));
    assert_eq!(config.database_url.expose(), "sqlite:elsewhere/nameplate.db");
}

#[test]
fn the_example_configuration_is_in_order() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/config.toml");
    let config = config(&std::fs::read_to_string(path).unwrap(), &[]).unwrap();
    config.check_for_serve().unwrap();
    assert_eq!(config.trusted_proxies.len(), 2);
}

#[test]
fn rules_between_keys_hold() {
    assert!(config("[smtp]\nurl = 'smtps://mail.example.com'", &[]).unwrap_err().contains("mail.from"));
    let longer = config("[sessions]\nadmin_idle = '13 h'", &[]).unwrap_err();
    assert_eq!(longer, "sessions.admin_idle must not be longer than sessions.admin_absolute");
}

#[test]
fn d04_secrets_come_from_a_file_and_are_shown_nowhere() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("url");
    std::fs::write(&path, "postgres://nameplate:hunter2@db.example/nameplate\n").unwrap();
    let named = ("NAMEPLATE_DATABASE__URL_FILE", path.to_str().unwrap());
    let smtp = [
        ("NAMEPLATE_SMTP__URL", "smtps://u:hunter2@mail.example"),
        ("NAMEPLATE_MAIL__FROM", "a@example.com"),
    ];
    let settings = settings(None, &[named, smtp[0], smtp[1]], &[]).unwrap();
    let config = Config::from_settings(&settings).unwrap();
    assert_eq!(config.database_url.expose(), "postgres://nameplate:hunter2@db.example/nameplate");

    let dumped = dump(&settings);
    assert!(
        dumped.contains("[database]\nurl = \"postgres://nameplate:***@db.example/nameplate\" #"),
        "{dumped}"
    );
    let explained = explain("database.url", &settings).unwrap();
    assert!(explained.contains(", named by NAMEPLATE_DATABASE__URL_FILE"), "{explained}");
    for text in [dumped, explained, dump_json(&settings).to_string(), format!("{config:?}")] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    assert_eq!(explain("database.uri", &settings), Err("database.url"));
}

#[test]
fn a_secret_from_two_places_or_from_nowhere_is_refused() {
    let both = [("NAMEPLATE_SMTP__URL", "smtps://h"), ("NAMEPLATE_SMTP__URL_FILE", "/nonexistent")];
    assert!(settings(None, &both, &[]).unwrap_err().contains("keep one"));
    assert!(settings(None, &both[1..], &[]).unwrap_err().contains("cannot read /nonexistent"));
    let missing = Sources { file: Some("/nonexistent.toml".into()), ..Sources::default() };
    assert!(missing.collect().unwrap_err()[0].to_string().starts_with("cannot read /nonexistent.toml"));
}

#[test]
fn a_provider_of_text_messages_needs_what_it_needs() {
    let kannel = [
        "provider = 'kannel'",
        "url = 'http://127.0.0.1:13013'",
        "user = 'np'",
        "password = 'hunter2'",
        "from = '+3197010000000'",
        "countries = ['NL', 'BE']",
    ];
    let whole = format!("[sms]\n{}\n", kannel.join("\n"));
    let sms = config(&whole, &[]).unwrap().sms.unwrap();
    assert_eq!((sms.provider.as_str(), sms.countries.len()), ("kannel", 2));
    assert!(!format!("{sms:?}").contains("hunter2"));
    for (n, name) in [(1, "url"), (2, "user"), (3, "password"), (4, "from"), (5, "countries")] {
        let without: Vec<_> =
            kannel.iter().enumerate().filter(|(at, _)| *at != n).map(|(_, line)| *line).collect();
        let refused = config(&format!("[sms]\n{}\n", without.join("\n")), &[]).unwrap_err();
        assert_eq!(refused, format!("sms.provider is kannel, so sms.{name} must be set too"));
    }
    assert!(config("[sms]\nfrom = '+3197010000000'", &[]).unwrap().sms.is_none(), "off without a provider");
    let mailbox = "[sms]\nprovider = 'mailbox'\nfrom = 'Shop'\ncountries = 'NL'";
    assert!(config(mailbox, &[]).unwrap_err().contains("for dev.mailbox only"));

    let provider = |url: &str, name: &str| {
        let text = whole.replace("http://127.0.0.1:13013", url).replace("'kannel'", &format!("'{name}'"));
        crate::sms::settings(&config(&text, &[]).unwrap()).map(|sms| sms.unwrap().provider.is_some())
    };
    assert!(provider("http://10.0.0.1:13013", "kannel").unwrap());
    assert!(provider("https://api.twilio.com", "twilio").unwrap());
    assert!(
        provider("http://sms.example.com", "twilio").unwrap_err().to_string().contains("must be https://")
    );
    assert!(
        provider("http://sms.example.com/?to={{ sms.to }}", "http")
            .unwrap_err()
            .to_string()
            .contains("must be https://")
    );
    assert!(
        provider("https://127.0.0.1/?to={{ sms.to }}", "http")
            .unwrap_err()
            .to_string()
            .contains("private network")
    );
    assert!(provider("https://sms.example.com/?to={{ sms.to }}", "http").unwrap());
}

#[test]
fn an_identity_provider_is_configured_as_a_whole() {
    let keys = [
        "issuer = 'https://id.example.com/main'",
        "client_id = 'np'",
        "client_secret = 'hunter2'",
        "name = 'Acme'",
    ];
    let whole = format!("[oidc]\n{}\n", keys.join("\n"));
    let read = config(&whole, &[]).unwrap();
    assert!(!format!("{read:?}").contains("hunter2"));
    assert!(crate::oidc::settings(&read).unwrap().is_some_and(|oidc| oidc.name == "Acme"));
    assert!(config("", &[]).unwrap().oidc.is_none());
    for (n, name) in [(0, "issuer"), (1, "client_id"), (2, "client_secret"), (3, "name")] {
        let without: Vec<_> =
            keys.iter().enumerate().filter(|(at, _)| *at != n).map(|(_, line)| *line).collect();
        let refused = config(&format!("[oidc]\n{}\n", without.join("\n")), &[]).unwrap_err();
        assert!(refused.ends_with(&format!("so oidc.{name} must be set too")), "{refused}");
    }
    for (issuer, fits) in [
        ("http://127.0.0.1:9000", true),
        ("http://localhost:9000/realm", true),
        ("https://login.microsoftonline.com/0198f2c4-0000-7000-8000-000000000001/v2.0", true),
        ("http://id.example.com", false),
        ("https://id.example.com/?tenant=a", false),
        ("https://u:p@id.example.com", false),
        ("id.example.com", false),
    ] {
        let text = whole.replace("https://id.example.com/main", issuer);
        assert_eq!(config(&text, &[]).is_ok(), fits, "{issuer}");
    }
}

#[test]
fn the_dump_is_a_configuration_file_that_gives_the_same_values() {
    let first = settings(Some("[server]\nlisten = ['127.0.0.1:1', '[::1]:1']"), &[], &[]).unwrap();
    let again = settings(Some(&dump(&first)), &[], &[]).unwrap();
    let values = |settings: &Settings| -> Vec<String> {
        settings.values().map(|setting| report::filled(&setting.text, settings)).collect()
    };
    assert_eq!(values(&first), values(&again));
}

/// `UPDATE_DOCS=1 cargo nextest run -p nameplate-server` rewrites the table.
#[test]
fn c21_the_reference_lists_every_key() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (start, end) = ("<!-- keys -->\n", "<!-- /keys -->");
    let from = text.find(start).expect("the start mark") + start.len();
    let until = text.find(end).expect("the end mark");
    let expected = format!("{}{}{}", &text[..from], report::reference(), &text[until..]);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), expected);
}
