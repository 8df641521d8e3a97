//! The HTML part: one table layout, 600 px wide at most, styles inline, nothing remote (ML-01 to ML-09). Dark colours come
//! by a media query, for programs that know it. Colours are those of the pages.

use crate::letter::{Calendar, Letter, Line, Link, Plate, Row};
use crate::mime::PICTURE_ID;
use nameplate_domain::account::HUES;
use nameplate_domain::placeholder::escape;
use nameplate_i18n::Locale;
use std::fmt::Write as _;

const FONT: &str = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// `!important`, because the light colours stand inline.
const STYLE: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;-webkit-text-size-adjust:100%}
a{text-underline-offset:3px}
@media (max-width:480px){.pad{padding:20px !important}.out{padding:12px 8px !important}\
.label,.value{display:block !important;width:auto !important}.label{padding-bottom:0 !important}\
.value{padding-top:2px !important;border-top:0 !important}.button,.button tbody,.button tr,.button td{display:block !important;\
width:100% !important}.button>tbody>tr>td{padding-right:0 !important;box-sizing:border-box}\
.button a{display:block !important;text-align:center !important}\
.face{width:64px !important;padding-right:14px !important}.photo{width:64px !important;height:64px !important}}
@media (prefers-color-scheme:dark){.paper{background:#14161a !important}\
.surface{background:#1c1f25 !important;border-color:#2e333c !important}\
.ink{color:#eceae4 !important}.muted{color:#a3a9b4 !important}.line{border-color:#2e333c !important}\
.accent{color:#6fd0c8 !important}.brass{background:#d9ab5e !important}\
.fill{background:#6fd0c8 !important}.fill a{color:#08201f !important}\
.outline{border-color:#6fd0c8 !important}.outline a{color:#6fd0c8 !important}\
.sunk{background:#111317 !important}}";

pub(crate) fn print(letter: &Letter<'_>) -> String {
    let mut body = String::new();
    let _ = writeln!(
        body,
        "<h1 class=\"ink\" style=\"margin:0 0 16px;{FONT};font-size:22px;line-height:28px;font-weight:700;\
         letter-spacing:-0.3px;color:#1d2430\">{}</h1>",
        letter.heading.html
    );
    for paragraph in &letter.lead.html {
        body += &self::paragraph(paragraph, 16);
    }
    if let Some((label, code)) = &letter.code {
        body += &self::code(label, code);
    }
    body += &rows(&letter.rows);
    body += &actions(&letter.actions);
    for paragraph in &letter.closing.html {
        body += &self::paragraph(paragraph, 16);
    }
    if let Some(calendar) = &letter.calendar {
        body += &self::calendar(calendar);
    }
    let plate = letter.plate.as_ref().map(plate).unwrap_or_default();
    let mut footer = String::new();
    for paragraph in letter.footer.html.iter().cloned().chain([escape(&letter.sent_by)]) {
        let _ = writeln!(
            footer,
            "<p class=\"muted\" style=\"margin:0 0 8px;{FONT};font-size:14px;line-height:20px;color:#59616e\">\
             {paragraph}</p>"
        );
    }
    page(letter, &body, &plate, &footer)
}

/// The agent's card alone, as a document that can be looked at outside a mail. Its links lead nowhere there.
pub(crate) fn signature(plate: &Plate<'_>, locale: Locale, picture_url: &str) -> String {
    let (tag, dir) = (locale.tag(), locale.dir());
    let card = self::plate(plate).replace(&format!("cid:{PICTURE_ID}"), &escape(picture_url));
    format!(
        "<!doctype html>\n<html lang=\"{tag}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<base target=\"_blank\">\n<title></title>\n\
         <style>\n{STYLE}\n</style>\n</head>\n<body class=\"paper\" style=\"margin:0;padding:0;background:#faf8f4\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n{card}</table>\n\
         </body>\n</html>\n"
    )
}

fn page(letter: &Letter<'_>, body: &str, plate: &str, footer: &str) -> String {
    let (tag, dir) = (letter.locale.tag(), letter.locale.dir());
    let (title, preheader) = (escape(&letter.title), escape(&letter.preheader));
    let organisation = escape(&letter.organisation);
    // Invisible filler keeps the text of the body out of the preview.
    let filler = "&#847;&zwnj;&nbsp;".repeat(40);
    format!(
        "<!doctype html>\n<html lang=\"{tag}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no, url=no\">\n\
         <title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n\
         <body class=\"paper\" style=\"margin:0;padding:0;background:#faf8f4\">\n\
         <div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">{preheader}{filler}</div>\n\
         <div role=\"main\">\n\
         <table role=\"presentation\" class=\"paper\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         style=\"background:#faf8f4\"><tr><td class=\"out\" align=\"center\" style=\"padding:24px 12px\">\n\
         <table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         style=\"width:100%;max-width:600px\">\n\
         <tr><td style=\"padding:0 4px 12px\"><p class=\"ink\" style=\"margin:0;{FONT};font-size:16px;line-height:24px;\
         font-weight:700;color:#1d2430\"><bdi>{organisation}</bdi></p></td></tr>\n\
         <tr><td class=\"surface pad\" style=\"padding:28px;background:#ffffff;border:1px solid #e2ddd2;\
         border-radius:10px\">\n{body}</td></tr>\n{plate}\
         <tr><td style=\"padding:20px 4px 0\">\n{footer}</td></tr>\n\
         </table>\n</td></tr></table>\n</div>\n</body>\n</html>\n"
    )
}

fn paragraph(html: &str, size: u8) -> String {
    let html = html.replace('\n', "<br>");
    format!(
        "<p class=\"ink\" style=\"margin:0 0 16px;{FONT};font-size:{size}px;line-height:24px;color:#1d2430\">{html}</p>\n"
    )
}

fn code(label: &str, code: &str) -> String {
    format!(
        "<p class=\"ink sunk\" style=\"margin:0 0 16px;padding:16px;border-radius:8px;background:#f3f0e9;{FONT};\
         font-size:14px;line-height:20px;color:#1d2430\">{}<br><strong style=\"font-size:28px;line-height:40px;\
         letter-spacing:6px\">{}</strong></p>\n",
        escape(label),
        escape(code)
    )
}

fn rows(rows: &[Row]) -> String {
    let mut html = String::new();
    for (number, row) in rows.iter().enumerate() {
        let border = if number == 0 { "" } else { "border-top:1px solid #e2ddd2;" };
        let _ = writeln!(
            html,
            "<tr><td class=\"label line muted\" valign=\"top\" width=\"120\" style=\"{border}padding:10px 12px 10px 0;\
             {FONT};font-size:14px;line-height:24px;color:#59616e\">{}</td>\
             <td class=\"value ink{}\" valign=\"top\" style=\"{border}padding:10px 0;{FONT};font-size:16px;\
             line-height:24px;color:#1d2430;word-break:break-word;overflow-wrap:anywhere\">{}</td></tr>",
            escape(&row.label),
            if number == 0 { "" } else { " line" },
            linked(&row.value.html, row.href.as_deref()),
        );
    }
    if html.is_empty() {
        return html;
    }
    format!(
        "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         style=\"margin:0 0 20px\">\n{html}</table>\n"
    )
}

/// Padding stands on the link and the cell has the colour: that is a button in Outlook too.
fn actions(links: &[Link]) -> String {
    let mut html = String::new();
    for (number, link) in links.iter().enumerate() {
        let (class, cell, ink) =
            if number == 0 { ("fill", "background:#0b5c5a;", "#ffffff") } else { ("outline", "", "#0b5c5a") };
        let _ = writeln!(
            html,
            "<table role=\"presentation\" class=\"button\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
             style=\"display:inline-table;vertical-align:top\"><tr>\
             <td style=\"padding:0 8px 8px 0\"><table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
             class=\"button\"><tr><td class=\"{class}\" style=\"{cell}border:1px solid #0b5c5a;border-radius:8px\">\
             <a href=\"{}\" style=\"display:inline-block;padding:10px 20px;{FONT};font-size:16px;line-height:22px;\
             font-weight:600;color:{ink};text-decoration:none\">{}</a></td></tr></table></td></tr></table>",
            escape(&link.url),
            escape(&link.label),
        );
    }
    if html.is_empty() { html } else { format!("<div style=\"margin:0 0 12px\">\n{html}</div>\n") }
}

fn calendar(calendar: &Calendar) -> String {
    let links: Vec<String> = calendar
        .links
        .iter()
        .map(|link| {
            format!(
                "<a class=\"accent\" href=\"{}\" style=\"color:#0b5c5a\">{}</a>",
                escape(&link.url),
                escape(&link.label).replace(' ', "&nbsp;")
            )
        })
        .collect();
    format!(
        "<p class=\"ink line\" style=\"margin:0;padding:16px 0 0;border-top:1px solid #e2ddd2;{FONT};font-size:14px;\
         line-height:24px;color:#1d2430\"><strong>{}</strong><br>{}</p>\n\
         <p class=\"muted\" style=\"margin:4px 0 0;{FONT};font-size:14px;line-height:20px;color:#59616e\">{}</p>\n",
        escape(&calendar.heading),
        links.join(" &nbsp;&middot;&nbsp; "),
        escape(&calendar.hint),
    )
}

/// The agent's card with its brass edge.
fn plate(plate: &Plate<'_>) -> String {
    let mut text = String::new();
    for (number, line) in plate.lines.iter().enumerate() {
        let value = linked(&line.value.html, line.href.as_deref());
        let shown = match (number, line) {
            (0, _) => format!(
                "<p class=\"ink\" style=\"margin:0 0 2px;{FONT};font-size:18px;line-height:24px;font-weight:700;\
                 letter-spacing:-0.2px;color:#1d2430\">{value}</p>\n"
            ),
            (_, Line { label: Some(label), .. }) => {
                small("muted", "#59616e", &format!("{}: {value}", escape(label)))
            }
            _ => small("ink", "#1d2430", &value),
        };
        text.push_str(&shown);
    }
    format!(
        "<tr><td style=\"padding:16px 0 0\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n\
         <tr><td class=\"brass\" height=\"3\" style=\"height:3px;line-height:3px;font-size:0;background:#9a6b1f;\
         border-radius:10px 10px 0 0\">&nbsp;</td></tr>\n\
         <tr><td class=\"surface pad\" style=\"padding:24px 28px;background:#ffffff;border:1px solid #e2ddd2;\
         border-top:0;border-radius:0 0 10px 10px\">\n\
         <table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>\n\
         <td class=\"face\" valign=\"top\" width=\"96\" style=\"padding:0 20px 0 0\">{}</td>\n\
         <td valign=\"middle\">\n{text}</td>\n</tr></table>\n</td></tr></table>\n</td></tr>\n",
        face(plate)
    )
}

fn small(class: &str, colour: &str, html: &str) -> String {
    format!(
        "<p class=\"{class}\" style=\"margin:0;{FONT};font-size:16px;line-height:24px;color:{colour};\
         word-break:break-word;overflow-wrap:anywhere\">{html}</p>\n"
    )
}

/// The picture travels in the mail; without one the initials stand there.
fn face(plate: &Plate<'_>) -> String {
    if let Some((_, alt)) = &plate.picture {
        return format!(
            "<img class=\"photo\" src=\"cid:{PICTURE_ID}\" width=\"96\" height=\"96\" alt=\"{}\" \
             style=\"display:block;width:96px;height:96px;border:0;border-radius:50%\">",
            escape(alt)
        );
    }
    let [first, ..] = HUES;
    let hue = HUES.get(usize::from(plate.hue)).unwrap_or(&first);
    format!(
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" aria-hidden=\"true\"><tr>\
         <td class=\"photo\" align=\"center\" valign=\"middle\" width=\"96\" height=\"96\" style=\"width:96px;height:96px;\
         border-radius:48px;background:{hue};{FONT};font-size:28px;line-height:40px;font-weight:700;color:#ffffff\">\
         {}</td></tr></table>",
        escape(plate.initials)
    )
}

fn linked(html: &str, href: Option<&str>) -> String {
    match href {
        Some(href) => {
            format!("<a class=\"accent\" href=\"{}\" style=\"color:#0b5c5a\">{html}</a>", escape(href))
        }
        None => html.to_owned(),
    }
}
