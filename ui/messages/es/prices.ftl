# Tarifas, precios, cambios en bloque, ficheros; y lotes
books-title = Tarifas
books-intro = Cada tarifa tiene los precios de unos clientes: en la ficha de la empresa se elige cuál tiene.
books-settings-text = Listas de precios con moneda y días de validez.
books-new = Tarifa nueva
books-edit = Cambiar la tarifa
books-currency = Moneda
books-from = Primer día
books-until = Último día
books-days-hint = Sin días, vale siempre.
books-see-prices = Ver los precios
books-set-up = Configurar las tarifas
books-none = Todavía no hay ninguna tarifa
books-none-text = Sin tarifas, todos pagan el precio de la ficha del producto.
books-days = Validez
books-always = Siempre
books-days-between = Del { $from } al { $until }
books-days-from = Desde el { $from }
books-days-until = Hasta el { $until }
books-count = Precios
books-count-more = Más de { $count }
books-state-not-yet = Todavía no vale
books-state-over = Ya no vale
prices-back = Todas las tarifas
prices-column-code = Código
prices-column-name = Nombre
prices-column-product = Producto
prices-column-quantity = Desde cantidad
prices-column-price = Precio
prices-column-from = Desde el
prices-column-until = Hasta el
prices-column-currency = Moneda
prices-column-list = Precio de la ficha
prices-column-difference = Diferencia
prices-column-deeds = Acciones
prices-none = Esta tarifa todavía no tiene precios
prices-none-text = Añádalos uno a uno, o importe una lista. Los productos sin precio aquí valen el de su ficha.
prices-none-of-product = Este producto no tiene precio en esta tarifa
prices-of-product = Solo { $product }
prices-shown =
    { $count ->
        [one] { $count } precio en esta página
       *[other] { $count } precios en esta página
    }
prices-add = Añadir un precio
prices-add-text = Sin impuestos, en { $currency }. El precio vale desde esta cantidad hasta la siguiente que haya.
prices-edit = Cambiar el precio
prices-edit-name = Cambiar el precio de { $product } desde { $quantity }
prices-remove = Quitar el precio
prices-remove-text = El producto deja de tener este precio en la tarifa. Queda en el registro de auditoría.
prices-product-hint = Nombre o código
prices-quantity = Desde cantidad
prices-unit-price = Precio por unidad
prices-from = Desde el día
prices-until = Hasta el día
prices-conflict = Alguien ha cambiado este precio mientras lo editaba. Ahora hay: { $saved }. Si guarda, quedará el suyo.
prices-said = { $price } desde { $quantity } · { $days }
prices-test = ¿Qué precio pagaría?
prices-test-text = Elija una empresa para usar su tarifa; sin empresa se usa esta.
prices-test-company = Empresa
prices-test-product = Producto
prices-test-quantity = Cantidad
prices-test-day = Día
prices-test-ask = Mostrar el precio
prices-test-from-book = Precio de la tarifa { $book }, desde { $quantity }.
prices-test-own = Precio de la ficha del producto.
prices-test-nothing = Sin precio
prices-test-nothing-text = Ni la tarifa ni la ficha del producto lo tienen.
prices-test-tiers = Los precios de este producto en la tarifa
prices-why-no-book = Esta empresa no tiene ninguna tarifa.
prices-why-unknown = La tarifa de esta empresa ya no está.
prices-why-archived = La tarifa { $book } está archivada.
prices-why-not-yet = La tarifa { $book } vale desde el { $day }.
prices-why-over = La tarifa { $book } valía hasta el { $day }.
prices-why-not-in-book = La tarifa { $book } no tiene precio de este producto.
prices-why-below = En la tarifa { $book } los precios empiezan desde { $quantity }.
prices-why-that-day = Ningún precio de la tarifa { $book } vale ese día.
prices-tier-counts = Vale este
prices-tier-more = Hace falta más cantidad
prices-tier-not-yet = Todavía no
prices-tier-over = Ya no
prices-tier-beaten = Vale otro
prices-tier-aside = La tarifa no vale
prices-change = Cambiar los precios un tanto por ciento
prices-change-intro = De la tarifa { $book }. Primero verá qué cambiaría; no se guarda nada hasta que lo diga.
prices-change-percent = Porcentaje
prices-change-percent-hint = 3 los sube un 3 %; -5 los baja un 5 %.
prices-change-rounding = Redondear
prices-rounding-cents = Al céntimo
prices-rounding-five = A cinco céntimos
prices-rounding-whole = A la unidad
prices-change-kind = De qué tipo
prices-change-family = De qué familia
prices-change-all = Todos
prices-change-look = Mostrar qué cambiaría
prices-change-count =
    { $count ->
        [one] Cambiaría { $changed } precio de { $count }.
       *[other] Cambiarían { $changed } precios de { $count }.
    }
prices-change-first = Los primeros
prices-change-before = Ahora
prices-change-after = Después
prices-change-do =
    { $count ->
        [one] Cambiar { $count } precio
       *[other] Cambiar { $count } precios
    }
prices-change-nothing = No cambiaría ningún precio.
prices-changed = Precios cambiados
prices-changed-count =
    { $count ->
        [one] Se ha cambiado { $count } precio: { $percent }.
       *[other] Se han cambiado { $count } precios: { $percent }.
    }
prices-changed-same =
    { $count ->
        [one] { $count } ha quedado igual al redondear.
       *[other] { $count } han quedado igual al redondear.
    }
prices-changed-left =
    { $count ->
        [one] { $count } no se ha cambiado, porque otra persona trabajaba en él a la vez.
       *[other] { $count } no se han cambiado, porque otra persona trabajaba en ellos a la vez.
    }
prices-to-book = Volver a la tarifa
prices-export = Exportar
prices-import = Importar una lista
prices-import-title = Importar precios a { $book }
prices-import-intro = Un fichero CSV o de hoja de cálculo con estas columnas, en cualquier orden: código, nombre, desde cantidad, precio, desde el, hasta el, moneda. Hacen falta el código y el precio.
prices-import-file = Fichero
prices-import-check = Comprobar el fichero
prices-import-checked = Comprobación de { $file }
prices-import-checked-text = Todavía no se ha guardado nada.
prices-import-done = Importación hecha
prices-import-rows = Filas
prices-import-new = Precios nuevos
prices-import-changed = Precios que cambian
prices-import-same = Como ya estaban
prices-import-bad = Filas con problemas
prices-import-bad-text = Estas filas no entran. Corríjalas en el fichero y vuelva a importarlo: las que ya hayan entrado no se repetirán.
prices-import-bad-more = Y { $count } filas más con problemas.
prices-import-row = Fila
prices-import-problem = Qué pasa
prices-import-do =
    { $count ->
        [one] Guardar { $count } precio
       *[other] Guardar { $count } precios
    }
prices-import-other = Elegir otro fichero
prices-import-nothing = No hay nada que guardar.
prices-card = Precios en las tarifas
prices-card-none = Ninguna tarifa tiene precio de este producto.
prices-card-from = Desde { $quantity }
bundles-title = Qué hay en el lote
bundles-part = { $quantity } × { $name }
bundles-apart = Por separado
bundles-own = Precio del lote
bundles-difference = Diferencia
bundles-cost = Coste de los componentes
bundles-unknown = No se sabe: algún componente no lo tiene
records-delete-used-product = No se puede eliminar: hay precios, lotes u otros registros que lo nombran. Archívelo: deja de salir en las listas y todo se conserva.
records-group-bundle = Lote
notices-price-removed = Se ha quitado el precio.
problem-price-dates = El último día es anterior al primero
problem-price-past = Ya se habría acabado: este día es pasado
problem-price-twice = Ya hay un precio de este producto desde esta cantidad y este día: cambie aquel
problem-price-twice-in-file = El mismo precio está también en la fila { $detail }
problem-price-tax-missing = Hace falta un tipo de impuesto: póngalo en la ficha del producto
problem-price-code-unknown = No hay ningún producto con el código «{ $detail }»
problem-price-currency = La moneda no es la de la tarifa: { $detail }
problem-price-no-code-column = Falta la columna del código del producto: «Código»
problem-price-no-price-column = Falta la columna del precio: «Precio»
problem-price-too-many = Son demasiados a la vez: como máximo { $detail }
problem-price-percent = Escriba un porcentaje entre -99 y 1000 que no sea 0, con tres decimales como máximo
problem-price-changed = Entretanto ha habido cambios: ahora son { $detail }. Vuelva a mirarlo
problem-book-currency-used = La tarifa tiene precios en { $detail }: no se puede cambiar la moneda. Haga otra
problem-product-in-use = No se puede eliminar: hay precios, lotes u otros registros que lo nombran. Archívelo
problem-components-of-bundle = Solo los lotes tienen componentes: cambie el tipo a «Lote» o quítelos
problem-component-self = Un lote no puede contenerse a sí mismo
problem-component-twice = Este producto ya está: cambie la cantidad
problem-component-bundle = Un lote no puede contener otro lote: ponga sus componentes
problem-component-quantity = La cantidad debe ser mayor que 0
problem-bundle-in-bundle = Es componente de un lote: no puede ser un lote
entity-price-title = Precios
entity-price-one = Precio
entity-field-price-book = Tarifa
entity-field-components = Componentes
entity-list-components = Componentes del lote
entity-list-components-product = Componente
entity-list-components-quantity = Cantidad
audit-kind-price-book = Tarifa
audit-kind-price = Precio
audit-field-price-book-from = Primer día
audit-field-price-book-until = Último día
audit-field-price-book = Tarifa
audit-field-price-product = Producto
audit-field-price-from-quantity = Desde cantidad
audit-field-price-unit-price = Precio por unidad
audit-field-price-from = Desde el día
audit-field-price-until = Hasta el día
prices-event-created =
    { $by ->
        [nobody] Precio nuevo en { $book }: { $price }
       *[person] { $who } ha puesto un precio en { $book }: { $price }
    }
prices-event-changed =
    { $by ->
        [nobody] Ha cambiado un precio en { $book }: { $price }
       *[person] { $who } ha cambiado un precio en { $book }: { $price }
    }
prices-event-removed =
    { $by ->
        [nobody] Precio quitado de { $book }
       *[person] { $who } ha quitado un precio de { $book }
    }
