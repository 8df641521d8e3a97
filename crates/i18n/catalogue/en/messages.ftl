# Mails and calendar files: what stands around the templates of crates/notify/templates.

# The clock of the other party, behind the reader's own
message-other-clock = For { $name }: { $time }
message-add-to-calendar = Add to your calendar
message-not-updated = An entry made by one of these links does not change by itself when the meeting does.
message-picture-of = Picture of { $name }
message-test-subject = Test: { $subject }
message-sent-by = Sent by { $organisation } with Nameplate
message-join-label = Join the meeting

# Account mails
message-account-greeting = Hello { $name },
message-account-footer = This message is about your account at { $host } and cannot be switched off.
message-email-change-subject = Confirm your new email address
message-email-change-lead = You asked at { $host }, on { $at }, to use { $address } for your account. Enter this code on the page where you asked, or use the button.
message-email-change-code = Your code
message-email-change-action = Confirm this address
message-email-change-life = The code works for 10 minutes, the button for 24 hours. If you did not ask for this, do nothing: the address does not change.
message-email-changed-subject = The email address of your account was changed
message-email-changed-lead = The address of your account at { $host } was changed from { $old } to { $address } on { $at }. Messages and sign-in use the new address from now on.
message-email-changed-undo = If that was not you, bring this address back until { $until }. Everybody is then signed out and you choose a new password.
message-email-changed-action = Bring my address back
message-email-restored-subject = The email address of your account was changed back
message-email-restored-lead = The address of your account at { $host } was changed back from { $old } to { $address } on { $at }, with the link that was mailed there. Everybody was signed out, and a new password must be chosen.
message-email-changed-not-you = If that was not you, tell the administrator of { $organisation } at once.
message-password-reset-subject = Set a new password
message-password-reset-lead = Somebody asked at { $host }, on { $at }, for a new password for your account. If that was you, choose one behind the link.
message-password-reset-action = Choose a new password
message-password-reset-life = The link works once, until { $until }. If you did not ask for this, do nothing: your password stays as it is.
message-password-changed-subject = Your password was changed
message-password-changed-lead = The password of your account at { $host } was changed on { $at }. All other sessions were signed out.
message-password-changed-not-you = If that was not you, tell the administrator of { $organisation } at once.
