"""A typed client of the REST API, with nothing but the standard library: books the first free time of an agent, moves the meeting to the
next one and cancels it.

    python3 examples/book.py http://localhost:8080 anna

It books for real: try it on the demonstration (`cargo run --release -- demo`).
"""

import datetime
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid
import zoneinfo
from dataclasses import dataclass


@dataclass(frozen=True)
class MeetingType:
    slug: str
    name: str
    duration_minutes: int


@dataclass(frozen=True)
class Card:
    """What customers see of an agent."""

    name: str
    time_zone: str
    meeting_types: list[MeetingType]


@dataclass(frozen=True)
class Slot:
    start: str
    """The instant, in UTC."""
    local: str
    """The same instant on the clock of the zone that was asked for."""


@dataclass(frozen=True)
class Meeting:
    id: str
    status: str
    start: str
    token: str
    """The customer's personal token: good for this meeting alone."""


class Refused(Exception):
    """An answer of the server that is no success. `code` stays what it is, `detail` is for people."""

    def __init__(self, problem):
        super().__init__(problem.get("detail") or problem["title"])
        self.code = problem["code"]
        self.errors = problem.get("errors", [])


class Client:
    def __init__(self, base: str):
        self.base = base.rstrip("/")

    def card(self, agent: str) -> Card:
        answer = self._send("GET", f"/agents/{urllib.parse.quote(agent, safe='')}/public")
        known = ("slug", "name", "duration_minutes")
        kinds = [MeetingType(**{name: kind[name] for name in known}) for kind in answer["meeting_types"]]
        return Card(answer["name"], answer["time_zone"], kinds)

    def slots(self, agent: str, meeting_type: str, first: datetime.date, last: datetime.date, zone: str) -> list[Slot]:
        query = {"meeting_type": meeting_type, "from": first, "to": last, "time_zone": zone}
        answer = self._send("GET", f"/agents/{urllib.parse.quote(agent, safe='')}/slots?{urllib.parse.urlencode(query)}")
        return [Slot(slot["start"], slot["local"]) for slot in answer["slots"]]

    def book(self, agent: str, meeting_type: str, start: str, name: str, email: str, zone: str) -> Meeting:
        customer = {"name": name, "email": email, "time_zone": zone}
        wish = {"agent": agent, "meeting_type": meeting_type, "start": start, "customer": customer}
        return self._meeting(self._send("POST", "/meetings", wish))

    def reschedule(self, meeting: Meeting, start: str) -> Meeting:
        return self._meeting(self._send("PATCH", f"/meetings/{meeting.id}", {"start": start}, meeting.token))

    def cancel(self, meeting: Meeting, reason: str) -> Meeting:
        return self._meeting(self._send("DELETE", f"/meetings/{meeting.id}", {"reason": reason}, meeting.token))

    @staticmethod
    def _meeting(answer) -> Meeting:
        return Meeting(answer["id"], answer["status"], answer["start"], answer["manage_url"].rsplit("/", 1)[1])

    def _send(self, method, path, body=None, token=None):
        headers = {"Accept-Language": "en"}
        if body is not None:
            # A server that gets the same key again does nothing twice: whoever tries again sends it again.
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/v1{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if "json" not in error.headers.get("Content-Type", ""):
                # Not the server itself: a proxy before it.
                raise Refused({"code": f"status_{error.code}", "title": error.reason}) from None
            raise Refused(json.load(error)) from None


def main(base, agent):
    client = Client(base)
    card = client.card(agent)
    if not card.meeting_types:
        sys.exit("the agent has no meeting type")
    kind = card.meeting_types[0]
    print(f"{card.name}: {kind.name}, {kind.duration_minutes} minutes")
    today = datetime.datetime.now(zoneinfo.ZoneInfo(card.time_zone)).date()
    slots = client.slots(agent, kind.slug, today, today + datetime.timedelta(days=14), card.time_zone)
    if len(slots) < 2:
        sys.exit("no two free times in two weeks")
    first, second, *_ = slots
    meeting = client.book(agent, kind.slug, first.start, "Zoë Example", "zoe@example.com", card.time_zone)
    print(f"{meeting.status}: {first.local} ({card.time_zone})")
    meeting = client.reschedule(meeting, second.start)
    print(f"{meeting.status}: {second.local} ({card.time_zone})")
    print(client.cancel(meeting, "Only an example").status)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("URL and slug, please")
    try:
        main(*sys.argv[1:])
    except Refused as refused:
        sys.exit(f"{refused} ({refused.code})")
