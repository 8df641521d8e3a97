# Signing in by the organisation's identity provider. { $provider } is what the operator calls it, like “Harbour login”.

oidc-sign-in = Inloggen met { $provider }
oidc-unavailable = { $provider } antwoordt nu niet. Log in met je wachtwoord, of probeer het over een minuut opnieuw.
oidc-late = Dat duurde te lang, gebeurde twee keer of eindigde in een andere browser. Probeer het opnieuw.
oidc-denied = { $provider } heeft je niet ingelogd. Probeer het opnieuw, of gebruik je wachtwoord.
oidc-refused = Inloggen met { $provider } is niet gelukt. Probeer het opnieuw, gebruik je wachtwoord of vraag het je beheerder.
oidc-unconnected = { $provider } kent je, maar is nog niet verbonden met je account hier. Log één keer in met je wachtwoord of een passkey en kies dan “Verbinden” bij Beveiliging. Heb je nog geen wachtwoord? Gebruik de link in je uitnodiging, of “Wachtwoord vergeten?”.

oidc-leave-title = Verder naar { $provider }
oidc-leave-lead = Je gaat vanzelf verder naar { $provider } en komt daarna hier terug.
oidc-leave-link = Verder naar { $provider }
oidc-leave-back = Terug

provider-on = Verbonden
provider-on-text = Je logt in met { $provider }. Je andere manieren om in te loggen blijven werken.
provider-as = Verbonden als { $email }
provider-since = Sinds { $when }
provider-used = Laatst gebruikt: { $when }
provider-unused = Nog niet gebruikt
provider-what = Verbind je account, dan log je in met { $provider }, zonder een wachtwoord van deze server.
provider-connect = Verbinden met { $provider }
provider-disconnect = Verbinding met { $provider } verbreken
provider-disconnect-title = Verbinding met { $provider } verbreken?
provider-disconnect-text = Met { $provider } kun je dan niet meer inloggen op je account, en iedereen die erop is ingelogd wordt uitgelogd, behalve op dit apparaat.
provider-disconnect-button = Verbinding met { $provider } verbreken
provider-last-way-in = { $provider } is je enige manier om in te loggen. Stel eerst een wachtwoord in: log uit en kies “Wachtwoord vergeten?”.
saved-provider-connected = Je account is verbonden. Gebruik het de volgende keer dat je inlogt.
saved-provider-disconnected = De verbinding is verbroken en alle andere apparaten zijn uitgelogd.
oidc-connect-late = Dat duurde te lang, gebeurde twee keer of eindigde in een andere browser. Er is niets verbonden: probeer het opnieuw.
oidc-connect-denied = { $provider } heeft niet bevestigd wie je bent. Er is niets verbonden: probeer het opnieuw.
oidc-connect-refused = Het antwoord van { $provider } kon niet worden geaccepteerd. Er is niets verbonden: probeer het opnieuw, of meld het je beheerder.
oidc-connect-unavailable = { $provider } antwoordt nu niet. Er is niets verbonden: probeer het over een minuut opnieuw.
oidc-connect-taken = Met dit account bij { $provider } wordt hier op een ander account ingelogd, of het jouwe is al verbonden. Verbreek eerst die verbinding, of kies een ander account bij { $provider }.
oidc-connect-unconnected = Er is niets verbonden: probeer het opnieuw.

message-provider-connected-subject = Er is een manier van inloggen aan je account toegevoegd
message-provider-connected-lead = Je account bij { $host } is verbonden met { $provider }, op { $at }. Daarmee log je in zonder je wachtwoord.
message-provider-connected-not-you = Was jij dat niet, verbreek de verbinding dan bij Beveiliging in je account, wijzig je wachtwoord en meld het bij de beheerder van { $organisation }.
message-provider-disconnected-subject = Er is een manier van inloggen van je account verwijderd
message-provider-disconnected-lead = De verbinding van je account bij { $host } met { $provider } is verbroken op { $at }, en alle andere apparaten zijn uitgelogd.
message-provider-disconnected-not-you = Was jij dat niet, wijzig dan je wachtwoord en meld het meteen bij de beheerder van { $organisation }.

activity-event-provider-connected = Identity provider verbonden
activity-event-provider-disconnected = Verbinding met identity provider verbroken
activity-event-provider-refused = Inloggen via de identity provider geweigerd
activity-field-provider = Identity provider
