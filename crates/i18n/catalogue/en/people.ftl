# People: the accounts of the organisation, for its admins, and the invitation.

message-invitation-subject = You are invited: choose your password
message-invitation-lead = { $by } has made an account for you at { $organisation }, so that customers can book meetings with you. Choose a password and your account is ready.
message-invitation-action = Choose a password
message-invitation-life = The link works once, until { $until }. If you do not know what this is about, do nothing.
message-account-deactivated-subject = Your account was deactivated
message-account-deactivated-lead = An administrator of { $organisation } has deactivated your account. You are signed out everywhere, and customers cannot book you.
message-account-deactivated-closing = If you think that this is a mistake, ask your administrator.
message-account-reactivated-subject = Your account works again
message-account-reactivated-lead = An administrator of { $organisation } has reactivated your account. Sign in as before; customers can book you again.
message-account-reactivated-closing = Your API tokens and your calendar address have ended: make new ones where you need them.

activity-event-invited = Invited
activity-event-invitation-accepted = Invitation accepted
activity-event-role-changed = Role changed
activity-event-deactivated = Account deactivated
activity-event-reactivated = Account reactivated
activity-field-role = Role

people-title = People
people-lead = Everybody who has an account here. They look after their own profile, hours and meetings.
people-invite = Invite somebody
people-search = Search
people-search-hint = Name, email or job title
people-role = Role
people-any-role = Every role
people-status = Status
people-any-status = Every status
people-filter = Show
people-clear = Show everybody
people-count = { $found ->
    [one] 1 person
   *[other] { $found } people
  }
people-count-of = { $found } of { $all } people
people-none = Nobody was found. Try fewer words, or show everybody.
people-only-you = You are the only one here. Invite the people whom customers are to book.
people-page = Page { $page } of { $pages }
people-pages = Pages
people-previous = Previous page
people-next = Next page
people-caption = People, sorted by { $sort }
people-name = Name
people-email = Email
people-last-sign-in = Last sign-in
people-never = Never
people-sort-by = Sort by { $column }
people-you = You
role-agent = Agent
role-manager = Manager
role-admin = Administrator
role-agent-text = Own profile, hours and meetings
role-manager-text = Own profile, hours and meetings
role-admin-text = Also people, profile fields, message templates and undelivered email
status-active = Active
status-invited = Invited
status-disabled = Deactivated
status-closed = Closed by its agent

invite-title = Invite somebody
invite-lead = They get an email with a link, and choose a password themselves. Their booking page opens when they have.
invite-button = Send invitation
invite-sending = Sending…
invite-limit = Too many invitations were sent. Try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
  }.
saved-invited = The invitation is on its way.
saved-invited-again = A new invitation is on its way. The earlier link works no more.
saved-role = The role is saved.
saved-deactivated = The account is deactivated.
saved-reactivated = The account works again.
saved-reset-started = A link for a new password is on its way.

person-profile = Profile URL
person-last-sign-in = Last sign-in
person-meetings = Meetings ahead
person-meetings-count = { $count ->
    [0] None
    [one] 1 meeting
   *[other] { $count } meetings
  }
person-invited-until = The link of the invitation works until { $until }.
person-invited-over = The link of the invitation worked until { $until }. Send a new one.
person-closed = Its agent has closed this account. It is erased on { $until }, unless they keep it after all.
person-role = Role
person-role-hint = What they may do, from their next click on
person-role-save = Save role
person-own = This is your own account: change it under My Account.
person-invitation = Invitation
person-invite-again = Send a new invitation
person-copy-link = Copy the link
person-link-hint = Whoever has this link can choose the password. Pass it on only to { $name }.
person-link = Link of the invitation
person-password = Password
person-password-text = Nobody but { $name } sees or sets it. You can have a link for a new one sent to { $email }.
person-reset = Send a link for a new password
person-deactivate = Deactivate
person-deactivate-text = Signs { $name } out everywhere, ends API tokens and the calendar address, and takes the booking page away. The account is kept, and works again when it is reactivated.
person-deactivate-title = Deactivate { $name }?
person-deactivate-meetings = Meetings that have not begun
person-deactivate-stay = They take place
person-deactivate-stay-text = Customers keep their invitations and can cancel. Give them to colleagues, now or later: { $name } cannot sign in any more.
person-deactivate-cancel = Cancel them
person-deactivate-cancel-text = Customers get a cancellation.
person-deactivate-button = Deactivate { $name }
person-deactivate-keep = Keep it active
person-reactivate = Reactivate
person-reactivate-text = { $name } can sign in again, and customers can book.
person-back = All people

accept-title = Welcome, { $name }
accept-lead = { $organisation } has made an account for you. Choose a password for { $email }, and customers can book you.
accept-button = Open my account
accept-dead-title = This invitation works no more
accept-dead-text = It was used, replaced by a newer one, or is older than a week. If you have chosen a password, sign in. Otherwise ask your administrator for a new invitation.
notice-invitation-accepted = Your account is open. Sign in with the password that you have just chosen.

problem-refused-last-admin = This is the only administrator: make somebody else one first.
refused-own-account = This is your own account: close it under “Your data”.
refused-other-status = Somebody changed this account meanwhile. Look at it again.
api-own-account = Use the token of another administrator: this account is the token’s own
api-other-status = Read the account again: its status does not allow this
person-give-away = Give to a colleague

message-account-edited-subject = Your profile was changed
message-account-edited-lead = { $by } has changed your profile at { $organisation }. What customers see of it is changed already.
message-account-edited-action = See what was changed
message-account-edited-closing = If something is not right, change it under My Account.

person-edit = Edit profile
edit-title = You are editing { $name }
edit-lead = The same form as { $name } has under My Account. { $name } is told by email that you changed something, and can see under Activity what it was.
edit-lead-quiet = The same form as { $name } has under My Account. What you change stands in the activity of the account.
edit-ids = Ids in other systems
edit-ids-hint = One on each line: the system, a colon and the id, as in crm:0031x
edit-fields = More about this person
edit-zone-hint = Weekly hours stay the same clock times in the new zone; booked meetings do not move.
edit-save = Save profile
edit-stale = Somebody changed this account since you opened this page. Where it differs from what you typed, what is stored now stands at the field. Save again to keep what you typed
saved-edited = The profile is saved.
