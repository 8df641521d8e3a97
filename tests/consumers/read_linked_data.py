"""Reads the linked data of pages: the data block by an HTML parser, its statements by PyLD; one JSON line a file.

The vocabulary is not fetched: every word is one of schema.org's, as its own context says of words without an exception."""

import html.parser
import json
import sys

from pyld import jsonld


class Blocks(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.inside, self.scripts = [], False, 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.inside = tag == "script" and attributes.get("type") == "application/ld+json"
        if self.inside:
            self.found.append("")
        elif tag == "script" and "src" not in attributes:
            self.scripts += 1

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.found[-1] += data


def context(url, options):
    assert url == "https://schema.org", url
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": {"@vocab": "https://schema.org/"}}}


def plain(node):
    """Expanded JSON-LD with the vocabulary's address taken off and lists of one taken apart."""
    if isinstance(node, list):
        return plain(node[0]) if len(node) == 1 else [plain(one) for one in node]
    if isinstance(node, dict):
        if "@value" in node:
            return node["@value"]
        return {name.removeprefix("https://schema.org/"): plain(value) for name, value in node.items()}
    return node.removeprefix("https://schema.org/")


for path in sys.argv[1:]:
    blocks = Blocks()
    blocks.feed(open(path, encoding="utf-8").read())
    (block,) = blocks.found
    assert blocks.scripts == 0, "an inline script"
    fields = plain(jsonld.expand(json.loads(block), {"documentLoader": context}))
    print(json.dumps({"file": path, "reader": "PyLD", "fields": fields}))
