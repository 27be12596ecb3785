# Home
home-title = Inici
home-new = Nous
home-new-note = encara sense primer contacte
home-mine = Meus oberts
home-mine-note = dels quals sou responsable
home-this-month = Entrats aquest mes
home-than-last-year = que el { $year }, fins al mateix dia
home-no-comparison = sense dades del { $year } per comparar
home-response = Primera resposta
home-response-note =
    { $count ->
        [one] { $count } contestat; el mes passat, { $before }
       *[other] { $count } contestats; el mes passat, { $before }
    }
home-response-note-alone =
    { $count ->
        [one] { $count } contestat; el mes passat, cap
       *[other] { $count } contestats; el mes passat, cap
    }
home-response-definition = Primera resposta: mediana del temps de rellotge des que entra un client potencial fins al primer contacte, dels que veieu i s’han contestat aquest mes, sense els arxivats; es compara amb tot el mes passat.
home-minutes = { $count } min
home-hours = { $count } h
home-latest = Darrers clients potencials
home-all-leads = Mostra’ls tots
home-latest-none = Encara no n’hi ha cap de vostre.
home-mine-by-status = Els meus, per estat
home-mine-none = No teniu cap client potencial obert.
home-imports = Importacions en curs
home-import-open = Obre
home-first-steps = Primers passos
home-steps-done = { $done } de { $total } fets
home-step-done = (fet)
home-step-company = Dades de l’empresa
home-step-company-text = Nom, moneda i exercici.
home-step-users = Afegiu qui hi treballarà
home-step-users-text = Cada persona veu només el que li pertoca.
home-step-users-action = Afegeix
home-step-plugin = Decidiu qui rep cada client potencial
home-step-plugin-text = Per codi postal amb una extensió; si no, per torns.
home-step-plugin-action = Configura
home-step-leads = Porteu-hi els vostres clients potencials
home-step-leads-text = Des d’un full de càlcul o un fitxer CSV, amb una simulació abans de desar res.
home-step-leads-action = Importa
home-first-lead = Crea el primer client potencial
home-figures-busy = Les xifres no es poden comptar ara mateix: hi ha massa feina. Torneu-ho a provar d’aquí a una estona.
home-documents =
    { $count ->
        [one] { $count } document ha caducat o caduca en trenta dies o menys
       *[other] { $count } documents han caducat o caduquen en trenta dies o menys
    }
home-documents-many = Més de { $count } documents han caducat o caduquen en trenta dies o menys
home-approvals =
    { $count ->
        [one] { $count } pressupost espera aprovació
       *[other] { $count } pressupostos esperen aprovació
    }
home-approvals-many = Més de { $count } pressupostos esperen aprovació
