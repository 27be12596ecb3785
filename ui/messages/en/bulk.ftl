# Bulk actions
bulk-title = Bulk actions
bulk-with-ticked = With the ticked ones…
bulk-with-all =
    { $count ->
        [one] With the only one…
       *[other] With all { $count }…
    }
bulk-with-all-uncounted = With all in the list…
bulk-tick = Tick “{ $title }”
bulk-chosen =
    { $count ->
        [0] None chosen: go back to the list and tick some.
        [one] One chosen
       *[other] { $count } chosen
    }
bulk-back = Back to the list
bulk-what = What do you want to do with them?
bulk-assign = Assign them to somebody
bulk-person = New owner
bulk-assign-again = Share them out again
bulk-set-field = Change a field
bulk-field = Field
bulk-add-tag = Add a tag
bulk-remove-tag = Remove a tag
bulk-tag = Tag
bulk-archive = Archive them
bulk-restore = Restore them from the archive
bulk-delete = Delete them
bulk-export = Export them
bulk-nothing-yet = Nothing is changed yet: first you will see what would happen.
bulk-continue = Continue
bulk-cancel = Cancel
bulk-value-title = Change “{ $field }”
bulk-no-value = No value
bulk-empty-hint = Left empty, it clears the field.
bulk-reason = Reason, if they are discarded
bulk-deed-assign = Assign them to { $value }
bulk-deed-set = { $field }: { $value }
bulk-deed-empty = { $field }: no value
bulk-deed-add-tag = Add the tag “{ $value }”
bulk-deed-remove-tag = Remove the tag “{ $value }”
bulk-review-title = What will happen
bulk-asked-again = The list changed while you were looking. Check the figures before you start.
bulk-change = Change
bulk-already = So already
bulk-denied = You may not change
bulk-refused = Cannot change
bulk-none-would-change = Nothing would change.
bulk-can-be-undone = For 24 hours you can undo it.
bulk-start =
    { $count ->
        [one] Change one
       *[other] Change { $count }
    }
bulk-jobs-title = Bulk actions so far
bulk-jobs-link = Those done
bulk-jobs-text = Each can be undone for 24 hours.
bulk-jobs-none-title = None yet
bulk-jobs-none-text = Tick rows in a list and choose what to do with them.
bulk-what-was-done = Action
bulk-of-what = What
bulk-state = State
bulk-by = Who
bulk-when = When
bulk-begun-by = { $when } · { $by }
bulk-state-running = Running
bulk-state-done = Done
bulk-state-cancelled = Stopped
bulk-state-undoing = Being undone
bulk-state-undone = Undone
bulk-state-failed = Stopped by an error
bulk-running-hint = You can close this page: it goes on by itself.
bulk-stop = Stop it
bulk-see-result = Show the result
bulk-result-done =
    { $count ->
        [0] Nothing has changed.
        [one] One has been changed.
       *[other] { $count } have been changed.
    }
bulk-result-cancelled =
    { $count ->
        [0] It was stopped before anything changed.
        [one] It was stopped; one had been changed.
       *[other] It was stopped; { $count } had been changed.
    }
bulk-result-failed =
    { $count ->
        [0] It could not begin. Check whether you still have permission, or tell an administrator.
        [one] It stopped; one had been changed. Check whether you still have permission, or tell an administrator.
       *[other] It stopped; { $count } had been changed. Check whether you still have permission, or tell an administrator.
    }
bulk-result-undone =
    { $count ->
        [one] Undone: one is as it was before.
       *[other] Undone: { $count } are as they were before.
    }
bulk-result-undone-some = As they were before: { $count }. Left alone because somebody changed them since: { $kept }.
bulk-result-undo-stopped = Undoing was stopped: { $count } are as they were before, { $left } stay changed.
bulk-undo = Undo
bulk-undo-until = It can be undone until { $when }.
bulk-left-alone = Left as they are
bulk-rows-shown = { $shown } of { $total }
bulk-rows-forgotten = What came of each record is kept for { $days } days.
bulk-row = Record
bulk-row-gone = One that is gone
bulk-why = Reason
bulk-why-denied = You may not change it.
bulk-why-gone = It is gone, or you may not see it.
bulk-why-kept-by = { $by } changed it since.
bulk-why-kept = Somebody changed or deleted it since.
bulk-why-refused = It cannot have this value.
bulk-notice-started = The action has begun.
problem-bulk-none = Tick at least one row of the list
problem-bulk-too-many = There are more than { $detail }: filter the list and do it in parts
problem-bulk-nobody = Nobody in the team takes leads now: assign them to a person
problem-bulk-closed = It is closed already
problem-bulk-undo-late = More than { $detail } hours have gone by: it cannot be undone any more
problem-bulk-undo-nothing = There is nothing to undo
problem-bulk-ids-or-filter = Send ids or filter, not both and not neither
problem-bulk-failed = The action could not go on
