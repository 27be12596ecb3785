# Filters of any list: the page where they are put together, and conditions in words
filters-title = Filtre avançat
filters-hint = S’han de complir tots els blocs. Dins d’un bloc, n’hi ha prou amb una condició.
filters-apply = Aplica el filtre
filters-cancel = Torna a la llista
filters-add-label = Camp
filters-choose-field = Trieu un camp
filters-add = Afegeix una condició
filters-add-or = Afegeix l’alternativa
filters-alternative = O bé…
filters-remove = Treu
filters-group = Bloc { $number }
filters-and = i també
filters-or = o
filters-nor = ni
filters-value = Valor
filters-days = Nombre de dies
filters-from = Des de
filters-to = Fins a
filters-advanced = Filtre avançat
filters-me = jo
filters-my-people = el meu equip
filters-my-teams = els meus equips
filters-nobody = ningú
filters-no-team = cap equip
filters-sentence = { $field }: { $what }
filters-op-is = és
filters-op-is-not = no és
filters-op-contains = conté
filters-op-lacks = no conté
filters-op-begins = comença per
filters-op-above = més de
filters-op-at-least = com a mínim
filters-op-below = menys de
filters-op-at-most = com a màxim
filters-op-between = entre
filters-op-any = és algun d’aquests
filters-op-none = no és cap d’aquests
filters-op-on = el dia
filters-op-after = després del
filters-op-since = des del
filters-op-before = abans del
filters-op-until = fins al
filters-op-last-days = els últims dies
filters-op-next-days = els pròxims dies
filters-op-over-days-ago = fa més de
filters-today = avui
filters-yesterday = ahir
filters-this-week = aquesta setmana
filters-last-week = la setmana passada
filters-this-month = aquest mes
filters-last-month = el mes passat
filters-this-fiscal-year = aquest exercici
filters-last-fiscal-year = l’exercici anterior
filters-yes = sí
filters-no = no
filters-filled = amb valor
filters-empty = sense valor
filters-say-is = és «{ $value }»
filters-say-is-not = no és «{ $value }»
filters-say-not = no és { $value }
filters-say-contains = conté «{ $value }»
filters-say-lacks = no conté «{ $value }»
filters-say-begins = comença per «{ $value }»
filters-say-above = més de { $value }
filters-say-at-least = { $value } o més
filters-say-below = menys de { $value }
filters-say-at-most = { $value } o menys
filters-say-between = entre { $value } i { $other }
filters-say-none = ni { $values }
filters-say-after = després del { $value }
filters-say-since = des del { $value }
filters-say-before = abans del { $value }
filters-say-until = fins al { $value }
filters-say-last-days =
    { $count ->
        [1] avui
       *[other] els últims { $count } dies
    }
filters-say-next-days =
    { $count ->
        [1] avui
       *[other] els pròxims { $count } dies
    }
filters-say-over-days-ago =
    { $count ->
        [0] abans d’avui
        [one] fa més d’un dia
       *[other] fa més de { $count } dies
    }
problem-filter-syntax = Aquesta part del filtre no s’entén: «{ $detail }»
problem-filter-operator = Aquesta comparació no val per a aquest camp: «{ $detail }»
problem-filter-too-long = El filtre és massa llarg: pot tenir { $detail } condicions com a màxim
problem-filter-field = El filtre parla d’un camp que no existeix: «{ $detail }»
problem-filter-value = Falta el valor d’una condició del filtre
problem-filter-value-of = Falta el valor de la condició «{ $field }»
problem-filter-values = Una condició del filtre té massa valors: { $detail }
problem-filter-days = Els dies han de ser un nombre entre 1 i 3.660: «{ $detail }»
problem-filter-order = El primer valor ha de ser més petit que el segon
