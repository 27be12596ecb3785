# Merges, and records that may be the same one
merges-title = { $count ->
    [one] Merge { $count } record
   *[other] Merge { $count } records
}
merges-text = One stays, with everything the others have. The others are gone from lists and search, and their addresses lead to the one that stays.
merges-back = Back to the record
merges-survivor = Which one stays
merges-survivor-text = We propose the one with most linked records and, where they have as many, the oldest.
merges-may-not-stay = It cannot stay: you may not change it, or not delete the others.
merges-made = Created on { $created }, changed on { $updated }
merges-linked = { $count ->
    [0] no linked records
    [one] { $count } linked record
   *[other] { $count } linked records
}
merges-linked-more = more than { $count } linked records
merges-fields = Which value stays
merges-fields-text = We propose the value that is there; where there are several, the one of the record that was changed last. An address stays whole, that of one record: we propose the fullest one.
merges-address = Whole address
merges-rest = The rest happens by itself
merges-rest-links = Everything that belongs to the others moves to the one that stays: contacts, opportunities, notes, consents and any other record that leads to them.
merges-rest-lists = Tags and consents are united, and keys in other systems go on finding the record.
merges-rest-further = { $kind ->
    [contact] The company, phones and e-mails that are not chosen move to “Other companies”, “Other phones” and “Other e-mail addresses”, as long as there is room.
   *[other] Phones and e-mails that are not chosen move to “Other phones” and “Other e-mail addresses”, as long as there is room.
}
merges-rest-history = The history of all of them is shown on the one that stays.
merges-rest-undo = { $days ->
    [one] It can be undone for { $days } day.
   *[other] It can be undone for { $days } days.
}
merges-same = { $count ->
    [one] { $count } field is the same in all
   *[other] { $count } fields are the same in all
}
merges-do = Merge
merges-link = Merge…
merges-apart = Not the same
merges-who-may = If they are the same, ask somebody who may merge them: { $names }.
merges-one-title = Merge: { $title }
merges-one-text = By { $who } on { $when }
merges-absorbed = Merged records
merges-entity = Type
merges-answers = Record that stayed
merges-moved = Linked records that moved
merges-taken = Fields with another one’s value
merges-keys = External keys that find it
merges-undo-title = Undoing the merge
merges-undo-text = It can be undone until { $when }: the merged records are there again as they were, what belonged to them goes back, and the one that stayed has its former values where nobody changed them since.
merges-undo = Undo the merge
merges-undo-not = It cannot be undone:
merges-undone-title = The merge was undone
merges-undone-text = { $count ->
    [0] Undone on { $when }. There were no linked records to go back.
    [one] Undone on { $when }. { $count } linked record went back.
   *[other] Undone on { $when }. { $count } linked records went back.
}
merges-undone-whole = Everything is as it was before.
merges-undone-left = This did not go back:
merges-left-changed = somebody changed it after the merge, and what is there stays
merges-left-taken = another record has it now
merges-left-gone = the record it led to is not there any more
merges-left-more = { $count ->
    [one] and { $count } more field
   *[other] and { $count } more fields
}
merges-pairs-title = Duplicates
merges-pairs-text = Pairs of records that may be the same, the surest first. Merge them, or say that they are not.
merges-pairs-why = They share { $reasons }
merges-pairs-none = There are no pairs
merges-pairs-none-here = None on this page
merges-pairs-none-text = No other record with the same tax id, e-mail, phone or name was found.
merges-pairs-pages = Pages of duplicates
merges-pairs-first = Back to the beginning
merges-pairs-next = More pairs
merges-apart-title = Pairs that are not the same
merges-apart-when = Said on { $when }
merges-apart-again = Compare them again
merges-known-title = { $count ->
    [one] There is one already that is surely the same
   *[other] There are records already that are surely the same
}
merges-known-text = Nothing was saved. Open the one that is there or, if this is another one, save it anyway.
merges-known-create = Create anyway
merges-known-save = Save anyway
merges-new-tab = (in a new tab)
merges-notice-merged = The records have been merged.
merges-notice-undone = The merge has been undone.
merges-notice-into = This record was merged into the one you see.
merges-notice-choose = To merge, tick 2 to 5 records.
merges-notice-apart = They will not be proposed as the same record again.
merges-notice-again = They will be compared again.
merges-event = { $by ->
    [nobody] { $titles } was merged into it
   *[person] { $who } merged { $titles } into it
}
merges-event-undone = { $by ->
    [nobody] The merge with { $titles } was undone
   *[person] { $who } undid the merge with { $titles }
}
merges-event-other = another record
merges-event-apart = { $by ->
    [nobody] It was said not to be the same as another
   *[person] { $who } said that it is not the same as another
}
merges-event-apart-back = { $by ->
    [nobody] It is compared with another again
   *[person] { $who } has it compared with another again
}
problem-merge-one = Choose at least two different records
problem-merge-many = Too many records: at most { $detail } at once
problem-merge-large = More than { $detail } records belong to those that would go: let the one with most of them stay
problem-merge-converted = More than one of these leads has been converted already: merge the companies or contacts that came of them
problem-merge-whose = Choose the value of one of the records that are merged
problem-merge-address = An address stays whole: choose it of one record
problem-merge-undone = This merge has been undone already
problem-merge-again = The record that stayed was merged into another one later: undo that merge first
problem-merge-late = More than { $detail } days have passed
problem-merge-unknown = The history does not say any more what the records were
audit-kind-merge = Merge
audit-kind-distinct = Pair that is not the same
audit-field-merge-entity = Type
audit-field-merge-survivor = Record that stays
audit-field-merge-answers = Record that answers now
audit-field-merge-absorbed = Merged records
audit-field-merge-keys = External keys
audit-field-merge-taken = Fields with another one’s value
audit-field-merge-moved = Linked records that moved
audit-field-merge-undone = Undone
audit-field-distinct-one-kind = Type of the first
audit-field-distinct-one = First record
audit-field-distinct-other-kind = Type of the second
audit-field-distinct-other = Second record
merges-notice-not-saved = In the meantime the record was merged into the one you see, and what you just sent was not saved. Go back with the browser to recover it.
