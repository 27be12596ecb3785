# Users
users-title = Usuaris i equips
users-new = Afegeix una persona
users-people = Persones
users-name = Nom i cognoms
users-email = Correu electrònic
users-role = Rol
users-teams = Equips
users-state = Estat
users-inactive = sense accés
users-invited = convidat
users-active = actiu
users-receives = assignable
users-members =
    { $count ->
        [one] { $count } persona
       *[other] { $count } persones
    }
users-team-name = Nom de l’equip
users-new-team = Equip nou
users-add-team = Afegeix l’equip
users-new-title = Afegeix una persona
users-edit-title = { $name }
users-person = La persona
users-work = La feina
users-language = Llengua
users-password = Contrasenya
users-password-keep = Deixeu-la en blanc per no canviar-la.
users-password-hint = Deixeu-la en blanc i us donarem un enllaç perquè la triï. Si la poseu, { $count } caràcters com a mínim.
users-no-teams = Encara no hi ha cap equip
users-no-teams-text = Creeu-lo a la pàgina d’usuaris i equips.
users-takes-leads = Rep clients potencials
users-takes-leads-hint = Entra en el repartiment per torns i per extensions.
users-may-enter = Pot iniciar la sessió
users-may-enter-hint = Si ho desactiveu, el que ha fet es conserva.
users-save = Desa
users-cancel = Cancel·la
users-seats = Places
users-seats-over = { $active } persones tenen accés i n’hi ha { $seats } d’incloses. Ningú no es queda fora; parleu-ne amb qui us porta el Tracte.
users-seats-used = { $active } de { $seats } places en ús.
users-seats-none =
    { $count ->
        [one] { $count } persona té accés
       *[other] { $count } persones tenen accés
    }
users-seats-included = Persones incloses
users-seats-hint = Quantes n’inclou el que pagueu. En blanc, no es compta.
users-time = Quan treballa
users-absences = Absències
users-absences-hint = Els dies que no hi és no li toca cap client potencial. Buideu una fila per treure-la.
users-absence-from = Absència { $number }: des del
users-absence-to = Absència { $number }: fins al
users-hours = Horari i zona horària propis
users-hours-hint = En blanc, els de l’empresa.
users-time-zone-hint = Si és diferent de la de l’empresa.
users-leave-hint = Si plega o no ha d’entrar més, trieu qui es queda els seus clients potencials.
users-leave = Treu l’accés…
problem-absence-order = L’absència acaba abans de començar
