//! The time-zone data that the cases run on.

use std::path::Path;

use nameplate_domain::time::Tzdb;

pub fn tzdb() -> Tzdb {
    let Some(directory) = std::env::var_os("NAMEPLATE_TZDIR") else {
        return Tzdb::bundled();
    };
    let root = Path::new(&directory);
    let mut files = Vec::new();
    walk(root, "", &mut files);
    Tzdb::from_files(&root.display().to_string(), files).unwrap()
}

fn walk(directory: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            walk(&path, &format!("{name}/"), files);
        } else {
            files.push((name, std::fs::read(&path).unwrap()));
        }
    }
}
