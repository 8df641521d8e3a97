//! What stands in for a missing picture: initials on a colour.

/// Backgrounds, each with a contrast of at least 4.5 to white text (WCAG 2.2, 1.4.3): teal, brass, brick, plum, indigo,
/// slate blue, moss, rose. They keep to the warm, muted tones of the pages.
pub const BACKGROUNDS: [&str; 8] =
    ["#0b5c5a", "#8a5d12", "#a3402c", "#7d3a6b", "#4a4a9c", "#2f6187", "#4f6b2a", "#a23a5a"];

/// Code points of `initials` that are drawn: two emoji families have about twenty.
const MAX_CODE_POINTS: usize = 24;

/// A square SVG of `px` pixels with `initials` in white on one of [`BACKGROUNDS`]: `hue` picks it (modulo 8), so that
/// an agent whose id gives the hue keeps the colour. `initials` may be any text; it is escaped, and what XML cannot
/// hold is left out. The drawing is decoration beside the name, so it hides itself from screen readers.
#[must_use]
pub fn initials_svg(initials: &str, hue: u8, px: u32) -> String {
    let background = BACKGROUNDS.get(usize::from(hue) % BACKGROUNDS.len()).unwrap_or(&"#0b5c5a");
    let mut text = String::new();
    for character in initials.chars().filter(|character| is_xml(*character)).take(MAX_CODE_POINTS) {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#39;"),
            other => text.push(other),
        }
    }
    // Attributes only: the content security policy of the pages forbids inline styles.
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{px}\" height=\"{px}\" viewBox=\"0 0 96 96\" \
         aria-hidden=\"true\"><rect width=\"96\" height=\"96\" fill=\"{background}\"/><text x=\"48\" y=\"48\" \
         dy=\".35em\" fill=\"#fff\" font-family=\"system-ui, sans-serif\" font-size=\"38\" font-weight=\"600\" \
         text-anchor=\"middle\">{text}</text></svg>"
    )
}

/// XML 1.0 section 2.2, without the controls that it allows and no name has, and without the characters that turn the
/// direction of text around.
fn is_xml(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{FFFE}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

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
        for colour in BACKGROUNDS {
            assert!(contrast_to_white(colour) >= 4.5, "{colour}: {:.2}", contrast_to_white(colour));
        }
    }

    #[test]
    fn the_backgrounds_differ_and_any_hue_picks_one() {
        let all: std::collections::BTreeSet<_> = (0..8).map(|hue| initials_svg("AB", hue, 96)).collect();
        assert_eq!(all.len(), 8);
        assert_eq!(initials_svg("AB", 255, 96), initials_svg("AB", 7, 96));
    }

    #[test]
    fn text_cannot_leave_its_place() {
        let svg = initials_svg("</text><script>\"'&\0\u{202E}\u{FFFE}", 0, 96);
        assert!(svg.contains("&lt;/text&gt;&lt;script&gt;&quot;&#39;&amp;</text>"), "{svg}");
        assert_eq!(svg.matches('<').count(), 5);
    }

    #[test]
    fn every_script_is_kept() {
        for initials in ["ÅÉ", "مح", "山田", "👩‍👩‍👧‍👦👩🏽‍🚀", "e\u{301}"] {
            assert!(initials_svg(initials, 3, 192).contains(&format!(">{initials}<")), "{initials}");
        }
        assert!(initials_svg("AB", 3, 192).contains("width=\"192\" height=\"192\""));
    }
}
