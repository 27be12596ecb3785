entity-document-title = Documents
entity-document-one = Document
entity-document-new = Enllaç nou a un document
entity-document-none-title = Encara no hi ha cap document
entity-document-none-text = Pugeu fitxers des de la pàgina d’una empresa, un contacte, una oportunitat o un client potencial, o afegiu-hi l’enllaç d’un document que és en un altre lloc.
entity-document-field-title = Títol
entity-document-field-category = Categoria
entity-document-field-valid-until = Vàlid fins al
entity-document-field-company = Empresa
entity-document-field-contact = Contacte
entity-document-field-opportunity = Oportunitat
entity-document-field-lead = Client potencial
entity-document-field-url = Enllaç
entity-document-field-origin = Origen
entity-document-field-revision = Versió
entity-document-field-file-name = Fitxer
entity-document-field-media-type = Tipus de fitxer
entity-document-field-size-bytes = Mida en bytes
entity-document-field-change-note = Què canvia
entity-document-origin-inserted = Fitxer pujat
entity-document-origin-linked = Enllaç
audit-kind-document = Document
audit-kind-document-version = Versió d’un document
activities-compose-file = Fitxer
activities-show-files = Fitxers
documents-view-expiring = Caducats o a punt
documents-title = Documents
documents-none = Encara no hi ha cap document.
documents-add = Puja fitxers
documents-add-link = Afegeix un enllaç
documents-add-do = Puja
documents-version = versió { $number }
documents-open = Obre
documents-download = Baixa
documents-expired = Va caducar el { $day }
documents-expiring = Caduca el { $day }
documents-list-expired = { $day } · caducat
documents-list-expiring = { $day } · a punt de caducar
documents-where = On és
documents-versions = Versions
documents-new-version = Versió nova
documents-new-version-do = Puja la versió
documents-file = Fitxer
documents-file-hint = Fins a 25 MB. Les versions anteriors es conserven.
documents-files = Fitxers
documents-files-hint = Fins a deu fitxers alhora, de 25 MB cadascun.
documents-field-title = Títol
documents-field-title-hint = Si pugeu més d’un fitxer, cadascun es diu com el seu fitxer.
documents-change-note = Què canvia
documents-notice-added = Fitxers desats.
documents-notice-renewed = Versió nova desada.
problem-document-empty = El fitxer «{ $detail }» és buit
problem-document-program = «{ $detail }» és un programa o s’obre com si ho fos: no es pot desar
problem-document-page = «{ $detail }» és una pàgina web o un dibuix que pot executar coses: deseu-lo com a PDF
problem-document-other = El contingut de «{ $detail }» no és el que diu el seu nom
problem-document-linked = Aquest document és un enllaç i no té versions
problem-document-file = Aquest document és un fitxer i no té enllaç
problem-document-versions = Ja té { $detail } versions: pugeu-lo com a document nou
problem-document-same = És el mateix fitxer que la versió { $detail }: no ha canviat res
problem-document-stale = Algú ha canviat aquest document o n’ha pujat una versió mentre el teníeu obert. Ara el veieu tal com està: si encara cal la vostra, torneu a triar el fitxer
problem-document-about = Digueu a qui pertany: una empresa, un contacte, una oportunitat o un client potencial
problem-document-denied = No podeu afegir documents a aquesta fitxa
documents-event-added =
    { $by ->
        [person] { $who } ha afegit el document «{ $title }»
       *[nobody] S’ha afegit el document «{ $title }»
    }
documents-event-renewed =
    { $by ->
        [person] { $who } ha pujat una versió nova de «{ $title }»
       *[nobody] Hi ha una versió nova de «{ $title }»
    }
documents-event-changed =
    { $by ->
        [person] { $who } ha canviat el document «{ $title }»
       *[nobody] S’ha canviat el document «{ $title }»
    }
documents-event-deleted =
    { $by ->
        [person] { $who } ha suprimit el document «{ $title }»
       *[nobody] S’ha suprimit el document «{ $title }»
    }
documents-type-calendar = Calendari
documents-type-email = Correu electrònic
documents-type-other = Un altre tipus de fitxer
documents-type-image = Imatge
documents-type-text = Text
