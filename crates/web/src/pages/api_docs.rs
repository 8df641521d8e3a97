//! `/api/docs`: the reference of the REST API (`ux.md` section 3.10).

#![expect(clippy::indexing_slicing, reason = "to read a key that a JSON value does not have gives null")]

use crate::api::openapi;
use crate::failure::{Page, html};
use crate::pages::or_page;
use crate::routes::{Access, Routes};
use crate::view::Shell;
use crate::view::api_docs::{ApiDocs, Field, Group, Operation, Schema};
use crate::visit::Visit;
use nameplate_i18n::Texts;
use serde_json::{Map, Value};

pub(crate) const PATH: &str = "/api/docs";

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get(PATH, Access::Public, show)
}

async fn show(visit: Visit) -> Page {
    let shell = or_page(&visit, visit.public_shell(PATH).await).await?;
    Ok(html(&page(shell, &visit.web.app().url(""))))
}

/// The page in a frame; `host` is where the server is.
#[must_use]
pub fn page(shell: Shell, host: &str) -> ApiDocs {
    let (groups, schemas) = read(openapi::value(), shell.texts, host);
    ApiDocs { shell, groups, schemas }
}

fn read(document: &Value, texts: Texts, host: &str) -> (Vec<Group>, Vec<Schema>) {
    let mut groups: Vec<Group> = Vec::new();
    for (path, methods) in entries(&document["paths"]) {
        let name = path.trim_start_matches("/api/v1/").split('/').next().unwrap_or_default();
        for (method, described) in entries(methods) {
            let operation = operation(document, (method, path), described, texts, host);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.operations.push(operation),
                None => groups.push(Group { name: name.to_owned(), operations: vec![operation] }),
            }
        }
    }
    let schemas = entries(&document["components"]["schemas"]).map(|(name, one)| schema(name, one, texts));
    (groups, schemas.collect())
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn operation(
    document: &Value,
    (method, path): (&str, &str),
    one: &Value,
    texts: Texts,
    host: &str,
) -> Operation {
    let method = method.to_uppercase();
    let bodies = &one["requestBody"]["content"];
    let body = name_of(&bodies["application/json"]["schema"]);
    let media: Vec<_> = entries(bodies).map(|(kind, _)| kind.clone()).filter(|_| body.is_none()).collect();
    let mut statuses = entries(&one["responses"]).map(|(status, answer)| {
        let schema = name_of(&answer["content"]["application/json"]["schema"]);
        (format!("{status} {}", text(&answer["description"])), schema)
    });
    let tokens: Vec<_> = items(&one["security"]).map(|option| token(option, texts)).collect();
    let none = texts.text("reference-token-none");
    let allowed = if tokens.is_empty() { none } else { tokens.join(&texts.text("reference-or")) };
    let parameters: Vec<_> = items(&one["parameters"])
        .map(|one| field(text(&one["name"]), one["required"] == true, one, texts))
        .collect();
    let asked =
        Asked { method: &method, path, body: body.as_deref(), media: &media, has_token: !tokens.is_empty() };
    Operation {
        example: curl(document, &asked, host),
        id: text(&one["operationId"]),
        summary: text(&one["summary"]),
        tokens: texts.format("reference-access", &[("tokens", &allowed)]),
        parameters,
        answer: statuses.next().unwrap_or_default(),
        problems: statuses.map(|(status, _)| status).collect(),
        path: path.to_owned(),
        method,
        body,
        media,
    }
}

/// One of the tokens that an operation takes.
fn token(option: &Value, texts: Texts) -> String {
    let scheme = entries(option).next().map_or("none", |(scheme, _)| scheme.as_str());
    texts.text(&format!("reference-token-{}", scheme.replace('_', "-")))
}

/// The schema that a reference leads to.
fn name_of(schema: &Value) -> Option<String> {
    let target = schema["$ref"].as_str().or_else(|| schema["items"]["$ref"].as_str());
    let target = target.or_else(|| items(&schema["oneOf"]).find_map(|one| one["$ref"].as_str()))?;
    target.rsplit('/').next().map(str::to_owned)
}

/// What is asked for, for an example.
struct Asked<'a> {
    method: &'a str,
    path: &'a str,
    body: Option<&'a str>,
    media: &'a [String],
    has_token: bool,
}

fn curl(document: &Value, asked: &Asked<'_>, host: &str) -> String {
    let mut lines = vec![format!("curl -X {} '{host}{}'", asked.method, asked.path)];
    if asked.has_token {
        lines.push("-H \"Authorization: Bearer $TOKEN\"".to_owned());
    }
    if let Some(body) = asked.body {
        let example = &document["components"]["schemas"][body]["example"];
        let example = if example.is_null() { "{}".to_owned() } else { example.to_string() };
        lines.push("-H 'Content-Type: application/json'".to_owned());
        // What stands between single quotes ends at the first of its own.
        lines.push(format!("-d '{}'", example.replace('\'', "'\\''")));
    } else if let Some(kind) = asked.media.first() {
        lines.push(format!("-H 'Content-Type: {kind}'"));
        lines.push("--data-binary @FILE".to_owned());
    }
    lines.join(" \\\n  ")
}

fn schema(name: &str, one: &Value, texts: Texts) -> Schema {
    let mut fields = Vec::new();
    collect("", one, &mut fields, texts);
    let example = (!one["example"].is_null()).then(|| serde_json::to_string_pretty(&one["example"]));
    Schema {
        name: name.to_owned(),
        about: text(&one["description"]),
        fields,
        example: example.and_then(Result::ok),
    }
}

/// The fields of an object, each followed by those within it.
fn collect(within: &str, one: &Value, fields: &mut Vec<Field>, texts: Texts) {
    for (name, property) in entries(&one["properties"]) {
        let required = items(&one["required"]).any(|required| required == name.as_str());
        let name = format!("{within}{name}");
        fields.push(field(name.clone(), required, property, texts));
        collect(&format!("{name}."), property, fields, texts);
        collect(&format!("{name}[]."), &property["items"], fields, texts);
    }
}

fn field(name: String, required: bool, one: &Value, texts: Texts) -> Field {
    let schema = if one["schema"].is_null() { one } else { &one["schema"] };
    let limits = ["minLength", "maxLength", "minimum", "maximum", "maxItems", "default", "pattern"];
    let limits = limits.iter().filter_map(|limit| {
        let value = schema.get(limit)?;
        Some(format!("{}: {}", texts.text(&format!("reference-{}", limit.to_lowercase())), plain(value)))
    });
    let about: Vec<_> =
        std::iter::once(text(&one["description"])).filter(|about| !about.is_empty()).chain(limits).collect();
    Field { name, kind: kind(schema, texts), schema: name_of(schema), required, about: about.join(" · ") }
}

/// A value as people write it: a text without its quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// "text or null", "list of Slot", "missed | completed"
fn kind(schema: &Value, texts: Texts) -> String {
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().map(plain).collect::<Vec<_>>().join(" | ");
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let kinds: Vec<_> = choices.iter().map(|one| kind(one, texts)).collect();
        return kinds.join(&texts.text("reference-or"));
    }
    if let Some(target) = schema["$ref"].as_str() {
        return target.rsplit('/').next().unwrap_or_default().to_owned();
    }
    let named = |kind: &Value| match (kind.as_str().unwrap_or("any"), schema["format"].as_str()) {
        ("array", _) => texts.format("reference-type-list", &[("of", &self::kind(&schema["items"], texts))]),
        ("string", Some(format)) => texts.text(&format!("reference-type-{format}")),
        (kind, _) => texts.text(&format!("reference-type-{kind}")),
    };
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(named).collect::<Vec<_>>().join(&texts.text("reference-or")),
        one => named(one),
    }
}
