### Texts of the pages.

## Frame
page-title = { $heading } - { $site }
page-title-error = Error: { $heading } - { $site }
skip-to-main = Skip to main content
skip-to-times = Skip to times
menu-label = Account
menu-account = My Account
menu-availability = Availability
menu-meeting-types = Meeting types
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
footer-made = Booking by Nameplate
problem-heading = There is a problem
error-prefix = Error:
saved-heading = Saved
saving = Saving
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
password-hint = At least 15 characters. A few unrelated words are easy to remember and hard to guess.

## Sign-in and set-up
sign-in-title = Sign in
sign-in-lead = To your account at { $organisation }.
sign-in-button = Sign in
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
details-privacy = { $name } gets these details to hold the meeting. You can cancel or move it at any time by the link in the confirmation.
trap-label = Leave this empty
booking-now = Booking
taken-text = Your details are kept. Book one of these times instead:
taken-none = There is no other free time near it.

## One meeting
meeting-title-scheduled = You are booked
meeting-title-pending = Waiting for { $name } to confirm
meeting-title-cancelled = This meeting is cancelled
meeting-title-completed = This meeting has taken place
meeting-title-missed = This meeting was missed
meeting-lead-scheduled = We sent the confirmation and the calendar invitation to { $email }.
meeting-lead-pending = We write to { $email } as soon as it is decided.
meeting-lead-cancelled = Nothing more to do. The time is free again.
meeting-lead-completed = Thank you for coming.
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
