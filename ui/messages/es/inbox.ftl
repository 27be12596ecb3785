# Bandeja de clientes potenciales
inbox-title = Bandeja
inbox-nav-waiting = { $count } en la bandeja
inbox-count =
    { $count ->
        [0] Ningún cliente potencial espera una decisión.
        [one] 1 cliente potencial espera una decisión.
       *[other] { $count } clientes potenciales esperan una decisión.
    }
inbox-count-late =
    { $count ->
        [one] 1 cliente potencial espera una decisión, fuera de plazo.
       *[other] { $count } clientes potenciales esperan una decisión, { $late } fuera de plazo.
    }
inbox-more-than = Más de { $count } clientes potenciales esperan una decisión.
inbox-list = Clientes potenciales que esperan una decisión
inbox-reading = Cliente potencial abierto
inbox-order = Primero los que ya han pasado el plazo de primera respuesta, después los que tienen menos tiempo; los que no tienen plazo van al final, primero los más nuevos. El plazo cuenta las horas de trabajo de quien lo tiene.
inbox-order-no-target = Primero los más nuevos. Si la empresa fija un plazo de primera respuesta, los más urgentes van delante.
inbox-keys = Teclas: 1 aceptar, 2 duplicado, 3 descartar, 4 contactado, H posponer, J y K para ir al siguiente y al anterior.
inbox-keys-off = Desactivarlas
inbox-whose = De quién
inbox-whose-mine = Míos
inbox-whose-team = De mi equipo
inbox-whose-all = Todos
inbox-none = No hay nada que decidir
inbox-none-text = Cuando llegue uno nuevo, o vuelva uno que había pospuesto, lo verá aquí.
inbox-none-text-others = Cuando llegue uno nuevo, o vuelva uno que había pospuesto, lo verá aquí. Mire también los del resto con las pestañas de arriba.
inbox-all-leads = Todos los clientes potenciales
inbox-back = Volver a la lista
inbox-before = Anterior
inbox-after = Siguiente
inbox-open = Abrir la ficha
inbox-moved = Reasignado
inbox-not-waiting = Ya no espera ninguna decisión: alguien lo ha aceptado, pospuesto o contactado.
inbox-accept = Aceptar
inbox-accept-hint = Aceptar quiere decir que se ocupa de él: si no era de nadie, pasa a ser suyo y sale de la bandeja. El reloj sigue hasta que lo marque como contactado.
inbox-contacted = Ya he hablado
inbox-duplicate = Duplicado…
inbox-duplicate-of = Es el mismo que
inbox-duplicate-other = Otro
inbox-duplicate-which = Nombre, dirección o código del otro
inbox-duplicate-hint = El nombre de un cliente potencial, una empresa o un contacto, o la dirección de su ficha.
inbox-duplicate-do = Descartarlo como duplicado
inbox-duplicate-of-which = Es un duplicado de
inbox-discard-note-hint = Si lo escribe, vale en lugar del de la lista.
inbox-snooze = Posponer…
inbox-snooze-hint = Sale de la bandeja y vuelve solo. El reloj no se detiene.
inbox-snooze-hour = Dentro de 1 hora
inbox-snooze-tomorrow = Mañana a las 9
inbox-snooze-monday = El lunes a las 9
inbox-snooze-day = Otro día, a las 9
inbox-snooze-do = Posponer hasta ese día
inbox-snoozed-until = Pospuesto hasta el { $when }
inbox-wake = Devolverlo a la bandeja
inbox-undo = Deshacer
inbox-undo-last = Deshacer la última decisión
inbox-done-accepted = Ha aceptado «{ $title }».
inbox-done-contacted = «{ $title }» consta como contactado.
inbox-done-duplicate = Ha descartado «{ $title }» como duplicado.
inbox-done-discarded = Ha descartado «{ $title }».
inbox-done-snoozed = Ha pospuesto «{ $title }».
inbox-done-snoozed-until = Ha pospuesto «{ $title }» hasta el { $when }.
inbox-done-woken = «{ $title }» vuelve a estar en la bandeja.
inbox-done-undone = Se ha deshecho: «{ $title }» vuelve a estar como antes.
inbox-clock-left = quedan { $time }
inbox-clock-late = { $time } fuera de plazo
inbox-clock-late-days =
    { $count ->
        [one] { $count } día fuera de plazo
       *[other] { $count } días fuera de plazo
    }
inbox-clock-late-weeks =
    { $count ->
        [one] { $count } semana fuera de plazo
       *[other] { $count } semanas fuera de plazo
    }
inbox-clock-late-years =
    { $count ->
        [one] { $count } año fuera de plazo
       *[other] { $count } años fuera de plazo
    }
inbox-clock-late-now = acaba de vencer
inbox-clock-was-late = fuera de plazo
inbox-clock-in-time = dentro del plazo
inbox-event-moved = Nadie había respondido a tiempo: ahora lo tiene { $owner }
inbox-event-accepted =
    { $by ->
        [person] { $who } lo ha aceptado
       *[nobody] Se ha aceptado
    }
inbox-event-snoozed =
    { $by ->
        [person] { $who } lo ha pospuesto hasta el { $until }
       *[nobody] Se ha pospuesto hasta el { $until }
    }
inbox-event-back =
    { $by ->
        [person] { $who } lo ha devuelto a la bandeja
       *[nobody] Ha vuelto a la bandeja
    }
inbox-field-respond-by = Primera respuesta antes de
inbox-field-answered-late = Respondido fuera de plazo
inbox-field-accepted-at = Aceptado
inbox-field-snoozed-until = Pospuesto hasta el
inbox-account-keys = Teclas de una letra
inbox-account-keys-hint = En la bandeja, una sola tecla puede aceptar, descartar o posponer. Desactívelas si dicta o si le molestan. Todo se puede hacer sin ellas.
inbox-letter-about-on = Cliente potencial que ha pasado a otra persona
inbox-letter-about-here = Cliente potencial al que nadie había respondido
inbox-letter-here-subject = Ahora «{ $title }» es suyo
inbox-letter-here-text = Nadie había respondido a tiempo al cliente potencial «{ $title }», y ahora es suyo. Contacte con él lo antes posible:
inbox-letter-on-subject = «{ $title }» ha pasado a otra persona
inbox-letter-on-text = El cliente potencial «{ $title }» no tenía respuesta dentro del plazo y ha pasado a otra persona. Los que aún le esperan:
inbox-reassign = Si nadie responde a tiempo
inbox-reassign-text = Cuando pasa el plazo de primera respuesta, el cliente potencial va a otra persona siguiendo las reglas, y se avisa por correo a quien lo tenía y a quien lo tiene. Si no hay nadie más que pueda tenerlo, se queda donde está. Los que alguien ha pospuesto esperan.
inbox-reassign-no-target = La empresa no tiene plazo de primera respuesta: fíjelo primero.
inbox-reassign-to-company = Datos de la empresa
inbox-reassign-hours = Horas de trabajo después del plazo
inbox-reassign-hours-hint = Vacío: no se reasigna nunca.
inbox-reassign-times = Veces como máximo
inbox-reassign-off = No se reasignan.
inbox-reassign-on =
    { $times ->
        [one] Se reasignan { $hours } h de trabajo después del plazo, una vez como máximo.
       *[other] Se reasignan { $hours } h de trabajo después del plazo, { $times } veces como máximo.
    }
problem-inbox-decided = Ya no espera ninguna decisión: otra persona ha sido más rápida.
problem-inbox-undo = Ya no se puede deshacer: hay cambios posteriores, no lo hizo usted o ha pasado más de un día.
problem-inbox-undo-import = El último cambio lo hizo una importación, o se deshizo con ella: aquí no se puede deshacer. Consulte la importación.
problem-snooze-past = Ese momento ya ha pasado. Elija uno futuro.
problem-snooze-far = Se puede posponer { $detail } días como máximo.
problem-reassign-hours = Escriba un número de horas del 1 al { $detail }, o déjelo vacío.
problem-reassign-times = Escriba un número del 1 al { $detail }.
problem-reassign-no-target = La empresa no tiene plazo de primera respuesta: fíjelo primero.
