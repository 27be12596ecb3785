# Users
users-title = Users and teams
users-new = Add a person
users-people = People
users-name = Full name
users-email = E-mail
users-role = Role
users-teams = Teams
users-state = State
users-inactive = no access
users-invited = invited
users-active = active
users-receives = assignable
users-members =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
users-team-name = Team name
users-new-team = New team
users-add-team = Add team
users-new-title = Add a person
users-edit-title = { $name }
users-person = The person
users-work = Their work
users-language = Language
users-password = Password
users-password-keep = Leave it blank to keep it as it is.
users-password-hint = Leave it blank and you get a link with which they choose it. If you set one, at least { $count } characters.
users-no-teams = There are no teams yet
users-no-teams-text = Create one on the users and teams page.
users-takes-leads = Receives leads
users-takes-leads-hint = Takes part in assignment by turns and by plugins.
users-may-enter = May sign in
users-may-enter-hint = If you switch it off, what they have done is kept.
users-save = Save
users-cancel = Cancel
users-seats = Seats
users-seats-over = { $active } people have access and { $seats } are included. Nobody is kept out; talk to whoever runs Tracte for you.
users-seats-used = { $active } of { $seats } seats in use.
users-seats-none =
    { $count ->
        [one] { $count } person has access
       *[other] { $count } people have access
    }
users-seats-included = Included people
users-seats-hint = How many are included in what you pay. Blank: not counted.
users-time = When they work
users-absences = Absences
users-absences-hint = On days away no lead comes to them. Empty a row to take it away.
users-absence-from = Absence { $number }: from
users-absence-to = Absence { $number }: to
users-hours = Hours and time zone of their own
users-hours-hint = Blank: the company’s.
users-time-zone-hint = If it is not the company’s.
users-leave-hint = If they leave or shall not sign in any more, choose who takes over their leads.
users-leave = Take away access…
problem-absence-order = The absence ends before it begins
