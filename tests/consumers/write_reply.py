"""Answers an invitation as calendars do (RFC 5546 3.2.3): MAIL ATTENDEE PARTSTAT FOLDER. icalendar and vobject each write the calendar
part, in the three shapes in which it is mailed. One JSON line a mail: its file and its shape."""

import copy
import email
import email.policy
import json
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import icalendar
import vobject

# Later than any clock of a test.
STAMP = datetime(2040, 1, 1)
ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
"""


def with_icalendar(raw, attendee, partstat):
    calendar = icalendar.Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    people = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    (own,) = [one for one in people if one.lower() == f"mailto:{attendee.lower()}"]
    own.params["PARTSTAT"] = partstat
    own.params.pop("RSVP", None)
    event["ATTENDEE"] = own
    event["DTSTAMP"] = icalendar.vDDDTypes(STAMP.replace(tzinfo=UTC))
    calendar["METHOD"] = "REPLY"
    calendar["PRODID"] = "-//icalendar//EN"
    # As Outlook does.
    calendar.subcomponents.insert(0, icalendar.Timezone.from_ical(ZONE))
    return calendar.to_ical()


def with_vobject(raw, attendee, partstat):
    calendar = vobject.readOne(raw.decode())
    event = calendar.vevent
    own = copy.copy(next(one for one in event.attendee_list if one.value.lower() == f"mailto:{attendee.lower()}"))
    own.partstat_param = partstat
    # As Exchange does: the scheme in capitals, and no organizer.
    own.value = f"MAILTO:{attendee}"
    event.attendee_list[:] = [own]
    del event.organizer_list[:]
    event.dtstamp.value = STAMP.replace(tzinfo=vobject.icalendar.utc)
    calendar.method.value = "REPLY"
    return calendar.serialize().encode()


def mails(to, attendee, reply):
    """As one part, beside a text in base64, and as a file behind a text."""
    alone, beside, behind = EmailMessage(), EmailMessage(), EmailMessage()
    alone.set_content(reply.decode(), subtype="calendar", params={"method": "REPLY"}, cte="8bit")
    beside.set_content("Accepted or not: see the calendar part.")
    beside.add_alternative(reply.decode(), subtype="calendar", params={"method": "REPLY"}, cte="base64")
    behind.set_content("Accepted or not: see the file.")
    behind.add_attachment(reply, maintype="application", subtype="ics", filename="invite.ics")
    for name, mail in (("alone", alone), ("beside", beside), ("behind", behind)):
        mail["From"], mail["To"], mail["Subject"] = attendee, to, "Re: the invitation"
        yield name, mail.as_bytes(policy=email.policy.SMTP)


mail_file, attendee, partstat, folder = sys.argv[1:]
invitation = email.message_from_bytes(Path(mail_file).read_bytes(), policy=email.policy.default)
(part,) = [one for one in invitation.walk() if one.get_content_type() == "text/calendar"]
raw = part.get_payload(decode=True)
(organizer,) = [line for line in raw.replace(b"\r\n ", b"").splitlines() if line.startswith(b"ORGANIZER")]
to = organizer.decode().rsplit(":", 1)[1]
for writer in (with_icalendar, with_vobject):
    for shape, mail in mails(to, attendee, writer(raw, attendee, partstat)):
        name = f"{writer.__name__}-{shape}"
        file = Path(folder, f"{name}.eml")
        file.write_bytes(mail)
        print(json.dumps({"file": str(file), "reader": name, "fields": {}}))
