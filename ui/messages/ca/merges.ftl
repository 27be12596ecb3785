# Fusions i fitxes que poden ser la mateixa
merges-title = { $count ->
    [one] Fusiona { $count } fitxa
   *[other] Fusiona { $count } fitxes
}
merges-text = Se’n queda una amb tot el que hi ha a les altres. Les altres desapareixen de les llistes i de la cerca, i les seves adreces porten a la que es queda.
merges-back = Torna a la fitxa
merges-survivor = Quina es queda
merges-survivor-text = Proposem la que té més fitxes enllaçades i, si en tenen les mateixes, la més antiga.
merges-may-not-stay = No es pot quedar: no podeu canviar-la o no podeu suprimir les altres.
merges-made = Creada el { $created }, canviada el { $updated }
merges-linked = { $count ->
    [0] cap fitxa enllaçada
    [one] { $count } fitxa enllaçada
   *[other] { $count } fitxes enllaçades
}
merges-linked-more = més de { $count } fitxes enllaçades
merges-fields = Quin valor es queda
merges-fields-text = Proposem el valor que hi ha; si n’hi ha més d’un, el de la fitxa que s’ha canviat més tard. L’adreça es queda sencera, la d’una sola fitxa: proposem la més completa.
merges-address = Adreça sencera
merges-rest = La resta es fa sola
merges-rest-links = Tot el que penja de les altres passa a la que es queda: contactes, oportunitats, notes, consentiments i qualsevol altra fitxa que hi porti.
merges-rest-lists = Les etiquetes i els consentiments s’ajunten, i les claus d’altres sistemes segueixen trobant la fitxa.
merges-rest-further = { $kind ->
    [contact] L’empresa, els telèfons i els correus que no es trien passen a «Altres empreses», «Altres telèfons» i «Altres correus», mentre hi càpiguen.
   *[other] Els telèfons i els correus que no es trien passen a «Altres telèfons» i «Altres correus», mentre hi càpiguen.
}
merges-rest-history = L’historial de totes es veu a la que es queda.
merges-rest-undo = { $days ->
    [one] Es pot desfer durant { $days } dia.
   *[other] Es pot desfer durant { $days } dies.
}
merges-same = { $count ->
    [one] { $count } camp és igual a totes
   *[other] { $count } camps són iguals a totes
}
merges-do = Fusiona
merges-link = Fusiona…
merges-apart = No és la mateixa
merges-who-may = Si és la mateixa, demaneu que les fusionin a qui ho pot fer: { $names }.
merges-one-title = Fusió: { $title }
merges-one-text = Feta per { $who } el { $when }
merges-absorbed = Fitxes que s’hi han fusionat
merges-entity = Tipus
merges-answers = Fitxa que ha quedat
merges-moved = Fitxes enllaçades que hi han passat
merges-taken = Camps amb el valor d’una altra
merges-keys = Claus externes que hi porten
merges-undo-title = Desfés la fusió
merges-undo-text = Es pot desfer fins al { $when }: les fitxes fusionades tornen tal com eren, el que hi penjava hi torna, i la que ha quedat recupera els valors que ningú ha canviat després.
merges-undo = Desfés la fusió
merges-undo-not = No es pot desfer:
merges-undone-title = La fusió s’ha desfet
merges-undone-text = { $count ->
    [0] Desfeta el { $when }. No hi havia cap fitxa enllaçada per tornar.
    [one] Desfeta el { $when }. Ha tornat { $count } fitxa enllaçada.
   *[other] Desfeta el { $when }. Han tornat { $count } fitxes enllaçades.
}
merges-undone-whole = Tot ha quedat com abans.
merges-undone-left = Això no ha tornat:
merges-left-changed = algú ho ha canviat després de la fusió, i es queda el que hi ha
merges-left-taken = ara ho té una altra fitxa
merges-left-gone = la fitxa a la qual portava ja no hi és
merges-left-more = { $count ->
    [one] i { $count } camp més
   *[other] i { $count } camps més
}
merges-pairs-title = Duplicats
merges-pairs-text = Parelles de fitxes que poden ser la mateixa: primer les més segures. Fusioneu-les o digueu que no ho són.
merges-pairs-why = Tenen { $reasons }
merges-pairs-none = No hi ha cap parella
merges-pairs-none-here = En aquesta pàgina no n’hi ha cap
merges-pairs-none-text = No s’ha trobat cap altra fitxa amb el mateix NIF, correu, telèfon o nom.
merges-pairs-pages = Pàgines de duplicats
merges-pairs-first = Torna al principi
merges-pairs-next = Més parelles
merges-apart-title = Parelles que no són la mateixa
merges-apart-when = Es va dir el { $when }
merges-apart-again = Torna-les a comparar
merges-known-title = { $count ->
    [one] Ja n’hi ha una que segurament és la mateixa
   *[other] Ja n’hi ha que segurament són la mateixa
}
merges-known-text = No s’ha desat res. Obriu la que ja hi ha o, si és una altra, deseu-la igualment.
merges-known-create = Crea-la igualment
merges-known-save = Desa-la igualment
merges-new-tab = (en una pestanya nova)
merges-notice-merged = Les fitxes s’han fusionat.
merges-notice-undone = La fusió s’ha desfet.
merges-notice-into = Aquesta fitxa s’ha fusionat amb la que veieu.
merges-notice-choose = Per fusionar, marqueu entre 2 i 5 fitxes.
merges-notice-apart = No es tornaran a proposar com la mateixa fitxa.
merges-notice-again = Es tornaran a comparar.
merges-event = { $by ->
    [nobody] S’hi ha fusionat { $titles }
   *[person] { $who } hi ha fusionat { $titles }
}
merges-event-undone = { $by ->
    [nobody] S’ha desfet la fusió amb { $titles }
   *[person] { $who } ha desfet la fusió amb { $titles }
}
merges-event-other = una altra fitxa
merges-event-apart = { $by ->
    [nobody] S’ha dit que no és la mateixa que una altra
   *[person] { $who } ha dit que no és la mateixa que una altra
}
merges-event-apart-back = { $by ->
    [nobody] Es torna a comparar amb una altra
   *[person] { $who } l’ha tornat a comparar amb una altra
}
problem-merge-one = Trieu com a mínim dues fitxes diferents
problem-merge-many = Són massa fitxes: el màxim és { $detail } alhora
problem-merge-large = Les fitxes que desapareixerien en tenen més de { $detail } d’enllaçades: deixeu-ne com a fitxa que es queda la que en té més
problem-merge-converted = Més d’un d’aquests clients potencials ja s’ha convertit: fusioneu les empreses o els contactes que en van sortir
problem-merge-whose = Trieu el valor d’una de les fitxes que es fusionen
problem-merge-address = L’adreça es queda sencera: trieu-la d’una sola fitxa
problem-merge-undone = Aquesta fusió ja s’ha desfet
problem-merge-again = La fitxa que va quedar s’ha fusionat després amb una altra: desfeu primer aquella fusió
problem-merge-late = Han passat més de { $detail } dies
problem-merge-unknown = L’historial ja no diu com eren les fitxes
audit-kind-merge = Fusió
audit-kind-distinct = Parella que no és la mateixa
audit-field-merge-entity = Tipus
audit-field-merge-survivor = Fitxa que es queda
audit-field-merge-answers = Fitxa que respon ara
audit-field-merge-absorbed = Fitxes fusionades
audit-field-merge-keys = Claus externes
audit-field-merge-taken = Camps amb el valor d’una altra
audit-field-merge-moved = Fitxes enllaçades que hi han passat
audit-field-merge-undone = Desfeta
audit-field-distinct-one-kind = Tipus de la primera
audit-field-distinct-one = Primera fitxa
audit-field-distinct-other-kind = Tipus de la segona
audit-field-distinct-other = Segona fitxa
merges-notice-not-saved = Mentrestant, la fitxa s’ha fusionat amb la que veieu, i el que acabàveu d’enviar no s’ha desat. Per recuperar-ho, torneu enrere amb el navegador.
