"""Reads calendar files with icalendar, vobject and ics; one JSON line a file and reader, on standard output."""

import json
import sys

import ics
import icalendar
import vobject


def utc(value):
    return value.strftime("%Y%m%dT%H%M%SZ")


def address(text):
    return text[7:] if text.lower().startswith("mailto:") else text


def with_icalendar(raw):
    calendar = icalendar.Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    assert not event.errors, event.errors

    def text(name):
        return str(event.get(name, ""))

    def person(value):
        return {"address": address(str(value)), "name": str(value.params.get("CN", "")),
                "role": str(value.params.get("ROLE", "")), "partstat": str(value.params.get("PARTSTAT", "")),
                "rsvp": str(value.params.get("RSVP", ""))}

    attendees = event.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    return {
        "method": str(calendar["METHOD"]), "uid": text("UID"), "sequence": int(event["SEQUENCE"]),
        "start": utc(event["DTSTART"].dt), "end": utc(event["DTEND"].dt), "stamp": utc(event["DTSTAMP"].dt),
        "summary": text("SUMMARY"), "description": text("DESCRIPTION"), "location": text("LOCATION"),
        "url": text("URL"), "status": text("STATUS"), "organizer": person(event["ORGANIZER"]),
        "attendees": [person(value) for value in attendees],
    }


def with_vobject(raw):
    calendar = vobject.readOne(raw.decode())
    (event,) = calendar.vevent_list

    def text(name):
        return getattr(event, name).value if hasattr(event, name) else ""

    def person(line):
        first = {name: values[0] for name, values in line.params.items()}
        return {"address": address(line.value), "name": first.get("CN", ""), "role": first.get("ROLE", ""),
                "partstat": first.get("PARTSTAT", ""), "rsvp": first.get("RSVP", "")}

    return {
        "method": calendar.method.value, "uid": text("uid"), "sequence": int(text("sequence")),
        "start": utc(text("dtstart")), "end": utc(text("dtend")), "stamp": utc(text("dtstamp")),
        "summary": text("summary"), "description": text("description"), "location": text("location"),
        "url": text("url"), "status": text("status"), "organizer": person(event.organizer),
        "attendees": [person(line) for line in event.contents.get("attendee", [])],
    }


def with_ics(raw):
    calendar = ics.Calendar(raw.decode())
    (event,) = calendar.events
    return {
        "method": str(calendar.method), "uid": event.uid, "start": utc(event.begin), "end": utc(event.end),
        "summary": event.name or "", "description": event.description or "", "location": event.location or "",
        "url": event.url or "", "status": event.status,
    }


for path in sys.argv[1:]:
    raw = open(path, "rb").read()
    for name, read in [("icalendar", with_icalendar), ("vobject", with_vobject), ("ics", with_ics)]:
        try:
            fields = read(raw)
        except Exception as error:  # the comparison shows it
            fields = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({"file": path, "reader": name, "fields": fields}))
