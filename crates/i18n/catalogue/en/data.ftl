# Your data: what is kept, downloading it, deleting the account.

data-title = Your data
data-box = See what is kept about you, download a copy, or delete your account.
data-link = See your data
data-lead = What this server keeps about you, and a copy of it for yourself.
data-kept = What is kept
data-kept-account = Account
data-kept-account-text = Name, email, phone number, job title, location, picture, profile URLs, time zone, and what customers see of it.
data-kept-sign-in = Sign-in
data-kept-sign-in-text = Your password as a one-way code, passkeys, your identity at your organisation’s identity provider, two-step sign-in, API tokens, and the devices that are signed in.
data-kept-meetings = Meetings
data-kept-meetings-text = Your hours, meeting types and meetings, with what customers told you.
data-kept-messages = Messages
data-kept-messages-text = What was sent about your meetings and your account, and what waits to be sent.
data-kept-activity = Activity
data-kept-activity-text = Who changed what, when and from where.
data-kept-where = All of it stands in this server’s own database. Nothing is handed to others but the messages that you and your customers get.
data-download = Download my data
data-download-what = You get one ZIP file: your account, your activity, your meetings and the list of your messages as JSON, your meetings as a calendar file, and your picture.
data-download-hint = Passwords, keys and personal links are not in it. It holds what customers wrote to you: keep it in a safe place. How often you can download it in a day is limited.
data-download-wait = You downloaded your data often enough for now. The next download is possible at { $time }.

message-account-closed-subject = Your account is closed
message-account-closed-lead = Your account at { $host } was closed on { $at }. Nobody can sign in to it or book with you.
message-account-closed-life = On { $until } it is erased, with everything in it. Until then you can keep it: use the button. If it was not you who closed it, open it again with the button at once and choose a new password.
message-account-closed-action = Keep my account
message-account-kept-subject = Your account is open again
message-account-kept-lead = Your account at { $host } was opened again on { $at }. Everything in it is as it was, but for meetings that were cancelled. Sign in as before; API tokens must be made anew.
message-account-kept-not-you = If that was not you, tell the administrator of { $organisation } at once.

delete-title = Delete my account
delete-teaser = Your account is closed at once and erased after 14 days. Until then you can change your mind.
delete-see = See what will happen
delete-lead = Your account is closed at once and erased after 14 days.
delete-what = What will happen
delete-now = At once
delete-now-text = You are signed out everywhere, your API tokens end, and nobody can book with you. Your booking page is gone.
delete-until = For 14 days
delete-until-text = You can keep your account after all: the link in a message to { $email } opens it again until { $when }.
delete-until-no-mail = This server sends no mail, but whoever runs it can open your account again until { $when }: nameplate agent keep --email { $email }
delete-then = Then
delete-then-text = All that is kept about you and your meetings is erased and cannot be brought back. Nobody else gets your profile URL.
delete-download-first = Download my data first
delete-last-admin = You are the only administrator
delete-last-admin-text = Without you nobody could run this organisation. Make somebody else an administrator first, under People, then come back.
delete-meetings-ahead = { $count ->
    [0] You have no meetings ahead
    [one] You have one meeting ahead
   *[other] You have { $count } meetings ahead
  }
delete-meetings-more = And { $count } more: see all meetings
delete-meetings = What happens to these meetings?
delete-meetings-now = Cancel them now and tell the customers
delete-meetings-later = Keep those before { $when }; cancel the others on that day and tell their customers
delete-confirmation = Type “{ $slug }” to say that you mean it
delete-confirmation-hint = Your email address works too.
delete-confirmation-wrong = Type “{ $slug }” or your email address
delete-button = Delete my account
delete-keep = Keep my account

refused-last-admin = You are the only administrator. Make somebody else one first, under People.
api-last-admin = Nobody would be left to run the organisation.
closed-title = Your account is closed
closed-text = It is erased on { $when }. Until then you can keep it after all.
closed-mail = The link for that is in a message to
closed-no-mail = This server sends no mail. Ask whoever runs it to open your account again: nameplate agent keep --email { $email }
closed-cancelled = { $count ->
    [one] One meeting was cancelled, and its customer is told.
   *[other] { $count } meetings were cancelled, and their customers are told.
  }
sign-in-closed = This account is closed and will be erased on { $when }. To keep it, use the link in the message that was just sent to its address.
keep-title = Keep my account
keep-text = This account is closed and will be erased on { $when }:
keep-button = Keep my account
keep-sign-in = Sign in
keep-done = The account of { $email } is open again. Sign in as before.
keep-dead = This link is over: it was used before, or its time has passed.
