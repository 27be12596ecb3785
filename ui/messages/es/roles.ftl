# Roles
roles-title = Roles
roles-intro = Qué puede ver y hacer cada persona, según el rol que tiene.
roles-settings-text = Quién puede ver, crear, cambiar, eliminar y exportar qué.
roles-new = Nuevo rol
roles-copy-of = Empezar como copia de:
roles-help = Para qué sirve
roles-matrix = Permisos
roles-matrix-text = «Equipo» significa lo propio y lo de los equipos donde está la persona o que dirige, y lo de los equipos que dependen de ellos. Nadie cambia, elimina ni exporta lo que no ve.
roles-administrator-text = La administración puede hacerlo todo y no se puede limitar: así nadie se queda fuera.
roles-entity = Sobre qué
roles-entity-leads = Clientes potenciales
roles-entity-notes = Acciones y notas
roles-entity-imports = Importaciones
roles-entity-users = Usuarios
roles-entity-teams = Equipos
roles-entity-settings = Configuración
roles-entity-plugins = Extensiones
roles-entity-api-keys = Claves de API
roles-action-see = Ver
roles-action-create = Crear
roles-action-change = Cambiar
roles-action-delete = Eliminar
roles-action-export = Exportar
roles-level-all = todo
roles-level-team = equipo
roles-level-own = propio
roles-level-none = nada
roles-level-yes = sí
roles-level-no = no
roles-fixed-names = los nombres
roles-fixed-as-create = como crear
roles-fixed-with-lead = con el cliente
roles-used-by = Quién lo tiene
roles-unused = Nadie tiene este rol.
roles-people =
    { $count ->
        [0] nadie
        [one] { $count } persona
       *[other] { $count } personas
    }
roles-sees = Qué ve
roles-sees-title = Qué ve { $name }
roles-sees-intro = Calculado ahora mismo, con las mismas decisiones que cuando entra.
roles-sees-teams = Equipos que abarca:
roles-sees-seen = Clientes potenciales que ve
roles-sees-changed = Que puede cambiar
roles-sees-exported = Que puede exportar
roles-sees-first = Los más recientes que ve
roles-sees-nothing = Nada.
roles-sees-navigation = Navegación
roles-sees-settings = Configuración que puede abrir
problem-level-above-see = No puede abarcar más de lo que se ve: amplíe «Ver» o reduzca este nivel
problem-administrator-whole = El rol de administración no se puede limitar ni archivar
problem-role-above-own = Este rol puede hacer más que el suyo: solo lo puede dar quien tiene uno igual o superior
roles-limits = Límites de los presupuestos
roles-limits-text = Un presupuesto que los supere espera a que lo apruebe alguien que pueda. Vacíos: sin límite.
roles-discount-max = Descuento máximo (%)
roles-margin-min = Margen mínimo (%)
