"""Slots by looking at the wall clock of every minute, with Python's zoneinfo and the tzdata package.

Reads a JSON list of cases in the shape of tests/vectors/time-zones.json from standard input and prints the list of
their starts. PYTHONTZPATH must be empty, so that the machine's own data is not used.
"""

import datetime as dt
import functools
import json
import sys
import zoneinfo

UTC = dt.timezone.utc
MINUTE = dt.timedelta(minutes=1)
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def minutes(text):
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


@functools.lru_cache(maxsize=4096)
def clock(zone, date):
    """Each minute that can show `date`, with what the clock of `zone` shows."""
    t = dt.datetime.combine(date, dt.time(), UTC) - dt.timedelta(hours=30)
    info = zoneinfo.ZoneInfo(zone)
    return [(t + k * MINUTE, (t + k * MINUTE).astimezone(info)) for k in range(84 * 60)]


def members(zone, date, start, end):
    for t, local in clock(zone, date):
        if local.date() == date and start <= local.hour * 60 + local.minute < end:
            yield t


def zone_of(case, date):
    for trip in case["zone_overrides"]:
        if dt.date.fromisoformat(trip["from"]) <= date <= dt.date.fromisoformat(trip["to"]):
            return trip["zone"]
    return case["zone"]


def hours(case, date):
    if date.isoformat() in case["overrides"]:
        return case["overrides"][date.isoformat()]
    return case["weekly"].get(DAYS[date.weekday()], [])


def starts(case):
    first, last = (dt.date.fromisoformat(case[key]) for key in ("from", "to"))
    duration = dt.timedelta(minutes=case["duration_min"])
    interval = dt.timedelta(minutes=case["interval_min"])
    busy = [[dt.datetime.fromisoformat(end.replace("Z", "+00:00")) for end in pair] for pair in case["busy"]]
    is_open, windows = set(), []
    date = first - dt.timedelta(days=2)
    while date <= last + dt.timedelta(days=2):
        for start, end in hours(case, date):
            run = []
            for t in members(zone_of(case, date), date, minutes(start), minutes(end)):
                is_open.add(t)
                if first <= date <= last:
                    if run and t == run[-1] + MINUTE:
                        run.append(t)
                    else:
                        run = [t]
                        windows.append(run)
        date += dt.timedelta(days=1)
    found = set()
    for window in windows:
        t = window[0]
        while t <= window[-1]:
            fits = all(t + k * MINUTE in is_open for k in range(case["duration_min"]))
            if fits and not any(a < t + duration and t < b for a, b in busy):
                found.add(t)
            t += interval
    return [t.strftime("%Y-%m-%dT%H:%M:%SZ") for t in sorted(found)]


if __name__ == "__main__":
    release = zoneinfo.ZoneInfo("America/Havana").utcoffset(dt.datetime(2026, 12, 1, 12))
    assert release == dt.timedelta(hours=-4), "the tzdata package is older than 2026f"
    json.dump([starts(case) for case in json.load(sys.stdin)], sys.stdout)
