//! What is exempt says so, and why; and of which tax, the company's country says.

use super::*;
use crate::http_kit::Kit;
use model::jiff::civil::date;
use model::{Label, Rate, Tax, TaxKind};
use poem::http::Method;
use services::settings::{self, CompanyDraft};

fn training() -> Tax {
    Tax {
        label: Label::new("Formació exempta", "Formación exenta", "Exempt training"),
        kind: TaxKind::Vat,
        rates: vec![Rate { from: date(2012, 9, 1), percent: Decimal::ZERO, surcharge: None }],
        exempt: true,
        exemption: Label::new("article 20.1.9 de la Llei 37/1992", "artículo 20.1.9 de la Ley 37/1992", ""),
        archived: false,
    }
}

#[tokio::test]
async fn exempt_lines_say_so_on_paper_to_the_client_and_on_the_wire() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    configuration::create(app, &admin, "training", training()).unwrap();
    let make = |kind, fields: &[(&str, &str)]| {
        records::create(app, &admin, kind, &draft(fields), None).unwrap().about().id
    };
    let company = make(Kind::Company, &[("name", "Escola"), ("language", "es")]).to_string();
    let quote = make(Kind::Quote, &[("subject", "Curso"), ("company", &company)]);
    let lines = [
        LineDraft { tax: "training".to_owned(), ..line("Curso", "1", "300") },
        LineDraft { tax: "vat_zero".to_owned(), ..line("Envío", "1", "20") },
    ];
    quotes::save_lines(app, &admin, quote, 1, &lines).unwrap();
    let sent = quotes::send(app, &admin, quote, 2, &Sending::default()).unwrap();
    let paper = text_of(&quotes::pdf(app, &admin, quote).unwrap().bytes);
    for part in ["exento", "artículo 20.1.9"] {
        assert!(paper.contains(part), "{part} is missing in {paper}");
    }
    let link = quotes::address_of(app, &admin, &sent).unwrap().unwrap();
    let page = kit.get(&link, &[]).await.text();
    for part in ["exento", "IVA exento: artículo 20.1.9 de la Ley 37/1992", "IVA exento (300,00"] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    let key = kit.key("administrator");
    let wire = kit.api(Method::GET, &format!("/quotes/{quote}/content"), &key, &[], "").await.json();
    assert_eq!(wire["lines"][0]["exempt"], true);
    assert!(wire["lines"][1]["exempt"].is_null());
    let rates = wire["amounts"][0]["first_payment"]["rates"].as_array().unwrap();
    assert_eq!(rates.iter().filter(|rate| rate["exempt"] == true).count(), 1);
    // A tax that changes later leaves what was written as it was.
    let stored: Configured<Tax> = configuration::get(app, &admin, "training").unwrap();
    let taxed = Tax { exempt: false, ..stored.piece.clone() };
    configuration::update(app, &admin, "training", stored.meta.version, taxed).unwrap();
    assert!(quotes::content(app, &admin, quote).unwrap().lines[0].exempt);
}

#[test]
fn an_exempt_client_is_exempt_of_the_tax_of_the_companys_country() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let company = shop.make(&admin, Kind::Company, &[("name", "Escola"), ("tax_regime", "exempt")]);
    let company = company.to_string();
    for (country, sentence) in
        [("ES", "exempta d’IVA"), ("AD", "exempta d’IGI"), ("FR", "exempta d’impostos")]
    {
        let before = settings::get(app, &admin).unwrap();
        let wanted = CompanyDraft { country: country.to_owned(), ..CompanyDraft::of(&before) };
        settings::update(app, &admin, before.meta.version, &wanted).unwrap();
        let id = shop.quote(&admin, &[("subject", country), ("company", &company)]).meta.id;
        shop.put(&admin, id, &[line("Curs", "1", "300")]).unwrap();
        let paper = text_of(&quotes::pdf(app, &admin, id).unwrap().bytes);
        assert!(paper.contains(sentence), "{country}: {sentence} is missing in {paper}");
    }
}
