# Why a file was not taken as a profile picture (picture::PictureError). The old picture always stays.

picture-empty = Choose a picture first: a JPEG, PNG or WebP file.
picture-file-too-large = This file has { $size } MB and the limit is { $limit } MB. Save the picture at a smaller size or as a JPEG and choose it again.
picture-too-many-pixels = This picture has { $size } megapixels ({ $width } × { $height }) and the limit is { $limit }. Save it at a smaller size and choose it again.
picture-too-small = This picture has { $width } × { $height } pixels and would look blurred. Choose one with at least { $limit } pixels on each side.
picture-too-much-memory = This picture takes too much memory to open. Save it as an ordinary JPEG, or at a smaller size, and choose it again.
picture-svg = This is an SVG drawing, which cannot be used here because it may contain scripts. Export it as PNG with at least 512 × 512 pixels and choose that.
picture-gif = This is a GIF. Profile pictures do not move: open it, save it as PNG or JPEG and choose that.
picture-heic = This is a HEIC photo, which most browsers cannot show. On an iPhone, set Settings > Camera > Formats to Most Compatible and take it again; on a Mac, open it in Preview and export it as JPEG; on Windows, open it in Photos and save it as JPEG.
picture-avif = This is an AVIF picture, which many mail programs cannot show. Open it in an image editor, save it as JPEG or PNG and choose that.
picture-pdf = This is a PDF document. Export its page as JPEG or PNG, or take a screenshot of the picture, and choose that.
picture-film = This is a film. Take a still photo, or a screenshot of the moment you want, and choose that.
picture-other-picture = This kind of picture is not supported. Save it as JPEG, PNG or WebP and choose it again.
picture-not-a-picture = This file is not a picture. Choose a JPEG, PNG or WebP file.
picture-rare-variety = This picture is saved in a rare variety of its format. Open it in an image editor, save it as an ordinary JPEG or PNG and choose that.
picture-truncated = This file is incomplete: its end is missing. Copy or download it again and choose it then.
picture-damaged = This file is damaged and cannot be opened. Open it in an image editor, save it again as JPEG or PNG and choose that.
