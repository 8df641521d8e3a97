# Webhooks

refused-webhook-off = Deze webhook staat uit. Zet hem eerst aan.
api-webhook-off = Zet de webhook eerst aan: maak enabled true

activity-event-webhook-added = Webhook toegevoegd
activity-event-webhook-changed = Webhook gewijzigd
activity-event-webhook-deleted = Webhook verwijderd
activity-event-webhook-secret-replaced = Nieuw geheim voor een webhook
activity-field-webhook = Webhook
activity-field-webhook-host = Host
activity-field-webhook-events = Gebeurtenissen
activity-field-webhook-on = Aan

webhooks-title = Webhooks
webhooks-lead = Andere programma’s die bericht krijgen als een medewerker of een afspraak wijzigt.
webhooks-new = Webhook toevoegen
webhooks-new-title = Nieuwe webhook
webhooks-new-lead = Het adres krijgt bij elke gebeurtenis een ondertekend bericht. Het geheim waarmee wordt ondertekend, zie je één keer, als je opslaat.
webhooks-empty-heading = Nog geen webhooks
webhooks-empty-text = Voeg er een toe om een CRM of een ander programma te laten weten dat iemand komt of gaat, of dat een afspraak is gemaakt, verzet, geannuleerd of aan een collega gegeven.
webhooks-full = Er zijn { $max } webhooks, en meer kunnen er niet zijn. Verwijder er een die niemand nodig heeft.
webhooks-receiver = Ontvanger
webhooks-state = Toestand
webhooks-state-on = Aan
webhooks-state-off = Uit
webhooks-state-failed = Uitgezet
webhooks-failing = Sinds { $when } is niets aangekomen
webhooks-trouble-failed = De server heeft deze webhook op { $when } uitgezet, omdat 24 uur lang niets was aangekomen. De laatste aflevering hieronder zegt waarom. Is de ontvanger in orde, vink dan “Aan” aan en sla op: { $count ->
    [0] er wacht niets.
    [one] de aflevering die wacht, vertrekt dan.
   *[other] de { $count } afleveringen die wachten, vertrekken dan.
  }
webhooks-trouble-failing = Sinds { $when } is niets aangekomen. De server probeert het vanzelf opnieuw en zet deze webhook na 24 uur uit. { $count ->
    [one] 1 aflevering wacht.
   *[other] { $count } afleveringen wachten.
  }
webhooks-url = Adres
webhooks-url-hint = Begint met https:// en is bereikbaar vanaf internet, zoals https://crm.example.com/hooks
webhooks-events = Gebeurtenissen
webhooks-events-all = Alle gebeurtenissen
webhooks-event-agent-created = Iemand heeft een account
webhooks-event-agent-updated = Een account is gewijzigd
webhooks-event-agent-deactivated = Een account is gedeactiveerd of gesloten
webhooks-event-meeting-scheduled = Een afspraak is gemaakt
webhooks-event-meeting-rescheduled = Een afspraak is verzet
webhooks-event-meeting-cancelled = Een afspraak is geannuleerd
webhooks-event-meeting-reassigned = Een afspraak is aan een andere medewerker gegeven
webhooks-on = Aan
webhooks-on-hint = Zolang hij uit staat, wordt er niets nieuws voor vastgelegd.
webhooks-save = Webhook opslaan
webhooks-secret = Geheim voor ondertekening
webhooks-secret-made = Het geheim voor ondertekening
webhooks-secret-once = Kopieer het nu naar waar de ontvanger handtekeningen controleert: het wordt niet opnieuw getoond.
webhooks-secret-text = De ontvanger controleert ermee dat een bericht hiervandaan komt. Een nieuw geheim komt in de plaats; 24 uur lang ondertekenen beide, zodat de ontvanger intussen kan worden aangepast.
webhooks-secret-previous = Het vorige geheim ondertekent nog tot { $when }. Maak je nu weer een nieuw, dan vervalt het meteen.
webhooks-rotate = Nieuw geheim maken
webhooks-deliveries = Afleveringen
webhooks-deliveries-none = In de afgelopen 30 dagen is niets verstuurd.
webhooks-test = Test versturen
webhooks-testing = Bezig met versturen…
webhooks-replay = Opnieuw versturen
webhooks-pages = Pagina’s met afleveringen
webhooks-older = Ouder
webhooks-newest = Nieuwste
webhooks-delivery-waiting = Wacht
webhooks-delivery-delivered = Afgeleverd
webhooks-delivery-failed = Opgegeven
webhooks-tried = { $why } ({ $when }, { $count ->
    [one] 1 poging
   *[other] { $count } pogingen
  })
webhooks-answer-delivered = Afgeleverd, status { $status }
webhooks-answer-underway = Wordt verstuurd
webhooks-answer-refused = De ontvanger antwoordde met status { $status }, niet met een van 200 tot en met 299. In zijn logboek staat waarom.
webhooks-answer-host-unknown = De host is niet bekend. Controleer het adres.
webhooks-answer-private-address = De host ligt in een privénetwerk. Wie de server beheert, kan het toestaan met webhooks.allow in de configuratie.
webhooks-answer-no-connection = De ontvanger neemt geen verbinding aan of heeft die verbroken. Controleer of hij draait en of de poort open is.
webhooks-answer-certificate = Het certificaat van de ontvanger bewijst zijn naam niet. Controleer de naam, de einddatum en de tussenliggende certificaten.
webhooks-answer-timed-out = De ontvanger antwoordde niet binnen 10 seconden. Laat hem eerst antwoorden en daarna pas werken.
webhooks-answer-unreadable = Wat terugkwam, is geen volledig antwoord van een webserver. Controleer het adres en de poort.
webhooks-answer-not-made = Het kon niet worden ondertekend. Maak een nieuw geheim.
webhooks-delete = Webhook verwijderen
webhooks-delete-title = De webhook naar { $host } verwijderen?
webhooks-delete-text = Hij krijgt nergens meer bericht van, en zijn afleveringen verdwijnen hier.
webhooks-delete-effect = { $count ->
    [0] Er wacht niets op hem.
    [one] 1 aflevering die niet is aangekomen, gaat verloren.
   *[other] { $count } afleveringen die niet zijn aangekomen, gaan verloren.
  }

saved-webhook = De webhook is opgeslagen.
saved-webhook-deleted = De webhook is verwijderd.
saved-webhook-test = Een test is onderweg. Laad deze pagina opnieuw om te zien wat ervan is geworden.
saved-webhook-replay = De aflevering is weer onderweg. Laad deze pagina opnieuw om te zien wat ervan is geworden.

problem-empty-events = Kies minstens één gebeurtenis

message-webhook-off-subject = Een webhook is uitgezet
message-webhook-off-lead = Bij { $receiver } is 24 uur lang niets aangekomen. Daarom heeft de server deze webhook uitgezet. De laatste poging: { $why }
message-webhook-off-closing = Wat wacht, wordt 30 dagen bewaard en vertrekt als je de webhook weer aanzet. Zolang hij uit staat, wordt er niets nieuws voor vastgelegd. Elke beheerder krijgt dit bericht.
message-webhook-off-action = Webhook bekijken
