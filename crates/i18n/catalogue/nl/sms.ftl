# Sms: waar mensen mee instemmen, wat ervan geworden is, en het antwoord aan wie het vraagt.

sms-consent = Stuur sms’jes over deze afspraak naar mijn telefoon: bevestiging, wijzigingen en herinneringen. Ik kan ze altijd stoppen.
sms-help = { $organisation }: berichten over je afspraak. Antwoord STOP om er geen meer te krijgen. { $url }
sms-delivery-underway = Onderweg naar de telefoon
sms-delivery-delivered = Afgeleverd op de telefoon
sms-delivery-failed = Niet afgeleverd
sms-delivery-opted-out = Niet verstuurd: dit nummer wil geen sms’jes
sms-delivery-over-limit = Niet verstuurd: het maximum aan sms’jes per dag is bereikt
sms-stop-title = Sms’jes
sms-stop-lead = Sms’jes over deze afspraak gaan naar { $number }.
sms-stop-button = Stop de sms’jes over deze afspraak
saved-sms-stopped = De sms’jes over deze afspraak zijn gestopt. E-mails komen nog wel.
sms-stopped = Sms’jes naar { $number } zijn gestopt op { $when }.
sms-mailbox-title = Sms
sms-mailbox-size = Omvang
sms-mailbox-segments = { $characters ->
    [one] { $characters } teken
   *[other] { $characters } tekens
}, { $encoding }, { $messages ->
    [one] { $messages } bericht
   *[other] { $messages } berichten
}
sms-mailbox-forced = Unicode vanwege { $character }
