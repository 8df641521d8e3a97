"""A program that knows a server by its OpenAPI document alone: it makes accounts with full profiles, changes them, keeps a copy of all of them
by the feed of changes meanwhile, and compares the copy with the list.

BASE_URL and COUNT as arguments, an admin's token as the first line of standard input. Prints "done N" after every N writes that were
acknowledged, and at the end a line of JSON. Whatever is not answered is asked again with its Idempotency-Key.
"""

import http.client
import json
import sys
import threading
import time
import urllib.parse

BASE = urllib.parse.urlsplit(sys.argv[1])
COUNT = int(sys.argv[2])
TOKEN = sys.stdin.readline().strip()
WRITERS = 4
PATIENCE = 180


class Api:
    """One connection, and what the document says."""

    document = None

    def __init__(self):
        self.connection = None
        self.unanswered = 0
        if Api.document is None:
            Api.document = self.send("GET", "/api/v1/openapi.json", {}, None)[1]
        self.operations = {
            described["operationId"]: (method.upper(), path, described)
            for path, methods in Api.document["paths"].items()
            for method, described in methods.items()
        }

    def send(self, method, target, headers, body):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(BASE.hostname, BASE.port, timeout=30)
                self.connection.request(method, target, body, {"Authorization": f"Bearer {TOKEN}", **headers})
                answer = self.connection.getresponse()
                text = answer.read()
                if answer.status in (429, 503) or (answer.status == 409 and json.loads(text)["code"] == "in_flight"):
                    time.sleep(float(answer.headers.get("Retry-After", "1")))
                    continue
                return answer.status, json.loads(text) if text else None
            except (OSError, http.client.HTTPException):
                self.connection.close()
                self.connection = None
                self.unanswered += 1
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def call(self, operation, body=None, key=None, query=None, **path):
        method, target, described = self.operations[operation]
        target = target.format(**{name: urllib.parse.quote(value, safe="") for name, value in path.items()})
        if query:
            target += "?" + urllib.parse.urlencode(query)
        headers = {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key is not None:
            assert any(one["name"] == "Idempotency-Key" for one in described["parameters"]), operation
            headers["Idempotency-Key"] = key
        status, answer = self.send(method, target, headers, None if body is None else json.dumps(body))
        assert str(status) in described["responses"], f"{operation}: {status} is not in the document"
        assert status < 300, f"{operation}: {status} {answer}"
        return answer


def profile(number):
    fields = {
        "name": f"Agent Nº {number}",
        "display_name": f"Nº {number}",
        "email": f"agent-{number}@mirror.example",
        "slug": f"mirror-{number}",
        "job_title": "Adviser",
        "phone_number": f"+31612{number:06}",
        "time_zone": ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata"][number % 3],
        "location": {"name": "Branch", "street": f"Quay {number}", "city": "Eindhoven", "country": "NL"},
        "visibility": {"email": ["booking_page"], "phone_number": ["messages"]},
        "external_ids": {"crm": f"0031-{number}"},
    }
    known = Api.document["components"]["schemas"]["AccountWish"]["properties"]
    assert fields.keys() <= known.keys(), fields.keys() - known.keys()
    return fields


writes = 0
unanswered = 0
failures = []
lock = threading.Lock()


def acknowledged():
    global writes
    with lock:
        writes += 1
        if writes % 100 == 0:
            print(f"done {writes}", flush=True)


def write(first):
    global unanswered
    api = Api()
    try:
        for number in range(first, COUNT, WRITERS):
            made = api.call("post_agents", profile(number), f"make-{number}")
            acknowledged()
            for round in range(2):
                change = {"job_title": f"Adviser {round}", "location": {"city": f"City {round}"}}
                api.call("patch_agents_slug", change, f"change-{number}-{round}", slug=made["id"])
                acknowledged()
            if number % 10 == 0:
                api.call("delete_agents_slug", {}, f"stop-{number}", slug=made["id"])
                acknowledged()
    except Exception as problem:
        failures.append(repr(problem))
    with lock:
        unanswered += api.unanswered


def listed(api):
    found, cursor = {}, None
    while True:
        page = api.call("get_agents", query={"limit": 100, **({"cursor": cursor} if cursor else {})})
        found.update((agent["id"], agent) for agent in page["agents"])
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def mirror(copy, cursor, api):
    """Everything up to now; the cursor to go on from."""
    while True:
        page = api.call("get_changes", query={"limit": 100, **({"cursor": cursor} if cursor else {})})
        for change in page["changes"]:
            if change["agent"] is None:
                copy.pop(change["id"], None)
            else:
                copy[change["id"]] = change["agent"]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            return cursor


api = Api()
writers = [threading.Thread(target=write, args=(first,)) for first in range(WRITERS)]
for writer in writers:
    writer.start()
copy, cursor, looks = {}, None, 0
while any(writer.is_alive() for writer in writers):
    cursor = mirror(copy, cursor, api)
    looks += 1
mirror(copy, cursor, api)
truth = listed(api)
made = [agent for agent in truth.values() if agent["email"].endswith("@mirror.example")]
wrong = [agent["email"] for agent in made if agent["location"]["city"] != "City 1" or agent["job_title"] != "Adviser 1"]
print(json.dumps({
    "made": len(made),
    "deactivated": sum(agent["status"] == "disabled" for agent in made),
    "wrong": wrong,
    "differences": sorted(id for id in truth.keys() | copy.keys() if truth.get(id) != copy.get(id)),
    "unanswered": unanswered,
    "looks": looks,
    "failures": failures,
}), flush=True)
