# Bulk actions
bulk-title = Accions en bloc
bulk-with-ticked = Amb els marcats…
bulk-with-all =
    { $count ->
        [one] Amb l’únic de la llista…
       *[other] Amb tots { $count }…
    }
bulk-with-all-uncounted = Amb tots els de la llista…
bulk-tick = Marca «{ $title }»
bulk-chosen =
    { $count ->
        [0] Cap de triat: torneu a la llista i marqueu-ne algun.
        [one] Un de triat
       *[other] { $count } triats
    }
bulk-back = Torna a la llista
bulk-what = Què voleu fer-ne?
bulk-assign = Assigna’ls a algú
bulk-person = Nou responsable
bulk-assign-again = Torna’ls a repartir
bulk-set-field = Canvia’n un camp
bulk-field = Camp
bulk-add-tag = Posa’ls una etiqueta
bulk-remove-tag = Treu-los una etiqueta
bulk-tag = Etiqueta
bulk-archive = Arxiva’ls
bulk-restore = Restaura’ls de l’arxiu
bulk-delete = Suprimeix-los
bulk-export = Exporta’ls
bulk-nothing-yet = Encara no es canvia res: primer veureu què passarà.
bulk-continue = Continua
bulk-cancel = Cancel·la
bulk-value-title = Canvia «{ $field }»
bulk-no-value = Sense valor
bulk-empty-hint = Si ho deixeu en blanc, es buida el camp.
bulk-reason = Motiu, si es descarten
bulk-deed-assign = Assigna’ls a { $value }
bulk-deed-set = { $field }: { $value }
bulk-deed-empty = { $field }: sense valor
bulk-deed-add-tag = Posa’ls l’etiqueta «{ $value }»
bulk-deed-remove-tag = Treu-los l’etiqueta «{ $value }»
bulk-review-title = Què passarà
bulk-asked-again = La llista ha canviat mentre ho miràveu. Reviseu les xifres abans de començar.
bulk-change = Canvien
bulk-already = Ja hi són
bulk-denied = No els podeu canviar
bulk-refused = No poden canviar
bulk-none-would-change = No canviaria res.
bulk-can-be-undone = Durant 24 hores ho podreu desfer.
bulk-start =
    { $count ->
        [one] Canvia’n un
       *[other] Canvia’n { $count }
    }
bulk-jobs-title = Accions en bloc fetes
bulk-jobs-link = Les ja fetes
bulk-jobs-text = Cadascuna es pot desfer durant 24 hores.
bulk-jobs-none-title = Encara no n’hi ha cap
bulk-jobs-none-text = Marqueu files en una llista i trieu què fer-ne.
bulk-what-was-done = Acció
bulk-of-what = De què
bulk-state = Estat
bulk-by = Qui
bulk-when = Quan
bulk-begun-by = { $when } · { $by }
bulk-state-running = En curs
bulk-state-done = Feta
bulk-state-cancelled = Aturada
bulk-state-undoing = S’està desfent
bulk-state-undone = Desfeta
bulk-state-failed = Aturada per un error
bulk-running-hint = Podeu tancar aquesta pàgina: continua sola.
bulk-stop = Atura-la
bulk-see-result = Mostra’n el resultat
bulk-result-done =
    { $count ->
        [0] No ha canviat res.
        [one] Se n’ha canviat un.
       *[other] Se n’han canviat { $count }.
    }
bulk-result-cancelled =
    { $count ->
        [0] S’ha aturat abans de canviar res.
        [one] S’ha aturat; se n’havia canviat un.
       *[other] S’ha aturat; se n’havien canviat { $count }.
    }
bulk-result-failed =
    { $count ->
        [0] No ha pogut començar. Mireu si encara hi teniu permís o aviseu l’administració.
        [one] S’ha aturat; se n’havia canviat un. Mireu si encara hi teniu permís o aviseu l’administració.
       *[other] S’ha aturat; se n’havien canviat { $count }. Mireu si encara hi teniu permís o aviseu l’administració.
    }
bulk-result-undone =
    { $count ->
        [one] S’ha desfet: un ha tornat com estava.
       *[other] S’ha desfet: { $count } han tornat com estaven.
    }
bulk-result-undone-some = Han tornat com estaven: { $count }. S’han deixat com són perquè algú els ha canviat després: { $kept }.
bulk-result-undo-stopped = S’ha aturat la marxa enrere: { $count } són com abans i { $left } continuen canviats.
bulk-undo = Desfés
bulk-undo-until = Es pot desfer fins al { $when }.
bulk-left-alone = Es queden com són
bulk-rows-shown = { $shown } de { $total }
bulk-rows-forgotten = El detall de cada registre es guarda { $days } dies.
bulk-row = Registre
bulk-row-gone = Un que ja no hi és
bulk-why = Motiu
bulk-why-denied = No teniu permís per canviar-lo.
bulk-why-gone = Ja no hi és, o no el podeu veure.
bulk-why-kept-by = { $by } l’ha canviat després.
bulk-why-kept = Algú l’ha canviat o suprimit després.
bulk-why-refused = Aquest valor no li va bé.
bulk-notice-started = L’acció ha començat.
problem-bulk-none = Marqueu almenys una fila de la llista
problem-bulk-too-many = Són més de { $detail }: filtreu la llista i feu-ho per parts
problem-bulk-nobody = Ara ningú de l’equip no rep clients potencials: assigneu-los a una persona
problem-bulk-closed = Ja està tancat
problem-bulk-undo-late = Han passat més de { $detail } hores: ja no es pot desfer
problem-bulk-undo-nothing = No hi ha res per desfer
problem-bulk-ids-or-filter = Envieu ids o filter, no tots dos ni cap
problem-bulk-failed = L’acció no ha pogut continuar
