# Users
users-title = Usuarios y equipos
users-new = Añadir una persona
users-people = Personas
users-name = Nombre y apellidos
users-email = Correo electrónico
users-role = Rol
users-teams = Equipos
users-state = Estado
users-inactive = sin acceso
users-invited = invitado
users-active = activo
users-receives = asignable
users-members =
    { $count ->
        [one] { $count } persona
       *[other] { $count } personas
    }
users-team-name = Nombre del equipo
users-new-team = Equipo nuevo
users-add-team = Añadir el equipo
users-new-title = Añadir una persona
users-edit-title = { $name }
users-person = La persona
users-work = El trabajo
users-language = Idioma
users-password = Contraseña
users-password-keep = Déjela en blanco para no cambiarla.
users-password-hint = Déjela en blanco y le daremos un enlace para que la elija. Si la pone, { $count } caracteres como mínimo.
users-no-teams = Todavía no hay ningún equipo
users-no-teams-text = Créelo en la página de usuarios y equipos.
users-takes-leads = Recibe clientes potenciales
users-takes-leads-hint = Entra en el reparto por turnos y por extensiones.
users-may-enter = Puede iniciar sesión
users-may-enter-hint = Si lo desactiva, lo que ha hecho se conserva.
users-save = Guardar
users-cancel = Cancelar
users-seats = Plazas
users-seats-over = { $active } personas tienen acceso y hay { $seats } incluidas. Nadie se queda fuera; háblelo con quien les lleva Tracte.
users-seats-used = { $active } de { $seats } plazas en uso.
users-seats-none =
    { $count ->
        [one] { $count } persona tiene acceso
       *[other] { $count } personas tienen acceso
    }
users-seats-included = Personas incluidas
users-seats-hint = Cuántas incluye lo que pagan. En blanco, no se cuenta.
users-time = Cuándo trabaja
users-absences = Ausencias
users-absences-hint = Los días que no está no le toca ningún cliente potencial. Vacíe una fila para quitarla.
users-absence-from = Ausencia { $number }: desde el
users-absence-to = Ausencia { $number }: hasta el
users-hours = Horario y zona horaria propios
users-hours-hint = En blanco, los de la empresa.
users-time-zone-hint = Si es distinta de la de la empresa.
users-leave-hint = Si se va o no debe entrar más, elija quién se queda sus clientes potenciales.
users-leave = Quitar el acceso…
problem-absence-order = La ausencia termina antes de empezar
