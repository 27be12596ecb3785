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
users-password-hint = { $count } caràcters com a mínim. La persona la podrà canviar.
users-no-teams = Encara no hi ha cap equip
users-no-teams-text = Creeu-lo a la pàgina d’usuaris i equips.
users-takes-leads = Rep clients potencials
users-takes-leads-hint = Entra en el repartiment per torns i per extensions.
users-may-enter = Pot iniciar la sessió
users-may-enter-hint = Si ho desactiveu, el que ha fet es conserva.
users-save = Desa
users-cancel = Cancel·la
