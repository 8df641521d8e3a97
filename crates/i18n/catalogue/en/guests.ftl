### Others who are invited to a meeting.

guests-title = Guests
guests-none = Nobody else is invited.
guests-full = A meeting can have { $max } guests. Take somebody off the list to invite another.
guest-add-label = Email address of a guest
guest-add-hint = The guest gets an invitation by email, and everybody who takes part the new list. All of you see each other’s addresses.
guests-told = Guests are told too, without the reason.
guests-reminders = Guests get reminders when your customers do, and all other changes always.
guest-add = Invite
guest-remove = Take off the list
guest-stale = The meeting was changed meanwhile. Look at it as it is now, then invite the guest.
saved-guest-added = The guest gets an invitation by email.
saved-guest-removed = The guest is not invited any more.

notification-meeting-changed = Guests changed
notification-when-meeting-changed = At once, with the update of the invitation.
notification-guest-added = Guest invited
notification-guest-removed = Guest taken off the list
template-name-meeting-changed = Guests changed
template-name-guest-added = Guest invited
template-name-guest-removed = Guest taken off the list
template-to-guest = to a guest
template-sample-guest = guest@example.com
placeholder-meeting-guests = Email addresses of the guests

message-attendance-declined-subject = Somebody will not come to your meeting
message-attendance-declined-lead = The calendar of { $customer } ({ $address }) has declined your meeting { $meeting }, { $when }.
message-attendance-declined-hint = The meeting stands, and its time stays taken, until you or the customer cancel or move it.
answer-accepted = Accepted
answer-declined = Declined
answer-tentative = Perhaps
