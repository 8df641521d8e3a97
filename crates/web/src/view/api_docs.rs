//! The reference of the REST API, made from its OpenAPI document.

use super::Shell;
use askama::Template;

/// A parameter, or a field of a body or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name; `customer.name` for one within another.
    pub name: String,
    /// "text or null"
    pub kind: String,
    /// The schema that it leads to.
    pub schema: Option<String>,
    /// Whether it must be there.
    pub required: bool,
    /// What the document says of it.
    pub about: String,
}

/// A method of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its id in the document, and on the page.
    pub id: String,
    /// `GET`
    pub method: String,
    /// `/api/v1/me`
    pub path: String,
    /// What it does.
    pub summary: String,
    /// Which tokens it takes.
    pub tokens: String,
    /// In the path, in the query and in headers.
    pub parameters: Vec<Field>,
    /// The schema of the body.
    pub body: Option<String>,
    /// The media types of a body that is no JSON.
    pub media: Vec<String>,
    /// How to ask with curl.
    pub example: String,
    /// "200 OK" and the schema of the answer.
    pub answer: (String, Option<String>),
    /// "404 Not Found" and the others.
    pub problems: Vec<String>,
}

/// Operations that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The first segment of their paths.
    pub name: String,
    /// They.
    pub operations: Vec<Operation>,
}

/// A schema of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// Its name.
    pub name: String,
    /// What the document says of it.
    pub about: String,
    /// Its fields, with those within them.
    pub fields: Vec<Field>,
    /// One, as JSON.
    pub example: Option<String>,
}

/// `/api/docs`
#[derive(Debug, Clone, Template)]
#[template(path = "api_docs.html")]
pub struct ApiDocs {
    /// The frame.
    pub shell: Shell,
    /// In the order of the document.
    pub groups: Vec<Group>,
    /// By name.
    pub schemas: Vec<Schema>,
}

impl ApiDocs {
    fn heading(&self) -> String {
        self.shell.t("reference-title")
    }
}
