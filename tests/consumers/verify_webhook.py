"""Whether the library of Standard Webhooks takes each of the requests on standard input, as JSON on standard output."""

import datetime
import json
import sys
from unittest import mock

import standardwebhooks.webhooks as library


def verifies(request):
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(request["now"], tz)

    with mock.patch.object(library, "datetime", Clock):
        try:
            library.Webhook(request["secret"]).verify(request["body"], request["headers"])
            return True
        except library.WebhookVerificationError:
            return False


json.dump([verifies(request) for request in json.load(sys.stdin)], sys.stdout)
