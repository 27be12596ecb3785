entity-company-title = Empreses
entity-company-one = Empresa
entity-company-new = Nova empresa
entity-company-none-title = Encara no hi ha cap empresa
entity-company-none-text = Afegiu la primera, o convertiu-hi un client potencial.
entity-contact-title = Contactes
entity-contact-one = Contacte
entity-contact-new = Nou contacte
entity-contact-none-title = Encara no hi ha cap contacte
entity-contact-none-text = Afegiu les persones amb qui parleu a cada empresa.
entity-opportunity-title = Oportunitats
entity-opportunity-one = Oportunitat
entity-opportunity-new = Nova oportunitat
entity-opportunity-none-title = Encara no hi ha cap oportunitat
entity-opportunity-none-text = Afegiu-ne una quan algú vulgui comprar: la seguireu fins que es guanyi o es perdi.
entity-product-title = Productes i serveis
entity-product-one = Producte
entity-product-new = Nou producte o servei
entity-product-none-title = Encara no hi ha cap producte
entity-product-none-text = Afegiu el que veneu, amb preu i impost: després servirà per a simulacions i pressupostos.
entity-field-name = Nom
entity-field-legal-name = Raó social
entity-field-kind = Tipus
entity-field-employees = Persones que hi treballen
entity-field-delivery-address = Adreça de lliurament
entity-field-tax-regime = Règim d’IVA
entity-field-withholding = Practica retenció d’IRPF
entity-field-language = Idioma
entity-field-parent = Empresa matriu
entity-field-client-since = Client des de
entity-field-given-name = Nom
entity-field-family-name = Cognoms
entity-field-job-title = Càrrec
entity-field-mobile = Mòbil
entity-field-birthday = Aniversari
entity-field-contact = Contacte
entity-field-stage = Etapa
entity-field-probability = Probabilitat (%)
entity-field-expected-close = Tancament previst
entity-field-lost-reason = Motiu de la pèrdua
entity-field-competitor = Competència
entity-field-lead = Client potencial
entity-field-stage-since = En aquesta etapa des de
entity-field-closed-at = Tancada el
entity-contact-field-full-name = Nom i cognoms
entity-field-code = Codi
entity-field-name-ca = Nom en català
entity-field-name-es = Nom en castellà
entity-field-name-en = Nom en anglès
entity-field-family = Família
entity-field-unit = Unitat
entity-field-unit-price = Preu per unitat, sense impostos
entity-field-cost = Cost per unitat
entity-field-tax = Impost
entity-field-billing = Facturació
entity-field-minimum-term = Permanència mínima (mesos)
entity-field-archived = Arxivat
entity-field-created-at = Creat
entity-field-updated-at = Darrer canvi
entity-field-positions = Altres empreses
entity-contact-field-company = Empresa
entity-company-kind-prospect = Possible client
entity-company-kind-client = Client
entity-company-kind-partner = Col·laborador
entity-company-kind-supplier = Proveïdor
entity-company-tax-regime-normal = Normal
entity-company-tax-regime-equivalence-surcharge = Recàrrec d’equivalència
entity-company-tax-regime-exempt = Exempt
entity-company-tax-regime-intra-community = Intracomunitari
entity-product-kind-product = Producte
entity-product-kind-service = Servei
entity-product-kind-bundle = Lot
entity-product-billing-once = Una vegada
entity-product-billing-monthly = Cada mes
entity-product-billing-quarterly = Cada trimestre
entity-product-billing-yearly = Cada any
records-archived = Arxivat
records-archive = Arxiva
records-restore = Torna a la llista
records-delete-text =
    { $count ->
        [0] Se suprimirà i no es podrà desfer.
        [one] Se suprimirà amb la seva nota i no es podrà desfer.
       *[other] Se suprimirà amb les seves { $count } notes i no es podrà desfer.
    }
records-delete-used = No es pot suprimir: hi ha registres que hi pertanyen. Passeu-los a un altre lloc o suprimiu-los abans, o arxiveu-ho.
records-delete-instead = Si només voleu que no surti a les llistes, arxiveu-ho: es conserva tot i es pot recuperar.
records-none-filtered-text = Traieu un filtre o netegeu-los tots per veure’n més.
records-group-business = Relació
records-group-sale = Venda
records-group-names = Nom i tipus
records-group-price = Preu i condicions
records-hint-link = El nom, o l’adreça de la seva pàgina
records-hint-external-key = El codi que té en un altre programa
records-hint-probability = Buida: la de l’etapa
records-stages = Etapes
records-next = Pròxima acció
records-stage-since = En aquesta etapa { $when }
records-all = Mostra’ls tots
records-event-created =
    { $by ->
        [person] { $who } ho ha creat
       *[nobody] S’ha creat
    }
records-event-changed =
    { $by ->
        [person] { $who } ho ha canviat
       *[nobody] S’ha canviat
    }
records-event-related-created =
    { $by ->
        [person] { $who } ha creat { $what }
       *[nobody] S’ha creat { $what }
    }
records-event-related-changed =
    { $by ->
        [person] { $who } ha canviat { $what }
       *[nobody] S’ha canviat { $what }
    }
records-event-related-deleted =
    { $by ->
        [person] { $who } ha suprimit { $what }
       *[nobody] S’ha suprimit { $what }
    }
records-notice-deleted = S’ha suprimit.
records-notice-archived = S’ha arxivat.
records-notice-restored = Torna a ser a la llista.
problem-name-of-contact = Escriviu el nom o els cognoms
problem-name-in-a-language = Escriviu el nom en un idioma, com a mínim
problem-parent-circle = Una empresa no pot dependre d’ella mateixa
problem-required-at-stage = Cal per passar a aquesta etapa
problem-number-between = Escriviu un nombre del tram { $detail }
problem-number-whole = Escriviu un nombre sense decimals
problem-owner-denied = No podeu triar qui n’és responsable
choices-list-product-families = Famílies de productes
choices-text-product-families = Com s’agrupa el que veneu, també als informes.
problem-stage-in-use = Hi ha oportunitats en una etapa que heu tret o que heu canviat de tipus: digueu on van
pipelines-move-title = On van les oportunitats
pipelines-move-text = Aquestes etapes tenen oportunitats. Trieu a quina etapa passen i torneu a desar: el canvi queda a la seva història.
pipelines-move-choose = Trieu una etapa
pipelines-move-stage = { $stage } ({ $count })
search-group-records = Registres
entity-list-phones = Altres telèfons
entity-list-phones-label = Tipus
entity-list-phones-number = Telèfon
entity-list-phones-label-work = Feina
entity-list-phones-label-mobile = Mòbil
entity-list-phones-label-home = Casa
entity-list-phones-label-fax = Fax
entity-list-phones-label-other = Un altre
entity-list-emails = Altres correus
entity-list-emails-label = Tipus
entity-list-emails-address = Correu
entity-list-emails-label-work = Feina
entity-list-emails-label-home = Casa
entity-list-emails-label-billing = Facturació
entity-list-emails-label-other = Un altre
entity-list-addresses = Altres adreces
entity-list-addresses-label = Tipus
entity-list-addresses-street = Carrer
entity-list-addresses-postcode = Codi postal
entity-list-addresses-town = Municipi
entity-list-addresses-country = País
entity-list-addresses-label-delivery = Lliurament
entity-list-addresses-label-office = Oficina
entity-list-addresses-label-warehouse = Magatzem
entity-list-addresses-label-other = Una altra
entity-list-positions = Altres empreses
entity-list-positions-company = Empresa
entity-list-positions-role = Què hi fa
entity-list-positions-active = Encara hi és
entity-field-phones = Altres telèfons
entity-field-emails = Altres correus
entity-field-addresses = Altres adreces
entity-field-any-phone = Qualsevol telèfon
entity-field-any-email = Qualsevol correu
entity-field-any-company = Qualsevol empresa seva
records-row-more = Afegeix
records-position =
    { $has ->
        [yes] També { $role }
       *[no] També a
    }
records-position-former =
    { $has ->
        [yes] Abans { $role }
       *[no] Abans a
    }
records-people-former = Ja no hi són
records-reach-more = Altres telèfons i correus
records-reach-call = Truca al { $what }
records-reach-write = Escriu a { $what }
records-card = Targeta per al telèfon (vCard)
records-cards = Targetes (vCard)
problem-cards-too-many = Un fitxer pot tenir { $detail } targetes com a màxim: filtreu la llista
records-chain = De client potencial a client
records-group = Grup d’empreses
records-group-more = N’hi ha més: obriu-ne una per veure les seves.
records-group-contacts =
    { $count ->
        [one] 1 contacte
       *[other] { $count } contactes
    }
records-group-opportunities =
    { $count ->
        [one] 1 oportunitat
       *[other] { $count } oportunitats
    }
records-group-counts-more = com a mínim
entity-list-contacts = Qui hi decideix
entity-list-contacts-contact = Contacte
entity-list-contacts-role = Paper en la decisió
entity-list-contacts-label-participant = Hi participa
entity-list-contacts-label-decision-maker = Decideix
entity-list-contacts-label-evaluator = Avalua
entity-list-contacts-label-influencer = Influeix
entity-list-contacts-label-user = Ho farà servir
entity-list-products = Productes i serveis
entity-list-products-product = Producte o servei
entity-list-products-quantity = Quantitat
entity-field-contacts = Qui hi decideix
entity-field-products = Productes i serveis
entity-field-any-contact = Qualsevol contacte seu
entity-field-any-product = Producte
records-group-wanted = Productes i serveis
records-group-deciding = Qui hi decideix
problem-contact-twice = Aquest contacte ja hi és: canvieu-ne el paper
