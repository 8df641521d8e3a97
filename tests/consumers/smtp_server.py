"""An SMTP server that keeps what it gets, or refuses as its first argument says: `ok`, `rcpt550`, `rcpt451`, `data550`,
`data451`, `drop` (closes behind the final dot) or `starttls` (offers TLS with the certificate of the next two arguments). Prints its port,
then one JSON line a message: envelope and the exact bytes as base64."""

import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP

mode = sys.argv[1]


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode.startswith("rcpt"):
            return {"rcpt550": "550 5.1.1 no such person", "rcpt451": "451 4.7.1 later"}[mode]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if mode.startswith("data"):
            return {"data550": "550 5.7.1 refused", "data451": "451 4.3.0 later"}[mode]
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
            "raw": base64.b64encode(envelope.original_content).decode(),
        }), flush=True)
        if mode == "drop":
            server.transport.abort()
        return "250 2.0.0 kept"


def session():
    context = None
    if mode == "starttls":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    return SMTP(Handler(), hostname="mail.example.com", tls_context=context, enable_SMTPUTF8=False)


async def serve():
    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
