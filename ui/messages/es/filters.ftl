# Filters of any list: the page where they are put together, and conditions in words
filters-title = Filtro avanzado
filters-hint = Se deben cumplir todos los bloques. Dentro de un bloque basta con una condición.
filters-apply = Aplicar el filtro
filters-cancel = Volver a la lista
filters-add-label = Campo
filters-choose-field = Elija un campo
filters-add = Añadir una condición
filters-add-or = Añadir la alternativa
filters-alternative = O bien…
filters-remove = Quitar
filters-group = Bloque { $number }
filters-and = y también
filters-or = o
filters-nor = ni
filters-value = Valor
filters-days = Número de días
filters-from = Desde
filters-to = Hasta
filters-advanced = Filtro avanzado
filters-me = yo
filters-my-people = mi equipo
filters-my-teams = mis equipos
filters-nobody = nadie
filters-no-team = ningún equipo
filters-sentence = { $field }: { $what }
filters-op-is = es
filters-op-is-not = no es
filters-op-contains = contiene
filters-op-lacks = no contiene
filters-op-begins = empieza por
filters-op-above = más de
filters-op-at-least = como mínimo
filters-op-below = menos de
filters-op-at-most = como máximo
filters-op-between = entre
filters-op-any = es alguno de estos
filters-op-none = no es ninguno de estos
filters-op-on = el día
filters-op-after = después del
filters-op-since = desde el
filters-op-before = antes del
filters-op-until = hasta el
filters-op-last-days = los últimos días
filters-op-next-days = los próximos días
filters-op-over-days-ago = hace más de
filters-today = hoy
filters-yesterday = ayer
filters-this-week = esta semana
filters-last-week = la semana pasada
filters-this-month = este mes
filters-last-month = el mes pasado
filters-this-fiscal-year = este ejercicio
filters-last-fiscal-year = el ejercicio anterior
filters-yes = sí
filters-no = no
filters-filled = con valor
filters-empty = sin valor
filters-say-is = es «{ $value }»
filters-say-is-not = no es «{ $value }»
filters-say-not = no es { $value }
filters-say-contains = contiene «{ $value }»
filters-say-lacks = no contiene «{ $value }»
filters-say-begins = empieza por «{ $value }»
filters-say-above = más de { $value }
filters-say-at-least = { $value } o más
filters-say-below = menos de { $value }
filters-say-at-most = { $value } o menos
filters-say-between = entre { $value } y { $other }
filters-say-none = ni { $values }
filters-say-after = después del { $value }
filters-say-since = desde el { $value }
filters-say-before = antes del { $value }
filters-say-until = hasta el { $value }
filters-say-last-days =
    { $count ->
        [1] hoy
       *[other] los últimos { $count } días
    }
filters-say-next-days =
    { $count ->
        [1] hoy
       *[other] los próximos { $count } días
    }
filters-say-over-days-ago =
    { $count ->
        [0] antes de hoy
        [one] hace más de un día
       *[other] hace más de { $count } días
    }
problem-filter-syntax = Esta parte del filtro no se entiende: «{ $detail }»
problem-filter-operator = Esta comparación no vale para este campo: «{ $detail }»
problem-filter-too-long = El filtro es demasiado largo: puede tener { $detail } condiciones como máximo
problem-filter-field = El filtro habla de un campo que no existe: «{ $detail }»
problem-filter-value = Falta el valor de una condición del filtro
problem-filter-value-of = Falta el valor de la condición «{ $field }»
problem-filter-values = Una condición del filtro tiene demasiados valores: { $detail }
problem-filter-days = Los días tienen que ser un número entre 1 y 3.660: «{ $detail }»
problem-filter-order = El primer valor debe ser menor que el segundo
