choices-title = Choice lists
choices-intro = The values everybody chooses from: in your own words and order.
choices-settings-text = Sources, industries, reasons, zones and the options of own fields.
choices-own-fields = Own fields
choices-list-sources = Sources
choices-list-industries = Industries
choices-list-discard-reasons = Reasons to discard
choices-list-lost-reasons = Reasons for losing
choices-list-activity-types = Types of activity
choices-list-document-categories = Categories of documents
choices-list-zones = Zones
choices-text-sources = Where leads come from. Chosen in their form; shown in filters, imports and reports.
choices-text-industries = Suggested while somebody types the industry of a lead.
choices-text-discard-reasons = Why a lead is discarded.
choices-text-lost-reasons = Why an opportunity is lost.
choices-text-activity-types = What is done with a client: calls, meetings, visits.
choices-text-document-categories = How documents are sorted.
choices-text-zones = Territories, with the beginnings of their postcodes: leads and companies without a zone get that of theirs.
choices-text-own = The options of a field of your company.
choices-values = Values
choices-archived = Archived
choices-is-archived = Archived
choices-none = No values yet
choices-none-text = Add the first one with the form.
choices-new = New value
choices-add = Add
choices-value = What it is called
choices-save = Save
choices-cancel = Cancel
choices-label-ca = In Catalan
choices-label-es = In Spanish
choices-label-en = In English
choices-key = Key
choices-key-hint = For files and the API; it cannot be changed later. Left empty, it is made of the name.
choices-postcodes = Postcodes
choices-postcodes-hint = How they begin, between commas: 17, 0820, AD5
choices-color = Colour
choices-color-0 = Grey
choices-color-1 = Blue
choices-color-2 = Green
choices-color-3 = Ochre
choices-color-4 = Red
choices-color-5 = Turquoise
choices-color-6 = Violet
choices-color-7 = Pink
choices-up = Move “{ $value }” up
choices-down = Move “{ $value }” down
choices-used-by-none = No record has it.
choices-restore-title = Offer it again
choices-restore-text = It cannot be chosen now. Records that have it keep it.
choices-restore = Restore
choices-archive-title = Stop offering it
choices-archive-text = It can no longer be chosen. Records that have it keep it, and reports count it.
choices-archive = Archive
choices-replace-title = Replace it by another
choices-replace-by = By the value
choices-replace = Replace
choices-reset-title = Make it what it was
choices-reset-text = Name, colour and order become what they were at the beginning. No record changes.
choices-reset = Make it what it was
choices-remove-title = Delete it
choices-remove-text = Nothing uses it: it can be deleted for good.
choices-remove = Delete
choices-in-use-default = It is the initial value of: { $fields }. Change that first.
choices-notice-replaced = It was replaced in all records that had it.
choices-notice-going-on = Part of them were changed; some still have the former value. Press “Replace” again to go on.
choices-notice-removed = It was deleted.
choices-notice-archived = It was archived: it is offered no more.
choices-notice-restored = It is offered again.
problem-postcode-prefix = “{ $detail }” is not the beginning of a postcode: only letters and digits
choices-count = { $count ->
    [one] one value
   *[other] { $count } values
}
choices-archived-count = { $count ->
    [one] one archived
   *[other] { $count } archived
}
choices-used = { $count ->
    [one] One record has it.
   *[other] { $count } records have it.
}
choices-replace-text = { $count ->
    [one] The record that has it gets another one. The change stays in its history.
   *[other] { $count } records get another one. The change stays in their history.
}
choices-in-use = { $count ->
    [one] One record uses it: replace it by another before you delete it, or archive it.
   *[other] { $count } records use it: replace it by another before you delete it, or archive it.
}
problem-key-form = “{ $detail }” cannot be a key: only lower-case letters without accents, digits and “_”, beginning with a letter
problem-in-use = It is in use: it cannot be deleted
problem-ready-piece = It is already what it was at the beginning
problem-too-many = Too many: at most { $detail }
choices-list-tags = Tags
choices-text-tags = Marks put on leads, several at a time.
choices-list-consent-purposes = Purposes of data
choices-text-consent-purposes = What a person’s data is used for: consent is asked and written down on their page.
