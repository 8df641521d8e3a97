"""Verifies DKIM signatures with dkimpy against the record in the first argument; one JSON line a mail. What somebody adds or
changes on the way is tried on each of them."""

import json
import sys
from pathlib import Path

import dkim

record = Path(sys.argv[1]).read_bytes()


def verify(raw):
    asked = []

    def answer(name, timeout=5):
        asked.append(name.decode().rstrip("."))
        return record

    try:
        return dkim.verify(raw, dnsfunc=answer), asked
    except dkim.DKIMException:
        return False, asked


for name in sys.argv[2:]:
    raw = Path(name).read_bytes()
    good, asked = verify(raw)
    head, body = raw.split(b"\r\n\r\n", 1)
    changed = {
        "a second From": b"From: Mallory <mallory@evil.example>\r\n" + raw,
        "another To": raw.replace(b"\r\nTo: ", b"\r\nTo: mallory@evil.example, ", 1),
        "an added References": raw if b"\r\nReferences:" in head else head + b"\r\nReferences: <x@evil.example>\r\n\r\n" + body,
        "another body": head + b"\r\n\r\nPay here.\r\n" + body,
        "a longer body": raw + b"Pay here.\r\n",
    }
    kept = {
        "a trace in front": b"Received: from relay.example\r\n\tby mx.example; Mon, 1 Dec 2026 00:00:00 +0000\r\n" + raw,
        "other folds": head.replace(b"\r\n ", b"\r\n \t") + b"\r\n\r\n" + body,
        "empty lines at the end": raw + b"\r\n\r\n",
    }
    own = next(value for header, value in dkim.rfc822_parse(raw)[0] if header.lower() == b"dkim-signature")
    tags = dkim.util.parse_tag_value(own)
    print(json.dumps({"file": name, "reader": "dkimpy", "fields": {
        "good": good, "asked": asked,
        "breaks": sorted(what for what, mail in changed.items() if mail != raw and not verify(mail)[0]),
        "survives": sorted(what for what, mail in changed.items() if mail != raw and verify(mail)[0]),
        "keeps": sorted(what for what, mail in kept.items() if verify(mail)[0]),
        "algorithm": tags[b"a"].decode(), "form": tags[b"c"].decode(),
        "signed": [part.strip().decode().lower() for part in tags[b"h"].split(b":")],
        "longest_line": max(len(line) for line in head.split(b"\r\n")),
    }}))
