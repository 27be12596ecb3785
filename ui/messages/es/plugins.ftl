# Plugins
plugins-title = Extensiones
plugins-intro = Código de terceros que se ejecuta aislado, con límites y solo con los permisos que le dé.
plugins-none = No hay ninguna extensión instalada
plugins-none-text = Sin extensiones, los clientes potenciales se reparten por turnos.
plugins-name = Extensión
plugins-version = Versión
plugins-state = Estado
plugins-installed = Extensiones instaladas
plugins-disabled = desactivada
plugins-healthy = en marcha
plugins-failing =
    { $count ->
        [one] { $count } error seguido
       *[other] { $count } errores seguidos
    }
plugins-paused = en pausa hasta las { $time }
plugins-available = Disponibles
plugins-install = Instalar
plugins-upload = Instalar desde un archivo
plugins-file = Archivo de la extensión
plugins-file-hint = Un componente WebAssembly (.wasm). Quedará desactivada hasta que revise sus permisos.
plugins-upload-action = Subir e instalar
plugins-enable = Activar
plugins-disable = Desactivar
plugins-failing-text =
    { $count ->
        [one] La última llamada ha fallado. El cliente potencial se ha asignado con la regla siguiente.
       *[other] Las últimas { $count } llamadas han fallado. Los clientes potenciales se han asignado con la regla siguiente.
    }
plugins-paused-text = La extensión ha fallado demasiadas veces seguidas y está en pausa hasta el { $time }. Mientras tanto no se pierde ningún cliente potencial: se asignan con la regla siguiente.
plugins-config = Configuración
plugins-config-none = Esta extensión no tiene nada que configurar.
plugins-save = Guardar
plugins-permissions = Qué puede hacer
plugins-not-http = No puede conectarse a internet.
plugins-not-files = No puede leer ni escribir archivos.
plugins-not-write = No puede cambiar datos: solo propone, y Tracte lo comprueba.
plugins-may-see-lead = Lee el cliente potencial que hay que asignar.
plugins-may-see-candidates = Lee la lista de personas que pueden recibirlo.
plugins-may-read-config = Lee su configuración.
plugins-may-log = Escribe en su registro.
plugins-may-http = Se conecta con { $hosts }.
plugins-may-read-records = Lee registros de: { $kinds }.
plugins-may-secret = Usa el secreto { $name } con { $hosts }, sin verlo.
plugins-identifier = Identificador
plugins-does = Función
plugins-size = Tamaño
plugins-limits = Límites por llamada
plugins-limits-words = { $time } ms · { $memory } MB · { $fuel } instrucciones
plugins-about = Sobre la extensión
plugins-hash = Huella SHA-256 del componente
plugins-hook-assigner = asigna clientes potenciales
plugins-calls = Últimas llamadas
plugins-calls-none = Todavía no se ha llamado nunca
plugins-calls-none-text = Cada cliente potencial que llegue dejará aquí la decisión y el porqué.
plugins-calls-shown = { $shown } de { $total }
plugins-calls-more = Mostrar más
plugins-call-about = Cliente potencial
plugins-call-outcome = Resultado
plugins-call-reason = Motivo
plugins-call-cost = Coste
plugins-call-log =
    { $count ->
        [one] Registro ({ $count } línea)
       *[other] Registro ({ $count } líneas)
    }
plugins-call-fuel = { $fuel } instr.
plugins-outcome-assigned = asignado
plugins-outcome-queued = enviado a un equipo
plugins-outcome-skipped = sin decisión
plugins-outcome-fuel = demasiado cálculo
plugins-outcome-timeout = demasiado tiempo
plugins-outcome-memory = demasiada memoria
plugins-outcome-trap = error interno
plugins-outcome-bad-output = respuesta no válida
plugins-outcome-denied = sin permiso
plugins-outcome-plugin = ha dado un error
plugins-remove = Desinstalar
plugins-remove-warning = La configuración se eliminará. Las asignaciones que ya ha hecho se conservan, con el porqué.
plugins-remove-confirm = Desinstalar y eliminar la configuración
plugins-notice-removed = Se ha desinstalado la extensión.
