# Teams
teams-title = Team { $name }
teams-intro = Level “team” of a role reaches the teams somebody is in or manages, and those below them.
teams-none = None
teams-manager = Manager
teams-manager-hint = Reaches what is the team’s without being in it.
teams-parent = Below
teams-parent-hint = One level only: a team that is below another one has none below itself.
teams-members = Who is in it
teams-remove = Delete the team
teams-remove-text = Nothing uses it. What happened stays in the history.
teams-in-use = It cannot be deleted while something uses it. Change that first:
teams-use-leads =
    { $count ->
        [one] { $count } lead is of this team
       *[other] { $count } leads are of this team
    }
teams-use-below = Team { $name } is below it
teams-use-default = Leads that no rule places go to this team
teams-managed-by = managed by { $name }
teams-below = below { $name }
problem-team-nested = “{ $detail }” cannot be: teams have one level below them only
