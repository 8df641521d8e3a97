# Which messages about meetings leave.

notifications-title = Meldingen
notifications-lead = De e-mails die vanzelf vertrekken rond je afspraken, naar je klanten en naar jou.
notifications-meetings = E-mails over afspraken
notifications-overview = { $on } aan, { $off } uit
notifications-line = Geboekt → herinnering, 24 uur ervoor → begint zo, 1 uur ervoor → begin van de afspraak
notifications-save = Meldingen opslaan
notifications-stale = Dit is intussen opgeslagen, misschien in een ander tabblad. Bekijk je keuzes en sla opnieuw op om ze te houden.
notifications-account = Berichten over je account, zoals een nieuw wachtwoord, komen altijd.
saved-notifications = Je meldingen zijn opgeslagen. Ze gelden ook voor de afspraken die nog komen.
notification-message = E-mail
notification-to-customer = Naar de klant
notification-to-you = Naar jou
notification-always = Altijd
notification-switch = “{ $message }” versturen – { $to }
notification-meeting-scheduled = Afspraak geboekt
notification-when-meeting-scheduled = Meteen, met een agenda-uitnodiging.
notification-meeting-rescheduled = Afspraak verzet
notification-when-meeting-rescheduled = Meteen, met de nieuwe uitnodiging.
notification-meeting-cancelled = Afspraak geannuleerd
notification-when-meeting-cancelled = Meteen; hij verdwijnt uit de agenda.
notification-reminder = Herinnering
notification-when-reminder = 24 uur voor het begin. Niet bij een afspraak die minder dan 24 uur ervoor is geboekt of verzet.
notification-starts-soon = Begint zo
notification-when-starts-soon = 1 uur voor het begin. Niet bij een afspraak die minder dan 3 uur ervoor is geboekt of verzet.

meeting-messages = E-mails over deze afspraak
meeting-message-to = Naar { $address }
meeting-message-when = Gepland voor { $when }
message-state-planned = Nog niet verzonden
message-state-waiting = Onderweg
message-state-sent = Verzonden
message-state-superseded = Niet verzonden: ingetrokken
message-state-expired = Niet verzonden: te laat
message-state-dead = Niet bezorgd
message-state-bounced = Niet bezorgd: kwam terug
