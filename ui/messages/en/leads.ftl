# Leads
leads-title = Leads
leads-total = { $count } in total
leads-total-more = More than { $count }
leads-total-at-least = At least { $count } with these filters
leads-total-filtered = { $count } with these filters
leads-new = New lead
leads-import = Import
leads-import-file = Import a file
leads-export = Export to { $format }
leads-filters = Filters
leads-column-name = Name
leads-created-from = Created from
leads-created-to = Created until
leads-status-any = All statuses
leads-source-any = All sources
leads-source-unknown = Not known
leads-owner-anyone = Anyone
leads-owner-me = Me
leads-owner-nobody = No owner
leads-owner-unknown = Unknown person
leads-chip-status = Status: { $value }
leads-chip-owner = Owner: { $value }
leads-chip-source = Source: { $value }
leads-chip-from = From { $value }
leads-chip-to = Until { $value }
leads-more = Show more
leads-end = That is all.
leads-to-top = Back to the start
leads-layout = Columns and groups
leads-layout-apply = Show it this way
leads-columns = Columns
leads-group = Group by
leads-group-none = no groups
leads-group-all =
    { $count ->
        [one] Show it
       *[other] Show all { $count }
    }
leads-group-empty = No value
leads-groups-partly = The list is very long: groups count its first part only. Filter it to see exact totals.
leads-none-filtered-title = No results with these filters
leads-none-filtered-text = Remove a filter or clear them all to see more leads.
leads-none-yet-text = None so far. Keep looking further down or remove a filter.
leads-none-title = There are no leads yet
leads-none-text = Create one by hand or import a spreadsheet with the ones you have.
leads-none-mine-text = When one is assigned to you, you will see it here.

leads-field-name = Full name
leads-notice-deleted = The lead was deleted.
leads-notice-assigned = The owner was changed.
leads-new-title = New lead
leads-edit-title = Edit: { $title }
leads-create = Create
leads-save = Save
leads-save-mine = Save my values
leads-cancel = Cancel
leads-group-who = Who it is
leads-group-who-hint = Give the name of a person or of a company. Everything else is optional.
leads-group-contact = Contact
leads-group-address = Address
leads-group-interest = Interest and amount
leads-group-notes = Remarks
leads-hint-tax-id = NIF, NIE, CIF, NRT or EU VAT number
leads-hint-phone = With the prefix if it is foreign: +33 4 68 12 34 56
leads-hint-email = For example, name@company.com
leads-hint-zone = County or sales territory. Left empty, that of the postcode in the list of zones
leads-hint-country = Name or two-letter code: ES, AD, FR
leads-hint-interest = Which product or service they want
leads-hint-amount = Without tax. For example, 1,234.50
leads-hint-external-key = The code of this lead in another program
leads-hint-description = How they came, what they need, by when
leads-conflict-title = Values that differ
leads-conflict-text = Somebody changed this lead while you were editing it. Nothing has been saved yet. The form keeps what you typed: check it and save again.
leads-conflict-field = Field
leads-conflict-theirs = Saved now
leads-conflict-yours = Yours

leads-edit = Edit
leads-more-actions = More actions
leads-delete-link = Delete…
leads-reach = Get in touch
leads-call = Call
leads-write = Write
leads-map = Map
leads-first-response = First response
leads-waiting-since = waiting ({ $when })
leads-discarded-because = Discarded: { $reason }
leads-next-step = Next step
leads-mark-as = Mark as
leads-reopen-as = Reopen as
leads-is-converted = Already a client: there is no step left.
leads-was-converted-elsewhere = Already a client in another program; it leads to no company here. To convert it here, reopen it first.
leads-discard = Discard…
leads-discard-hint = The reason is shown with the lead and can be counted in reports.
leads-discard-choose = Choose one
leads-discard-other = Another reason
leads-discard-note = Details
leads-discard-note-hint = If the reason is not in the list, write it here. If it is, this is kept as a note.
leads-discard-do = Discard
leads-assign = Assign to somebody else…
leads-assign-to = New owner
leads-person-away = { $name } (away until { $day })
leads-assign-do = Assign
leads-note-label = Note
leads-note-hint = What was said and what you agreed to do
leads-note-do = Add note
leads-history = History
leads-history-older = Show earlier ones
leads-history-newest = Back to the latest
leads-history-none = There is nothing earlier.
leads-no-contact = There are no contact details. Edit the lead to add some.
leads-details = Details
leads-created-at = Created
leads-updated-at = Last changed
leads-assigned-at = Assigned
leads-delete-title = Delete “{ $title }”?
leads-delete-text =
    { $count ->
        [0] The lead will be deleted. This cannot be undone.
        [one] The lead and its note will be deleted. This cannot be undone.
       *[other] The lead and its { $count } notes will be deleted. This cannot be undone.
    }
leads-delete-instead = If you only do not want to follow it up, discard it: it will still count in reports.
leads-delete = Delete

leads-why-title = Why { $owner }?
leads-why-nobody-title = Why has it no owner?
leads-why-plugin = The plugin { $name } { $version } decided.
leads-why-turn = It was their turn: turn { $turn } of the team “{ $team }”.
leads-why-person = Assigned by hand by { $by }.
leads-why-somebody = Assigned by hand.
leads-why-import = The file of an import said so.
leads-why-nobody = Nobody in the team was taking leads at that moment.
leads-why-tried = What was tried before
leads-why-candidates =
    { $count ->
        [0] Nobody was available.
        [one] One person was available.
       *[other] { $count } people were available.
    }
leads-outcome-skipped = had nothing to say.
leads-outcome-queued = left it in the queue.
leads-outcome-paused = was paused after too many errors.
leads-outcome-off = was switched off.
leads-outcome-gone = was not found or could not be loaded.
leads-outcome-timeout = was stopped because it took too long.
leads-outcome-memory = was stopped because it used too much memory.
leads-outcome-trap = failed.
leads-outcome-unknown-person = chose somebody who was not among the people available.
leads-outcome-plugin = gave an error.
leads-outcome-bad-output = gave an answer that cannot be understood.
leads-outcome-denied = asked for something it may not have.
leads-outcome-other = could not decide ({ $code }).

leads-way-api = { $time } · by API
leads-way-form = { $time } · by a web form
leads-way-system = { $time } · automatically
leads-event-created =
    { $by ->
        [person] { $who } created the lead
       *[nobody] The lead was created
    }
leads-event-created-for =
    { $by ->
        [person] { $who } created the lead; owner: { $owner }
       *[nobody] The lead was created; owner: { $owner }
    }
leads-event-status =
    { $by ->
        [person] { $who } changed the status: { $from } → { $to }
       *[nobody] The status changed: { $from } → { $to }
    }
leads-event-owner =
    { $by ->
        [person] { $who } assigned it to { $owner }
       *[nobody] It was assigned to { $owner }
    }
leads-event-no-owner =
    { $by ->
        [person] { $who } left it without an owner
       *[nobody] It was left without an owner
    }
leads-event-changed =
    { $by ->
        [person] { $who } changed data
       *[nobody] Data were changed
    }
leads-event-note =
    { $by ->
        [person] Note by { $who }
       *[nobody] Note
    }
leads-event-note-deleted =
    { $by ->
        [person] { $who } deleted a note
       *[nobody] A note was deleted
    }
leads-event-deleted =
    { $by ->
        [person] { $who } deleted it
       *[nobody] It was deleted
    }

problem-country-form = “{ $detail }” is not a known country: write its name or its two-letter code, such as ES or AD
problem-record-too-big = The record is too long: shorten the remarks and add the rest as notes
problem-cursor = This address of the list is no longer valid: go back to the start
problem-role-above-user = The role cannot be above that of the person: choose another one
problem-plugin-refused = The plugin was not accepted: { $detail }
problem-plugin-says = The plugin cannot work with this: { $detail }
leads-field-archived = Archived
leads-archive = Archive
leads-restore = Restore
leads-archived-text = This lead is archived: lists leave it out unless their filter asks for archived ones.
leads-notice-archived = The lead has been archived.
leads-notice-restored = The lead has been restored.
leads-why-rule = The rule “{ $rule }” decided: { $strategy }.
leads-why-rule-fallback = Rule “{ $rule }”: nobody of the group could get it, so it goes to the person the rule names.
leads-why-default-owner = No rule fits: it goes to whoever gets all the rest.
