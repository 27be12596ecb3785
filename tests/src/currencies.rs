//! Amounts after the company chose another currency: each stays in the one it came in.

use crate::http_kit::Kit;
use model::{Currency, Kind, LeadId};
use services::records::{self, Draft};
use services::settings::{self, CompanyDraft};
use services::{Error, LeadDraft, config_file, leads};

fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    fields.iter().for_each(|(key, text)| draft.put(key, *text));
    draft
}

fn lead(company: &str, amount: &str) -> LeadDraft {
    LeadDraft { company: company.to_owned(), amount: amount.to_owned(), ..LeadDraft::default() }
}

/// The company reckons in francs from now on; `confirmed` where it knows that there are amounts.
fn reckon_in_francs(kit: &Kit, confirmed: &str) -> Result<(), Error> {
    let (app, admin) = (&kit.state.app, kit.admin());
    let before = settings::get(app, &admin).unwrap();
    let wanted = CompanyDraft {
        currency: "CHF".to_owned(),
        currency_confirmed: confirmed.to_owned(),
        ..CompanyDraft::of(&before)
    };
    settings::update(app, &admin, before.meta.version, &wanted).map(|_| ())
}

#[test]
fn an_amount_is_changed_in_the_currency_it_came_in() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let sale = draft(&[("name", "Cuina"), ("amount", "1.000")]);
    let sale = records::create(app, &admin, Kind::Opportunity, &sale, None).unwrap();
    let asked = reckon_in_francs(&kit, "");
    assert!(matches!(asked, Err(Error::Invalid(_))), "an opportunity has an amount, though no lead has");
    reckon_in_francs(&kit, "true").unwrap();
    let id = sale.about().id;
    let change = |fields: &[(&str, &str)]| {
        let version = records::get(app, &admin, Kind::Opportunity, id).unwrap().about().version;
        records::update(app, &admin, Kind::Opportunity, id, version, &draft(fields)).unwrap()
    };
    assert_eq!(change(&[("name", "Bany"), ("amount", "1000,00")]).amounts_in(), Some(Currency::Eur));
    assert_eq!(change(&[("amount", "2.500 €")]).amounts_in(), Some(Currency::Eur));
    change(&[("amount", "")]);
    assert_eq!(change(&[("amount", "2.500")]).amounts_in(), Some(Currency::Chf), "it had none any more");
}

#[test]
fn prices_of_products_are_amounts() {
    let kit = Kit::company();
    reckon_in_francs(&kit, "").unwrap();
    let kit = Kit::company();
    let door = draft(&[("name_ca", "Porta"), ("unit_price", "120")]);
    records::create(&kit.state.app, &kit.admin(), Kind::Product, &door, None).unwrap();
    assert!(matches!(reckon_in_francs(&kit, ""), Err(Error::Invalid(_))));
}

#[test]
fn no_configuration_file_changes_the_currency_of_amounts() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let file = "[company]\ncurrency = \"CHF\"\ntown = \"Olot\"\n";
    let fresh = config_file::review(app, &admin, file).unwrap();
    assert_eq!((fresh.problems.as_slice(), fresh.changes.len()), (&[][..], 1), "nothing is in it yet");
    leads::create(app, &admin, &lead("Fusteria Puig", "1.000"), None).unwrap();
    let before = settings::get(app, &admin).unwrap();
    let review = config_file::review(app, &admin, file).unwrap();
    let applied = config_file::apply(app, &admin, file, &review.against).unwrap();
    for refused in [review, applied] {
        let [problem] = refused.problems.as_slice() else { panic!("{:?}", refused.problems) };
        assert_eq!((problem.line, problem.place.as_str()), (Some(2), "company"));
        assert_eq!(problem.problem.code, "currency-in-use-file");
    }
    assert_eq!(settings::get(app, &admin).unwrap(), before, "nothing of the file is done");
}

#[tokio::test]
async fn an_exported_row_says_its_own_currency() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let puig = leads::create(app, &admin, &lead("Fusteria Puig", "1.000"), None).unwrap();
    reckon_in_francs(&kit, "true").unwrap();
    let changed = lead("Fusteria Puig i Fills", "1.000");
    let puig = leads::update(app, &admin, LeadId(puig.meta.id), puig.meta.version, &changed).unwrap();
    assert_eq!(puig.amount.map(|amount| amount.currency), Some(Currency::Eur));
    leads::create(app, &admin, &lead("Garatge Pla", "500"), None).unwrap();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    for address in ["/leads/export?format=csv", "/leads/export?format=csv&columns=company,amount"] {
        let file = kit.get(address, &[("cookie", &cookie)]).await.text();
        assert!(file.contains("1000,00 EUR"), "{file}");
        assert!(file.contains("500,00") && !file.contains("500,00 "), "{file}");
    }
}
