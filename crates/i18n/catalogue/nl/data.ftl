# Your data: what is kept, downloading it, deleting the account.

data-title = Je gegevens
data-box = Bekijk wat er over je wordt bewaard, download een kopie of verwijder je account.
data-link = Bekijk je gegevens
data-lead = Wat deze server over je bewaart, en een kopie daarvan voor jezelf.
data-kept = Wat er wordt bewaard
data-kept-account = Account
data-kept-account-text = Naam, e-mailadres, telefoonnummer, functie, locatie, foto, profiel-URL’s, tijdzone en wat klanten daarvan zien.
data-kept-sign-in = Inloggen
data-kept-sign-in-text = Je wachtwoord als code die niet terug te rekenen is, passkeys, je identiteit bij de identity provider van je organisatie, tweestapsverificatie, API-tokens en de apparaten die zijn ingelogd.
data-kept-meetings = Afspraken
data-kept-meetings-text = Je uren, afspraaktypes en afspraken, met wat klanten je vertelden.
data-kept-messages = Berichten
data-kept-messages-text = Wat er over je afspraken en je account is verstuurd, en wat nog verstuurd moet worden.
data-kept-activity = Activiteit
data-kept-activity-text = Wie wat wijzigde, wanneer en vanwaar.
data-kept-where = Alles staat in de eigen database van deze server. Aan anderen gaat niets dan de berichten die jij en je klanten krijgen.
data-download = Mijn gegevens downloaden
data-download-what = Je krijgt één ZIP-bestand: je account, je activiteit, je afspraken en de lijst van je berichten als JSON, je afspraken als agendabestand, en je foto.
data-download-hint = Wachtwoorden, sleutels en persoonlijke links zitten er niet in. Wel wat klanten je schreven: bewaar het op een veilige plek. Hoe vaak je het per dag kunt downloaden, is beperkt.
data-download-wait = Je hebt je gegevens voorlopig vaak genoeg gedownload. De volgende keer kan vanaf { $time }.

message-account-closed-subject = Je account is gesloten
message-account-closed-lead = Je account op { $host } is gesloten op { $at }. Niemand kan er nog mee inloggen of bij je boeken.
message-account-closed-life = Op { $until } wordt het gewist, met alles wat erin staat. Tot dan kun je het houden: gebruik de knop. Heb jij het niet gesloten, open het dan meteen weer met de knop en kies een nieuw wachtwoord.
message-account-closed-action = Mijn account houden
message-account-kept-subject = Je account is weer open
message-account-kept-lead = Je account op { $host } is weer geopend op { $at }. Alles staat er zoals het was, behalve afspraken die zijn geannuleerd. Log in zoals eerder; API-tokens moeten opnieuw worden gemaakt.
message-account-kept-not-you = Was jij dat niet, laat het dan meteen weten aan de beheerder van { $organisation }.

delete-title = Mijn account verwijderen
delete-teaser = Je account wordt meteen gesloten en na 14 dagen gewist. Tot dan kun je je bedenken.
delete-see = Bekijk wat er gebeurt
delete-lead = Je account wordt meteen gesloten en na 14 dagen gewist.
delete-what = Wat er gebeurt
delete-now = Meteen
delete-now-text = Je wordt overal uitgelogd, je API-tokens vervallen en niemand kan meer bij je boeken. Je boekingspagina is weg.
delete-until = 14 dagen lang
delete-until-text = Je kunt je account alsnog houden: de link in een bericht aan { $email } opent het weer, tot { $when }.
delete-until-no-mail = Deze server verstuurt geen mail, maar wie hem beheert kan je account weer openen tot { $when }: nameplate agent keep --email { $email }
delete-then = Daarna
delete-then-text = Alles wat over jou en je afspraken wordt bewaard, wordt gewist en is niet terug te halen. Niemand anders krijgt je profiel-URL.
delete-download-first = Eerst mijn gegevens downloaden
delete-last-admin = Je bent de enige beheerder
delete-last-admin-text = Zonder jou kan niemand deze organisatie beheren. Maak eerst iemand anders beheerder, onder Gebruikers, en kom dan terug.
delete-meetings-ahead = { $count ->
    [0] Je hebt geen komende afspraken
    [one] Je hebt één komende afspraak
   *[other] Je hebt { $count } komende afspraken
  }
delete-meetings-more = En nog { $count }: bekijk alle afspraken
delete-meetings = Wat gebeurt er met deze afspraken?
delete-meetings-now = Nu annuleren en het de klanten laten weten
delete-meetings-later = Die vóór { $when } houden; de andere op die dag annuleren en het hun klanten laten weten
delete-confirmation = Typ “{ $slug }” om te zeggen dat je het meent
delete-confirmation-hint = Je e-mailadres mag ook.
delete-confirmation-wrong = Typ “{ $slug }” of je e-mailadres
delete-button = Mijn account verwijderen
delete-keep = Mijn account houden

refused-last-admin = Je bent de enige beheerder. Maak eerst iemand anders beheerder, onder Gebruikers.
api-last-admin = Niemand zou de organisatie nog beheren.
closed-title = Je account is gesloten
closed-text = Het wordt gewist op { $when }. Tot dan kun je het alsnog houden.
closed-mail = De link daarvoor staat in een bericht aan
closed-no-mail = Deze server verstuurt geen mail. Vraag wie hem beheert om je account weer te openen: nameplate agent keep --email { $email }
closed-cancelled = { $count ->
    [one] Eén afspraak is geannuleerd, en de klant krijgt bericht.
   *[other] { $count } afspraken zijn geannuleerd, en de klanten krijgen bericht.
  }
sign-in-closed = Dit account is gesloten en wordt gewist op { $when }. Wil je het houden, gebruik dan de link in het bericht dat net naar het adres ervan is gestuurd.
keep-title = Mijn account houden
keep-text = Dit account is gesloten en wordt gewist op { $when }:
keep-button = Mijn account houden
keep-sign-in = Inloggen
keep-done = Het account van { $email } is weer open. Log in zoals eerder.
keep-dead = Deze link werkt niet meer: hij is al gebruikt, of de tijd is om.
