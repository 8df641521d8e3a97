# Webhooks

refused-webhook-off = This webhook is off. Turn it on first.
api-webhook-off = Turn the webhook on first: set enabled to true

activity-event-webhook-added = Webhook added
activity-event-webhook-changed = Webhook changed
activity-event-webhook-deleted = Webhook deleted
activity-event-webhook-secret-replaced = New secret for a webhook
activity-field-webhook = Webhook
activity-field-webhook-host = Host
activity-field-webhook-events = Events
activity-field-webhook-on = On

webhooks-title = Webhooks
webhooks-lead = Other programs that are told when an agent or a meeting changes.
webhooks-new = Add a webhook
webhooks-new-title = New webhook
webhooks-new-lead = Its address gets a signed message for each event. The secret that signs is shown once, when you save.
webhooks-empty-heading = No webhooks yet
webhooks-empty-text = Add one to have a CRM or another program told when somebody joins or leaves, or when a meeting is booked, moved, cancelled or given to a colleague.
webhooks-full = There are { $max } webhooks, and there can be no more. Delete one that nobody needs.
webhooks-receiver = Receiver
webhooks-state = State
webhooks-state-on = On
webhooks-state-off = Off
webhooks-state-failed = Turned off
webhooks-failing = Nothing has arrived since { $when }
webhooks-trouble-failed = The server turned this webhook off on { $when }, because nothing had arrived for 24 hours. The last delivery below says why. When its receiver is mended, tick “On” and save: { $count ->
    [0] nothing waits.
    [one] the delivery that waits leaves then.
   *[other] the { $count } deliveries that wait leave then.
  }
webhooks-trouble-failing = Nothing has arrived since { $when }. The server tries again by itself, and turns this webhook off after 24 hours. { $count ->
    [one] 1 delivery waits.
   *[other] { $count } deliveries wait.
  }
webhooks-url = Address
webhooks-url-hint = Begins with https:// and is reached from the internet, such as https://crm.example.com/hooks
webhooks-events = Events
webhooks-events-all = All events
webhooks-event-agent-created = Somebody has an account
webhooks-event-agent-updated = An account changed
webhooks-event-agent-deactivated = An account was deactivated or closed
webhooks-event-meeting-scheduled = A meeting was booked
webhooks-event-meeting-rescheduled = A meeting was moved
webhooks-event-meeting-cancelled = A meeting was cancelled
webhooks-event-meeting-reassigned = A meeting was given to another agent
webhooks-on = On
webhooks-on-hint = While it is off, nothing new is written down for it.
webhooks-save = Save webhook
webhooks-secret = Signing secret
webhooks-secret-made = The signing secret
webhooks-secret-once = Copy it now to where the receiver checks signatures: it is not shown again.
webhooks-secret-text = The receiver checks with it that a message comes from here. A new one takes its place; for 24 hours both sign, so that the receiver can be changed in between.
webhooks-secret-previous = The former secret still signs until { $when }. If you make another one now, it ends at once.
webhooks-rotate = Make a new secret
webhooks-deliveries = Deliveries
webhooks-deliveries-none = Nothing was sent in the last 30 days.
webhooks-test = Send a test
webhooks-testing = Sending…
webhooks-replay = Send again
webhooks-pages = Pages of deliveries
webhooks-older = Older
webhooks-newest = Newest
webhooks-delivery-waiting = Waiting
webhooks-delivery-delivered = Delivered
webhooks-delivery-failed = Given up
webhooks-tried = { $why } ({ $when }, { $count ->
    [one] 1 try
   *[other] { $count } tries
  })
webhooks-answer-delivered = Delivered, status { $status }
webhooks-answer-underway = Being sent
webhooks-answer-refused = The receiver answered with status { $status }, not with one from 200 to 299. Its log says why.
webhooks-answer-host-unknown = The host is not known. Check the address.
webhooks-answer-private-address = The host leads into a private network. Whoever runs the server can allow it, with webhooks.allow in the configuration.
webhooks-answer-no-connection = The receiver takes no connection, or ended it. Check that it runs and that its port is open.
webhooks-answer-certificate = The certificate of the receiver does not prove its name. Check its name, its end date and the intermediate certificates.
webhooks-answer-timed-out = The receiver did not answer within 10 seconds. Have it answer first and work afterwards.
webhooks-answer-unreadable = What came back is no whole answer of a web server. Check the address and the port.
webhooks-answer-not-made = It could not be signed. Make a new secret.
webhooks-delete = Delete webhook
webhooks-delete-title = Delete the webhook to { $host }?
webhooks-delete-text = It is told of nothing any more, and its deliveries go from here.
webhooks-delete-effect = { $count ->
    [0] Nothing waits for it.
    [one] 1 delivery that has not arrived is lost.
   *[other] { $count } deliveries that have not arrived are lost.
  }

saved-webhook = The webhook is saved.
saved-webhook-deleted = The webhook is deleted.
saved-webhook-test = A test is on its way. Load this page again to see what became of it.
saved-webhook-replay = It is on its way again. Load this page again to see what became of it.

problem-empty-events = Choose at least one event

message-webhook-off-subject = A webhook was turned off
message-webhook-off-lead = Nothing has arrived at { $receiver } for 24 hours, so the server has turned this webhook off. The last try: { $why }
message-webhook-off-closing = What waits is kept for 30 days and leaves when you turn the webhook on again. While it is off, nothing new is written down for it. Every administrator gets this message.
message-webhook-off-action = Look at the webhook
