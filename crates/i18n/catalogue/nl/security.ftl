# Security: how one signs in.

security-title = Beveiliging
security-link = Hoe en waar je inlogt
security-lead = Hoe je inlogt bij dit account.
security-password-change = Wachtwoord wijzigen
security-sessions-title = Ingelogde apparaten
security-sessions-text = Bekijk waar je bent ingelogd, en log uit wat je niet kent.
to-security = Terug naar Beveiliging

## Two-step sign-in

two-step-title = Tweestapsverificatie
two-step-on = Aan
two-step-off = Uit
two-step-what = Na je wachtwoord wordt ook om een code gevraagd die een app op je telefoon toont. Wie je wachtwoord te weten komt, kan dan nog steeds niet inloggen.
two-step-since = Aan sinds { $day } ({ $place }).
two-step-on-text = Na je wachtwoord wordt om een code uit je app gevraagd.
two-step-set-up = Tweestapsverificatie instellen
two-step-turn-on = Aanzetten
two-step-turn-off = Tweestapsverificatie uitzetten
two-step-keep = Aan laten staan
two-step-set-up-title = Tweestapsverificatie instellen
two-step-set-up-lead = Je hebt een app nodig die codes toont: misschien kan je wachtwoordmanager het, en anders elke verificatie-app op je telefoon.
two-step-scan = 1. Scan deze code met de app
two-step-scan-text = De app toont dan zes cijfers, elke 30 seconden nieuwe.
two-step-qr = QR-code voor je verificatie-app
two-step-cannot-scan = Kun je hem niet scannen?
two-step-type-secret = Typ of plak deze sleutel in de app. De soort is “op basis van tijd”.
two-step-secret = de sleutel
two-step-open-app = Openen in een app op dit apparaat
two-step-confirm = 2. Typ wat de app toont
two-step-code-hint = De 6 cijfers die de app nu toont. Spaties maken niet uit.
two-step-old = Deze pagina stond te lang open. Scan de nieuwe code hierboven: de vorige telt niet meer
two-step-off-title = Tweestapsverificatie uitzetten?
two-step-off-text = Je wachtwoord alleen is dan genoeg om in te loggen, en je herstelcodes werken niet meer.
two-step-off-short = Je huidige wachtwoord was samen met een code lang genoeg. Alleen moet het minstens { $min } tekens hebben, dus kies hier een nieuw wachtwoord.
saved-two-step-on = Tweestapsverificatie staat aan. Alle andere apparaten zijn uitgelogd.
saved-two-step-off = Tweestapsverificatie staat uit. Je wachtwoord alleen is genoeg om in te loggen.

## Recovery codes

recovery-codes-title = Bewaar je herstelcodes
recovery-codes-lead = Zonder je telefoon log je in met een van deze codes, samen met je wachtwoord. Bewaar ze waar je telefoon niet is.
recovery-codes-list = 10 herstelcodes
recovery-codes-once = Elke code werkt één keer. Ze worden niet nog eens getoond, maar je kunt altijd nieuwe maken.
recovery-codes-download = Downloaden
recovery-codes-all = alle herstelcodes
recovery-codes-done = Ik heb ze bewaard
recovery-codes-file = Herstelcodes van { $email } bij { $organisation } ({ $host }).
    Elke code werkt één keer, samen met het wachtwoord.
recovery-codes-few = Maak nieuwe voordat ze op zijn: zonder je telefoon en zonder code kun je niet inloggen.
recovery-codes-left = { $left ->
    [0] Er zijn geen herstelcodes meer over.
    [one] Er is nog 1 herstelcode over.
   *[other] Er zijn nog { $left } herstelcodes over.
  }
recovery-codes-new = Nieuwe herstelcodes
recovery-codes-new-title = Nieuwe herstelcodes maken?
recovery-codes-new-text = Je krijgt 10 nieuwe codes. De oude werken meteen niet meer, ook die je hebt afgedrukt.
recovery-codes-new-button = Nieuwe herstelcodes maken
field-recovery-code = Herstelcode
recovery-code-hint = 24 letters en cijfers. Spaties en koppeltekens maken niet uit.
field-app-code = Code uit je app

## The second step of a sign-in

sign-in-code-title = Vul je code in
sign-in-code-lead = Dat klopt. Open nu je verificatie-app.
sign-in-code-wait = Te veel verkeerde codes. Probeer het opnieuw over { $minutes ->
    [one] 1 minuut
   *[other] { $minutes } minuten
  }
sign-in-code-late = De tweede stap duurde te lang. Log opnieuw in.
problem-code-wrong-code = Deze code klopt niet of is al gebruikt. Typ de code die de app nu toont
problem-code-wrong-recovery-code = Deze herstelcode klopt niet of is al gebruikt
sign-in-no-app = Heb je je telefoon niet bij je?
sign-in-with-recovery = Inloggen met een herstelcode
sign-in-no-codes = Ook geen herstelcode? Wie deze server beheert, kan tweestapsverificatie voor je uitzetten.
sign-in-other = Als iemand anders inloggen

## Messages about two-step sign-in

message-two-step-on-subject = Tweestapsverificatie is aangezet
message-two-step-on-lead = Tweestapsverificatie is aangezet voor je account bij { $host }, op { $at }. Vanaf nu zijn je wachtwoord en een code uit je app samen nodig. Alle andere apparaten zijn uitgelogd.
message-two-step-on-not-you = Was jij dat niet, meld het dan meteen bij de beheerder van { $organisation }: iemand anders kon inloggen, en jij kunt het niet meer.
message-two-step-off-subject = Tweestapsverificatie is uitgezet
message-two-step-off-lead = Tweestapsverificatie is uitgezet voor je account bij { $host }, op { $at }. Vanaf nu is het wachtwoord alleen genoeg om in te loggen. Je herstelcodes werken niet meer.
message-two-step-off-not-you = Was jij dat niet, wijzig dan je wachtwoord en meld het meteen bij de beheerder van { $organisation }.
message-two-step-tries-subject = Iemand typte verkeerde codes voor je account
message-two-step-tries-lead = Op { $at } zette iemand de eerste stap om in te loggen op je account bij { $host } (je wachtwoord, of de login van je organisatie), en typte daarna te veel verkeerde codes. Diegene is niet ingelogd.
message-two-step-tries-not-you = Was jij dat niet, dan kan iemand de eerste stap zetten: wijzig nu je wachtwoord, daar en bij je organisatie.
message-recovery-codes-new-subject = Je hebt nieuwe herstelcodes
message-recovery-codes-new-lead = Er zijn nieuwe herstelcodes gemaakt voor je account bij { $host }, op { $at }. De oude werken niet meer.
message-recovery-codes-new-not-you = Was jij dat niet, wijzig dan je wachtwoord en meld het meteen bij de beheerder van { $organisation }.
message-recovery-code-used-subject = Er is een herstelcode gebruikt
message-recovery-code-used-lead = Er is een herstelcode gebruikt in plaats van een code uit je app, bij { $host }, op { $at }. { $left }
message-recovery-codes-left = { $left ->
    [0] Er zijn geen herstelcodes meer over: maak nieuwe op je pagina Beveiliging.
    [one] Er is nog 1 herstelcode over: maak nieuwe op je pagina Beveiliging.
   *[other] Er zijn nog { $left } herstelcodes over.
  }
message-recovery-code-used-not-you = Was jij dat niet, wijzig dan meteen je wachtwoord en maak nieuwe herstelcodes.
