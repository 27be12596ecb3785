# Board of opportunities and forecast
board-title = Board
board-to-list = List
board-pipelines = Pipelines
board-stages = Stages
board-whose = Whose
board-whose-all = Everybody’s
board-whose-team = My team’s
board-whose-mine = Mine
board-whole = The whole board
board-sum = Amount
board-weighted = Weighted ({ $percent }%)
board-closed-lately =
    { $days ->
        [one] Closed in the last day.
       *[other] Closed in the last { $days } days.
    }
board-closed-all = All of them
board-partly = There are too many to count them all: filter them.
board-column-none = No opportunities
board-none-filtered = No opportunities with these filters
board-none-filtered-text = Remove a filter, or look at everybody’s.
board-no-amount = No amount
board-close = Closes
board-close-late = Should have closed
board-closed-on = Closed on
board-planned = Later
board-unplanned = No next activity
board-stale =
    { $days ->
        [one] Has not moved for 1 day
       *[other] Has not moved for { $days } days
    }
board-move = Move…
board-move-to = New stage
board-move-do = Move
board-move-amount = Amount
board-move-title = Move “{ $title }” to “{ $stage }”
board-move-from = It is at “{ $stage }” now.
board-move-hint-open = At this stage these must be known.
board-move-hint-won = Congratulations. Say for what amount it was really closed, and on which day.
board-move-hint-lost = Lost means that the client chose otherwise or said no: it counts in the win rate. If the need vanished, or it was a mistake, “cancelled” is better.
board-move-hint-cancelled = Cancelled means that the need vanished or that it was a mistake: it counts in no rate.
board-moved = “{ $title }” is at “{ $stage }” now.
board-undone = Undone: “{ $title }” is back at “{ $stage }”.
board-conflict-title = Somebody else changed it in the meantime
board-conflict = { $who } changed it { $when }. It is at “{ $stage }” now. If you still want to move it, confirm it below.
board-conflict-look = Look at its page
board-somebody = Somebody
board-history = Stages it has been at
board-history-partly = The history does not reach back to the beginning.
board-now = Now
board-days =
    { $days ->
        [0] less than a day
        [one] 1 day
       *[other] { $days } days
    }
forecast-title = Forecast
forecast-month = Month
forecast-likely-won = Won
forecast-likely-committed = Committed
forecast-likely-probable = Probable
forecast-likely-possible = Possible
forecast-weighted = Weighted
forecast-count =
    { $count ->
        [one] opportunity
       *[other] opportunities
    }
forecast-opportunities =
    { $count ->
        [one] 1 opportunity
       *[other] { $count } opportunities
    }
forecast-overdue = Expected close is over
forecast-undated = No expected close
forecast-later = More than a year ahead
forecast-definition = Won ones count in the month they were closed in; open ones in the month of their expected close. Committed: a probability of 75% or more. Probable: from 50% to 75%. Possible: below 50%. The weighted figure adds up the won and the open ones, each amount times its probability. Amounts without tax.
problem-board-undo = It cannot be undone any more: it was changed since, or that was more than a day ago.
problem-board-undo-stage = It cannot be undone: the stage it came from is gone, or means something else by now.
calendar-title = Calendar
calendar-months = Months
calendar-before = The month before
calendar-after = The month after
calendar-now = This month
calendar-none = No opportunity in this month.
calendar-more =
    { $count ->
        [one] 1 more
       *[other] { $count } more
    }
calendar-won = Won
calendar-overdue = Late
calendar-definition = Open ones stand on the day of their expected close, won ones on the day they were won.
