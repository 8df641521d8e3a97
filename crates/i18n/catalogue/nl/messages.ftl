# Mails and calendar files: what stands around the templates of crates/notify/templates.

# The clock of the other party, behind the reader's own
message-other-clock = Voor { $name }: { $time }
message-add-to-calendar = Zet in je agenda
message-not-updated = Wat je met een van deze links in je agenda zet, verandert niet mee als de afspraak verandert.
message-picture-of = Foto van { $name }
message-test-subject = Test: { $subject }
message-sent-by = Verstuurd door { $organisation } met Nameplate
message-join-label = Deelnemen aan de afspraak

# Account mails
message-account-greeting = Hallo { $name },
message-account-footer = Dit bericht gaat over je account bij { $host } en kan niet worden uitgezet.
message-email-change-subject = Bevestig je nieuwe e-mailadres
message-email-change-lead = Je vroeg bij { $host }, op { $at }, om { $address } voor je account te gebruiken. Vul deze code in op de pagina waar je dat vroeg, of gebruik de knop.
message-email-change-code = Je code
message-email-change-action = Dit adres bevestigen
message-email-change-life = De code werkt 10 minuten, de knop 24 uur. Heb je hier niet om gevraagd, doe dan niets: het adres verandert niet.
message-email-changed-subject = Het e-mailadres van je account is gewijzigd
message-email-changed-lead = Het adres van je account bij { $host } is gewijzigd van { $old } in { $address }, op { $at }. Vanaf nu log je in met het nieuwe adres en krijg je daar je berichten.
message-email-changed-undo = Was jij dat niet, zet dit adres dan terug vóór { $until }. Iedereen wordt dan uitgelogd en je kiest een nieuw wachtwoord.
message-email-changed-action = Mijn adres terugzetten
message-email-restored-subject = Het e-mailadres van je account is teruggezet
message-email-restored-lead = Het adres van je account bij { $host } is teruggezet van { $old } naar { $address }, op { $at }, met de link die daarheen was gemaild. Iedereen is uitgelogd en er moet een nieuw wachtwoord worden gekozen.
message-email-changed-not-you = Was jij dat niet, meld het dan meteen bij de beheerder van { $organisation }.
message-password-reset-subject = Stel een nieuw wachtwoord in
message-password-reset-lead = Iemand vroeg bij { $host }, op { $at }, om een nieuw wachtwoord voor je account. Was jij dat, kies er dan een via de link.
message-password-reset-action = Nieuw wachtwoord kiezen
message-password-reset-life = De link werkt één keer, tot { $until }. Heb je hier niet om gevraagd, doe dan niets: je wachtwoord blijft zoals het is.
message-password-changed-subject = Je wachtwoord is gewijzigd
message-password-changed-lead = Het wachtwoord van je account bij { $host } is gewijzigd op { $at }. Alle andere sessies zijn uitgelogd.
message-password-changed-not-you = Was jij dat niet, meld het dan meteen bij de beheerder van { $organisation }.
