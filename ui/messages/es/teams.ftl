# Equipos
teams-title = Equipo { $name }
teams-intro = El nivel «equipo» de un rol abarca los equipos donde está o que dirige cada cual, y los que dependen de ellos.
teams-none = Ninguno
teams-manager = Quién lo dirige
teams-manager-hint = Abarca lo que es del equipo aunque no forme parte de él.
teams-parent = Depende de
teams-parent-hint = Un solo nivel: un equipo que depende de otro no puede tener ninguno por debajo.
teams-members = Quién está
teams-remove = Eliminar el equipo
teams-remove-text = Nadie lo usa. Lo que ha pasado queda en el historial.
teams-in-use = No se puede eliminar mientras algo lo use. Cámbielo primero:
teams-use-leads =
    { $count ->
        [one] { $count } cliente potencial es de este equipo
       *[other] { $count } clientes potenciales son de este equipo
    }
teams-use-below = El equipo { $name } depende de él
teams-use-default = Es el equipo al que van los clientes potenciales que ninguna regla coloca
teams-managed-by = dirige { $name }
teams-below = depende de { $name }
problem-team-nested = «{ $detail }» no puede ser: los equipos solo tienen un nivel por debajo
