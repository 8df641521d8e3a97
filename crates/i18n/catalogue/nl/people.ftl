# Mensen: de accounts van de organisatie, voor de beheerders, en de uitnodiging.

message-invitation-subject = Je bent uitgenodigd: kies je wachtwoord
message-invitation-lead = { $by } heeft bij { $organisation } een account voor je gemaakt, zodat klanten afspraken met je kunnen boeken. Kies een wachtwoord, dan is je account klaar.
message-invitation-action = Wachtwoord kiezen
message-invitation-life = De link werkt één keer, tot { $until }. Weet je niet waar dit over gaat, doe dan niets.
message-account-deactivated-subject = Je account is gedeactiveerd
message-account-deactivated-lead = Een beheerder van { $organisation } heeft je account gedeactiveerd. Je bent overal uitgelogd en klanten kunnen niet meer bij je boeken.
message-account-deactivated-closing = Denk je dat dit een vergissing is, neem dan contact op met je beheerder.
message-account-reactivated-subject = Je account werkt weer
message-account-reactivated-lead = Een beheerder van { $organisation } heeft je account weer geactiveerd. Log in zoals eerst; klanten kunnen weer bij je boeken.
message-account-reactivated-closing = Je API-tokens en je agenda-adres zijn vervallen: maak nieuwe waar je ze nodig hebt.

activity-event-invited = Uitgenodigd
activity-event-invitation-accepted = Uitnodiging geaccepteerd
activity-event-role-changed = Rol gewijzigd
activity-event-deactivated = Account gedeactiveerd
activity-event-reactivated = Account weer geactiveerd
activity-field-role = Rol

people-title = Gebruikers
people-lead = Iedereen die hier een account heeft. Zij beheren zelf hun profiel, uren en afspraken.
people-invite = Iemand uitnodigen
people-search = Zoeken
people-search-hint = Naam, e-mail of functie
people-role = Rol
people-any-role = Elke rol
people-status = Status
people-any-status = Elke status
people-filter = Tonen
people-clear = Iedereen tonen
people-count = { $found ->
    [one] 1 gebruiker
   *[other] { $found } gebruikers
  }
people-count-of = { $found } van { $all } gebruikers
people-none = Niemand gevonden. Probeer minder woorden, of toon iedereen.
people-only-you = Je bent hier de enige. Nodig de collega’s uit bij wie klanten moeten kunnen boeken.
people-page = Pagina { $page } van { $pages }
people-pages = Pagina’s
people-previous = Vorige pagina
people-next = Volgende pagina
people-caption = Gebruikers, gesorteerd op { $sort }
people-name = Naam
people-email = E-mail
people-last-sign-in = Laatst ingelogd
people-never = Nooit
people-sort-by = Sorteren op { $column }
people-you = Jij
role-agent = Medewerker
role-manager = Manager
role-admin = Beheerder
role-agent-text = Eigen profiel, uren en afspraken
role-manager-text = Eigen profiel, uren en afspraken
role-admin-text = Ook gebruikers, profielvelden, berichtsjablonen en niet-bezorgde e-mail
status-active = Actief
status-invited = Uitgenodigd
status-disabled = Gedeactiveerd
status-closed = Gesloten door de medewerker

invite-title = Iemand uitnodigen
invite-lead = Ze krijgen een e-mail met een link en kiezen zelf een wachtwoord. Daarna gaat hun boekingspagina open.
invite-button = Uitnodiging versturen
invite-sending = Versturen…
invite-limit = Er zijn te veel uitnodigingen verstuurd. Probeer het over { $minutes ->
    [one] een minuut
   *[other] { $minutes } minuten
  } opnieuw.
saved-invited = De uitnodiging is onderweg.
saved-invited-again = Een nieuwe uitnodiging is onderweg. De eerdere link werkt niet meer.
saved-role = De rol is opgeslagen.
saved-deactivated = Het account is gedeactiveerd.
saved-reactivated = Het account werkt weer.
saved-reset-started = Een link voor een nieuw wachtwoord is onderweg.

person-profile = Profiel-URL
person-last-sign-in = Laatst ingelogd
person-meetings = Komende afspraken
person-meetings-count = { $count ->
    [0] Geen
    [one] 1 afspraak
   *[other] { $count } afspraken
  }
person-invited-until = De link van de uitnodiging werkt tot { $until }.
person-invited-over = De link van de uitnodiging werkte tot { $until }. Stuur een nieuwe.
person-closed = De medewerker heeft dit account gesloten. Het wordt op { $until } gewist, tenzij de medewerker het alsnog houdt.
person-role = Rol
person-role-hint = Wat ze mogen, vanaf de volgende klik
person-role-save = Rol opslaan
person-own = Dit is je eigen account: wijzig het onder Mijn account.
person-invitation = Uitnodiging
person-invite-again = Nieuwe uitnodiging sturen
person-copy-link = Link kopiëren
person-link-hint = Wie deze link heeft, kan het wachtwoord kiezen. Geef hem alleen aan { $name }.
person-link = Link van de uitnodiging
person-password = Wachtwoord
person-password-text = Niemand behalve { $name } ziet het of stelt het in. Je kunt een link voor een nieuw wachtwoord laten sturen naar { $email }.
person-reset = Link voor een nieuw wachtwoord sturen
person-deactivate = Deactiveren
person-deactivate-text = Logt { $name } overal uit, beëindigt API-tokens en het agenda-adres en haalt de boekingspagina weg. Het account blijft bewaard en werkt weer als je het opnieuw activeert.
person-deactivate-title = { $name } deactiveren?
person-deactivate-meetings = Afspraken die nog niet begonnen zijn
person-deactivate-stay = Ze gaan door
person-deactivate-stay-text = Klanten houden hun uitnodiging en kunnen annuleren. Draag ze over aan collega’s, nu of later: { $name } kan niet meer inloggen.
person-deactivate-cancel = Ze annuleren
person-deactivate-cancel-text = Klanten krijgen een annulering.
person-deactivate-button = { $name } deactiveren
person-deactivate-keep = Actief houden
person-reactivate = Weer activeren
person-reactivate-text = { $name } kan weer inloggen, en klanten kunnen er weer boeken.
person-back = Alle gebruikers

accept-title = Welkom, { $name }
accept-lead = { $organisation } heeft een account voor je gemaakt. Kies een wachtwoord voor { $email }, dan kunnen klanten bij je boeken.
accept-button = Mijn account openen
accept-dead-title = Deze uitnodiging werkt niet meer
accept-dead-text = Hij is gebruikt, door een nieuwere vervangen, of ouder dan een week. Heb je een wachtwoord gekozen, log dan in. Vraag anders je beheerder om een nieuwe uitnodiging.
notice-invitation-accepted = Je account is open. Log in met het wachtwoord dat je net hebt gekozen.

problem-refused-last-admin = Dit is de enige beheerder: maak eerst iemand anders beheerder.
refused-own-account = Dit is je eigen account: sluit het onder “Je gegevens”.
refused-other-status = Iemand heeft dit account intussen gewijzigd. Bekijk het opnieuw.
api-own-account = Gebruik het token van een andere beheerder: dit is het eigen account van het token
api-other-status = Lees het account opnieuw: de status laat dit niet toe
person-give-away = Overdragen aan een collega

message-account-edited-subject = Je profiel is gewijzigd
message-account-edited-lead = { $by } heeft je profiel bij { $organisation } gewijzigd. Wat klanten ervan zien, is al aangepast.
message-account-edited-action = Bekijken wat er gewijzigd is
message-account-edited-closing = Klopt er iets niet, wijzig het dan onder Mijn account.

person-edit = Profiel bewerken
edit-title = Je bewerkt { $name }
edit-lead = Dit is het formulier dat { $name } onder Mijn account heeft. { $name } krijgt een e-mail dat je iets hebt gewijzigd, en ziet onder Activiteit wat.
edit-lead-quiet = Dit is het formulier dat { $name } onder Mijn account heeft. Wat je wijzigt, staat in de activiteit van het account.
edit-ids = Id’s in andere systemen
edit-ids-hint = Eén per regel: het systeem, een dubbele punt en de id, zoals in crm:0031x
edit-fields = Meer over deze persoon
edit-zone-hint = De wekelijkse uren blijven dezelfde kloktijden, nu in de nieuwe tijdzone; geboekte afspraken verschuiven niet.
edit-save = Profiel opslaan
edit-stale = Iemand heeft dit account gewijzigd sinds je deze pagina opende. Waar dat afwijkt van wat je typte, staat bij het veld wat nu is opgeslagen. Sla nog eens op om te houden wat je typte
saved-edited = Het profiel is opgeslagen.
