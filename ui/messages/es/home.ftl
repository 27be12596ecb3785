# Home
home-title = Inicio
home-new = Nuevos
home-new-note = todavía sin primer contacto
home-mine = Míos abiertos
home-mine-note = de los que es responsable
home-this-month = Llegados este mes
home-than-last-year = que en { $year }, hasta el mismo día
home-no-comparison = sin datos de { $year } para comparar
home-response = Primera respuesta
home-response-note =
    { $count ->
        [one] { $count } contestado; el mes pasado, { $before }
       *[other] { $count } contestados; el mes pasado, { $before }
    }
home-response-note-alone =
    { $count ->
        [one] { $count } contestado; el mes pasado, ninguno
       *[other] { $count } contestados; el mes pasado, ninguno
    }
home-response-definition = Primera respuesta: mediana del tiempo de reloj desde que entra un cliente potencial hasta el primer contacto, de los que ve y se han contestado este mes, sin los archivados; se compara con todo el mes pasado.
home-minutes = { $count } min
home-hours = { $count } h
home-latest = Últimos clientes potenciales
home-all-leads = Mostrar todos
home-latest-none = Todavía no hay ninguno suyo.
home-mine-by-status = Los míos, por estado
home-mine-none = No tiene ningún cliente potencial abierto.
home-imports = Importaciones en curso
home-import-open = Abrir
home-first-steps = Primeros pasos
home-steps-done = { $done } de { $total } hechos
home-step-done = (hecho)
home-step-company = Datos de la empresa
home-step-company-text = Nombre, moneda y ejercicio.
home-step-users = Añada a quienes trabajarán
home-step-users-text = Cada persona ve solo lo que le corresponde.
home-step-users-action = Añadir
home-step-plugin = Decida quién recibe cada cliente potencial
home-step-plugin-text = Por código postal con una extensión; si no, por turnos.
home-step-plugin-action = Configurar
home-step-leads = Traiga sus clientes potenciales
home-step-leads-text = Desde una hoja de cálculo o un archivo CSV, con una simulación antes de guardar nada.
home-step-leads-action = Importar
home-first-lead = Crear el primer cliente potencial
home-figures-busy = Las cifras no se pueden contar ahora mismo: hay demasiado trabajo. Vuelva a intentarlo dentro de un rato.
home-documents =
    { $count ->
        [one] { $count } documento ha caducado o caduca en treinta días o menos
       *[other] { $count } documentos han caducado o caducan en treinta días o menos
    }
home-documents-many = Más de { $count } documentos han caducado o caducan en treinta días o menos
home-approvals =
    { $count ->
        [one] { $count } presupuesto espera aprobación
       *[other] { $count } presupuestos esperan aprobación
    }
home-approvals-many = Más de { $count } presupuestos esperan aprobación
