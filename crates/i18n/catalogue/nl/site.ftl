# What the handlers say: banners, times, refusals.

## Saved (the banner after a redirect)

saved-name = Je naam is opgeslagen.
saved-job-title = Je functie is opgeslagen.
saved-location = Je locatie is opgeslagen.
saved-phone-number = Je telefoonnummer is opgeslagen.
saved-visibility = Wat klanten zien, is opgeslagen.
saved-password = Je wachtwoord is gewijzigd. Alle andere apparaten zijn uitgelogd.
saved-email = Je e-mailadres is gewijzigd.
saved-email-kept = Je e-mailadres blijft zoals het was.
saved-code = We hebben een nieuwe code gestuurd. Eerdere codes werken niet meer.
saved-slug = Je link is opgeslagen. Oude links blijven werken.
saved-time-zone = Je tijdzone is opgeslagen. Het moment van geboekte afspraken verandert niet.
saved-picture = Je foto is opgeslagen.
saved-picture-removed = Je foto is verwijderd. Klanten zien je initialen.
saved-others-ended = Alle andere apparaten zijn uitgelogd.
saved-hours = Je wekelijkse uren zijn opgeslagen.
saved-override = De dagen zijn opgeslagen.
saved-override-removed = Op die dag gelden weer je wekelijkse uren.
saved-trip = Je reis is opgeslagen.
saved-trip-removed = De reis is verwijderd.
saved-type-added = Het afspraaktype is toegevoegd. Klanten kunnen het nu boeken.
saved-type = Het afspraaktype is opgeslagen.
saved-type-deleted = Het afspraaktype is verwijderd. Geboekte afspraken blijven staan.
saved-moved = De afspraak is verzet. Jullie krijgen allebei een e-mail met de nieuwe tijd.

## Sign-in

sign-in-wrong = Het e-mailadres of het wachtwoord klopt niet. Controleer beide en probeer het opnieuw.
sign-in-wait = { $minutes ->
    [one] Te veel pogingen. Wacht 1 minuut en probeer het dan opnieuw.
   *[other] Te veel pogingen. Wacht { $minutes } minuten en probeer het dan opnieuw.
  }
sign-in-wrong-passwords = Je bent uitgelogd na te veel verkeerde wachtwoorden. Log in om verder te gaan.
sign-in-ended = Je bent uitgelogd: je sessie is vanaf een ander apparaat beëindigd of was te oud. Log in om verder te gaan.
sign-in-signed-out = Je bent uitgelogd.
sign-in-password-set = Je nieuwe wachtwoord is ingesteld en alle apparaten zijn uitgelogd. Log ermee in.
sign-in-set-up = Je account is klaar. Log ermee in.

## My Account

account-stale = Dit is intussen opgeslagen, misschien in een ander tabblad. Sla het nog eens op om te houden wat je typte, of houd wat nu is opgeslagen.
stored-now = Nu opgeslagen: { $value }
stored-empty = niets
stored-yes = aangevinkt
stored-no = niet aangevinkt
keep-stored = Houden wat is opgeslagen
account-wait = { $minutes ->
    [one] Te veel pogingen. Wacht 1 minuut en probeer het dan opnieuw.
   *[other] Te veel pogingen. Wacht { $minutes } minuten en probeer het dan opnieuw.
  }
password-changed = Laatst gewijzigd op { $day } ({ $place }).
email-resend-wait = { $seconds ->
    [one] Over 1 seconde kun je het opnieuw sturen.
   *[other] Over { $seconds } seconden kun je het opnieuw sturen.
  }
email-resend-at = Je kunt het opnieuw sturen vanaf { $time }.
email-confirmed-text = { $email } is nu je e-mailadres. Gebruik het om in te loggen.
email-link-dead = Deze link is al gebruikt, ouder dan 24 uur of ingetrokken. Moet het adres nog veranderen, vraag het dan opnieuw aan bij Mijn account.
code-wrong = { $left ->
    [0] Die code klopt niet en er is geen poging meer over. Stuur een nieuwe code.
    [one] Die code klopt niet. Je hebt nog 1 poging.
   *[other] Die code klopt niet. Je hebt nog { $left } pogingen.
  }
code-dead = Deze code is te oud of te vaak geprobeerd. Stuur een nieuwe code.
slug-free = { $slug } is vrij.
slug-own = Dit is jouw link.
slug-suggest = { $problem }. Vrij: { $slugs }.
zone-changes = De klok gaat daar { $change }.
zone-meetings-more = { $count ->
    [one] En nog 1.
   *[other] En nog { $count }.
  }
zone-hours-in = { $hours } ({ $place })
device-zone = Je apparaat staat op de tijd van { $zone }.
device-zone-switch = Overstappen
qr-label = QR-code van { $url }
picture-none = Kies eerst een foto.
picture-interrupted = De foto is niet helemaal aangekomen. Verstuur hem opnieuw.

## Availability

override-closed = Gesloten
dates-range = { $from } tot en met { $to }
hours-both = Vul beide tijden in, of verwijder de regel.
hours-order = Vul beide tijden in, de eerste vóór de tweede, of laat beide leeg voor een gesloten dag.
date-missing = Vul een datum in.
date-order = De laatste dag ligt vóór de eerste.
date-too-long = Hoogstens één jaar tegelijk.
preview-override = Wijkt af van de wekelijkse uren
preview-clocks-forward = De klok gaat vooruit
preview-clocks-back = De klok gaat terug
preview-meetings = { $count ->
    [one] 1 afspraak
   *[other] { $count } afspraken
  }
availability-time-format = Schrijf tijden als 09:00.
availability-end-before-start = Het einde ligt vóór het begin.
availability-intervals-overlap = Twee tijdvakken van deze dag overlappen. Voeg ze samen of verplaats er een.
availability-dates-overlap = Een andere reis heeft een aantal van deze dagen.
availability-date-format = Schrijf datums als 2026-12-24.
availability-time-zone-unknown = Kies een tijdzone uit de lijst.
availability-too-many = Dit zijn er te veel. Verwijder wat voorbij is.
availability-wrong-type = Dit kan niet worden gelezen.
availability-unknown-field = Dit veld bestaat niet.
availability-missing = Hier ontbreekt iets.

## Meeting types

duration-minutes = { $count ->
    [one] 1 minuut
   *[other] { $count } minuten
  }
duration-hours = { $count ->
    [one] 1 uur
   *[other] { $count } uur
  }
types-rules = { $days ->
    [one] Klanten kunnen van { $notice } tot 1 dag vooruit boeken.
   *[other] Klanten kunnen van { $notice } tot { $days } dagen vooruit boeken.
  }
types-delete-effect = { $count ->
    [0] Er zijn geen geboekte afspraken van dit type.
    [one] 1 geboekte afspraak blijft zoals die is.
   *[other] { $count } geboekte afspraken blijven zoals ze zijn.
  }

## Booking

morning = Ochtend
afternoon = Middag
evening = Avond
times-on = Tijden op { $day }
day-times = { $count ->
    [0] { $day }
    [one] { $day }, 1 tijd
   *[other] { $day }, { $count } tijden
  }
booking-limited = { $minutes ->
    [one] Er is in korte tijd te veel geboekt. Je gegevens zijn bewaard: boek over 1 minuut opnieuw.
   *[other] Er is in korte tijd te veel geboekt. Je gegevens zijn bewaard: boek over { $minutes } minuten opnieuw.
  }
booking-busy = Het is druk op de server. Je gegevens zijn bewaard: boek over een paar seconden opnieuw.
note-too-long-to-keep = Deze opmerking is te lang om te bewaren terwijl je een andere tijd zoekt. Maak hem korter of kopieer hem eerst.
book-button = Boek { $time } op { $day }
move-button = Verzet naar { $time } op { $day }
cancel-button = Annuleer de afspraak op { $day }
when-other = { $name }: { $when }
meeting-started = De afspraak is begonnen. Je kunt hem hier niet meer verzetten of annuleren.

## A time that cannot be had

time-slot-taken = { $time } is net geboekt
time-outside-hours = { $time } is niet meer beschikbaar
time-in-the-past = { $time } is voorbij
time-too-soon = { $time } is te snel om nu nog te boeken
time-beyond-horizon = { $time } is te ver vooruit om nu te boeken
time-daily-limit = Die dag is vol
time-agent-away = Er kan nu niet worden geboekt
time-idempotency-key-reused = { $time } is in een ander venster geboekt

## Refused

error-reload = Bekijk de stand van nu
refused-slot-taken = Die tijd is net geboekt.
refused-outside-hours = Die tijd is niet beschikbaar.
refused-in-the-past = Die tijd is voorbij.
refused-too-soon = Die tijd is te snel.
refused-beyond-horizon = Die tijd is te ver vooruit.
refused-daily-limit = Die dag is vol.
refused-meeting-cancelled = De afspraak was al geannuleerd.
refused-meeting-started = De afspraak is begonnen of voorbij.
refused-meeting-ahead = De afspraak is nog niet geweest.
refused-meeting-long-over = De afspraak is meer dan zeven dagen voorbij.
refused-meeting-missed = De klant is niet op de afspraak gekomen.
refused-meeting-reviewed = De klant heeft zijn mening over de afspraak gegeven.
refused-idempotency-key-reused = Dit is eerder met een andere inhoud verstuurd.
refused-agent-away = Er kan nu niet worden geboekt.
refused-link-dead = Deze link is al gebruikt, te oud of ingetrokken.
refused-wrong-code = Die code klopt niet.
refused-set-up-done = De server is al ingericht.

## Refused before a page was asked

refusal-cross-origin-text = Dit formulier kwam niet van deze site. Open de pagina opnieuw en verstuur het van daar.
refusal-body-too-large-text = Wat je verstuurde is te groot. Stuur minder, of een kleiner bestand.
refusal-body-too-slow-text = Het versturen duurde te lang. Probeer het opnieuw met een betere verbinding.
refusal-address-too-long-text = Het adres is te lang.
refusal-method-not-allowed-text = Zo kan dit adres niet worden gebruikt.
refusal-too-many-requests-text = Er kwamen te veel verzoeken van jouw netwerk. Wacht een minuut en probeer het dan opnieuw.
refusal-busy-text = Het is te druk op de server. Probeer het over een paar seconden opnieuw.
refusal-timed-out-text = Dit duurde te lang. Probeer het over een paar seconden opnieuw.
refusal-internal-error-text = Er ging bij ons iets mis. Het is vastgelegd; probeer het later opnieuw.

## Fields

field-location = Locatie
