//! More of what people write above columns, a line for each field: shorter, with or without articles, as it is said.

use model::Kind;

/// Field, and the headers that mean it, with spaces between them; of one entity alone where it is named.
pub(crate) const EVERYDAY: &[(Option<Kind>, &str, &str)] = &[
    (Some(Kind::Lead), "name", "nomdelcontacte nombredelcontacto nomcontacte nombrecontacto"),
    (Some(Kind::Company), "name", COMPANIES),
    (Some(Kind::Company), "name", "denominacio denominacion"),
    (
        Some(Kind::Product),
        "name",
        "nomdelproducte nombredelproducto denominacio denominacion concepte concepto",
    ),
    (
        Some(Kind::Opportunity),
        "name",
        "nomdeloportunitat nombredelaoportunidad negoci negocio nombredelnegocio projecte proyecto concepte concepto",
    ),
    (Some(Kind::Activity), "kind", "tipusactivitat tipoactividad"),
    (
        Some(Kind::Activity),
        "state",
        "fet hecho realitzada realizada realitzat realizado completada completat completado acabada",
    ),
    (
        Some(Kind::Activity),
        "due",
        "datavenciment fechavencimiento dataihora fechayhora datainici datadinici fechainicio fechadeinicio \
         dataprevista fechaprevista",
    ),
    (
        Some(Kind::Activity),
        "done_at",
        "fetel hechoel datafeta fechahecha datarealitzacio fecharealizacion completatel completadoel",
    ),
    (Some(Kind::Activity), "text", "observacio observacion comentari comentario comment"),
    // What it is about: companies more often than people.
    (Some(Kind::Activity), "company", "sobre relacionatamb relacionadocon relatedto regarding about"),
    (None, "full_name", "nomdelcontacte nombredelcontacto nomcontacte nombrecontacto"),
    (None, "company", COMPANIES),
    (None, "tax_id", "identificaciofiscal identificacionfiscal idfiscal"),
    (None, "email", "emails adrecadecorreu direcciondecorreo direcciondecorreoelectronico"),
    (None, "mobile", "numerodemobil numerodemovil numerodetelefonomovil"),
    (
        None,
        "phone",
        "telf tlf tfno telefonfix telefonofijo numerodetelefon numerodetelefono telefonprincipal telefonoprincipal",
    ),
    (None, "address", "adrecapostal direccionpostal streetaddress"),
    (None, "postcode", "codpostal"),
    (None, "town", "poble pueblo"),
    (None, "zone", "stateregion estadoregion county"),
    (None, "website", "domini dominio domain urldelsitioweb"),
    (None, "industry", "sectordactivitat sectordeactividad"),
    (None, "source", "origendelcontacte origendelcontacto comensconegut comonosconocio"),
    (None, "campaign", "campanyademarqueting campan~ademarketing"),
    (None, "description", "observacio observacion comentari comentario comment"),
    (
        None,
        "amount",
        "valorestimat valorestimado ingressosesperats ingressosprevistos ingresosesperados ingresosprevistos \
         ingresoesperado",
    ),
    (None, "employees", "plantilla numerodetreballadors numerodetrabajadores nombretreballadors"),
    (None, "client_since", "dataalta datadalta fechaalta fechadealta altaclient altacliente"),
    (None, "job_title", "llocdetreball puestodetrabajo funcio funcion posicio posicion"),
    (None, "birthday", "datanaixement fechanacimiento cumplean~os"),
    (
        None,
        "contact",
        "nomdelcontacte nombredelcontacto nomcontacte nombrecontacto contacteprincipal contactoprincipal",
    ),
    (None, "stage", "etapadevenda etapadeventa fasedevenda fasedeventa situacio situacion"),
    (
        Some(Kind::Lead),
        "status",
        "estat estado status leadstatus hsleadstatus situacio situacion stage stageid etapa fase",
    ),
    (
        Some(Kind::Lead),
        "discard_reason",
        "motiu motiudescart motiudedescart motiudeldescart motiudeperdua motiudelaperdua motiuperdua motivo \
         motivodescarte motivodedescarte motivodeldescarte motivodelaperdida motivodeperdida motivoperdida \
         discardreason reasonfordiscarding lostreason lostreasonid unqualifiedreason",
    ),
    (
        None,
        "expected_close",
        "tancament cierre datatancament fechacierre dataprevista fechaprevista datatancamentprevista \
         datadetancamentprevista dataprevistadetancament fechacierreprevista fechadecierreprevista \
         fechaprevistadecierre",
    ),
    (None, "closed_at", "datatancamentreal fechadecierrereal tancatel cerradoel"),
    (
        None,
        "created_at",
        "dataalta datadalta fechaalta fechadealta datacreacio datadecreacio fechacreacion fechadecreacion createl \
         creadael creatael creat creado creadoel created createdat createdon createdtime createddate createdate \
         creationdate datecreated engagedate addtime leadleadcreated dealdealcreated dataentrada datadentrada \
         fechaentrada fechadeentrada",
    ),
    (
        None,
        "lost_reason",
        "motiuperdua motiudelaperdua motivoperdida motivodelaperdida razondeperdida raodelaperdua causadeperdua",
    ),
    (
        None,
        "owner",
        "assignata assignadaa asignadoa asignadaa agentcomercial agentecomercial comercialassignat \
         comercialasignado gestor gestora encarregat encargado hubspotowner assignedusername contactowner companyowner dealowner leadowner \
         accountowner propietariodelcontacto propietariodelaempresa propietariodelnegocio",
    ),
    (None, "kind", "tipusdempresa tipodeempresa tipusdeclient tipodecliente tipusclient tipocliente"),
    (
        None,
        "code",
        "codiproducte codigoproducto codidelproducte codigodelproducto codiarticle codigoarticulo",
    ),
    (None, "unit_price", "preudevenda preciodeventa preuvenda precioventa"),
    (None, "cost", "preudecost preciodecoste preucost preciocoste"),
    (None, "tax", "tipusdiva tipodeiva tipusiva tipoiva"),
    (None, "external_key", "idexterno idderegistro"),
];

const COMPANIES: &str =
    "compan~ia nomdelempresa nombredelaempresa nombredelacompan~ia nomdelclient nombredelcliente";
