//! Which crate may know which: the arrows of docs/architecture.md.

use serde_json::Value;

use crate::workspace::{Source, metadata};

/// What each crate may use of the workspace. Dev-dependencies on `testkit` are free.
const KNOWS: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("picture", &[]),
    ("oidc", &[]),
    ("i18n", &["domain"]),
    ("store", &["domain"]),
    ("notify", &["domain", "i18n"]),
    ("app", &["domain", "i18n", "notify", "oidc", "picture", "store"]),
    ("web", &["app", "domain", "i18n"]),
    ("server", &["app", "domain", "i18n", "notify", "oidc", "picture", "store", "web"]),
    ("testkit", &["app", "domain", "i18n", "notify", "picture", "server", "store", "web"]),
    ("xtask", &[]),
];

/// What keeps to some crates.
const KEPT: [(&[&str], &[&str]); 5] = [
    (&["rusqlite", "tokio-postgres", "deadpool-postgres", "tokio-postgres-rustls"], &["store", "testkit"]),
    (&["lettre"], &["notify"]),
    (&["axum", "tower-http", "askama", "hyper", "hyper-util"], &["web", "server"]),
    (&["getrandom", "uuid"], &["app", "domain"]),
    (&["tokio"], &["app", "notify", "oidc", "server", "store", "testkit", "web"]),
];

pub fn check(_: &[Source]) -> Vec<String> {
    metadata().map_or_else(|error| vec![format!("{error:#}")], |metadata| violations(&metadata))
}

fn violations(metadata: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for package in list(metadata, "packages") {
        let name = text(package, "name").trim_start_matches("nameplate-");
        let Some((_, known)) = KNOWS.iter().find(|(krate, _)| *krate == name) else {
            found.push(format!("{name}: a crate without a row in xtask/src/check/dependencies.rs"));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let wanted = text(dependency, "name");
            // `null` is a normal dependency; what tests use does not shape the program.
            if text(dependency, "kind") == "dev" {
                continue;
            }
            if let Some(own) = wanted.strip_prefix("nameplate-") {
                if !known.contains(&own) {
                    found.push(format!("{name} must not know {own}"));
                }
            } else if let Some((_, keepers)) = KEPT.iter().find(|(kept, _)| kept.contains(&wanted))
                && !keepers.contains(&name)
            {
                found.push(format!("{name} must not use {wanted}: it stays in {}", keepers.join(", ")));
            }
        }
    }
    found
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arrows_point_one_way() {
        let packages = json!({"packages": [
            {"name": "nameplate-web", "dependencies": [
                {"name": "nameplate-app", "kind": null},
                {"name": "nameplate-store", "kind": null},
                {"name": "nameplate-testkit", "kind": "dev"},
                {"name": "lettre", "kind": null},
            ]},
            {"name": "nameplate-extra", "dependencies": []},
        ]});
        assert_eq!(
            violations(&packages),
            [
                "web must not know store",
                "web must not use lettre: it stays in notify",
                "extra: a crate without a row in xtask/src/check/dependencies.rs",
            ]
        );
    }
}
