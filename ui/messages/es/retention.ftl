# Plazos de conservación
retention-title = Plazos de conservación
retention-settings-text = Hasta cuándo se conservan los datos de las personas y qué se hace después.
retention-intro = Los datos de las personas no se pueden guardar para siempre. Diga cuántos meses se conservan desde lo último que pasó, mire qué se iría y decida cuándo.
retention-periods = Plazos
retention-months = Meses
retention-months-hint = Vacío: para siempre
retention-deed = Qué se hace
retention-nightly = Hacerlo cada noche
retention-nightly-hint = A partir de las tres, hora de la empresa, cuando haya algo que hacer
retention-save = Guardar los plazos
retention-none-set = Ahora no se va nada: no hay ningún plazo.
retention-preview = Qué se iría ahora
retention-at-least = Como mínimo
retention-run = Hacerlo ahora
retention-run-sure = No se puede deshacer. Se hará en segundo plano y se puede parar a medio camino.
retention-run-now = Sí, empezar
retention-runs = Qué se ha hecho
retention-runs-none = Todavía no se ha hecho ninguna vez.
retention-run-by = { $by }, el { $when }
retention-cancel = Parar
retention-since = sin cambios desde el { $when }
retention-notice-started = Ha empezado en segundo plano.
retention-notice-cancelled = Se ha parado; lo que ya se ha hecho queda hecho.
retention-run-counts = { $erased } borrados · { $deleted } eliminados · { $kept } dejados como estaban
retention-run-night = De noche, el { $when }
retention-count =
    { $count ->
        [one] { $count } ficha
       *[other] { $count } fichas
    }
retention-more =
    { $count ->
        [one] Y otra
       *[other] Y { $count } más
    }
retention-after =
    { $months ->
        [one] después de un mes
       *[other] después de { $months } meses
    }
audit-kind-retention = Plazos de conservación
audit-kind-retention-run = Aplicación de los plazos
audit-field-retention-rules = Plazos
audit-field-retention-nightly = Cada noche
audit-field-retention-run-rules = Plazos
audit-field-retention-run-expected = Previstos
audit-field-retention-run-counts = Recuento
audit-field-retention-run-rule = Plazo que se aplica
audit-field-retention-run-after = Por dónde va
audit-field-what = Qué
audit-field-months = Meses
audit-field-deed = Qué se hace
audit-field-erased = Borrados
audit-field-deleted = Eliminados
audit-value-retention-what-discarded-leads = Clientes potenciales descartados
audit-value-retention-what-converted-leads = Clientes potenciales convertidos
audit-value-retention-what-quiet-leads = Clientes potenciales abiertos sin actividad
audit-value-retention-what-contacts = Contactos sin actividad
audit-value-retention-what-prospects = Empresas que no han llegado a ser clientes
audit-value-retention-help-discarded-leads = Meses desde el último cambio o nota.
audit-value-retention-help-converted-leads = El cliente en que se convirtieron se conserva.
audit-value-retention-help-quiet-leads = Que no se han cerrado, pero que nadie ha tocado.
audit-value-retention-help-contacts = También cuentan como actividad sus notas, consentimientos y oportunidades.
audit-value-retention-help-prospects = Las que son cliente, colaboradora o proveedora no se van nunca.
audit-value-retention-deed-erase = Borrar quiénes son y dejar las cifras
audit-value-retention-deed-delete = Eliminar la ficha
audit-value-retention-state-running = En curso
audit-value-retention-state-done = Hecha
audit-value-retention-state-cancelled = Parada
audit-value-retention-state-failed = Ha fallado
problem-retention-none = No hay ningún plazo: guarde alguno primero.
problem-retention-running = Ya hay una en curso. Espere a que termine o párela.
