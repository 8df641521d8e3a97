//! The text part. It holds every link in full.

use crate::letter::{Letter, Line, Link};

pub(crate) fn print(letter: &Letter<'_>) -> String {
    let mut blocks = vec![letter.heading.text.clone()];
    blocks.push(letter.lead.text.clone());
    blocks.extend(letter.code.iter().map(|(label, code)| format!("{label}: {code}")));
    let rows: Vec<String> =
        letter.rows.iter().map(|row| format!("{}: {}", row.label, row.value.text)).collect();
    blocks.push(rows.join("\n"));
    blocks.push(links(&letter.actions));
    blocks.push(letter.closing.text.clone());
    if let Some(calendar) = &letter.calendar {
        blocks.push(format!("{}\n{}\n{}", calendar.heading, links(&calendar.links), calendar.hint));
    }
    if let Some(plate) = &letter.plate {
        let lines: Vec<String> = plate.lines.iter().map(line).collect();
        blocks.push(format!("-- \n{}", lines.join("\n")));
    }
    blocks.push(letter.footer.text.clone());
    blocks.push(letter.sent_by.clone());
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

fn links(links: &[Link]) -> String {
    links.iter().map(|link| format!("{}: {}", link.label, link.url)).collect::<Vec<_>>().join("\n")
}

fn line(line: &Line) -> String {
    match &line.label {
        Some(label) => format!("{label}: {}", line.value.text),
        None => line.value.text.clone(),
    }
}
