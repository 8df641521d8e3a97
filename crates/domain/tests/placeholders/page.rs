//! docs/placeholders.md is for those who write templates: it names everything there is, and nothing else.

use nameplate_domain::placeholder::{ErrorCode, FILTERS, Fields, Kind, Path, SYNONYMS, Sink, Template};

const PAGE: &str = include_str!("../../../../docs/placeholders.md");

/// The rows of the first table of a section, cell by cell.
fn rows(section: &str) -> Vec<Vec<String>> {
    let (_, rest) = PAGE.split_once(&format!("\n## {section}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap();
    let table = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let cells = |line: &str| {
        let line = line.trim_matches('|').replace("\\|", "\u{0}");
        line.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect()
    };
    table.map(cells).collect()
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

#[test]
fn the_page_lists_every_path_with_its_type() {
    let found: Vec<_> = rows("Paths").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let ours: Vec<_> =
        Path::ALL.iter().map(|path| (code(path.as_str()), path.kind().as_str().to_owned())).collect();
    assert_eq!(found, ours);
    for row in rows("Paths") {
        assert!(!row[2].is_empty(), "{row:?} has no example");
        let path = Path::parse(row[0].trim_matches('`')).unwrap();
        if path.kind() == Kind::Word {
            let (last, words) = path.words().split_last().unwrap();
            assert!(row[2].starts_with(&format!("{} or {last}", words.join(", "))), "{row:?}");
        }
    }
}

#[test]
fn the_page_lists_every_filter_synonym_and_error() {
    let first = |section| rows(section).into_iter().map(|row| row[0].clone()).collect::<Vec<_>>();
    assert_eq!(first("Filters"), FILTERS.iter().map(|name| code(name)).collect::<Vec<_>>());
    assert_eq!(first("Errors"), ErrorCode::ALL.iter().map(|it| code(it.as_str())).collect::<Vec<_>>());
    let synonyms: Vec<_> =
        SYNONYMS.iter().map(|(theirs, ours)| vec![code(theirs), code(ours.as_str())]).collect();
    assert_eq!(rows("Names of 24sessions"), synonyms);
}

#[test]
fn every_template_on_the_page_parses() {
    let page = PAGE.replace("\\|", "|");
    let blocks = page.split("```jinja\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned());
    let inline = page.split('`').filter(|text| text.starts_with("{{ ")).map(str::to_owned);
    let templates: Vec<_> = blocks.chain(inline).collect();
    assert!(templates.len() > 12, "{templates:?}");
    for template in templates {
        let parsed = Template::parse_with(&template, Sink::Text, &|_| true, &Fields::default().or_any());
        assert!(parsed.is_ok(), "{template}");
    }
}
