# Puntuació i probabilitat dels clients potencials: les regles, una regla, la prova, la fitxa i què s’ha après
scoring-title = Regles de puntuació
scoring-intro = Cada regla que escau a un client potencial li suma o li resta punts. La suma es retalla entre 0 i 100.
scoring-settings-text = Quins punts té cada client potencial, i per què.
scoring-new = Regla nova
scoring-none = Encara no hi ha cap regla de puntuació
scoring-none-text = Amb regles, cada client potencial té de 0 a 100 punts a la fitxa i a la llista, amb els motius.
scoring-how = Els punts es calculen cada vegada que es mostren: un canvi de regles val a l’acte per a tots els clients potencials i no queda a l’historial de cap.
scoring-what = A quins
scoring-points = Punts
scoring-points-hint = De −{ $maximum } a +{ $maximum }, sense decimals; 0 no.
scoring-days-text = Amb condicions sobre dies («creat fa més de 30 dies») els punts canvien sols amb el temps.
scoring-try = Prova-ho
scoring-try-text = La prova compara els punts dels últims clients potencials abans i després d’aquest canvi. No es desa res.
scoring-preview = Prova de la regla
scoring-preview-none-text = Quan n’hi hagi, aquí veureu els seus punts abans i després.
scoring-preview-sum =
    { $count ->
        [one] { $count } client potencial provat; la regla escau a { $fitting }; canvien de puntuació: { $changed }.
       *[other] { $count } clients potencials provats; la regla escau a { $fitting }; canvien de puntuació: { $changed }.
    }
scoring-preview-mean = Mitjana: { $before } punts abans, { $after } després.
scoring-preview-how = Es proven els clients potencials no arxivats més nous. Els dies de vigència de la regla no hi compten.
scoring-before = Abans
scoring-after = Després
scoring-bands = Clients potencials per puntuació
scoring-examples = Exemples: { $count }
scoring-why = Per què
scoring-card = Puntuació i probabilitat
scoring-rules-link = Regles
scoring-learned-link = Què se n’ha après
scoring-no-rules = Encara no hi ha cap regla de puntuació vigent.
scoring-score = Puntuació:
scoring-field-score = Puntuació
scoring-field-probability = Probabilitat (%)
scoring-of-hundred = { $points } de 100
scoring-nothing-fits = No li escau cap regla.
scoring-cut = La suma és { $sum }; es retalla entre 0 i 100.
scoring-probability = Probabilitat que sigui client:
scoring-unreliable = Encara no us en refieu: no encerta més que dir sempre la mitjana.
scoring-not-yet = S’està aprenent dels clients potencials tancats.
scoring-not-yet-text = Després d’engegar el Tracte es repassen tots, durant uns segons.
scoring-look-again = Torna-ho a mirar
scoring-too-few = Massa poques dades per dir-ne la probabilitat: { $closed } clients potencials tancats dels { $needed } que calen.
scoring-too-few-of-each = Massa poques dades per dir-ne la probabilitat: clients potencials guanyats, { $won }; perduts, { $lost }. En calen almenys { $each } de cada mena.
scoring-by-company = Après de { $closed } clients potencials tancats de l’empresa, guanyats el { $base }.
scoring-by-team = Après de { $closed } clients potencials tancats de l’equip «{ $name }», guanyats el { $base }.
scoring-more-factors =
    { $count ->
        [one] { $count } motiu més
       *[other] { $count } motius més
    }
scoring-of-these = { $won } guanyats de { $all }
scoring-making = S’està refent l’ordre per puntuació: { $done } de { $expected }. Mentrestant, l’ordre és el d’abans.
scoring-making-first = S’està fent l’ordre per puntuació: { $done } fins ara.
scoring-learned-title = Probabilitat dels clients potencials
scoring-learned-intro = Què s’ha après dels clients potencials tancats, i fins a quin punt encerta.
scoring-learned-company = Tota l’empresa
scoring-learned-team = Equip «{ $name }»
scoring-closed = Tancats
scoring-won = Guanyats
scoring-lost = Perduts
scoring-too-few-each = Massa poques dades: { $closed } clients potencials tancats. Calen { $needed } tancats i almenys { $each } de guanyats i { $each } de perduts.
scoring-too-few-team = Massa poques dades d’aquest equip ({ $closed } tancats dels { $needed } que calen): per als seus val el que s’ha après de tota l’empresa.
scoring-too-few-team-of-each = Massa poques dades d’aquest equip (guanyats: { $won }; perduts: { $lost }; en calen almenys { $each } de cada mena): per als seus val el que s’ha après de tota l’empresa.
scoring-quality = Fins a quin punt encerta
scoring-quality-text =
    { $count ->
        [one] Amb { $count } client potencial tancat, jutjat com si no se n’hagués après.
       *[other] Amb els últims { $count } clients potencials tancats, cadascun jutjat com si no se n’hagués après.
    }
scoring-beside = { $figure } (dient sempre la mitjana: { $base })
scoring-brier = Error quadràtic mitjà (Brier): com més baix, millor
scoring-log-loss = Sorpresa mitjana (log loss): com més baixa, millor
scoring-auc = Cops que un de guanyat tenia més probabilitat que un de perdut (0,5 és atzar; la xifra peca de baixa)
scoring-not-better = No encerta més que dir sempre la mitjana: no us en refieu encara.
scoring-told = Es deia
scoring-told-mean = Mitjana dita
scoring-really-won = Guanyats de debò
scoring-told-caption = Què es deia i què va passar · { $whose }
scoring-factor = Motiu
scoring-times = Multiplica
scoring-strongest = El que pesa més · { $whose }
scoring-means = Què vol dir
scoring-means-won = Guanyat: convertit, i l’oportunitat que en va sortir, si n’hi ha, guanyada. Perdut: descartat, o amb l’oportunitat perduda.
scoring-means-left-out = No s’aprèn dels oberts, els arxivats, els esborrats, els descartats per duplicats, ni dels que tenen l’oportunitat encara oberta, cancel·lada o suprimida.
scoring-means-fields = S’aprèn de l’origen, el sector, la zona, el país, la campanya, l’import per trams, el temps fins a la primera resposta per trams, si hi ha telèfon, correu, NIF i web, i els camps personalitzats d’una opció o de sí o no. De res més.
scoring-means-method = Bayes ingenu amb suavitzat de Laplace, per equip i, si l’equip té menys de { $needed } tancats o menys de { $each } de guanyats o de perduts, de tota l’empresa. Un valor que tenen menys de { $minimum } clients potencials no compta. «×1,8» vol dir que multiplica per 1,8 la proporció entre guanyats i perduts.
scoring-means-data = Només es guarden recomptes, en memòria: cap nom, cap adreça. Quins camps és lícit fer servir per perfilar persones ho ha de decidir l’empresa.
scoring-band-amount-to-1000 = menys de 1.000
scoring-band-amount-to-5000 = de 1.000 a 5.000
scoring-band-amount-to-20000 = de 5.000 a 20.000
scoring-band-amount-above = 20.000 o més
scoring-band-response-hour = en una hora
scoring-band-response-four-hours = en quatre hores
scoring-band-response-day = en un dia
scoring-band-response-three-days = en tres dies
scoring-band-response-later = més tard
problem-rule-points = Escriviu els punts: un nombre enter de −{ $detail } a { $detail } que no sigui 0
problem-rule-score = Una regla de puntuació no pot dependre de la puntuació ni de la probabilitat
