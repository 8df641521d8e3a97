# What others see of an agent.

save-contact = Save contact

## What customers get, beside the form

preview-signature = Email signature
preview-entry = Calendar entry
preview-contact = Saved contact
preview-meeting = Introduction
preview-customer = Your customer
preview-button = Preview
preview-stored = Shows what is saved.
preview-typed = Shows what you typed. It is not saved yet.
preview-updated = The preview shows what you typed.

## Choosing the part of a picture

picture-drop = Or drop or paste a picture here.
picture-take = Take picture
crop-part = Part of the picture that is shown
crop-help = Drag to move. With the keyboard, the arrow keys move (finer with Shift), + and - zoom, Enter saves and Escape goes back.
crop-result = How it will look
crop-x = From the left
crop-y = From the top
crop-size = Size
crop-closer = Zoom in
crop-wider = Zoom out
crop-position = { $x } from the left, { $y } from the top, size { $size }
