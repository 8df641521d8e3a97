# Profielvelden: wat de organisatie van haar medewerkers vraagt buiten wat elk account heeft.

fields-title = Profielvelden
fields-lead = Wat het profiel van elke medewerker bevat naast het gewone: talen, een registratienummer, een pagina over het team.
fields-new = Veld toevoegen
fields-new-title = Nieuw profielveld
fields-new-lead = Het staat bij iedereen in Mijn account achter de locatie, en in de API.
fields-empty-heading = Nog geen profielvelden
fields-empty-text = Naam, e-mail, telefoonnummer, functie, locatie en foto zijn er voor iedereen. Voeg een veld toe voor wat klanten of je andere systemen nog meer van een medewerker moeten weten.
fields-full = Er zijn { $max } velden, en meer kunnen er niet zijn. Verwijder er een dat niemand nodig heeft.
fields-field = Veld
fields-label = Opschrift
fields-label-hint = Wat mensen ernaast lezen, zoals “Talen”.
fields-key = Sleutel
fields-key-hint = De naam in de API en in berichtsjablonen, zoals “talen”. Deze kan later niet worden gewijzigd.
fields-fixed = Sleutel en soort blijven voor altijd: andere systemen en sjablonen rekenen erop.
fields-kind = Soort
fields-kind-text = Tekst
fields-kind-number = Getal
fields-kind-url = Webadres
fields-kind-date = Datum
fields-kind-choice = Keuze
fields-kind-yes-no = Ja of nee
fields-choices = Keuzes
fields-choices-hint = Eén op elke regel, in de volgorde waarin ze worden aangeboden.
fields-choices-hint-new = Alleen voor de soort “Keuze”: één op elke regel, in de volgorde waarin ze worden aangeboden.
fields-editor = Ingevuld door
fields-editor-agent = Medewerker
fields-editor-agent-text = In Mijn account, of door een programma van een beheerder.
fields-editor-admins = Beheerders
fields-editor-admins-text = Door een programma van een beheerder. De medewerker ziet het in Mijn account en kan het niet wijzigen.
fields-places = Klanten zien het
fields-places-both = Op de boekingspagina en in berichten
fields-places-booking-page = Op de boekingspagina
fields-places-messages = In berichten
fields-places-nobody = Nergens
fields-places-messages-text = Waar een sjabloon of handtekening het noemt.
fields-required = Moet worden ingevuld
fields-required-tag = Verplicht
fields-order = Volgorde
fields-up = Omhoog
fields-down = Omlaag
fields-save = Veld opslaan
fields-delete = Veld verwijderen
fields-delete-title = “{ $label }” verwijderen?
fields-delete-text = Het veld verdwijnt voorgoed uit elk profiel, van de boekingspagina’s en uit de API.
fields-delete-effect = { $count ->
    [0] Niemand heeft het ingevuld.
    [one] Wat 1 persoon heeft ingevuld, gaat verloren.
   *[other] Wat { $count } personen hebben ingevuld, gaat verloren.
  }
fields-delete-unused = Geen berichtsjabloon en niemands eigen tekst gebruikt { $placeholder }.
fields-delete-templates = Berichtsjablonen die het gebruiken
fields-delete-templates-text = { $placeholder } is daarin dan leeg, en ze kunnen pas weer worden opgeslagen als het eruit is gehaald.
fields-delete-agents = Mensen van wie de handtekening of opmerking het gebruikt
fields-delete-agents-text = { $placeholder } is in hun teksten dan leeg.
fields-delete-button = { $label } verwijderen

saved-profile-field-added = Het veld is toegevoegd.
saved-profile-field = Het veld is opgeslagen.
saved-profile-field-moved = De volgorde is opgeslagen.
saved-profile-field-deleted = Het veld is verwijderd.

problem-not-a-choice-kind = Kies een soort
problem-empty-choices = Schrijf ten minste één keuze

activity-event-profile-field-added = Profielveld toegevoegd voor iedereen
activity-event-profile-field-changed = Profielveld gewijzigd voor iedereen
activity-event-profile-field-deleted = Profielveld verwijderd voor iedereen
activity-field-profile-field = Sleutel
activity-field-profile-field-label = Opschrift
activity-field-profile-field-choices = Keuzes
activity-field-profile-field-required = Verplicht
activity-field-profile-field-editor = Ingevuld door
activity-field-profile-field-places = Klanten zien het
fields-required-true = Ja
fields-required-false = Nee
fields-yes = Ja
fields-no = Nee

box-fields = Meer over jou
fields-nothing = Niet ingevuld
fields-admins-only = Alleen beheerders vullen dit in. Vraag het een van hen als het niet klopt.
save-fields = Gegevens opslaan
saved-fields = Je gegevens zijn opgeslagen.
activity-external-id = Id bij { $system }
