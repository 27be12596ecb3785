# Retention periods
retention-title = Retention periods
retention-settings-text = How long data about people is kept, and what is done with it then.
retention-intro = Data about people cannot be kept for ever. Say how many months it is kept after the last thing that happened, see what would go, and decide when.
retention-periods = Periods
retention-months = Months
retention-months-hint = Empty: for ever
retention-deed = What is done
retention-nightly = Do it every night
retention-nightly-hint = From three o’clock on, in the company’s time zone, when there is something to do
retention-save = Save the periods
retention-none-set = Nothing goes now: there is no period.
retention-preview = What would go now
retention-at-least = At least
retention-run = Do it now
retention-run-sure = It cannot be undone. It goes on in the background and can be stopped half-way.
retention-run-now = Yes, begin
retention-runs = What was done
retention-runs-none = It has not been done yet.
retention-run-by = { $by }, { $when }
retention-cancel = Stop
retention-since = nothing since { $when }
retention-notice-started = It has begun in the background.
retention-notice-cancelled = Stopped; what was done stays done.
retention-run-counts = { $erased } erased · { $deleted } deleted · { $kept } left alone
retention-run-night = At night, { $when }
retention-count =
    { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
retention-more =
    { $count ->
        [one] And one more
       *[other] And { $count } more
    }
retention-after =
    { $months ->
        [one] after one month
       *[other] after { $months } months
    }
audit-kind-retention = Retention periods
audit-kind-retention-run = Retention run
audit-field-retention-rules = Periods
audit-field-retention-nightly = Every night
audit-field-retention-run-rules = Periods
audit-field-retention-run-expected = Expected
audit-field-retention-run-counts = Counts
audit-field-retention-run-rule = Period it is at
audit-field-retention-run-after = Where it is
audit-field-what = What
audit-field-months = Months
audit-field-deed = What is done
audit-field-erased = Erased
audit-field-deleted = Deleted
audit-value-retention-what-discarded-leads = Discarded leads
audit-value-retention-what-converted-leads = Converted leads
audit-value-retention-what-quiet-leads = Open leads without activity
audit-value-retention-what-contacts = Contacts without activity
audit-value-retention-what-prospects = Companies that never became clients
audit-value-retention-help-discarded-leads = Months since the last change or note.
audit-value-retention-help-converted-leads = The client they became stays.
audit-value-retention-help-quiet-leads = Not closed, but touched by nobody.
audit-value-retention-help-contacts = Their notes, consents and opportunities count as activity too.
audit-value-retention-help-prospects = Clients, partners and suppliers never go.
audit-value-retention-deed-erase = Erase who they are and leave the figures
audit-value-retention-deed-delete = Delete the record
audit-value-retention-state-running = Running
audit-value-retention-state-done = Done
audit-value-retention-state-cancelled = Stopped
audit-value-retention-state-failed = Failed
problem-retention-none = There is no period: save one first.
problem-retention-running = One is running already. Wait for its end or stop it.
