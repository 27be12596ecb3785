# Errors
errors-home = Ves a l’inici
errors-request = Codi per a l’assistència:
errors-forbidden = No teniu permís per fer això
errors-forbidden-text = El vostre rol no ho permet. Qui administra Tracte a la vostra empresa us pot donar permís.
errors-forbidden-who = El vostre rol no ho permet. Us pot donar permís: { $names }.
errors-not-found = No s’ha trobat aquesta pàgina
errors-not-found-text = Potser l’adreça no és correcta, o el que busqueu s’ha suprimit o no és per a vós. Proveu-ho amb la cerca.
errors-too-large = El que heu enviat és massa gros
errors-too-large-text = El màxim és de { $maximum }. No s’ha desat res. Partiu el fitxer o traieu-ne el que no calgui.
errors-unprocessable = No s’ha entès la petició
errors-unprocessable-text = No s’ha desat res. Torneu enrere, reviseu el formulari i torneu-lo a enviar.
errors-too-many = Massa peticions seguides
errors-too-many-text =
    { $count ->
        [one] Espereu { $count } segon i torneu-ho a provar.
       *[other] Espereu { $count } segons i torneu-ho a provar.
    }
errors-unavailable = Ara mateix no es pot atendre
errors-unavailable-text = Hi ha molta feina o s’està engegant. No s’ha desat res. Torneu-ho a provar d’aquí a una estona.
errors-internal = Hi ha hagut un error nostre
errors-internal-text = Pot ser que l’última acció no s’hagi desat: comproveu-ho abans de repetir-la. Si torna a passar, doneu aquest codi a qui administra Tracte.
errors-conflict = «{ $title }» ha canviat mentre l’editàveu
errors-conflict-text = { $who } hi ha desat canvis { $when }. Trieu quin valor voleu per a cada camp; res del que heu escrit s’ha perdut.
errors-conflict-table = Valors que no coincideixen
errors-conflict-field = Camp
errors-conflict-mine = El vostre
errors-conflict-saved = El desat
errors-conflict-save = Desa els valors triats
errors-conflict-discard = Descarta els meus canvis
# Paper
paper-made = Fet amb Tracte el { $when }
problem-template = La plantilla per imprimir té un error: { $detail }. Corregiu el fitxer de la carpeta de dades, o traieu-lo per imprimir amb la plantilla que porta Tracte.
errors-again = Torna-ho a provar
errors-unavailable-read = Hi ha massa feina en aquest moment per mostrar aquesta pàgina. Torneu-ho a provar d’aquí a una estona.
