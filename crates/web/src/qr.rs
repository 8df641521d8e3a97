//! The QR code of an address, drawn here: a picture service would learn who shares what.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Light modules around the code, which readers need to find it (ISO/IEC 18004).
const QUIET: usize = 4;

/// Pixels of a module in the PNG: sharp on a printed page.
const PIXELS: usize = 16;

/// The modules of a code.
pub struct Qr {
    width: usize,
    dark: Vec<bool>,
}

impl Qr {
    /// The code of a text; `None` when it is longer than a code can hold.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let dark = code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect();
        Some(Self { width: code.width(), dark })
    }

    /// Width and height in modules, the quiet border included.
    pub fn size(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// The dark modules as the data of an SVG path.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.dark.chunks(self.width).enumerate() {
            let mut x = QUIET;
            for run in row.chunk_by(|one, next| one == next) {
                if run.first() == Some(&true) {
                    let _ = write!(path, "M{x} {}h{length}v1h-{length}z", y + QUIET, length = run.len());
                }
                x += run.len();
            }
        }
        path
    }

    /// A picture in black and white.
    pub fn png(&self) -> Option<Vec<u8>> {
        let side = self.size() * PIXELS;
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, u32::try_from(side).ok()?, u32::try_from(side).ok()?);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header().ok()?;
        let rows = (0..side).flat_map(|y| (0..side / 8).map(move |x| (x * 8 / PIXELS, y / PIXELS)));
        // A module is two bytes wide, so no byte holds parts of two.
        let bits: Vec<u8> = rows.map(|(x, y)| if self.is_dark(x, y) { 0 } else { 0xFF }).collect();
        writer.write_image_data(&bits).ok()?;
        writer.finish().ok()?;
        Some(file)
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < self.width);
        let module = inside(x).zip(inside(y)).and_then(|(x, y)| self.dark.get(y * self.width + x));
        module.copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://meet.example.com/anna-berg";

    /// What a decoder of others reads from a picture.
    fn decoded(side: usize, is_dark: impl Fn(usize, usize) -> bool) -> String {
        let grey = |x, y| if is_dark(x, y) { 0 } else { 255 };
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, grey);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_22_a_decoder_reads_the_url_from_the_png() {
        let file = Qr::of(URL).unwrap().png().unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let side = reader.next_frame(&mut pixels).unwrap().width as usize;
        assert!(side >= 400, "{side}");
        assert_eq!(decoded(side, |x, y| pixels[y * side + x] == 0), URL);
    }

    #[test]
    fn a_22_a_decoder_reads_the_url_from_the_path() {
        let qr = Qr::of(URL).unwrap();
        let path = qr.path();
        let runs: Vec<[usize; 3]> = path
            .trim_start_matches('M')
            .split('M')
            .map(|run| {
                let numbers: Vec<_> = run.split(|c: char| !c.is_ascii_digit()).collect();
                assert_eq!(
                    run,
                    format!("{} {}h{length}v1h-{length}z", numbers[0], numbers[1], length = numbers[2])
                );
                [0, 1, 2].map(|at| numbers[at].parse().unwrap())
            })
            .collect();
        let is_dark = |x: usize, y: usize| {
            let (x, y) = (x / 8, y / 8);
            runs.iter().any(|[from, row, length]| *row == y && (*from..from + length).contains(&x))
        };
        assert_eq!(decoded(qr.size() * 8, is_dark), URL);
    }

    #[test]
    fn what_no_code_can_hold_is_none() {
        assert!(Qr::of(&"x".repeat(3_000)).is_none());
    }
}
