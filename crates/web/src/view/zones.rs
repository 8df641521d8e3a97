//! The list of all zones, to choose from. It is most of a booking page, and the same for everybody for a minute: it is
//! printed once, and each page only marks its own choice.

use askama::filters::{Html, escape};
use std::fmt;
use std::sync::Arc;

/// The options of a `select` of zones, printed.
#[derive(Debug, Clone)]
pub struct ZoneOptions(Arc<Printed>);

#[derive(Debug)]
struct Printed {
    html: String,
    labels: Vec<(String, String)>,
}

impl ZoneOptions {
    /// Prints the options: the IANA name and "Berlin, Germany - 11:00 (UTC+1)" of each.
    pub fn print<'a>(zones: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let labels: Vec<_> = zones.into_iter().map(|(zone, label)| (zone.to_owned(), label)).collect();
        let option = |(zone, label): &(String, String)| {
            format!("<option value=\"{}\">{}</option>", escaped(zone), escaped(label))
        };
        let html = labels.iter().map(option).collect();
        Self(Arc::new(Printed { html, labels }))
    }
}

fn escaped(text: &str) -> String {
    // Escaping text cannot fail.
    escape(text, Html).map(|text| text.to_string()).unwrap_or_default()
}

/// A list of zones with one of them chosen; prints the options of its `select`.
#[derive(Debug, Clone)]
pub struct ZoneChoice {
    /// The IANA name that is chosen.
    pub chosen: String,
    /// All zones.
    pub options: ZoneOptions,
}

impl ZoneChoice {
    /// The chosen zone as the list shows it; empty for one that it does not have.
    #[must_use]
    pub fn label(&self) -> &str {
        let chosen = self.options.0.labels.iter().find(|(zone, _)| *zone == self.chosen);
        chosen.map_or("", |(_, label)| label)
    }
}

impl fmt::Display for ZoneChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = &self.options.0.html;
        let value = format!("value=\"{}\"", escaped(&self.chosen));
        match all.find(&value).and_then(|at| all.split_at_checked(at + value.len())) {
            Some((before, after)) => write!(f, "{before} selected{after}"),
            None => f.write_str(all),
        }
    }
}

impl askama::filters::HtmlSafe for ZoneChoice {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_zone_is_marked_and_every_text_is_escaped() {
        let zones = [("Europe/Berlin", "Berlin".to_owned()), ("Etc/<b>", "<b> & co".to_owned())];
        let options = ZoneOptions::print(zones);
        let shown = |chosen: &str| ZoneChoice { chosen: chosen.into(), options: options.clone() }.to_string();
        let other = "<option value=\"Etc/&#60;b&#62;\">&#60;b&#62; &#38; co</option>";
        assert_eq!(
            shown("Europe/Berlin"),
            format!("<option value=\"Europe/Berlin\" selected>Berlin</option>{other}")
        );
        assert_eq!(shown("Nowhere"), format!("<option value=\"Europe/Berlin\">Berlin</option>{other}"));
        assert!(shown("Etc/<b>").contains("&#62;\" selected>"));
    }
}
