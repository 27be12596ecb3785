entity-company-title = Empresas
entity-company-one = Empresa
entity-company-new = Nueva empresa
entity-company-none-title = Todavía no hay ninguna empresa
entity-company-none-text = Añada la primera, o convierta en ella un cliente potencial.
entity-contact-title = Contactos
entity-contact-one = Contacto
entity-contact-new = Nuevo contacto
entity-contact-none-title = Todavía no hay ningún contacto
entity-contact-none-text = Añada a las personas con quienes habla en cada empresa.
entity-opportunity-title = Oportunidades
entity-opportunity-one = Oportunidad
entity-opportunity-new = Nueva oportunidad
entity-opportunity-none-title = Todavía no hay ninguna oportunidad
entity-opportunity-none-text = Añada una cuando alguien quiera comprar: la seguirá hasta que se gane o se pierda.
entity-product-title = Productos y servicios
entity-product-one = Producto
entity-product-new = Nuevo producto o servicio
entity-product-none-title = Todavía no hay ningún producto
entity-product-none-text = Añada lo que vende, con precio e impuesto: servirá después para simulaciones y presupuestos.
entity-field-name = Nombre
entity-field-legal-name = Razón social
entity-field-kind = Tipo
entity-field-employees = Empleados
entity-field-delivery-address = Dirección de entrega
entity-field-tax-regime = Régimen de IVA
entity-field-withholding = Practica retención de IRPF
entity-field-language = Idioma
entity-field-parent = Empresa matriz
entity-field-client-since = Cliente desde
entity-field-given-name = Nombre
entity-field-family-name = Apellidos
entity-field-job-title = Cargo
entity-field-mobile = Móvil
entity-field-birthday = Cumpleaños
entity-field-contact = Contacto
entity-field-stage = Etapa
entity-field-probability = Probabilidad (%)
entity-field-expected-close = Cierre previsto
entity-field-lost-reason = Motivo de la pérdida
entity-field-competitor = Competencia
entity-field-lead = Cliente potencial
entity-field-stage-since = En esta etapa desde
entity-field-closed-at = Cerrada el
entity-contact-field-full-name = Nombre y apellidos
entity-field-code = Código
entity-field-name-ca = Nombre en catalán
entity-field-name-es = Nombre en castellano
entity-field-name-en = Nombre en inglés
entity-field-family = Familia
entity-field-unit = Unidad
entity-field-unit-price = Precio por unidad, sin impuestos
entity-field-cost = Coste por unidad
entity-field-tax = Impuesto
entity-field-billing = Facturación
entity-field-minimum-term = Permanencia mínima (meses)
entity-field-archived = Archivado
entity-field-created-at = Creado
entity-field-updated-at = Último cambio
entity-field-positions = Otras empresas
entity-contact-field-company = Empresa
entity-company-kind-prospect = Posible cliente
entity-company-kind-client = Cliente
entity-company-kind-partner = Colaborador
entity-company-kind-supplier = Proveedor
entity-company-tax-regime-normal = Normal
entity-company-tax-regime-equivalence-surcharge = Recargo de equivalencia
entity-company-tax-regime-exempt = Exento
entity-company-tax-regime-intra-community = Intracomunitario
entity-product-kind-product = Producto
entity-product-kind-service = Servicio
entity-product-kind-bundle = Lote
entity-product-billing-once = Una vez
entity-product-billing-monthly = Cada mes
entity-product-billing-quarterly = Cada trimestre
entity-product-billing-yearly = Cada año
records-archived = Archivado
records-archive = Archivar
records-restore = Devolver a la lista
records-delete-text =
    { $count ->
        [0] Se eliminará y no se podrá deshacer.
        [one] Se eliminará con su nota y no se podrá deshacer.
       *[other] Se eliminará con sus { $count } notas y no se podrá deshacer.
    }
records-delete-used = No se puede eliminar: hay registros que le pertenecen. Páselos a otro sitio o elimínelos antes, o archívelo.
records-delete-instead = Si solo quiere que no salga en las listas, archívelo: se conserva todo y se puede recuperar.
records-none-filtered-text = Quite un filtro o límpielos todos para ver más.
records-group-business = Relación
records-group-sale = Venta
records-group-names = Nombre y tipo
records-group-price = Precio y condiciones
records-hint-link = El nombre, o la dirección de su página
records-hint-external-key = El código que tiene en otro programa
records-hint-probability = Vacía: la de la etapa
records-stages = Etapas
records-next = Próxima acción
records-stage-since = En esta etapa { $when }
records-all = Mostrar todos
records-event-created =
    { $by ->
        [person] { $who } lo ha creado
       *[nobody] Se ha creado
    }
records-event-changed =
    { $by ->
        [person] { $who } lo ha cambiado
       *[nobody] Se ha cambiado
    }
records-event-related-created =
    { $by ->
        [person] { $who } ha creado { $what }
       *[nobody] Se ha creado { $what }
    }
records-event-related-changed =
    { $by ->
        [person] { $who } ha cambiado { $what }
       *[nobody] Se ha cambiado { $what }
    }
records-event-related-deleted =
    { $by ->
        [person] { $who } ha eliminado { $what }
       *[nobody] Se ha eliminado { $what }
    }
records-notice-deleted = Se ha eliminado.
records-notice-archived = Se ha archivado.
records-notice-restored = Vuelve a estar en la lista.
problem-name-of-contact = Escriba el nombre o los apellidos
problem-name-in-a-language = Escriba el nombre en un idioma, como mínimo
problem-parent-circle = Una empresa no puede depender de sí misma
problem-required-at-stage = Es necesario para pasar a esta etapa
problem-number-between = Escriba un número del intervalo { $detail }
problem-number-whole = Escriba un número sin decimales
problem-owner-denied = No puede elegir quién es responsable
choices-list-product-families = Familias de productos
choices-text-product-families = Cómo se agrupa lo que vende, también en los informes.
problem-stage-in-use = Hay oportunidades en una etapa que ha quitado o cuyo tipo ha cambiado: diga adónde van
pipelines-move-title = Adónde van las oportunidades
pipelines-move-text = Estas etapas tienen oportunidades. Elija a qué etapa pasan y guarde otra vez: el cambio queda en su historia.
pipelines-move-choose = Elija una etapa
pipelines-move-stage = { $stage } ({ $count })
search-group-records = Registros
entity-list-phones = Otros teléfonos
entity-list-phones-label = Tipo
entity-list-phones-number = Teléfono
entity-list-phones-label-work = Trabajo
entity-list-phones-label-mobile = Móvil
entity-list-phones-label-home = Casa
entity-list-phones-label-fax = Fax
entity-list-phones-label-other = Otro
entity-list-emails = Otros correos
entity-list-emails-label = Tipo
entity-list-emails-address = Correo
entity-list-emails-label-work = Trabajo
entity-list-emails-label-home = Casa
entity-list-emails-label-billing = Facturación
entity-list-emails-label-other = Otro
entity-list-addresses = Otras direcciones
entity-list-addresses-label = Tipo
entity-list-addresses-street = Calle
entity-list-addresses-postcode = Código postal
entity-list-addresses-town = Municipio
entity-list-addresses-country = País
entity-list-addresses-label-delivery = Entrega
entity-list-addresses-label-office = Oficina
entity-list-addresses-label-warehouse = Almacén
entity-list-addresses-label-other = Otra
entity-list-positions = Otras empresas
entity-list-positions-company = Empresa
entity-list-positions-role = Qué hace allí
entity-list-positions-active = Sigue allí
entity-field-phones = Otros teléfonos
entity-field-emails = Otros correos
entity-field-addresses = Otras direcciones
entity-field-any-phone = Cualquier teléfono
entity-field-any-email = Cualquier correo
entity-field-any-company = Cualquier empresa suya
records-row-more = Añadir
records-position =
    { $has ->
        [yes] También { $role }
       *[no] También en
    }
records-position-former =
    { $has ->
        [yes] Antes { $role }
       *[no] Antes en
    }
records-people-former = Ya no están
records-reach-more = Otros teléfonos y correos
records-reach-call = Llamar al { $what }
records-reach-write = Escribir a { $what }
records-card = Tarjeta para el teléfono (vCard)
records-cards = Tarjetas (vCard)
problem-cards-too-many = Un archivo puede tener { $detail } tarjetas como máximo: filtre la lista
records-chain = De cliente potencial a cliente
records-group = Grupo de empresas
records-group-more = Hay más: abra una para ver las suyas.
records-group-contacts =
    { $count ->
        [one] 1 contacto
       *[other] { $count } contactos
    }
records-group-opportunities =
    { $count ->
        [one] 1 oportunidad
       *[other] { $count } oportunidades
    }
records-group-counts-more = como mínimo
entity-list-contacts = Quién decide
entity-list-contacts-contact = Contacto
entity-list-contacts-role = Papel en la decisión
entity-list-contacts-label-participant = Participa
entity-list-contacts-label-decision-maker = Decide
entity-list-contacts-label-evaluator = Evalúa
entity-list-contacts-label-influencer = Influye
entity-list-contacts-label-user = Lo usará
entity-list-products = Productos y servicios
entity-list-products-product = Producto o servicio
entity-list-products-quantity = Cantidad
entity-field-contacts = Quién decide
entity-field-products = Productos y servicios
entity-field-any-contact = Cualquier contacto suyo
entity-field-any-product = Producto
records-group-wanted = Productos y servicios
records-group-deciding = Quién decide
problem-contact-twice = Este contacto ya está: cambie su papel
