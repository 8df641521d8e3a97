//! The parts that are made of lines: details, buttons, signature.

/// A line of such a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labelled<'a> {
    /// What stands before the first colon, if no placeholder does.
    pub label: Option<&'a str>,
    /// The rest, or all of it.
    pub value: &'a str,
    /// Where the value begins in the line, in bytes.
    pub at: usize,
}

/// Cuts `Label: value`. An address is no label: its colon has no space behind it.
#[must_use]
pub fn labelled(line: &str) -> Labelled<'_> {
    let whole = Labelled { label: None, value: line, at: 0 };
    match line.split_once(": ") {
        Some((label, value))
            if !label.trim().is_empty() && !label.contains("{{") && !label.contains("{%") =>
        {
            Labelled { label: Some(label), value, at: label.len() + 2 }
        }
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_colon_ends_the_label() {
        for (line, label, value) in [
            ("Where: {{ meeting.place }}", Some("Where"), "{{ meeting.place }}"),
            ("Dress code: none: come as you are", Some("Dress code"), "none: come as you are"),
            ("{{ agent.name }}", None, "{{ agent.name }}"),
            (
                "{{ agent.phone_number | default(\"a: b\") }}",
                None,
                "{{ agent.phone_number | default(\"a: b\") }}",
            ),
            ("https://example.com", None, "https://example.com"),
            (": x", None, ": x"),
        ] {
            let found = labelled(line);
            assert_eq!((found.label, found.value, &line[found.at..]), (label, value, value), "{line}");
        }
    }
}
