# Plugins
plugins-title = Extensions
plugins-intro = Codi d’altri que s’executa aïllat, amb límits i només amb els permisos que li doneu.
plugins-none = No hi ha cap extensió instal·lada
plugins-none-text = Sense extensions, els clients potencials es reparteixen per torns.
plugins-name = Extensió
plugins-version = Versió
plugins-state = Estat
plugins-installed = Extensions instal·lades
plugins-disabled = desactivada
plugins-healthy = en marxa
plugins-failing =
    { $count ->
        [one] { $count } error seguit
       *[other] { $count } errors seguits
    }
plugins-paused = en pausa fins a les { $time }
plugins-available = Disponibles
plugins-install = Instal·la
plugins-upload = Instal·la des d’un fitxer
plugins-file = Fitxer de l’extensió
plugins-file-hint = Un component WebAssembly (.wasm). Quedarà desactivada fins que en reviseu els permisos.
plugins-upload-action = Puja i instal·la
plugins-enable = Activa
plugins-disable = Desactiva
plugins-failing-text =
    { $count ->
        [one] L’última crida ha fallat. El client potencial s’ha assignat amb la regla següent.
       *[other] Les últimes { $count } crides han fallat. Els clients potencials s’han assignat amb la regla següent.
    }
plugins-paused-text = L’extensió ha fallat massa vegades seguides i està en pausa fins al { $time }. Mentrestant no es perd cap client potencial: s’assignen amb la regla següent.
plugins-config = Configuració
plugins-config-none = Aquesta extensió no té res per configurar.
plugins-save = Desa
plugins-permissions = Què pot fer
plugins-not-http = No es pot connectar a internet.
plugins-not-files = No pot llegir ni escriure fitxers.
plugins-not-write = No pot canviar dades: només proposa, i Tracte ho comprova.
plugins-may-see-lead = Llegeix el client potencial que s’ha d’assignar.
plugins-may-see-candidates = Llegeix la llista de persones que el poden rebre.
plugins-may-read-config = Llegeix la seva configuració.
plugins-may-log = Escriu al seu registre.
plugins-may-http = Es connecta amb { $hosts }.
plugins-may-read-records = Llegeix registres de: { $kinds }.
plugins-may-secret = Fa servir el secret { $name } amb { $hosts }, sense veure’l.
plugins-identifier = Identificador
plugins-does = Funció
plugins-size = Mida
plugins-limits = Límits per crida
plugins-limits-words = { $time } ms · { $memory } MB · { $fuel } instruccions
plugins-about = Sobre l’extensió
plugins-hash = Empremta SHA-256 del component
plugins-hook-assigner = assigna clients potencials
plugins-calls = Últimes crides
plugins-calls-none = Encara no s’ha cridat mai
plugins-calls-none-text = Cada client potencial que entri deixarà aquí la decisió i el perquè.
plugins-calls-shown = { $shown } de { $total }
plugins-calls-more = Mostra’n més
plugins-call-about = Client potencial
plugins-call-outcome = Resultat
plugins-call-reason = Motiu
plugins-call-cost = Cost
plugins-call-log =
    { $count ->
        [one] Registre ({ $count } línia)
       *[other] Registre ({ $count } línies)
    }
plugins-call-fuel = { $fuel } instr.
plugins-outcome-assigned = assignat
plugins-outcome-queued = enviat a un equip
plugins-outcome-skipped = sense decisió
plugins-outcome-fuel = massa càlcul
plugins-outcome-timeout = massa temps
plugins-outcome-memory = massa memòria
plugins-outcome-trap = error intern
plugins-outcome-bad-output = resposta no vàlida
plugins-outcome-denied = sense permís
plugins-outcome-plugin = ha donat un error
plugins-remove = Desinstal·la
plugins-remove-warning = La configuració se suprimirà. Les assignacions que ja ha fet es conserven, amb el perquè.
plugins-remove-confirm = Desinstal·la i suprimeix la configuració
plugins-notice-removed = S’ha desinstal·lat l’extensió.
