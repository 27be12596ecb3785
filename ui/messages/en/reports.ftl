# Reports
reports-leads-title = Leads per month
reports-whose-everybody = Everybody’s
reports-whose-own = Only yours
reports-whose-teams =
    { $count ->
        [one] Of the team { $teams }, and yours
       *[other] Of the teams { $teams }, and yours
    }
reports-by = Breakdown
reports-by-none = All together
reports-by-source = By source
reports-by-owner = By owner
reports-by-status = By status
reports-year = Fiscal year
reports-show = Show
reports-export = Export
reports-to-date = { $year } until { $day }
reports-until = { $year } until { $day }
reports-this-year = this fiscal year
reports-than-year = than in { $year }
reports-leads-unit = new leads
reports-no-comparison = nothing to compare with
reports-amount = Estimated amount { $year }
reports-chart-months = New per month
reports-chart-total = Fiscal year to date
reports-chart-total-text = Sum of the new ones since the first day of the fiscal year; the present one stops today
reports-month = Month
reports-sentence-alone = { $year } has { $count } until { $day }.
reports-sentence =
    { $trend ->
        [more] { $year } has { $count } until { $day }: { $percent } more than { $last } until the same day ({ $then }).
        [less] { $year } has { $count } until { $day }: { $percent } less than { $last } until the same day ({ $then }).
       *[same] { $year } has { $count } until { $day }: as many as { $last } until the same day ({ $then }).
    }
reports-table-months = Months and fiscal years
reports-table-sources = By source, until the same day
reports-table-owners = By owner, until the same day
reports-table-statuses = By status, until the same day
reports-table-own = { $field }, until the same day
reports-same-day = Until the same day
reports-difference = Difference
reports-in-percent = In %
reports-others = Others
reports-no-groups = There are no leads in these fiscal years.
reports-definitions = What is counted
reports-definition-lead = Each lead counts in the month it was created, even if it was discarded later. Deleted ones do not count.
reports-definition-year = The fiscal year { $year } begins on { $day }.
reports-definition-to-date = Comparisons go to the same day of each fiscal year, not to its end. Difference and percentage are against the fiscal year before.
reports-definition-group = Each lead is in the group it has today, not in the one it had when it was created.
reports-definition-amount = The amount is the sum of the estimated amounts without tax, in { $currency }.
reports-definition-currencies =
    { $count ->
        [one] { $count } in another currency counts, but without its amount.
       *[other] { $count } in other currencies count, but without their amounts.
    }
reports-group = Group
reports-all = All
reports-nothing = No value
problem-export-too-many = There are more than { $detail } rows, more than a spreadsheet opens. Filter the list, for example by dates, and export it in parts.
