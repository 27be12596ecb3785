# Search
search-title = Buscar
search-title-of = Resultados de «{ $query }»
search-suggestions = Resultados mientras escribe
search-all = { $total }: mostrarlos todos
search-more-than = Más de { $count } resultados
search-empty-title = ¿Qué busca?
search-empty-text = Escriba un nombre, una empresa, un correo, un teléfono o un NIF. Basta con el principio de cada palabra, con acentos o sin ellos.
search-too-short-title = Escriba al menos dos caracteres
search-nothing-title = No se ha encontrado nada con «{ $query }»
search-nothing-text = Pruebe con menos palabras o solo con el principio. Los correos, teléfonos y NIF se buscan enteros.
search-to-leads = Ir a la lista de clientes potenciales
