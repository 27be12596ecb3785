# Tarifes, preus, canvis en bloc, fitxers; i lots
books-title = Tarifes
books-intro = Cada tarifa té els preus d’uns clients: a la fitxa de l’empresa es tria quina té.
books-settings-text = Llistes de preus amb moneda i dies de validesa.
books-new = Tarifa nova
books-edit = Canvia la tarifa
books-currency = Moneda
books-from = Primer dia
books-until = Últim dia
books-days-hint = Sense dies, val sempre.
books-see-prices = Mostra’n els preus
books-set-up = Configura les tarifes
books-none = Encara no hi ha cap tarifa
books-none-text = Sense tarifes, tothom paga el preu de la fitxa del producte.
books-days = Validesa
books-always = Sempre
books-days-between = Del { $from } al { $until }
books-days-from = Des del { $from }
books-days-until = Fins al { $until }
books-count = Preus
books-count-more = Més de { $count }
books-state-not-yet = Encara no val
books-state-over = Ja no val
prices-back = Totes les tarifes
prices-column-code = Codi
prices-column-name = Nom
prices-column-product = Producte
prices-column-quantity = Des de quantitat
prices-column-price = Preu
prices-column-from = Des del
prices-column-until = Fins al
prices-column-currency = Moneda
prices-column-list = Preu de la fitxa
prices-column-difference = Diferència
prices-column-deeds = Accions
prices-none = Aquesta tarifa encara no té preus
prices-none-text = Afegiu-ne un a un, o importeu una llista. Els productes sense preu aquí valen el de la seva fitxa.
prices-none-of-product = Aquest producte no té preu en aquesta tarifa
prices-of-product = Només { $product }
prices-shown =
    { $count ->
        [one] { $count } preu en aquesta pàgina
       *[other] { $count } preus en aquesta pàgina
    }
prices-add = Afegeix un preu
prices-add-text = Sense impostos, en { $currency }. El preu val des d’aquesta quantitat fins a la següent que hi hagi.
prices-edit = Canvia el preu
prices-edit-name = Canvia el preu de { $product } des de { $quantity }
prices-remove = Treu el preu
prices-remove-text = El producte deixa de tenir aquest preu a la tarifa. Queda al registre d’auditoria.
prices-product-hint = Nom o codi
prices-quantity = Des de quantitat
prices-unit-price = Preu per unitat
prices-from = Des del dia
prices-until = Fins al dia
prices-conflict = Algú ha canviat aquest preu mentre l’editàveu. Ara hi ha: { $saved }. Si deseu, hi quedarà el vostre.
prices-said = { $price } des de { $quantity } · { $days }
prices-test = Quin preu pagaria?
prices-test-text = Trieu una empresa per fer servir la seva tarifa; sense empresa es fa servir aquesta.
prices-test-company = Empresa
prices-test-product = Producte
prices-test-quantity = Quantitat
prices-test-day = Dia
prices-test-ask = Mostra el preu
prices-test-from-book = Preu de la tarifa { $book }, des de { $quantity }.
prices-test-own = Preu de la fitxa del producte.
prices-test-nothing = Sense preu
prices-test-nothing-text = Ni la tarifa ni la fitxa del producte en tenen.
prices-test-tiers = Els preus d’aquest producte a la tarifa
prices-why-no-book = Aquesta empresa no té cap tarifa.
prices-why-unknown = La tarifa d’aquesta empresa ja no hi és.
prices-why-archived = La tarifa { $book } està arxivada.
prices-why-not-yet = La tarifa { $book } val des del { $day }.
prices-why-over = La tarifa { $book } valia fins al { $day }.
prices-why-not-in-book = La tarifa { $book } no té preu d’aquest producte.
prices-why-below = A la tarifa { $book } els preus comencen des de { $quantity }.
prices-why-that-day = Cap preu de la tarifa { $book } val aquell dia.
prices-tier-counts = Val aquest
prices-tier-more = Cal més quantitat
prices-tier-not-yet = Encara no
prices-tier-over = Ja no
prices-tier-beaten = En val un altre
prices-tier-aside = La tarifa no val
prices-change = Canvia els preus un tant per cent
prices-change-intro = De la tarifa { $book }. Primer veureu què canviaria; no es desa res fins que ho digueu.
prices-change-percent = Percentatge
prices-change-percent-hint = 3 els apuja un 3 %; -5 els abaixa un 5 %.
prices-change-rounding = Arrodoneix
prices-rounding-cents = Al cèntim
prices-rounding-five = A cinc cèntims
prices-rounding-whole = A la unitat
prices-change-kind = De quin tipus
prices-change-family = De quina família
prices-change-all = Tots
prices-change-look = Mostra què canviaria
prices-change-count =
    { $count ->
        [one] Canviaria { $changed } preu d’{ $count }.
       *[other] Canviarien { $changed } preus de { $count }.
    }
prices-change-first = Els primers
prices-change-before = Ara
prices-change-after = Després
prices-change-do =
    { $count ->
        [one] Canvia { $count } preu
       *[other] Canvia { $count } preus
    }
prices-change-nothing = No canviaria cap preu.
prices-changed = Preus canviats
prices-changed-count =
    { $count ->
        [one] S’ha canviat { $count } preu: { $percent }.
       *[other] S’han canviat { $count } preus: { $percent }.
    }
prices-changed-same =
    { $count ->
        [one] { $count } ha quedat igual en arrodonir.
       *[other] { $count } han quedat igual en arrodonir.
    }
prices-changed-left =
    { $count ->
        [one] { $count } no s’ha canviat, perquè algú altre hi treballava alhora.
       *[other] { $count } no s’han canviat, perquè algú altre hi treballava alhora.
    }
prices-to-book = Torna a la tarifa
prices-export = Exporta
prices-import = Importa una llista
prices-import-title = Importa preus a { $book }
prices-import-intro = Un fitxer CSV o de full de càlcul amb aquestes columnes, en qualsevol ordre: codi, nom, des de quantitat, preu, des del, fins al, moneda. Calen el codi i el preu.
prices-import-file = Fitxer
prices-import-check = Comprova el fitxer
prices-import-checked = Comprovació de { $file }
prices-import-checked-text = Encara no s’ha desat res.
prices-import-done = Importació feta
prices-import-rows = Files
prices-import-new = Preus nous
prices-import-changed = Preus que canvien
prices-import-same = Com ja eren
prices-import-bad = Files amb problemes
prices-import-bad-text = Aquestes files no entren. Corregiu-les al fitxer i torneu a importar-lo: les que ja hagin entrat no es repetiran.
prices-import-bad-more = I { $count } files més amb problemes.
prices-import-row = Fila
prices-import-problem = Què passa
prices-import-do =
    { $count ->
        [one] Desa { $count } preu
       *[other] Desa { $count } preus
    }
prices-import-other = Tria un altre fitxer
prices-import-nothing = No hi ha res per desar.
prices-card = Preus a les tarifes
prices-card-none = Cap tarifa té preu d’aquest producte.
prices-card-from = Des de { $quantity }
bundles-title = Què hi ha al lot
bundles-part = { $quantity } × { $name }
bundles-apart = Per separat
bundles-own = Preu del lot
bundles-difference = Diferència
bundles-cost = Cost dels components
bundles-unknown = No se sap: algun component no en té
records-delete-used-product = No es pot suprimir: hi ha preus, lots o altres registres que l’anomenen. Arxiveu-lo: deixa de sortir a les llistes i tot es conserva.
records-group-bundle = Lot
notices-price-removed = S’ha tret el preu.
problem-price-dates = L’últim dia és abans del primer
problem-price-past = Ja s’hauria acabat: aquest dia és passat
problem-price-twice = Ja hi ha un preu d’aquest producte des d’aquesta quantitat i aquest dia: canvieu aquell
problem-price-twice-in-file = El mateix preu és també a la fila { $detail }
problem-price-tax-missing = Cal un tipus d’impost: poseu-lo a la fitxa del producte
problem-price-code-unknown = No hi ha cap producte amb el codi «{ $detail }»
problem-price-currency = La moneda no és la de la tarifa: { $detail }
problem-price-no-code-column = Falta la columna del codi del producte: «Codi»
problem-price-no-price-column = Falta la columna del preu: «Preu»
problem-price-too-many = En són massa alhora: com a molt { $detail }
problem-price-percent = Escriviu un percentatge entre -99 i 1000 que no sigui 0, amb tres decimals com a molt
problem-price-changed = Mentrestant hi ha hagut canvis: ara en són { $detail }. Torneu-ho a mirar
problem-book-currency-used = La tarifa té preus en { $detail }: no se’n pot canviar la moneda. Feu-ne una altra
problem-product-in-use = No es pot suprimir: hi ha preus, lots o altres registres que l’anomenen. Arxiveu-lo
problem-components-of-bundle = Només els lots tenen components: canvieu el tipus a «Lot» o traieu-los
problem-component-self = Un lot no es pot contenir a si mateix
problem-component-twice = Aquest producte ja hi és: canvieu-ne la quantitat
problem-component-bundle = Un lot no pot contenir un altre lot: poseu-hi els seus components
problem-component-quantity = La quantitat ha de ser més gran que 0
problem-bundle-in-bundle = És component d’un lot: no pot ser un lot
entity-price-title = Preus
entity-price-one = Preu
entity-field-price-book = Tarifa
entity-field-components = Components
entity-list-components = Components del lot
entity-list-components-product = Component
entity-list-components-quantity = Quantitat
audit-kind-price-book = Tarifa
audit-kind-price = Preu
audit-field-price-book-from = Primer dia
audit-field-price-book-until = Últim dia
audit-field-price-book = Tarifa
audit-field-price-product = Producte
audit-field-price-from-quantity = Des de quantitat
audit-field-price-unit-price = Preu per unitat
audit-field-price-from = Des del dia
audit-field-price-until = Fins al dia
prices-event-created =
    { $by ->
        [nobody] Preu nou a { $book }: { $price }
       *[person] { $who } ha posat un preu a { $book }: { $price }
    }
prices-event-changed =
    { $by ->
        [nobody] Ha canviat un preu a { $book }: { $price }
       *[person] { $who } ha canviat un preu a { $book }: { $price }
    }
prices-event-removed =
    { $by ->
        [nobody] Preu tret de { $book }
       *[person] { $who } ha tret un preu de { $book }
    }
