entity-activity-title = Acciones
entity-activity-one = Acción
entity-activity-new = Nueva acción
entity-activity-none-title = Todavía no hay ninguna acción
entity-activity-none-text = Añada llamadas, reuniones, visitas y tareas: verá qué toca hacer hoy y qué se ha hecho con cada cliente.
entity-activity-field-kind = Tipo
entity-activity-field-subject = Asunto
entity-activity-field-state = Estado
entity-activity-field-due = Vencimiento
entity-activity-field-due-time = Hora
entity-activity-field-reminder = Recordatorio
entity-activity-field-duration = Duración (minutos)
entity-activity-field-text = Detalles
entity-activity-field-outcome = Resultado
entity-activity-field-done-at = Hecha el
entity-activity-field-origin = Origen
entity-activity-field-rule = Regla
entity-activity-field-opportunity = Oportunidad
entity-activity-field-product = Producto
entity-activity-kind-task = Tarea
entity-activity-kind-call = Llamada
entity-activity-kind-meeting = Reunión
entity-activity-kind-visit = Visita
entity-activity-kind-email = Correo
entity-activity-kind-note = Nota
entity-activity-state-todo = Pendiente
entity-activity-state-done = Hecha
entity-activity-state-cancelled = Cancelada
entity-activity-origin-manual = Manual
entity-activity-origin-automatic = Automática
entity-activity-origin-imported = Importada
activities-group-what = Qué hay que hacer
activities-group-when = Cuándo
activities-group-about = Con quién o sobre qué
activities-group-said = Detalles y resultado
activities-hint-time = Si es a una hora concreta: 9:30
activities-hint-reminder = Desde este día se lo recuerda la campana
activities-view-mine = Mis pendientes
activities-view-overdue = Vencidas
activities-view-today = Hoy
activities-view-done = Hechas
activities-bucket-overdue = Vencidas
activities-bucket-today = Hoy
activities-bucket-tomorrow = Mañana
activities-bucket-week = Esta semana
activities-bucket-later = Más adelante
activities-overdue = Vencida
activities-today = Hoy
activities-reminded = Recordatorio
activities-nav-overdue =
    { $count ->
        [one] una acción vencida
       *[other] { $count } acciones vencidas
    }
activities-nav-more = más de { $count } acciones vencidas
activities-todo-title = Qué queda por hacer
activities-todo-all = Todas
activities-due-none = Sin fecha
activities-done = Hecha
activities-done-do = Marcar como hecha
activities-cancel = Cancelar la acción
activities-reopen = Volver a abrir
activities-outcome = Cómo ha ido
activities-state-title = Estado
activities-done-on = Hecha { $when }
activities-compose-title = Añadir a la historia
activities-compose-label = Tipo de anotación
activities-compose-note = Nota
activities-compose-call = Llamada
activities-compose-email = Correo
activities-compose-meeting = Reunión o visita
activities-compose-task = Tarea
activities-compose-which = Reunión o visita
activities-compose-subject = Asunto
activities-compose-said = Qué se ha hablado y qué se ha acordado
activities-compose-details = Detalles
activities-compose-log = Guardar como hecha
activities-compose-later = Todavía está por hacer
activities-compose-plan = Planificar
activities-compose-task-do = Crear la tarea
activities-show-label = Mostrar de la historia
activities-show-all = Todo
activities-show-notes = Notas
activities-show-calls = Llamadas
activities-show-emails = Correos
activities-show-meetings = Reuniones y visitas
activities-show-tasks = Tareas
activities-show-quotes = Presupuestos
activities-show-stages = Cambios de estado
activities-show-fields = Cambios de datos
activities-show-others = Otros
activities-show-none = No hay ninguno de este tipo.
activities-notice-logged = Se ha guardado en la historia.
activities-notice-planned = Se ha planificado.
activities-notice-done = Acción hecha. Si no lo estaba, ábrala desde la historia y vuelva a abrirla.
activities-notice-cancelled = Se ha cancelado la acción.
activities-notice-reopened = La acción vuelve a estar pendiente.
problem-subject-or-text = Escriba el asunto o qué se ha hablado
problem-time-form = Escriba la hora como 9:30: «{ $detail }»
problem-due-of-time = Diga de qué día es la hora
problem-reminder-late = El recordatorio no puede ser después del vencimiento
problem-activity-denied = No puede añadir acciones a este registro
activities-event-done-call =
    { $by ->
        [person] { $who } ha hecho una llamada: { $title }
       *[nobody] Llamada hecha: { $title }
    }
activities-event-planned-call =
    { $by ->
        [person] { $who } ha planificado una llamada: { $title }
       *[nobody] Llamada planificada: { $title }
    }
activities-event-done-email =
    { $by ->
        [person] { $who } ha escrito un correo: { $title }
       *[nobody] Correo enviado: { $title }
    }
activities-event-planned-email =
    { $by ->
        [person] { $who } ha planificado un correo: { $title }
       *[nobody] Correo planificado: { $title }
    }
activities-event-done-meeting =
    { $by ->
        [person] { $who } ha hecho una reunión: { $title }
       *[nobody] Reunión hecha: { $title }
    }
activities-event-planned-meeting =
    { $by ->
        [person] { $who } ha planificado una reunión: { $title }
       *[nobody] Reunión planificada: { $title }
    }
activities-event-done-visit =
    { $by ->
        [person] { $who } ha hecho una visita: { $title }
       *[nobody] Visita hecha: { $title }
    }
activities-event-planned-visit =
    { $by ->
        [person] { $who } ha planificado una visita: { $title }
       *[nobody] Visita planificada: { $title }
    }
activities-event-done-task =
    { $by ->
        [person] { $who } ha hecho una tarea: { $title }
       *[nobody] Tarea hecha: { $title }
    }
activities-event-planned-task =
    { $by ->
        [person] { $who } ha añadido una tarea: { $title }
       *[nobody] Tarea añadida: { $title }
    }
activities-event-cancelled =
    { $by ->
        [person] { $who } ha cancelado «{ $title }»
       *[nobody] Se ha cancelado «{ $title }»
    }
activities-event-reopened =
    { $by ->
        [person] { $who } ha reabierto «{ $title }»
       *[nobody] Se ha reabierto «{ $title }»
    }
activities-event-changed =
    { $by ->
        [person] { $who } ha cambiado «{ $title }»
       *[nobody] Se ha cambiado «{ $title }»
    }
activities-event-deleted =
    { $by ->
        [person] { $who } ha eliminado «{ $title }»
       *[nobody] Se ha eliminado «{ $title }»
    }
activities-rule-accepted = Presupuesto aceptado
activities-rule-question = Pregunta de un cliente
