//! Files as other programs really write them: what closes when, stages beside states, names and labels in other languages.

use crate::import_wizard::{company_of, go_in, named, plan_of, uploaded};
use crate::test_app::TestApp;
use model::{FieldValue, Kind};

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
