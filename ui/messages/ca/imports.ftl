# Imports
imports-title = Importacions
imports-notice-started = La importació ha començat.
imports-new = Importa un fitxer
imports-new-title = Importa un fitxer
imports-page-title = Importació: { $file }
imports-none-title = Encara no s’ha importat res
imports-none-text = Pugeu un full de càlcul amb clients potencials, empreses, contactes, productes, oportunitats o activitats. Abans de desar res, en veureu una simulació.
imports-order = Si teniu més d’un fitxer, importeu primer les empreses; després, els contactes, els productes i els clients potencials; tot seguit, les oportunitats, i al final, les activitats. Els contactes s’enllacen amb empreses; les oportunitats, amb empreses i contactes; les activitats, amb tots ells.
imports-file = Fitxer
imports-file-hint = CSV, XLSX, ODS, XLS o targetes VCF. Els noms de les columnes solen ser a la primera fila; si no, tot seguit podreu dir en quina són.
imports-limits = Fins a { $size }, { $rows } files i { $columns } columnes. El separador i la codificació dels CSV es detecten sols.
imports-upload = Puja el fitxer
imports-back = Torna a les importacions
imports-next-title = Què passarà després
imports-next-columns = Trieu a quin camp va cada columna; la majoria ja hi surten triats.
imports-next-check = Se simula amb totes les files, sense desar res, i veieu què falla i per què.
imports-next-run = En començar, es creen o s’actualitzen els registres; els clients potencials s’assignen sols. Podeu tancar la pàgina: continua sola.
imports-next-result = Al final podeu baixar les files que han fallat, amb el motiu. I, si cal, podeu desfer tota la importació.
imports-step-file = Fitxer
imports-step-columns = Columnes
imports-step-check = Simulació
imports-step-run = Importació
imports-step-result = Resultat
imports-state = Estat
imports-state-uploaded = per revisar
imports-state-checking = simulant
imports-state-checked = simulada
imports-state-running = en curs
imports-state-done = completada
imports-state-done-with-errors = completada amb errors
imports-state-cancelled = cancel·lada
imports-state-failed = aturada
imports-rows = Files
imports-good = Correctes
imports-bad = Amb errors
imports-list-in =
    { $count ->
        [0] no n’ha entrat cap
        [one] n’ha entrat 1
       *[other] n’han entrat { $count }
    }
imports-list-undone = desfets: { $count }
imports-list-left = encara hi són: { $count }
imports-by = Pujat per
imports-when = Quan
imports-progress = Progrés
imports-rows-count =
    { $count ->
        [one] { $count } fila
       *[other] { $count } files
    }
imports-tab = tabulador
imports-separator = separador { $separator }
imports-columns-title = Columnes del fitxer
imports-columns-matched-first = En obrir la pàgina: { $matched } de { $total } triades
imports-columns-matched = { $matched } de { $total } triades
imports-columns-hint = Les que deixeu en «No la importis» no es llegeixen. Diverses columnes poden anar a Observacions. Les cel·les buides no esborren res.
imports-column-header = Columna
imports-column-samples = Valors d’exemple
imports-column-target = Va al camp
imports-column-empty = sense valors
imports-column-unnamed = Columna { $number }, sense nom
imports-column-skip = No la importis
imports-check = Simula la importació
imports-checking = S’estan comprovant totes les files
imports-checking-hint = Encara no es desa res. Podeu tancar aquesta pàgina i tornar-hi més tard.
imports-running = S’estan important les files
imports-running-hint = Podeu tancar aquesta pàgina: la importació continua. Si l’atureu, les files que ja han entrat es queden.
imports-see-result = Mostra’n el resultat
imports-cancel = Cancel·la la importació
imports-stop = Atura la importació
imports-delete = Suprimeix
imports-delete-text = Se suprimeix amb el fitxer i amb el que hi heu triat i corregit. No s’ha desat cap registre.
imports-notice-deleted = La importació i el seu fitxer s’han suprimit.
imports-actions = Accions
imports-checked-text =
    { $count ->
        [0] Totes les files són correctes. Encara no s’ha desat res.
        [one] Encara no s’ha desat res. Si comenceu ara, la fila amb errors quedarà fora; la podreu baixar amb el motiu.
       *[other] Encara no s’ha desat res. Si comenceu ara, les { $count } files amb errors quedaran fora; les podreu baixar amb el motiu.
    }
imports-checked-no-errors = Cap fila no té errors. Encara no s’ha desat res.
imports-checked-duplicates =
    { $count ->
        [one] { $count } fila queda fora, com a duplicada.
       *[other] { $count } files queden fora, com a duplicades.
    }
imports-card = Targeta
imports-none-new = Totes les files hi són ja: no n’entra cap.
imports-none-good = Cap fila no pot entrar tal com està. Reviseu les columnes o corregiu el fitxer.
imports-none-good-values = Cap fila no pot entrar tal com està. Corregiu els valors que trobareu més avall, reviseu les columnes o corregiu el fitxer.
imports-start =
    { $count ->
        [one] Importa { $count } fila
       *[other] Importa { $count } files
    }
imports-change-columns = Canvia les columnes
imports-failed-rows = Baixa les files amb errors
imports-done =
    { $count ->
        [one] Ha entrat una fila.
       *[other] Han entrat totes les files: { $count }.
    }
imports-done-with-errors =
    { $count ->
        [one] Ha quedat fora una fila. Baixeu-la amb el motiu, corregiu-la i torneu-la a importar.
       *[other] Han quedat fora { $count } files. Baixeu-les amb el motiu, corregiu-les i torneu-les a importar.
    }
imports-cancelled-before = La importació s’ha cancel·lat abans de començar. No s’ha desat cap fila.
imports-cancelled-after =
    { $count ->
        [one] La importació s’ha aturat. S’ha quedat la fila que ja havia entrat.
       *[other] La importació s’ha aturat. S’han quedat les { $count } files que ja havien entrat.
    }
imports-failed = La importació s’ha aturat per un error del sistema ({ $code }). Aviseu l’administració.
imports-again = Importa un altre fitxer
imports-problems-title = Files amb errors
imports-problems-shown = les { $shown } primeres de { $total }
imports-row = Fila
imports-row-name = Nom
imports-done-left-out = Han quedat fora { $count } files (amb errors: { $bad }; duplicades: { $duplicates }). Baixeu les que tenen errors, amb el motiu, corregiu-les i torneu-les a importar.
imports-problems = Què hi passa
imports-source-unknown = «{ $source }» no és cap origen de l’empresa
imports-reason = Motiu
imports-notice-undoing = La importació s’està desfent.
imports-notice-columns-anew = El fitxer té ara unes altres columnes: reviseu-ne la correspondència, que ha tornat a començar.
imports-notice-template-saved = La plantilla s’ha desat.
imports-notice-template-deleted = La plantilla s’ha suprimit.
imports-entity = Què hi ha a les files
imports-entity-lead = Client potencial
imports-entity-leads = Clients potencials
imports-like = Es farà servir la mateixa correspondència de columnes que a { $file }.
imports-program = Sembla un fitxer exportat amb { $program }: les columnes ja hi surten triades. Les claus es desen amb el nom del programa, perquè cap registre d’un altre programa no s’hi confongui.
imports-state-paused = en pausa
imports-state-undoing = desfent
imports-state-undone = desfeta
imports-created = Noves
imports-updated = Actualitzades
imports-unchanged = Sense canvis
imports-duplicates = Duplicades
imports-templates-title = Plantilles desades
imports-template = Plantilla
imports-template-use = Aplica la plantilla
imports-template-delete = Suprimeix «{ $name }»
imports-template-delete-text = Ningú més no la podrà fer servir. Les importacions fetes amb aquesta plantilla no canvien.
imports-template-use-hint = El que ja hàgiu triat a les columnes de les quals la plantilla no diu res es queda.
imports-template-save-title = Desa la correspondència com a plantilla
imports-template-name = Nom de la plantilla
imports-template-hint = El pròxim fitxer amb les mateixes columnes l’agafarà sol.
imports-template-save = Desa la plantilla
imports-creates = { $entity }: crea les fitxes que no hi siguin
imports-dates-of = Com s’escriuen les dates de { $column }
imports-dates-day = Dia primer: 31/12/2026
imports-dates-month = Mes primer: 12/31/2026
imports-dates-year = Any primer: 2026-12-31
imports-numbers-of = Com s’escriuen els nombres de { $column }
imports-numbers-comma = Coma decimal: 1.234,5
imports-numbers-point = Punt decimal: 1,234.5
imports-known-title = Files que ja hi són
imports-match = Es reconeixen per
imports-match-hint = El camp que diu quin registre és cada fila
imports-match-none = Res: totes les files són noves
imports-match-title = El nom
imports-mode = Què se’n fa
imports-mode-create = Crea les noves; les que ja hi són queden fora
imports-mode-update = Actualitza les que ja hi són; les noves queden fora
imports-mode-both = Crea les noves i actualitza les que ja hi són
imports-double = Les noves que segur que ja hi són
imports-double-hint = Una empresa amb el mateix NIF; un contacte o un client potencial obert amb el mateix NIF o el mateix correu. També dins del fitxer.
imports-double-skip = Queden fora, com a duplicades
imports-double-create = Entren; la simulació diu quines són
imports-given-title = Valors per defecte
imports-given-hint = Per a quan la cel·la és buida o no hi ha columna. El nom d’una columna entre claus, com {"{"}Producte{"}"}, en posa el valor.
imports-given-field = Camp { $number }
imports-given-text = Valor { $number }
imports-given-none = Cap
imports-values-title = Valors per corregir
imports-values-hint = El que digueu val per a totes les files; el fitxer no canvia.
imports-values-value = Valor del fitxer
imports-values-missing = (buit)
imports-values-near = Potser: { $names }
imports-values-deed = Què se’n fa
imports-values-to = Canvia per
imports-values-leave = Deixa-ho com a error
imports-values-replace = Canvia-ho
imports-values-empty = Deixa el camp buit
imports-values-create = Crea: { $entity }
imports-values-add = Afegeix-lo a les opcions
imports-values-ask = Si ha de ser una opció, demaneu-ho a qui configura l’empresa: la pot afegir a la llista.
imports-values-choose = Trieu-ne un
imports-values-no-options = Encara no hi ha cap opció
imports-people-all = { $field }: tots els desconeguts ({ $count })
imports-people-each = Un per un, com s’indica a sota
imports-owners-nobody = Ningú
imports-owners-rules = Ningú: ho decideixen les regles d’assignació
imports-owners-me = Jo ({ $name })
imports-people-hint = Val per a totes les persones d’aquest camp de les quals no es diu res a sota.
imports-values-save = Corregeix i torna a simular
imports-mended =
    { $count ->
        [one] Un valor corregit
       *[other] { $count } valors corregits
    }
imports-mended-created = es crea
imports-mended-undo = Deixa-ho com al fitxer
imports-new-records = També es crearan: { $entity } ({ $count }).
imports-alike =
    { $count ->
        [one] { $count } fila nova s’assembla a una fitxa que ja hi és o a una altra fila
       *[other] { $count } files noves s’assemblen a fitxes que ja hi són o a altres files
    }
imports-alike-title = Files que s’assemblen a fitxes que ja hi són o a altres files
imports-alike-text = Entren. Si són la mateixa fitxa, les podreu fusionar després a «Duplicats», o les podeu treure del fitxer.
imports-alike-record = S’assembla a
imports-alike-why = Per què
imports-template-applied = S’ha aplicat la plantilla «{ $name }».
imports-template-without = No la facis servir
imports-read-as = El fitxer s’ha llegit així: { $how }. Canvia-ho
imports-read-of-sheet = full «{ $sheet }», d’entre { $count }: { $names }
imports-columns-beyond =
    { $count ->
        [one] Les dades tenen { $count } columna sense capçalera, a la dreta de l’última que en té: no entra. Si les capçaleres són en una altra fila, digueu en quina.
       *[other] Les dades tenen { $count } columnes sense capçalera, a la dreta de l’última que en té: no entren. Si les capçaleres són en una altra fila, digueu en quina.
    }
imports-read-of-row = capçaleres a la fila { $row }
imports-read-hint = Si les lletres es veuen malament, si les dades són en un altre full o si hi ha títols damunt de les capçaleres, trieu-ho aquí. Si les columnes resulten diferents, la correspondència torna a començar; el que hàgiu triat sobre les files que ja hi són es queda.
imports-read-encoding = Codificació
imports-read-sheet = Full
imports-read-header-row = Fila de les capçaleres
imports-read-again = Torna a llegir el fitxer
imports-taken-apart =
    { $count ->
        [one] { $count } fila té més d’un telèfon o correu en una cel·la, o hi té paraules: el primer és el de la fitxa, els altres van a la seva llista o, amb les paraules, a les observacions. La primera: «{ $first }».
       *[other] { $count } files tenen més d’un telèfon o correu en una cel·la, o hi tenen paraules: el primer és el de la fitxa, els altres van a la seva llista o, amb les paraules, a les observacions. La primera: «{ $first }».
    }
imports-postcodes =
    { $count ->
        [one] Un codi postal havia perdut el zero del davant i es corregeix.
       *[other] { $count } codis postals havien perdut el zero del davant i es corregeixen.
    }
imports-postcodes-first = El primer: { $postcode } → 0{ $postcode }.
imports-way = en una importació
imports-converted =
    { $count ->
        [one] Un client potencial entra com a convertit: no porta a cap empresa, contacte ni oportunitat, perquè el fitxer no diu quins són.
       *[other] { $count } clients potencials entren com a convertits: no porten a cap empresa, contacte ni oportunitat, perquè el fitxer no diu quins són.
    }
imports-without-owner =
    { $count ->
        [one] Una fila nova no diu de qui és, o és de ningú: quedarà sense responsable.
       *[other] { $count } files noves no diuen de qui són, o són de ningú: quedaran sense responsable.
    }
imports-handed-out =
    { $count ->
        [one] Un client potencial nou no té responsable: el decideixen les regles d’assignació.
       *[other] { $count } clients potencials nous no tenen responsable: el decideixen les regles d’assignació.
    }
imports-passed-over =
    { $count ->
        [one] El responsable del fitxer no es té en compte en una fila («{ $first }»): no podeu donar clients potencials a altres persones.
       *[other] El responsable del fitxer no es té en compte en { $count } files (la primera diu «{ $first }»): no podeu donar clients potencials a altres persones.
    }
imports-are-importers = El fitxer no diu de qui són els registres nous: seran de qui fa la importació.
imports-left-out =
    { $count ->
        [one] Una columna amb dades no entra: { $columns }.
       *[other] { $count } columnes amb dades no entren: { $columns }.
    }
imports-doubles =
    { $count ->
        [one] { $count } fila queda fora perquè és duplicada
       *[other] { $count } files queden fora perquè són duplicades
    }
imports-doubles-title = Files duplicades
imports-doubles-text = No entren. Si les voleu totes, torneu a les columnes i trieu que entrin.
imports-doubles-of = És la mateixa que
imports-same-as-row = la fila { $row } del fitxer
imports-changes =
    { $count ->
        [one] { $count } fila canvia una fitxa que ja hi és
       *[other] { $count } files canvien fitxes que ja hi són
    }
imports-changes-title = Fitxes que canviaran
imports-changes-fields = Què canvia
imports-changes-empty = buit
imports-also-made =
    { $count ->
        [one] També s’ha creat un registre al qual portaven les files.
       *[other] També s’han creat { $count } registres als quals portaven les files.
    }
imports-by-field = Errors per camp
imports-whole-row = Tota la fila
imports-pause = Posa-la en pausa
imports-resume = Continua
imports-paused = La importació està en pausa
imports-paused-hint = Les files que han entrat ja hi són. En continuar, segueix on era.
imports-waits-for-room = El disc del servidor és gairebé ple: la importació espera i continuarà sola quan hi hagi espai. Aviseu l’administració.
imports-undoing = La importació s’està desfent
imports-undoing-hint = Podeu tancar aquesta pàgina: continua sola.
imports-undone-count = Desfets
imports-not-undone = Per revisar
imports-undone =
    { $count ->
        [one] La importació s’ha desfet: un registre torna a ser com abans.
       *[other] La importació s’ha desfet: { $count } registres tornen a ser com abans.
    }
imports-undone-deleted =
    { $count ->
        [one] La importació s’ha desfet: s’ha esborrat un registre.
       *[other] La importació s’ha desfet: s’han esborrat { $count } registres.
    }
imports-undone-but = La importació s’ha desfet. Desfets: { $undone }. Per revisar, perquè han canviat des d’aleshores: { $kept }.
imports-undone-overruled = La importació s’ha desfet: { $count } registres. D’aquests, algú n’havia canviat { $changed }, i s’han suprimit igualment.
imports-done-duplicates = Han entrat { $count } files. Ja hi eren i han quedat fora: { $duplicates }.
imports-to-records = { $entity }: obre la llista
imports-again-same = Un altre fitxer amb la mateixa correspondència
imports-tabs = Files per resultat
imports-records-title = Registres
imports-records-first =
    { $count ->
        [one] un
       *[other] els primers { $count }
    }
imports-records-none = No n’hi ha cap.
imports-record = Registre
imports-record-gone = ja no hi és
imports-record-unseen = ja no hi és o no el podeu obrir
imports-record-given = és per a { $owner }; no el podeu obrir
imports-record-nobodys = no és de ningú; no el podeu obrir
imports-record-others = ja hi és, amb algú altre; no el podeu obrir
imports-undo-title = Desfés la importació
imports-undo-text = El que ha creat se suprimeix i el que ha canviat torna a ser com abans.
imports-undo-changed-since = Els registres nous que algú ha canviat des d’aleshores
imports-undo-keep = Es queden, i us direm quins són
imports-undo-take-back = També se suprimeixen
imports-file-kept = El fitxer, amb els errors que s’hi van trobar i corregir, es guarda { $days } dies després de l’última feina.
imports-file-forgotten = El fitxer i les files amb errors ja s’han esborrat, perquè n’ha passat el termini. El que va entrar encara es pot desfer.
imports-undo = Desfés-la tota
imports-undo-why = Què ha passat
imports-undo-changed = Algú l’ha canviat des d’aleshores: es queda
imports-undo-changed-gone = Algú l’havia canviat des d’aleshores: s’ha suprimit igualment
imports-undo-gone = Ja l’havien suprimit
imports-undo-unknown = No se sap com era abans: es queda
imports-undo-in-use = Hi ha altres registres que en depenen: es queda
imports-undo-partly = Com abans, menys el que algú ha canviat des d’aleshores: { $fields }
imports-undo-fields = Es queda com està, perquè algú ho ha canviat des d’aleshores: { $fields }

problem-amount-currency = L’import és en una altra moneda ({ $detail }) que la de l’empresa: convertiu-lo, o canvieu la moneda si no ho és
problem-twice-in-file = La clau «{ $detail }» ja és en una altra fila del fitxer: deixeu-ne només una
problem-mapping-length = El fitxer té { $detail } columnes: torneu a obrir la pàgina i trieu-les de nou
problem-mapping-twice = Dues columnes van al camp «{ $detail }»: deixeu-ne només una
problem-import-failed = La importació s’ha aturat per un error del sistema. Les files que ja havien entrat s’han quedat. Aviseu l’administració.
problem-file-empty = El fitxer no té cap cel·la amb text: trieu-ne un altre
problem-header-row = La fila de les capçaleres és un nombre de l’1 al { $detail }, i ha de tenir dades a sota
problem-file-no-header = La primera fila sembla de dades: afegiu-hi al damunt els noms de les columnes
problem-file-no-rows = El fitxer només té els noms de les columnes (fila { $detail }), sense cap fila a sota: trieu-ne un altre
problem-file-too-big = El fitxer té massa text: partiu-lo en dos o més
problem-file-too-many-columns = El fitxer té massa columnes: suprimiu-ne les que no calgui importar
problem-file-too-many-rows = El fitxer té massa files: partiu-lo en dos o més
problem-file-not-a-spreadsheet = El fitxer no és un full de càlcul: deseu-lo com a XLSX o CSV i torneu-lo a pujar
problem-file-damaged = El fitxer està malmès i no es pot obrir: torneu-lo a desar amb el vostre programa
problem-file-password = El fitxer té contrasenya: traieu-la i torneu-lo a pujar
problem-file-zip-bomb = El contingut del fitxer és desproporcionat i no s’ha obert: deseu-lo com a CSV
problem-file-no-such-sheet = El fitxer no té el full que es buscava: torneu-lo a pujar
problem-row-too-many-cells = La fila té més cel·les que columnes hi ha: reviseu-ne els separadors i les cometes
problem-row-error-cell = La cel·la conté un error de fórmula ({ $detail }): escriviu-hi el valor
problem-row-lost-characters = S’hi han perdut caràcters: torneu a desar el fitxer en UTF-8
problem-row-cell-too-long = La cel·la és massa llarga: potser hi falta tancar unes cometes
problem-row-broken-quote = Hi ha unes cometes sense tancar, o amb text al darrere: { $detail }. Tanqueu-les o suprimiu-les i torneu a pujar la fila
problem-row-header-empty = La columna no té nom: poseu-n’hi un
problem-row-header-repeated = El nom d’aquesta columna està repetit: canvieu-lo
problem-disk-full = No queda espai al disc del servidor: no s’ha desat res. Aviseu l’administració
problem-mapping-empty = Cap columna no va a cap camp: trieu-ne almenys una
problem-match-not-mapped = Les files s’han de reconèixer per «{ $detail }», però cap columna hi va: trieu-ne una o canvieu com es reconeixen
problem-match-needed = Per actualitzar, digueu per quin camp es reconeixen les files
problem-match-nothing = No hi és: només s’actualitzen files que ja hi siguin
problem-match-several = N’hi ha més d’un que es diu «{ $detail }»: reconeixeu les files per una clau
problem-match-denied = No podeu canviar «{ $detail }»: demaneu-ho a qui en sigui responsable
problem-link-not-made = No es pot crear «{ $detail }» només amb el nom: creeu-lo abans o trieu-ne un altre
problem-replace-by = Digueu per què es canvia «{ $detail }», o trieu una altra cosa
problem-import-begun = La importació ja ha començat: no es pot suprimir, però es pot desfer
problem-option-not-added = «{ $detail }» no s’ha pogut afegir a les opcions: el nom és massa llarg o és el d’una opció arxivada. Mireu-ho a la configuració
problem-row-broken-card = La targeta { $detail } està malmesa o no diu de qui és
