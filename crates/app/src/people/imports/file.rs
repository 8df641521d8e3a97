//! A file of people as spreadsheets write it: bytes to headers and rows.

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// The most bytes of a file (`security.md` P4).
pub const MOST_BYTES: usize = 10_000_000;
/// The most rows of a file, its headers not counted (P4).
pub const MOST_ROWS: usize = 20_000;
/// The most columns: more than all fields and ids that an agent can have.
pub const MOST_COLUMNS: usize = 200;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    /// It has nothing in it, or headers alone.
    Empty,
    /// More bytes than [`MOST_BYTES`].
    TooLarge,
    /// More rows than [`MOST_ROWS`].
    TooManyRows,
    /// More columns than [`MOST_COLUMNS`].
    TooManyColumns,
    /// It is no text: a workbook, most likely.
    NotText,
}

impl FileFault {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Empty, Self::TooLarge, Self::TooManyRows, Self::TooManyColumns, Self::NotText];

    /// The end of its message's name, `import-file-…`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::TooManyRows => "too-many-rows",
            Self::TooManyColumns => "too-many-columns",
            Self::NotText => "not-text",
        }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// The line on which it begins, from 1: a row with line breaks in its cells has several.
    pub line: i64,
    /// Its cells, without what keeps a spreadsheet from reckoning with them.
    pub cells: Vec<String>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The name of the encoding, as the Encoding standard has it.
    pub encoding: &'static str,
    /// What stands between two cells.
    pub delimiter: char,
    /// The first row.
    pub headers: Vec<String>,
    /// The others, without those in which nothing stands.
    pub rows: Vec<FileRow>,
}

/// Reads a file: UTF-8 or, with a byte order mark, UTF-16; what is neither is taken for Windows-1252, which Excel writes. The
/// delimiter is the one of `,`, `;` and tab that the first line has most of. Quotes are those of RFC 4180.
///
/// # Errors
/// [`FileFault`]
pub fn read(bytes: &[u8]) -> Result<File, FileFault> {
    if bytes.len() > MOST_BYTES {
        return Err(FileFault::TooLarge);
    }
    let (text, encoding) = decode(bytes);
    if text.contains('\0') {
        return Err(FileFault::NotText);
    }
    let (text, told) = strip_separator_line(&text);
    let delimiter = told.unwrap_or_else(|| delimiter(text));
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: if told.is_some() { 2 } else { 1 } };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut headers = None;
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| FileFault::NotText)? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() > MOST_COLUMNS {
            return Err(FileFault::TooManyColumns);
        }
        let cells: Vec<String> = record.iter().map(|cell| restored(cell.trim())).collect();
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        match headers {
            None => headers = Some(cells),
            Some(_) if rows.len() == MOST_ROWS => return Err(FileFault::TooManyRows),
            Some(_) => rows.push(FileRow { line, cells }),
        }
    }
    let headers = headers.filter(|_| !rows.is_empty()).ok_or(FileFault::Empty)?;
    Ok(File { encoding, delimiter: char::from(delimiter), headers, rows })
}

/// Counts lines up to the records, which come in their order.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: i64,
}

impl Lines<'_> {
    /// The line on which the record behind this offset begins; empty lines may stand before it.
    fn of(&mut self, offset: u64) -> i64 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.at) {
            let is_end = *byte == b'\n' || (*byte == b'\r' && self.text.get(self.at + 1) != Some(&b'\n'));
            if self.at >= offset && !matches!(byte, b'\n' | b'\r') {
                break;
            }
            self.line += i64::from(is_end);
            self.at += 1;
        }
        self.line
    }
}

fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return (text, encoding.name());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), UTF_8.name()),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, WINDOWS_1252.name()),
    }
}

/// `sep=;` is a line that Excel reads and people do not see.
fn strip_separator_line(text: &str) -> (&str, Option<u8>) {
    let Some((line, rest)) = text.split_once('\n') else { return (text, None) };
    match line.trim_end_matches('\r').as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', mark @ (b',' | b';' | b'\t')] => (rest, Some(*mark)),
        _ => (text, None),
    }
}

fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(mark, _)| *mark == byte) {
                    *count += 1;
                }
            }
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| mark)
}

/// What a spreadsheet would take for a formula (`security.md` C17).
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'])
}

/// A cell that no spreadsheet reckons with: with an apostrophe before what would begin a formula. One that has apostrophes there
/// already gets another, so that [`restored`] gives each back as it was.
#[must_use]
pub fn harmless(cell: &str) -> String {
    let guarded = |piece: &str| if is_guarded(piece) { format!("'{piece}") } else { piece.to_owned() };
    pieces(cell).map(guarded).collect()
}

/// A cell as it was before [`harmless`].
fn restored(cell: &str) -> String {
    let bare = |piece: &str| match piece.strip_prefix('\'') {
        Some(rest) if is_guarded(rest) => rest.to_owned(),
        _ => piece.to_owned(),
    };
    pieces(cell).map(bare).collect()
}

/// What other programs might take for cells: where the language's separator is a semicolon, Excel begins one behind each. Each has its
/// separator at its end.
fn pieces(cell: &str) -> impl Iterator<Item = &str> {
    cell.split_inclusive([';', '\t', '\n', '\r'])
}

fn is_guarded(piece: &str) -> bool {
    is_formula(piece.trim_start_matches('\''))
}

/// Rows as a file: UTF-8 with a byte order mark, which Excel asks for, commas, RFC 4180, and no cell a formula.
#[must_use]
pub fn write<'a>(rows: impl IntoIterator<Item = Vec<Cow<'a, str>>>) -> Vec<u8> {
    let mut file = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        // Nothing is written but memory.
        let _ = file.write_record(row.iter().map(|cell| harmless(cell)));
    }
    file.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
        let file = read(bytes).unwrap();
        (file.headers, file.rows.into_iter().map(|row| row.cells).collect())
    }

    #[test]
    fn every_spelling_of_spreadsheets_is_the_same_file() {
        let expected = (
            vec!["Name".to_owned(), "Email".to_owned()],
            vec![vec!["Zoë".to_owned(), "z@x.example".to_owned()]],
        );
        let utf16: Vec<u8> =
            "\u{feff}Name\tEmail\r\nZoë\tz@x.example\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let spellings: [(&[u8], &str, char); 7] = [
            ("Name,Email\nZoë,z@x.example\n".as_bytes(), "UTF-8", ','),
            ("\u{feff}Name;Email\r\nZoë;z@x.example".as_bytes(), "UTF-8", ';'),
            ("Name\tEmail\nZoë\tz@x.example\n".as_bytes(), "UTF-8", '\t'),
            ("sep=;\r\nName;Email\r\n\"Zoë\";\"z@x.example\"\r\n".as_bytes(), "UTF-8", ';'),
            ("\n \"Name\" ,Email\n,\nZoë, z@x.example \n,,\n".as_bytes(), "UTF-8", ','),
            (b"Name;Email\r\nZo\xeb;z@x.example\r\n", "windows-1252", ';'),
            (&utf16, "UTF-16LE", '\t'),
        ];
        for (bytes, encoding, delimiter) in spellings {
            let file = read(bytes).unwrap();
            assert_eq!((file.encoding, file.delimiter), (encoding, delimiter));
            let (headers, rows) = cells(bytes);
            assert_eq!(headers[1], expected.0[1], "{delimiter:?}");
            assert_eq!(rows, expected.1, "{delimiter:?}");
        }
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_line_breaks_and_lines_are_counted() {
        let text = "\"Name; of, the person\";Email\n\"Ann \"\"A\"\"; B\nC\";a@x.example\n\nBob;b@x.example\n";
        let file = read(text.as_bytes()).unwrap();
        assert_eq!(file.headers, ["Name; of, the person", "Email"]);
        let rows: Vec<_> = file.rows.iter().map(|row| (row.line, row.cells[0].as_str())).collect();
        assert_eq!(rows, [(2, "Ann \"A\"; B\nC"), (5, "Bob")]);
        let windows = read(b"name,email\r\nAnn,a@x.example\r\n\r\nBob,b@x.example\r\n").unwrap();
        assert_eq!(windows.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(read(b"sep=,\nname,email\nAnn,a@x.example").unwrap().rows[0].line, 3);
    }

    #[test]
    fn what_is_no_such_file_is_told_apart() {
        let rows = |n: usize| format!("email\n{}", "a@x.example\n".repeat(n));
        for (bytes, fault) in [
            (Vec::new(), FileFault::Empty),
            (b"\xef\xbb\xbfname,email\r\n\r\n,\r\n".to_vec(), FileFault::Empty),
            (b"PK\x03\x04\x14\x00\x06\x00".to_vec(), FileFault::NotText),
            (vec![b'a'; MOST_BYTES + 1], FileFault::TooLarge),
            (rows(MOST_ROWS + 1).into_bytes(), FileFault::TooManyRows),
            (format!("{}\nx", ",".repeat(MOST_COLUMNS)).into_bytes(), FileFault::Empty),
            (format!("email,b\na{}", ",".repeat(MOST_COLUMNS)).into_bytes(), FileFault::TooManyColumns),
        ] {
            assert_eq!(read(&bytes).err(), Some(fault));
        }
        assert_eq!(read(rows(MOST_ROWS).as_bytes()).unwrap().rows.len(), MOST_ROWS);
    }

    #[test]
    fn sec_c17_no_cell_is_a_formula_and_each_comes_back_as_it_was() {
        let all = [
            "=1+1",
            "+31 6 1",
            "-1",
            "@x",
            "'=1",
            "''+1",
            "a;=1;'@b",
            "a\t=1\r\n-2",
            "'s-Hertogenbosch",
            "＝1",
            "plain, \"x\"\nline",
            "",
        ];
        let file = write([vec!["h".into(); all.len()], all.map(Cow::Borrowed).to_vec()]);
        let text = String::from_utf8(file.clone()).unwrap();
        assert!(
            text.starts_with('\u{feff}')
                && text.contains("\r\n'=1+1,'+31 6 1,'-1,'@x,''=1,'''+1,a;'=1;''@b,"),
            "{text}"
        );
        assert_eq!(cells(&file).1, [all.map(str::to_owned).to_vec()]);
    }
}
