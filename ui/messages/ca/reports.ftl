# Reports
reports-leads-title = Clients potencials per mes
reports-whose-everybody = De tothom
reports-whose-own = Només els vostres
reports-whose-teams =
    { $count ->
        [one] De l’equip { $teams }, i els vostres
       *[other] Dels equips { $teams }, i els vostres
    }
reports-by = Desglossament
reports-by-none = Tots junts
reports-by-source = Per origen
reports-by-owner = Per responsable
reports-by-status = Per estat
reports-year = Exercici
reports-show = Mostra
reports-export = Exporta
reports-to-date = { $year } fins al { $day }
reports-until = { $year } fins al { $day }
reports-this-year = aquest exercici
reports-than-year = que el { $year }
reports-leads-unit = clients potencials nous
reports-no-comparison = sense comparació possible
reports-amount = Import estimat { $year }
reports-chart-months = Nous per mes
reports-chart-total = Acumulat de l’exercici
reports-chart-total-text = Suma dels nous des del primer dia de l’exercici; l’actual s’atura avui
reports-month = Mes
reports-sentence-alone = El { $year } en porta { $count } fins al { $day }.
reports-sentence =
    { $trend ->
        [more] El { $year } en porta { $count } fins al { $day }: un { $percent } més que el { $last } fins al mateix dia ({ $then }).
        [less] El { $year } en porta { $count } fins al { $day }: un { $percent } menys que el { $last } fins al mateix dia ({ $then }).
       *[same] El { $year } en porta { $count } fins al { $day }: els mateixos que el { $last } fins al mateix dia ({ $then }).
    }
reports-table-months = Mesos i exercicis
reports-table-sources = Per origen, fins al mateix dia
reports-table-owners = Per responsable, fins al mateix dia
reports-table-statuses = Per estat, fins al mateix dia
reports-table-own = { $field }, fins al mateix dia
reports-same-day = Fins al mateix dia
reports-difference = Diferència
reports-in-percent = En %
reports-others = Altres
reports-no-groups = No hi ha cap client potencial en aquests exercicis.
reports-definitions = Què s’hi compta
reports-definition-lead = Cada client potencial compta en el mes en què es va crear, també si després s’ha descartat. Els suprimits no compten.
reports-definition-year = L’exercici { $year } comença l’{ $day }.
reports-definition-to-date = Les comparacions són fins al mateix dia de cada exercici, no amb l’exercici sencer. La diferència i el percentatge són respecte de l’exercici anterior.
reports-definition-group = Cada client potencial és al grup que té avui, no al que tenia quan es va crear.
reports-definition-amount = L’import és la suma dels imports estimats sense impostos, en { $currency }.
reports-definition-currencies =
    { $count ->
        [one] { $count } en una altra moneda compta, però sense l’import.
       *[other] { $count } en altres monedes compten, però sense l’import.
    }
reports-group = Grup
reports-all = Tots
reports-nothing = Sense valor
problem-export-too-many = Hi ha més de { $detail } files, més de les que obre un full de càlcul. Filtreu la llista, per exemple per dates, i exporteu-la per parts.
