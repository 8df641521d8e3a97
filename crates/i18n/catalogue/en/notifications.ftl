# Which messages about meetings leave.

notifications-title = Notifications
notifications-lead = The messages that leave by themselves around your meetings, to your customers and to you.
notifications-meetings = Messages about meetings
notifications-overview = { $on } on, { $off } off
notifications-line = Booked → reminder, { $reminder } before → starts soon, { $soon } before → start of the meeting
notifications-save = Save notifications
notifications-stale = This was saved meanwhile, perhaps in another tab. Look at your choices and save again to keep them.
notifications-account = Messages about your account, such as a new password, always come.
saved-notifications = Your notifications are saved. They hold for the meetings that are ahead too.
notification-message = Message
notification-to-customer = Email to the customer
notification-to-you = Email to you
notification-always = Always
notification-switch = Send “{ $message }” – { $to }
notification-meeting-scheduled = Meeting booked
notification-when-meeting-scheduled = At once, with a calendar invitation.
notification-meeting-rescheduled = Meeting moved
notification-when-meeting-rescheduled = At once, with the update of the invitation.
notification-meeting-cancelled = Meeting cancelled
notification-when-meeting-cancelled = At once; the calendar entry goes.
notification-reminder = Reminder
notification-starts-soon = Starts soon
notification-to-customer-sms = Text message to the customer
notification-when-timed = { $before } before the start. Not sent when booked or moved less than { $notice } before.
notifications-times = When reminders leave
notification-before = How long before the start
notification-notice = Only if booked or moved at least this long before
span-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
  }
span-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
  }
span-days = { $count ->
    [one] 1 day
   *[other] { $count } days
  }

meeting-messages = Messages about this meeting
meeting-message-to = To { $address }
meeting-message-when = Planned for { $when }
message-state-planned = Not yet sent
message-state-waiting = On its way
message-state-sent = Sent
message-state-superseded = Not sent: taken back
message-state-expired = Not sent: too late
message-state-dead = Not delivered
message-state-bounced = Not delivered: came back
