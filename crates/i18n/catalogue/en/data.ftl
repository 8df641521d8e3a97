# Your data: what is kept, downloading it.

data-title = Your data
data-box = See what is kept about you, download a copy, or delete your account.
data-link = See your data
data-lead = What this server keeps about you, and a copy of it for yourself.
data-kept = What is kept
data-kept-account = Account
data-kept-account-text = Name, email, phone number, job title, location, picture, profile URLs, time zone, and what customers see of it.
data-kept-sign-in = Sign-in
data-kept-sign-in-text = Your password as a one-way code, passkeys, two-step sign-in, API tokens, and the devices that are signed in.
data-kept-meetings = Meetings
data-kept-meetings-text = Your hours, meeting types and meetings, with what customers told you.
data-kept-messages = Messages
data-kept-messages-text = What was sent about your meetings and your account, and what waits to be sent.
data-kept-activity = Activity
data-kept-activity-text = Who changed what, when and from where.
data-kept-where = All of it stands in this server’s own database. Nothing is handed to others but the messages that you and your customers get.
data-download = Download my data
data-download-what = You get one ZIP file: your account, your activity and your meetings as JSON, your meetings as a calendar file, and your picture.
data-download-hint = Passwords, keys and personal links are not in it. It holds what customers wrote to you: keep it in a safe place. You can download it twice a day.
data-download-wait = You downloaded your data often enough for now. The next download is possible at { $time }.
