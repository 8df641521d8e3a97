# Security: how one signs in.

security-title = Security
security-link = How you sign in, and where
security-lead = How you sign in to this account.
security-password-change = Change your password
two-step-title = Two-step sign-in
two-step-off = Off
two-step-what = After your password you are also asked for a code that an app on your phone shows. Whoever learns your password still cannot sign in.
security-sessions-title = Signed-in devices
security-sessions-text = See where you are signed in, and sign out what you do not know.
to-security = Back to Security
