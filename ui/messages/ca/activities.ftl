entity-activity-title = Accions
entity-activity-one = Acció
entity-activity-new = Nova acció
entity-activity-none-title = Encara no hi ha cap acció
entity-activity-none-text = Afegiu trucades, reunions, visites i tasques: veureu què toca fer avui i què s’ha fet amb cada client.
entity-activity-field-kind = Tipus
entity-activity-field-subject = Assumpte
entity-activity-field-state = Estat
entity-activity-field-due = Venciment
entity-activity-field-due-time = Hora
entity-activity-field-reminder = Recordatori
entity-activity-field-duration = Durada (minuts)
entity-activity-field-text = Detalls
entity-activity-field-outcome = Resultat
entity-activity-field-done-at = Feta el
entity-activity-field-origin = Origen
entity-activity-field-rule = Regla
entity-activity-field-opportunity = Oportunitat
entity-activity-field-product = Producte
entity-activity-kind-task = Tasca
entity-activity-kind-call = Trucada
entity-activity-kind-meeting = Reunió
entity-activity-kind-visit = Visita
entity-activity-kind-email = Correu
entity-activity-kind-note = Nota
entity-activity-state-todo = Pendent
entity-activity-state-done = Feta
entity-activity-state-cancelled = Cancel·lada
entity-activity-origin-manual = Manual
entity-activity-origin-automatic = Automàtica
entity-activity-origin-imported = Importada
activities-group-what = Què cal fer
activities-group-when = Quan
activities-group-about = Amb qui o sobre què
activities-group-said = Detalls i resultat
activities-hint-time = Si és a una hora concreta: 9:30
activities-hint-reminder = Des d’aquest dia us ho recorda la campana
activities-view-mine = Les meves pendents
activities-view-overdue = Vençudes
activities-view-today = Avui
activities-view-done = Fetes
activities-bucket-overdue = Vençudes
activities-bucket-today = Avui
activities-bucket-tomorrow = Demà
activities-bucket-week = Aquesta setmana
activities-bucket-later = Més endavant
activities-overdue = Vençuda
activities-today = Avui
activities-reminded = Recordatori
activities-nav-overdue =
    { $count ->
        [one] una acció vençuda
       *[other] { $count } accions vençudes
    }
activities-nav-more = més de { $count } accions vençudes
activities-todo-title = Què queda per fer
activities-todo-all = Totes
activities-due-none = Sense data
activities-done = Feta
activities-done-do = Marca-la com a feta
activities-cancel = Cancel·la l’acció
activities-reopen = Torna-la a obrir
activities-outcome = Com ha anat
activities-state-title = Estat
activities-done-on = Feta { $when }
activities-compose-title = Afegeix a la història
activities-compose-label = Tipus d’anotació
activities-compose-note = Nota
activities-compose-call = Trucada
activities-compose-email = Correu
activities-compose-meeting = Reunió o visita
activities-compose-task = Tasca
activities-compose-which = Reunió o visita
activities-compose-subject = Assumpte
activities-compose-said = Què s’ha parlat i què heu quedat de fer
activities-compose-details = Detalls
activities-compose-log = Desa com a feta
activities-compose-later = Encara s’ha de fer
activities-compose-plan = Planifica
activities-compose-task-do = Crea la tasca
activities-show-label = Mostra de la història
activities-show-all = Tot
activities-show-notes = Notes
activities-show-calls = Trucades
activities-show-emails = Correus
activities-show-meetings = Reunions i visites
activities-show-tasks = Tasques
activities-show-quotes = Pressupostos
activities-show-stages = Canvis d’estat
activities-show-fields = Canvis de dades
activities-show-others = Altres
activities-show-none = No n’hi ha cap d’aquest tipus.
activities-notice-logged = S’ha desat a la història.
activities-notice-planned = S’ha planificat.
activities-notice-done = Acció feta. Si no ho era, obriu-la des de la història i torneu-la a obrir.
activities-notice-cancelled = S’ha cancel·lat l’acció.
activities-notice-reopened = L’acció torna a estar pendent.
problem-subject-or-text = Escriviu l’assumpte o què s’ha parlat
problem-time-form = Escriviu l’hora com 9:30: «{ $detail }»
problem-due-of-time = Digueu de quin dia és l’hora
problem-reminder-late = El recordatori no pot ser després del venciment
problem-activity-denied = No podeu afegir accions a aquest registre
activities-event-done-call =
    { $by ->
        [person] { $who } ha fet una trucada: { $title }
       *[nobody] Trucada feta: { $title }
    }
activities-event-planned-call =
    { $by ->
        [person] { $who } ha planificat una trucada: { $title }
       *[nobody] Trucada planificada: { $title }
    }
activities-event-done-email =
    { $by ->
        [person] { $who } ha escrit un correu: { $title }
       *[nobody] Correu enviat: { $title }
    }
activities-event-planned-email =
    { $by ->
        [person] { $who } ha planificat un correu: { $title }
       *[nobody] Correu planificat: { $title }
    }
activities-event-done-meeting =
    { $by ->
        [person] { $who } ha fet una reunió: { $title }
       *[nobody] Reunió feta: { $title }
    }
activities-event-planned-meeting =
    { $by ->
        [person] { $who } ha planificat una reunió: { $title }
       *[nobody] Reunió planificada: { $title }
    }
activities-event-done-visit =
    { $by ->
        [person] { $who } ha fet una visita: { $title }
       *[nobody] Visita feta: { $title }
    }
activities-event-planned-visit =
    { $by ->
        [person] { $who } ha planificat una visita: { $title }
       *[nobody] Visita planificada: { $title }
    }
activities-event-done-task =
    { $by ->
        [person] { $who } ha fet una tasca: { $title }
       *[nobody] Tasca feta: { $title }
    }
activities-event-planned-task =
    { $by ->
        [person] { $who } ha afegit una tasca: { $title }
       *[nobody] Tasca afegida: { $title }
    }
activities-event-cancelled =
    { $by ->
        [person] { $who } ha cancel·lat «{ $title }»
       *[nobody] S’ha cancel·lat «{ $title }»
    }
activities-event-reopened =
    { $by ->
        [person] { $who } ha reobert «{ $title }»
       *[nobody] S’ha reobert «{ $title }»
    }
activities-event-changed =
    { $by ->
        [person] { $who } ha canviat «{ $title }»
       *[nobody] S’ha canviat «{ $title }»
    }
activities-event-deleted =
    { $by ->
        [person] { $who } ha suprimit «{ $title }»
       *[nobody] S’ha suprimit «{ $title }»
    }
activities-rule-accepted = Pressupost acceptat
activities-rule-question = Pregunta d’un client
