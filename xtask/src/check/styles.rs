//! Style sheets: logical sides only (G-11), and every colour and size is a token.

use crate::workspace::Source;

/// Words that make a property or value physical.
const SIDES: [&str; 4] = ["left", "right", "top", "bottom"];
const COLOURS: [&str; 8] = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "hwb(", "color("];
/// What has steps: type, space and corners. How wide a column is belongs to the page.
const STEPPED: [&str; 5] = ["font", "padding", "margin", "gap", "row-gap"];
/// Hairlines, and what is finer than the first step, need no token.
const FREE: [&str; 4] = ["1px", "2px", "0.0625rem", "0.125rem"];

pub fn check(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in
        sources.iter().filter(|source| source.path.starts_with("crates/web/assets/") && source.is(&["css"]))
    {
        let mut in_tokens = 0;
        for (number, line) in source.lines() {
            let code = line.split("/*").next().unwrap_or_default().trim();
            in_tokens = depth(code, in_tokens);
            for (property, value) in declarations(code) {
                let wrong =
                    physical(property, value).or_else(|| loose(property, value).filter(|_| in_tokens == 0));
                found.extend(
                    wrong.map(|wrong| format!("{}:{number}: `{property}: {value}` is {wrong}", source.path)),
                );
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

fn physical(property: &str, value: &str) -> Option<&'static str> {
    let in_name = property.split('-').any(|part| SIDES.contains(&part));
    let turned = matches!(property, "text-align" | "float" | "clear");
    (in_name || (turned && SIDES.iter().any(|side| value.contains(side))))
        .then_some("a physical side: say inline or block, start or end")
}

fn loose(property: &str, value: &str) -> Option<&'static str> {
    let hex = value
        .split('#')
        .skip(1)
        .any(|rest| rest.len() >= 3 && rest.chars().take(3).all(|letter| letter.is_ascii_hexdigit()));
    let colour = hex || COLOURS.iter().any(|function| value.contains(function));
    let stepped = STEPPED.iter().any(|start| property.starts_with(start)) || property.ends_with("-radius");
    let length = || value.split([' ', ',', '(', ')', '/', '*', '+']).any(is_length);
    if colour {
        Some("a colour outside the tokens")
    } else if stepped && length() {
        Some("a size outside the tokens")
    } else {
        None
    }
}

fn is_length(word: &str) -> bool {
    let word = word.trim_start_matches('-');
    let number = word.trim_end_matches("px").trim_end_matches("rem").trim_end_matches("pt");
    number.len() < word.len() && number.parse::<f32>().is_ok() && !FREE.contains(&word)
}

/// The `property: value` pairs of a line; a selector with a pseudo-class or a condition is none.
fn declarations(code: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts =
        code.split_inclusive(['{', '}', ';']).filter(|part| !part.ends_with('{') && !part.starts_with('@'));
    parts.filter_map(|part| {
        let (property, value) = part.trim_end_matches([';', '}']).split_once(':')?;
        let property = property.trim();
        let plain = !property.is_empty()
            && property.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
        plain.then_some((property, value.trim()))
    })
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
        assert_eq!(found(".a { color: var(--ink); margin: 5px 0 }"), 1);
        assert_eq!(found("border: 1px solid var(--line); inline-size: 17rem;"), 0);
        assert_eq!(found("@layer tokens {\n:root {\n--ink: #123456;\n}\n}\na { color: #123456; }"), 1);
    }
}
