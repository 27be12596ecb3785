# Formularis web
forms-title = Formularis web
forms-intro = Cada campanya té el seu formulari: una pàgina pública que crea clients potencials, amb els camps que trieu.
forms-settings-text = Pàgines públiques que creen clients potencials, amb consentiment i confirmació.
forms-new = Formulari nou
forms-received = { $count ->
    [one] 1 enviament
   *[other] { $count } enviaments
}
forms-confirmed-count = { $count ->
    [one] 1 confirmat
   *[other] { $count } confirmats
}
forms-refused = { $count ->
    [one] 1 rebutjat: amb errors, repetit o d’un robot
   *[other] { $count } rebutjats: amb errors, repetits o de robots
}
forms-with-confirmation = amb confirmació per correu
forms-results = Adreça i resultats
forms-leads = Els clients potencials d’aquesta campanya
forms-texts = Textos
forms-texts-text = El visitant ho llegeix en el seu idioma; si hi falta, en el primer que hi hagi.
forms-heading = Títol
forms-intro-field = Introducció
forms-button = Botó
forms-thanks = Agraïment
forms-fields = Camps
forms-fields-text = En l’ordre en què es demanen. Cal el nom o l’empresa. Els camps propis que no admeten valors repetits i els enllaços no es poden demanar a fora.
forms-add-field = Afegeix un camp
forms-choose-field = Trieu un camp
forms-field-number = Camp { $number }
forms-field = Camp
forms-required = Obligatori
forms-field-words = Paraules per als visitants
forms-field-words-text = Buit, es llegeix com es diu el camp i l’ajuda que tingui.
forms-field-label = Etiqueta
forms-field-hint = Ajuda sota l’etiqueta
forms-consent = Consentiment i confirmació
forms-consent-text = Amb un propòsit, el formulari té una casella que ningú no ve marcada. Queda anotat el text, el moment i des d’on.
forms-no-consent = No es demana consentiment
forms-purpose = Propòsit
forms-consent-required = Sense consentiment no es pot enviar
forms-consent-words = Text del consentiment
forms-confirmation = Confirmació per correu
forms-confirmation-hint = El client potencial només es crea quan qui l’envia obre l’enllaç d’un correu i ho confirma. El que ningú no confirma s’esborra al cap de 7 dies.
forms-confirmation-no-mail = Per demanar confirmació per correu cal un servidor de correu.
forms-writes = Què en surt
forms-campaign-hint = Amb aquest nom es troben els seus clients potencials.
forms-from = Obert des del dia
forms-to = Obert fins al dia
forms-told = Qui rep un correu per cada client potencial
forms-told-hint = El correu diu la campanya i porta l’enllaç del client potencial; cap dada personal.
forms-embed = En un altre web
forms-sites = Webs que el poden mostrar dins d’un marc
forms-sites-hint = Una per línia, com https://www.exemple.cat. Sense cap, només té la seva pròpia pàgina.
forms-snippet = Codi per enganxar al web
forms-preview = Com es veu
forms-preview-text = Tal com està desat. Obriu l’adreça de dalt per provar-lo.
form-send = Envia
form-trap = Deixeu aquest camp buit
form-closed = Aquest formulari està tancat.
form-thanks = Gràcies: ho hem rebut.
form-check-mail = Us hem enviat un correu: obriu l’enllaç que hi ha i confirmeu-ho. Si no arriba, mireu a la carpeta de correu brossa.
form-confirm-text = Premeu el botó i { $company } rebrà el que heu escrit.
form-confirm = Ho confirmo
form-gone-title = L’enllaç ja no serveix
form-gone = Ja s’ha fet servir o ha caducat. Si encara ho necessiteu, torneu a omplir el formulari.
problem-form-fields = Afegiu almenys un camp
problem-form-field = El camp «{ $detail }» no es pot demanar en un formulari públic
problem-form-field-twice = Aquest camp ja hi és
problem-form-name = Cal demanar el nom o l’empresa
problem-form-mail-field = Per confirmar per correu, el correu electrònic ha de ser un camp obligatori
problem-form-no-mail = No hi ha cap servidor de correu: poseu-lo a la configuració del correu i torneu-hi
problem-form-site = «{ $detail }» no és l’adreça d’un web: escriviu-la com https://www.exemple.cat
problem-form-closed = Aquest formulari està tancat: ja no es pot enviar
problem-form-quick = Ha anat massa de pressa: reviseu-ho i torneu a enviar-ho
problem-form-expired = La pàgina ha estat oberta massa temps. El que heu escrit hi és: torneu a enviar-ho
problem-form-busy = Ara mateix no es pot enviar. El que heu escrit hi és: proveu-ho d’aquí a una estona
problem-form-often = S’ha enviat massa vegades. El que heu escrit hi és: torneu-ho a provar d’aquí a { $detail } minuts.
problem-form-often-minute = S’ha enviat massa vegades. El que heu escrit hi és: torneu-ho a provar d’aquí a un minut.
problem-form-consent = Per enviar-ho cal que hi estigueu d’acord
forms-open = Obre el formulari
