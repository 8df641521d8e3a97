"""Reads mails with Python's email and html.parser packages; one JSON line a file. Calendar parts are written beside the
mail, as FILE.request.ics and FILE.attachment.ics."""

import email
import email.header
import email.policy
import email.utils
import json
import sys
from html.parser import HTMLParser
from pathlib import Path


class Shown(HTMLParser):
    """What a reader of the HTML sees, a line for each block and line break, and which elements there are."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.elements, self.hidden = "", [], 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.hidden += tag in ("style", "title")
        if tag in ("br", "p", "td", "tr", "div", "h1"):
            self.text += "\n"

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "title")

    def handle_data(self, data):
        if not self.hidden:
            self.text += data


def tree(part):
    shape = {"type": part.get_content_type(), "disposition": part.get_content_disposition(),
             "name": part.get_filename(), "encoding": str(part.get("content-transfer-encoding", "")),
             "method": part.get_param("method")}
    if part.is_multipart():
        shape["parts"] = [tree(inner) for inner in part.iter_parts()]
    return shape


for name in sys.argv[1:]:
    raw = Path(name).read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    defects = [str(defect) for part in message.walk() for defect in part.defects]
    calendars = {}
    for part in message.walk():
        kind = {"text/calendar": "request", "application/ics": "attachment"}.get(part.get_content_type())
        if kind:
            Path(f"{name}.{kind}.ics").write_bytes(part.get_payload(decode=True))
            calendars[kind] = True

    # The newer policy puts a space between two encoded words of a name (python/cpython 3.11); the older one does not.
    older = email.message_from_bytes(raw)

    def decoded(text):
        return str(email.header.make_header(email.header.decode_header(text)))

    def people(header):
        return [[decoded(name), address] for name, address in email.utils.getaddresses(older.get_all(header, []))]

    def body(kind):
        return message.get_body((kind,)).get_content().replace("\r\n", "\n")

    shown = Shown(body("html"))
    print(json.dumps({"file": name, "reader": "email", "fields": {
        "headers": [header.lower() for header in message.keys()], "defects": defects, "tree": tree(message),
        "from": people("from"), "to": people("to"), "reply_to": people("reply-to"), "subject": message["subject"],
        "message_id": message["message-id"], "in_reply_to": message["in-reply-to"],
        "references": message["references"], "auto_submitted": message["auto-submitted"],
        "text": body("plain"), "html": body("html"), "html_text": shown.text, "html_elements": shown.elements,
        "longest_line": max(len(line) for line in raw.split(b"\r\n")),
        "bare_line_ends": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"),
    }}))
