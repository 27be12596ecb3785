choices-title = Listas de opciones
choices-intro = Los valores entre los que elige todo el mundo: póngalos con sus palabras y en su orden.
choices-settings-text = Orígenes, sectores, motivos, zonas y las opciones de los campos propios.
choices-own-fields = Campos propios
choices-list-sources = Orígenes
choices-list-industries = Sectores
choices-list-discard-reasons = Motivos de descarte
choices-list-lost-reasons = Motivos de pérdida
choices-list-activity-types = Tipos de actividad
choices-list-document-categories = Categorías de documentos
choices-list-zones = Zonas
choices-text-sources = De dónde vienen los clientes potenciales. Se elige en la ficha y sale en los filtros, las importaciones y los informes.
choices-text-industries = Se sugieren mientras se escribe el sector de un cliente potencial.
choices-text-discard-reasons = Por qué se descarta un cliente potencial.
choices-text-lost-reasons = Por qué se pierde una oportunidad.
choices-text-activity-types = Qué se hace con un cliente: llamadas, reuniones, visitas.
choices-text-document-categories = Cómo se clasifican los documentos.
choices-text-zones = Territorios, con el comienzo de sus códigos postales: los clientes potenciales y las empresas sin zona reciben la del suyo.
choices-text-own = Las opciones de un campo de su empresa.
choices-values = Valores
choices-archived = Archivados
choices-is-archived = Archivado
choices-none = No hay ningún valor
choices-none-text = Añada el primero con el formulario.
choices-new = Valor nuevo
choices-add = Añadir
choices-value = Cómo se llama
choices-save = Guardar
choices-cancel = Cancelar
choices-label-ca = En catalán
choices-label-es = En castellano
choices-label-en = En inglés
choices-key = Clave
choices-key-hint = Para archivos y la API; después no se puede cambiar. Si la deja vacía, se hace del nombre.
choices-postcodes = Códigos postales
choices-postcodes-hint = Cómo empiezan, separados por comas: 17, 0820, AD5
choices-color = Color
choices-color-0 = Gris
choices-color-1 = Azul
choices-color-2 = Verde
choices-color-3 = Ocre
choices-color-4 = Rojo
choices-color-5 = Turquesa
choices-color-6 = Lila
choices-color-7 = Rosa
choices-up = Subir «{ $value }»
choices-down = Bajar «{ $value }»
choices-used-by-none = No lo tiene ningún registro.
choices-restore-title = Volver a ofrecerlo
choices-restore-text = Ahora no se puede elegir. Los registros que lo tienen lo conservan.
choices-restore = Restaurar
choices-archive-title = Dejar de ofrecerlo
choices-archive-text = No se podrá elegir más. Los registros que lo tienen lo conservan, y los informes lo cuentan.
choices-archive = Archivar
choices-replace-title = Cambiarlo por otro
choices-replace-by = Por el valor
choices-replace = Cambiar
choices-reset-title = Volver a como era
choices-reset-text = El nombre, el color y el orden vuelven a ser los del principio. Ningún registro cambia.
choices-reset = Volver a como era
choices-remove-title = Eliminarlo
choices-remove-text = No lo usa nadie: se puede eliminar del todo.
choices-remove = Eliminar
choices-in-use-default = Es el valor inicial de: { $fields }. Cámbielo primero allí.
choices-notice-replaced = Se ha cambiado en todos los registros que lo tenían.
choices-notice-going-on = Se ha cambiado en una parte; todavía hay con el valor de antes. Vuelva a pulsar «Cambiar» para continuar.
choices-notice-removed = Se ha eliminado.
choices-notice-archived = Se ha archivado: ya no se ofrece.
choices-notice-restored = Se vuelve a ofrecer.
problem-postcode-prefix = «{ $detail }» no es el comienzo de un código postal: solo lleva letras y cifras
choices-count = { $count ->
    [one] un valor
    [many] { $count } de valores
   *[other] { $count } valores
}
choices-archived-count = { $count ->
    [one] uno archivado
    [many] { $count } de archivados
   *[other] { $count } archivados
}
choices-used = { $count ->
    [one] Lo tiene un registro.
    [many] Lo tienen { $count } de registros.
   *[other] Lo tienen { $count } registros.
}
choices-replace-text = { $count ->
    [one] El registro que lo tiene pasará a tener otro. El cambio queda en su historia.
    [many] { $count } de registros pasarán a tener otro. El cambio queda en su historia.
   *[other] { $count } registros pasarán a tener otro. El cambio queda en su historia.
}
choices-in-use = { $count ->
    [one] Lo usa un registro: antes de eliminarlo, cámbielo por otro o archívelo.
    [many] Lo usan { $count } de registros: antes de eliminarlo, cámbielo por otro o archívelo.
   *[other] Lo usan { $count } registros: antes de eliminarlo, cámbielo por otro o archívelo.
}
problem-key-form = «{ $detail }» no puede ser una clave: solo letras minúsculas sin acentos, cifras y «_», empezando por una letra
problem-in-use = Se usa: no se puede eliminar
problem-ready-piece = Ya es como al principio
problem-too-many = Hay demasiados: como máximo { $detail }
choices-list-tags = Etiquetas
choices-text-tags = Marcas que se ponen a los clientes potenciales, varias a la vez.
choices-list-consent-purposes = Finalidades de los datos
choices-text-consent-purposes = Para qué se usan los datos de una persona: se pide su consentimiento y se anota en la ficha.
