//! Why a file was not taken as a profile picture (ux ).

use crate::limits::{MAX_FILE_BYTES, MAX_PIXELS, MIN_SIDE};

/// Why a file cannot become a profile picture. Nothing has been stored when one of these comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The file has no bytes: usually no file was chosen.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_FILE_BYTES`].
    #[error("the file has {bytes} bytes")]
    FileTooLarge {
        /// Size of the file.
        bytes: u64,
    },
    /// More than [`MAX_PIXELS`] by the file's own header.
    #[error("the picture has {width} x {height} pixels")]
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The shorter side is below [`MIN_SIDE`], the smallest size that is shown.
    #[error("the picture has only {width} x {height} pixels")]
    TooSmall {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// Few enough pixels, but of a kind (16 bits, progressive without subsampling) that takes too much memory.
    #[error("decoding would take {bytes} bytes of memory")]
    TooMuchMemory {
        /// Memory that decoding would take.
        bytes: u64,
    },
    /// An SVG drawing.
    #[error("an SVG drawing")]
    Svg,
    /// A GIF.
    #[error("a GIF")]
    Gif,
    /// An HEIC photo, as iPhones take them.
    #[error("an HEIC photo")]
    Heic,
    /// An AVIF picture.
    #[error("an AVIF picture")]
    Avif,
    /// A PDF document.
    #[error("a PDF document")]
    Pdf,
    /// A film (MP4 and its relatives), such as the moving half of a live photo.
    #[error("a film")]
    Film,
    /// A picture of another kind: TIFF, BMP, icon, JPEG XL, JPEG 2000, Photoshop.
    #[error("a picture of another kind")]
    OtherPicture,
    /// Not a picture as far as its first bytes tell.
    #[error("not a picture")]
    NotAPicture,
    /// A JPEG, PNG or WebP of a rare variety that browsers do not show either (12-bit, lossless or arithmetic JPEG).
    #[error("a rare variety of its kind")]
    RareVariety,
    /// The file ends before the picture does.
    #[error("the file ends too early")]
    Truncated,
    /// The file says it is a picture, but its data make no sense.
    #[error("the file is damaged")]
    Damaged,
}

impl PictureError {
    /// Stable `snake_case` code; the text is `picture-CODE` (with dashes) in the catalogue.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::TooSmall { .. } => "too_small",
            Self::TooMuchMemory { .. } => "too_much_memory",
            Self::Svg => "svg",
            Self::Gif => "gif",
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::Pdf => "pdf",
            Self::Film => "film",
            Self::OtherPicture => "other_picture",
            Self::NotAPicture => "not_a_picture",
            Self::RareVariety => "rare_variety",
            Self::Truncated => "truncated",
            Self::Damaged => "damaged",
        }
    }

    /// Named values for the text: the limit and what the file itself has.
    #[must_use]
    pub fn args(self) -> Vec<(&'static str, String)> {
        match self {
            Self::FileTooLarge { bytes } => {
                vec![("limit", MAX_FILE_BYTES.div_ceil(1_000_000).to_string()), ("size", millions(bytes))]
            }
            Self::TooManyPixels { width, height } => vec![
                ("limit", MAX_PIXELS.div_ceil(1_000_000).to_string()),
                ("size", millions(u64::from(width) * u64::from(height))),
                ("width", width.to_string()),
                ("height", height.to_string()),
            ],
            Self::TooSmall { width, height } => vec![
                ("limit", MIN_SIDE.to_string()),
                ("width", width.to_string()),
                ("height", height.to_string()),
            ],
            _ => Vec::new(),
        }
    }
}

/// Millions with one decimal, rounded up: what is over a limit never reads as being at the limit.
fn millions(count: u64) -> String {
    let tenths = count.div_ceil(100_000);
    format!("{}.{}", tenths / 10, tenths % 10)
}
