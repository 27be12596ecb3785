# Filters of any list: the page where they are put together, and conditions in words
filters-title = Advanced filter
filters-hint = All blocks must hold. Within a block, one condition is enough.
filters-apply = Apply filter
filters-cancel = Back to the list
filters-add-label = Field
filters-choose-field = Choose a field
filters-add = Add a condition
filters-add-or = Add the alternative
filters-alternative = Or…
filters-remove = Remove
filters-group = Block { $number }
filters-and = and also
filters-or = or
filters-nor = nor
filters-value = Value
filters-days = Number of days
filters-from = From
filters-to = To
filters-advanced = Advanced filter
filters-me = me
filters-my-people = my team
filters-my-teams = my teams
filters-nobody = nobody
filters-no-team = no team
filters-sentence = { $field }: { $what }
filters-op-is = is
filters-op-is-not = is not
filters-op-contains = contains
filters-op-lacks = does not contain
filters-op-begins = begins with
filters-op-above = more than
filters-op-at-least = at least
filters-op-below = less than
filters-op-at-most = at most
filters-op-between = between
filters-op-any = is any of
filters-op-none = is none of
filters-op-on = on
filters-op-after = after
filters-op-since = from
filters-op-before = before
filters-op-until = until
filters-op-last-days = the last days
filters-op-next-days = the next days
filters-op-over-days-ago = more than days ago
filters-today = today
filters-yesterday = yesterday
filters-this-week = this week
filters-last-week = last week
filters-this-month = this month
filters-last-month = last month
filters-this-fiscal-year = this fiscal year
filters-last-fiscal-year = last fiscal year
filters-yes = yes
filters-no = no
filters-filled = has a value
filters-empty = has no value
filters-say-is = is “{ $value }”
filters-say-is-not = is not “{ $value }”
filters-say-not = not { $value }
filters-say-contains = contains “{ $value }”
filters-say-lacks = does not contain “{ $value }”
filters-say-begins = begins with “{ $value }”
filters-say-above = more than { $value }
filters-say-at-least = { $value } or more
filters-say-below = less than { $value }
filters-say-at-most = { $value } or less
filters-say-between = between { $value } and { $other }
filters-say-none = neither { $values }
filters-say-after = after { $value }
filters-say-since = from { $value }
filters-say-before = before { $value }
filters-say-until = until { $value }
filters-say-last-days =
    { $count ->
        [1] today
       *[other] the last { $count } days
    }
filters-say-next-days =
    { $count ->
        [1] today
       *[other] the next { $count } days
    }
filters-say-over-days-ago =
    { $count ->
        [0] before today
        [one] more than a day ago
       *[other] more than { $count } days ago
    }
problem-filter-syntax = This part of the filter cannot be understood: “{ $detail }”
problem-filter-operator = This comparison does not fit the field: “{ $detail }”
problem-filter-too-long = The filter is too long: it can have { $detail } conditions at most
problem-filter-field = The filter names a field that does not exist: “{ $detail }”
problem-filter-value = A condition of the filter has no value
problem-filter-value-of = The condition “{ $field }” lacks its value
problem-filter-values = A condition of the filter has too many values: { $detail }
problem-filter-days = Days must be a number from 1 to 3,660: “{ $detail }”
problem-filter-order = The first value must be smaller than the second
