### Giving a meeting to a colleague.

reassign-link = Give to a colleague
reassign-title = Give the meeting to a colleague
reassign-lead = The time stays the same. { $name } gets an email with the new name, and the meeting leaves your calendar.
reassign-lead-admin = The time stays the same. The customer gets an email, and so do both agents unless they switched it off.
reassign-now-with = Now with
reassign-to = Colleague
reassign-to-hint = Only who works then and is free can take it.
reassign-choose = Choose somebody
reassign-taken = { $name } (has another meeting then)
reassign-off-hours = { $name } (does not work then)
reassign-reason-hint = The customer and your colleague read it in the message.
reassign-button = Give the meeting away
reassign-alone = There is no colleague who could take the meeting.
reassign-nobody-free = No colleague can take the meeting at this time. Choose another time for it, or cancel it.
saved-reassigned = The meeting is given to somebody else. The customer gets an email.

refused-agent-taken = Your colleague has another meeting then. Choose somebody else.
refused-agent-off-hours = Your colleague does not work then. Choose somebody else.
refused-meeting-reassigned = This meeting is with somebody else now. Links of the former agent do not lead to it any more.

notification-meeting-reassigned = Meeting reassigned
notification-when-meeting-reassigned = At once, with the update of the invitation.
template-name-meeting-reassigned = Meeting reassigned
template-to-previous_agent = to the former agent
template-sample-previous-agent = Kim Rivers
placeholder-previous-agent-name = Name of the agent who held it before

## API
api-agent-taken = That agent has another meeting at this time
problem-agent-taken = That agent has another meeting at this time
api-agent-off-hours = That agent does not work at this time
problem-agent-off-hours = That agent does not work at this time
api-meeting-reassigned = This meeting is another agent’s now
api-reassign-not-allowed = Only its agent and admins give a meeting to another agent, by token
problem-one-change-at-a-time = Send one change at a time, each in a request of its own
