# Protecció de dades
privacy-title = Protecció de dades
privacy-settings-text = Tot el que es té d’una persona, per lliurar-li o per esborrar-la.
privacy-intro = Busqueu una persona per lliurar-li el que se’n té, o per esborrar qui és sense perdre els comptes.
privacy-q = Correu electrònic, telèfon, NIF o nom
privacy-q-hint = El correu, el telèfon o el NIF, sencers; o el nom
privacy-find = Busca
privacy-none-title = No se’n té res
privacy-none-text = Cap client potencial, contacte ni empresa no té aquest correu, telèfon, NIF o nom. El que s’acaba de desar pot trigar uns segons a sortir.
privacy-download = Baixa-ho tot (JSON)
privacy-results = El que se té d’aquesta persona
privacy-record = Fitxa
privacy-since = Des de
privacy-notes = Notes
privacy-file = Fitxer importat
privacy-actions = Accions
privacy-erase = Esborra
privacy-erase-title = Esborrar «{ $name }»
privacy-erase-intro = No es pot desfer. Llegiu què passarà.
privacy-goes = Què s’esborra
privacy-goes-fields = El nom, l’empresa, el NIF, el correu, els telèfons, les adreces, el web, la data de naixement, els textos i tots els camps propis. Al lloc dels noms hi dirà «[esborrat]».
privacy-goes-journal = El mateix al registre d’auditoria: els valors d’abans i de després de cada canvi.
privacy-goes-file = El fitxer importat «{ $file }», sencer; ja no se’n podran baixar les files amb errors.
privacy-stays = Què queda
privacy-stays-books = L’estat, les dates, l’import, l’origen, la població i de qui era, perquè els informes quadrin.
privacy-stays-log = Que algú ho va esborrar i quan, sense dir qui era.
privacy-stays-backups = Les còpies de seguretat fetes abans, i restes als fitxers de la base de dades fins que s’exporta i s’importa en una carpeta nova.
privacy-typed = Per confirmar-ho, escriviu «{ $name }»
privacy-erase-now = Esborra-ho per sempre
privacy-cancel = Cancel·la
privacy-erasures = Què s’ha esborrat
privacy-erasures-none = Encara no s’ha esborrat ningú.
privacy-erasure = { $who } va esborrar una persona el { $when }
privacy-erasure-pending = El registre d’auditoria s’està netejant en segon pla; un reinici no ho atura.
privacy-notice-erased = S’ha esborrat qui era; el registre d’auditoria continua en segon pla. Els comptes queden com estaven.
privacy-erasure-of = Amb { $notes } notes i { $files } fitxers
privacy-found =
    { $count ->
        [one] S’ha trobat { $count } fitxa
       *[other] S’han trobat { $count } fitxes
    }
privacy-goes-notes =
    { $count ->
        [one] El text de { $count } nota.
       *[other] El text de { $count } notes.
    }
problem-person-form = Escriviu un correu electrònic, un telèfon o un NIF sencers, o el nom.
problem-erase-name = Escriviu exactament «{ $detail }».
privacy-download-pdf = Baixa-ho tot (PDF)
privacy-download-zip = Baixa-ho amb els documents (ZIP)
privacy-paper-title = Què es guarda de vós
privacy-paper-asked = Per a qui té «{ $asked }».
privacy-paper-holds =
    { $count ->
        [one] { $company } guarda { $count } fitxa sobre aquesta persona. Aquí hi ha tot el que conté i tots els canvis que hi ha hagut.
       *[other] { $company } guarda { $count } fitxes sobre aquesta persona. Aquí hi ha tot el que contenen i tots els canvis que hi ha hagut.
    }
privacy-paper-import = Va arribar amb el fitxer
privacy-paper-changes = Què ha passat
privacy-look-deleted = Cerca també entre les fitxes suprimides
privacy-deleted = Fitxes suprimides
privacy-deleted-none = Cap fitxa suprimida no ho té.
privacy-deleted-at = Suprimit el { $when }; el registre d’auditoria encara diu qui era
privacy-stays-search = A l’índex de cerca, les paraules fins que s’endreci, cosa que fa tot sol; ningú no les pot trobar.
privacy-same-name = Potser no són la mateixa persona: baixeu o esborreu cada fitxa per separat, després de comprovar qui és.
problem-person-only-name = Un nom pot ser de més d’una persona: baixeu cada fitxa per separat.
privacy-goes-opportunities =
    { $count ->
        [one] El nom i la descripció de { $count } oportunitat que només és seva.
       *[other] El nom i la descripció de { $count } oportunitats que només són seves.
    }
privacy-goes-documents =
    { $count ->
        [one] { $count } document, amb els seus fitxers, si no pertany a ningú més.
       *[other] { $count } documents, amb els seus fitxers, si no pertanyen a ningú més.
    }
privacy-goes-quotes =
    { $count ->
        [one] A qui s’adreçava { $count } pressupost, què s’hi va escriure i què s’hi va respondre; i el seu nom, si en té el de la persona.
       *[other] A qui s’adreçaven { $count } pressupostos, què s’hi va escriure i què s’hi va respondre; i el nom dels que en tenen el de la persona.
    }
privacy-unconfirmed = Enviat per un formulari web i no confirmat
privacy-unconfirmed-text = Encara no és cap client potencial, i se suprimeix sol set dies després d’haver-se enviat.
privacy-unconfirmed-forget = Oblida-ho ara
privacy-notice-unconfirmed = El que es va enviar s’ha oblidat; l’enllaç del correu ja no funciona.
privacy-quotes = Pressupostos que va rebre o acceptar
privacy-quotes-text = Van anar a aquesta adreça o els va acceptar algú amb aquest nom. En esborrar-ho se’n va també la signatura dibuixada, i queda el que s’oferia i que es va acceptar.
privacy-questions = Preguntes que va fer
privacy-questions-text = Qui té aquest nom va preguntar sobre un pressupost a la seva pàgina, o la pregunta diu aquest correu, telèfon o NIF. En esborrar-ho, queda que algú va preguntar i quan.
privacy-goes-question = El nom de qui va preguntar, i la pregunta.
