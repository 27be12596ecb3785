# Leads
leads-title = Clientes potenciales
leads-total = { $count } en total
leads-total-more = Más de { $count }
leads-total-at-least = Como mínimo { $count } con estos filtros
leads-total-filtered = { $count } con estos filtros
leads-new = Nuevo cliente potencial
leads-import = Importar
leads-import-file = Importar un archivo
leads-export = Exportar a { $format }
leads-filters = Filtros
leads-column-name = Nombre
leads-created-from = Creado desde el
leads-created-to = Creado hasta el
leads-status-any = Todos los estados
leads-source-any = Todos los orígenes
leads-source-unknown = No se sabe
leads-owner-anyone = Cualquiera
leads-owner-me = Yo
leads-owner-nobody = Sin responsable
leads-owner-unknown = Persona desconocida
leads-chip-status = Estado: { $value }
leads-chip-owner = Responsable: { $value }
leads-chip-source = Origen: { $value }
leads-chip-from = Desde el { $value }
leads-chip-to = Hasta el { $value }
leads-more = Mostrar más
leads-end = No hay más.
leads-to-top = Volver al principio
leads-layout = Columnas y grupos
leads-layout-apply = Mostrarlo así
leads-columns = Columnas
leads-group = Agrupar por
leads-group-none = sin agrupar
leads-group-all =
    { $count ->
        [one] Mostrarlo
       *[other] Mostrar los { $count }
    }
leads-group-empty = Sin valor
leads-groups-partly = La lista es muy larga: los grupos cuentan solo la primera parte. Fíltrela para ver totales exactos.
leads-none-filtered-title = Ningún resultado con estos filtros
leads-none-filtered-text = Quite algún filtro o límpielos todos para ver más clientes potenciales.
leads-none-yet-text = Hasta aquí no hay ninguno. Siga buscando más abajo o quite algún filtro.
leads-none-title = Todavía no hay ningún cliente potencial
leads-none-text = Cree uno a mano o importe una hoja de cálculo con los que ya tiene.
leads-none-mine-text = Cuando le asignen uno, lo verá aquí.

leads-field-name = Nombre y apellidos
leads-notice-deleted = Se ha eliminado el cliente potencial.
leads-notice-assigned = Se ha cambiado el responsable.
leads-new-title = Nuevo cliente potencial
leads-edit-title = Editar: { $title }
leads-create = Crear
leads-save = Guardar
leads-save-mine = Guardar mis valores
leads-cancel = Cancelar
leads-group-who = Quién es
leads-group-who-hint = Hace falta el nombre de una persona o el de una empresa. Todo lo demás es opcional.
leads-group-contact = Contacto
leads-group-address = Dirección
leads-group-interest = Interés e importe
leads-group-notes = Observaciones
leads-hint-tax-id = NIF, NIE, CIF, NRT o IVA intracomunitario
leads-hint-phone = Con prefijo si es de otro país: +33 4 68 12 34 56
leads-hint-email = Por ejemplo, nombre@empresa.es
leads-hint-zone = Comarca o territorio comercial. Si está vacía, la del código postal según la lista de zonas
leads-hint-country = Nombre o código de dos letras: ES, AD, FR
leads-hint-interest = Qué producto o servicio busca
leads-hint-amount = Sin impuestos. Por ejemplo, 1.234,50
leads-hint-external-key = Código de este cliente potencial en otro programa
leads-hint-description = Cómo ha llegado, qué necesita, para cuándo
leads-conflict-title = Valores que no coinciden
leads-conflict-text = Alguien ha cambiado este cliente potencial mientras usted lo editaba. Aún no se ha guardado nada. El formulario conserva lo que ha escrito: revíselo y guárdelo de nuevo.
leads-conflict-field = Campo
leads-conflict-theirs = Valor guardado ahora
leads-conflict-yours = Su valor

leads-edit = Editar
leads-more-actions = Más acciones
leads-delete-link = Eliminar…
leads-reach = Contactar
leads-call = Llamar
leads-write = Escribir
leads-map = Mapa
leads-first-response = Primera respuesta
leads-waiting-since = pendiente ({ $when })
leads-discarded-because = Se ha descartado: { $reason }
leads-next-step = Próximo paso
leads-mark-as = Marcar como
leads-reopen-as = Reabrir como
leads-is-converted = Ya es cliente: no hay ningún paso pendiente.
leads-was-converted-elsewhere = Ya era cliente en otro programa y no lleva a ninguna empresa de aquí. Para convertirlo aquí, reábralo antes.
leads-discard = Descartar…
leads-discard-hint = El motivo se ve en la ficha y se puede contar en los informes.
leads-discard-choose = Elija uno
leads-discard-other = Otro motivo
leads-discard-note = Detalle
leads-discard-note-hint = Si el motivo no está en la lista, escríbalo aquí. Si está, esto se guarda como nota.
leads-discard-do = Descartar
leads-assign = Asignar a otra persona…
leads-assign-to = Nuevo responsable
leads-person-away = { $name } (fuera hasta el { $day })
leads-assign-do = Asignar
leads-note-label = Nota
leads-note-hint = De qué se ha hablado y en qué se ha quedado
leads-note-do = Añadir la nota
leads-history = Historial
leads-history-older = Mostrar los anteriores
leads-history-newest = Volver a los más recientes
leads-history-none = No hay nada más antiguo.
leads-no-contact = No hay ningún dato de contacto. Edite la ficha para añadirlos.
leads-details = Detalles
leads-created-at = Creado
leads-updated-at = Última modificación
leads-assigned-at = Asignado
leads-delete-title = ¿Eliminar «{ $title }»?
leads-delete-text =
    { $count ->
        [0] Se eliminará la ficha. No se puede deshacer.
        [one] Se eliminará la ficha y su nota. No se puede deshacer.
       *[other] Se eliminará la ficha y sus { $count } notas. No se puede deshacer.
    }
leads-delete-instead = Si solo no interesa seguirlo, descártelo: seguirá contando en los informes.
leads-delete = Eliminar

leads-why-title = ¿Por qué { $owner }?
leads-why-nobody-title = ¿Por qué no tiene responsable?
leads-why-plugin = Lo ha decidido la extensión { $name } { $version }.
leads-why-turn = Le tocaba por turnos: turno { $turn } del equipo «{ $team }».
leads-why-person = Asignación a mano, hecha por { $by }.
leads-why-somebody = Asignación hecha a mano.
leads-why-import = Lo decía el archivo de una importación.
leads-why-nobody = Nadie del equipo recibía clientes potenciales en ese momento.
leads-why-tried = Qué se había probado antes
leads-why-candidates =
    { $count ->
        [0] No había ninguna persona disponible.
        [one] Había una persona disponible.
       *[other] Había { $count } personas disponibles.
    }
leads-outcome-skipped = no tenía nada que decir.
leads-outcome-queued = lo ha dejado en cola.
leads-outcome-paused = estaba en pausa por demasiados errores.
leads-outcome-off = estaba desactivada.
leads-outcome-gone = no se ha encontrado o no se ha podido cargar.
leads-outcome-timeout = se ha detenido porque tardaba demasiado.
leads-outcome-memory = se ha detenido porque usaba demasiada memoria.
leads-outcome-trap = ha fallado.
leads-outcome-unknown-person = ha elegido a alguien que no estaba entre las personas disponibles.
leads-outcome-plugin = ha dado un error.
leads-outcome-bad-output = ha respondido algo que no se entiende.
leads-outcome-denied = ha pedido algo que no tiene permitido.
leads-outcome-other = no ha podido decidir ({ $code }).

leads-way-api = { $time } · por la API
leads-way-form = { $time } · por un formulario web
leads-way-system = { $time } · automáticamente
leads-event-created =
    { $by ->
        [person] { $who } ha creado el cliente potencial
       *[nobody] Se ha creado el cliente potencial
    }
leads-event-created-for =
    { $by ->
        [person] { $who } ha creado el cliente potencial; responsable: { $owner }
       *[nobody] Se ha creado el cliente potencial; responsable: { $owner }
    }
leads-event-status =
    { $by ->
        [person] { $who } ha cambiado el estado: { $from } → { $to }
       *[nobody] Ha cambiado el estado: { $from } → { $to }
    }
leads-event-owner =
    { $by ->
        [person] { $who } lo ha asignado a { $owner }
       *[nobody] Se ha asignado a { $owner }
    }
leads-event-no-owner =
    { $by ->
        [person] { $who } lo ha dejado sin responsable
       *[nobody] Ha quedado sin responsable
    }
leads-event-changed =
    { $by ->
        [person] { $who } ha cambiado datos
       *[nobody] Se han cambiado datos
    }
leads-event-note =
    { $by ->
        [person] Nota de { $who }
       *[nobody] Nota
    }
leads-event-note-deleted =
    { $by ->
        [person] { $who } ha eliminado una nota
       *[nobody] Se ha eliminado una nota
    }
leads-event-deleted =
    { $by ->
        [person] { $who } lo ha eliminado
       *[nobody] Se ha eliminado
    }

problem-country-form = No se reconoce el país «{ $detail }»: escriba su nombre o su código de dos letras, como ES o AD
problem-record-too-big = La ficha es demasiado larga: acorte las observaciones y añada el resto como notas
problem-cursor = Esta dirección de la lista ya no sirve: vuelva al principio
problem-role-above-user = El rol no puede ser superior al de la persona: elija otro
problem-plugin-refused = No se ha aceptado la extensión: { $detail }
problem-plugin-says = La extensión no puede trabajar con esto: { $detail }
leads-field-archived = Archivado
leads-archive = Archivar
leads-restore = Restaurar
leads-archived-text = Este cliente potencial está en el archivo: no sale en las listas si el filtro no pide los archivados.
leads-notice-archived = Se ha archivado el cliente potencial.
leads-notice-restored = Se ha restaurado el cliente potencial.
leads-why-rule = Lo ha decidido la regla «{ $rule }»: { $strategy }.
leads-why-rule-fallback = Regla «{ $rule }»: nadie del grupo podía recibirlo y va a quien dice la regla.
leads-why-default-owner = Ninguna regla corresponde: lo recibe quien tiene asignado todo lo que queda.
