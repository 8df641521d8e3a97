"""Puts calendar files into two calendar servers, Xandikos and Radicale, each on a port of its own and in a folder of its own:
twice each, `If-None-Match: *`, and reads the UID back. One JSON line a file and server: both answers, and the UID."""

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
            "--listen-address", "127.0.0.1", "--port", str(port)], "/user/calendars/calendar/", None


def radicale(folder, port):
    return [sys.executable, "-m", "radicale", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none",
            "--storage-filesystem-folder", folder], "/anna/calendar/", "MKCALENDAR"


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
    return answer.status, answer.read()


def put_all(server):
    """Everything into one server; the lines to print."""
    name, start = server
    lines = []
    with tempfile.TemporaryDirectory(prefix=f"nameplate-{name}-") as folder, open(f"{folder}.log", "wb") as log:
        port = free_port()
        command, calendar, make = start(folder, port)
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            connection = connected(port, process)
            if make:
                status, _ = ask(connection, make, calendar)
                assert status == 201, status
            for path in sys.argv[1:]:
                body, place = Path(path).read_bytes(), calendar + Path(path).name
                headers = {"Content-Type": "text/calendar; charset=utf-8", "If-None-Match": "*"}
                answers = [ask(connection, "PUT", place, body, headers)[0] for _ in range(2)]
                _, kept = ask(connection, "GET", place)
                uid = re.search(rb"(?m)^UID:(.+?)\r?$", kept.replace(b"\r\n ", b""))
                lines.append(json.dumps({"file": path, "reader": name, "fields": {
                    "answers": answers, "uid": uid[1].decode() if uid else None}}))
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
