//! Nothing but pixels is left: every kind of metadata goes in, and neither our own reader nor exiftool finds any.

use std::io::Write;
use std::process::{Command, Stdio};

use nameplate_picture::{Pictures, process};

use crate::fixtures::{jpeg, jpeg_with, lossless_chunk, png_with, quarters, riff_chunk, webp};

/// Stands in every text of the metadata, so that a search of the bytes finds what is left.
const NEEDLE: &[u8] = b"Secret-52.3702-4.8952";

/// Exif with a description, a position (GPS) and a thumbnail that is a JPEG with a comment.
fn exif() -> Vec<u8> {
    let thumbnail = jpeg_with(&quarters(16, 16), &[(0xFE, NEEDLE.to_vec())]);
    let entry = |tag: u16, kind: u16, count: usize, value: u32| {
        let mut entry = tag.to_be_bytes().to_vec();
        entry.extend(kind.to_be_bytes());
        entry.extend((count as u32).to_be_bytes());
        entry.extend(value.to_be_bytes());
        entry
    };
    // Two entries, a link to the thumbnail's directory, then the GPS directory, the thumbnail's and the values.
    let (gps, second, text) = (38_u32, 68_u32, 98_u32);
    let position = text + NEEDLE.len() as u32 + 1;
    let thumbnail_at = position + 24;
    let mut block = b"MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    block.extend(entry(0x010E, 2, NEEDLE.len() + 1, text));
    block.extend(entry(0x8825, 4, 1, gps));
    block.extend(second.to_be_bytes());
    block.extend([0, 2]);
    block.extend(entry(0x0001, 2, 2, u32::from_be_bytes(*b"N\0\0\0")));
    block.extend(entry(0x0002, 5, 3, position));
    block.extend([0; 4]);
    block.extend([0, 2]);
    block.extend(entry(0x0201, 4, 1, thumbnail_at));
    block.extend(entry(0x0202, 4, 1, thumbnail.len() as u32));
    block.extend([0; 4]);
    assert_eq!(block.len() as u32, text);
    block.extend(NEEDLE);
    block.push(0);
    for part in [52_u32, 1, 22, 1, 12, 1] {
        block.extend(part.to_be_bytes());
    }
    block.extend(thumbnail);
    block
}

fn xmp() -> Vec<u8> {
    let needle = std::str::from_utf8(NEEDLE).unwrap();
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:source>{needle}</dc:source>\
         </rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    .into_bytes()
}

fn profile() -> Vec<u8> {
    moxcms::ColorProfile::new_display_p3().encode().unwrap()
}

fn loaded() -> [Vec<u8>; 3] {
    let picture = quarters(160, 160);
    let jpeg = jpeg_with(
        &picture,
        &[
            (0xE1, [&b"Exif\0\0"[..], &exif()].concat()),
            (0xE1, [&b"http://ns.adobe.com/xap/1.0/\0"[..], &xmp()].concat()),
            (0xE2, [&b"ICC_PROFILE\0\x01\x01"[..], &profile()].concat()),
            (
                0xED,
                [&b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x1A\x1C\x02\x05\0\x15"[..], NEEDLE, b"\0"].concat(),
            ),
            (0xFE, NEEDLE.to_vec()),
        ],
    );
    let png = png_with(
        &picture,
        &[
            (b"eXIf", exif()),
            (b"tEXt", [&b"Author\0"[..], NEEDLE].concat()),
            (b"iTXt", [&b"XML:com.adobe.xmp\0\0\0\0\0"[..], &xmp()].concat()),
            (b"pHYs", vec![0, 0, 11, 19, 0, 0, 11, 19, 1]),
            (b"tIME", vec![7, 230, 1, 2, 3, 4, 5]),
        ],
    );
    let chunks = [
        riff_chunk(b"ICCP", &profile()),
        lossless_chunk(&picture),
        riff_chunk(b"EXIF", &exif()),
        riff_chunk(b"XMP ", &xmp()),
    ];
    [jpeg, png, webp(0x2C, 160, 160, &chunks)]
}

fn made() -> Vec<Pictures> {
    loaded().iter().map(|file| process(file).unwrap()).collect()
}

#[test]
fn only_the_segments_of_the_picture_itself_are_written() {
    for (_, file) in made().iter().flat_map(|pictures| &pictures.sizes) {
        assert!(!file.windows(NEEDLE.len()).any(|window| window == NEEDLE));
        let mut at = 2;
        let mut markers = Vec::new();
        while file[at + 1] != 0xDA {
            assert_eq!(file[at], 0xFF);
            markers.push(file[at + 1]);
            at += 2 + usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
        }
        // APP0 (JFIF: version and density), tables, frame. No APP1 to APP15, no comment.
        assert!(markers.iter().all(|marker| matches!(marker, 0xE0 | 0xDB | 0xC0 | 0xC4)), "{markers:X?}");
        assert_eq!(&file[file.len() - 2..], &[0xFF, 0xD9]);
    }
}

/// What exiftool prints of a file: one `[group] tag` a line, without what it computes itself.
fn tags(file: &[u8]) -> Vec<String> {
    let mut child = Command::new("exiftool")
        .args(["-G0", "-s", "-fast0", "-ee", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("exiftool is missing: `cargo xtask test` installs what the tests need");
    child.stdin.take().unwrap().write_all(file).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| line.split(" : ").next().unwrap_or_default().trim().to_owned())
        .filter(|tag| {
            !["[ExifTool]", "[Composite]", "[File]", "[JFIF]"].iter().any(|own| tag.starts_with(own))
        })
        .collect()
}

#[test]
fn exiftool_finds_no_tag() {
    for file in loaded() {
        let before = tags(&file);
        for group in ["[EXIF]", "[XMP]"] {
            assert!(
                before.iter().any(|tag| tag.starts_with(group)),
                "the case must have {group}: {before:?}"
            );
        }
        assert!(before.iter().any(|tag| tag.contains("GPSLatitude")), "{before:?}");
    }
    for (_, file) in made().iter().flat_map(|pictures| &pictures.sizes) {
        assert_eq!(tags(file), Vec::<String>::new());
    }
    // A plain JPEG has none either: the filter above is what makes the difference, not exiftool.
    assert_eq!(tags(&jpeg(&quarters(96, 96))), Vec::<String>::new());
}
