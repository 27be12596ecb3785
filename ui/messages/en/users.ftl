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
users-password-hint = At least { $count } characters. The person can change it.
users-no-teams = There are no teams yet
users-no-teams-text = Create one on the users and teams page.
users-takes-leads = Receives leads
users-takes-leads-hint = Takes part in assignment by turns and by plugins.
users-may-enter = May sign in
users-may-enter-hint = If you switch it off, what they have done is kept.
users-save = Save
users-cancel = Cancel
