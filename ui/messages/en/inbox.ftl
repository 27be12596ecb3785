# Inbox of leads
inbox-title = Inbox
inbox-nav-waiting = { $count } in the inbox
inbox-count =
    { $count ->
        [0] No lead is waiting for a decision.
        [one] 1 lead is waiting for a decision.
       *[other] { $count } leads are waiting for a decision.
    }
inbox-count-late =
    { $count ->
        [one] 1 lead is waiting for a decision, overdue.
       *[other] { $count } leads are waiting for a decision, { $late } of them overdue.
    }
inbox-more-than = More than { $count } leads are waiting for a decision.
inbox-list = Leads waiting for a decision
inbox-reading = Open lead
inbox-order = Those past their first-response deadline come first, then those with the least time left; those without a deadline come last, the newest first. The deadline counts the working hours of whoever has the lead.
inbox-order-no-target = The newest come first. Once the company sets a first-response target, the most urgent come first.
inbox-keys = Keys: 1 accept, 2 duplicate, 3 discard, 4 contacted, H snooze, J and K for the next and the previous one.
inbox-keys-off = Turn them off
inbox-whose = Whose
inbox-whose-mine = Mine
inbox-whose-team = My team’s
inbox-whose-all = All
inbox-none = Nothing to decide
inbox-none-text = When a new one arrives, or one that you snoozed comes back, you will see it here.
inbox-none-text-others = When a new one arrives, or one that you snoozed comes back, you will see it here. Look at the others’ with the tabs above, too.
inbox-all-leads = All leads
inbox-back = Back to the list
inbox-before = Previous
inbox-after = Next
inbox-open = Open the record
inbox-moved = Reassigned
inbox-not-waiting = It is not waiting for a decision any more: somebody has accepted, snoozed or contacted it.
inbox-accept = Accept
inbox-accept-hint = Accepting means that you take care of it: if it was nobody’s, it becomes yours, and it leaves the inbox. The clock goes on until you mark it as contacted.
inbox-contacted = I have talked to them
inbox-duplicate = Duplicate…
inbox-duplicate-of = It is the same as
inbox-duplicate-other = Another one
inbox-duplicate-which = Name, address or key of the other one
inbox-duplicate-hint = The name of a lead, a company or a contact, or the address of its page.
inbox-duplicate-do = Discard it as a duplicate
inbox-duplicate-of-which = It is a duplicate of
inbox-discard-note-hint = If you write one, it counts instead of the one in the list.
inbox-snooze = Snooze…
inbox-snooze-hint = It leaves the inbox and comes back by itself. The clock does not stop.
inbox-snooze-hour = In 1 hour
inbox-snooze-tomorrow = Tomorrow at 9
inbox-snooze-monday = Monday at 9
inbox-snooze-day = Another day, at 9
inbox-snooze-do = Snooze until that day
inbox-snoozed-until = Snoozed until { $when }
inbox-wake = Back to the inbox
inbox-undo = Undo
inbox-undo-last = Undo the last decision
inbox-done-accepted = You accepted “{ $title }”.
inbox-done-contacted = “{ $title }” is marked as contacted.
inbox-done-duplicate = You discarded “{ $title }” as a duplicate.
inbox-done-discarded = You discarded “{ $title }”.
inbox-done-snoozed = You snoozed “{ $title }”.
inbox-done-snoozed-until = You snoozed “{ $title }” until { $when }.
inbox-done-woken = “{ $title }” is back in the inbox.
inbox-done-undone = Undone: “{ $title }” is as it was before.
inbox-clock-left = { $time } left
inbox-clock-late = { $time } overdue
inbox-clock-late-days =
    { $count ->
        [one] { $count } day overdue
       *[other] { $count } days overdue
    }
inbox-clock-late-weeks =
    { $count ->
        [one] { $count } week overdue
       *[other] { $count } weeks overdue
    }
inbox-clock-late-years =
    { $count ->
        [one] { $count } year overdue
       *[other] { $count } years overdue
    }
inbox-clock-late-now = just overdue
inbox-clock-was-late = late
inbox-clock-in-time = in time
inbox-event-moved = Nobody had answered in time: now { $owner } has it
inbox-event-accepted =
    { $by ->
        [person] { $who } accepted it
       *[nobody] It was accepted
    }
inbox-event-snoozed =
    { $by ->
        [person] { $who } snoozed it until { $until }
       *[nobody] It was snoozed until { $until }
    }
inbox-event-back =
    { $by ->
        [person] { $who } put it back into the inbox
       *[nobody] It came back into the inbox
    }
inbox-field-respond-by = First response due
inbox-field-answered-late = Answered late
inbox-field-accepted-at = Accepted
inbox-field-snoozed-until = Snoozed until
inbox-account-keys = Single-letter keys
inbox-account-keys-hint = In the inbox a single key can accept, discard or snooze. Turn them off if you dictate or if they are in your way. Everything can be done without them.
inbox-letter-about-on = Lead that went to somebody else
inbox-letter-about-here = Lead that nobody had answered
inbox-letter-here-subject = “{ $title }” is yours now
inbox-letter-here-text = Nobody had answered the lead “{ $title }” in time, and now it is yours. Please get in touch as soon as you can:
inbox-letter-on-subject = “{ $title }” went to somebody else
inbox-letter-on-text = The lead “{ $title }” had no answer within the target and went to somebody else. Those that still wait for you:
inbox-reassign = If nobody answers in time
inbox-reassign-text = Past the first-response target a lead goes to somebody else, by the rules, and whoever had it and whoever has it now get a letter. If nobody else can have it, it stays where it is. Those that somebody snoozed wait.
inbox-reassign-no-target = The company has no first-response target: set one first.
inbox-reassign-to-company = Company details
inbox-reassign-hours = Working hours overdue
inbox-reassign-hours-hint = Empty: never reassigned.
inbox-reassign-times = Times at most
inbox-reassign-off = They are not reassigned.
inbox-reassign-on =
    { $times ->
        [one] They are reassigned when { $hours } working hours overdue, once at most.
       *[other] They are reassigned when { $hours } working hours overdue, { $times } times at most.
    }
problem-inbox-decided = It is not waiting for a decision any more: somebody else was quicker.
problem-inbox-undo = It cannot be undone any more: it was changed since, you did not do it, or it was more than a day ago.
problem-inbox-undo-import = The last change was made by an import, or by taking one back: it cannot be undone here. See the import.
problem-snooze-past = That moment has passed. Choose one to come.
problem-snooze-far = It can be snoozed for { $detail } days at most.
problem-reassign-hours = Type a number of hours from 1 to { $detail }, or leave it empty.
problem-reassign-times = Type a number from 1 to { $detail }.
problem-reassign-no-target = The company has no first-response target: set one first.
