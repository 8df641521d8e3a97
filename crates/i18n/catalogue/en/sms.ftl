# Text messages: what is agreed to, what became of them, and the answer to who asks.

sms-consent = Send text messages about this meeting to my phone: confirmation, changes and reminders. I can stop them at any time.
sms-help = { $organisation }: messages about your meeting. Answer STOP to get no more. { $url }
sms-delivery-underway = On its way to the phone
sms-delivery-delivered = Delivered to the phone
sms-delivery-failed = Not delivered
sms-delivery-opted-out = Not sent: this number wants no text messages
sms-delivery-over-limit = Not sent: the limit of text messages for a day was reached
sms-stop-title = Text messages
sms-stop-lead = Text messages about this meeting go to { $number }.
sms-stop-button = Stop text messages about this meeting
saved-sms-stopped = Text messages about this meeting are stopped. Emails still come.
sms-stopped = Text messages to { $number } were stopped on { $when }.
sms-mailbox-title = Text message
sms-mailbox-size = Size
sms-mailbox-segments = { $characters ->
    [one] { $characters } character
   *[other] { $characters } characters
}, { $encoding }, { $messages ->
    [one] { $messages } message
   *[other] { $messages } messages
}
sms-mailbox-forced = Unicode because of { $character }
