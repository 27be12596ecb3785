# Search while typing in fields that lead to a record
picker-list = Fitxes que hi encaixen
picker-count =
    { $count ->
        [one] 1 fitxa
       *[other] { $count } fitxes
    }
picker-nothing = No n’hi ha cap amb aquest nom
picker-new = Crea «{ $name }»
picker-which = Quina voleu dir?
