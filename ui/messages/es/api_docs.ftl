# Api docs
api-docs-title = Documentación de la API
api-docs-start = Para empezar
api-docs-keys = Claves de API
api-docs-base = Dirección base:
api-docs-start-text = Envíe la clave en cada petición. La clave tiene un rol y ve lo mismo que una persona con ese rol.
api-docs-problems = Los errores son JSON según el RFC 9457 (application/problem+json), con un código estable y todos los campos que hay que corregir.
api-docs-parameters = Parámetros
api-docs-body = Cuerpo de la petición
api-docs-answers = Respuestas
api-docs-example = Ejemplo
api-docs-fields = Campos
api-docs-field = Campo
api-docs-type = Tipo
api-docs-meaning = Significado
api-docs-required = obligatorio
