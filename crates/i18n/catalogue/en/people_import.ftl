# People from a file, and everybody as a file.

people-import = Import CSV
people-export = Export CSV
import-title = Import people
import-lead = Hand in a CSV file, look at what every row would do, and confirm. Nobody gets an email before that.
import-file = CSV file
import-file-hint = From Excel, Numbers, Google Sheets or an HR system. At most 20,000 rows and 10 MB.
import-paste = Paste the rows instead
import-pasted = Rows
import-pasted-hint = The first line names the columns. Copied cells of a spreadsheet can be pasted as they are.
import-look = Look at the rows
import-reading = Reading…
import-form = What the file looks like
import-form-headers = The first line names the columns; only the email address must be there, and a name for who is new. Every other column can be left out.
import-form-known = Whoever has an account with that email address is changed: only what the file has a column for, and an empty cell leaves a value as it is. Everybody else is invited.
import-form-marks = Commas, semicolons or tabs stand between cells. A number that begins with + may have an apostrophe before it, as Excel writes it.
import-sample = Download a sample file
import-files = Lately handed in
import-files-hint = Files are deleted after 7 days, with all that stands in them.
import-when-by = { $at }, { $name }
import-pasted-name = Pasted rows
import-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
  }
import-state-draft = Not confirmed
import-state-running = Under way
import-state-done = Done
import-file-none = Choose a CSV file, or paste rows
import-file-empty = This file has no rows below its headers: hand in one with a line for each person
import-file-too-large = This file is larger than 10 MB: split it into several
import-file-too-many-rows = This file has more than 20,000 rows: split it into several
import-file-too-many-columns = This file has more than 200 columns: leave those out that are not needed
import-file-not-text = This is no CSV file: open it in your spreadsheet and save it as CSV
import-file-interrupted = The file did not arrive whole: choose it again

import-draft-title = Import { $name }
import-read-as = { $rows }, read as { $encoding } with { $delimiter }.
import-delimiter-comma = commas
import-delimiter-semicolon = semicolons
import-delimiter-tab = tabs
import-nothing-yet = Nothing was done yet.
import-outcome = What the rows do
import-kind-all = rows
import-kind-ready = ready to invite
import-kind-here = already here
import-kind-duplicate = duplicate
import-kind-invalid = invalid
import-left = { $count ->
    [one] 1 row is left out: you can download it with the reason afterwards.
   *[other] { $count } rows are left out: you can download them with the reason afterwards.
  }
import-confirm-invite = Invite { $ready ->
    [one] 1 person
   *[other] { $ready } people
  }
import-confirm-change = Change { $changing ->
    [one] 1 person
   *[other] { $changing } people
  }
import-confirm-both = Invite { $ready ->
    [one] 1 person
   *[other] { $ready } people
  } and change { $changing }
import-starting = Starting…
import-discard = Discard this file
import-nothing-to-do = No row would do anything.
import-columns = Columns
import-columns-hint = What each column of the file is. Under each stands what its first rows hold.
import-columns-save = Look again
import-column-none = Leave out
import-column-nameless = Column { $number }, without a name
import-column-empty = Empty in the first rows
import-column-twice = Another column is this already: choose something else, or leave it out
import-no-email-column = Choose under “Columns” which column holds the email addresses.
import-external-id = Id in { $system }
import-caption = Rows of the file, page { $page } of { $pages }
import-none-of-these = There are no such rows.
import-line = Line
import-verdict = Result
import-verdict-ready = Ready
import-verdict-here = Already here
import-verdict-duplicate = Duplicate
import-verdict-invalid = Invalid
import-verdict-failed = Failed
import-same = Nothing to change
import-changes = Changes: { $columns }

import-running-title = { $name } is being imported
import-running-lead = You can close this page: the import goes on, and this page shows how far it is.
import-done-title = { $name } is imported
import-done-lead = Whoever was invited has an email with a link on its way. Under People you can copy each link and pass it on another way.
import-refreshes = This page loads anew every three seconds.
import-over = The import is done
import-progress = { $done } of { $all } rows are done
import-count-invited = invited
import-count-updated = changed
import-count-unchanged = same already
import-count-failed = failed
import-failed = Rows that failed
import-failed-text = Mend them in the file and hand it in again: the last column has the reason, and rows that are done already change nothing.
import-failed-download = Download rows that failed
import-failed-more = The first { $shown } of { $all } rows that failed.
import-kept = This file is deleted on { $until }.
import-reason = Reason
saved-import-discarded = The file is deleted. Nobody was invited or changed.

import-fault-cell = { $column }: { $problem }
import-fault-more-cells = More cells than the headers: put quotes around a cell that holds the delimiter
import-fault-duplicate = The same email address as on line { $line }, which counts
import-fault-name-missing = Whoever is new needs a name
import-fault-email-missing = The email address is missing
import-fault-role-stays = The role of somebody who is here stays: change it under People
import-fault-closed = Its agent has closed this account
import-fault-limited = This address was invited too often today: try again tomorrow
import-fault-not-admin = Whoever confirmed the file is no administrator any more
import-fault-slug-twice = The same profile URL as on line { $line }
import-fault-id-twice = The same id in another system as on line { $line }
import-fault-server = The server could not do this row: its log tells why

activity-event-people-imported = People imported from a file
activity-field-import-rows = Rows
