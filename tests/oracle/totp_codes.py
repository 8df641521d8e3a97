"""The codes that an authenticator app shows: reads the secret and instants in seconds as arguments, prints a code a line."""

import sys

import pyotp

app = pyotp.TOTP(sys.argv[1])
for second in sys.argv[2:]:
    print(app.at(int(second)))
