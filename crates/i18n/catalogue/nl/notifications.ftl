# Which messages about meetings leave.

notifications-title = Meldingen
notifications-lead = De berichten die automatisch worden verstuurd rond je afspraken, naar je klanten en naar jou.
notifications-meetings = Berichten over afspraken
notifications-overview = { $on } aan, { $off } uit
notifications-line = Geboekt → herinnering, { $reminder } ervoor → begint zo, { $soon } ervoor → begin van de afspraak
notifications-save = Meldingen opslaan
notifications-stale = Dit is intussen opgeslagen, misschien in een ander tabblad. Bekijk je keuzes en sla opnieuw op om ze te houden.
notifications-account = Berichten over je account, zoals een nieuw wachtwoord, komen altijd.
saved-notifications = Je meldingen zijn opgeslagen. Ze gelden ook voor de afspraken die nog komen.
notification-message = Bericht
notification-to-customer = E-mail naar de klant
notification-to-you = E-mail naar jou
notification-always = Altijd
notification-switch = “{ $message }” versturen – { $to }
notification-meeting-scheduled = Afspraak geboekt
notification-when-meeting-scheduled = Meteen, met een agenda-uitnodiging.
notification-meeting-rescheduled = Afspraak verzet
notification-when-meeting-rescheduled = Meteen, met de nieuwe uitnodiging.
notification-meeting-cancelled = Afspraak geannuleerd
notification-when-meeting-cancelled = Meteen; hij verdwijnt uit de agenda.
notification-reminder = Herinnering
notification-starts-soon = Begint zo
notification-to-customer-sms = Sms naar de klant
notification-when-timed = { $before } voor het begin. Niet bij een afspraak die minder dan { $notice } ervoor is geboekt of verzet.
notifications-times = Wanneer herinneringen worden verstuurd
notification-before = Hoe lang voor het begin
notification-notice = Alleen als minstens zo lang van tevoren geboekt of verzet
span-minutes = { $count ->
    [one] 1 minuut
   *[other] { $count } minuten
  }
span-hours = { $count } uur
span-days = { $count ->
    [one] 1 dag
   *[other] { $count } dagen
  }

meeting-messages = Berichten over deze afspraak
meeting-message-to = Naar { $address }
meeting-message-when = Gepland voor { $when }
message-state-planned = Nog niet verzonden
message-state-waiting = Onderweg
message-state-sent = Verzonden
message-state-superseded = Niet verzonden: ingetrokken
message-state-expired = Niet verzonden: te laat
message-state-dead = Niet bezorgd
message-state-bounced = Niet bezorgd: kwam terug
