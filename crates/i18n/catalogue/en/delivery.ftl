# Emails that reached nobody.

send-again = Send again
sending-again = Sending
saved-sent-again = The email is on its way again.
saved-nothing-to-send = Nothing was sent: what the email told is over.
message-state-again = Not delivered; sent again

undelivered-no-mailbox = There is no mailbox with this address.
undelivered-full = The mailbox is full.
undelivered-refused = The mail server of the recipient refused it.
undelivered-unreachable = No mail server took it for a whole day.
undelivered-not-made = It could not be made. The log of the server says why.
undelivered-answer = The mail server said: { $answer }

undelivered-title = Undelivered email
undelivered-lead = Emails that reached nobody and were not sent again, the latest first.
undelivered-none = There are none: as far as is known, every email arrived.
undelivered-none-older = There are no older ones.
undelivered-about = { $what } with { $customer }, { $when }. Agent: { $agent }
undelivered-pages = Pages
undelivered-older = Older
undelivered-newest = Latest

message-delivery-problem-subject = An email about your meeting was not delivered
message-delivery-problem-lead = An email to { $customer } ({ $address }) about your meeting { $meeting }, { $when }, was not delivered. { $why }
message-delivery-problem-guest = a guest of { $customer }
message-delivery-problem-hint = Reach them in another way. Once the cause is gone, the page of the meeting has a button that sends the email again.
message-delivery-problem-action = Open the meeting
