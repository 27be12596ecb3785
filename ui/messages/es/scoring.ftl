# Puntuación y probabilidad de los clientes potenciales: las reglas, una regla, la prueba, la ficha y qué se ha aprendido
scoring-title = Reglas de puntuación
scoring-intro = Cada regla que corresponde a un cliente potencial le suma o le resta puntos. La suma se recorta entre 0 y 100.
scoring-settings-text = Qué puntos tiene cada cliente potencial y por qué.
scoring-new = Nueva regla
scoring-none = Todavía no hay ninguna regla de puntuación
scoring-none-text = Con reglas, cada cliente potencial tiene de 0 a 100 puntos en su ficha y en la lista, con los motivos.
scoring-how = Los puntos se calculan cada vez que se muestran: un cambio de reglas vale al instante para todos los clientes potenciales y no queda en el historial de ninguno.
scoring-what = A cuáles
scoring-points = Puntos
scoring-points-hint = De −{ $maximum } a +{ $maximum }, sin decimales; 0 no.
scoring-days-text = Con condiciones sobre días («creado hace más de 30 días») los puntos cambian solos con el tiempo.
scoring-try = Probar
scoring-try-text = La prueba compara los puntos de los últimos clientes potenciales antes y después de este cambio. No se guarda nada.
scoring-preview = Prueba de la regla
scoring-preview-none-text = Cuando los haya, aquí verá sus puntos antes y después.
scoring-preview-sum =
    { $count ->
        [one] { $count } cliente potencial probado; la regla corresponde a { $fitting }; cambian de puntuación: { $changed }.
       *[other] { $count } clientes potenciales probados; la regla corresponde a { $fitting }; cambian de puntuación: { $changed }.
    }
scoring-preview-mean = Media: { $before } puntos antes, { $after } después.
scoring-preview-how = Se prueban los clientes potenciales no archivados más nuevos. Los días de vigencia de la regla no cuentan.
scoring-before = Antes
scoring-after = Después
scoring-bands = Clientes potenciales por puntuación
scoring-examples = Ejemplos: { $count }
scoring-why = Por qué
scoring-card = Puntuación y probabilidad
scoring-rules-link = Reglas
scoring-learned-link = Qué se ha aprendido
scoring-no-rules = Todavía no hay ninguna regla de puntuación vigente.
scoring-score = Puntuación:
scoring-field-score = Puntuación
scoring-field-probability = Probabilidad (%)
scoring-of-hundred = { $points } de 100
scoring-nothing-fits = No le corresponde ninguna regla.
scoring-cut = La suma es { $sum }; se recorta entre 0 y 100.
scoring-probability = Probabilidad de que sea cliente:
scoring-unreliable = Todavía no es fiable: no acierta más que decir siempre la media.
scoring-not-yet = Se está aprendiendo de los clientes potenciales cerrados.
scoring-not-yet-text = Después de arrancar Tracte se repasan todos, durante unos segundos.
scoring-look-again = Volver a mirar
scoring-too-few = Muy pocos datos para decir la probabilidad: { $closed } clientes potenciales cerrados de los { $needed } necesarios.
scoring-too-few-of-each = Muy pocos datos para decir la probabilidad: clientes potenciales ganados, { $won }; perdidos, { $lost }. Hacen falta al menos { $each } de cada tipo.
scoring-by-company = Aprendido de { $closed } clientes potenciales cerrados de la empresa, ganados el { $base }.
scoring-by-team = Aprendido de { $closed } clientes potenciales cerrados del equipo «{ $name }», ganados el { $base }.
scoring-more-factors =
    { $count ->
        [one] { $count } motivo más
       *[other] { $count } motivos más
    }
scoring-of-these = { $won } ganados de { $all }
scoring-making = Se está rehaciendo el orden por puntuación: { $done } de { $expected }. Mientras tanto, el orden es el de antes.
scoring-making-first = Se está haciendo el orden por puntuación: { $done } hasta ahora.
scoring-learned-title = Probabilidad de los clientes potenciales
scoring-learned-intro = Qué se ha aprendido de los clientes potenciales cerrados y hasta qué punto acierta.
scoring-learned-company = Toda la empresa
scoring-learned-team = Equipo «{ $name }»
scoring-closed = Cerrados
scoring-won = Ganados
scoring-lost = Perdidos
scoring-too-few-each = Muy pocos datos: { $closed } clientes potenciales cerrados. Hacen falta { $needed } cerrados y al menos { $each } ganados y { $each } perdidos.
scoring-too-few-team = Muy pocos datos de este equipo ({ $closed } cerrados de los { $needed } necesarios): para los suyos vale lo aprendido de toda la empresa.
scoring-too-few-team-of-each = Muy pocos datos de este equipo (ganados: { $won }; perdidos: { $lost }; hacen falta al menos { $each } de cada tipo): para los suyos vale lo aprendido de toda la empresa.
scoring-quality = Hasta qué punto acierta
scoring-quality-text =
    { $count ->
        [one] Con { $count } cliente potencial cerrado, juzgado como si no se hubiera aprendido de él.
       *[other] Con los últimos { $count } clientes potenciales cerrados, cada uno juzgado como si no se hubiera aprendido de él.
    }
scoring-beside = { $figure } (diciendo siempre la media: { $base })
scoring-brier = Error cuadrático medio (Brier): cuanto más bajo, mejor
scoring-log-loss = Sorpresa media (log loss): cuanto más baja, mejor
scoring-auc = Veces que uno ganado tenía más probabilidad que uno perdido (0,5 es azar; la cifra peca de baja)
scoring-not-better = No acierta más que decir siempre la media: no se fíe todavía.
scoring-told = Se decía
scoring-told-mean = Media dicha
scoring-really-won = Ganados de verdad
scoring-told-caption = Qué se decía y qué pasó · { $whose }
scoring-factor = Motivo
scoring-times = Multiplica
scoring-strongest = Lo que pesa más · { $whose }
scoring-means = Qué significa
scoring-means-won = Ganado: convertido, y la oportunidad que salió de él, si la hay, ganada. Perdido: descartado, o con la oportunidad perdida.
scoring-means-left-out = No se aprende de los abiertos, los archivados, los borrados, los descartados por duplicados, ni de los que tienen la oportunidad todavía abierta, cancelada o eliminada.
scoring-means-fields = Se aprende del origen, el sector, la zona, el país, la campaña, el importe por tramos, el tiempo hasta la primera respuesta por tramos, si hay teléfono, correo, NIF y web, y los campos personalizados de una opción o de sí o no. De nada más.
scoring-means-method = Bayes ingenuo con suavizado de Laplace, por equipo y, si el equipo tiene menos de { $needed } cerrados o menos de { $each } ganados o perdidos, de toda la empresa. Un valor que tienen menos de { $minimum } clientes potenciales no cuenta. «×1,8» significa que multiplica por 1,8 la proporción entre ganados y perdidos.
scoring-means-data = Solo se guardan recuentos, en memoria: ningún nombre, ninguna dirección. Qué campos es lícito usar para perfilar a personas lo debe decidir la empresa.
scoring-band-amount-to-1000 = menos de 1.000
scoring-band-amount-to-5000 = de 1.000 a 5.000
scoring-band-amount-to-20000 = de 5.000 a 20.000
scoring-band-amount-above = 20.000 o más
scoring-band-response-hour = en una hora
scoring-band-response-four-hours = en cuatro horas
scoring-band-response-day = en un día
scoring-band-response-three-days = en tres días
scoring-band-response-later = más tarde
problem-rule-points = Escriba los puntos: un número entero de −{ $detail } a { $detail } que no sea 0
problem-rule-score = Una regla de puntuación no puede depender de la puntuación ni de la probabilidad
