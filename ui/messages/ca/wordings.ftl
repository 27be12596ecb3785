words-title = Paraules pròpies
words-intro = Com es diu cada cosa a la vostra empresa. El que no canvieu es diu com sempre.
words-settings-text = Canvia els textos de les pàgines a la manera de l’empresa, en tres idiomes.
words-search = Cerca entre tots els textos
words-changed = Canviats
words-names = Pantalles i títols
words-statuses = Estats dels clients potencials
words-fields = Camps
words-lists = Els orígens, els sectors i els motius es canvien a les llistes d’opcions
words-none = No s’ha trobat cap text
words-none-text = Proveu amb menys paraules, o amb una de sola.
words-all = Torna a les paraules més canviades
words-more = Se’n mostren { $count }: afineu la cerca.
words-product = Text del producte
words-own = Text propi
words-as-product = com el producte
words-also-in = també en: { $languages }
words-word-title = Un text amb les vostres paraules
words-arguments = Allà on hi ha { $names }, la pàgina hi posa un valor. El podeu canviar de lloc o treure’l.
words-text-ca = Text propi en català
words-text-es = Text propi en castellà
words-text-en = Text propi en anglès
words-save = Desa
words-cancel = Cancel·la
words-reset-title = Torna al text del producte
words-reset-text = S’esborra el text propi en tots els idiomes.
words-reset = Torna al text del producte
words-notice-reset = Es torna a dir com al producte.
problem-wording-key = No hi ha cap text que es digui «{ $detail }»
problem-wording-form = Aquest text no es pot dir així: les claus { "{" } i { "}" } van per parelles i només envolten valors de la pàgina
problem-wording-argument = La pàgina no dona aquest valor. Els que dona: { $detail }
words-found = { $count ->
    [one] { $count } text
   *[other] { $count } textos
}
