# Choosing a new password.

passphrase-suggest = Suggest a passphrase
# Said to screen readers; the words follow.
passphrase-suggested = Filled in and visible:
passphrase-failed = No suggestion came. Try again.
passphrase-example = For example: { $words }
# Advice beside the field while somebody types; the server decides.
password-too-short = Too short
password-ok = OK
password-strong = Strong
