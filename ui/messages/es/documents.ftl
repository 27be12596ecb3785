entity-document-title = Documentos
entity-document-one = Documento
entity-document-new = Nuevo enlace a un documento
entity-document-none-title = Aún no hay ningún documento
entity-document-none-text = Suba archivos desde la página de una empresa, un contacto, una oportunidad o un cliente potencial, o añada el enlace de un documento que está en otro sitio.
entity-document-field-title = Título
entity-document-field-category = Categoría
entity-document-field-valid-until = Válido hasta el
entity-document-field-company = Empresa
entity-document-field-contact = Contacto
entity-document-field-opportunity = Oportunidad
entity-document-field-lead = Cliente potencial
entity-document-field-url = Enlace
entity-document-field-origin = Origen
entity-document-field-revision = Versión
entity-document-field-file-name = Archivo
entity-document-field-media-type = Tipo de archivo
entity-document-field-size-bytes = Tamaño en bytes
entity-document-field-change-note = Qué cambia
entity-document-origin-inserted = Archivo subido
entity-document-origin-linked = Enlace
audit-kind-document = Documento
audit-kind-document-version = Versión de un documento
activities-compose-file = Archivo
activities-show-files = Archivos
documents-view-expiring = Caducados o a punto
documents-title = Documentos
documents-none = Aún no hay ningún documento.
documents-add = Subir archivos
documents-add-link = Añadir un enlace
documents-add-do = Subir
documents-version = versión { $number }
documents-open = Abrir
documents-download = Descargar
documents-expired = Caducó el { $day }
documents-expiring = Caduca el { $day }
documents-list-expired = { $day } · caducado
documents-list-expiring = { $day } · a punto de caducar
documents-where = Dónde está
documents-versions = Versiones
documents-new-version = Versión nueva
documents-new-version-do = Subir la versión
documents-file = Archivo
documents-file-hint = Hasta 25 MB. Las versiones anteriores se conservan.
documents-files = Archivos
documents-files-hint = Hasta diez archivos a la vez, de 25 MB cada uno.
documents-field-title = Título
documents-field-title-hint = Si sube más de un archivo, cada documento se llama como su archivo.
documents-change-note = Qué cambia
documents-notice-added = Archivos guardados.
documents-notice-renewed = Versión nueva guardada.
problem-document-empty = El archivo «{ $detail }» está vacío
problem-document-program = «{ $detail }» es un programa o se abre como si lo fuera: no se puede guardar
problem-document-page = «{ $detail }» es una página web o un dibujo que puede ejecutar cosas: guárdelo como PDF
problem-document-other = El contenido de «{ $detail }» no es el que dice su nombre
problem-document-linked = Este documento es un enlace y no tiene versiones
problem-document-file = Este documento es un archivo y no tiene enlace
problem-document-versions = Ya tiene { $detail } versiones: súbalo como documento nuevo
problem-document-same = Es el mismo archivo que la versión { $detail }: no ha cambiado nada
problem-document-stale = Alguien ha cambiado este documento o ha subido una versión mientras lo tenía abierto. Ahora lo ve tal como está: si aún hace falta la suya, elija de nuevo el archivo
problem-document-about = Indique a quién pertenece: una empresa, un contacto, una oportunidad o un cliente potencial
problem-document-denied = No puede añadir documentos a esta ficha
documents-event-added =
    { $by ->
        [person] { $who } ha añadido el documento «{ $title }»
       *[nobody] Se ha añadido el documento «{ $title }»
    }
documents-event-renewed =
    { $by ->
        [person] { $who } ha subido una versión nueva de «{ $title }»
       *[nobody] Hay una versión nueva de «{ $title }»
    }
documents-event-changed =
    { $by ->
        [person] { $who } ha cambiado el documento «{ $title }»
       *[nobody] Se ha cambiado el documento «{ $title }»
    }
documents-event-deleted =
    { $by ->
        [person] { $who } ha eliminado el documento «{ $title }»
       *[nobody] Se ha eliminado el documento «{ $title }»
    }
documents-type-calendar = Calendario
documents-type-email = Correo electrónico
documents-type-other = Otro tipo de archivo
documents-type-image = Imagen
documents-type-text = Texto
