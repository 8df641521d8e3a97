# Showing anew who one is, before what could give the account away.

step-up-code-hint = The 6 digits that the app shows now, or a recovery code.
step-up-passkey-only = Your account has no password. Confirm with a passkey first.
passkey-instead = Confirm with a passkey instead
passkey-instead-stopped = No passkey was used. Try again when you are ready.
problem-empty-app-code = Enter the code that your app shows, or a recovery code
problem-empty-email-app-code = Enter the code that your app shows, or a recovery code
problem-code-wrong-app-code = This code is wrong or was used before. Type the one that the app shows now, or a recovery code
problem-code-wrong-email-app-code = This code is wrong or was used before. Type the one that the app shows now, or a recovery code

## A phone number is no proof

phone-unverified = Not confirmed
phone-unverified-text = Nobody has checked that it is yours. It never signs you in and never brings your account back.

security-advice-password-alone = Your password alone opens your account: add a passkey, or set up two-step sign-in.
security-advice-no-codes = You have no recovery codes left: make new ones, or the loss of your phone locks you out.

remove-passkeys = Also remove my other ways to sign in: { $names }
remove-passkeys-any = Also remove the passkeys of this account, and the connection with an identity provider
remove-passkeys-when = Remove them if somebody else may have signed in: they may have added one of their own.
