# Search while typing in fields that lead to a record
picker-list = Records that fit
picker-count =
    { $count ->
        [one] 1 record
       *[other] { $count } records
    }
picker-nothing = There is none of this name
picker-new = Create “{ $name }”
picker-which = Which one do you mean?
