# Alguien se va
leaving-title = Quitar el acceso a { $name }
leaving-intro = Se cerrarán sus sesiones y claves. Lo que ha hecho queda en el historial, con su nombre.
leaving-to = Quién se queda sus clientes potenciales
leaving-to-hint = Pasan poco a poco; la página del usuario dice cuántos han pasado. También pasan sus empresas, contactos y oportunidades.
leaving-nobody = nadie: se quedan como están
leaving-what = Cuáles
leaving-open = los abiertos ({ $count })
leaving-all = todos, también los cerrados ({ $count })
leaving-reason = Motivo
leaving-reason-hint = Queda en cada cliente potencial, como respuesta a «¿por qué él?».
leaving-usual-reason = Relevo de { $name }
leaving-submit = Quitar el acceso
leaving-going-on =
    { $done ->
        [one] { $done } cliente potencial ha pasado a { $name }; hay más en camino.
       *[other] { $done } clientes potenciales han pasado a { $name }; hay más en camino.
    }
