# Roles
roles-title = Roles
roles-intro = What each person may see and do, by the role they have.
roles-settings-text = Who may see, create, change, delete and export what.
roles-new = New role
roles-copy-of = Begin as a copy of:
roles-help = What it is for
roles-matrix = Permissions
roles-matrix-text = “Team” means one’s own records and those of the teams the person is in or manages, and of the teams below them. Nobody changes, deletes or exports what they do not see.
roles-administrator-text = Administrators may do everything, and that cannot be limited: so nobody is ever locked out.
roles-entity = About
roles-entity-leads = Leads
roles-entity-notes = Activities and notes
roles-entity-imports = Imports
roles-entity-users = Users
roles-entity-teams = Teams
roles-entity-settings = Settings
roles-entity-plugins = Plugins
roles-entity-api-keys = API keys
roles-action-see = See
roles-action-create = Create
roles-action-change = Change
roles-action-delete = Delete
roles-action-export = Export
roles-level-all = all
roles-level-team = team
roles-level-own = own
roles-level-none = none
roles-level-yes = yes
roles-level-no = no
roles-fixed-names = names
roles-fixed-as-create = as create
roles-fixed-with-lead = with the lead
roles-used-by = Who has it
roles-unused = Nobody has this role.
roles-people =
    { $count ->
        [0] nobody
        [one] { $count } person
       *[other] { $count } people
    }
roles-sees = What they see
roles-sees-title = What { $name } sees
roles-sees-intro = Worked out right now, by the same decisions as when they sign in.
roles-sees-teams = Teams they reach:
roles-sees-seen = Leads they see
roles-sees-changed = That they may change
roles-sees-exported = That they may export
roles-sees-first = The newest they see
roles-sees-nothing = Nothing.
roles-sees-navigation = Navigation
roles-sees-settings = Settings they may open
problem-level-above-see = It cannot reach further than what is seen: widen “See” or narrow this level
problem-administrator-whole = The administrator role cannot be limited or archived
problem-role-above-own = This role may do more than yours: only somebody with the same or a higher one can give it
roles-limits = Limits of quotes
roles-limits-text = A quote beyond them waits until somebody who may approves it. Empty: no limit.
roles-discount-max = Greatest discount (%)
roles-margin-min = Least margin (%)
