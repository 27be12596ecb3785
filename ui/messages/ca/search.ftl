# Search
search-title = Cerca
search-title-of = Resultats de «{ $query }»
search-suggestions = Resultats mentre escriviu
search-all = { $total }: mostra’ls tots
search-more-than = Més de { $count } resultats
search-empty-title = Què busqueu?
search-empty-text = Escriviu un nom, una empresa, un correu, un telèfon o un NIF. N’hi ha prou amb el començament de cada paraula, amb accents o sense.
search-too-short-title = Escriviu com a mínim dos caràcters
search-nothing-title = No s’ha trobat res amb «{ $query }»
search-nothing-text = Proveu-ho amb menys paraules o només amb el començament. Els correus, telèfons i NIF es busquen sencers.
search-to-leads = Ves a la llista de clients potencials
