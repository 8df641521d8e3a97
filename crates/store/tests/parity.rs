//! The two engines hold the same tables, and every door of the store is tried on both.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nameplate_store::Store;
use nameplate_testkit::engines::TestDatabase;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tokio_postgres::NoTls;

/// A column in the words of PostgreSQL: name, type, whether it must hold something.
type Column = (String, String, bool);

/// Every table with its columns in their order, and the names of the indexes that were asked for by name.
type Schema = (BTreeMap<String, Vec<Column>>, BTreeSet<String>);

fn sqlite_schema(path: &str) -> Schema {
    let connection = rusqlite::Connection::open(path).unwrap();
    let sql =
        "SELECT m.name, c.name, c.type, c.\"notnull\" FROM sqlite_schema m JOIN pragma_table_info(m.name) c
               WHERE m.type = 'table' ORDER BY m.name, c.cid";
    let mut tables = BTreeMap::<_, Vec<_>>::new();
    let mut statement = connection.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let kind: String = row.get(2).unwrap();
        let kind = match kind.as_str() {
            "INTEGER" => "bigint".to_owned(),
            "BLOB" => "bytea".to_owned(),
            other => other.to_lowercase(),
        };
        let column = (row.get(1).unwrap(), kind, row.get(3).unwrap());
        tables.entry(row.get(0).unwrap()).or_default().push(column);
    }
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
    let mut statement = connection.prepare(sql).unwrap();
    let indexes = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    (tables, indexes)
}

async fn postgres_schema(url: &str) -> Schema {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    let sql = "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO'
               FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position";
    let mut tables = BTreeMap::<_, Vec<_>>::new();
    for row in client.query(sql, &[]).await.unwrap() {
        tables.entry(row.get(0)).or_default().push((row.get(1), row.get(2), row.get(3)));
    }
    let sql = "SELECT indexname::text FROM pg_indexes
               WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)";
    let indexes = client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
    drop(client);
    connection.await.unwrap().unwrap();
    (tables, indexes)
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    let (sqlite, postgres) = (TestDatabase::sqlite(), TestDatabase::postgres());
    for database in [&sqlite, &postgres] {
        drop(Store::open(database.url()).await.unwrap());
    }
    let (here, there) =
        (sqlite_schema(sqlite.url().strip_prefix("sqlite:").unwrap()), postgres_schema(postgres.url()).await);
    assert!(here.0.contains_key("meetings") && here.1.contains("outbox_open"), "{here:?}");
    assert_eq!(here.1, there.1, "indexes");
    assert_eq!(here.0.keys().collect::<Vec<_>>(), there.0.keys().collect::<Vec<_>>(), "tables");
    for (table, columns) in here.0 {
        assert_eq!(Some(&columns), there.0.get(&table), "columns of {table}");
    }
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder and its folders.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn both_engines_have_the_same_migrations_and_all_are_applied() {
    let names = |engine: &str| -> BTreeSet<String> {
        let files = files(&package().join("migrations").join(engine));
        files.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
    };
    let sqlite = names("sqlite");
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, names("postgres"));
    let applied = fs::read_to_string(package().join("src/migrate.rs")).unwrap();
    let left_out: Vec<_> = sqlite.iter().filter(|name| !applied.contains(&format!("\"{name}\""))).collect();
    assert!(left_out.is_empty(), "not in src/migrate.rs: {left_out:?}");
}

#[test]
fn every_query_is_named_in_a_test() {
    let read = |folder: &str| -> String {
        files(&package().join(folder)).iter().map(|path| fs::read_to_string(path).unwrap()).collect()
    };
    let (source, tests) = (read("src"), read("tests"));
    let names: Vec<&str> = source
        .split("pub async fn ")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
        .collect();
    assert!(names.len() > 50, "the queries were not found: {names:?}");
    let untried: Vec<_> = names
        .iter()
        .filter(|name| {
            ![format!(".{name}("), format!("Store::{name}(")].iter().any(|call| tests.contains(call))
        })
        .collect();
    assert!(untried.is_empty(), "no test in tests/ calls {untried:?}");
}
