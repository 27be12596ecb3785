# Imports
imports-title = Importacions
imports-notice-started = La importació ha començat.
imports-new = Importa un fitxer
imports-new-title = Importa clients potencials
imports-page-title = Importació de { $file }
imports-none-title = Encara no s’ha importat res
imports-none-text = Pugeu un full de càlcul amb clients potencials. Abans de desar res, en veureu una simulació.
imports-file = Fitxer
imports-file-hint = CSV, XLSX, ODS o XLS, amb els noms de les columnes a la primera fila
imports-limits = Fins a { $size }, { $rows } files i { $columns } columnes. El separador i la codificació dels CSV es detecten sols.
imports-upload = Puja el fitxer
imports-back = Torna a les importacions
imports-next-title = Què passarà després
imports-next-columns = Trieu a quin camp va cada columna; la majoria ja hi surten triats.
imports-next-check = Se simula amb totes les files, sense desar res, i veieu què falla i per què.
imports-next-run = En començar, es creen els clients potencials i s’assignen. Podeu tancar la pàgina: continua sola.
imports-next-result = Al final podeu baixar les files que han fallat, amb el motiu, per corregir-les i tornar-les a importar.
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
imports-columns-matched = { $matched } de { $total } triades
imports-columns-hint = Les que deixeu en «No la importis» no es llegeixen. Diverses columnes poden anar a Observacions.
imports-column-header = Columna
imports-column-samples = Valors d’exemple
imports-column-target = Va al camp
imports-column-empty = sense valors
imports-column-skip = No la importis
imports-check = Simula la importació
imports-checking = S’estan comprovant totes les files
imports-checking-hint = Encara no es desa res. Podeu tancar aquesta pàgina i tornar-hi més tard.
imports-running = S’estan important les files
imports-running-hint = Podeu tancar aquesta pàgina: la importació continua. Si l’atureu, les files que ja han entrat es queden.
imports-see-result = Mostra’n el resultat
imports-cancel = Cancel·la la importació
imports-stop = Atura la importació
imports-checked-text =
    { $count ->
        [0] Totes les files són correctes. Encara no s’ha desat res.
        [one] Encara no s’ha desat res. Si comenceu ara, la fila amb errors quedarà fora; la podreu baixar amb el motiu.
       *[other] Encara no s’ha desat res. Si comenceu ara, les { $count } files amb errors quedaran fora; les podreu baixar amb el motiu.
    }
imports-none-good = Cap fila no pot entrar tal com està. Reviseu les columnes o corregiu el fitxer.
imports-start =
    { $count ->
        [one] Importa { $count } fila
       *[other] Importa { $count } files
    }
imports-change-columns = Canvia les columnes
imports-failed-rows = Baixa les files amb errors
imports-done =
    { $count ->
        [one] Ha entrat una fila i s’ha assignat.
       *[other] Han entrat totes les files: { $count } clients potencials nous.
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
imports-to-leads = Mostra els clients potencials
imports-again = Importa un altre fitxer
imports-problems-title = Files amb errors
imports-problems-shown = les { $shown } primeres de { $total }
imports-row = Fila
imports-problems = Què hi passa
imports-reason = Motiu

problem-twice-in-file = La clau «{ $detail }» ja és en una altra fila del fitxer: deixeu-ne només una
problem-mapping-length = El fitxer té { $detail } columnes: torneu a obrir la pàgina i trieu-les de nou
problem-mapping-twice = Dues columnes van al camp «{ $detail }»: deixeu-ne només una
problem-import-failed = La importació s’ha aturat per un error del sistema. Les files que ja havien entrat s’han quedat. Aviseu l’administració.
problem-file-empty = El fitxer no té cap cel·la amb text: trieu-ne un altre
problem-file-no-header = La primera fila sembla de dades: afegiu-hi al damunt els noms de les columnes
problem-file-too-big = El fitxer té massa text: partiu-lo en dos o més
problem-file-too-many-columns = El fitxer té massa columnes: suprimiu-ne les que no calgui importar
problem-file-too-many-rows = El fitxer té massa files: partiu-lo en dos o més
problem-file-not-a-spreadsheet = El fitxer no és un full de càlcul: deseu-lo com a XLSX o CSV i torneu-lo a pujar
problem-file-damaged = El fitxer està malmès i no es pot obrir: torneu-lo a desar amb el vostre programa
problem-file-password = El fitxer té contrasenya: traieu-la-hi i torneu-lo a pujar
problem-file-zip-bomb = El contingut del fitxer és desproporcionat i no s’ha obert: deseu-lo com a CSV
problem-file-no-such-sheet = El fitxer no té el full que es buscava: torneu-lo a pujar
problem-row-too-many-cells = La fila té més cel·les que columnes hi ha: reviseu-ne els separadors i les cometes
problem-row-error-cell = La cel·la conté un error de fórmula ({ $detail }): escriviu-hi el valor
problem-row-lost-characters = S’hi han perdut caràcters: torneu a desar el fitxer en UTF-8
problem-row-cell-too-long = La cel·la és massa llarga: potser hi falta tancar unes cometes
problem-row-header-empty = La columna no té nom: poseu-n’hi un
problem-row-header-repeated = El nom d’aquesta columna està repetit: canvieu-lo
