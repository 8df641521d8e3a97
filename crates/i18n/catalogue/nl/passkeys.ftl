# Passkeys: signing in without a password.

message-passkey-added-subject = Er is een passkey aan je account toegevoegd
message-passkey-added-lead = Er is een passkey, { $passkey }, toegevoegd aan je account bij { $host }, op { $at }. Daarmee log je in zonder je wachtwoord.
message-passkey-added-not-you = Was jij dat niet, verwijder hem dan bij Beveiliging in je account, wijzig je wachtwoord en meld het bij de beheerder van { $organisation }.
message-passkey-removed-subject = Er is een passkey van je account verwijderd
message-passkey-removed-lead = Er is een passkey, { $passkey }, verwijderd van je account bij { $host }, op { $at }. Je kunt er niet meer mee inloggen.
message-passkey-removed-not-you = Was jij dat niet, wijzig dan je wachtwoord en meld het meteen bij de beheerder van { $organisation }.
refused-last-way-in = Deze passkey is de enige manier om in je account te komen. Stel eerst een wachtwoord in.
api-last-way-in = Dit is de enige manier om in het account te komen.

sign-in-by-passkey = Inloggen met een passkey
passkey-sign-in-stopped = Er is geen passkey gebruikt. Probeer het opnieuw, of log in met je wachtwoord.
passkey-wrong = Deze passkey is hier niet geaccepteerd. Probeer een andere, of log in met je wachtwoord.
passkey-late = Dat duurde te lang of is twee keer verstuurd. Probeer het opnieuw.
passkey-wait = Je browser vraagt het je nu.
passkey-failed = Dat is niet gelukt. Controleer je verbinding en probeer het over een minuut opnieuw.

passkeys-title = Passkeys
passkeys-none = Je wachtwoord is je enige manier om in te loggen. Voeg een passkey toe, dan log je ook in met je vinger, je gezicht of de pincode van je apparaat: je hoeft niets te onthouden, en een valse pagina kan je niets ontfutselen.
passkeys-what = Je logt in met je vinger, je gezicht of de pincode van een apparaat. Je wachtwoord blijft werken.
passkeys-impossible = Deze server is bereikbaar via een IP-adres. Passkeys horen bij een naam, daarom zijn ze er hier niet.
passkey-add = Passkey toevoegen
passkey-add-asks = Eerst wordt om je wachtwoord gevraagd.
passkey-add-needs = Een passkey toevoegen kan alleen met JavaScript en een browser die passkeys kent.
passkey-add-stopped = Er is geen passkey toegevoegd. Probeer het opnieuw als je zover bent.
passkey-add-known = Dit apparaat of deze wachtwoordmanager heeft al een passkey voor je account.
passkey-not-added = Deze passkey kon niet worden toegevoegd. Probeer het opnieuw, of gebruik een ander apparaat of een andere wachtwoordmanager.
passkey-added = Toegevoegd: { $when }
passkey-used = Laatst gebruikt: { $when }
passkey-unused = Nog niet gebruikt
passkey-rename = Naam wijzigen
passkey-rename-title = Naam van “{ $name }” wijzigen
passkey-name = Naam
passkey-name-hint = Iets waaraan je hem herkent, zoals Laptop werk
passkey-save-name = Naam opslaan
passkey-remove = Verwijderen
passkey-remove-title = “{ $name }” verwijderen?
passkey-remove-text = Je kunt er niet meer mee inloggen, en waar hij nu is ingelogd, word je uitgelogd.
passkey-remove-left = { $count ->
    [0] Je kunt nog inloggen met je wachtwoord.
    [one] Je kunt nog inloggen met je andere passkey en je wachtwoord.
   *[other] Je kunt nog inloggen met je { $count } andere passkeys en je wachtwoord.
}
passkey-remove-there = Je apparaat of wachtwoordmanager houdt zijn eigen kopie. Verwijder hem daar ook.
passkey-remove-button = “{ $name }” verwijderen
saved-passkey-added = Je passkey is toegevoegd. Gebruik hem de volgende keer dat je inlogt.
saved-passkey-named = De naam van je passkey is opgeslagen.
saved-passkey-removed = De passkey is verwijderd.

confirm-title = Bevestig dat jij het bent
confirm-lead = Laat voor deze wijziging zien dat jij het bent.
confirm-button = Doorgaan
confirm-by-passkey = Passkey gebruiken
confirm-stopped = Er is geen passkey gebruikt. Probeer het opnieuw, of typ je wachtwoord.
