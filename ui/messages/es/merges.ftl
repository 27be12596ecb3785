# Fusiones y fichas que pueden ser la misma
merges-title = { $count ->
    [one] Fusionar { $count } ficha
   *[other] Fusionar { $count } fichas
}
merges-text = Queda una con todo lo que hay en las demás. Las demás desaparecen de las listas y de la búsqueda, y sus direcciones llevan a la que queda.
merges-back = Volver a la ficha
merges-survivor = Cuál queda
merges-survivor-text = Se propone la que tiene más fichas enlazadas y, si tienen las mismas, la más antigua.
merges-may-not-stay = No puede quedar: no puede cambiarla o no puede eliminar las demás.
merges-made = Creada el { $created }, cambiada el { $updated }
merges-linked = { $count ->
    [0] ninguna ficha enlazada
    [one] { $count } ficha enlazada
   *[other] { $count } fichas enlazadas
}
merges-linked-more = más de { $count } fichas enlazadas
merges-fields = Qué valor queda
merges-fields-text = Se propone el valor que hay; si hay más de uno, el de la ficha que se cambió más tarde. La dirección queda entera, la de una sola ficha: se propone la más completa.
merges-address = Dirección completa
merges-rest = El resto se hace solo
merges-rest-links = Todo lo que cuelga de las demás pasa a la que queda: contactos, oportunidades, notas, consentimientos y cualquier otra ficha que lleve a ellas.
merges-rest-lists = Las etiquetas y los consentimientos se unen, y las claves de otros sistemas siguen encontrando la ficha.
merges-rest-further = { $kind ->
    [contact] La empresa, los teléfonos y los correos que no se eligen pasan a «Otras empresas», «Otros teléfonos» y «Otros correos», mientras quepan.
   *[other] Los teléfonos y los correos que no se eligen pasan a «Otros teléfonos» y «Otros correos», mientras quepan.
}
merges-rest-history = El historial de todas se ve en la que queda.
merges-rest-undo = { $days ->
    [one] Se puede deshacer durante { $days } día.
   *[other] Se puede deshacer durante { $days } días.
}
merges-same = { $count ->
    [one] { $count } campo es igual en todas
   *[other] { $count } campos son iguales en todas
}
merges-do = Fusionar
merges-link = Fusionar…
merges-apart = No es la misma
merges-who-may = Si es la misma, pida que las fusionen a quien puede hacerlo: { $names }.
merges-one-title = Fusión: { $title }
merges-one-text = Hecha por { $who } el { $when }
merges-absorbed = Fichas fusionadas
merges-entity = Tipo
merges-answers = Ficha que ha quedado
merges-moved = Fichas enlazadas que han pasado a ella
merges-taken = Campos con el valor de otra
merges-keys = Claves externas que llevan a ella
merges-undo-title = Deshacer la fusión
merges-undo-text = Se puede deshacer hasta el { $when }: las fichas fusionadas vuelven tal como eran, lo que colgaba de ellas vuelve, y la que ha quedado recupera los valores que nadie ha cambiado después.
merges-undo = Deshacer la fusión
merges-undo-not = No se puede deshacer:
merges-undone-title = La fusión se ha deshecho
merges-undone-text = { $count ->
    [0] Deshecha el { $when }. No había ninguna ficha enlazada que devolver.
    [one] Deshecha el { $when }. Ha vuelto { $count } ficha enlazada.
   *[other] Deshecha el { $when }. Han vuelto { $count } fichas enlazadas.
}
merges-undone-whole = Todo ha quedado como antes.
merges-undone-left = Esto no ha vuelto:
merges-left-changed = alguien lo cambió después de la fusión, y queda lo que hay
merges-left-taken = ahora lo tiene otra ficha
merges-left-gone = la ficha a la que llevaba ya no está
merges-left-more = { $count ->
    [one] y { $count } campo más
   *[other] y { $count } campos más
}
merges-pairs-title = Duplicados
merges-pairs-text = Parejas de fichas que pueden ser la misma: primero las más seguras. Fusiónelas o indique que no lo son.
merges-pairs-why = Tienen { $reasons }
merges-pairs-none = No hay ninguna pareja
merges-pairs-none-here = En esta página no hay ninguna
merges-pairs-none-text = No se ha encontrado ninguna otra ficha con el mismo NIF, correo, teléfono o nombre.
merges-pairs-pages = Páginas de duplicados
merges-pairs-first = Volver al principio
merges-pairs-next = Más parejas
merges-apart-title = Parejas que no son la misma
merges-apart-when = Se indicó el { $when }
merges-apart-again = Volver a compararlas
merges-known-title = { $count ->
    [one] Ya hay una que seguramente es la misma
   *[other] Ya hay fichas que seguramente son la misma
}
merges-known-text = No se ha guardado nada. Abra la que ya hay o, si es otra, guárdela igualmente.
merges-known-create = Crearla igualmente
merges-known-save = Guardarla igualmente
merges-new-tab = (en una pestaña nueva)
merges-notice-merged = Las fichas se han fusionado.
merges-notice-undone = La fusión se ha deshecho.
merges-notice-into = Esta ficha se ha fusionado con la que ve.
merges-notice-choose = Para fusionar, marque entre 2 y 5 fichas.
merges-notice-apart = No se volverán a proponer como la misma ficha.
merges-notice-again = Se volverán a comparar.
merges-event = { $by ->
    [nobody] Se ha fusionado con { $titles }
   *[person] { $who } la ha fusionado con { $titles }
}
merges-event-undone = { $by ->
    [nobody] Se ha deshecho la fusión con { $titles }
   *[person] { $who } ha deshecho la fusión con { $titles }
}
merges-event-other = otra ficha
merges-event-apart = { $by ->
    [nobody] Se ha indicado que no es la misma que otra
   *[person] { $who } ha indicado que no es la misma que otra
}
merges-event-apart-back = { $by ->
    [nobody] Se vuelve a comparar con otra
   *[person] { $who } la vuelve a comparar con otra
}
problem-merge-one = Elija como mínimo dos fichas distintas
problem-merge-many = Son demasiadas fichas: el máximo es { $detail } a la vez
problem-merge-large = Las fichas que desaparecerían tienen más de { $detail } enlazadas: deje como ficha que queda la que tiene más
problem-merge-converted = Más de uno de estos clientes potenciales ya se ha convertido: fusione las empresas o los contactos que salieron de ellos
problem-merge-whose = Elija el valor de una de las fichas que se fusionan
problem-merge-address = La dirección queda entera: elíjala de una sola ficha
problem-merge-undone = Esta fusión ya se ha deshecho
problem-merge-again = La ficha que quedó se ha fusionado después con otra: deshaga primero aquella fusión
problem-merge-late = Han pasado más de { $detail } días
problem-merge-unknown = El historial ya no dice cómo eran las fichas
audit-kind-merge = Fusión
audit-kind-distinct = Pareja que no es la misma
audit-field-merge-entity = Tipo
audit-field-merge-survivor = Ficha que queda
audit-field-merge-answers = Ficha que responde ahora
audit-field-merge-absorbed = Fichas fusionadas
audit-field-merge-keys = Claves externas
audit-field-merge-taken = Campos con el valor de otra
audit-field-merge-moved = Fichas enlazadas que han pasado a ella
audit-field-merge-undone = Deshecha
audit-field-distinct-one-kind = Tipo de la primera
audit-field-distinct-one = Primera ficha
audit-field-distinct-other-kind = Tipo de la segunda
audit-field-distinct-other = Segunda ficha
merges-notice-not-saved = Mientras tanto, la ficha se ha fusionado con la que ve, y lo que acababa de enviar no se ha guardado. Para recuperarlo, vuelva atrás con el navegador.
