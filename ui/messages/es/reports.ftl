# Reports
reports-leads-title = Clientes potenciales por mes
reports-whose-everybody = De todos
reports-whose-own = Solo los suyos
reports-whose-teams =
    { $count ->
        [one] Del equipo { $teams }, y los suyos
       *[other] De los equipos { $teams }, y los suyos
    }
reports-by = Desglose
reports-by-none = Todos juntos
reports-by-source = Por origen
reports-by-owner = Por responsable
reports-by-status = Por estado
reports-year = Ejercicio
reports-show = Mostrar
reports-export = Exportar
reports-to-date = { $year } hasta el { $day }
reports-until = { $year } hasta el { $day }
reports-this-year = este ejercicio
reports-than-year = que en { $year }
reports-leads-unit = clientes potenciales nuevos
reports-no-comparison = sin comparación posible
reports-amount = Importe estimado { $year }
reports-chart-months = Nuevos por mes
reports-chart-total = Acumulado del ejercicio
reports-chart-total-text = Suma de los nuevos desde el primer día del ejercicio; el actual se detiene hoy
reports-month = Mes
reports-sentence-alone = En { $year } van { $count } hasta el { $day }.
reports-sentence =
    { $trend ->
        [more] En { $year } van { $count } hasta el { $day }: un { $percent } más que en { $last } hasta el mismo día ({ $then }).
        [less] En { $year } van { $count } hasta el { $day }: un { $percent } menos que en { $last } hasta el mismo día ({ $then }).
       *[same] En { $year } van { $count } hasta el { $day }: los mismos que en { $last } hasta el mismo día ({ $then }).
    }
reports-table-months = Meses y ejercicios
reports-table-sources = Por origen, hasta el mismo día
reports-table-owners = Por responsable, hasta el mismo día
reports-table-statuses = Por estado, hasta el mismo día
reports-table-own = { $field }, hasta el mismo día
reports-same-day = Hasta el mismo día
reports-difference = Diferencia
reports-in-percent = En %
reports-others = Otros
reports-no-groups = No hay ningún cliente potencial en estos ejercicios.
reports-definitions = Qué se cuenta
reports-definition-lead = Cada cliente potencial cuenta en el mes en que se creó, también si después se ha descartado. Los eliminados no cuentan.
reports-definition-year = El ejercicio { $year } empieza el { $day }.
reports-definition-to-date = Las comparaciones son hasta el mismo día de cada ejercicio, no con el ejercicio entero. La diferencia y el porcentaje son respecto del ejercicio anterior.
reports-definition-group = Cada cliente potencial está en el grupo que tiene hoy, no en el que tenía cuando se creó.
reports-definition-amount = El importe es la suma de los importes estimados sin impuestos, en { $currency }.
reports-definition-currencies =
    { $count ->
        [one] { $count } en otra moneda cuenta, pero sin su importe.
       *[other] { $count } en otras monedas cuentan, pero sin su importe.
    }
reports-group = Grupo
reports-all = Todos
reports-nothing = Sin valor
problem-export-too-many = Hay más de { $detail } filas, más de las que abre una hoja de cálculo. Filtre la lista, por ejemplo por fechas, y expórtela por partes.
