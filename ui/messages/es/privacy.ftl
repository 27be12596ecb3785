# Protección de datos
privacy-title = Protección de datos
privacy-settings-text = Todo lo que se tiene de una persona, para entregárselo o para borrarla.
privacy-intro = Busque a una persona para entregarle lo que se tiene de ella, o para borrar quién es sin perder las cuentas.
privacy-q = Correo electrónico, teléfono, NIF o nombre
privacy-q-hint = El correo, el teléfono o el NIF, enteros; o el nombre
privacy-find = Buscar
privacy-none-title = No se tiene nada
privacy-none-text = Ningún cliente potencial, contacto ni empresa tiene este correo, teléfono, NIF o nombre. Lo que se acaba de guardar puede tardar unos segundos en salir.
privacy-download = Descargarlo todo (JSON)
privacy-results = Lo que se tiene de esta persona
privacy-record = Ficha
privacy-since = Desde
privacy-notes = Notas
privacy-file = Archivo importado
privacy-actions = Acciones
privacy-erase = Borrar
privacy-erase-title = Borrar «{ $name }»
privacy-erase-intro = No se puede deshacer. Lea qué ocurrirá.
privacy-goes = Qué se borra
privacy-goes-fields = El nombre, la empresa, el NIF, el correo, los teléfonos, las direcciones, la web, la fecha de nacimiento, los textos y todos los campos propios. En lugar de los nombres dirá «[esborrat]».
privacy-goes-journal = Lo mismo en el registro de auditoría: los valores de antes y de después de cada cambio.
privacy-goes-file = El archivo importado «{ $file }», entero; ya no se podrán descargar sus filas con errores.
privacy-stays = Qué queda
privacy-stays-books = El estado, las fechas, el importe, el origen, la población y de quién era, para que los informes cuadren.
privacy-stays-log = Que alguien lo borró y cuándo, sin decir quién era.
privacy-stays-backups = Las copias de seguridad hechas antes, y restos en los archivos de la base de datos hasta que se exporta e importa en una carpeta nueva.
privacy-typed = Para confirmarlo, escriba «{ $name }»
privacy-erase-now = Borrarlo para siempre
privacy-cancel = Cancelar
privacy-erasures = Qué se ha borrado
privacy-erasures-none = Todavía no se ha borrado a nadie.
privacy-erasure = { $who } borró a una persona el { $when }
privacy-erasure-pending = El registro de auditoría se está limpiando en segundo plano; un reinicio no lo detiene.
privacy-notice-erased = Se ha borrado quién era; el registro de auditoría sigue en segundo plano. Las cuentas quedan como estaban.
privacy-erasure-of = Con { $notes } notas y { $files } archivos
privacy-found =
    { $count ->
        [one] Se ha encontrado { $count } ficha
       *[other] Se han encontrado { $count } fichas
    }
privacy-goes-notes =
    { $count ->
        [one] El texto de { $count } nota.
       *[other] El texto de { $count } notas.
    }
problem-person-form = Escriba un correo electrónico, un teléfono o un NIF enteros, o el nombre.
problem-erase-name = Escriba exactamente «{ $detail }».
privacy-download-pdf = Descargar todo (PDF)
privacy-download-zip = Descargarlo con los documentos (ZIP)
privacy-paper-title = Lo que guardamos de usted
privacy-paper-asked = Para quien tiene «{ $asked }».
privacy-paper-holds =
    { $count ->
        [one] { $company } guarda { $count } ficha sobre esta persona. Aquí está todo lo que contiene y cada uno de sus cambios.
       *[other] { $company } guarda { $count } fichas sobre esta persona. Aquí está todo lo que contienen y cada uno de sus cambios.
    }
privacy-paper-import = Llegó con el archivo
privacy-paper-changes = Qué ha pasado
privacy-look-deleted = Buscar también entre las fichas eliminadas
privacy-deleted = Fichas eliminadas
privacy-deleted-none = Ninguna ficha eliminada lo tiene.
privacy-deleted-at = Eliminado el { $when }; el registro de auditoría aún dice quién era
privacy-stays-search = En el índice de búsqueda, las palabras hasta que se ordene, cosa que hace solo; nadie puede encontrarlas.
privacy-same-name = Quizá no sean la misma persona: descargue o borre cada ficha por separado, después de comprobar quién es.
problem-person-only-name = Un nombre puede ser de más de una persona: descargue cada ficha por separado.
privacy-goes-opportunities =
    { $count ->
        [one] El nombre y la descripción de { $count } oportunidad que solo es suya.
       *[other] El nombre y la descripción de { $count } oportunidades que solo son suyas.
    }
privacy-goes-documents =
    { $count ->
        [one] { $count } documento, con sus archivos, si no pertenece a nadie más.
       *[other] { $count } documentos, con sus archivos, si no pertenecen a nadie más.
    }
privacy-goes-quotes =
    { $count ->
        [one] A quién iba { $count } presupuesto, qué se escribió en él y qué se respondió; y su nombre, si lleva el de la persona.
       *[other] A quién iban { $count } presupuestos, qué se escribió en ellos y qué se respondió; y el nombre de los que llevan el de la persona.
    }
privacy-unconfirmed = Enviado por un formulario web y no confirmado
privacy-unconfirmed-text = Todavía no es un cliente potencial, y se elimina solo siete días después de haberse enviado.
privacy-unconfirmed-forget = Olvidarlo ahora
privacy-notice-unconfirmed = Lo que se envió se ha olvidado; el enlace del correo ya no funciona.
privacy-quotes = Presupuestos que recibió o aceptó
privacy-quotes-text = Fueron a esta dirección o los aceptó alguien con este nombre. Al borrarlo se va también la firma dibujada, y queda lo que se ofrecía y que se aceptó.
privacy-questions = Preguntas que hizo
privacy-questions-text = Quien tiene este nombre preguntó sobre un presupuesto en su página, o la pregunta dice este correo, teléfono o NIF. Al borrarlo, queda que alguien preguntó y cuándo.
privacy-goes-question = El nombre de quien preguntó, y la pregunta.
