# Rols
roles-title = Rols
roles-intro = Què pot veure i fer cada persona, segons el rol que té.
roles-settings-text = Qui pot veure, crear, canviar, suprimir i exportar què.
roles-new = Rol nou
roles-copy-of = Comença com a còpia de:
roles-help = Per a què serveix
roles-matrix = Permisos
roles-matrix-text = «Equip» vol dir el que és propi i el dels equips on la persona és o que dirigeix, i el dels equips que en depenen. Ningú no canvia, suprimeix ni exporta el que no veu.
roles-administrator-text = L’administració ho pot fer tot i no es pot limitar: així ningú no es queda fora.
roles-entity = Sobre què
roles-entity-leads = Clients potencials
roles-entity-notes = Accions i notes
roles-entity-imports = Importacions
roles-entity-users = Usuaris
roles-entity-teams = Equips
roles-entity-settings = Configuració
roles-entity-plugins = Extensions
roles-entity-api-keys = Claus d’API
roles-action-see = Veure
roles-action-create = Crear
roles-action-change = Canviar
roles-action-delete = Suprimir
roles-action-export = Exportar
roles-level-all = tot
roles-level-team = equip
roles-level-own = propi
roles-level-none = res
roles-level-yes = sí
roles-level-no = no
roles-fixed-names = els noms
roles-fixed-as-create = com crear
roles-fixed-with-lead = amb el client
roles-used-by = Qui el té
roles-unused = Ningú no té aquest rol.
roles-people =
    { $count ->
        [0] ningú
        [one] { $count } persona
       *[other] { $count } persones
    }
roles-sees = Què veu
roles-sees-title = Què veu { $name }
roles-sees-intro = Calculat ara mateix, amb les mateixes decisions que quan entra.
roles-sees-teams = Equips que abasta:
roles-sees-seen = Clients potencials que veu
roles-sees-changed = Que pot canviar
roles-sees-exported = Que pot exportar
roles-sees-first = Els més nous que veu
roles-sees-nothing = Res.
roles-sees-navigation = Navegació
roles-sees-settings = Configuració que pot obrir
problem-level-above-see = No pot abastar més del que es veu: amplieu «Veure» o reduïu aquest nivell
problem-administrator-whole = El rol d’administració no es pot limitar ni arxivar
problem-role-above-own = Aquest rol pot fer més que el vostre: només el pot donar qui en té un d’igual o superior
roles-limits = Límits dels pressupostos
roles-limits-text = Un pressupost que els passi espera que l’aprovi algú que pugui. Buits: sense límit.
roles-discount-max = Descompte màxim (%)
roles-margin-min = Marge mínim (%)
