### Het bericht van de medewerker na een afspraak.

wrap-up-title = Na de afspraak
wrap-up-label = Bericht aan de klant
wrap-up-hint = { $name } krijgt het per e-mail, met je handtekening. Schrijf wat je hebt afgesproken en hoe het verdergaat.
wrap-up-button = Bericht verzenden
saved-wrap-up = Je bericht is onderweg.
notification-wrap-up = Bericht na de afspraak
template-name-wrap-up = Bericht na de afspraak
template-sample-wrap-up = Zoals afgesproken stuur ik je vrijdag de papieren. Het was fijn om je te spreken.
