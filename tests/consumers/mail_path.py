"""A mail server as organisations run it: OpenSMTPD takes mail and hands it over to Dovecot by LMTP, Dovecot shows it by IMAP.
Prints the port of SMTP. For each line on standard input, an address, prints as JSON how IMAP describes the next mail in that
mailbox, and its bytes. Everything is in a folder of its own, and ends with standard input. Runs as root, in a mount namespace
of its own: OpenSMTPD keeps its queue and its control socket at fixed places."""

import base64
import imaplib
import json
import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 60


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def tree(text):
    """The tree of parts in an answer to BODYSTRUCTURE (RFC 3501 section 7.4.2)."""
    words = re.findall(r'\(|\)|"(?:\\.|[^"\\])*"|[^\s()]+', text.split("BODYSTRUCTURE", 1)[1])

    def read():
        items = []
        for word in iter(lambda: words.pop(0), ")"):
            items.append(read() if word == "(" else word.strip('"'))
        return items

    def part(items):
        if isinstance(items[0], list):
            inner = [item for item in items if isinstance(item, list)][:next(
                n for n, item in enumerate(items) if not isinstance(item, list))]
            return {"type": f"multipart/{items[len(inner)]}", "parts": [part(one) for one in inner]}
        names = dict(zip(items[2][::2], items[2][1::2])) if isinstance(items[2], list) else {}
        disposition = items[9 if items[0] == "text" else 8]
        return {"type": f"{items[0]}/{items[1]}", "encoding": items[5], "method": names.get("method"),
                "disposition": disposition[0] if isinstance(disposition, list) else None}

    assert words.pop(0) == "("
    return part(read())


def connect(port, greeting):
    """Waits until somebody answers at a port: the kernel refuses at once while nobody listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as one:
                if one.recv(200).startswith(greeting):
                    return
        except ConnectionRefusedError:
            os.sched_yield()
    raise SystemExit(f"nobody answers at {port}")


if os.environ.get("NAMEPLATE_ISOLATED") != "1":
    os.environ["NAMEPLATE_ISOLATED"] = "1"
    os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])

folder = Path(tempfile.mkdtemp(prefix="nameplate-mail-"))
folder.chmod(0o755)
for place in ["/run", "/var/spool"]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", place], check=True)
smtp, imap = free_port(), free_port()
(folder / "smtpd.conf").write_text(f"""
listen on 127.0.0.1 port {smtp}
table anyone {{ "@" = "mail" }}
action "lmtp" lmtp "{folder}/lmtp" rcpt-to virtual <anyone>
match from any for domain "customer.example" action "lmtp"
match from any for domain "harbour.example" action "lmtp"
match from any for domain "mail.example.com" action "lmtp"
action "nobody" mda "echo no such person; exit 67" virtual <anyone>
match from any for domain "nobody.example" action "nobody"
""")
(folder / "dovecot.conf").write_text(f"""
protocols = imap lmtp
base_dir = {folder}/run
state_dir = {folder}/state
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
recipient_delimiter = /
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
log_path = /dev/stderr
auth_username_chars =
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u
}}
service lmtp {{
  unix_listener {folder}/lmtp {{
    mode = 0666
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
}}
""")
os.chmod(folder / "smtpd.conf", 0o600)
mail = pwd.getpwnam("mail")
(folder / "mail").mkdir()
os.chown(folder / "mail", mail.pw_uid, mail.pw_gid)
log = open(folder / "log", "wb")
servers = [
    subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    for arguments in (["dovecot", "-F", "-c", str(folder / "dovecot.conf")],
                      ["smtpd", "-d", "-f", str(folder / "smtpd.conf")])
]
try:
    connect(imap, b"* OK")
    connect(smtp, b"220")
    print(smtp, flush=True)
    seen = {}
    for line in sys.stdin:
        address = line.strip()
        box = imaplib.IMAP4("127.0.0.1", imap, timeout=PATIENCE)
        box.login(address, "x")
        number = seen[address] = seen.get(address, 0) + 1
        _, [there] = box.select("INBOX")
        if int(there) < number:
            box.send(b"idle IDLE\r\n")
            while True:
                said = box.readline()
                if said.endswith(b" EXISTS\r\n") and int(said.split()[1]) >= number:
                    break
            box.send(b"DONE\r\n")
            while not box.readline().startswith(b"idle "):
                pass
        _, structure = box.fetch(str(number), "(BODYSTRUCTURE)")
        _, [(_, raw), *_] = box.fetch(str(number), "(BODY.PEEK[])")
        print(json.dumps({"tree": tree(structure[0].decode()), "raw": base64.b64encode(raw).decode()}), flush=True)
        box.logout()
finally:
    for server in servers:
        server.send_signal(signal.SIGTERM)
    for server in servers:
        server.wait(PATIENCE)
    log.close()
    if sys.exc_info()[0] is not None and sys.exc_info()[0] is not SystemExit:
        sys.stderr.write((folder / "log").read_text())
    subprocess.run(["rm", "-r", str(folder)], check=False)
