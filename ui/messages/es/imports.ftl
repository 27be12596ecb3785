# Imports
imports-title = Importaciones
imports-notice-started = La importación ha empezado.
imports-new = Importar un archivo
imports-new-title = Importar clientes potenciales
imports-page-title = Importación de { $file }
imports-none-title = Todavía no se ha importado nada
imports-none-text = Suba una hoja de cálculo con clientes potenciales. Antes de guardar nada, verá una simulación.
imports-file = Archivo
imports-file-hint = CSV, XLSX, ODS o XLS, con los nombres de las columnas en la primera fila
imports-limits = Hasta { $size }, { $rows } filas y { $columns } columnas. El separador y la codificación de los CSV se detectan solos.
imports-upload = Subir el archivo
imports-back = Volver a las importaciones
imports-next-title = Qué pasará después
imports-next-columns = Elija a qué campo va cada columna; la mayoría ya aparecen elegidos.
imports-next-check = Se simula con todas las filas, sin guardar nada, y se ve qué falla y por qué.
imports-next-run = Al empezar, se crean los clientes potenciales y se asignan. Puede cerrar la página: continúa sola.
imports-next-result = Al final puede descargar las filas que han fallado, con el motivo, para corregirlas e importarlas de nuevo.
imports-step-file = Archivo
imports-step-columns = Columnas
imports-step-check = Simulación
imports-step-run = Importación
imports-step-result = Resultado
imports-state = Estado
imports-state-uploaded = por revisar
imports-state-checking = simulando
imports-state-checked = simulada
imports-state-running = en curso
imports-state-done = completada
imports-state-done-with-errors = completada con errores
imports-state-cancelled = cancelada
imports-state-failed = detenida
imports-rows = Filas
imports-good = Correctas
imports-bad = Con errores
imports-by = Subido por
imports-when = Cuándo
imports-progress = Progreso
imports-rows-count =
    { $count ->
        [one] { $count } fila
       *[other] { $count } filas
    }
imports-tab = tabulador
imports-separator = separador { $separator }
imports-columns-title = Columnas del archivo
imports-columns-matched = { $matched } de { $total } elegidas
imports-columns-hint = Las que queden en «No importarla» no se leen. Varias columnas pueden ir a Observaciones.
imports-column-header = Columna
imports-column-samples = Valores de ejemplo
imports-column-target = Va al campo
imports-column-empty = sin valores
imports-column-skip = No importarla
imports-check = Simular la importación
imports-checking = Se están comprobando todas las filas
imports-checking-hint = Aún no se guarda nada. Puede cerrar esta página y volver más tarde.
imports-running = Se están importando las filas
imports-running-hint = Puede cerrar esta página: la importación continúa. Si la detiene, las filas que ya han entrado se quedan.
imports-see-result = Mostrar el resultado
imports-cancel = Cancelar la importación
imports-stop = Detener la importación
imports-checked-text =
    { $count ->
        [0] Todas las filas son correctas. Aún no se ha guardado nada.
        [one] Aún no se ha guardado nada. Si empieza ahora, la fila con errores quedará fuera; podrá descargarla con el motivo.
       *[other] Aún no se ha guardado nada. Si empieza ahora, las { $count } filas con errores quedarán fuera; podrá descargarlas con el motivo.
    }
imports-none-good = Ninguna fila puede entrar tal como está. Revise las columnas o corrija el archivo.
imports-start =
    { $count ->
        [one] Importar { $count } fila
       *[other] Importar { $count } filas
    }
imports-change-columns = Cambiar las columnas
imports-failed-rows = Descargar las filas con errores
imports-done =
    { $count ->
        [one] Ha entrado una fila y se ha asignado.
       *[other] Han entrado todas las filas: { $count } clientes potenciales nuevos.
    }
imports-done-with-errors =
    { $count ->
        [one] Ha quedado fuera una fila. Descárguela con el motivo, corríjala e impórtela de nuevo.
       *[other] Han quedado fuera { $count } filas. Descárguelas con el motivo, corríjalas e impórtelas de nuevo.
    }
imports-cancelled-before = La importación se ha cancelado antes de empezar. No se ha guardado ninguna fila.
imports-cancelled-after =
    { $count ->
        [one] La importación se ha detenido. Se ha quedado la fila que ya había entrado.
       *[other] La importación se ha detenido. Se han quedado las { $count } filas que ya habían entrado.
    }
imports-failed = La importación se ha detenido por un error del sistema ({ $code }). Avise a la administración.
imports-to-leads = Mostrar los clientes potenciales
imports-again = Importar otro archivo
imports-problems-title = Filas con errores
imports-problems-shown = las { $shown } primeras de { $total }
imports-row = Fila
imports-problems = Qué ocurre
imports-reason = Motivo

problem-twice-in-file = La clave «{ $detail }» ya está en otra fila del archivo: deje solo una
problem-mapping-length = El archivo tiene { $detail } columnas: vuelva a abrir la página y elíjalas de nuevo
problem-mapping-twice = Dos columnas van al campo «{ $detail }»: deje solo una
problem-import-failed = La importación se ha detenido por un error del sistema. Las filas que ya habían entrado se han quedado. Avise a la administración.
problem-file-empty = El archivo no tiene ninguna celda con texto: elija otro
problem-file-no-header = La primera fila parece de datos: añada encima los nombres de las columnas
problem-file-too-big = El archivo tiene demasiado texto: pártalo en dos o más
problem-file-too-many-columns = El archivo tiene demasiadas columnas: elimine las que no haga falta importar
problem-file-too-many-rows = El archivo tiene demasiadas filas: pártalo en dos o más
problem-file-not-a-spreadsheet = El archivo no es una hoja de cálculo: guárdelo como XLSX o CSV y súbalo de nuevo
problem-file-damaged = El archivo está dañado y no se puede abrir: guárdelo de nuevo con su programa
problem-file-password = El archivo tiene contraseña: quítesela y súbalo de nuevo
problem-file-zip-bomb = El contenido del archivo es desproporcionado y no se ha abierto: guárdelo como CSV
problem-file-no-such-sheet = El archivo no tiene la hoja que se buscaba: súbalo de nuevo
problem-row-too-many-cells = La fila tiene más celdas que columnas hay: revise los separadores y las comillas
problem-row-error-cell = La celda contiene un error de fórmula ({ $detail }): escriba el valor
problem-row-lost-characters = Se han perdido caracteres: guarde el archivo de nuevo en UTF-8
problem-row-cell-too-long = La celda es demasiado larga: quizá falte cerrar unas comillas
problem-row-header-empty = La columna no tiene nombre: póngale uno
problem-row-header-repeated = El nombre de esta columna está repetido: cámbielo
