words-title = Palabras propias
words-intro = Cómo se llama cada cosa en su empresa. Lo que no cambie se dice como siempre.
words-settings-text = Cambiar los textos de las páginas a la manera de la empresa, en tres idiomas.
words-search = Buscar entre todos los textos
words-changed = Cambiados
words-names = Pantallas y títulos
words-statuses = Estados de los clientes potenciales
words-fields = Campos
words-lists = Los orígenes, los sectores y los motivos se cambian en las listas de opciones
words-none = No se ha encontrado ningún texto
words-none-text = Pruebe con menos palabras, o con una sola.
words-all = Volver a las palabras más cambiadas
words-more = Se muestran { $count }: afine la búsqueda.
words-product = Texto del producto
words-own = Texto propio
words-as-product = como el producto
words-also-in = también en: { $languages }
words-word-title = Un texto con sus palabras
words-arguments = Donde está { $names }, la página pone un valor. Puede cambiarlo de sitio o quitarlo.
words-text-ca = Texto propio en catalán
words-text-es = Texto propio en castellano
words-text-en = Texto propio en inglés
words-save = Guardar
words-cancel = Cancelar
words-reset-title = Volver al texto del producto
words-reset-text = Se borra el texto propio en todos los idiomas.
words-reset = Volver al texto del producto
words-notice-reset = Se vuelve a decir como en el producto.
problem-wording-key = No hay ningún texto que se llame «{ $detail }»
problem-wording-form = Este texto no se puede decir así: las llaves { "{" } y { "}" } van en parejas y solo rodean valores de la página
problem-wording-argument = La página no da este valor. Los que da: { $detail }
words-found = { $count ->
    [one] { $count } texto
   *[other] { $count } textos
}
