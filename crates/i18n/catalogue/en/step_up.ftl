# Showing anew who one is, before what could give the account away.

step-up-code-hint = The 6 digits that the app shows now, or a recovery code.
step-up-passkey-only = Your account has no password. Confirm with a passkey first.
passkey-instead = Confirm with a passkey instead
passkey-instead-stopped = No passkey was used. Try again when you are ready.
problem-empty-app-code = Enter the code that your app shows, or a recovery code
problem-empty-email-app-code = Enter the code that your app shows, or a recovery code
problem-code-wrong-app-code = This code is wrong or was used before. Type the one that the app shows now, or a recovery code
problem-code-wrong-email-app-code = This code is wrong or was used before. Type the one that the app shows now, or a recovery code
