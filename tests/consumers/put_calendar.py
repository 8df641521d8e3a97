"""Puts calendar files into two calendar servers, Xandikos and Radicale, each on a port of its own and in a folder of its own. The
files are the states of meetings, `MEETING.N.ics`: the first twice with `If-None-Match: *`, the others once with `If-Match`. One JSON line
a file and server: the answers, and, of the last state of a meeting, UID, SEQUENCE and STATUS as they are read back."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PATIENCE = 60


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def xandikos(folder, port):
    return [str(Path(sys.executable).with_name("xandikos")), "serve", "-d", folder, "--state-dir", f"{folder}/state", "--defaults", "--no-detect-systemd",
            "--listen-address", "127.0.0.1", "--port", str(port)], "/user/calendars/"


def radicale(folder, port):
    return [sys.executable, "-m", "radicale", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none",
            "--storage-filesystem-folder", folder], "/anna/"


def connected(port, server):
    """Waits until the server answers: the kernel refuses at once while nobody listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.connect()
            return connection
        except ConnectionRefusedError:
            os.sched_yield()
    raise SystemExit(f"nobody answers at {port}")


def ask(connection, method, path, body=None, headers=None):
    # Radicale asks who it is, and believes every answer.
    connection.request(method, path, body=body, headers={"Authorization": "Basic YW5uYTo=", **(headers or {})})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers["ETag"]


def line(name, file):
    found = re.search(rb"(?m)^" + name + rb":(.+?)\r?$", file.replace(b"\r\n ", b""))
    return found[1].decode() if found else None


def put_all(server):
    """Everything into one server; the lines to print."""
    name, start = server
    lines, etags = [], {}
    last = {Path(path).stem.rsplit(".", 1)[0]: path for path in sys.argv[1:]}
    with tempfile.TemporaryDirectory(prefix=f"nameplate-{name}-") as folder, open(f"{folder}.log", "wb") as log:
        port = free_port()
        command, home = start(folder, port)
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            connection = connected(port, process)
            calendars = {}
            for path in sys.argv[1:]:
                meeting, state = Path(path).stem.rsplit(".", 1)
                if meeting not in calendars:
                    # A server looks through all of a calendar at each writing.
                    calendar = f"{home}calendar-{len(calendars) // 25}/"
                    if len(calendars) % 25 == 0:
                        status, _, _ = ask(connection, "MKCALENDAR", calendar)
                        assert status == 201, status
                    calendars[meeting] = calendar
                body, place = Path(path).read_bytes(), f"{calendars[meeting]}{meeting}.ics"
                condition = {"If-None-Match": "*"} if state == "0" else {"If-Match": etags[meeting]}
                headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
                status, _, etags[meeting] = ask(connection, "PUT", place, body, headers)
                answers, fields = [status], {}
                if state == "0":
                    answers.append(ask(connection, "PUT", place, body, headers)[0])
                if last[meeting] == path:
                    _, kept, _ = ask(connection, "GET", place)
                    fields = {name: line(name.upper().encode(), kept) for name in ("uid", "sequence", "status")}
                lines.append(json.dumps({"file": path, "reader": name, "fields": {"answers": answers, **fields}}))
        except BaseException:
            sys.stderr.write(Path(f"{folder}.log").read_text())
            raise
        finally:
            process.terminate()
            process.wait(PATIENCE)
            os.remove(f"{folder}.log")
    return lines


with ThreadPoolExecutor() as pool:
    for lines in pool.map(put_all, [("xandikos", xandikos), ("radicale", radicale)]):
        print("\n".join(lines))
