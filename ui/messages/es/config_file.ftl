file-title = Configuración en un archivo
file-intro = Todo lo que la empresa ha configurado, para guardarlo, compararlo o llevarlo a otra empresa.
file-export = Descargar la configuración
file-bring = Traer un archivo
file-bring-text = Primero verá los cambios, uno por uno; no se cambia nada hasta que lo confirme. Los apartados que no están en el archivo quedan como están.
file-file = Archivo TOML
file-text = O pegue su texto
file-review = Mostrar los cambios
file-review-title = Cambios del archivo
file-unchanged = { $count ->
    [one] { $count } elemento ya es como dice el archivo
   *[other] { $count } elementos ya son como dice el archivo
}
file-problems = { $count ->
    [one] El archivo tiene un problema y no se puede aplicar
   *[other] El archivo tiene { $count } problemas y no se puede aplicar
}
file-nothing = La empresa ya es como dice el archivo.
file-line = Línea
file-place = Apartado
file-problem = Problema
file-changes = Cambios: { $count }
file-deed = Qué pasará
file-field = Campo
file-now = Ahora
file-then = Después
file-added = Se añade
file-changed = Cambia
file-removed = Se elimina
file-apply = Aplicar los cambios
