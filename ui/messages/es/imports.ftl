# Imports
imports-title = Importaciones
imports-notice-started = La importación ha empezado.
imports-new = Importar un archivo
imports-new-title = Importar un archivo
imports-page-title = Importación de { $file }
imports-none-title = Todavía no se ha importado nada
imports-none-text = Suba una hoja de cálculo con clientes potenciales, empresas, contactos, productos, oportunidades o actividades. Antes de guardar nada, verá una simulación.
imports-order = Si tiene más de un archivo, importe primero las empresas; después, los contactos, los productos y los clientes potenciales; a continuación, las oportunidades y, al final, las actividades. Los contactos se enlazan con empresas; las oportunidades, con empresas y contactos; las actividades, con todos ellos.
imports-file = Archivo
imports-file-hint = CSV, XLSX, ODS, XLS o tarjetas VCF. Los nombres de las columnas suelen estar en la primera fila; si no, a continuación podrá decir en cuál están.
imports-limits = Hasta { $size }, { $rows } filas y { $columns } columnas. El separador y la codificación de los CSV se detectan solos.
imports-upload = Subir el archivo
imports-back = Volver a las importaciones
imports-next-title = Qué pasará después
imports-next-columns = Elija a qué campo va cada columna; la mayoría ya aparecen elegidos.
imports-next-check = Se simula con todas las filas, sin guardar nada, y se ve qué falla y por qué.
imports-next-run = Al empezar, se crean o se actualizan los registros; los clientes potenciales se asignan solos. Puede cerrar la página: continúa sola.
imports-next-result = Al final puede descargar las filas que han fallado, con el motivo. Y, si hace falta, puede deshacer toda la importación.
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
imports-list-in =
    { $count ->
        [0] no entró ninguna
        [one] entró 1
       *[other] entraron { $count }
    }
imports-list-undone = deshechos: { $count }
imports-list-left = siguen dentro: { $count }
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
imports-columns-matched-first = Al abrir la página: { $matched } de { $total } elegidas
imports-columns-matched = { $matched } de { $total } elegidas
imports-columns-hint = Las que queden en «No importarla» no se leen. Varias columnas pueden ir a Observaciones. Las celdas vacías no borran nada.
imports-column-header = Columna
imports-column-samples = Valores de ejemplo
imports-column-target = Va al campo
imports-column-empty = sin valores
imports-column-unnamed = Columna { $number }, sin nombre
imports-column-skip = No importarla
imports-check = Simular la importación
imports-checking = Se están comprobando todas las filas
imports-checking-hint = Aún no se guarda nada. Puede cerrar esta página y volver más tarde.
imports-running = Se están importando las filas
imports-running-hint = Puede cerrar esta página: la importación continúa. Si la detiene, las filas que ya han entrado se quedan.
imports-see-result = Mostrar el resultado
imports-cancel = Cancelar la importación
imports-stop = Detener la importación
imports-delete = Eliminar
imports-delete-text = Se elimina con el archivo y con lo que ha elegido y corregido. No se ha guardado ningún registro.
imports-notice-deleted = La importación y su archivo se han eliminado.
imports-actions = Acciones
imports-checked-text =
    { $count ->
        [0] Todas las filas son correctas. Aún no se ha guardado nada.
        [one] Aún no se ha guardado nada. Si empieza ahora, la fila con errores quedará fuera; podrá descargarla con el motivo.
       *[other] Aún no se ha guardado nada. Si empieza ahora, las { $count } filas con errores quedarán fuera; podrá descargarlas con el motivo.
    }
imports-checked-no-errors = Ninguna fila tiene errores. Aún no se ha guardado nada.
imports-checked-duplicates =
    { $count ->
        [one] { $count } fila queda fuera, como duplicada.
       *[other] { $count } filas quedan fuera, como duplicadas.
    }
imports-card = Tarjeta
imports-none-new = Todas las filas ya están: no entra ninguna.
imports-none-good = Ninguna fila puede entrar tal como está. Revise las columnas o corrija el archivo.
imports-none-good-values = Ninguna fila puede entrar tal como está. Corrija los valores que encontrará más abajo, revise las columnas o corrija el archivo.
imports-start =
    { $count ->
        [one] Importar { $count } fila
       *[other] Importar { $count } filas
    }
imports-change-columns = Cambiar las columnas
imports-failed-rows = Descargar las filas con errores
imports-done =
    { $count ->
        [one] Ha entrado una fila.
       *[other] Han entrado todas las filas: { $count }.
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
imports-again = Importar otro archivo
imports-problems-title = Filas con errores
imports-problems-shown = las { $shown } primeras de { $total }
imports-row = Fila
imports-row-name = Nombre
imports-done-left-out = Han quedado fuera { $count } filas (con errores: { $bad }; duplicadas: { $duplicates }). Descargue las que tienen errores, con el motivo, corríjalas y vuelva a importarlas.
imports-problems = Qué ocurre
imports-source-unknown = «{ $source }» no es ningún origen de la empresa
imports-reason = Motivo
imports-notice-undoing = Se está deshaciendo la importación.
imports-notice-columns-anew = El archivo tiene ahora otras columnas: revise la correspondencia, que ha vuelto a empezar.
imports-notice-template-saved = La plantilla se ha guardado.
imports-notice-template-deleted = La plantilla se ha eliminado.
imports-entity = Qué hay en las filas
imports-entity-lead = Cliente potencial
imports-entity-leads = Clientes potenciales
imports-like = Se usará la misma correspondencia de columnas que en { $file }.
imports-program = Parece un archivo exportado con { $program }: las columnas ya salen elegidas. Las claves se guardan con el nombre del programa, para que ningún registro de otro programa se confunda con los suyos.
imports-state-paused = en pausa
imports-state-undoing = deshaciendo
imports-state-undone = deshecha
imports-created = Nuevas
imports-updated = Actualizadas
imports-unchanged = Sin cambios
imports-duplicates = Duplicadas
imports-templates-title = Plantillas guardadas
imports-template = Plantilla
imports-template-use = Aplicar la plantilla
imports-template-delete = Eliminar «{ $name }»
imports-template-delete-text = Nadie más podrá usarla. Las importaciones hechas con esta plantilla no cambian.
imports-template-use-hint = Lo que ya haya elegido en las columnas de las que la plantilla no dice nada se queda.
imports-template-save-title = Guardar la correspondencia como plantilla
imports-template-name = Nombre de la plantilla
imports-template-hint = El próximo archivo con las mismas columnas la tomará solo.
imports-template-save = Guardar la plantilla
imports-creates = { $entity }: crear las fichas que no estén
imports-dates-of = Cómo se escriben las fechas de { $column }
imports-dates-day = Día primero: 31/12/2026
imports-dates-month = Mes primero: 12/31/2026
imports-dates-year = Año primero: 2026-12-31
imports-numbers-of = Cómo se escriben los números de { $column }
imports-numbers-comma = Coma decimal: 1.234,5
imports-numbers-point = Punto decimal: 1,234.5
imports-known-title = Filas que ya están
imports-match = Se reconocen por
imports-match-hint = El campo que dice qué registro es cada fila
imports-match-none = Nada: todas las filas son nuevas
imports-match-title = El nombre
imports-mode = Qué se hace
imports-mode-create = Crear las nuevas; las que ya están quedan fuera
imports-mode-update = Actualizar las que ya están; las nuevas quedan fuera
imports-mode-both = Crear las nuevas y actualizar las que ya están
imports-double = Las nuevas que seguro que ya están
imports-double-hint = Una empresa con el mismo NIF; un contacto o un cliente potencial abierto con el mismo NIF o el mismo correo. También dentro del archivo.
imports-double-skip = Quedan fuera, como duplicadas
imports-double-create = Entran; la simulación dice cuáles son
imports-given-title = Valores por defecto
imports-given-hint = Para cuando la celda está vacía o no hay columna. El nombre de una columna entre llaves, como {"{"}Producto{"}"}, pone su valor.
imports-given-field = Campo { $number }
imports-given-text = Valor { $number }
imports-given-none = Ninguno
imports-values-title = Valores por corregir
imports-values-hint = Lo que diga vale para todas las filas; el archivo no cambia.
imports-values-value = Valor del archivo
imports-values-missing = (vacío)
imports-values-near = Quizá: { $names }
imports-values-deed = Qué se hace
imports-values-to = Cambiar por
imports-values-leave = Dejarlo como error
imports-values-replace = Cambiarlo
imports-values-empty = Dejar el campo vacío
imports-values-create = Crear: { $entity }
imports-values-add = Añadirlo a las opciones
imports-values-ask = Si tiene que ser una opción, pídalo a quien configura la empresa: puede añadirla a la lista.
imports-values-choose = Elija uno
imports-values-no-options = Todavía no hay ninguna opción
imports-people-all = { $field }: todos los desconocidos ({ $count })
imports-people-each = Uno por uno, como se indica abajo
imports-owners-nobody = Nadie
imports-owners-rules = Nadie: lo deciden las reglas de asignación
imports-owners-me = Yo ({ $name })
imports-people-hint = Vale para todas las personas de este campo de las que no se dice nada abajo.
imports-values-save = Corregir y simular de nuevo
imports-mended =
    { $count ->
        [one] Un valor corregido
       *[other] { $count } valores corregidos
    }
imports-mended-created = se crea
imports-mended-undo = Dejarlo como en el archivo
imports-new-records = También se crearán: { $entity } ({ $count }).
imports-alike =
    { $count ->
        [one] { $count } fila nueva se parece a una ficha que ya está o a otra fila
       *[other] { $count } filas nuevas se parecen a fichas que ya están o a otras filas
    }
imports-alike-title = Filas que se parecen a fichas que ya están o a otras filas
imports-alike-text = Entran. Si son la misma ficha, podrá fusionarlas después en «Duplicados», o puede quitarlas del archivo.
imports-alike-record = Se parece a
imports-alike-why = Por qué
imports-template-applied = Se ha aplicado la plantilla «{ $name }».
imports-template-without = No utilizarla
imports-read-as = El archivo se ha leído así: { $how }. Cambiarlo
imports-read-of-sheet = hoja «{ $sheet }», de entre { $count }: { $names }
imports-columns-beyond =
    { $count ->
        [one] Los datos tienen { $count } columna sin encabezado, a la derecha de la última que lo tiene: no entra. Si los encabezados están en otra fila, diga en cuál.
       *[other] Los datos tienen { $count } columnas sin encabezado, a la derecha de la última que lo tiene: no entran. Si los encabezados están en otra fila, diga en cuál.
    }
imports-read-of-row = encabezados en la fila { $row }
imports-read-hint = Si las letras se ven mal, si los datos están en otra hoja o si hay títulos encima de los encabezados, elíjalo aquí. Si las columnas resultan distintas, la correspondencia vuelve a empezar; lo que haya elegido sobre las filas que ya están se queda.
imports-read-encoding = Codificación
imports-read-sheet = Hoja
imports-read-header-row = Fila de los encabezados
imports-read-again = Volver a leer el archivo
imports-taken-apart =
    { $count ->
        [one] { $count } fila tiene más de un teléfono o correo en una celda, o tiene palabras en ella: el primero es el de la ficha, los demás van a su lista o, con las palabras, a las observaciones. La primera: «{ $first }».
       *[other] { $count } filas tienen más de un teléfono o correo en una celda, o tienen palabras en ella: el primero es el de la ficha, los demás van a su lista o, con las palabras, a las observaciones. La primera: «{ $first }».
    }
imports-postcodes =
    { $count ->
        [one] Un código postal había perdido el cero inicial y se corrige.
       *[other] { $count } códigos postales habían perdido el cero inicial y se corrigen.
    }
imports-postcodes-first = El primero: { $postcode } → 0{ $postcode }.
imports-way = en una importación
imports-converted =
    { $count ->
        [one] Un cliente potencial entra como convertido: no lleva a ninguna empresa, contacto ni oportunidad, porque el archivo no dice cuáles son.
       *[other] { $count } clientes potenciales entran como convertidos: no llevan a ninguna empresa, contacto ni oportunidad, porque el archivo no dice cuáles son.
    }
imports-without-owner =
    { $count ->
        [one] Una fila nueva no dice de quién es, o es de nadie: quedará sin responsable.
       *[other] { $count } filas nuevas no dicen de quién son, o son de nadie: quedarán sin responsable.
    }
imports-handed-out =
    { $count ->
        [one] Un cliente potencial nuevo no tiene responsable: lo deciden las reglas de asignación.
       *[other] { $count } clientes potenciales nuevos no tienen responsable: lo deciden las reglas de asignación.
    }
imports-passed-over =
    { $count ->
        [one] El responsable del archivo no se tiene en cuenta en una fila («{ $first }»): no puede dar clientes potenciales a otras personas.
       *[other] El responsable del archivo no se tiene en cuenta en { $count } filas (la primera dice «{ $first }»): no puede dar clientes potenciales a otras personas.
    }
imports-are-importers = El archivo no dice de quién son los registros nuevos: serán de quien hace la importación.
imports-left-out =
    { $count ->
        [one] Una columna con datos no entra: { $columns }.
       *[other] { $count } columnas con datos no entran: { $columns }.
    }
imports-doubles =
    { $count ->
        [one] { $count } fila queda fuera porque está duplicada
       *[other] { $count } filas quedan fuera porque están duplicadas
    }
imports-doubles-title = Filas duplicadas
imports-doubles-text = No entran. Si las quiere todas, vuelva a las columnas y elija que entren.
imports-doubles-of = Es la misma que
imports-same-as-row = la fila { $row } del archivo
imports-changes =
    { $count ->
        [one] { $count } fila cambia una ficha que ya está
       *[other] { $count } filas cambian fichas que ya están
    }
imports-changes-title = Fichas que cambiarán
imports-changes-fields = Qué cambia
imports-changes-empty = vacío
imports-also-made =
    { $count ->
        [one] También se ha creado un registro al que llevaban las filas.
       *[other] También se han creado { $count } registros a los que llevaban las filas.
    }
imports-by-field = Errores por campo
imports-whole-row = Toda la fila
imports-pause = Ponerla en pausa
imports-resume = Continuar
imports-paused = La importación está en pausa
imports-paused-hint = Las filas que han entrado ya están. Al continuar, sigue donde estaba.
imports-waits-for-room = El disco del servidor está casi lleno: la importación espera y seguirá sola cuando haya espacio. Avise a la administración.
imports-undoing = La importación se está deshaciendo
imports-undoing-hint = Puede cerrar esta página: continúa sola.
imports-undone-count = Deshechos
imports-not-undone = Por revisar
imports-undone =
    { $count ->
        [one] La importación se ha deshecho: un registro vuelve a estar como antes.
       *[other] La importación se ha deshecho: { $count } registros vuelven a estar como antes.
    }
imports-undone-deleted =
    { $count ->
        [one] La importación se ha deshecho: se ha borrado un registro.
       *[other] La importación se ha deshecho: se han borrado { $count } registros.
    }
imports-undone-but = La importación se ha deshecho. Deshechos: { $undone }. Por revisar, porque han cambiado desde entonces: { $kept }.
imports-undone-overruled = La importación se ha deshecho: { $count } registros. De estos, alguien había cambiado { $changed }, y se han eliminado igualmente.
imports-done-duplicates = Han entrado { $count } filas. Ya estaban y han quedado fuera: { $duplicates }.
imports-to-records = { $entity }: abrir la lista
imports-again-same = Otro archivo con la misma correspondencia
imports-tabs = Filas por resultado
imports-records-title = Registros
imports-records-first =
    { $count ->
        [one] uno
       *[other] los primeros { $count }
    }
imports-records-none = No hay ninguno.
imports-record = Registro
imports-record-gone = ya no está
imports-record-unseen = ya no está o no puede abrirlo
imports-record-given = es para { $owner }; no puede abrirlo
imports-record-nobodys = no es de nadie; no puede abrirlo
imports-record-others = ya está, con otra persona; no puede abrirlo
imports-undo-title = Deshacer la importación
imports-undo-text = Lo que ha creado se elimina y lo que ha cambiado vuelve a estar como antes.
imports-undo-changed-since = Los registros nuevos que alguien ha cambiado desde entonces
imports-undo-keep = Se quedan, y le diremos cuáles son
imports-undo-take-back = También se eliminan
imports-file-kept = El archivo, con los errores que se encontraron y corrigieron, se guarda { $days } días desde el último trabajo.
imports-file-forgotten = El archivo y las filas con errores ya se han borrado, porque ha pasado su plazo. Lo que entró aún se puede deshacer.
imports-undo = Deshacerla toda
imports-undo-why = Qué ha pasado
imports-undo-changed = Alguien lo ha cambiado desde entonces: se queda
imports-undo-changed-gone = Alguien lo había cambiado desde entonces: se ha eliminado igualmente
imports-undo-gone = Ya lo habían eliminado
imports-undo-unknown = No se sabe cómo era antes: se queda
imports-undo-in-use = Otros registros dependen de él: se queda
imports-undo-partly = Como antes, menos lo que alguien ha cambiado desde entonces: { $fields }
imports-undo-fields = Se queda como está, porque alguien lo ha cambiado desde entonces: { $fields }

problem-amount-currency = El importe está en otra moneda ({ $detail }) que la de la empresa: conviértalo, o cambie la moneda si no lo está
problem-twice-in-file = La clave «{ $detail }» ya está en otra fila del archivo: deje solo una
problem-mapping-length = El archivo tiene { $detail } columnas: vuelva a abrir la página y elíjalas de nuevo
problem-mapping-twice = Dos columnas van al campo «{ $detail }»: deje solo una
problem-import-failed = La importación se ha detenido por un error del sistema. Las filas que ya habían entrado se han quedado. Avise a la administración.
problem-file-empty = El archivo no tiene ninguna celda con texto: elija otro
problem-header-row = La fila de los encabezados es un número del 1 al { $detail }, y debe tener datos debajo
problem-file-no-header = La primera fila parece de datos: añada encima los nombres de las columnas
problem-file-no-rows = El archivo solo tiene los nombres de las columnas (fila { $detail }), sin ninguna fila debajo: elija otro
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
problem-row-broken-quote = Hay unas comillas sin cerrar, o con texto detrás: { $detail }. Ciérrelas o suprímalas y vuelva a subir la fila
problem-row-header-empty = La columna no tiene nombre: póngale uno
problem-row-header-repeated = El nombre de esta columna está repetido: cámbielo
problem-disk-full = No queda espacio en el disco del servidor: no se ha guardado nada. Avise a la administración
problem-mapping-empty = Ninguna columna va a ningún campo: elija al menos una
problem-match-not-mapped = Las filas deben reconocerse por «{ $detail }», pero ninguna columna va ahí: elija una o cambie cómo se reconocen
problem-match-needed = Para actualizar, diga por qué campo se reconocen las filas
problem-match-nothing = No está: solo se actualizan filas que ya estén
problem-match-several = Hay más de uno que se llama «{ $detail }»: reconozca las filas por una clave
problem-match-denied = No puede cambiar «{ $detail }»: pídaselo a su responsable
problem-link-not-made = No se puede crear «{ $detail }» solo con el nombre: créelo antes o elija otro
problem-replace-by = Diga por qué se cambia «{ $detail }» o elija otra cosa
problem-import-begun = La importación ya ha empezado: no se puede eliminar, pero se puede deshacer
problem-option-not-added = «{ $detail }» no se ha podido añadir a las opciones: el nombre es demasiado largo o es el de una opción archivada. Véalo en la configuración
problem-row-broken-card = La tarjeta { $detail } está dañada o no dice de quién es
