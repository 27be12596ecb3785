file-title = Configuració en un fitxer
file-intro = Tot el que l’empresa ha configurat, per desar-ho, comparar-ho o portar-ho a una altra empresa.
file-export = Baixa la configuració
file-bring = Porta un fitxer
file-bring-text = Primer en veureu els canvis, un per un; no es canvia res fins que ho confirmeu. Els apartats que no són al fitxer queden com estan.
file-file = Fitxer TOML
file-text = O enganxeu-ne el text
file-review = Mostra els canvis
file-review-title = Canvis del fitxer
file-unchanged = { $count ->
    [one] { $count } element ja és com diu el fitxer
   *[other] { $count } elements ja són com diu el fitxer
}
file-problems = { $count ->
    [one] El fitxer té un problema i no es pot aplicar
   *[other] El fitxer té { $count } problemes i no es pot aplicar
}
file-nothing = L’empresa ja és com diu el fitxer.
file-line = Línia
file-place = Apartat
file-problem = Problema
file-changes = Canvis: { $count }
file-deed = Què passarà
file-field = Camp
file-now = Ara
file-then = Després
file-added = S’afegeix
file-changed = Canvia
file-removed = Se suprimeix
file-apply = Aplica els canvis
