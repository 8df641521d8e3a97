//! The text form of calendar files and contact files: escaping and folding, each in one place (RFC 5545 sections 3.1 and
//! 3.3.11; RFC 6350 sections 3.2 and 3.4, which are the same).

use nameplate_domain::placeholder::parameter_text;

/// The most octets of a line without its CRLF.
const WIDTH: usize = 75;

#[derive(Default)]
pub(crate) struct Writer {
    file: String,
}

impl Writer {
    /// A value that we made ourselves: a word, a number, an instant, an address.
    pub(crate) fn line(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", unbroken(value)));
    }

    /// TEXT: what people wrote.
    pub(crate) fn text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escaped(value)));
    }

    /// TEXT of a contact file that has no parts: there a semicolon stands for itself (RFC 6350 section 4.1), and readers show
    /// the escape of one that needs none.
    pub(crate) fn plain_text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escaped(value).replace("\\;", ";")));
    }

    /// Several TEXT parts in one value, such as those of an address, behind a parameter with a text.
    pub(crate) fn parts(&mut self, name: &str, text: Option<(&str, &str)>, parts: &[&str]) {
        let mut line = name.to_owned();
        if let Some((parameter, text)) = text {
            line = format!("{line};{parameter}=\"{}\"", parameter_text(text));
        }
        let parts: Vec<String> = parts.iter().map(|part| escaped(part)).collect();
        self.fold(&format!("{line}:{}", parts.join(";")));
    }

    /// A value with parameters: fixed words first, then one with a text, always in quotes.
    pub(crate) fn with(
        &mut self,
        name: &str,
        words: &[(&str, &str)],
        text: Option<(&str, &str)>,
        value: &str,
    ) {
        let mut line = name.to_owned();
        for (parameter, word) in words {
            line = format!("{line};{parameter}={word}");
        }
        if let Some((parameter, text)) = text {
            line = format!("{line};{parameter}=\"{}\"", parameter_text(text));
        }
        self.fold(&format!("{line}:{}", unbroken(value)));
    }

    pub(crate) fn finish(self) -> String {
        self.file
    }

    /// Never inside a UTF-8 sequence, which is stricter than the standard asks.
    fn fold(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > WIDTH {
                self.file.push_str("\r\n ");
                used = 1;
            }
            self.file.push(c);
            used += c.len_utf8();
        }
        self.file.push_str("\r\n");
    }
}

/// Controls but newline and tab go, then the four escapes, once.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

fn unbroken(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_at_most_75_octets_and_unfold_to_what_was_written() {
        for text in
            ["é".repeat(200), "a".repeat(75 - 8), "a".repeat(76 - 8), "👩‍💻".repeat(60), "\\;,\n".repeat(50)]
        {
            let mut writer = Writer::default();
            writer.text("SUMMARY", &text);
            let file = writer.finish();
            assert!(file.ends_with("\r\n"));
            for line in file.trim_end().split("\r\n") {
                assert!(line.len() <= 75, "{line}");
            }
            assert_eq!(file.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", escaped(&text)));
        }
    }

    #[test]
    fn text_is_escaped_once_and_loses_its_controls() {
        assert_eq!(escaped("C:\\new; a, b\r\nEND:VEVENT\0\u{9b}\tx"), "C:\\\\new\\; a\\, b\\nEND:VEVENT\tx");
    }

    #[test]
    fn a_parameter_cannot_end_early_nor_be_decoded() {
        assert_eq!(parameter_text("A \"B\";ATTENDEE:mailto:x\r\nX"), "A 'B',ATTENDEE:mailto:xX");
        assert_eq!(parameter_text("C:\\new \\"), "C:/new /");
        assert_eq!(parameter_text("a^nb ^^ ^' ^\" ^x"), "anb ^ ' ' ^x");
    }
}
