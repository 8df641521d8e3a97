//! Which time-zone data the process uses: the newest of the configured directory, the system's and the embedded one
//! (design: time.md section 5).

use nameplate_domain::time::Tzdb;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The largest file of the data has 110 KB; what is far larger was not meant for us.
const MAX_FILE: u64 = 1 << 20;
/// Twice the number of files of a release.
const MAX_FILES: usize = 2000;
/// `America/Argentina/Buenos_Aires`
const MAX_DEPTH: usize = 3;
/// The same zones with other rules about leap seconds, and what systems keep beside the zones.
const NOT_ZONES: [&str; 4] = ["posix", "right", "localtime", "posixrules"];

/// The newest data there is, for all zones of the process. `configured` is `tzdb.dir`.
#[must_use]
pub fn newest(configured: Option<&Path>) -> Tzdb {
    let system =
        std::env::var_os("TZDIR").map_or_else(|| PathBuf::from("/usr/share/zoneinfo"), PathBuf::from);
    choose(configured, &system)
}

fn choose(configured: Option<&Path>, system: &Path) -> Tzdb {
    let mut best = Tzdb::bundled();
    let mut loaded = false;
    for (directory, wanted) in configured.map(|path| (path, true)).into_iter().chain([(system, false)]) {
        let version = Tzdb::version_of(|name| read(&directory.join(name)).ok());
        if version.as_str() <= best.version() {
            if wanted {
                let used = best.version();
                tracing::warn!(directory = %directory.display(), version, used, "tzdb.dir is not newer than other data");
            }
            continue;
        }
        match load(directory) {
            Ok(tzdb) => (best, loaded) = (tzdb, true),
            Err(error) => {
                tracing::warn!(directory = %directory.display(), error = %format!("{error:#}"), "unreadable time-zone data");
            }
        }
    }
    let missing = if loaded { best.missing() } else { Vec::new() };
    if !missing.is_empty() {
        tracing::warn!(source = best.source(), ?missing, "zones taken from the embedded time-zone data");
    }
    best
}

fn load(directory: &Path) -> anyhow::Result<Tzdb> {
    let mut files = Vec::new();
    walk(directory, "", 1, &mut files)?;
    Ok(Tzdb::from_files(&directory.display().to_string(), files)?)
}

fn walk(directory: &Path, prefix: &str, depth: usize, files: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        let path = entry.path();
        if NOT_ZONES.contains(&name.as_str()) || name.starts_with('.') || files.len() >= MAX_FILES {
            continue;
        }
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            if depth < MAX_DEPTH {
                walk(&path, &format!("{name}/"), depth + 1, files)?;
            }
        } else if path.is_file() {
            files.push((name, read(&path)?));
        }
    }
    Ok(())
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_FILE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use nameplate_domain::time::ZoneId;

    /// A zone that stands at UTC+5 for ever: a header without transitions and a POSIX footer (RFC 9636).
    fn zone() -> Vec<u8> {
        let mut bytes = Vec::new();
        for _ in 0..2 {
            bytes.extend(*b"TZif2");
            bytes.extend([0; 15]);
            for count in [0_u32, 0, 0, 0, 1, 4] {
                bytes.extend(count.to_be_bytes());
            }
            bytes.extend([0, 0, 0, 0, 0, 0]);
            bytes.extend(*b"XXX\0");
        }
        bytes.extend(*b"\n<+05>-5\n");
        bytes
    }

    fn directory(version: &str) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        for name in ["Europe/Berlin", "posix/Europe/Paris", "localtime"] {
            let path = directory.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, zone()).unwrap();
        }
        fs::write(directory.path().join("tzdata.zi"), format!("# version {version}\nR A 1\n")).unwrap();
        directory
    }

    fn used(tzdb: &Tzdb) -> (&str, &str) {
        (tzdb.version(), tzdb.source())
    }

    fn offset(tzdb: &Tzdb, zone: &str) -> i32 {
        tzdb.zone(&ZoneId::stored(zone)).to_offset(jiff::Timestamp::UNIX_EPOCH).seconds()
    }

    #[test]
    fn the_newest_wins_wherever_it_is() {
        let (old, new, newer) = (directory("2025b"), directory("2030a"), directory("2030b"));
        let nowhere = Path::new("/nonexistent");
        let bundled = Tzdb::bundled();
        assert_eq!(used(&choose(None, nowhere)), used(&bundled));
        assert_eq!(used(&choose(Some(old.path()), old.path())), used(&bundled));
        assert_eq!(used(&choose(None, new.path())), ("2030a", new.path().to_str().unwrap()));
        assert_eq!(used(&choose(Some(newer.path()), new.path())), ("2030b", newer.path().to_str().unwrap()));
        assert_eq!(used(&choose(Some(old.path()), new.path())), ("2030a", new.path().to_str().unwrap()));
        assert_eq!(used(&choose(Some(nowhere), new.path())), ("2030a", new.path().to_str().unwrap()));
    }

    #[test]
    fn older_data_decides_no_zone() {
        let tzdb = choose(None, directory("2025b").path());
        assert_eq!(offset(&tzdb, "Europe/Berlin"), 3600);
    }

    #[test]
    fn a_zone_that_the_newest_lacks_is_the_embedded_one() {
        let tzdb = choose(None, directory("2030a").path());
        assert_eq!(offset(&tzdb, "Europe/Berlin"), 5 * 3600);
        assert_eq!(offset(&tzdb, "Europe/Paris"), 3600, "posix/ is not a folder of zones");
        assert!(tzdb.missing().contains(&"Europe/Paris"));
        assert!(!tzdb.missing().contains(&"Europe/Berlin"));
    }

    #[test]
    fn a_directory_without_zones_is_passed_over() {
        let empty = tempfile::tempdir().unwrap();
        fs::write(empty.path().join("+VERSION"), "2030a\n").unwrap();
        assert_eq!(choose(Some(empty.path()), Path::new("/nonexistent")).source(), "bundled");
    }
}
