# Search while typing in fields that lead to a record
picker-list = Fichas que encajan
picker-count =
    { $count ->
        [one] 1 ficha
       *[other] { $count } fichas
    }
picker-nothing = No hay ninguna con este nombre
picker-new = Crear «{ $name }»
picker-which = ¿Cuál quiere decir?
