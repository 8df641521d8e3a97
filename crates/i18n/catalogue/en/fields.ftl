# Profile fields: what the organisation asks of its agents beyond what every account has.

fields-title = Profile fields
fields-lead = What every agent’s profile holds beyond the usual: languages, a licence number, a page about the team.
fields-new = Add a field
fields-new-title = New profile field
fields-new-lead = It stands in everybody’s My Account behind the location, and in the API.
fields-empty-heading = No profile fields yet
fields-empty-text = Name, email, phone number, job title, location and picture are there for everybody. Add a field for what else customers or your other systems should know of an agent.
fields-full = There are { $max } fields, and there can be no more. Delete one that nobody needs.
fields-field = Field
fields-label = Label
fields-label-hint = What people read beside it, such as “Languages”.
fields-key = Key
fields-key-hint = Its name in the API and in message templates, such as “languages”. It cannot be changed later.
fields-fixed = Key and type stay for ever: other systems and templates rely on them.
fields-kind = Type
fields-kind-text = Text
fields-kind-number = Number
fields-kind-url = Web address
fields-kind-date = Date
fields-kind-choice = Choice
fields-kind-yes-no = Yes or no
fields-choices = Choices
fields-choices-hint = One in each line, in the order in which they are offered.
fields-choices-hint-new = Only for the type “Choice”: one in each line, in the order in which they are offered.
fields-editor = Filled in by
fields-editor-agent = Agent
fields-editor-agent-text = In My Account, or by an administrator’s program.
fields-editor-admins = Administrators
fields-editor-admins-text = By an administrator’s program. The agent sees it in My Account and cannot change it.
fields-places = Customers see it
fields-places-both = On the booking page and in messages
fields-places-booking-page = On the booking page
fields-places-messages = In messages
fields-places-nobody = Nowhere
fields-places-messages-text = Where a template or a signature names it.
fields-required = Must be filled in
fields-required-tag = Required
fields-order = Order
fields-up = Up
fields-down = Down
fields-save = Save field
fields-delete = Delete field
fields-delete-title = Delete “{ $label }”?
fields-delete-text = The field goes from every profile, from the booking pages and from the API, for good.
fields-delete-effect = { $count ->
    [0] Nobody has filled it in.
    [one] What 1 person has filled in is lost.
   *[other] What { $count } people have filled in is lost.
  }
fields-delete-unused = No message template and nobody’s own text uses { $placeholder }.
fields-delete-templates = Message templates that use it
fields-delete-templates-text = { $placeholder } will be empty in them, and they cannot be saved again until it is taken out.
fields-delete-agents = People whose signature or note uses it
fields-delete-agents-text = { $placeholder } will be empty in their texts.
fields-delete-button = Delete { $label }

saved-profile-field-added = The field is added.
saved-profile-field = The field is saved.
saved-profile-field-moved = The order is saved.
saved-profile-field-deleted = The field is deleted.

problem-not-a-choice-kind = Choose a type
problem-empty-choices = Write at least one choice

activity-event-profile-field-added = Profile field added for everybody
activity-event-profile-field-changed = Profile field changed for everybody
activity-event-profile-field-deleted = Profile field deleted for everybody
activity-field-profile-field = Key
activity-field-profile-field-label = Label
activity-field-profile-field-choices = Choices
activity-field-profile-field-required = Required
activity-field-profile-field-editor = Filled in by
activity-field-profile-field-places = Customers see it
fields-required-true = Yes
fields-required-false = No
fields-yes = Yes
fields-no = No

box-fields = More about you
fields-nothing = Not filled in
fields-admins-only = Only administrators fill this in. Ask one of them if it is not right.
save-fields = Save these details
saved-fields = Your details are saved.
activity-external-id = Id in { $system }
