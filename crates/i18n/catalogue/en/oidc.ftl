# Signing in by the organisation's identity provider. { $provider } is what the operator calls it, like “Harbour login”.

oidc-sign-in = Sign in with { $provider }
oidc-unavailable = { $provider } does not answer at the moment. Sign in with your password, or try again in a minute.
oidc-late = That took too long, was done twice, or ended in another browser. Try again.
oidc-denied = { $provider } did not sign you in. Try again, or use your password.
oidc-refused = You could not be signed in with { $provider }. Try again, use your password, or ask your administrator.
oidc-unconnected = { $provider } knows you, but it is not connected to your account here yet. Sign in once with your password or a passkey and then choose “Connect” under Security. Have you no password yet? Use the link in your invitation, or “Forgot your password?”.

oidc-leave-title = On to { $provider }
oidc-leave-lead = You are taken to { $provider } automatically, and come back here afterwards.
oidc-leave-link = Go on to { $provider }
oidc-leave-back = Back

provider-on = Connected
provider-on-text = { $provider } signs you in. Your other ways to sign in keep working.
provider-as = Connected as { $email }
provider-since = Since { $when }
provider-used = Last used { $when }
provider-unused = Not used yet
provider-what = Connect your account, and { $provider } signs you in without a password of this server.
provider-connect = Connect with { $provider }
provider-disconnect = Disconnect from { $provider }
provider-disconnect-title = Disconnect from { $provider }?
provider-disconnect-text = { $provider } will not sign in to your account any more, and everybody who is signed in to it is signed out, except on this device.
provider-disconnect-button = Disconnect from { $provider }
provider-last-way-in = { $provider } is the only way to sign in to your account. Set a password first: sign out and choose “Forgot your password?”.
saved-provider-connected = Your account is connected. You can use it the next time you sign in.
saved-provider-disconnected = Your account is disconnected, and all other devices were signed out.
oidc-connect-late = That took too long, was done twice, or ended in another browser. Nothing was connected: try again.
oidc-connect-denied = { $provider } did not confirm who you are. Nothing was connected: try again.
oidc-connect-refused = The answer of { $provider } could not be accepted. Nothing was connected: try again, or tell your administrator.
oidc-connect-unavailable = { $provider } does not answer at the moment. Nothing was connected: try again in a minute.
oidc-connect-taken = This account at { $provider } signs in to another account here, or yours is connected already. Disconnect that one first, or choose another account at { $provider }.
oidc-connect-unconnected = Nothing was connected: try again.

message-provider-connected-subject = A way to sign in was added to your account
message-provider-connected-lead = Your account at { $host } was connected with { $provider } on { $at }. { $provider } signs in to it without your password.
message-provider-connected-not-you = If that was not you, disconnect it under Security in your account, change your password, and tell the administrator of { $organisation }.
message-provider-disconnected-subject = A way to sign in was removed from your account
message-provider-disconnected-lead = Your account at { $host } was disconnected from { $provider } on { $at }, and all other devices were signed out.
message-provider-disconnected-not-you = If that was not you, change your password and tell the administrator of { $organisation } at once.

activity-event-provider-connected = Identity provider connected
activity-event-provider-disconnected = Identity provider disconnected
activity-event-provider-refused = Sign-in by the identity provider refused
activity-field-provider = Identity provider
