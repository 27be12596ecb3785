# Tauler d’oportunitats i previsió
board-title = Tauler
board-to-list = Llista
board-pipelines = Embuts de vendes
board-stages = Etapes
board-whose = De qui
board-whose-all = Tothom
board-whose-team = El meu equip
board-whose-mine = Les meves
board-whole = Tot el tauler
board-sum = Import
board-weighted = Ponderat ({ $percent } %)
board-closed-lately =
    { $days ->
        [one] Tancades l’últim dia.
       *[other] Tancades els últims { $days } dies.
    }
board-closed-all = Totes
board-partly = N’hi ha massa per comptar-les totes: filtreu-les.
board-column-none = Cap oportunitat
board-none-filtered = Cap oportunitat amb aquests filtres
board-none-filtered-text = Traieu algun filtre, o mireu les de tothom.
board-no-amount = Sense import
board-close = Tancament
board-close-late = Tancament passat
board-closed-on = Tancada el
board-planned = Més endavant
board-unplanned = Sense pròxima acció
board-stale =
    { $days ->
        [one] Fa 1 dia que no avança
       *[other] Fa { $days } dies que no avança
    }
board-move = Mou…
board-move-to = Etapa nova
board-move-do = Mou
board-move-amount = Import
board-move-title = Mou «{ $title }» a «{ $stage }»
board-move-from = Ara és a «{ $stage }».
board-move-hint-open = En aquesta etapa cal saber això.
board-move-hint-won = Enhorabona. Digueu per quin import s’ha tancat de debò i quin dia.
board-move-hint-lost = Perduda vol dir que el client ha triat una altra opció o ha dit que no: compta en la taxa d’èxit. Si la necessitat ha desaparegut o era un error, és millor «cancel·lada».
board-move-hint-cancelled = Cancel·lada vol dir que la necessitat ha desaparegut o que era un error: no compta en cap taxa.
board-moved = «{ $title }» ara és a «{ $stage }».
board-undone = Desfet: «{ $title }» torna a ser a «{ $stage }».
board-conflict-title = Algú altre l’ha canviat mentrestant
board-conflict = { $who } l’ha canviat { $when }. Ara és a «{ $stage }». Si encara la voleu moure, confirmeu-ho aquí sota.
board-conflict-look = Mira’n la fitxa
board-somebody = Algú
board-history = Etapes per on ha passat
board-history-partly = L’historial no arriba fins al començament.
board-now = Ara
board-days =
    { $days ->
        [0] menys d’un dia
        [one] 1 dia
       *[other] { $days } dies
    }
forecast-title = Previsió
forecast-month = Mes
forecast-likely-won = Guanyat
forecast-likely-committed = Compromès
forecast-likely-probable = Probable
forecast-likely-possible = Possible
forecast-weighted = Ponderat
forecast-count =
    { $count ->
        [one] oportunitat
       *[other] oportunitats
    }
forecast-opportunities =
    { $count ->
        [one] 1 oportunitat
       *[other] { $count } oportunitats
    }
forecast-overdue = Tancament previst passat
forecast-undated = Sense tancament previst
forecast-later = Més enllà d’un any
forecast-definition = Les guanyades compten el mes en què es van tancar; les obertes, el mes del tancament previst. Compromès: probabilitat del 75 % o més. Probable: del 50 % al 75 %. Possible: menys del 50 %. El ponderat suma les guanyades i les obertes, cada import per la seva probabilitat. Imports sense impostos.
problem-board-undo = Ja no es pot desfer: s’ha canviat des d’aleshores, o fa més d’un dia.
problem-board-undo-stage = No es pot desfer: l’etapa d’on venia ja no hi és, o ara vol dir una altra cosa.
calendar-title = Calendari
calendar-months = Mesos
calendar-before = El mes abans
calendar-after = El mes després
calendar-now = Aquest mes
calendar-none = Cap oportunitat en aquest mes.
calendar-more =
    { $count ->
        [one] 1 més
       *[other] { $count } més
    }
calendar-won = Guanyada
calendar-overdue = Endarrerida
calendar-definition = Les obertes són el dia en què se n’espera el tancament; les guanyades, el dia en què es van guanyar.
