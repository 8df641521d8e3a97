"""Opens a download of one's data with Python's zipfile and reads its calendar with the icalendar package.

Prints one JSON object: the text of each JSON file, the sizes of the others, and what the calendar holds.
"""

import json
import sys
import zipfile

from icalendar import Calendar

with zipfile.ZipFile(sys.argv[1]) as archive:
    if (broken := archive.testzip()) is not None:
        sys.exit(f"{broken} is damaged")
    files, texts, events = {}, {}, []
    for info in archive.infolist():
        name = info.filename.split("/", 1)[1]
        content = archive.read(info)
        files[name] = {"folder": info.filename.split("/", 1)[0], "size": len(content), "at": list(info.date_time)}
        if name.endswith(".json"):
            texts[name] = json.loads(content)
        if name.endswith(".ics"):
            [calendar] = Calendar.from_ical(content, multiple=True)
            for event in calendar.walk("VEVENT"):
                if event.errors:
                    sys.exit(f"{event.errors}")
                events.append({
                    "uid": str(event["UID"]), "status": str(event["STATUS"]), "summary": str(event["SUMMARY"]),
                    "start": event.decoded("DTSTART").isoformat(), "description": str(event["DESCRIPTION"]),
                })
json.dump({"files": files, "json": texts, "events": events}, sys.stdout)
