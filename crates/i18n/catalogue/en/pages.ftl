### Texts of the pages.

## Frame
page-title = { $heading } - { $site }
page-title-error = Error: { $heading } - { $site }
skip-to-main = Skip to main content
skip-to-times = Skip to times
menu-label = Account
menu-account = Account
menu-availability = Availability
menu-meeting-types = Types
menu-meetings = Meetings
agent-menu = { $name }, menu
open-my-page = My page
open-as-customer = Open my page as a customer sees it
copy-my-link = Copy my link
copy = Copy
copied = Copied
press-copy = Press Ctrl+C
sign-out = Sign out
theme = Theme
theme-system = System
theme-light = Light
theme-dark = Dark
hours = Times
hours-24 = 24 h
hours-12 = 12 h
language = Language
footer-made = Booking by Nameplate
problem-heading = There is a problem
error-prefix = Error:
saved-heading = Saved
saving = Saving
sending = Sending
optional = (optional)
demo-label = Demo
demo-strip = Demo data. Messages are kept here and sent to nobody.
demo-mailbox = Open the mailbox
change = Change
cancel = Cancel

## Fields that several pages share
field-email = Email
field-password = Password
field-full-name = Full name
field-your-name = Your name
field-phone-number = Phone number
field-time-zone = Time zone
show-password = Show password
hide-password = Hide password
password-shown = Your password is visible
password-hidden = Your password is hidden
password-hint = At least { $min } characters. A few unrelated words are easy to remember and hard to guess.

## Sign-in and set-up
sign-in-title = Sign in
sign-in-lead = To your account at { $organisation }.
sign-in-button = Sign in
sign-in-forgot = Forgot your password?

## Where the account is signed in

sessions-title = Signed-in devices
sessions-lead = Everywhere you are signed in. Sign out what you do not know or no longer use, and change your password if it was not you.
sessions-link = See where you are signed in
sessions-only-this = Only this device is signed in.
sessions-end-others = Sign out everywhere else
sessions-end-others-text = { $count ->
    [one] One other device has to sign in again. This one stays signed in.
   *[other] { $count } other devices have to sign in again. This one stays signed in.
  }
sessions-end-others-button = { $count ->
    [one] Sign out 1 device
   *[other] Sign out { $count } devices
  }
session-this = This device
session-ended = Signed out: { $device }
session-last-used = Last used { $when }
session-started = Signed in { $when }
session-ends = Ends { $when }, unless it is used before
session-ends-at-last = Ends { $when }
session-address = From { $address }
session-address-own = From this server’s own machine
device = { $browser } on { $system }
device-unknown = Unknown device

## A forgotten password

forgot-title = Forgot your password?
forgot-lead = Type the email address of your account. We send you a link with which you choose a new password.
forgot-no-mail = This server sends no mail. Ask whoever runs it for a link.
forgot-button = Send the link
forgot-back = Back to sign-in
forgot-sent-title = Look into your inbox
forgot-sent = If there is an account with { $email }, a link is on its way there. It works for 30 minutes, once.
forgot-sent-help = Nothing there? Look into the spam folder, and check whether your account has another address.
forgot-wait = { $minutes ->
    [one] Too many requests from here. Try again in a minute.
   *[other] Too many requests from here. Try again in { $minutes } minutes.
  }
reset-title = Choose a new password
reset-lead = For the account with { $email }. All devices are signed out then.
reset-button = Set the password
reset-dead-title = This link is over
reset-dead-text = It was used, is older than 30 minutes, or you have asked for a newer one.
reset-dead-button = Ask for a new link
setup-title = Set up your booking server
setup-lead = You are the first here. This makes your organisation and your account, which manages it.
setup-you = You
setup-email-hint = You sign in with it.
setup-organisation = Your organisation
field-organisation = Organisation name
setup-organisation-hint = Customers see it at the top of every page and in messages.
setup-zone-hint = Your opening hours are in this time zone. You can change it later.
setup-button = Create account

## Choosing a time
plate-label = About { $name }
agent-choose = Choose a meeting
agent-empty-heading = { $name } cannot be booked here yet
agent-empty-text = There is no meeting to choose at the moment. Please come back later or get in touch another way.
all-meeting-types = All meetings
picker-label = Day and time
choose-another-day = Choose another day
choose-another-time = Choose another time
today = (today)
zone-shown-in = Times shown in
zone-now = now { $time }
zone-change-what = the time zone
zone-agents-own = These are the times where { $name } is. Choose your own time zone if it differs.
zone-label = Your time zone
zone-update = Update
empty-month-heading = No free times in { $month }
empty-month-next = The next free day is
empty-month-text = Look in another month.
nothing-heading = { $name } has no free times at the moment
nothing-text = Every time that can be booked is taken. New times appear day by day, so please look again later.
nothing-reach = Or get in touch with { $name }:

## Details
details-title = Your details
change-time-what = the time
chosen-time = Chosen time:
details-email-hint = We send the confirmation and the calendar invitation here.
details-note-hint = What would you like to talk about?
field-note = Note for { $name }
details-privacy = { $name } gets these details to hold the meeting. You can cancel or move it until it starts, by the link in the confirmation.
trap-label = Leave this empty
booking-now = Booking
taken-text = Your details are kept. Book one of these times instead:
taken-move = Move the meeting to one of these times instead:
taken-none = There is no other free time near it.

## One meeting
meeting-title-scheduled = You are booked
meeting-title-scheduled-agent = Meeting with { $name }
meeting-title-pending-agent = { $name } waits for you to confirm
meeting-title-pending = Waiting for { $name } to confirm
meeting-title-cancelled = This meeting is cancelled
meeting-title-completed = This meeting has taken place
meeting-title-missed = This meeting was missed
meeting-lead-scheduled = We sent the confirmation and the calendar invitation to { $email }.
meeting-lead-scheduled-agent = The confirmation went to { $email }.
meeting-lead-pending = We write to { $email } as soon as it is decided.
meeting-lead-cancelled = Nothing more to do. The time is free again.
meeting-lead-completed = Thank you for coming.
meeting-lead-completed-agent = You met { $name }.
meeting-lead-missed-agent = { $name } can book another time on your page.
meeting-lead-missed = You can book another time below.
meeting-details = Meeting
fact-what = What
fact-when = When
fact-where = Where
fact-who = For
fact-note = Note
fact-reason = Reason
fact-reference = Reference
reschedule = Choose another time
cancel-meeting = Cancel meeting
add-to-calendar = Add to your calendar
calendar-file = Calendar file
book-again = Book again
book-another = Book another meeting
print = Print
back-to-meeting = Back to the meeting
reschedule-title = Choose another time
reschedule-confirm-title = Move this meeting
now-label = Now
new-label = New
new-choose = Choose a day and a time below
field-reason = Reason
field-cancel-reason = Reason
reason-hint = The other side reads it in the message.
keep-current-time = Keep the current time
cancel-title = Cancel this meeting?
cancel-lead = { $name } is told at once and the time becomes free for others.
keep-meeting = Keep the meeting

## My Account
account-title = My Account
account-lead = What customers see of you, and how you sign in.
account-see-preview = See what customers get
box-name = Name
field-display-name = Name customers see
display-name-hint = Leave it empty to show your full name.
save-name = Save name
email-confirmed = confirmed
email-waiting = Waiting for you to confirm
email-waiting-text = Open the message in that inbox and follow its link, or type its code here. Until then { $email } stays your address.
field-code = Code from the message
code-hint = 6 digits
email-confirm-code = Confirm code
email-resend = Send it again
email-meant = Did you mean { $email }? If so, change it below.
email-cancel = Keep the current address
field-new-email = New email
new-email-hint = You sign in with it and meetings are announced to it. We send a message there to confirm it.
email-password-hint = Your sign-in is some time ago.
show-email-password = Show password for the new email
hide-email-password = Hide password for the new email
change-email = Change email
field-current-password = Current password
field-new-password = New password
show-current-password = Show current password
hide-current-password = Hide current password
show-new-password = Show new password
hide-new-password = Hide new password
change-password = Change password
change-password-effect = Signs you out on all other devices.
box-slug = Profile URL
field-slug = Link
slug-hint = 3 to 60 of the letters a to z, digits and hyphens. Your old links keep leading here.
save-slug = Save link
old-link-visits = { $count ->
    [one] Followed once, { $when }
   *[other] Followed { $count } times, last { $when }
}
old-link-unused = Not followed since
old-links = Old links that lead here: { $count }
zone-search = Find a city
zone-search-none = No city found. Try the nearest large one.
zone-search-found = Use the arrow keys to choose a city.
zone-now-in = It is { $time } in { $zone }.
change-time-zone = Change time zone
zone-hint = Before it is saved you see what it changes.
zone-change-title = Change your time zone to { $city }?
zone-before = Now, { $city }
zone-after = Then, { $city }
zone-meetings-heading = Booked meetings keep their moment
zone-meetings-text = They read differently on your clock. Customers notice nothing.
zone-meetings-none = No booked meeting will read differently.
zone-meeting = Meeting
zone-hours-heading = Hours keep their numbers
zone-hours-text = They will mean the new time zone, so customers can book at other moments.
zone-hours-none = You have no weekly hours yet.
zone-hours = Hours
zone-save = Use { $city } time
zone-keep = Keep { $city }
device-zone-kept = Your time zone stays as it is.
qr-show = Show QR code
qr-title = QR code of your page
qr-text = A phone's camera opens your booking page from it. It keeps working when your link changes.
qr-png = Download PNG
qr-svg = Download SVG
zone-only-a-trip = Only for a trip?
phone-number-hint = With the country code, such as +31 6 12345678, or as you write it in the country of your location.
save-phone-number = Save phone number
field-job-title = Job title
save-job-title = Save job title
box-location = Location
field-location-name = Location name
location-hint = Where you work, in your own words: Utrecht office, Counter 3, From home.
location-address = Address
field-street = Street
field-postcode = Postcode
field-city = City
field-state = State or province
field-country = Country
no-country = No country
save-location = Save location
box-picture = Profile picture
field-picture = Profile picture
picture-choose = Choose a picture
picture-hint = JPEG, PNG or WebP, up to 15 MB. A square is cut out of its middle.
save-picture = Save picture
remove-picture = Remove picture
box-visibility = What customers see
visibility-hint = Your name always shows. Choose where the rest does.
visibility-detail = Detail
visibility-check = Show “{ $field }” on “{ $place }”
place-booking-page = Booking page
place-messages = Messages
save-visibility = Save what customers see
preview-heading = What customers get
email-confirm-title = Confirm your new email
email-confirm-text = From then on you sign in and get your messages with
email-confirm-button = Confirm { $email }
email-undo-title = Bring your address back
email-undo-text = Your account uses another email address now. This button brings back
email-undo-effect = Everybody who is signed in is signed out, all API tokens, passkeys and connections with an identity provider end, and the password stops working. You get an email with a link to choose a new one.
email-undo-button = Bring back { $email }
email-undone = { $email } is the address of your account again, and everybody was signed out. We sent you an email there: choose a new password with the link in it. If you are then asked for a code that you do not have, tell the administrator of your organisation.
email-undo-dead = This link was used before, or more than 7 days have passed. If your account is not under your control, tell the administrator of your organisation.
to-my-account = My Account

## Availability
availability-title = Availability
availability-zone = Your hours are in
nobody-heading = Nobody can book you
nobody-text = You have no weekly hours yet. Start with usual office hours and change them as you like.
nobody-button = Use Monday to Friday, 9 to 17
weekly-heading = Weekly hours
save-weekly = Save weekly hours
range-from = { $day }, from, range { $number }
range-until = { $day }, until, range { $number }
range-remove = Remove { $day }, range { $number }
range-add = Add hours on { $day }
range-next-day = ends next day
closed = Closed
overrides-heading = Other hours on some dates
overrides-text = Time off, holidays or an extra evening. They replace the weekly hours of those dates.
field-date-from = First day
field-date-until = Last day
field-hours-from = From
field-hours-until = Until
override-hint = Leave both times empty to be closed on those days.
override-add = Add dates
remove = Remove
remove-what = Remove { $what }
travel-heading = Travel
travel-text = On these dates your hours follow the place you are in. Your time zone stays as it is.
field-trip-from = From day
field-trip-until = Until day
field-trip-zone = Time zone there
travel-add = Add trip
next-days-heading = Next 14 days
next-bookable = Next bookable:
next-days-of = Free times for “{ $name }”:
next-days-day = Day
next-days-free = Free
nothing-free = Nothing free

## Meeting types
types-title = Meeting types
types-lead = What customers can book with you.
types-new = New meeting type
types-new-title = New meeting type
types-empty-heading = Customers have nothing to book yet
types-empty-text = Make a meeting type: what it is called and how long it takes.
types-what = What it is
types-how-long = How long
types-limits = When it can be booked
types-delete = Delete this meeting type
types-delete-title = Delete { $name }?
types-delete-text = It can no longer be booked.
types-delete-button = Delete { $name }
field-type-name = Name
type-name-hint = Customers see it, such as “Introduction”.
field-type-slug = Link
type-slug-hint = Leave it empty to make it from the name.
field-description = Description
field-place = Place
place-hint = Where or how you meet, such as “Video call” or “Utrecht office”.
field-duration = Duration in minutes
field-interval = A start every … minutes
field-buffer-before = Minutes kept free before
field-buffer-after = Minutes kept free after
field-notice = Shortest notice in minutes
field-horizon = Days ahead that can be booked
field-daily-limit = Most meetings a day
save-type = Save meeting type
edit = Edit
open = Open
copy-link = Copy link
keep = Keep it

## Meetings
meetings-title = Meetings
meetings-which = Which meetings
meetings-upcoming = Upcoming
meetings-past = Past
meetings-none = No meetings ahead
meetings-none-text = Share your link and customers book themselves.
meetings-none-past = No past meetings
meetings-pages = More meetings
meetings-earlier = Earlier meetings
meetings-later = Later meetings
state-pending = Waiting for you
state-cancelled = Cancelled
state-missed = Missed
move = Move

## Errors
error-not-found = Page not found
error-not-found-text = Check the address, or ask the person who gave it to you for a new link.
error-forbidden = This page is not for your account
error-forbidden-text = Ask an administrator of your organisation if you need it.
error-method = This page cannot do that
error-method-text = Go back and use the buttons of the page.
error-conflict = This changed meanwhile
error-conflict-text = Go back, reload the page and try again.
error-gone = This link is over
error-gone-text = It was used or is too old. Ask for a new one.
error-request = The server could not read that
error-request-text = Go back, check what you sent and try again.
error-too-many = Too many tries
error-too-many-text = Wait a few minutes, then try again.
error-server = Something went wrong here
error-server-text = It is our fault, and it is written down. Please try again.
error-busy = The server is busy
error-busy-text = Please try again in a minute. Nothing was lost.
error-request-id = If you report it, quote

## Mailbox of a demonstration
mailbox-title = Mailbox
mailbox-lead = Messages that would have been sent.
mailbox-empty = No messages yet. Book a meeting and the confirmation shows here.
mailbox-subject = Subject
mailbox-to = To
mailbox-kind = Kind
mailbox-when = When
message-headers = Headers
message-text = Text
message-html = Show as HTML
message-eml = Download .eml
message-calendar = Calendar part

## Required fields left empty, each in its own words
problem-empty-name = Enter a name
problem-empty-email = Enter an email address
problem-empty-new-email = Enter the new email address
problem-empty-password = Enter a password
problem-empty-current-password = Enter your current password
problem-empty-email-password = Enter your current password
problem-empty-new-password = Enter a new password
problem-empty-organisation = Enter the name of your organisation
problem-empty-slug = Enter a link
problem-empty-code = Enter the 6 digits
problem-empty-reason = Give a reason
problem-empty-duration-minutes = Enter how many minutes it takes
problem-empty-interval-minutes = Enter how many minutes lie between two starts
problem-empty-notice-minutes = Enter a number of minutes, 0 for none
problem-empty-horizon-days = Enter a number of days
