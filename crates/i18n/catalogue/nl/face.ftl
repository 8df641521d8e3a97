# What others see of an agent.

save-contact = Contact opslaan

## What customers get, beside the form

preview-signature = E-mailhandtekening
preview-entry = Agenda-item
preview-contact = Opgeslagen contact
preview-meeting = Kennismaking
preview-customer = Jouw klant
preview-button = Voorbeeld
preview-stored = Toont wat is opgeslagen.
preview-typed = Toont wat je typte. Het is nog niet opgeslagen.
preview-updated = Het voorbeeld toont wat je typte.

## Choosing the part of a picture

picture-drop = Of sleep of plak hier een foto.
picture-take = Foto maken
crop-part = Deel van de foto dat te zien is
crop-help = Sleep om te verschuiven. Met het toetsenbord: de pijltjestoetsen verschuiven (fijner met Shift), + en - zoomen, Enter slaat op en Escape gaat terug.
crop-result = Zo ziet het eruit
crop-x = Vanaf links
crop-y = Vanaf boven
crop-size = Grootte
crop-closer = Inzoomen
crop-wider = Uitzoomen
crop-position = { $x } vanaf links, { $y } vanaf boven, grootte { $size }
