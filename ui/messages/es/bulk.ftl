# Bulk actions
bulk-title = Acciones en bloque
bulk-with-ticked = Con los marcados…
bulk-with-all =
    { $count ->
        [one] Con el único de la lista…
       *[other] Con los { $count }…
    }
bulk-with-all-uncounted = Con todos los de la lista…
bulk-tick = Marcar «{ $title }»
bulk-chosen =
    { $count ->
        [0] Ninguno elegido: vuelva a la lista y marque alguno.
        [one] Uno elegido
       *[other] { $count } elegidos
    }
bulk-back = Volver a la lista
bulk-what = ¿Qué quiere hacer con ellos?
bulk-assign = Asignarlos a alguien
bulk-person = Nuevo responsable
bulk-assign-again = Volver a repartirlos
bulk-set-field = Cambiar un campo
bulk-field = Campo
bulk-add-tag = Ponerles una etiqueta
bulk-remove-tag = Quitarles una etiqueta
bulk-tag = Etiqueta
bulk-archive = Archivarlos
bulk-restore = Restaurarlos del archivo
bulk-delete = Eliminarlos
bulk-export = Exportarlos
bulk-nothing-yet = Aún no se cambia nada: primero verá qué pasará.
bulk-continue = Continuar
bulk-cancel = Cancelar
bulk-value-title = Cambiar «{ $field }»
bulk-no-value = Sin valor
bulk-empty-hint = Si lo deja en blanco, se vacía el campo.
bulk-reason = Motivo, si se descartan
bulk-deed-assign = Asignarlos a { $value }
bulk-deed-set = { $field }: { $value }
bulk-deed-empty = { $field }: sin valor
bulk-deed-add-tag = Ponerles la etiqueta «{ $value }»
bulk-deed-remove-tag = Quitarles la etiqueta «{ $value }»
bulk-review-title = Qué pasará
bulk-asked-again = La lista ha cambiado mientras la miraba. Revise las cifras antes de empezar.
bulk-change = Cambian
bulk-already = Ya están así
bulk-denied = No puede cambiarlos
bulk-refused = No pueden cambiar
bulk-none-would-change = No cambiaría nada.
bulk-can-be-undone = Durante 24 horas podrá deshacerlo.
bulk-start =
    { $count ->
        [one] Cambiar uno
       *[other] Cambiar { $count }
    }
bulk-jobs-title = Acciones en bloque hechas
bulk-jobs-link = Las ya hechas
bulk-jobs-text = Cada una puede deshacerse durante 24 horas.
bulk-jobs-none-title = Aún no hay ninguna
bulk-jobs-none-text = Marque filas en una lista y elija qué hacer con ellas.
bulk-what-was-done = Acción
bulk-of-what = De qué
bulk-state = Estado
bulk-by = Quién
bulk-when = Cuándo
bulk-begun-by = { $when } · { $by }
bulk-state-running = En curso
bulk-state-done = Hecha
bulk-state-cancelled = Detenida
bulk-state-undoing = Deshaciéndose
bulk-state-undone = Deshecha
bulk-state-failed = Detenida por un error
bulk-running-hint = Puede cerrar esta página: continúa sola.
bulk-stop = Detenerla
bulk-see-result = Mostrar el resultado
bulk-result-done =
    { $count ->
        [0] No ha cambiado nada.
        [one] Se ha cambiado uno.
       *[other] Se han cambiado { $count }.
    }
bulk-result-cancelled =
    { $count ->
        [0] Se ha detenido antes de cambiar nada.
        [one] Se ha detenido; se había cambiado uno.
       *[other] Se ha detenido; se habían cambiado { $count }.
    }
bulk-result-failed =
    { $count ->
        [0] No ha podido empezar. Compruebe si aún tiene permiso o avise a la administración.
        [one] Se ha detenido; se había cambiado uno. Compruebe si aún tiene permiso o avise a la administración.
       *[other] Se ha detenido; se habían cambiado { $count }. Compruebe si aún tiene permiso o avise a la administración.
    }
bulk-result-undone =
    { $count ->
        [one] Se ha deshecho: uno ha vuelto a como estaba.
       *[other] Se ha deshecho: { $count } han vuelto a como estaban.
    }
bulk-result-undone-some = Han vuelto a como estaban: { $count }. Se han dejado como están porque alguien los cambió después: { $kept }.
bulk-result-undo-stopped = Se ha parado la marcha atrás: { $count } están como antes y { $left } siguen cambiados.
bulk-undo = Deshacer
bulk-undo-until = Se puede deshacer hasta el { $when }.
bulk-left-alone = Se quedan como están
bulk-rows-shown = { $shown } de { $total }
bulk-rows-forgotten = El detalle de cada registro se guarda { $days } días.
bulk-row = Registro
bulk-row-gone = Uno que ya no está
bulk-why = Motivo
bulk-why-denied = No tiene permiso para cambiarlo.
bulk-why-gone = Ya no está, o no puede verlo.
bulk-why-kept-by = { $by } lo cambió después.
bulk-why-kept = Alguien lo cambió o eliminó después.
bulk-why-refused = Este valor no le sirve.
bulk-notice-started = La acción ha empezado.
problem-bulk-none = Marque al menos una fila de la lista
problem-bulk-too-many = Son más de { $detail }: filtre la lista y hágalo por partes
problem-bulk-nobody = Ahora nadie del equipo recibe clientes potenciales: asígnelos a una persona
problem-bulk-closed = Ya está cerrado
problem-bulk-undo-late = Han pasado más de { $detail } horas: ya no se puede deshacer
problem-bulk-undo-nothing = No hay nada que deshacer
problem-bulk-ids-or-filter = Envíe ids o filter, no ambos ni ninguno
problem-bulk-failed = La acción no ha podido continuar
