### Anderen die voor een afspraak zijn uitgenodigd.

guests-title = Gasten
guests-none = Er is niemand anders uitgenodigd.
guests-full = Een afspraak kan { $max } gasten hebben. Haal eerst iemand van de lijst om een ander uit te nodigen.
guest-add-label = E-mailadres van een gast
guest-add-hint = De gast krijgt een uitnodiging per e-mail, en iedereen die meedoet de nieuwe lijst. Jullie zien elkaars adressen.
guests-told = De gasten krijgen ook bericht, zonder de reden.
guests-reminders = Gasten krijgen herinneringen als je klanten die ook krijgen, en andere wijzigingen altijd.
guest-add = Uitnodigen
guest-remove = Van de lijst halen
guest-stale = De afspraak is intussen gewijzigd. Kijk eerst hoe hij nu is en nodig de gast dan uit.
saved-guest-added = De gast krijgt een uitnodiging per e-mail.
saved-guest-removed = De gast is niet meer uitgenodigd.

notification-meeting-changed = Gasten gewijzigd
notification-when-meeting-changed = Meteen, met de nieuwe uitnodiging.
notification-guest-added = Gast uitgenodigd
notification-guest-removed = Gast van de lijst gehaald
template-name-meeting-changed = Gasten gewijzigd
template-name-guest-added = Gast uitgenodigd
template-name-guest-removed = Gast van de lijst gehaald
template-to-guest = aan een gast
template-sample-guest = gast@example.com
placeholder-meeting-guests = E-mailadressen van de gasten

message-attendance-declined-subject = Iemand komt niet naar je afspraak
message-attendance-declined-lead = De agenda van { $customer } ({ $address }) heeft je afspraak { $meeting }, { $when }, afgewezen.
message-attendance-declined-hint = De afspraak blijft staan en de tijd bezet, tot jij of de klant hem annuleert of verzet.
answer-accepted = Geaccepteerd
answer-declined = Afgewezen
answer-tentative = Misschien
