# Your data: what is kept, downloading it.

data-title = Your data
data-box = See what is kept about you, download a copy, or delete your account.
data-link = See your data
data-lead = What this server keeps about you, and a copy of it for yourself.
data-kept = What is kept
data-kept-account = Your account: name, email, phone number, job title, location, picture, profile URLs, time zone, and what customers see of it.
data-kept-sign-in = How you sign in: your password as a one-way code, passkeys, two-step sign-in, API tokens, and the devices that are signed in.
data-kept-meetings = Your hours, your meeting types and your meetings, with what customers told you.
data-kept-messages = Messages about your meetings and your account that were sent or wait to be sent.
data-kept-activity = Your activity: who changed what, when and from where.
data-kept-where = All of it stands in this server’s own database. Nothing is handed to others but the messages that you and your customers get.
data-download = Download my data
data-download-what = You get one ZIP file: your account, your activity and your meetings as JSON, your meetings as a calendar file, and your picture.
data-download-hint = Passwords, keys and personal links are not in it. It holds what customers wrote to you: keep it in a safe place. You can download it twice a day.
data-download-wait = You downloaded your data often enough for now. The next download is possible at { $time }.
