### Een afspraak aan een collega overdragen.

reassign-link = Overdragen aan een collega
reassign-title = De afspraak overdragen aan een collega
reassign-lead = De tijd blijft gelijk. { $name } krijgt een e-mail met de nieuwe naam, en de afspraak verdwijnt uit je agenda.
reassign-lead-admin = De tijd blijft gelijk. De klant krijgt een e-mail, en beide medewerkers ook, tenzij zij die hebben uitgezet.
reassign-now-with = Nu met
reassign-to = Collega
reassign-to-hint = Alleen wie dan werkt en vrij is, kan de afspraak overnemen.
reassign-choose = Kies iemand
reassign-taken = { $name } (heeft dan een andere afspraak)
reassign-off-hours = { $name } (werkt dan niet)
reassign-reason-hint = De klant en je collega lezen die in het bericht.
reassign-button = Afspraak overdragen
reassign-alone = Er is geen collega die de afspraak kan overnemen.
reassign-nobody-free = Geen collega kan de afspraak op deze tijd overnemen. Kies een andere tijd, of annuleer de afspraak.
saved-reassigned = De afspraak is overgedragen. De klant krijgt een e-mail.

refused-agent-taken = Je collega heeft dan een andere afspraak. Kies iemand anders.
refused-agent-off-hours = Je collega werkt dan niet. Kies iemand anders.
refused-meeting-reassigned = Deze afspraak is nu van iemand anders. Links van de vorige medewerker leiden er niet meer heen.

notification-meeting-reassigned = Afspraak overgedragen
notification-when-meeting-reassigned = Meteen, met de nieuwe uitnodiging.
template-name-meeting-reassigned = Afspraak overgedragen
template-to-previous_agent = aan de vorige medewerker
template-sample-previous-agent = Kim Rivers
placeholder-previous-agent-name = Naam van de vorige medewerker

## API
api-agent-taken = Die medewerker heeft op deze tijd een andere afspraak
problem-agent-taken = Die medewerker heeft op deze tijd een andere afspraak
api-agent-off-hours = Die medewerker werkt niet op deze tijd
problem-agent-off-hours = Die medewerker werkt niet op deze tijd
api-meeting-reassigned = Deze afspraak is nu van een andere medewerker
api-reassign-not-allowed = Alleen de eigen medewerker en beheerders dragen een afspraak over, met een token
problem-one-change-at-a-time = Stuur één wijziging tegelijk, elk in een eigen verzoek
