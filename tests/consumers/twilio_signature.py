"""Signs calls as Twilio does, by its own library: reads [token, [url, {field: value}]...] and prints a list of signatures."""

import json
import sys

from twilio.request_validator import RequestValidator

token, *calls = json.load(sys.stdin)
validator = RequestValidator(token)
print(json.dumps([validator.compute_signature(url, fields) for url, fields in calls]))
