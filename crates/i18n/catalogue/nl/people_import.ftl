# Mensen uit een bestand, en iedereen als bestand.

people-import = CSV importeren
people-export = CSV exporteren
import-title = Gebruikers importeren
import-lead = Lever een CSV-bestand in, bekijk wat elke rij zou doen en bevestig. Daarvoor krijgt niemand een e-mail.
import-file = CSV-bestand
import-file-hint = Uit Excel, Numbers, Google Spreadsheets of een HR-systeem. Hooguit 20.000 rijen en 10 MB.
import-paste = Liever de rijen plakken
import-pasted = Rijen
import-pasted-hint = De eerste regel noemt de kolommen. Gekopieerde cellen van een spreadsheet kun je plakken zoals ze zijn.
import-look = Rijen bekijken
import-reading = Lezen…
import-form = Hoe het bestand eruitziet
import-form-headers = De eerste regel noemt de kolommen; alleen het e-mailadres moet er zijn, en een naam voor wie nieuw is. Elke andere kolom mag ontbreken.
import-form-known = Wie al een account heeft met dat e-mailadres, wordt gewijzigd: alleen waar het bestand een kolom voor heeft, en een lege cel laat een waarde zoals die is. Alle anderen worden uitgenodigd.
import-form-marks = Tussen cellen staan komma’s, puntkomma’s of tabs. Voor een nummer dat met + begint mag een apostrof staan, zoals Excel het schrijft.
import-sample = Voorbeeldbestand downloaden
import-files = Onlangs ingeleverd
import-files-hint = Bestanden worden na 7 dagen gewist, met alles wat erin staat.
import-when-by = { $at }, { $name }
import-pasted-name = Geplakte rijen
import-rows = { $count ->
    [one] 1 rij
   *[other] { $count } rijen
  }
import-state-draft = Niet bevestigd
import-state-running = Bezig
import-state-done = Klaar
import-file-none = Kies een CSV-bestand, of plak rijen
import-file-empty = Dit bestand heeft geen rijen onder de kolomnamen: lever er een in met een regel per persoon
import-file-too-large = Dit bestand is groter dan 10 MB: splits het in meerdere
import-file-too-many-rows = Dit bestand heeft meer dan 20.000 rijen: splits het in meerdere
import-file-too-many-columns = Dit bestand heeft meer dan 200 kolommen: laat weg wat niet nodig is
import-file-not-text = Dit is geen CSV-bestand: open het in je spreadsheet en bewaar het als CSV
import-file-interrupted = Het bestand kwam niet helemaal aan: kies het opnieuw

import-draft-title = { $name } importeren
import-read-as = { $rows }, gelezen als { $encoding } met { $delimiter }.
import-delimiter-comma = komma’s
import-delimiter-semicolon = puntkomma’s
import-delimiter-tab = tabs
import-nothing-yet = Er is nog niets gedaan.
import-outcome = Wat de rijen doen
import-kind-all = rijen
import-kind-ready = klaar om uit te nodigen
import-kind-here = al hier
import-kind-duplicate = dubbel
import-kind-invalid = ongeldig
import-left = { $count ->
    [one] 1 rij wordt overgeslagen: je kunt die daarna met de reden downloaden.
   *[other] { $count } rijen worden overgeslagen: je kunt ze daarna met de reden downloaden.
  }
import-confirm-invite = { $ready ->
    [one] 1 persoon
   *[other] { $ready } personen
  } uitnodigen
import-confirm-change = { $changing ->
    [one] 1 persoon
   *[other] { $changing } personen
  } wijzigen
import-confirm-both = { $ready ->
    [one] 1 persoon
   *[other] { $ready } personen
  } uitnodigen en { $changing } wijzigen
import-starting = Starten…
import-discard = Dit bestand weggooien
import-nothing-to-do = Geen enkele rij zou iets doen.
import-columns = Kolommen
import-columns-hint = Wat elke kolom van het bestand is. Onder elke kolom staat wat de eerste rijen bevatten.
import-columns-save = Opnieuw bekijken
import-column-none = Weglaten
import-column-nameless = Kolom { $number }, zonder naam
import-column-empty = Leeg in de eerste rijen
import-column-twice = Een andere kolom is dit al: kies iets anders, of laat deze weg
import-no-email-column = Kies onder “Kolommen” in welke kolom de e-mailadressen staan.
import-external-id = Id in { $system }
import-caption = Rijen van het bestand, pagina { $page } van { $pages }
import-none-of-these = Zulke rijen zijn er niet.
import-line = Regel
import-verdict = Resultaat
import-verdict-ready = Gereed
import-verdict-here = Al hier
import-verdict-duplicate = Dubbel
import-verdict-invalid = Ongeldig
import-verdict-failed = Mislukt
import-same = Niets te wijzigen
import-changes = Wijzigt: { $columns }

import-running-title = { $name } wordt geïmporteerd
import-running-lead = Je kunt deze pagina sluiten: de import gaat door, en deze pagina laat zien hoe ver die is.
import-done-title = { $name } is geïmporteerd
import-done-lead = Naar wie is uitgenodigd, is een e-mail met een link onderweg. Onder Gebruikers kun je elke link kopiëren en op een andere manier doorgeven.
import-refreshes = Deze pagina wordt elke drie seconden opnieuw geladen.
import-over = De import is klaar
import-progress = { $done } van { $all } rijen zijn klaar
import-count-invited = uitgenodigd
import-count-updated = gewijzigd
import-count-unchanged = al hetzelfde
import-count-failed = mislukt
import-failed = Mislukte rijen
import-failed-text = Herstel ze in het bestand en lever het opnieuw in: in de laatste kolom staat de reden, en rijen die al klaar zijn wijzigen niets.
import-failed-download = Mislukte rijen downloaden
import-failed-more = De eerste { $shown } van { $all } mislukte rijen.
import-kept = Dit bestand wordt gewist op { $until }.
import-reason = Reden
saved-import-discarded = Het bestand is gewist. Niemand is uitgenodigd of gewijzigd.

import-fault-cell = { $column }: { $problem }
import-fault-more-cells = Meer cellen dan kolomnamen: zet aanhalingstekens om een cel waar het scheidingsteken in staat
import-fault-duplicate = Hetzelfde e-mailadres als op regel { $line }, en die telt
import-fault-name-missing = Wie nieuw is, heeft een naam nodig
import-fault-email-missing = Het e-mailadres ontbreekt
import-fault-role-stays = De rol van wie er al is, blijft: wijzig die onder Gebruikers
import-fault-closed = De medewerker heeft dit account gesloten
import-fault-limited = Dit adres is vandaag te vaak uitgenodigd: probeer het morgen opnieuw
import-fault-not-admin = Wie het bestand heeft bevestigd, is geen beheerder meer
import-fault-slug-twice = Dezelfde profiel-URL als op regel { $line }
import-fault-id-twice = Dezelfde id in een ander systeem als op regel { $line }
import-fault-server = De server kon deze rij niet verwerken: in het logboek staat waarom

activity-event-people-imported = Gebruikers uit een bestand geïmporteerd
activity-field-import-rows = Rijen
