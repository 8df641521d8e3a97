"""Reads contact files with vobject; one JSON line a file, on standard output. Without the picture: vobject knows vCard 3.0
only and takes the semicolon of a data URI for the end of the value."""

import json
import sys

import vobject


def read(raw):
    card = vobject.readOne(raw.decode())

    def text(name):
        return getattr(card, name).value if hasattr(card, name) else ""

    address = card.adr.value if hasattr(card, "adr") else None
    return {
        "version": text("version"), "uid": text("uid"), "rev": text("rev"), "name": text("fn"),
        "organisation": ";".join(text("org")), "title": text("title"), "email": text("email"), "phone": text("tel"),
        "address": [address.street, address.city, address.region, address.code, address.country] if address else [],
        "label": card.adr.params["LABEL"][0] if address else "",
        "zone": text("tz"), "url": text("url"), "source": text("source"),
    }


for path in sys.argv[1:]:
    try:
        fields = read(open(path, "rb").read())
    except Exception as error:  # the comparison shows it
        fields = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps({"file": path, "reader": "vobject", "fields": fields}))
