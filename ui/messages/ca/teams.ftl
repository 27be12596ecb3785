# Equips
teams-title = Equip { $name }
teams-intro = El nivell «equip» d’un rol abasta els equips on cadascú és o que dirigeix, i els que en depenen.
teams-none = Cap
teams-manager = Qui el dirigeix
teams-manager-hint = Abasta el que és de l’equip encara que no en formi part.
teams-parent = Depèn de
teams-parent-hint = Un sol nivell: un equip que depèn d’un altre no en pot tenir per sota.
teams-members = Qui hi és
teams-remove = Suprimeix l’equip
teams-remove-text = Ningú no l’usa. El que ha passat queda a l’historial.
teams-in-use = No es pot suprimir mentre l’usi alguna cosa. Canvieu-ho primer:
teams-use-leads =
    { $count ->
        [one] { $count } client potencial és d’aquest equip
       *[other] { $count } clients potencials són d’aquest equip
    }
teams-use-below = L’equip { $name } en depèn
teams-use-default = És l’equip on van els clients potencials que cap regla no col·loca
teams-managed-by = dirigeix { $name }
teams-below = depèn de { $name }
problem-team-nested = «{ $detail }» no pot ser: els equips només tenen un nivell per sota
