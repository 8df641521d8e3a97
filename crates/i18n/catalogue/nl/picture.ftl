# Why a file was not taken as a profile picture (picture::PictureError). The old picture always stays.

picture-empty = Kies eerst een foto: een JPEG-, PNG- of WebP-bestand.
picture-file-too-large = Dit bestand is { $size } MB en de grens is { $limit } MB. Sla de foto kleiner of als JPEG op en kies hem opnieuw.
picture-too-many-pixels = Deze foto heeft { $size } megapixels ({ $width } × { $height }) en de grens is { $limit }. Sla hem kleiner op en kies hem opnieuw.
picture-too-small = Deze foto heeft { $width } × { $height } pixels en zou onscherp zijn. Kies er een met minstens { $limit } pixels aan elke kant.
picture-too-much-memory = Deze foto kost te veel geheugen om te openen. Sla hem op als gewone JPEG, of kleiner, en kies hem opnieuw.
picture-svg = Dit is een SVG-tekening. Die kan hier niet, omdat er scripts in kunnen zitten. Exporteer hem als PNG van minstens 512 × 512 pixels en kies die.
picture-gif = Dit is een GIF. Profielfoto’s bewegen niet: open hem, sla hem op als PNG of JPEG en kies die.
picture-heic = Dit is een HEIC-foto, die de meeste browsers niet kunnen tonen. Op een iPhone: kies bij Instellingen > Camera > Structuren voor Meest compatibel en maak de foto opnieuw. Op een Mac: open hem in Voorvertoning en exporteer hem als JPEG. Op Windows: open hem in Foto’s en sla hem op als JPEG.
picture-avif = Dit is een AVIF-afbeelding, die veel mailprogramma’s niet kunnen tonen. Open hem in een fotoprogramma, sla hem op als JPEG of PNG en kies die.
picture-pdf = Dit is een PDF-document. Exporteer de pagina als JPEG of PNG, of maak een schermafbeelding van de foto, en kies die.
picture-film = Dit is een film. Maak een foto, of een schermafbeelding van het moment dat je wilt, en kies die.
picture-other-picture = Dit soort afbeelding kan hier niet. Sla hem op als JPEG, PNG of WebP en kies hem opnieuw.
picture-not-a-picture = Dit bestand is geen afbeelding. Kies een JPEG-, PNG- of WebP-bestand.
picture-rare-variety = Deze foto is opgeslagen in een zeldzame vorm van zijn bestandstype. Open hem in een fotoprogramma, sla hem op als gewone JPEG of PNG en kies die.
picture-truncated = Dit bestand is onvolledig: het einde ontbreekt. Kopieer of download het opnieuw en kies het dan.
picture-damaged = Dit bestand is beschadigd en kan niet worden geopend. Open het in een fotoprogramma, sla het opnieuw op als JPEG of PNG en kies dat.
