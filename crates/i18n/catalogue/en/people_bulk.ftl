# One change for many people, from the list.

bulk-legend = Change several people
bulk-tick = Choose { $name }
bulk-job = What to do
bulk-job-none = Choose…
bulk-job-invite-again = Send a new invitation
bulk-job-role-agent = Make them agents
bulk-job-role-admin = Make them administrators
bulk-job-deactivate = Deactivate
bulk-job-reactivate = Reactivate
bulk-whom = For whom
bulk-whom-ticked = Those who are ticked
bulk-whom-page = Everybody on this page ({ $count })
bulk-whom-found = Everybody found ({ $count })
bulk-go = Continue
bulk-no-job = Choose what to do.
bulk-nobody = Tick at least one person, or choose everybody.
bulk-too-many = { $count } people are too many for one change. Narrow the search to { $most } at most.

bulk-ask-invite-again = { $count ->
    [one] Send 1 new invitation?
   *[other] Send { $count } new invitations?
  }
bulk-ask-role-agent = { $count ->
    [one] Make 1 person an agent?
   *[other] Make { $count } people agents?
  }
bulk-ask-role-admin = { $count ->
    [one] Make 1 person an administrator?
   *[other] Make { $count } people administrators?
  }
bulk-ask-deactivate = { $count ->
    [one] Deactivate 1 person?
   *[other] Deactivate { $count } people?
  }
bulk-ask-reactivate = { $count ->
    [one] Reactivate 1 person?
   *[other] Reactivate { $count } people?
  }
bulk-job-invite-again-count = { $count ->
    [one] Send 1 new invitation
   *[other] Send { $count } new invitations
  }
bulk-job-role-agent-count = { $count ->
    [one] Make 1 person an agent
   *[other] Make { $count } people agents
  }
bulk-job-role-admin-count = { $count ->
    [one] Make 1 person an administrator
   *[other] Make { $count } people administrators
  }
bulk-job-deactivate-count = { $count ->
    [one] Deactivate 1 person
   *[other] Deactivate { $count } people
  }
bulk-job-reactivate-count = { $count ->
    [one] Reactivate 1 person
   *[other] Reactivate { $count } people
  }
bulk-lead-invite-again = They get an email with a new link. Earlier links no longer work.
bulk-lead-role-agent = They look after their own profile, hours and meetings, and see nobody else’s account.
bulk-lead-role-admin = They see and change everybody’s account, and the message templates and profile fields.
bulk-lead-deactivate = They are signed out everywhere, their API tokens and calendar addresses end, and their booking pages go. The accounts are kept, and work again when they are reactivated.
bulk-lead-reactivate = They can sign in again, and customers can book them. Anyone who never chose a password gets a new invitation.
bulk-stay-text = Customers keep their invitations and can cancel. Give the meetings to colleagues, now or later.
bulk-ask-nobody = Nobody to change
bulk-none = This applies to nobody whom you have chosen.
bulk-left-out = Left out
bulk-left-own = This is your own account.
bulk-left-already = There is nothing to change.
bulk-back = Back to the list

bulk-done = Done
bulk-done-partly = Done, but not for everybody
bulk-done-nobody = Nothing was changed
bulk-done-invite-again = { $count ->
    [0] No invitation is on its way.
    [one] 1 new invitation is on its way.
   *[other] { $count } new invitations are on their way.
  }
bulk-done-role-agent = { $count ->
    [0] Nobody’s role was changed.
    [one] 1 person is an agent now.
   *[other] { $count } people are agents now.
  }
bulk-done-role-admin = { $count ->
    [0] Nobody’s role was changed.
    [one] 1 person is an administrator now.
   *[other] { $count } people are administrators now.
  }
bulk-done-deactivate = { $count ->
    [0] Nobody was deactivated.
    [one] 1 person was deactivated.
   *[other] { $count } people were deactivated.
  }
bulk-done-reactivate = { $count ->
    [0] Nobody was reactivated.
    [one] 1 person was reactivated.
   *[other] { $count } people were reactivated.
  }
bulk-failed = Not changed
bulk-not-reached = There was no time left for this account. Choose it again.
bulk-failed-other = This account could not be changed. Try again.
bulk-to-list = To the list
