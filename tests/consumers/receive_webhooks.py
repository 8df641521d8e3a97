"""A receiver of webhooks over TLS: CERTIFICATE KEY as arguments, the signing secret as the first line of standard input.

Prints its port, then a line of JSON for each delivery that the library of Standard Webhooks takes; it answers 400 to any other.
"""

import http.server
import json
import ssl
import sys

import standardwebhooks

secret = []


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if not secret:
            secret.append(sys.stdin.readline().strip())
        try:
            headers = {name.lower(): value for name, value in self.headers.items()}
            told = standardwebhooks.Webhook(secret[0]).verify(body, headers)
            status = 200
            print(json.dumps({"id": headers["webhook-id"], **told}), flush=True)
        except standardwebhooks.WebhookVerificationError:
            status = 400
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
