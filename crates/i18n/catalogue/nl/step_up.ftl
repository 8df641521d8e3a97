# Opnieuw laten zien wie je bent, voordat iets gebeurt wat je account zou kunnen weggeven.

step-up-code-hint = De 6 cijfers die de app nu toont, of een herstelcode.
step-up-passkey-only = Je account heeft geen wachtwoord. Bevestig eerst met een passkey.
passkey-instead = In plaats daarvan met een passkey bevestigen
passkey-instead-stopped = Er is geen passkey gebruikt. Probeer het opnieuw als je zover bent.
problem-empty-app-code = Vul de code in die je app toont, of een herstelcode
problem-empty-email-app-code = Vul de code in die je app toont, of een herstelcode
problem-code-wrong-app-code = Deze code klopt niet of is al gebruikt. Typ de code die de app nu toont, of een herstelcode
problem-code-wrong-email-app-code = Deze code klopt niet of is al gebruikt. Typ de code die de app nu toont, of een herstelcode

## Een telefoonnummer bewijst niets

phone-unverified = Niet bevestigd
phone-unverified-text = Niemand heeft gecontroleerd dat het van jou is. Je logt er nooit mee in en krijgt er nooit je account mee terug.

security-advice-password-alone = Met alleen je wachtwoord gaat je account open: voeg een passkey toe of stel tweestapsverificatie in.
security-advice-no-codes = Je hebt geen herstelcodes meer: maak nieuwe, anders sluit het verlies van je telefoon je buiten.

remove-passkeys = Verwijder ook mijn andere manieren van inloggen: { $names }
remove-passkeys-any = Verwijder ook de passkeys van dit account, en de verbinding met een identity provider
remove-passkeys-when = Verwijder ze als misschien iemand anders heeft ingelogd: die kan er een hebben toegevoegd.
