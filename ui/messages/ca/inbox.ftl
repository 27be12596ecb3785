# Safata de clients potencials
inbox-title = Safata
inbox-nav-waiting = { $count } a la safata
inbox-count =
    { $count ->
        [0] Cap client potencial espera una decisió.
        [one] 1 client potencial espera una decisió.
       *[other] { $count } clients potencials esperen una decisió.
    }
inbox-count-late =
    { $count ->
        [one] 1 client potencial espera una decisió, fora de termini.
       *[other] { $count } clients potencials esperen una decisió, { $late } fora de termini.
    }
inbox-more-than = Més de { $count } clients potencials esperen una decisió.
inbox-list = Clients potencials que esperen una decisió
inbox-reading = Client potencial obert
inbox-order = Primer els que ja han passat el termini de primera resposta, després els que tenen menys temps; els que no tenen termini van al final, primer els més nous. El termini compta les hores de feina de qui el té.
inbox-order-no-target = Primer els més nous. Si l’empresa fixa un termini de primera resposta, els més urgents van al davant.
inbox-keys = Tecles: 1 accepta, 2 duplicat, 3 descarta, 4 contactat, H posposa, J i K per anar al següent i a l’anterior.
inbox-keys-off = Desactiva-les
inbox-whose = De qui
inbox-whose-mine = Meus
inbox-whose-team = Del meu equip
inbox-whose-all = Tots
inbox-none = No hi ha res per decidir
inbox-none-text = Quan n’arribi un de nou, o torni un que havíeu posposat, el veureu aquí.
inbox-none-text-others = Quan n’arribi un de nou, o torni un que havíeu posposat, el veureu aquí. Mireu també els de la resta amb les pestanyes de dalt.
inbox-all-leads = Tots els clients potencials
inbox-back = Torna a la llista
inbox-before = Anterior
inbox-after = Següent
inbox-open = Obre la fitxa
inbox-moved = Reassignat
inbox-not-waiting = Ja no espera cap decisió: algú l’ha acceptat, posposat o contactat.
inbox-accept = Accepta
inbox-accept-hint = Acceptar vol dir que us n’ocupeu: si no era de ningú, passa a ser vostre i surt de la safata. El rellotge continua fins que el marqueu com a contactat.
inbox-contacted = Ja hi he parlat
inbox-duplicate = Duplicat…
inbox-duplicate-of = És el mateix que
inbox-duplicate-other = Un altre
inbox-duplicate-which = Nom, adreça o codi de l’altre
inbox-duplicate-hint = El nom d’un client potencial, una empresa o un contacte, o l’adreça de la seva fitxa.
inbox-duplicate-do = Descarta’l com a duplicat
inbox-duplicate-of-which = És un duplicat de
inbox-discard-note-hint = Si l’escriviu, val en lloc del de la llista.
inbox-snooze = Posposa…
inbox-snooze-hint = Surt de la safata i hi torna sol. El rellotge no s’atura.
inbox-snooze-hour = D’aquí a 1 hora
inbox-snooze-tomorrow = Demà a les 9
inbox-snooze-monday = Dilluns a les 9
inbox-snooze-day = Un altre dia, a les 9
inbox-snooze-do = Posposa fins aquest dia
inbox-snoozed-until = Posposat fins al { $when }
inbox-wake = Torna’l a la safata
inbox-undo = Desfés
inbox-undo-last = Desfés l’última decisió
inbox-done-accepted = Heu acceptat «{ $title }».
inbox-done-contacted = «{ $title }» consta com a contactat.
inbox-done-duplicate = Heu descartat «{ $title }» com a duplicat.
inbox-done-discarded = Heu descartat «{ $title }».
inbox-done-snoozed = Heu posposat «{ $title }».
inbox-done-snoozed-until = Heu posposat «{ $title }» fins al { $when }.
inbox-done-woken = «{ $title }» torna a ser a la safata.
inbox-done-undone = S’ha desfet: «{ $title }» torna a ser com abans.
inbox-clock-left = queden { $time }
inbox-clock-late = passen { $time } del termini
inbox-clock-late-days =
    { $count ->
        [one] passa { $count } dia del termini
       *[other] passen { $count } dies del termini
    }
inbox-clock-late-weeks =
    { $count ->
        [one] passa { $count } setmana del termini
       *[other] passen { $count } setmanes del termini
    }
inbox-clock-late-years =
    { $count ->
        [one] passa { $count } any del termini
       *[other] passen { $count } anys del termini
    }
inbox-clock-late-now = acaba de vèncer
inbox-clock-was-late = fora de termini
inbox-clock-in-time = dins del termini
inbox-event-moved = Ningú no havia respost a temps: ara el té { $owner }
inbox-event-accepted =
    { $by ->
        [person] { $who } l’ha acceptat
       *[nobody] S’ha acceptat
    }
inbox-event-snoozed =
    { $by ->
        [person] { $who } l’ha posposat fins al { $until }
       *[nobody] S’ha posposat fins al { $until }
    }
inbox-event-back =
    { $by ->
        [person] { $who } l’ha tornat a la safata
       *[nobody] Ha tornat a la safata
    }
inbox-field-respond-by = Primera resposta abans de
inbox-field-answered-late = Respost fora de termini
inbox-field-accepted-at = Acceptat
inbox-field-snoozed-until = Posposat fins al
inbox-account-keys = Tecles d’una lletra
inbox-account-keys-hint = A la safata, una tecla sola pot acceptar, descartar o posposar. Desactiveu-les si dicteu o si us molesten. Es pot fer tot sense.
inbox-letter-about-on = Client potencial que ha passat a algú altre
inbox-letter-about-here = Client potencial que ningú no havia respost
inbox-letter-here-subject = Ara «{ $title }» és vostre
inbox-letter-here-text = Ningú no havia respost a temps el client potencial «{ $title }», i ara és vostre. Contacteu-hi tan aviat com pugueu:
inbox-letter-on-subject = «{ $title }» ha passat a algú altre
inbox-letter-on-text = El client potencial «{ $title }» no tenia resposta dins del termini i ha passat a algú altre. Els que encara us esperen:
inbox-reassign = Si ningú no respon a temps
inbox-reassign-text = Quan es passa del termini de primera resposta, el client potencial va a algú altre seguint les regles, i s’avisa per correu qui el tenia i qui el té. Si no hi ha ningú més que el pugui tenir, es queda on és. Els que algú ha posposat s’esperen.
inbox-reassign-no-target = L’empresa no té termini de primera resposta: fixeu-lo primer.
inbox-reassign-to-company = Dades de l’empresa
inbox-reassign-hours = Hores de feina després del termini
inbox-reassign-hours-hint = Buit: no es reassigna mai.
inbox-reassign-times = Vegades com a màxim
inbox-reassign-off = No es reassignen.
inbox-reassign-on =
    { $times ->
        [one] Es reassignen { $hours } h de feina després del termini, una vegada com a màxim.
       *[other] Es reassignen { $hours } h de feina després del termini, { $times } vegades com a màxim.
    }
problem-inbox-decided = Ja no espera cap decisió: algú altre ha estat més ràpid.
problem-inbox-undo = Ja no es pot desfer: hi ha canvis posteriors, no ho vau fer vós o fa més d’un dia.
problem-inbox-undo-import = L’últim canvi el va fer una importació, o es va desfer amb ella: aquí no es pot desfer. Mireu-ne la importació.
problem-snooze-past = Aquest moment ja ha passat. Trieu-ne un de futur.
problem-snooze-far = Es pot posposar { $detail } dies com a màxim.
problem-reassign-hours = Escriviu un nombre d’hores de l’1 al { $detail }, o deixeu-ho buit.
problem-reassign-times = Escriviu un nombre de l’1 al { $detail }.
problem-reassign-no-target = L’empresa no té termini de primera resposta: fixeu-lo primer.
