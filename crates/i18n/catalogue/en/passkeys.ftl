# Passkeys: signing in without a password.

message-passkey-added-subject = A passkey was added to your account
message-passkey-added-lead = A passkey, { $passkey }, was added to your account at { $host } on { $at }. It signs in without your password.
message-passkey-added-not-you = If that was not you, remove it under Security in your account, change your password, and tell the administrator of { $organisation }.
message-passkey-removed-subject = A passkey was removed from your account
message-passkey-removed-lead = A passkey, { $passkey }, was removed from your account at { $host } on { $at }. It does not sign in any more.
message-passkey-removed-not-you = If that was not you, change your password and tell the administrator of { $organisation } at once.
refused-last-way-in = This passkey is the only way to sign in to your account. Set a password first.
api-last-way-in = This is the only way to sign in to the account.

sign-in-by-passkey = Sign in with a passkey
passkey-sign-in-stopped = No passkey was used. Try again, or sign in with your password.
passkey-wrong = This passkey was not accepted here. Try another one, or sign in with your password.
passkey-late = That took too long, or was sent twice. Try again.
passkey-wait = Your browser asks you now.
passkey-failed = That did not work. Check your connection and try again in a minute.

passkeys-title = Passkeys
passkeys-none = Your password is the only way to sign in. Add a passkey, and you also sign in with your finger, your face or the PIN of your device: there is nothing to remember, and nothing that a false page could ask you for.
passkeys-what = You sign in with your finger, your face or the PIN of a device. Your password keeps working.
passkeys-impossible = This server is reached by an IP address. Passkeys are bound to a name, so there are none here.
passkey-add = Add a passkey
passkey-add-asks = You are asked for your password first.
passkey-add-needs = Adding a passkey needs JavaScript and a browser that knows passkeys.
passkey-add-stopped = No passkey was added. Try again when you are ready.
passkey-add-known = This device or password manager already has a passkey for your account.
passkey-not-added = This passkey could not be added. Try again, or use another device or password manager.
passkey-added = Added { $when }
passkey-used = Last used { $when }
passkey-unused = Not used yet
passkey-rename = Rename
passkey-rename-title = Rename “{ $name }”
passkey-name = Name
passkey-name-hint = Something by which you know it, like Work laptop
passkey-save-name = Save name
passkey-remove = Remove
passkey-remove-title = Remove “{ $name }”?
passkey-remove-text = It will not sign in to your account any more, and where it is signed in now, you are signed out.
passkey-remove-left = { $count ->
    [0] You can still sign in with your password.
    [one] You can still sign in with your other passkey and your password.
   *[other] You can still sign in with your { $count } other passkeys and your password.
}
passkey-remove-there = Your device or password manager keeps its own copy. Delete it there too.
passkey-remove-button = Remove “{ $name }”
saved-passkey-added = Your passkey is added. Use it the next time you sign in.
saved-passkey-named = The name of your passkey is saved.
saved-passkey-removed = The passkey is removed.

confirm-title = Confirm that it is you
confirm-lead = Before this change, show that it is you.
confirm-button = Continue
confirm-by-passkey = Use a passkey
confirm-stopped = No passkey was used. Try again, or type your password.
