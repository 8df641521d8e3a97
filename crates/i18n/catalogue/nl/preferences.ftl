# How an agent likes the pages.

box-preferences = Hoe je deze pagina’s ziet
preferences-hint = Alleen voor jou. Kies je hier een taal, dan zijn berichten aan jou er ook in; anders zijn ze in het Engels. Klanten zien de taal en de tijden van hun eigen browser.
preference-language = Taal
preference-hours = Klok
preference-hours-24 = 24 uur (14:00)
preference-hours-12 = 12 uur (2:00 p.m.)
preference-first-weekday = Eerste dag van de week
preference-theme = Thema
preference-as-browser = Zoals je browser vraagt
preference-as-language = Zoals gebruikelijk in je taal
preference-as-region = Zoals gebruikelijk in je land
preference-as-device = Zoals je apparaat is ingesteld
save-preferences = Voorkeuren opslaan
saved-preferences = Je voorkeuren zijn opgeslagen.
