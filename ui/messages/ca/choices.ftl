choices-title = Llistes d’opcions
choices-intro = Els valors entre els quals tria tothom: poseu-los amb les vostres paraules, en el vostre ordre.
choices-settings-text = Orígens, sectors, motius, zones i les opcions dels camps propis.
choices-own-fields = Camps propis
choices-list-sources = Orígens
choices-list-industries = Sectors
choices-list-discard-reasons = Motius de descart
choices-list-lost-reasons = Motius de pèrdua
choices-list-activity-types = Tipus d’activitat
choices-list-document-categories = Categories de documents
choices-list-zones = Zones
choices-text-sources = D’on venen els clients potencials. Es tria a la fitxa i surt als filtres, les importacions i els informes.
choices-text-industries = Se suggereixen mentre s’escriu el sector d’un client potencial.
choices-text-discard-reasons = Per què es descarta un client potencial.
choices-text-lost-reasons = Per què es perd una oportunitat.
choices-text-activity-types = Què es fa amb un client: trucades, reunions, visites.
choices-text-document-categories = Com es classifiquen els documents.
choices-text-zones = Territoris, amb el començament dels seus codis postals: els clients potencials i les empreses sense zona reben la del seu.
choices-text-own = Les opcions d’un camp de la vostra empresa.
choices-values = Valors
choices-archived = Arxivats
choices-is-archived = Arxivat
choices-none = No hi ha cap valor
choices-none-text = Afegiu-ne el primer amb el formulari.
choices-new = Valor nou
choices-add = Afegeix
choices-value = Com es diu
choices-save = Desa
choices-cancel = Cancel·la
choices-label-ca = En català
choices-label-es = En castellà
choices-label-en = En anglès
choices-key = Clau
choices-key-hint = Per a fitxers i l’API; després no es pot canviar. Si la deixeu buida, es fa del nom.
choices-postcodes = Codis postals
choices-postcodes-hint = Com comencen, separats per comes: 17, 0820, AD5
choices-color = Color
choices-color-0 = Gris
choices-color-1 = Blau
choices-color-2 = Verd
choices-color-3 = Ocre
choices-color-4 = Vermell
choices-color-5 = Turquesa
choices-color-6 = Lila
choices-color-7 = Rosa
choices-up = Puja «{ $value }»
choices-down = Baixa «{ $value }»
choices-used-by-none = No el té cap registre.
choices-restore-title = Torna’l a oferir
choices-restore-text = Ara no es pot triar. Els registres que el tenen el conserven.
choices-restore = Restaura
choices-archive-title = Deixa d’oferir-lo
choices-archive-text = No es podrà triar més. Els registres que el tenen el conserven, i els informes el compten.
choices-archive = Arxiva
choices-replace-title = Canvia’l per un altre
choices-replace-by = Pel valor
choices-replace = Canvia
choices-reset-title = Torna’l com era
choices-reset-text = El nom, el color i l’ordre tornen a ser els del principi. Cap registre no canvia.
choices-reset = Torna’l com era
choices-remove-title = Suprimeix-lo
choices-remove-text = No el fa servir ningú: es pot suprimir del tot.
choices-remove = Suprimeix
choices-in-use-default = És el valor inicial de: { $fields }. Canvieu-lo primer allà.
choices-notice-replaced = S’ha canviat a tots els registres que el tenien.
choices-notice-going-on = S’ha canviat a una part; encara n’hi ha amb el valor d’abans. Torneu a prémer «Canvia» per continuar.
choices-notice-removed = S’ha suprimit.
choices-notice-archived = S’ha arxivat: ja no s’ofereix.
choices-notice-restored = Es torna a oferir.
problem-postcode-prefix = «{ $detail }» no és el començament d’un codi postal: només hi van lletres i xifres
choices-count = { $count ->
    [one] un valor
    [many] { $count } de valors
   *[other] { $count } valors
}
choices-archived-count = { $count ->
    [one] un d’arxivat
    [many] { $count } d’arxivats
   *[other] { $count } d’arxivats
}
choices-used = { $count ->
    [one] El té un registre.
    [many] El tenen { $count } de registres.
   *[other] El tenen { $count } registres.
}
choices-replace-text = { $count ->
    [one] El registre que el té passarà a tenir-ne un altre. El canvi queda a la seva història.
    [many] { $count } de registres passaran a tenir-ne un altre. El canvi queda a la seva història.
   *[other] { $count } registres passaran a tenir-ne un altre. El canvi queda a la seva història.
}
choices-in-use = { $count ->
    [one] El fa servir un registre: abans de suprimir-lo, canvieu-lo per un altre, o arxiveu-lo.
    [many] El fan servir { $count } de registres: abans de suprimir-lo, canvieu-lo per un altre, o arxiveu-lo.
   *[other] El fan servir { $count } registres: abans de suprimir-lo, canvieu-lo per un altre, o arxiveu-lo.
}
problem-key-form = «{ $detail }» no pot ser una clau: només lletres minúscules sense accents, xifres i «_», començant per una lletra
problem-in-use = Es fa servir: no es pot suprimir
problem-ready-piece = Ja és com al principi
problem-too-many = N’hi ha massa: com a molt { $detail }
choices-list-tags = Etiquetes
choices-text-tags = Marques que es posen als clients potencials, diverses alhora.
choices-list-consent-purposes = Finalitats de les dades
choices-text-consent-purposes = Per a què es fan servir les dades d’una persona: se’n demana el consentiment i s’anota a la fitxa.
