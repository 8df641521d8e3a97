# Passkeys: signing in without a password.

message-passkey-added-subject = A passkey was added to your account
message-passkey-added-lead = A passkey, { $passkey }, was added to your account at { $host } on { $at }. It signs in without your password.
message-passkey-added-not-you = If that was not you, remove it under Security in your account, change your password, and tell the administrator of { $organisation }.
message-passkey-removed-subject = A passkey was removed from your account
message-passkey-removed-lead = A passkey, { $passkey }, was removed from your account at { $host } on { $at }. It does not sign in any more.
message-passkey-removed-not-you = If that was not you, change your password and tell the administrator of { $organisation } at once.
refused-last-way-in = This passkey is the only way to sign in to your account. Set a password first.
api-last-way-in = This is the only way to sign in to the account.
