//! Several files in one (ZIP, as every system opens it).

use crate::Error;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;
use jiff::tz::Offset;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use std::io::Write;

/// Packs files, each with its name, as made at one instant. Names are ours: plain, and none comes twice.
pub(super) fn pack(files: &[(String, Vec<u8>)], at: Timestamp) -> Result<Vec<u8>, Error> {
    written(files, at).ok_or(Error::Internal("an archive could not be written"))
}

fn written(files: &[(String, Vec<u8>)], at: Timestamp) -> Option<Vec<u8>> {
    let at = Offset::UTC.to_datetime(at);
    let part = |number: i8| u8::try_from(number).ok();
    let at = UtcDateTime::from_components(
        u16::try_from(at.year()).ok()?,
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
        0,
    )?;
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in files {
        let file = archive.new_file(name.as_str()).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, plan) = file.last_modified(at).start().ok()?;
        let mut writer = plan.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(bytes).ok()?;
        let (encoder, end) = writer.finish().ok()?;
        encoder.finish().ok()?;
        entry.finish(end).ok()?;
    }
    archive.finish().ok()
}
