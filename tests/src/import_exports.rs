//! Files as other programs really write them: what closes when, stages beside states, names and labels in other languages.

use crate::import_wizard::{company_of, go_in, named, plan_of, uploaded};
use crate::test_app::TestApp;
use model::{FieldValue, Kind};
use services::board;

fn instant(text: &str) -> FieldValue {
    FieldValue::Instant(text.parse().unwrap())
}

fn day(text: &str) -> FieldValue {
    FieldValue::Day(text.parse().unwrap())
}

fn deal(test: &TestApp, name: &str, field: &str) -> FieldValue {
    named(test, Kind::Opportunity, name).built_in(field)
}

const DEALS_OF_HUBSPOT: &str = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Associated Company IDs,Create Date,Closed Lost Reason,Deal Type\n\
     7001,Nova caldera,New,2027-09-30 12:00,,12000,Sales Pipeline,9001,2025-03-02 10:00,,\n\
     7002,Caldera,Closed Won,2025-06-30 12:00,,3450.5,Sales Pipeline,9002,2025-04-12 10:00,,newbusiness\n\
     7003,Manteniment,Closed Lost,2025-07-30 12:00,,900,Sales Pipeline,9002,2025-05-12 10:00,Preu,existingbusiness\n";

/// One column is the day on which a deal was closed, or is to be: its stage says which.
#[test]
fn a_closing_day_is_what_the_stage_makes_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let done = go_in(&test, Kind::Opportunity, "deals.csv", DEALS_OF_HUBSPOT);
    assert_eq!((done.imported.created, done.imported.bad), (3, 0));
    assert_eq!(deal(&test, "Nova caldera", "expected_close"), day("2027-09-30"));
    assert_eq!(deal(&test, "Nova caldera", "closed_at"), FieldValue::Nothing);
    assert_eq!(deal(&test, "Caldera", "closed_at"), instant("2025-06-30T10:00:00Z"));
    assert_eq!(deal(&test, "Manteniment", "closed_at"), instant("2025-07-30T10:00:00Z"));
    // They came to their stages on those days, and not with the import.
    assert_eq!(deal(&test, "Nova caldera", "stage_since"), deal(&test, "Nova caldera", "created_at"));
    for name in ["Caldera", "Manteniment"] {
        assert_eq!(deal(&test, name, "stage_since"), deal(&test, name, "closed_at"), "{name}");
    }
    let caldera = named(&test, Kind::Opportunity, "Caldera").about().id;
    let stays = board::stays(&test.app, &test.admin(), caldera).unwrap();
    let told: Vec<_> = stays.stays.iter().map(|stay| format!("{} {}", stay.stage, stay.since)).collect();
    assert_eq!(told, ["sales.won 2025-06-30T10:00:00Z"]);
    assert!(stays.is_whole && stays.stays[0].days > 365);

    let of_espocrm = "id,name,stage,accountName,amount,closeDate\n\
        a1,Oberta,Negotiation,,10,2027-01-15\na2,Guanyada fa temps,Closed Won,,10,2025-01-15\n";
    let import = uploaded(&test, Kind::Opportunity, "Opportunity.csv", of_espocrm);
    assert_eq!(import.program.as_deref(), Some("espocrm"));
    go_in(&test, Kind::Opportunity, "Opportunity.csv", &of_espocrm.replace("Negotiation", "Nova"));
    assert_eq!(deal(&test, "Oberta", "expected_close"), day("2027-01-15"));
    assert_eq!(deal(&test, "Guanyada fa temps", "closed_at"), instant("2025-01-15T11:00:00Z"));

    // A column of closing days serves those that are open, and a won deal with a day to come was closed by now.
    let own = "Nom;Etapa;Close date\nUna;Nova;15/03/2027\nDues;Guanyada;15/03/2025\n";
    go_in(&test, Kind::Opportunity, "own.csv", own);
    assert_eq!(deal(&test, "Una", "expected_close"), day("2027-03-15"));
    assert_eq!(deal(&test, "Dues", "closed_at"), instant("2025-03-15T11:00:00Z"));
    let to_come = "Nom;Etapa;Tancament previst\nTres;Guanyada;15/03/2095\n";
    go_in(&test, Kind::Opportunity, "own.csv", to_come);
    let FieldValue::Instant(at) = deal(&test, "Tres", "closed_at") else { panic!("not closed") };
    assert!(at <= test.ctx().at);
    assert_eq!(deal(&test, "Tres", "stage_since"), FieldValue::Instant(at));
    test.settle();
    test.verify();
}

/// EspoCRM writes a whole name beside its parts, and so may anybody: nobody is called twice.
#[test]
fn nobody_is_called_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let of_espocrm = "id,name,deleted,salutationName,firstName,lastName,title,status,source,emailAddress,phoneNumber,accountName\n\
        65f1a,Oriol Camps,0,,Oriol,Camps,Gerent,In Process,Web Site,oriol@camps.cat,+34655443322,Camps SCP\n\
        65f1b,Pep Bernat,0,,Pep,Bernat,,Converted,Call,,,\n";
    let done = go_in(&test, Kind::Lead, "Lead.csv", of_espocrm);
    assert_eq!(done.program.as_deref(), Some("espocrm"));
    let called = |test: &TestApp| -> Vec<Option<String>> {
        let mut names: Vec<_> = test.all_leads().into_iter().map(|lead| lead.name).collect();
        names.sort();
        names
    };
    assert_eq!(called(&test), [Some("Oriol Camps".to_owned()), Some("Pep Bernat".to_owned())]);

    let people = "id,name,firstName,lastName,accountName,emailAddress\nc1,Maria Rosa Puig,Maria Rosa,Puig,,mr@puig.cat\n";
    let done = go_in(&test, Kind::Contact, "Contact.csv", people);
    assert_eq!(done.program.as_deref(), Some("espocrm"));
    let contact = named(&test, Kind::Contact, "Maria Rosa Puig");
    assert_eq!(contact.built_in("given_name"), FieldValue::Text("Maria Rosa".into()));

    let own = "Cognoms;Nom;Nom complet;Empresa\nMas Riu;Biel;Biel Mas Riu;Taller\n";
    go_in(&test, Kind::Lead, "own.csv", own);
    assert!(called(&test).contains(&Some("Biel Mas Riu".to_owned())), "{:?}", called(&test));
    let of_pipedrive =
        "Person - ID,Person - Name,Person - First name,Person - Last name\n1,Anna Pou,Anna,Pou\n";
    let import = uploaded(&test, Kind::Contact, "people.csv", of_pipedrive);
    let plan = plan_of(&test, import.id());
    let targets: Vec<Option<&str>> = plan.columns.iter().map(|column| column.target.as_deref()).collect();
    assert_eq!(targets, [Some("external_key"), None, Some("given_name"), Some("family_name")]);
    test.settle();
}

/// Pipedrive says where an open deal stands in one column, and in another whether it is won or lost.
#[test]
fn the_stage_counts_for_what_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let english = "Deal - ID,Deal - Title,Deal - Value,Deal - Status,Deal - Stage,Deal - Expected close date,Deal - Won time,Deal - Lost time,Deal - Lost reason\n\
        1,Open one,2500,Open,In negotiation,2026-12-15,,,\n\
        2,Won one,99,Won,In analysis,2025-12-15,2025-11-15 17:45:00,,\n\
        3,Lost one,1250.75,Lost,In negotiation,,,2025-03-15 17:45:00,Preu\n\
        4,No stage,1,Open,,,,,\n";
    let spanish = "Negocio - ID,Negocio - Título,Negocio - Valor,Negocio - Etapa,Negocio - Estado\n\
        11,Abierto uno,2500,En negociación,Abierto\n12,Ganado uno,99,En análisis,Ganado\n";
    for file in [english, spanish] {
        let done = go_in(&test, Kind::Opportunity, "deals.csv", file);
        assert_eq!((done.program.as_deref(), done.imported.bad), (Some("pipedrive"), 0), "{file}");
    }
    for (name, stage) in [
        ("Open one", "sales.negotiation"),
        ("Won one", "sales.won"),
        ("Lost one", "sales.lost"),
        ("No stage", "sales.new"),
        ("Abierto uno", "sales.negotiation"),
        ("Ganado uno", "sales.won"),
    ] {
        assert_eq!(deal(&test, name, "stage"), FieldValue::Codes(vec![stage.to_owned()]), "{name}");
    }
    assert_eq!(deal(&test, "Won one", "closed_at"), instant("2025-11-15T16:45:00Z"));
    assert_eq!(deal(&test, "Open one", "description"), FieldValue::Nothing);
    test.settle();
    test.verify();
}

/// Odoo in Spanish and Catalan, from its labels to the words of its stages.
#[test]
fn odoo_speaks_other_languages() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let spanish = "ID externo;Oportunidad;Etapa;Ingreso esperado;Cierre previsto;Creado el\n\
        __export__.crm_lead_1;Reforma;Nuevo;12500;2026-12-31;2025-11-03 09:12:01\n\
        __export__.crm_lead_2;Chalet;Ganado;8000;2025-12-31;2025-10-03 09:12:01\n\
        __export__.crm_lead_3;Web;Propuesta;0;;2025-10-03 09:12:01\n\
        __export__.crm_lead_4;Local;Calificado;0;;2025-10-03 09:12:01\n";
    let catalan = "ID extern;Oportunitat;Etapa;Ingressos esperats\n\
        __export__.crm_lead_5;Nau;Nou;1\n__export__.crm_lead_6;Pis;Guanyat;1\n__export__.crm_lead_7;Torre;Proposta;1\n";
    for file in [spanish, catalan] {
        let done = go_in(&test, Kind::Opportunity, "crm.lead.csv", file);
        assert_eq!((done.program.as_deref(), done.imported.bad), (Some("odoo"), 0), "{file}");
    }
    for (name, stage) in [
        ("Reforma", "sales.new"),
        ("Chalet", "sales.won"),
        ("Web", "sales.offer"),
        ("Local", "sales.analysis"),
        ("Nau", "sales.new"),
        ("Pis", "sales.won"),
        ("Torre", "sales.offer"),
    ] {
        assert_eq!(deal(&test, name, "stage"), FieldValue::Codes(vec![stage.to_owned()]), "{name}");
    }
    assert_eq!(deal(&test, "Chalet", "closed_at"), instant("2025-12-31T11:00:00Z"));

    go_in(&test, Kind::Company, "a.csv", "Empresa\nHotel Gil\n");
    let people = "ID externo;Nombre a mostrar;Empresa relacionada;Correo electrónico\n\
        base.res_partner_13;Hotel Gil, Ana Gil Ros;Hotel Gil;ana@gil.es\n";
    let done = go_in(&test, Kind::Contact, "res.partner.csv", people);
    assert_eq!((done.imported.created, done.imported.bad), (1, 0));
    let contact = named(&test, Kind::Contact, "Ana Gil Ros");
    assert_eq!(contact.built_in("family_name"), FieldValue::Text("Gil Ros".into()));
    test.settle();
}

/// What people here write above their columns.
#[test]
fn everyday_headers_are_matched() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    for (entity, header, expected) in [
        (
            Kind::Opportunity,
            "Nom;Empresa;Etapa;Import;Data tancament;Motiu pèrdua;Comercial",
            "name company stage amount expected_close lost_reason owner",
        ),
        (
            Kind::Opportunity,
            "Nombre del negocio;Compañía;Estado;Importe;Fecha cierre;Motivo pérdida;Comercial",
            "name company stage amount expected_close lost_reason owner",
        ),
        (Kind::Activity, "Tipus;Assumpte;Data;Fet;Sobre;Comercial", "kind subject due state company owner"),
        (Kind::Activity, "Tipo;Asunto;Fecha;Hecho;Sobre;Asignado a", "kind subject due state company owner"),
        (
            Kind::Company,
            "Empresa;NIF;Tel.;Mail;Comercial;Data d’alta",
            "name tax_id phone email owner client_since",
        ),
        (Kind::Company, "Nombre de la empresa;Tfno.;Fecha alta", "name phone client_since"),
        (
            Kind::Contact,
            "Nom;Cognoms;Lloc de treball;Data naixement;Nom de l'empresa",
            "given_name family_name job_title birthday company",
        ),
        (Kind::Product, "Codi producte;Denominació;Preu de venda;Tipus IVA", "code name_ca unit_price tax"),
    ] {
        let import = uploaded(&test, entity, "own.csv", &format!("{header}\n1;2;3\n"));
        let plan = plan_of(&test, import.id());
        let targets: Vec<&str> =
            plan.columns.iter().map(|column| column.target.as_deref().unwrap_or("-")).collect();
        assert_eq!(targets.join(" "), expected, "{header}");
    }
    test.settle();
}

/// Codes of HubSpot become words, and what every deal has is no note of each.
#[test]
fn hubspot_is_put_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let companies = "Record ID,Company name,Company owner,Industry\n\
        9001,HubSpot,,COMPUTER_SOFTWARE\n9002,Font Vella,,CONSTRUCTION\n9003,Can Mas,,Vi i oli\n";
    go_in(&test, Kind::Company, "companies.csv", companies);
    for (name, industry) in
        [("HubSpot", "Computer software"), ("Font Vella", "Construction"), ("Can Mas", "Vi i oli")]
    {
        let found = named(&test, Kind::Company, name).built_in("industry");
        assert_eq!(found, FieldValue::Text(industry.into()), "{name}");
    }
    let done = go_in(&test, Kind::Opportunity, "deals.csv", DEALS_OF_HUBSPOT);
    assert_eq!(deal(&test, "Caldera", "description"), FieldValue::Nothing);
    let found = services::imports::findings(&test.app, &test.admin(), &done).unwrap();
    let left_out: Vec<&str> = found.left_out.iter().map(|column| column.header.as_str()).collect();
    assert!(left_out.contains(&"Pipeline") && left_out.contains(&"Deal Type"), "{left_out:?}");
    let two = "Record ID,Deal Name,Deal Stage,Pipeline\n8001,Una,New,Sales Pipeline\n8002,Dues,New,Obra\n";
    go_in(&test, Kind::Opportunity, "two.csv", two);
    assert_eq!(deal(&test, "Dues", "description"), FieldValue::Text("Obra".into()));
    test.settle();
}
