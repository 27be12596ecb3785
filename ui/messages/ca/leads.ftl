# Leads
leads-title = Clients potencials
leads-total = { $count } en total
leads-total-more = Més de { $count }
leads-total-at-least = Com a mínim { $count } amb aquests filtres
leads-total-filtered = { $count } amb aquests filtres
leads-new = Nou client potencial
leads-import = Importa
leads-import-file = Importa un fitxer
leads-export = Exporta a { $format }
leads-filters = Filtres
leads-column-name = Nom
leads-created-from = Creat des del
leads-created-to = Creat fins al
leads-status-any = Tots els estats
leads-source-any = Tots els orígens
leads-source-unknown = No se sap
leads-owner-anyone = Qualsevol
leads-owner-me = Jo
leads-owner-nobody = Sense responsable
leads-owner-unknown = Persona desconeguda
leads-chip-status = Estat: { $value }
leads-chip-owner = Responsable: { $value }
leads-chip-source = Origen: { $value }
leads-chip-from = Des del { $value }
leads-chip-to = Fins al { $value }
leads-more = Mostra’n més
leads-end = Ja no n’hi ha més.
leads-to-top = Torna al principi
leads-layout = Columnes i grups
leads-layout-apply = Mostra-ho així
leads-columns = Columnes
leads-group = Agrupa per
leads-group-none = sense agrupar
leads-group-all =
    { $count ->
        [one] Mostra’l
       *[other] Mostra’ls tots { $count }
    }
leads-group-empty = Sense valor
leads-groups-partly = La llista és molt llarga: els grups compten només la primera part. Filtreu-la per veure’n totals exactes.
leads-none-filtered-title = Cap resultat amb aquests filtres
leads-none-filtered-text = Traieu algun filtre o netegeu-los tots per veure més clients potencials.
leads-none-yet-text = Fins aquí no n’hi ha cap. Continueu buscant més avall o traieu algun filtre.
leads-none-title = Encara no hi ha cap client potencial
leads-none-text = Creeu-ne un a mà o importeu un full de càlcul amb els que ja teniu.
leads-none-mine-text = Quan us n’assignin un, el veureu aquí.

leads-field-name = Nom i cognoms
leads-notice-deleted = S’ha suprimit el client potencial.
leads-notice-assigned = S’ha canviat el responsable.
leads-new-title = Nou client potencial
leads-edit-title = Edita: { $title }
leads-create = Crea
leads-save = Desa
leads-save-mine = Desa els meus valors
leads-cancel = Cancel·la
leads-group-who = Qui és
leads-group-who-hint = Cal el nom d’una persona o el d’una empresa. Tota la resta és opcional.
leads-group-contact = Contacte
leads-group-address = Adreça
leads-group-interest = Interès i import
leads-group-notes = Observacions
leads-hint-tax-id = NIF, NIE, CIF, NRT o IVA intracomunitari
leads-hint-phone = Amb prefix si no és d’aquí: +33 4 68 12 34 56
leads-hint-email = Per exemple, nom@empresa.cat
leads-hint-zone = Comarca o territori comercial. Si és buida, la del codi postal segons la llista de zones
leads-hint-country = Nom o codi de dues lletres: ES, AD, FR
leads-hint-interest = Quin producte o servei busca
leads-hint-amount = Sense impostos. Per exemple, 1.234,50
leads-hint-external-key = Codi d’aquest client potencial en un altre programa
leads-hint-description = Com ha arribat, què necessita, per a quan
leads-conflict-title = Valors que no coincideixen
leads-conflict-text = Algú ha canviat aquest client potencial mentre l’editàveu. No s’ha desat res encara. El formulari conserva el que heu escrit: reviseu-lo i deseu-lo de nou.
leads-conflict-field = Camp
leads-conflict-theirs = Valor desat ara
leads-conflict-yours = El vostre valor

leads-edit = Edita
leads-more-actions = Més accions
leads-delete-link = Suprimeix…
leads-reach = Contacta-hi
leads-call = Truca
leads-write = Escriu
leads-map = Mapa
leads-first-response = Primera resposta
leads-waiting-since = pendent ({ $when })
leads-discarded-because = S’ha descartat: { $reason }
leads-next-step = Pròxim pas
leads-mark-as = Marca’l com a
leads-reopen-as = Reobre’l com a
leads-is-converted = Ja és client: no hi ha cap pas pendent.
leads-was-converted-elsewhere = Ja era client en un altre programa i no porta a cap empresa d’aquí. Per convertir-lo aquí, reobriu-lo abans.
leads-discard = Descarta…
leads-discard-hint = El motiu es veu a la fitxa i es pot comptar als informes.
leads-discard-choose = Trieu-ne un
leads-discard-other = Un altre motiu
leads-discard-note = Detall
leads-discard-note-hint = Si el motiu no és a la llista, escriviu-lo aquí. Si ho és, això es desa com a nota.
leads-discard-do = Descarta
leads-assign = Assigna a algú altre…
leads-assign-to = Nou responsable
leads-person-away = { $name } (fora fins al { $day })
leads-assign-do = Assigna
leads-note-label = Nota
leads-note-hint = Què s’ha parlat i què heu quedat de fer
leads-note-do = Afegeix la nota
leads-history = Historial
leads-history-older = Mostra els anteriors
leads-history-newest = Torna als més recents
leads-history-none = No hi ha res més antic.
leads-no-contact = No hi ha cap dada de contacte. Editeu la fitxa per afegir-ne.
leads-details = Detalls
leads-created-at = Creat
leads-updated-at = Última modificació
leads-assigned-at = Assignat
leads-delete-title = Voleu suprimir «{ $title }»?
leads-delete-text =
    { $count ->
        [0] Se suprimirà la fitxa. No es pot desfer.
        [one] Se suprimirà la fitxa i la nota que té. No es pot desfer.
       *[other] Se suprimirà la fitxa i les { $count } notes que té. No es pot desfer.
    }
leads-delete-instead = Si només no us interessa seguir-lo, descarteu-lo: continuarà comptant als informes.
leads-delete = Suprimeix

leads-why-title = Per què { $owner }?
leads-why-nobody-title = Per què no té responsable?
leads-why-plugin = Ho ha decidit l’extensió { $name } { $version }.
leads-why-turn = Li tocava per torns: torn { $turn } de l’equip «{ $team }».
leads-why-person = Assignació a mà, feta per { $by }.
leads-why-somebody = Assignació feta a mà.
leads-why-import = Ho deia el fitxer d’una importació.
leads-why-nobody = Ningú de l’equip no rebia clients potencials en aquell moment.
leads-why-tried = Què s’havia provat abans
leads-why-candidates =
    { $count ->
        [0] No hi havia cap persona disponible.
        [one] Hi havia una persona disponible.
       *[other] Hi havia { $count } persones disponibles.
    }
leads-outcome-skipped = no hi tenia res a dir.
leads-outcome-queued = l’ha deixat en cua.
leads-outcome-paused = estava en pausa per massa errors.
leads-outcome-off = estava desactivada.
leads-outcome-gone = no s’ha trobat o no s’ha pogut carregar.
leads-outcome-timeout = s’ha aturat perquè trigava massa.
leads-outcome-memory = s’ha aturat perquè feia servir massa memòria.
leads-outcome-trap = ha fallat.
leads-outcome-unknown-person = ha triat algú que no era entre les persones disponibles.
leads-outcome-plugin = ha donat un error.
leads-outcome-bad-output = ha respost una cosa que no s’entén.
leads-outcome-denied = ha demanat una cosa que no té permesa.
leads-outcome-other = no ha pogut decidir ({ $code }).

leads-way-api = { $time } · per l’API
leads-way-form = { $time } · per un formulari web
leads-way-system = { $time } · automàticament
leads-event-created =
    { $by ->
        [person] { $who } ha creat el client potencial
       *[nobody] S’ha creat el client potencial
    }
leads-event-created-for =
    { $by ->
        [person] { $who } ha creat el client potencial; responsable: { $owner }
       *[nobody] S’ha creat el client potencial; responsable: { $owner }
    }
leads-event-status =
    { $by ->
        [person] { $who } ha canviat l’estat: { $from } → { $to }
       *[nobody] Ha canviat l’estat: { $from } → { $to }
    }
leads-event-owner =
    { $by ->
        [person] { $who } l’ha assignat a { $owner }
       *[nobody] S’ha assignat a { $owner }
    }
leads-event-no-owner =
    { $by ->
        [person] { $who } l’ha deixat sense responsable
       *[nobody] Ha quedat sense responsable
    }
leads-event-changed =
    { $by ->
        [person] { $who } n’ha canviat dades
       *[nobody] Se n’han canviat dades
    }
leads-event-note =
    { $by ->
        [person] Nota de { $who }
       *[nobody] Nota
    }
leads-event-note-deleted =
    { $by ->
        [person] { $who } n’ha suprimit una nota
       *[nobody] Se n’ha suprimit una nota
    }
leads-event-deleted =
    { $by ->
        [person] { $who } l’ha suprimit
       *[nobody] S’ha suprimit
    }

problem-country-form = No es reconeix el país «{ $detail }»: escriviu-ne el nom o el codi de dues lletres, com ES o AD
problem-record-too-big = La fitxa és massa llarga: escurceu les observacions i afegiu-ne la resta com a notes
problem-cursor = Aquesta adreça de la llista ja no val: torneu al principi
problem-role-above-user = El rol no pot ser superior al de la persona: trieu-ne un altre
problem-plugin-refused = L’extensió no s’ha acceptat: { $detail }
problem-plugin-says = L’extensió no hi pot treballar: { $detail }
leads-field-archived = Arxivat
leads-archive = Arxiva
leads-restore = Restaura
leads-archived-text = Aquest client potencial és a l’arxiu: no surt a les llistes si el filtre no demana els arxivats.
leads-notice-archived = S’ha arxivat el client potencial.
leads-notice-restored = S’ha restaurat el client potencial.
leads-why-rule = Ho ha decidit la regla «{ $rule }»: { $strategy }.
leads-why-rule-fallback = Regla «{ $rule }»: ningú del grup no podia rebre’l i va a qui diu la regla.
leads-why-default-owner = Cap regla no hi escau: el rep qui té assignat tot el que queda.
