"""What the conformance suite scim2-tester says of the SCIM server whose address and token stand on standard input, as JSON on standard output.

The suite learns from the server's own schemas what there is, makes users with random values, and compares what comes back. Schemas cannot say that a
text is an email address, a phone number, a time zone or a country, so those get values of their form here; nothing else of the suite is changed.
"""

import json
import random
import sys
import uuid

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server


class Fresh(list):
    """Examples of which none comes twice: addresses are one account's alone."""

    def __getitem__(self, _):
        return f"{uuid.uuid4()}@example.org"


def examples(model):
    def named(of, name):
        return next(key for key, info in of.model_fields.items() if (info.serialization_alias or key) == name)

    def field(of, name):
        return of.model_fields[named(of, name)]

    def part(name):
        return model.get_field_root_type(named(model, name))

    field(model, "userName").examples = Fresh([None])
    field(model, "timezone").examples = ["Europe/Amsterdam", "America/New_York", "Asia/Tokyo"]
    field(part("phoneNumbers"), "value").examples = ["+31612345678", "+4930123456", "+12015550123"]
    field(part("addresses"), "country").examples = ["NL", "DE", "US"]


def main():
    address, token = sys.stdin.read().split()
    random.seed(20261123)
    http = Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    client = SyncSCIMClient(http)
    client.discover()
    (user,) = client.provider.resource_types
    examples(client.provider.model_for(user))
    results = check_server(client)
    json.dump(
        [{"check": one.title, "status": Status(one.status).name, "reason": one.reason} for one in results], sys.stdout
    )


main()
