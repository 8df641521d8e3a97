### The agent's note after a meeting.

wrap-up-title = After the meeting
wrap-up-label = Note to the customer
wrap-up-hint = { $name } gets it by email, with your signature. Write what you agreed on and what comes next.
wrap-up-button = Send note
saved-wrap-up = Your note is on its way.
notification-wrap-up = Note after the meeting
template-name-wrap-up = Note after the meeting
template-sample-wrap-up = As agreed I will send you the papers on Friday. It was good to meet you.
