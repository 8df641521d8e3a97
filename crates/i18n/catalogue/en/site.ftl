# What the handlers say: banners, times, refusals.

## Saved (the banner after a redirect)

saved-name = Your name is saved.
saved-job-title = Your job title is saved.
saved-location = Your location is saved.
saved-phone-number = Your phone number is saved.
saved-visibility = What customers see is saved.
saved-password = Your password is changed. All other devices are signed out.
saved-email = Your email address is changed.
saved-email-kept = Your email address stays as it was.
saved-code = We sent a new code. Earlier codes no longer work.
saved-slug = Your link is saved. Old links keep working.
saved-time-zone = Your time zone is saved. Booked meetings keep their moment.
saved-picture = Your picture is saved.
saved-picture-removed = Your picture is removed. Customers see your initials.
saved-others-ended = All other devices are signed out.
saved-hours = Your weekly hours are saved.
saved-override = The dates are saved.
saved-override-removed = The date follows your weekly hours again.
saved-trip = Your trip is saved.
saved-trip-removed = The trip is removed.
saved-type-added = The meeting type is added. Customers can book it now.
saved-type = The meeting type is saved.
saved-type-deleted = The meeting type is deleted. Booked meetings stay.
saved-moved = The meeting is moved. Both of you get an email with the new time.

## Sign-in

sign-in-wrong = Email address or password is not right. Check both and try again.
sign-in-wait = { $minutes ->
    [one] Too many tries. Wait 1 minute, then try again.
   *[other] Too many tries. Wait { $minutes } minutes, then try again.
  }
sign-in-wrong-passwords = You were signed out after too many wrong passwords. Sign in to go on.
sign-in-ended = You were signed out: your session was ended from another device, or was too old. Sign in to go on.
sign-in-signed-out = You are signed out.
sign-in-password-set = Your new password is set, and every device was signed out. Sign in with it.
sign-in-set-up = Your account is ready. Sign in with it.

## My Account

account-stale = This was saved meanwhile, perhaps in another tab. Save again to keep what you typed, or keep what is stored now.
stored-now = Stored now: { $value }
stored-empty = nothing
stored-yes = ticked
stored-no = not ticked
keep-stored = Keep what is stored
account-wait = { $minutes ->
    [one] Too many tries. Wait 1 minute, then try again.
   *[other] Too many tries. Wait { $minutes } minutes, then try again.
  }
password-changed = Last changed on { $day } ({ $place }).
email-resend-wait = { $seconds ->
    [one] You can send it again in 1 second.
   *[other] You can send it again in { $seconds } seconds.
  }
email-resend-at = You can send it again from { $time }.
email-confirmed-text = { $email } is now your email address. Use it to sign in.
email-link-dead = This link was used already, is older than 24 hours, or was withdrawn. If the address still has to change, ask again on My Account.
code-wrong = { $left ->
    [0] That code is not right, and no try is left. Send a new code.
    [one] That code is not right. 1 try is left.
   *[other] That code is not right. { $left } tries are left.
  }
code-dead = This code is too old or was tried too often. Send a new code.
slug-free = { $slug } is free.
slug-own = This is your link.
slug-suggest = { $problem }. Free: { $slugs }.
zone-changes = The clock there { $change }.
zone-meetings-more = { $count ->
    [one] And 1 more.
   *[other] And { $count } more.
  }
zone-hours-in = { $hours } ({ $place })
device-zone = Your device is in { $zone }.
device-zone-switch = Switch
qr-label = QR code of { $url }
picture-none = Choose a picture first.
picture-interrupted = The picture did not arrive completely. Send it again.

## Availability

override-closed = Closed
dates-range = { $from } to { $to }
hours-both = Give both times of a range, or remove the range.
hours-order = Give both times, the first before the second, or leave both empty for a closed day.
date-missing = Give a date.
date-order = The last date lies before the first.
date-too-long = At most one year at a time.
preview-override = Differs from the weekly hours
preview-clocks-forward = Clocks go forward
preview-clocks-back = Clocks go back
preview-meetings = { $count ->
    [one] 1 meeting
   *[other] { $count } meetings
  }
availability-time-format = Write times like 09:00.
availability-end-before-start = The end lies before the start.
availability-intervals-overlap = Two ranges of this day overlap. Join them or move one.
availability-dates-overlap = Another trip has some of these dates.
availability-date-format = Write dates like 2026-12-24.
availability-time-zone-unknown = Choose a time zone of the list.
availability-too-many = These are too many. Remove some that are over.
availability-wrong-type = This cannot be read.
availability-unknown-field = This field does not exist.
availability-missing = Something is missing here.

## Meeting types

duration-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
  }
duration-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
  }
types-rules = { $days ->
    [one] Customers can book from { $notice } to 1 day ahead.
   *[other] Customers can book from { $notice } to { $days } days ahead.
  }
types-delete-effect = { $count ->
    [0] No booked meeting is affected.
    [one] 1 booked meeting stays as it is.
   *[other] { $count } booked meetings stay as they are.
  }

## Booking

morning = Morning
afternoon = Afternoon
evening = Evening
times-on = Times on { $day }
day-times = { $count ->
    [0] { $day }
    [one] { $day }, 1 time
   *[other] { $day }, { $count } times
  }
booking-limited = { $minutes ->
    [one] Too many bookings were made in a short time. Your details are kept: book again in 1 minute.
   *[other] Too many bookings were made in a short time. Your details are kept: book again in { $minutes } minutes.
  }
booking-busy = The server is busy. Your details are kept: book again in a few seconds.
note-too-long-to-keep = This note is too long to be kept while you look for another time. Shorten it, or copy it first.
book-button = Book { $time } on { $day }
move-button = Move to { $time } on { $day }
cancel-button = Cancel meeting on { $day }
when-other = { $name }: { $when }
meeting-started = The meeting has started. It can no longer be moved or cancelled here.

## A time that cannot be had

time-slot-taken = { $time } was just taken
time-outside-hours = { $time } is not offered any more
time-in-the-past = { $time } has passed
time-too-soon = { $time } is too soon to be booked now
time-beyond-horizon = { $time } is too far ahead to be booked now
time-daily-limit = That day is full
time-agent-away = There are no bookings at the moment
time-idempotency-key-reused = { $time } was booked in another window

## Refused

error-reload = Show how things stand
refused-slot-taken = That time was just taken.
refused-outside-hours = That time is not offered.
refused-in-the-past = That time has passed.
refused-too-soon = That time is too soon.
refused-beyond-horizon = That time is too far ahead.
refused-daily-limit = That day is full.
refused-meeting-cancelled = The meeting was cancelled before.
refused-meeting-started = The meeting has started or is over.
refused-meeting-ahead = The meeting has not taken place yet.
refused-meeting-long-over = The meeting ended more than seven days ago.
refused-meeting-missed = The customer did not come to the meeting.
refused-meeting-reviewed = The customer has left a review of the meeting.
refused-idempotency-key-reused = This was sent before with other contents.
refused-agent-away = There are no bookings at the moment.
refused-link-dead = This link was used already, is too old, or was withdrawn.
refused-wrong-code = That code is not right.
refused-set-up-done = The server is set up already.

## Refused before a page was asked

refusal-cross-origin-text = This form did not come from this site. Open the page again and send it from there.
refusal-body-too-large-text = What was sent is too large. Send less, or a smaller file.
refusal-body-too-slow-text = It took too long to arrive. Try again on a better connection.
refusal-address-too-long-text = The address is too long.
refusal-method-not-allowed-text = This address cannot be used that way.
refusal-too-many-requests-text = Too many requests came from your network. Wait a minute, then try again.
refusal-busy-text = The server has too much to do at the moment. Try again in a few seconds.
refusal-timed-out-text = This took too long. Try again in a few seconds.
refusal-internal-error-text = Something went wrong on our side. It is logged; try again later.

## Fields

field-location = Location
