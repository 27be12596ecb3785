entity-activity-title = Activities
entity-activity-one = Activity
entity-activity-new = New activity
entity-activity-none-title = There are no activities yet
entity-activity-none-text = Add calls, meetings, visits and tasks: you will see what is to do today and what was done with each client.
entity-activity-field-kind = Type
entity-activity-field-subject = Subject
entity-activity-field-state = State
entity-activity-field-due = Due
entity-activity-field-due-time = Time
entity-activity-field-reminder = Reminder
entity-activity-field-duration = Duration (minutes)
entity-activity-field-text = Details
entity-activity-field-outcome = Outcome
entity-activity-field-done-at = Done on
entity-activity-field-origin = Origin
entity-activity-field-rule = Rule
entity-activity-field-opportunity = Opportunity
entity-activity-field-product = Product
entity-activity-kind-task = Task
entity-activity-kind-call = Call
entity-activity-kind-meeting = Meeting
entity-activity-kind-visit = Visit
entity-activity-kind-email = E-mail
entity-activity-kind-note = Note
entity-activity-state-todo = To do
entity-activity-state-done = Done
entity-activity-state-cancelled = Cancelled
entity-activity-origin-manual = Manual
entity-activity-origin-automatic = Automatic
entity-activity-origin-imported = Imported
activities-group-what = What is to be done
activities-group-when = When
activities-group-about = With whom or about what
activities-group-said = Details and outcome
activities-hint-time = Where it is at a certain time: 9:30
activities-hint-reminder = From this day on the bell reminds you of it
activities-view-mine = My open ones
activities-view-overdue = Overdue
activities-view-today = Today
activities-view-done = Done
activities-bucket-overdue = Overdue
activities-bucket-today = Today
activities-bucket-tomorrow = Tomorrow
activities-bucket-week = This week
activities-bucket-later = Later
activities-overdue = Overdue
activities-today = Today
activities-reminded = Reminder
activities-nav-overdue =
    { $count ->
        [one] one overdue activity
       *[other] { $count } overdue activities
    }
activities-nav-more = more than { $count } overdue activities
activities-todo-title = Still to do
activities-todo-all = All
activities-due-none = No date
activities-done = Done
activities-done-do = Mark as done
activities-cancel = Cancel the activity
activities-reopen = Open again
activities-outcome = How it went
activities-state-title = State
activities-done-on = Done { $when }
activities-compose-title = Add to the history
activities-compose-label = Type of entry
activities-compose-note = Note
activities-compose-call = Call
activities-compose-email = E-mail
activities-compose-meeting = Meeting or visit
activities-compose-task = Task
activities-compose-which = Meeting or visit
activities-compose-subject = Subject
activities-compose-said = What was said and agreed
activities-compose-details = Details
activities-compose-log = Save as done
activities-compose-later = Still to be done
activities-compose-plan = Plan
activities-compose-task-do = Create the task
activities-show-label = Show of the history
activities-show-all = All
activities-show-notes = Notes
activities-show-calls = Calls
activities-show-emails = E-mails
activities-show-meetings = Meetings and visits
activities-show-tasks = Tasks
activities-show-quotes = Quotes
activities-show-stages = Stage changes
activities-show-fields = Data changes
activities-show-others = Others
activities-show-none = There are none of this type.
activities-notice-logged = Saved in the history.
activities-notice-planned = Planned.
activities-notice-done = Activity done. If it was not, open it from the history and open it again.
activities-notice-cancelled = The activity was cancelled.
activities-notice-reopened = The activity is to do again.
problem-subject-or-text = Enter the subject or what was said
problem-time-form = Enter the time like 9:30: “{ $detail }”
problem-due-of-time = Say on which day that time is
problem-reminder-late = The reminder cannot be after the due date
problem-activity-denied = You cannot add activities to this record
activities-event-done-call =
    { $by ->
        [person] { $who } made a call: { $title }
       *[nobody] Call made: { $title }
    }
activities-event-planned-call =
    { $by ->
        [person] { $who } planned a call: { $title }
       *[nobody] Call planned: { $title }
    }
activities-event-done-email =
    { $by ->
        [person] { $who } wrote an e-mail: { $title }
       *[nobody] E-mail sent: { $title }
    }
activities-event-planned-email =
    { $by ->
        [person] { $who } planned an e-mail: { $title }
       *[nobody] E-mail planned: { $title }
    }
activities-event-done-meeting =
    { $by ->
        [person] { $who } held a meeting: { $title }
       *[nobody] Meeting held: { $title }
    }
activities-event-planned-meeting =
    { $by ->
        [person] { $who } planned a meeting: { $title }
       *[nobody] Meeting planned: { $title }
    }
activities-event-done-visit =
    { $by ->
        [person] { $who } made a visit: { $title }
       *[nobody] Visit made: { $title }
    }
activities-event-planned-visit =
    { $by ->
        [person] { $who } planned a visit: { $title }
       *[nobody] Visit planned: { $title }
    }
activities-event-done-task =
    { $by ->
        [person] { $who } did a task: { $title }
       *[nobody] Task done: { $title }
    }
activities-event-planned-task =
    { $by ->
        [person] { $who } added a task: { $title }
       *[nobody] Task added: { $title }
    }
activities-event-cancelled =
    { $by ->
        [person] { $who } cancelled “{ $title }”
       *[nobody] Cancelled “{ $title }”
    }
activities-event-reopened =
    { $by ->
        [person] { $who } reopened “{ $title }”
       *[nobody] Reopened “{ $title }”
    }
activities-event-changed =
    { $by ->
        [person] { $who } changed “{ $title }”
       *[nobody] Changed “{ $title }”
    }
activities-event-deleted =
    { $by ->
        [person] { $who } deleted “{ $title }”
       *[nobody] Deleted “{ $title }”
    }
activities-rule-accepted = Quote accepted
activities-rule-question = A client’s question
