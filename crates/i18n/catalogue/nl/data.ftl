# Your data: what is kept, downloading it.

data-title = Je gegevens
data-box = Bekijk wat er over je wordt bewaard, download een kopie of verwijder je account.
data-link = Bekijk je gegevens
data-lead = Wat deze server over je bewaart, en een kopie daarvan voor jezelf.
data-kept = Wat er wordt bewaard
data-kept-account = Account
data-kept-account-text = Naam, e-mailadres, telefoonnummer, functie, locatie, foto, profiel-URL’s, tijdzone en wat klanten daarvan zien.
data-kept-sign-in = Inloggen
data-kept-sign-in-text = Je wachtwoord als code die niet terug te rekenen is, passkeys, tweestapsverificatie, API-tokens en de apparaten die zijn ingelogd.
data-kept-meetings = Afspraken
data-kept-meetings-text = Je uren, afspraaktypes en afspraken, met wat klanten je vertelden.
data-kept-messages = Berichten
data-kept-messages-text = Wat er over je afspraken en je account is verstuurd, en wat nog verstuurd moet worden.
data-kept-activity = Activiteit
data-kept-activity-text = Wie wat wijzigde, wanneer en vanwaar.
data-kept-where = Alles staat in de eigen database van deze server. Aan anderen gaat niets dan de berichten die jij en je klanten krijgen.
data-download = Mijn gegevens downloaden
data-download-what = Je krijgt één ZIP-bestand: je account, je activiteit en je afspraken als JSON, je afspraken als agendabestand, en je foto.
data-download-hint = Wachtwoorden, sleutels en persoonlijke links zitten er niet in. Wel wat klanten je schreven: bewaar het op een veilige plek. Je kunt het twee keer per dag downloaden.
data-download-wait = Je hebt je gegevens voorlopig vaak genoeg gedownload. De volgende keer kan vanaf { $time }.
