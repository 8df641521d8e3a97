### Texts of the pages.
#
# Glossary of the Dutch catalogue. One word for one thing; "je", short sentences, the words of everyday software.
#
# agent = medewerker · customer = klant · administrator = beheerder · organisation = organisatie
# meeting = afspraak · meeting type = afspraaktype · to book = boeken · to reschedule, to move = verzetten · to cancel = annuleren
# booking page = boekingspagina · profile URL = profiel-URL · link (the part of it that one chooses) = link
# availability = beschikbaarheid · weekly hours = wekelijkse uren · time zone = tijdzone · trip = reis
# account = account · to sign in, out = inloggen, uitloggen · device = apparaat · password = wachtwoord · passphrase = wachtzin
# passkey = passkey · two-step sign-in = tweestapsverificatie · recovery code = herstelcode · authenticator app = verificatie-app
# security = beveiliging · activity = activiteit · API token = API-token (het token)
# email = e-mail · email address = e-mailadres · phone number = telefoonnummer · job title = functie · location = locatie
# picture = foto · profile picture = profielfoto · note = opmerking · reason = reden · reference = kenmerk · calendar = agenda
# Buttons stand in the infinitive ("Naam opslaan"), except where a word follows that may change ("Boek 09:30 op ...").

## Frame
page-title = { $heading } - { $site }
page-title-error = Fout: { $heading } - { $site }
skip-to-main = Naar de inhoud
skip-to-times = Naar de tijden
menu-label = Account
menu-account = Account
menu-availability = Beschikbaarheid
menu-meeting-types = Types
menu-meetings = Afspraken
agent-menu = { $name }, menu
open-my-page = Mijn pagina
open-as-customer = Mijn pagina zien zoals een klant
copy-my-link = Kopieer link
copy = Kopieer
copied = Gekopieerd
press-copy = Druk op Ctrl+C
sign-out = Uitloggen
theme = Thema
theme-system = Systeem
theme-light = Licht
theme-dark = Donker
hours = Klok
hours-24 = 24 uur
hours-12 = 12 uur
language = Taal
footer-made = Boeken met Nameplate
problem-heading = Er klopt iets niet
error-prefix = Fout:
saved-heading = Opgeslagen
saving = Bezig met opslaan
sending = Bezig met versturen
optional = (niet verplicht)
demo-label = Demo
demo-strip = Demogegevens. Berichten blijven hier en gaan naar niemand.
demo-mailbox = Postvak openen
change = Wijzig
cancel = Annuleren

## Fields that several pages share
field-email = E-mail
field-password = Wachtwoord
field-full-name = Volledige naam
field-your-name = Je naam
field-phone-number = Telefoonnummer
field-time-zone = Tijdzone
show-password = Wachtwoord tonen
hide-password = Wachtwoord verbergen
password-shown = Je wachtwoord is zichtbaar
password-hidden = Je wachtwoord is verborgen
password-hint = Minstens { $min } tekens. Een paar losse woorden zijn makkelijk te onthouden en moeilijk te raden.

## Sign-in and set-up
sign-in-title = Inloggen
sign-in-lead = Bij je account van { $organisation }.
sign-in-button = Inloggen
sign-in-forgot = Wachtwoord vergeten?

## Where the account is signed in

sessions-title = Ingelogde apparaten
sessions-lead = Overal waar je bent ingelogd. Log uit wat je niet kent of niet meer gebruikt, en wijzig je wachtwoord als jij het niet was.
sessions-link = Bekijk waar je bent ingelogd
sessions-only-this = Alleen dit apparaat is ingelogd.
sessions-end-others = Overal elders uitloggen
sessions-end-others-text = { $count ->
    [one] Eén ander apparaat moet opnieuw inloggen. Dit apparaat blijft ingelogd.
   *[other] { $count } andere apparaten moeten opnieuw inloggen. Dit apparaat blijft ingelogd.
  }
sessions-end-others-button = { $count ->
    [one] 1 apparaat uitloggen
   *[other] { $count } apparaten uitloggen
  }
session-this = Dit apparaat
session-ended = Uitgelogd: { $device }
session-last-used = Laatst gebruikt: { $when }
session-started = Ingelogd: { $when }
session-ends = Eindigt { $when }, tenzij het eerder wordt gebruikt
session-ends-at-last = Eindigt { $when }
session-address = Vanaf { $address }
session-address-own = Vanaf de machine van deze server zelf
device = { $browser } op { $system }
device-unknown = Onbekend apparaat

## A forgotten password

forgot-title = Wachtwoord vergeten?
forgot-lead = Typ het e-mailadres van je account. We sturen je een link waarmee je een nieuw wachtwoord kiest.
forgot-no-mail = Deze server verstuurt geen mail. Vraag wie hem beheert om een link.
forgot-button = Link versturen
forgot-back = Terug naar inloggen
forgot-sent-title = Kijk in je inbox
forgot-sent = Is er een account met { $email }, dan is er een link naartoe onderweg. Die werkt 30 minuten, één keer.
forgot-sent-help = Niets gekregen? Kijk in de map met spam, en ga na of je account een ander adres heeft.
forgot-wait = { $minutes ->
    [one] Te veel verzoeken vanaf hier. Probeer het over een minuut opnieuw.
   *[other] Te veel verzoeken vanaf hier. Probeer het over { $minutes } minuten opnieuw.
  }
reset-title = Kies een nieuw wachtwoord
reset-lead = Voor het account met { $email }. Alle apparaten worden dan uitgelogd.
reset-button = Wachtwoord instellen
reset-dead-title = Deze link werkt niet meer
reset-dead-text = Hij is gebruikt, is ouder dan 30 minuten, of je hebt een nieuwere aangevraagd.
reset-dead-button = Nieuwe link aanvragen
setup-title = Richt je boekingsserver in
setup-lead = Jij bent hier de eerste. Hiermee maak je je organisatie en jouw account, dat haar beheert.
setup-you = Jij
setup-email-hint = Hiermee log je in.
setup-organisation = Je organisatie
field-organisation = Naam van de organisatie
setup-organisation-hint = Klanten zien die boven elke pagina en in berichten.
setup-zone-hint = Je uren staan in deze tijdzone. Je kunt hem later wijzigen.
setup-button = Account maken

## Choosing a time
plate-label = Over { $name }
agent-choose = Kies een afspraak
agent-empty-heading = Bij { $name } kun je hier nog niet boeken
agent-empty-text = Er is nu geen afspraak om te kiezen. Kom later terug of neem op een andere manier contact op.
all-meeting-types = Alle afspraken
picker-label = Dag en tijd
choose-another-day = Kies een andere dag
choose-another-time = Kies een andere tijd
today = (vandaag)
zone-shown-in = Getoond:
zone-now = nu { $time }
zone-change-what = de tijdzone
zone-agents-own = Dit zijn de tijden waar { $name } is. Kies je eigen tijdzone als die anders is.
zone-label = Jouw tijdzone
zone-update = Bijwerken
empty-month-heading = Geen vrije tijden in { $month }
empty-month-next = De eerstvolgende vrije dag is
empty-month-text = Kijk in een andere maand.
nothing-heading = { $name } heeft nu geen vrije tijden
nothing-text = Alle tijden die geboekt kunnen worden, zijn bezet. Elke dag komen er nieuwe bij, dus kijk later nog eens.
nothing-reach = Of neem contact op met { $name }:

## Details
details-title = Je gegevens
change-time-what = de tijd
chosen-time = Gekozen tijd:
details-email-hint = Hierheen sturen we de bevestiging en de uitnodiging voor je agenda.
details-note-hint = Waar wil je het over hebben?
field-note = Opmerking voor { $name }
details-privacy = { $name } krijgt deze gegevens voor de afspraak. Je kunt de afspraak annuleren of verzetten tot hij begint, met de link in de bevestiging.
trap-label = Laat dit leeg
booking-now = Bezig met boeken
taken-text = Je gegevens zijn bewaard. Boek in plaats daarvan een van deze tijden:
taken-move = Verzet de afspraak in plaats daarvan naar een van deze tijden:
taken-none = In de buurt is geen andere tijd vrij.

## One meeting
meeting-title-scheduled = Je afspraak staat
meeting-title-scheduled-agent = Afspraak met { $name }
meeting-title-pending-agent = { $name } wacht op jouw bevestiging
meeting-title-pending = Wachten tot { $name } bevestigt
meeting-title-cancelled = Deze afspraak is geannuleerd
meeting-title-completed = Deze afspraak is geweest
meeting-title-missed = Deze afspraak is gemist
meeting-lead-scheduled = We hebben de bevestiging en de uitnodiging voor je agenda naar { $email } gestuurd.
meeting-lead-scheduled-agent = De bevestiging is naar { $email } gestuurd.
meeting-lead-pending = We schrijven naar { $email } zodra het besloten is.
meeting-lead-cancelled = Je hoeft niets meer te doen. De tijd is weer vrij.
meeting-lead-completed = Bedankt voor je komst.
meeting-lead-completed-agent = Je hebt { $name } gesproken.
meeting-lead-missed-agent = { $name } kan op jouw pagina een andere tijd boeken.
meeting-lead-missed = Hieronder kun je een andere tijd boeken.
meeting-details = Afspraak
fact-what = Wat
fact-when = Wanneer
fact-where = Waar
fact-who = Voor
fact-note = Opmerking
fact-reason = Reden
fact-reference = Kenmerk
reschedule = Andere tijd kiezen
cancel-meeting = Afspraak annuleren
add-to-calendar = Zet in je agenda
calendar-file = Agendabestand
book-again = Opnieuw boeken
book-another = Nog een afspraak boeken
print = Afdrukken
back-to-meeting = Terug naar de afspraak
reschedule-title = Kies een andere tijd
reschedule-confirm-title = Deze afspraak verzetten
now-label = Nu
new-label = Nieuw
new-choose = Kies hieronder een dag en een tijd
field-reason = Reden
field-cancel-reason = Reden
reason-hint = De ander leest die in het bericht.
keep-current-time = Huidige tijd houden
cancel-title = Deze afspraak annuleren?
cancel-lead = { $name } krijgt meteen bericht en de tijd komt vrij voor anderen.
keep-meeting = Afspraak laten staan

## My Account
account-title = Mijn account
account-lead = Wat klanten van je zien, en hoe je inlogt.
account-see-preview = Bekijk wat klanten krijgen
box-name = Naam
field-display-name = Naam die klanten zien
display-name-hint = Laat dit leeg om je volledige naam te tonen.
save-name = Naam opslaan
email-confirmed = bevestigd
email-waiting = Wacht op jouw bevestiging
email-waiting-text = Open het bericht in die inbox en volg de link, of typ hier de code. Tot dan blijft { $email } je adres.
field-code = Code uit het bericht
code-hint = 6 cijfers
email-confirm-code = Code bevestigen
email-resend = Opnieuw versturen
email-meant = Bedoelde je { $email }? Wijzig het dan hieronder.
email-cancel = Huidig adres houden
field-new-email = Nieuw e-mailadres
new-email-hint = Hiermee log je in en hier krijg je bericht van afspraken. We sturen er een bericht heen om het te bevestigen.
email-password-hint = Je bent een tijd geleden ingelogd.
show-email-password = Wachtwoord voor het nieuwe e-mailadres tonen
hide-email-password = Wachtwoord voor het nieuwe e-mailadres verbergen
change-email = E-mailadres wijzigen
field-current-password = Huidig wachtwoord
field-new-password = Nieuw wachtwoord
show-current-password = Huidig wachtwoord tonen
hide-current-password = Huidig wachtwoord verbergen
show-new-password = Nieuw wachtwoord tonen
hide-new-password = Nieuw wachtwoord verbergen
change-password = Wachtwoord wijzigen
change-password-effect = Logt je uit op alle andere apparaten.
box-slug = Profiel-URL
field-slug = Link
slug-hint = 3 tot en met 60 letters van a tot en met z, cijfers en koppeltekens. Je oude links blijven hierheen leiden.
save-slug = Link opslaan
old-link-visits = { $count ->
    [one] Eén keer gevolgd, { $when }
   *[other] { $count } keer gevolgd, het laatst { $when }
}
old-link-unused = Sindsdien niet gevolgd
old-links = Oude links die hierheen leiden: { $count }
zone-search = Zoek een stad
zone-search-none = Geen stad gevonden. Probeer de dichtstbijzijnde grote stad.
zone-search-found = Kies een stad met de pijltjestoetsen.
zone-now-in = Het is { $time } in { $zone }.
change-time-zone = Tijdzone wijzigen
zone-hint = Voordat hij wordt opgeslagen, zie je wat er verandert.
zone-change-title = Je tijdzone wijzigen in { $city }?
zone-before = Nu, { $city }
zone-after = Straks, { $city }
zone-meetings-heading = Geboekte afspraken houden hun moment
zone-meetings-text = Op jouw klok staat er een andere tijd. Klanten merken niets.
zone-meetings-none = Geen geboekte afspraak krijgt een andere tijd op je klok.
zone-meeting = Afspraak
zone-hours-heading = Uren houden hun getallen
zone-hours-text = Ze gelden dan in de nieuwe tijdzone, dus klanten kunnen op andere momenten boeken.
zone-hours-none = Je hebt nog geen wekelijkse uren.
zone-hours = Uren
zone-save = Tijd van { $city } gebruiken
zone-keep = { $city } houden
device-zone-kept = Je tijdzone blijft zoals hij is.
qr-show = QR-code tonen
qr-title = QR-code van je pagina
qr-text = De camera van een telefoon opent er je boekingspagina mee. De code blijft werken als je link verandert.
qr-png = PNG downloaden
qr-svg = SVG downloaden
zone-only-a-trip = Alleen voor een reis?
phone-number-hint = Met het landnummer, zoals +31 6 12345678, of zoals je het schrijft in het land van je locatie.
save-phone-number = Telefoonnummer opslaan
field-job-title = Functie
save-job-title = Functie opslaan
box-location = Locatie
field-location-name = Naam van de locatie
location-hint = Waar je werkt, in je eigen woorden: Kantoor Utrecht, Balie 3, Thuis.
location-address = Adres
field-street = Straat en huisnummer
field-postcode = Postcode
field-city = Plaats
field-state = Provincie of staat
field-country = Land
no-country = Geen land
save-location = Locatie opslaan
box-picture = Profielfoto
field-picture = Profielfoto
picture-choose = Kies een foto
picture-hint = JPEG, PNG of WebP, tot 15 MB. Uit het midden wordt een vierkant gesneden.
save-picture = Foto opslaan
remove-picture = Foto verwijderen
box-visibility = Wat klanten zien
visibility-hint = Je naam is altijd te zien. Kies waar de rest te zien is.
visibility-detail = Gegeven
visibility-check = “{ $field }” tonen op “{ $place }”
place-booking-page = Je pagina
place-messages = Berichten
save-visibility = Opslaan wat klanten zien
preview-heading = Wat klanten krijgen
email-confirm-title = Bevestig je nieuwe e-mailadres
email-confirm-text = Vanaf dan log je in en krijg je je berichten met
email-confirm-button = { $email } bevestigen
email-undo-title = Zet je adres terug
email-undo-text = Je account gebruikt nu een ander e-mailadres. Deze knop zet dit adres terug:
email-undo-effect = Iedereen die is ingelogd wordt uitgelogd, alle API-tokens, passkeys en verbindingen met een identity provider vervallen en het wachtwoord werkt niet meer. Je krijgt een e-mail met een link om een nieuw wachtwoord te kiezen.
email-undo-button = { $email } terugzetten
email-undone = { $email } is weer het adres van je account en iedereen is uitgelogd. We hebben je daar een e-mail gestuurd: kies met de link erin een nieuw wachtwoord. Word je dan om een code gevraagd die je niet hebt, meld het dan bij de beheerder van je organisatie.
email-undo-dead = Deze link is al gebruikt, of er zijn meer dan 7 dagen voorbij. Heb je je account niet in handen, meld het dan bij de beheerder van je organisatie.
to-my-account = Mijn account

## Availability
availability-title = Beschikbaarheid
availability-zone = Je uren staan in:
nobody-heading = Niemand kan bij je boeken
nobody-text = Je hebt nog geen wekelijkse uren. Begin met gewone kantooruren en pas ze aan zoals je wilt.
nobody-button = Maandag tot en met vrijdag, 9 tot 17 gebruiken
weekly-heading = Wekelijkse uren
save-weekly = Wekelijkse uren opslaan
range-from = { $day }, van, tijdvak { $number }
range-until = { $day }, tot, tijdvak { $number }
range-remove = { $day }, tijdvak { $number } verwijderen
range-add = Uren op { $day } toevoegen
range-next-day = eindigt de volgende dag
closed = Gesloten
overrides-heading = Andere uren op bepaalde dagen
overrides-text = Vrije dagen, feestdagen of een extra avond. Ze gaan vóór de wekelijkse uren van die dagen.
field-date-from = Eerste dag
field-date-until = Laatste dag
field-hours-from = Van
field-hours-until = Tot
override-hint = Laat beide tijden leeg om op die dagen gesloten te zijn.
override-add = Dagen toevoegen
remove = Verwijderen
remove-what = Verwijderen: { $what }
travel-heading = Op reis
travel-text = Op deze dagen volgen je uren de plaats waar je bent. Je tijdzone blijft zoals hij is.
field-trip-from = Vanaf
field-trip-until = Tot en met
field-trip-zone = Tijdzone daar
travel-add = Reis toevoegen
next-days-heading = Komende 14 dagen
next-bookable = Eerste vrije tijd:
next-days-of = Vrije tijden voor “{ $name }”:
next-days-day = Dag
next-days-free = Vrij
nothing-free = Niets vrij

## Meeting types
types-title = Afspraaktypes
types-lead = Wat klanten bij je kunnen boeken.
types-new = Nieuw afspraaktype
types-new-title = Nieuw afspraaktype
types-empty-heading = Klanten kunnen nog niets boeken
types-empty-text = Maak een afspraaktype: hoe het heet en hoe lang het duurt.
types-what = Wat het is
types-how-long = Hoe lang
types-limits = Wanneer het geboekt kan worden
types-delete = Dit afspraaktype verwijderen
types-delete-title = { $name } verwijderen?
types-delete-text = Het kan dan niet meer worden geboekt.
types-delete-button = { $name } verwijderen
field-type-name = Naam
type-name-hint = Klanten zien hem, zoals “Kennismaking”.
field-type-slug = Link
type-slug-hint = Laat dit leeg om hem van de naam te maken.
field-description = Omschrijving
field-place = Plaats
place-hint = Waar of hoe jullie elkaar spreken, zoals “Videogesprek” of “Kantoor Utrecht”.
field-duration = Duur in minuten
field-interval = Elke … minuten een begintijd
field-buffer-before = Minuten vrij ervoor
field-buffer-after = Minuten vrij erna
field-notice = Minstens zoveel minuten vooraf boeken
field-horizon = Dagen vooruit te boeken
field-daily-limit = Hoogste aantal per dag
save-type = Afspraaktype opslaan
edit = Bewerken
open = Openen
copy-link = Kopieer link
keep = Behouden

## Meetings
meetings-title = Afspraken
meetings-which = Welke afspraken
meetings-upcoming = Komend
meetings-past = Voorbij
meetings-none = Geen komende afspraken
meetings-none-text = Deel je link, dan boeken klanten zelf.
meetings-none-past = Geen afspraken in het verleden
meetings-pages = Meer afspraken
meetings-earlier = Eerdere afspraken
meetings-later = Latere afspraken
state-pending = Wacht op jou
state-cancelled = Geannuleerd
state-missed = Gemist
move = Verzetten

## Errors
error-not-found = Pagina niet gevonden
error-not-found-text = Controleer het adres, of vraag een nieuwe link aan degene van wie je het kreeg.
error-forbidden = Deze pagina is niet voor jouw account
error-forbidden-text = Heb je hem nodig, vraag het dan aan een beheerder van je organisatie.
error-method = Dat kan op deze pagina niet
error-method-text = Ga terug en gebruik de knoppen van de pagina.
error-conflict = Dit is intussen veranderd
error-conflict-text = Ga terug, laad de pagina opnieuw en probeer het nog eens.
error-gone = Deze link werkt niet meer
error-gone-text = Hij is gebruikt of te oud. Vraag een nieuwe aan.
error-request = De server kon dat niet lezen
error-request-text = Ga terug, controleer wat je verstuurde en probeer het opnieuw.
error-too-many = Te veel pogingen
error-too-many-text = Wacht een paar minuten en probeer het dan opnieuw.
error-server = Hier ging iets mis
error-server-text = Het ligt aan ons, en het is vastgelegd. Probeer het opnieuw.
error-busy = Het is druk op de server
error-busy-text = Probeer het over een minuut opnieuw. Er is niets verloren gegaan.
error-request-id = Als je het meldt, noem dan

## Mailbox of a demonstration
mailbox-title = Postvak
mailbox-lead = Berichten die verstuurd zouden zijn.
mailbox-empty = Nog geen berichten. Boek een afspraak en de bevestiging staat hier.
mailbox-subject = Onderwerp
mailbox-to = Aan
mailbox-kind = Soort
mailbox-when = Wanneer
message-headers = Kopregels
message-text = Tekst
message-html = Als HTML tonen
message-eml = .eml downloaden
message-calendar = Agendadeel

## Required fields left empty, each in its own words
problem-empty-name = Vul een naam in
problem-empty-email = Vul een e-mailadres in
problem-empty-new-email = Vul het nieuwe e-mailadres in
problem-empty-password = Vul een wachtwoord in
problem-empty-current-password = Vul je huidige wachtwoord in
problem-empty-email-password = Vul je huidige wachtwoord in
problem-empty-new-password = Vul een nieuw wachtwoord in
problem-empty-organisation = Vul de naam van je organisatie in
problem-empty-slug = Vul een link in
problem-empty-code = Vul de 6 cijfers in
problem-empty-reason = Geef een reden
problem-empty-duration-minutes = Vul in hoeveel minuten het duurt
problem-empty-interval-minutes = Vul in hoeveel minuten er tussen twee begintijden liggen
problem-empty-notice-minutes = Vul een aantal minuten in, 0 voor geen
problem-empty-horizon-days = Vul een aantal dagen in
