# Api docs
api-docs-title = Documentació de l’API
api-docs-start = Per començar
api-docs-keys = Claus d’API
api-docs-base = Adreça base:
api-docs-start-text = Envieu la clau a cada petició. La clau té un rol i veu el mateix que una persona amb aquell rol.
api-docs-problems = Els errors són JSON segons l’RFC 9457 (application/problem+json), amb un codi estable i tots els camps que cal corregir.
api-docs-parameters = Paràmetres
api-docs-body = Cos de la petició
api-docs-answers = Respostes
api-docs-example = Exemple
api-docs-fields = Camps
api-docs-field = Camp
api-docs-type = Tipus
api-docs-meaning = Significat
api-docs-required = obligatori
