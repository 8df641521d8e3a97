# Choosing a new password.

passphrase-suggest = Stel een wachtzin voor
# Said to screen readers; the words follow.
passphrase-suggested = Ingevuld en zichtbaar:
passphrase-failed = Er kwam geen voorstel. Probeer het opnieuw.
passphrase-example = Bijvoorbeeld: { $words }
# Advice beside the field while somebody types; the server decides.
password-too-short = Te kort
password-ok = Goed
password-strong = Sterk
