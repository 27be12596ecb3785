# Somebody leaves
leaving-title = Take away the access of { $name }
leaving-intro = Their sessions and keys end. What they did stays in the history, with their name.
leaving-to = Who takes over their leads
leaving-to-hint = They go over bit by bit; the person’s page says how many have. Their companies, contacts and opportunities go, too.
leaving-nobody = nobody: they stay as they are
leaving-what = Which ones
leaving-open = the open ones ({ $count })
leaving-all = all, closed ones too ({ $count })
leaving-reason = Reason
leaving-reason-hint = Stays with each lead, as the answer to “why them?”.
leaving-usual-reason = Took over from { $name }
leaving-submit = Take away access
leaving-going-on =
    { $done ->
        [one] { $done } lead went over to { $name }; more are on their way.
       *[other] { $done } leads went over to { $name }; more are on their way.
    }
