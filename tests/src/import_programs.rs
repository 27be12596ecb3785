//! Files of other programs: their keys are their own, whatever another program or the company calls by the same number.

use crate::import_wizard::{change, company_of, count, go_in, named, plan_of, run, uploaded};
use crate::test_app::TestApp;
use model::{FieldValue, ImportMode, ImportPlan, Kind};
use services::imports;

const OF_HUBSPOT: &str = "Record ID,Company name,City\n17,Fusteria Puig,Olot\n";
const OF_PIPEDRIVE: &str = "Organization - ID,Organization - Name\n17,Hotel Ona\n";
const OF_THE_COMPANY: &str = "Codi;Empresa\n17;Taller Mas\n";

fn key_of(test: &TestApp, company: &str) -> FieldValue {
    named(test, Kind::Company, company).built_in("external_key")
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

/// The file with its changes: what is known is updated.
fn go_in_anew(test: &TestApp, name: &str, file: &str) -> model::Import {
    let import = uploaded(test, Kind::Company, name, file);
    let plan = ImportPlan { mode: ImportMode::Both, ..plan_of(test, import.id()) };
    run(test, &test.checked_with(&test.admin(), &import, plan))
}

/// Contacts whose company is said by a key; what their file leads to, row by row.
fn companies_of_contacts(test: &TestApp, file: &str) -> Vec<String> {
    let done = go_in(test, Kind::Contact, "people.csv", file);
    let problems = imports::problem_rows(&test.app, &test.admin(), done.id()).unwrap();
    problems
        .into_iter()
        .flat_map(|row| row.problems)
        .map(|problem| format!("{} {}", problem.code, problem.detail))
        .collect()
}

#[test]
fn keys_are_kept_with_the_program_they_come_from() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    for (name, file) in [("a.csv", OF_THE_COMPANY), ("b.csv", OF_HUBSPOT), ("c.csv", OF_PIPEDRIVE)] {
        let done = go_in_anew(&test, name, file);
        assert_eq!((done.imported.created, done.imported.bad), (1, 0), "{name}");
    }
    assert_eq!(count(&test, Kind::Company), 3, "nobody's 17 is anybody else's");
    assert_eq!(key_of(&test, "Taller Mas"), text("17"), "a file of the company's own says what it says");
    assert_eq!(key_of(&test, "Fusteria Puig"), text("hubspot:17"));
    assert_eq!(key_of(&test, "Hotel Ona"), text("pipedrive:17"));

    let again = go_in_anew(&test, "b.csv", "Record ID,Company name,City\n17,Fusteria Puig,Girona\n");
    assert_eq!((again.imported.updated, again.imported.created), (1, 0));
    let whole = go_in_anew(&test, "b.csv", "Record ID,Company name,City\nhubspot:17,Fusteria Puig,Vic\n");
    assert_eq!((whole.imported.updated, whole.imported.created), (1, 0), "a whole key gets no second name");
    assert_eq!(named(&test, Kind::Company, "Fusteria Puig").built_in("town"), text("Vic"));
    assert_eq!(key_of(&test, "Fusteria Puig"), text("hubspot:17"));
    test.settle();
    test.verify();
}

#[test]
fn links_by_key_lead_to_records_of_the_same_program_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    go_in(&test, Kind::Company, "a.csv", OF_THE_COMPANY);
    let people = "Record ID,First Name,Last Name,Associated Company\n1,Anna,Puig,17\n";
    assert_eq!(companies_of_contacts(&test, people), ["link-unknown 17"], "a company of its own is none");
    go_in(&test, Kind::Company, "b.csv", OF_HUBSPOT);
    assert!(companies_of_contacts(&test, people).is_empty());
    let company = |test: &TestApp, person: &str| named(test, Kind::Contact, person).built_in("company");
    let id = |test: &TestApp, name: &str| named(test, Kind::Company, name).about().id;
    assert_eq!(company(&test, "Anna Puig"), FieldValue::Record(id(&test, "Fusteria Puig")));
    let people = "Nom;Cognoms;Empresa\nBiel;Mas;17\nCarla;Pou;hubspot:17\n";
    assert!(companies_of_contacts(&test, people).is_empty());
    assert_eq!(company(&test, "Biel Mas"), FieldValue::Record(id(&test, "Taller Mas")));
    assert_eq!(company(&test, "Carla Pou"), FieldValue::Record(id(&test, "Fusteria Puig")));
    test.settle();
}

/// Until keys had names they stood bare: the record that a file of the program made is known by it, and gets the name.
#[test]
fn records_with_bare_keys_are_known_where_it_is_sure_whose_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    go_in(&test, Kind::Company, "b.csv", OF_HUBSPOT);
    change(&test, &test.admin(), Kind::Company, "Fusteria Puig", "external_key", "17");
    let foreign = go_in_anew(&test, "c.csv", OF_PIPEDRIVE);
    assert_eq!((foreign.imported.created, foreign.imported.updated), (1, 0), "no key of Pipedrive");
    let people = "Record ID,First Name,Last Name,Associated Company\n1,Anna,Puig,17\n";
    assert!(companies_of_contacts(&test, people).is_empty());
    let again = go_in(&test, Kind::Company, "b.csv", OF_HUBSPOT);
    assert_eq!((again.imported.duplicates, again.imported.created), (1, 0));
    let updated = go_in_anew(&test, "b.csv", OF_HUBSPOT);
    assert_eq!((updated.imported.updated, updated.imported.created), (1, 0));
    assert_eq!(key_of(&test, "Fusteria Puig"), text("hubspot:17"));
    assert_eq!(count(&test, Kind::Company), 2);
    test.settle();
    test.verify();
}

/// What became of the rows, and the problems of those that stay out.
fn checked_of(test: &TestApp, entity: Kind, file: &str) -> (u64, Vec<String>) {
    let import = uploaded(test, entity, "deals.csv", file);
    let checked = test.checked_as_planned(&test.admin(), &import);
    let problems = imports::problem_rows(&test.app, &test.admin(), import.id()).unwrap();
    let told = problems.into_iter().flat_map(|row| {
        let told = move |problem: model::Problem| {
            format!("{} {} {} {}", row.row, problem.field, problem.code, problem.detail)
        };
        row.problems.into_iter().map(told)
    });
    (checked.checked.created, told.collect())
}

/// Nothing is converted: what is in another currency stays out, whichever way the file says it.
#[test]
fn amounts_in_another_currency_stay_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let of_pipedrive = "Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value\n\
        1,Uno,1234.5,EUR\n2,Dos,99000,USD\n3,Tres,,USD\n4,Quatre,5,€\n";
    let (created, told) = checked_of(&test, Kind::Opportunity, of_pipedrive);
    assert_eq!((created, told), (3, vec!["3 currency amount-currency USD".to_owned()]));
    let of_the_company = "Empresa;Import;Divisa\nA;100;euros\nB;100;GBP\nC;100;\n";
    let (created, told) = checked_of(&test, Kind::Lead, of_the_company);
    assert_eq!((created, told), (2, vec!["3 currency amount-currency GBP".to_owned()]));
    let within = "Nom;Import\nA;$ 99,000\nB;99000 USD\nC;99.000 €\nD;EUR 5\n";
    let (created, told) = checked_of(&test, Kind::Opportunity, within);
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    assert_eq!((created, told), (2, vec!["2 amount amount-currency USD", "3 amount amount-currency USD"]));
    let products = "Nom;Preu;Moneda\nA;10;EUR\nB;10;CHF\n";
    let (created, told) = checked_of(&test, Kind::Product, products);
    assert_eq!((created, told), (1, vec!["3 currency amount-currency CHF".to_owned()]));
    test.settle();
}

/// A currency that the file says wrongly is put right as any other value.
#[test]
fn a_currency_is_mended_as_any_other_value() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let admin = test.admin();
    let import = uploaded(&test, Kind::Lead, "a.csv", "Empresa;Import;Moneda\nA;100;Local\n");
    let checked = test.checked_as_planned(&admin, &import);
    let found = imports::findings(&test.app, &admin, &checked).unwrap();
    let value = &found.values[0];
    assert_eq!((value.field.as_str(), value.value.as_str()), ("currency", "Local"));
    let mended = model::MendedValue {
        target: "currency".into(),
        value: "Local".into(),
        mending: model::Mending::Replace("EUR".into()),
    };
    imports::mend(&test.app, &admin, import.id(), checked.meta.version, vec![mended]).unwrap();
    test.work_to_the_end();
    assert_eq!(test.import(import.id()).checked.created, 1);
    test.settle();
}

/// Notes lose their tags and keep their lines; the time at which something ended is one on the company's clock.
#[test]
fn notes_are_text_and_moments_keep_their_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company_of(&folder);
    let note = "<p>Talked &amp; agreed, x &lt; y &</p>\n<ul><li>Un</li><li><b>Dos</b>&nbsp;tres</li></ul>\
        A<br><br><br>B <a href='https://exemple.cat/?a=1&amp;b=2'>oferta</a> <anna@exemple.cat>";
    let activities = format!(
        "Activity - ID,Activity - Subject,Activity - Type,Activity - Done,Activity - Note\n\
         1,Html,Call,Done,\"{note}\"\n2,Pla,Call,Done,a < b &amp; c\n"
    );
    let done = go_in(&test, Kind::Activity, "activities.csv", &activities);
    assert_eq!((done.imported.created, done.imported.bad), (2, 0));
    let text_of = |subject: &str| named(&test, Kind::Activity, subject).built_in("text");
    let expected = "Talked & agreed, x < y &\n- Un\n- Dos tres\nA\n\nB oferta (https://exemple.cat/?a=1&b=2) \
        <anna@exemple.cat>";
    assert_eq!(text_of("Html"), text(expected));
    assert_eq!(text_of("Pla"), text("a < b &amp; c"), "no HTML");
    let origin = named(&test, Kind::Activity, "Pla").built_in("origin");
    assert_eq!(origin, FieldValue::Codes(vec!["imported".to_owned()]));

    let deals = "Deal - ID,Deal - Title,Deal - Value,Deal - Status,Deal - Won time\n\
        1,Hora,1,Won,2026-04-30 10:00:00\n2,Dia,1,Won,2026-04-30 00:00:00\n3,Tarda,1,Won,2026-04-30 3:30 PM\n\
        4,Zona,1,Won,2026-04-30T10:00:00Z\n";
    let done = go_in(&test, Kind::Opportunity, "deals.csv", deals);
    assert_eq!((done.imported.created, done.imported.bad), (4, 0));
    for (name, expected) in [
        ("Hora", "2026-04-30T08:00:00Z"),
        ("Dia", "2026-04-30T10:00:00Z"),
        ("Tarda", "2026-04-30T13:30:00Z"),
        ("Zona", "2026-04-30T10:00:00Z"),
    ] {
        let closed_at = named(&test, Kind::Opportunity, name).built_in("closed_at");
        assert_eq!(closed_at, FieldValue::Instant(expected.parse().unwrap()), "{name}");
    }
    test.settle();
}
