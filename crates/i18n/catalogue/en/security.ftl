# Security: how one signs in.

security-title = Security
security-link = How you sign in, and where
security-lead = How you sign in to this account.
security-password-change = Change your password
security-sessions-title = Signed-in devices
security-sessions-text = See where you are signed in, and sign out what you do not know.
to-security = Back to Security

## Two-step sign-in

two-step-title = Two-step sign-in
two-step-on = On
two-step-off = Off
two-step-what = After your password you are also asked for a code that an app on your phone shows. Whoever learns your password still cannot sign in.
two-step-since = On since { $day } ({ $place }).
two-step-on-text = After your password you are asked for a code from your app.
two-step-set-up = Set up two-step sign-in
two-step-turn-on = Turn on
two-step-turn-off = Turn off two-step sign-in
two-step-keep = Keep it on
two-step-set-up-title = Set up two-step sign-in
two-step-set-up-lead = You need an app that shows codes: your password manager may do it, or any authenticator app on your phone.
two-step-scan = 1. Scan this code with the app
two-step-scan-text = The app then shows six digits, new ones every 30 seconds.
two-step-qr = QR code for your authenticator app
two-step-cannot-scan = You cannot scan it?
two-step-type-secret = Type or paste this key into the app. Its kind is “time based”.
two-step-secret = the key
two-step-open-app = Open it in an app on this device
two-step-confirm = 2. Type what the app shows
two-step-code-hint = The 6 digits that the app shows now. Spaces do not matter.
two-step-old = This page stood open too long. Scan the new code above: the one before no longer counts
two-step-off-title = Turn off two-step sign-in?
two-step-off-text = Your password alone is then enough to sign in, and your recovery codes no longer work.
two-step-off-short = Your present password was long enough together with a code. Alone it needs at least { $min } characters, so choose a new one here.
saved-two-step-on = Two-step sign-in is on. All other devices were signed out.
saved-two-step-off = Two-step sign-in is off. Your password alone is enough to sign in.

## Recovery codes

recovery-codes-title = Save your recovery codes
recovery-codes-lead = Without your phone, one of these signs you in together with your password. Keep them where your phone is not.
recovery-codes-list = 10 recovery codes
recovery-codes-once = Each works once. They are not shown again, but you can make new ones at any time.
recovery-codes-download = Download
recovery-codes-all = all recovery codes
recovery-codes-done = I have saved them
recovery-codes-file = Recovery codes of { $email } at { $organisation } ({ $host }).
    Each works once, together with the password.
recovery-codes-few = Make new ones before you run out: without your phone and without a code you cannot sign in.
recovery-codes-left = { $left ->
    [0] No recovery code is left.
    [one] 1 recovery code is left.
   *[other] { $left } recovery codes are left.
  }
recovery-codes-new = New recovery codes
recovery-codes-new-title = Make new recovery codes?
recovery-codes-new-text = You get 10 new codes. The old ones stop working at once, also those that you have printed.
recovery-codes-new-button = Make new recovery codes
field-recovery-code = Recovery code
recovery-code-hint = 24 letters and digits. Spaces and hyphens do not matter.
field-app-code = Code from your app

## The second step of a sign-in

sign-in-code-title = Enter your code
sign-in-code-lead = That was right. Now open your authenticator app.
sign-in-code-wait = Too many wrong codes. Try again in { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
  }
sign-in-code-late = The second step took too long. Please sign in again.
problem-code-wrong-code = This code is wrong or was used before. Type the one that the app shows now
problem-code-wrong-recovery-code = This recovery code is wrong or was used before
sign-in-no-app = You do not have your phone?
sign-in-with-recovery = Sign in with a recovery code
sign-in-no-codes = No recovery code either? Whoever runs this server can turn two-step sign-in off for you.
sign-in-other = Sign in as somebody else

## Messages about two-step sign-in

message-two-step-on-subject = Two-step sign-in was turned on
message-two-step-on-lead = Two-step sign-in was turned on for your account at { $host } on { $at }. From now on your password and a code from your app are needed together. All other devices were signed out.
message-two-step-on-not-you = If that was not you, tell the administrator of { $organisation } at once: somebody else could sign in, and you no longer can.
message-two-step-off-subject = Two-step sign-in was turned off
message-two-step-off-lead = Two-step sign-in was turned off for your account at { $host } on { $at }. From now on the password alone is enough to sign in. Your recovery codes no longer work.
message-two-step-off-not-you = If that was not you, change your password and tell the administrator of { $organisation } at once.
message-two-step-tries-subject = Somebody typed wrong codes for your account
message-two-step-tries-lead = On { $at } somebody took the first step of signing in to your account at { $host } (your password, or the login of your organisation), and then typed too many wrong codes. They are not signed in.
message-two-step-tries-not-you = If that was not you, somebody can take the first step: change your password now, there and at your organisation.
message-recovery-codes-new-subject = You have new recovery codes
message-recovery-codes-new-lead = New recovery codes were made for your account at { $host } on { $at }. The old ones no longer work.
message-recovery-codes-new-not-you = If that was not you, change your password and tell the administrator of { $organisation } at once.
message-recovery-code-used-subject = A recovery code was used
message-recovery-code-used-lead = A recovery code took the place of a code from your app at { $host } on { $at }. { $left }
message-recovery-codes-left = { $left ->
    [0] No recovery code is left: make new ones on your Security page.
    [one] 1 recovery code is left: make new ones on your Security page.
   *[other] { $left } recovery codes are left.
  }
message-recovery-code-used-not-you = If that was not you, change your password and make new recovery codes at once.
