# Tablero de oportunidades y previsión
board-title = Tablero
board-to-list = Lista
board-pipelines = Embudos de ventas
board-stages = Etapas
board-whose = De quién
board-whose-all = Todos
board-whose-team = Mi equipo
board-whose-mine = Las mías
board-whole = Todo el tablero
board-sum = Importe
board-weighted = Ponderado ({ $percent } %)
board-closed-lately =
    { $days ->
        [one] Cerradas el último día.
       *[other] Cerradas los últimos { $days } días.
    }
board-closed-all = Todas
board-partly = Hay demasiadas para contarlas todas: filtre la lista.
board-column-none = Ninguna oportunidad
board-none-filtered = Ninguna oportunidad con estos filtros
board-none-filtered-text = Quite algún filtro, o mire las de todos.
board-no-amount = Sin importe
board-close = Cierre
board-close-late = Cierre pasado
board-closed-on = Cerrada el
board-planned = Más adelante
board-unplanned = Sin próxima acción
board-stale =
    { $days ->
        [one] Hace 1 día que no avanza
       *[other] Hace { $days } días que no avanza
    }
board-move = Mover…
board-move-to = Etapa nueva
board-move-do = Mover
board-move-amount = Importe
board-move-title = Mover «{ $title }» a «{ $stage }»
board-move-from = Ahora está en «{ $stage }».
board-move-hint-open = En esta etapa hay que saber esto.
board-move-hint-won = Enhorabuena. Indique por qué importe se ha cerrado realmente y qué día.
board-move-hint-lost = Perdida significa que el cliente ha elegido otra opción o ha dicho que no: cuenta en la tasa de éxito. Si la necesidad ha desaparecido o era un error, es mejor «cancelada».
board-move-hint-cancelled = Cancelada significa que la necesidad ha desaparecido o que era un error: no cuenta en ninguna tasa.
board-moved = «{ $title }» está ahora en «{ $stage }».
board-undone = Deshecho: «{ $title }» vuelve a estar en «{ $stage }».
board-conflict-title = Alguien más la ha cambiado mientras tanto
board-conflict = { $who } la ha cambiado { $when }. Ahora está en «{ $stage }». Si todavía quiere moverla, confírmelo aquí abajo.
board-conflict-look = Ver su ficha
board-somebody = Alguien
board-history = Etapas por las que ha pasado
board-history-partly = El historial no llega hasta el principio.
board-now = Ahora
board-days =
    { $days ->
        [0] menos de un día
        [one] 1 día
       *[other] { $days } días
    }
forecast-title = Previsión
forecast-month = Mes
forecast-likely-won = Ganado
forecast-likely-committed = Comprometido
forecast-likely-probable = Probable
forecast-likely-possible = Posible
forecast-weighted = Ponderado
forecast-count =
    { $count ->
        [one] oportunidad
       *[other] oportunidades
    }
forecast-opportunities =
    { $count ->
        [one] 1 oportunidad
       *[other] { $count } oportunidades
    }
forecast-overdue = Cierre previsto pasado
forecast-undated = Sin cierre previsto
forecast-later = Más allá de un año
forecast-definition = Las ganadas cuentan en el mes en que se cerraron; las abiertas, en el mes del cierre previsto. Comprometido: probabilidad del 75 % o más. Probable: del 50 % al 75 %. Posible: menos del 50 %. El ponderado suma las ganadas y las abiertas, cada importe por su probabilidad. Importes sin impuestos.
problem-board-undo = Ya no se puede deshacer: se ha cambiado desde entonces, o hace más de un día.
problem-board-undo-stage = No se puede deshacer: la etapa de la que venía ya no existe, o ahora significa otra cosa.
calendar-title = Calendario
calendar-months = Meses
calendar-before = El mes anterior
calendar-after = El mes siguiente
calendar-now = Este mes
calendar-none = Ninguna oportunidad en este mes.
calendar-more =
    { $count ->
        [one] 1 más
       *[other] { $count } más
    }
calendar-won = Ganada
calendar-overdue = Atrasada
calendar-definition = Las abiertas están en el día en que se espera su cierre; las ganadas, en el día en que se ganaron.
