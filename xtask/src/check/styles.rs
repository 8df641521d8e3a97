//! Style sheets: logical sides only (G-11), and every colour and size is a token.

use crate::workspace::Source;

/// Words that make a property or value physical.
const SIDES: [&str; 4] = ["left", "right", "top", "bottom"];
const COLOURS: [&str; 8] = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "hwb(", "color("];
/// Lengths that need no token: hairlines, and what is a share of something.
const FREE: [&str; 6] = ["0", "1px", "2px", "3px", "1em", "100%"];

pub fn check(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in
        sources.iter().filter(|source| source.path.starts_with("crates/web/assets/") && source.is(&["css"]))
    {
        let tokens = source.path.ends_with("tokens.css");
        let mut in_tokens = 0;
        for (number, line) in source.lines() {
            let code = line.split("/*").next().unwrap_or_default().trim();
            in_tokens = depth(code, in_tokens);
            for wrong in physical(code).into_iter().chain(if tokens || in_tokens > 0 {
                Vec::new()
            } else {
                loose(code)
            }) {
                found.push(format!("{}:{number}: {wrong}", source.path));
            }
        }
    }
    found
}

/// How many braces deep this line is inside `@layer tokens { … }`; 0 is outside.
fn depth(code: &str, before: usize) -> usize {
    if before == 0 && !(code.starts_with("@layer tokens") && code.ends_with('{')) {
        return 0;
    }
    (before + code.matches('{').count()).saturating_sub(code.matches('}').count())
}

fn physical(code: &str) -> Vec<String> {
    let Some((property, value)) = declaration(code) else { return Vec::new() };
    let in_name = property.split('-').any(|part| SIDES.contains(&part));
    let turned = matches!(property, "text-align" | "float" | "clear");
    if in_name || (turned && SIDES.iter().any(|side| value.contains(side))) {
        vec![format!("`{property}: {value}` is a physical side: say inline or block, start or end")]
    } else {
        Vec::new()
    }
}

fn loose(code: &str) -> Vec<String> {
    let Some((property, value)) = declaration(code) else { return Vec::new() };
    let hex =
        value.split(['#']).skip(1).any(|rest| rest.chars().take(3).all(|letter| letter.is_ascii_hexdigit()));
    let colour = hex || COLOURS.iter().any(|function| value.contains(function));
    let length = value.split([' ', ',', '(', ')', '/', '*', '+']).find(|word| is_length(word));
    if colour {
        vec![format!("`{property}: {value}` is a colour outside the tokens")]
    } else if let Some(length) = length {
        vec![format!("`{property}: {length}` is a size outside the tokens")]
    } else {
        Vec::new()
    }
}

fn is_length(word: &str) -> bool {
    let word = word.trim_start_matches('-').trim_end_matches(';');
    let number = word.trim_end_matches("px").trim_end_matches("rem").trim_end_matches("pt");
    number.len() < word.len() && number.parse::<f32>().is_ok() && !FREE.contains(&word)
}

/// `property: value` of a line; a selector with a pseudo-class or a condition is none.
fn declaration(code: &str) -> Option<(&str, &str)> {
    let inner = code.rsplit('{').next().unwrap_or(code).trim_end_matches('}').trim();
    let (property, value) = inner.split_once(':')?;
    let name = property.trim();
    let plain = name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-') && !name.is_empty();
    (plain && !code.starts_with('@') && !code.ends_with('{'))
        .then(|| (name, value.trim().trim_end_matches(';')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        let source = Source { path: "crates/web/assets/app.css".to_owned(), text: text.to_owned() };
        check(&[source]).len()
    }

    #[test]
    fn sides_are_logical() {
        assert_eq!(found("margin-left: 0;"), 1);
        assert_eq!(found("a { left: 0 }"), 1);
        assert_eq!(found("text-align: right;"), 1);
        assert_eq!(found("margin-inline-start: var(--space-2);"), 0);
        assert_eq!(found("border-start-start-radius: var(--radius);"), 0);
        assert_eq!(found("a:hover {"), 0);
    }

    #[test]
    fn colours_and_sizes_are_tokens() {
        assert_eq!(found("color: #fff;"), 1);
        assert_eq!(found("background: rgb(0 0 0 / 50%);"), 1);
        assert_eq!(found("padding: var(--space-2) 17px;"), 1);
        assert_eq!(found("border: 1px solid var(--line);"), 0);
        assert_eq!(found("@layer tokens {\n:root {\n--ink: #123456;\n}\n}\na { color: #123456; }"), 1);
    }
}
