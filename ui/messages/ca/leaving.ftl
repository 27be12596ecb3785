# Algú plega
leaving-title = Treu l’accés a { $name }
leaving-intro = Es tancaran les seves sessions i claus. El que ha fet queda a l’historial, amb el seu nom.
leaving-to = Qui es queda els seus clients potencials
leaving-to-hint = Passen de mica en mica; la pàgina de l’usuari diu quants n’hi ha de passats. També hi van les seves empreses, contactes i oportunitats.
leaving-nobody = ningú: es queden com estan
leaving-what = Quins
leaving-open = els oberts ({ $count })
leaving-all = tots, també els tancats ({ $count })
leaving-reason = Motiu
leaving-reason-hint = Queda a cada client potencial, com a resposta a «per què ell?».
leaving-usual-reason = Relleu de { $name }
leaving-submit = Treu l’accés
leaving-going-on =
    { $done ->
        [one] { $done } client potencial ha passat a { $name }; n’hi ha més en camí.
       *[other] { $done } clients potencials han passat a { $name }; n’hi ha més en camí.
    }
