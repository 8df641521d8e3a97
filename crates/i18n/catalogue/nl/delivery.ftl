# E-mails die niemand hebben bereikt.

send-again = Opnieuw verzenden
sending-again = Verzenden
saved-sent-again = De e-mail is opnieuw onderweg.
saved-nothing-to-send = Er is niets verzonden: wat de e-mail vertelde is voorbij.
message-state-again = Niet bezorgd; opnieuw verzonden

undelivered-no-mailbox = Er is geen mailbox met dit adres.
undelivered-full = De mailbox is vol.
undelivered-refused = De mailserver van de ontvanger heeft het bericht geweigerd.
undelivered-unreachable = Geen mailserver heeft het bericht een hele dag lang aangenomen.
undelivered-not-made = Het bericht kon niet worden gemaakt. Het logboek van de server zegt waarom.
undelivered-answer = De mailserver zei: { $answer }

undelivered-title = Niet-bezorgde e-mail
undelivered-lead = E-mails die niemand hebben bereikt en niet opnieuw zijn verzonden, de laatste eerst.
undelivered-none = Er zijn er geen: voor zover bekend is elke e-mail aangekomen.
undelivered-none-older = Er zijn geen oudere.
undelivered-about = { $what } met { $customer }, { $when }. Medewerker: { $agent }
undelivered-pages = Pagina’s
undelivered-older = Ouder
undelivered-newest = Laatste

message-delivery-problem-subject = Een e-mail over je afspraak is niet bezorgd
message-delivery-problem-lead = Een e-mail aan { $customer } ({ $address }) over je afspraak { $meeting }, { $when }, is niet bezorgd. { $why }
message-delivery-problem-guest = een gast van { $customer }
message-delivery-problem-hint = Laat het op een andere manier weten. Is de oorzaak weg, dan staat op de pagina van de afspraak een knop die de e-mail opnieuw verzendt.
message-delivery-problem-action = Open de afspraak
