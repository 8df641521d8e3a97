# Eén wijziging voor veel mensen, vanuit de lijst.

bulk-legend = Meerdere mensen tegelijk wijzigen
bulk-tick = Kies { $name }
bulk-job = Wat wil je doen
bulk-job-none = Kies…
bulk-job-invite-again = Nieuwe uitnodiging sturen
bulk-job-role-agent = Medewerker maken
bulk-job-role-admin = Beheerder maken
bulk-job-deactivate = Deactiveren
bulk-job-reactivate = Weer activeren
bulk-whom = Voor wie
bulk-whom-ticked = Wie is aangevinkt
bulk-whom-page = Iedereen op deze pagina ({ $count })
bulk-whom-found = Iedereen die is gevonden ({ $count })
bulk-go = Verder
bulk-no-job = Kies wat je wilt doen.
bulk-nobody = Vink minstens één persoon aan, of kies iedereen.
bulk-too-many = { $count } mensen zijn te veel voor één wijziging. Verklein de zoekopdracht tot hoogstens { $most }.

bulk-ask-invite-again = { $count ->
    [one] 1 nieuwe uitnodiging sturen?
   *[other] { $count } nieuwe uitnodigingen sturen?
  }
bulk-ask-role-agent = { $count ->
    [one] 1 persoon medewerker maken?
   *[other] { $count } mensen medewerker maken?
  }
bulk-ask-role-admin = { $count ->
    [one] 1 persoon beheerder maken?
   *[other] { $count } mensen beheerder maken?
  }
bulk-ask-deactivate = { $count ->
    [one] 1 persoon deactiveren?
   *[other] { $count } mensen deactiveren?
  }
bulk-ask-reactivate = { $count ->
    [one] 1 persoon weer activeren?
   *[other] { $count } mensen weer activeren?
  }
bulk-job-invite-again-count = { $count ->
    [one] 1 nieuwe uitnodiging sturen
   *[other] { $count } nieuwe uitnodigingen sturen
  }
bulk-job-role-agent-count = { $count ->
    [one] 1 persoon medewerker maken
   *[other] { $count } mensen medewerker maken
  }
bulk-job-role-admin-count = { $count ->
    [one] 1 persoon beheerder maken
   *[other] { $count } mensen beheerder maken
  }
bulk-job-deactivate-count = { $count ->
    [one] 1 persoon deactiveren
   *[other] { $count } mensen deactiveren
  }
bulk-job-reactivate-count = { $count ->
    [one] 1 persoon weer activeren
   *[other] { $count } mensen weer activeren
  }
bulk-lead-invite-again = Ze krijgen een e-mail met een nieuwe link. Eerdere links werken niet meer.
bulk-lead-role-agent = Ze beheren hun eigen profiel, uren en afspraken, en zien het account van niemand anders.
bulk-lead-role-admin = Ze zien en wijzigen ieders account, en de berichtsjablonen en profielvelden.
bulk-lead-deactivate = Ze worden overal uitgelogd, hun API-tokens en agenda-adressen vervallen en hun boekingspagina’s verdwijnen. De accounts blijven bewaard en werken weer als je ze activeert.
bulk-lead-reactivate = Ze kunnen weer inloggen en klanten kunnen hen boeken. Wie nog nooit een wachtwoord koos, krijgt een nieuwe uitnodiging.
bulk-stay-text = Klanten houden hun uitnodigingen en kunnen annuleren. Geef de afspraken nu of later aan collega’s.
bulk-ask-nobody = Niemand te wijzigen
bulk-none = Dit geldt voor niemand die je hebt gekozen.
bulk-left-out = Overgeslagen
bulk-left-own = Dit is je eigen account.
bulk-left-already = Er is niets te wijzigen.
bulk-back = Terug naar de lijst

bulk-done = Klaar
bulk-done-partly = Klaar, maar niet voor iedereen
bulk-done-nobody = Er is niets gewijzigd
bulk-done-invite-again = { $count ->
    [0] Er is geen uitnodiging onderweg.
    [one] Er is 1 nieuwe uitnodiging onderweg.
   *[other] Er zijn { $count } nieuwe uitnodigingen onderweg.
  }
bulk-done-role-agent = { $count ->
    [0] Niemands rol is gewijzigd.
    [one] 1 persoon is nu medewerker.
   *[other] { $count } mensen zijn nu medewerker.
  }
bulk-done-role-admin = { $count ->
    [0] Niemands rol is gewijzigd.
    [one] 1 persoon is nu beheerder.
   *[other] { $count } mensen zijn nu beheerder.
  }
bulk-done-deactivate = { $count ->
    [0] Niemand is gedeactiveerd.
    [one] 1 persoon is gedeactiveerd.
   *[other] { $count } mensen zijn gedeactiveerd.
  }
bulk-done-reactivate = { $count ->
    [0] Niemand is weer geactiveerd.
    [one] 1 persoon is weer geactiveerd.
   *[other] { $count } mensen zijn weer geactiveerd.
  }
bulk-failed = Niet gewijzigd
bulk-not-reached = Voor dit account was geen tijd meer. Kies het opnieuw.
bulk-failed-other = Dit account kon niet worden gewijzigd. Probeer het opnieuw.
bulk-to-list = Naar de lijst
