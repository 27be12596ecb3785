# Home
home-title = Home
home-new = New
home-new-note = not contacted yet
home-mine = My open leads
home-mine-note = that you are responsible for
home-this-month = Received this month
home-than-last-year = than { $year }, up to the same day
home-no-comparison = no data from { $year } to compare with
home-response = First response
home-response-note =
    { $count ->
        [one] { $count } answered; last month, { $before }
       *[other] { $count } answered; last month, { $before }
    }
home-response-note-alone =
    { $count ->
        [one] { $count } answered; last month, none
       *[other] { $count } answered; last month, none
    }
home-response-definition = First response: median clock time from when a lead comes in to the first contact, of those you see that were answered this month, without archived ones; compared with all of last month.
home-minutes = { $count } min
home-hours = { $count } h
home-latest = Latest leads
home-all-leads = Show all
home-latest-none = None of yours yet.
home-mine-by-status = Mine by status
home-mine-none = You have no open leads.
home-imports = Imports running
home-import-open = Open
home-first-steps = First steps
home-steps-done = { $done } of { $total } done
home-step-done = (done)
home-step-company = Company details
home-step-company-text = Name, currency and fiscal year.
home-step-users = Add the people who will work here
home-step-users-text = Each person sees only what they should.
home-step-users-action = Add
home-step-plugin = Decide who gets each lead
home-step-plugin-text = By postcode with a plugin; otherwise by turns.
home-step-plugin-action = Configure
home-step-leads = Bring in your leads
home-step-leads-text = From a spreadsheet or CSV file, with a dry run before anything is saved.
home-step-leads-action = Import
home-first-lead = Create the first lead
home-figures-busy = The figures cannot be counted right now: there is too much work. Try again in a moment.
home-documents =
    { $count ->
        [one] { $count } document has expired or expires within thirty days
       *[other] { $count } documents have expired or expire within thirty days
    }
home-documents-many = More than { $count } documents have expired or expire within thirty days
home-approvals =
    { $count ->
        [one] { $count } quote waits for approval
       *[other] { $count } quotes wait for approval
    }
home-approvals-many = More than { $count } quotes wait for approval
