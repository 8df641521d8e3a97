//! The colours behind initials, for pages and messages alike.

/// Backgrounds for white text; [`Agent::hue`](super::Agent::hue) is a place in this list.
pub const HUES: [&str; 8] =
    ["#2f5d73", "#7a3f2c", "#3d5a3a", "#6b3a63", "#44518c", "#7b5212", "#0f6163", "#8a2f4a"];

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance by WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast_to_white(colour: &str) -> f64 {
        1.05 / (luminance(colour) + 0.05)
    }

    #[test]
    fn every_background_is_dark_enough_for_white_text() {
        // Published: pure red has 4.00 and #767676 has 4.54 against white.
        assert!((contrast_to_white("#ff0000") - 4.0).abs() < 0.01);
        assert!((contrast_to_white("#767676") - 4.54).abs() < 0.01);
        for colour in HUES {
            assert!(contrast_to_white(colour) >= 4.5, "{colour}: {:.2}", contrast_to_white(colour));
        }
        let different: std::collections::BTreeSet<_> = HUES.into_iter().collect();
        assert_eq!(different.len(), HUES.len());
    }
}
