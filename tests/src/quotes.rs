//! Quotes as whoever sells meets them: lines and sums, numbers, versions, approval, the PDF, sending, and what an answer
//! brings about.

mod accepted;
mod approval;
mod beginning;
mod compared;
mod costs;
mod currencies;
mod exempt;
mod limits;
mod minimum;
mod room;
mod together;

use crate::printing::{is_tagged, text_of};
use crate::test_app::TestApp;
use model::quote_status as status;
use model::uuid::Uuid;
use model::{
    Action, Company, Configured, Decimal, Kind, Opportunity, PlanStep, Quote, QuoteSettings, Role, Settings,
};
use services::quotes::{self, Answer, Difference, LineDraft, Sending};
use services::records::{self, Draft};
use services::{Ctx, Error, configuration, quote_settings};

/// A company that sells.
struct Shop {
    test: TestApp,
    _folder: tempfile::TempDir,
}

impl Shop {
    fn new() -> Shop {
        let folder = tempfile::tempdir().unwrap();
        Shop { test: TestApp::company(folder.path()), _folder: folder }
    }

    fn admin(&self) -> Ctx {
        self.test.admin()
    }

    fn make(&self, ctx: &Ctx, kind: Kind, fields: &[(&str, &str)]) -> Uuid {
        records::create(&self.test.app, ctx, kind, &draft(fields), None).unwrap().about().id
    }

    fn client(&self) -> Uuid {
        self.make(
            &self.admin(),
            Kind::Company,
            &[("name", "Fusteria Puig"), ("email", "hola@puig.cat"), ("town", "Olot")],
        )
    }

    fn quote(&self, ctx: &Ctx, fields: &[(&str, &str)]) -> Quote {
        let id = self.make(ctx, Kind::Quote, fields);
        self.get(id)
    }

    fn get(&self, id: Uuid) -> Quote {
        quotes::content(&self.test.app, &self.admin(), id).unwrap().quote
    }

    fn put(&self, ctx: &Ctx, id: Uuid, lines: &[LineDraft]) -> Result<Quote, Error> {
        let version = self.get(id).meta.version;
        quotes::save_lines(&self.test.app, ctx, id, version, lines)
    }

    fn send(&self, ctx: &Ctx, id: Uuid) -> Result<Quote, Error> {
        let version = self.get(id).meta.version;
        quotes::send(&self.test.app, ctx, id, version, &Sending::default())
    }

    /// A quote of two lines, sent.
    fn sent(&self, fields: &[(&str, &str)]) -> Quote {
        let quote = self.quote(&self.admin(), fields);
        self.put(&self.admin(), quote.meta.id, &[line("Cuina", "1", "10000"), line("Muntatge", "8", "45")])
            .unwrap();
        self.send(&self.admin(), quote.meta.id).unwrap()
    }

    fn token(&self, id: Uuid) -> String {
        let path = quotes::address_of(&self.test.app, &self.admin(), &self.get(id)).unwrap().unwrap();
        path.strip_prefix("/q/").unwrap().to_owned()
    }

    fn yes(&self, quote: &Quote) -> Answer {
        let pdf = quote.state.pdf.clone().unwrap();
        Answer { name: "Marta Puig".to_owned(), agrees: true, pdf, ..Answer::default() }
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.test.verify();
            self.test.settle();
        }
    }
}

fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    draft
}

fn line(text: &str, quantity: &str, price: &str) -> LineDraft {
    LineDraft {
        text: text.to_owned(),
        quantity: quantity.to_owned(),
        unit_price: price.to_owned(),
        ..LineDraft::default()
    }
}

fn codes(error: Error) -> Vec<(String, String)> {
    let Error::Invalid(errors) = error else { panic!("{error}") };
    errors.0.into_iter().map(|problem| (problem.field, problem.code)).collect()
}

fn said(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

#[test]
fn lines_take_what_they_do_not_say_from_their_product() {
    let shop = Shop::new();
    let admin = shop.admin();
    shop.make(
        &admin,
        Kind::Product,
        &[
            ("name_ca", "Manteniment"),
            ("name_es", "Mantenimiento"),
            ("code", "MANT"),
            ("kind", "service"),
            ("unit", "mes"),
            ("unit_price", "50"),
            ("cost", "20"),
            ("tax", "vat_reduced"),
            ("billing", "monthly"),
        ],
    );
    let company = shop.client().to_string();
    let quote = shop.quote(&admin, &[("subject", "Contracte"), ("company", &company), ("language", "es")]);
    assert_eq!((quote.status(), quote.number.as_deref()), (status::DRAFT, None));
    let of_product = LineDraft { product: "MANT".to_owned(), ..LineDraft::default() };
    let section =
        LineDraft { kind: "section".to_owned(), text: "Serveis".to_owned(), ..LineDraft::default() };
    let quote = shop.put(&admin, quote.meta.id, &[section, of_product, line("Alta", "1", "99,90")]).unwrap();
    assert_eq!(quote.number.as_deref(), Some("P2026-0001"));
    let content = quotes::content(&shop.test.app, &admin, quote.meta.id).unwrap();
    let service = &content.lines[1];
    assert_eq!((service.text.as_str(), service.unit.as_deref()), ("Mantenimiento", Some("mes")));
    assert_eq!((service.percent, service.billing), (Decimal::TEN, model::Billing::Monthly));
    let sums = content.main().unwrap();
    // 50 × 1,10 + 99,90 × 1,21 = 55 + 120,88; then eleven months of 55.
    assert_eq!((sums.first.total.minor_units, sums.term.total.minor_units), (17_588, 17_588 + 11 * 5_500));
    assert_eq!(quote.amount.unwrap().minor_units, 12 * 5_000 + 9_990);
    // The cost of the free line is not known, nor is the margin.
    assert_eq!(quote.margin, None);
}

#[test]
fn all_that_is_wrong_with_lines_is_said_at_once_and_nothing_is_kept() {
    let shop = Shop::new();
    let admin = shop.admin();
    let id = shop.quote(&admin, &[("subject", "Prova")]).meta.id;
    let bad = [
        LineDraft { discount: "120".to_owned(), ..line("A", "dos", "10") },
        LineDraft { tax: "none".to_owned(), billing: "weekly".to_owned(), ..line("", "1", "1e5") },
        LineDraft { product: "no hi és".to_owned(), ..LineDraft::default() },
        LineDraft { alternative: "Z".to_owned(), ..line("B", "1", "") },
        LineDraft::default(),
    ];
    let problems = codes(shop.put(&admin, id, &bad).unwrap_err());
    let expected = [
        said("lines.0.quantity", "decimal-form"),
        said("lines.0.discount", "number-between"),
        said("lines.1.billing", "choice"),
        said("lines.1.unit_price", "decimal-form"),
        said("lines.1.tax", "quote-tax"),
        said("lines.1.text", "required"),
        said("lines.2.product", "link-unknown"),
        said("lines.2.unit_price", "required"),
        said("lines.2.text", "required"),
        said("lines.3.alternative", "choice"),
        said("lines.3.unit_price", "required"),
    ];
    assert_eq!(problems, expected);
    assert_eq!(shop.get(id).state.sheets, 0);
    let huge = [line("A", "1000000000000", "1000000000000")];
    assert_eq!(codes(shop.put(&admin, id, &huge).unwrap_err()), [said("", "quote-too-large")]);
    let many = vec![line("A", "1", "1"); model::QUOTE_LINES_MAX + 1];
    assert_eq!(codes(shop.put(&admin, id, &many).unwrap_err()), [said("", "too-many")]);
}

#[test]
fn many_lines_are_kept_in_several_records_and_change_in_one_write() {
    let shop = Shop::new();
    let admin = shop.admin();
    let id = shop.quote(&admin, &[("subject", "Obra")]).meta.id;
    let lines: Vec<LineDraft> =
        (1..=500).map(|number| line(&format!("Partida {number}"), "2", "3,335")).collect();
    let quote = shop.put(&admin, id, &lines).unwrap();
    assert!(quote.state.sheets > 10, "{}", quote.state.sheets);
    let content = quotes::content(&shop.test.app, &admin, id).unwrap();
    assert_eq!(content.lines.len(), 500);
    // 2 × 3,335 = 6,67 each.
    assert_eq!(quote.amount.unwrap().minor_units, 500 * 667);
    let quote = shop.put(&admin, id, &lines[..3]).unwrap();
    assert_eq!((quote.state.sheets, quote.number.as_deref()), (1, Some("P2026-0001")));
    // Deleting a draft takes its lines along: nothing is left that `verify` could miss.
    records::delete(&shop.test.app, &admin, Kind::Quote, id, quote.meta.version).unwrap();
    assert!(quotes::content(&shop.test.app, &admin, id).is_err());
}

#[test]
fn what_is_sent_is_fixed_and_has_its_pdf() {
    let shop = Shop::new();
    let admin = shop.admin();
    let company = shop.client().to_string();
    let empty = shop.quote(&admin, &[("subject", "Buit")]);
    let problems = codes(shop.send(&admin, empty.meta.id).unwrap_err());
    assert_eq!(problems, [said("", "quote-empty"), said("company", "quote-nobody")]);
    let quote = shop.sent(&[
        ("subject", "Cuina nova"),
        ("company", &company),
        ("conditions", "Garantia de dos anys."),
    ]);
    assert_eq!((quote.status(), quote.sent_at.is_some()), (status::SENT, true));
    let id = quote.meta.id;
    let file = quotes::pdf(&shop.test.app, &admin, id).unwrap();
    assert_eq!(file.name, "P2026-0001.pdf");
    let text = text_of(&file.bytes);
    for part in [
        "P2026-0001",
        "Fusteria Puig",
        "Cuina nova",
        "Muntatge",
        "10.360,00",
        "12.535,60",
        "Garantia de dos anys.",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    is_tagged(&file.bytes, "ca");
    assert_eq!(codes(shop.put(&admin, id, &[line("A", "1", "1")]).unwrap_err()), [said("", "quote-fixed")]);
    let change = |fields: &[(&str, &str)]| {
        let version = shop.get(id).meta.version;
        records::update(&shop.test.app, &admin, Kind::Quote, id, version, &draft(fields))
    };
    assert_eq!(codes(change(&[("discount", "5")]).err().unwrap()), [said("", "quote-fixed")]);
    let version = shop.get(id).meta.version;
    let gone = records::delete(&shop.test.app, &admin, Kind::Quote, id, version);
    assert_eq!(codes(gone.unwrap_err()), [said("", "quote-kept")]);
    // The paper that the client has stays the same, whatever the company is called by then.
    let again = quotes::pdf(&shop.test.app, &admin, id).unwrap();
    assert_eq!(again.bytes, file.bytes);
}

#[test]
fn the_pdf_speaks_the_clients_language_and_regime() {
    let shop = Shop::new();
    let admin = shop.admin();
    let cases = [
        (
            "es",
            "equivalence_surcharge",
            ["Presupuesto", "Recargo de equivalencia", "Base imponible"],
            "12.620,00",
        ),
        ("en", "intra_community", ["Quote", "reverse charge", "Taxable base"], "€10,000.00"),
        ("ca", "normal", ["Pressupost", "Base imposable", "Total"], "12.100,00"),
    ];
    for (language, regime, words, total) in cases {
        let company = shop.make(
            &admin,
            Kind::Company,
            &[("name", &format!("Client {language}")), ("language", language), ("tax_regime", regime)],
        );
        let company = company.to_string();
        let quote = shop.quote(&admin, &[("subject", "Obra"), ("company", &company)]);
        assert_eq!((quote.language.as_deref(), quote.tax_regime.as_deref()), (Some(language), Some(regime)));
        shop.put(&admin, quote.meta.id, &[line("Feina", "1", "10000")]).unwrap();
        let file = quotes::pdf(&shop.test.app, &admin, quote.meta.id).unwrap();
        let text = text_of(&file.bytes);
        for part in words.into_iter().chain([total]) {
            assert!(text.contains(part), "{language}: {part} is missing in {text}");
        }
        is_tagged(&file.bytes, language);
    }
}

#[test]
fn a_template_with_mistakes_is_told_and_the_programs_own_prints() {
    let shop = Shop::new();
    let admin = shop.admin();
    assert_eq!(quotes::template_problems(&shop.test.app, &admin).unwrap(), Vec::<String>::new());
    let folder = shop._folder.path().join("templates/quote");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("main.typ"), "#let data = json(\"data.json\")\n#data.nothing\n").unwrap();
    let told = quotes::template_problems(&shop.test.app, &admin).unwrap();
    assert!(told.len() == 1 && told[0].starts_with("templates/quote/main.typ:2: "), "{told:?}");
    let company = shop.client().to_string();
    let quote = shop.sent(&[("subject", "Cuina"), ("company", &company)]);
    let text = text_of(&quotes::pdf(&shop.test.app, &admin, quote.meta.id).unwrap().bytes);
    assert!(text.contains("P2026-0001"), "{text}");
    std::fs::write(
        folder.join("main.typ"),
        "#let data = json(\"data.json\")\n#set document(title: \"T\")\n= Oferta #data.subject\n",
    )
    .unwrap();
    assert_eq!(quotes::template_problems(&shop.test.app, &admin).unwrap(), Vec::<String>::new());
    let own = shop.sent(&[("subject", "Bany"), ("company", &company)]);
    let text = text_of(&quotes::pdf(&shop.test.app, &admin, own.meta.id).unwrap().bytes);
    assert!(text.contains("Oferta") && text.contains("Bany"), "{text}");
}

#[test]
fn a_new_version_supersedes_the_former_one_once_it_is_sent() {
    let shop = Shop::new();
    let admin = shop.admin();
    let company = shop.client().to_string();
    let first = shop.sent(&[("subject", "Cuina"), ("company", &company)]);
    let old_link = shop.token(first.meta.id);
    let next = quotes::new_version(&shop.test.app, &admin, first.meta.id).unwrap();
    assert_eq!(next.full_number().as_deref(), Some("P2026-0001 v2"));
    assert_eq!(shop.get(first.meta.id).status(), status::SENT);
    let twice = quotes::new_version(&shop.test.app, &admin, first.meta.id).unwrap_err();
    assert_eq!(codes(twice), [said("", "quote-draft-there")]);
    let lines = [line("Cuina", "1", "9500"), line("Illa", "1", "800")];
    shop.put(&admin, next.meta.id, &lines).unwrap();
    let (_, _, found) = quotes::differences(&shop.test.app, &admin, next.meta.id).unwrap().unwrap();
    let told: Vec<String> = found
        .iter()
        .map(|one| match one {
            Difference::Field(key) => (*key).to_owned(),
            Difference::Added(line) => format!("+{}", line.text),
            Difference::Removed(line) => format!("-{}", line.text),
            Difference::Changed(both) => {
                let (old, new) = both.as_ref();
                format!("{} {}→{}", new.text, old.unit_price, new.unit_price)
            }
        })
        .collect();
    assert_eq!(told, ["Cuina 10000→9500", "+Illa", "-Muntatge"]);
    shop.send(&admin, next.meta.id).unwrap();
    assert_eq!(shop.get(first.meta.id).status(), status::SUPERSEDED);
    // Whoever has the former link reads that it is over.
    let old = quotes::client_view(&shop.test.app, &shop.test.ctx(), &old_link).unwrap();
    assert_eq!((old.is_open, old.content.quote.status()), (false, status::SUPERSEDED));
    let numbers: Vec<_> = quotes::versions(&shop.test.app, &admin, first.meta.id).unwrap();
    assert_eq!(numbers.iter().map(Quote::version_number).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn what_is_beyond_somebodys_limits_waits_for_somebody_who_may() {
    let shop = Shop::new();
    let admin = shop.admin();
    let key = "rep";
    let role: Configured<Role> = configuration::get(&shop.test.app, &admin, key).unwrap();
    let piece = Role { discount_max: Some(Decimal::TEN), ..role.piece.clone() };
    configuration::update(&shop.test.app, &admin, key, role.meta.version, piece).unwrap();
    let rep = shop.test.hire("Laia", "rep");
    let rep = shop.test.at_work(rep.id());
    let company = shop.make(&rep, Kind::Company, &[("name", "Puig")]).to_string();
    let quote = shop.quote(&rep, &[("subject", "Cuina"), ("company", &company), ("discount", "15")]);
    let id = quote.meta.id;
    shop.put(&rep, id, &[line("Cuina", "1", "1000")]).unwrap();
    let waiting = shop.send(&rep, id).unwrap();
    assert_eq!((waiting.status(), waiting.discounted), (status::PENDING, Some(Decimal::from(15))));
    let version = waiting.meta.version;
    let own = quotes::approve(&shop.test.app, &rep, id, version).unwrap_err();
    assert_eq!(codes(own), [said("", "quote-limit")]);
    quotes::approve(&shop.test.app, &admin, id, version).unwrap();
    assert_eq!(shop.send(&rep, id).unwrap().status(), status::SENT);
    // Within the limits nobody is asked.
    let small = shop.quote(&rep, &[("subject", "Porta"), ("company", &company), ("discount", "10")]);
    shop.put(&rep, small.meta.id, &[line("Porta", "1", "100")]).unwrap();
    assert_eq!(shop.send(&rep, small.meta.id).unwrap().status(), status::SENT);
}

#[test]
fn an_acceptance_wins_the_deal_makes_a_client_and_plans_what_follows() {
    let shop = Shop::new();
    let admin = shop.admin();
    let app = &shop.test.app;
    let settings = QuoteSettings {
        plan: vec![PlanStep { subject: "Demanar la bestreta".to_owned(), kind: "call".to_owned(), days: 2 }],
        ..QuoteSettings::default()
    };
    quote_settings::update(app, &admin, stored(&shop).meta.version, settings).unwrap();
    let company = shop.client();
    let deal =
        shop.make(&admin, Kind::Opportunity, &[("name", "Cuina nova"), ("company", &company.to_string())]);
    let quote = shop.sent(&[("subject", "Cuina"), ("opportunity", &deal.to_string())]);
    assert_eq!(quote.company, Some(company));
    let token = shop.token(quote.meta.id);
    let stranger = shop.test.ctx();
    quotes::note_viewed(app, &stranger, &token).unwrap();
    assert_eq!(shop.get(quote.meta.id).status(), status::VIEWED);
    let mut hasty = shop.yes(&quote);
    (hasty.name, hasty.agrees, hasty.pdf) = (String::new(), false, "0".to_owned());
    hasty.alternative = "A".to_owned();
    let problems = codes(quotes::accept(app, &stranger, &token, &hasty).unwrap_err());
    assert_eq!(
        problems,
        [
            said("name", "required"),
            said("agrees", "quote-agree"),
            said("alternative", "choice"),
            said("", "quote-changed")
        ]
    );
    let accepted = quotes::accept(app, &stranger, &token, &shop.yes(&quote)).unwrap();
    assert_eq!(accepted.status(), status::ACCEPTED);
    assert_eq!(accepted.state.acceptance.as_ref().unwrap().name, "Marta Puig");
    let deal = app_get::<Opportunity>(&shop, Kind::Opportunity, deal);
    assert_eq!((deal.stage.as_deref(), deal.closed_at.is_some()), (Some("sales.won"), true));
    assert_eq!(deal.amount.unwrap().minor_units, 1_036_000);
    let client = app_get::<Company>(&shop, Kind::Company, company);
    assert_eq!((client.kind.as_deref(), client.client_since.is_some()), (Some("client"), true));
    let (todo, _) = records::related(app, &admin, company, Kind::Activity).unwrap();
    assert_eq!(todo.iter().map(|one| one.name()).collect::<Vec<_>>(), ["Demanar la bestreta"]);
    let again = quotes::accept(app, &stranger, &token, &shop.yes(&quote)).unwrap_err();
    assert_eq!(codes(again), [said("", "quote-answered")]);
    let version = shop.get(quote.meta.id).meta.version;
    assert_eq!(
        codes(quotes::void(app, &admin, quote.meta.id, version).unwrap_err()),
        [said("", "quote-state")]
    );
}

fn stored(shop: &Shop) -> Settings {
    services::settings::get(&shop.test.app, &shop.admin()).unwrap()
}

/// A record as it is now, by way of what everybody reads.
fn app_get<R: model::Record>(shop: &Shop, kind: Kind, id: Uuid) -> R {
    let changes = services::timelines::page(
        &shop.test.app,
        &shop.admin(),
        kind,
        id,
        None,
        services::timelines::Sort::default(),
    );
    let changes = changes.unwrap().changes;
    changes.iter().find(|change| change.id == id && change.kind == kind).unwrap().record::<R>().unwrap()
}

#[test]
fn what_a_client_chooses_is_what_counts() {
    let shop = Shop::new();
    let admin = shop.admin();
    let app = &shop.test.app;
    let company = shop.client().to_string();
    let quote = shop.quote(&admin, &[("subject", "Cuina"), ("company", &company)]);
    let of = |name: &str, line: LineDraft| LineDraft { alternative: name.to_owned(), ..line };
    let extra = LineDraft { optional: true, ticked: true, ..line("Aixeta", "1", "200") };
    let lines = [of("A", line("Pi", "1", "1000")), of("B", line("Roure", "1", "2000")), extra];
    let quote = shop.put(&admin, quote.meta.id, &lines).unwrap();
    assert_eq!(quote.amount.unwrap().minor_units, 120_000);
    let quote = shop.send(&admin, quote.meta.id).unwrap();
    let token = shop.token(quote.meta.id);
    let view = quotes::client_view(app, &shop.test.ctx(), &token).unwrap();
    assert_eq!(view.content.sums.len(), 2);
    let answer = Answer { alternative: "B".to_owned(), ticked: vec![], ..shop.yes(&quote) };
    let wrong = Answer { ticked: vec![0], ..answer.clone() };
    assert_eq!(
        codes(quotes::accept(app, &shop.test.ctx(), &token, &wrong).unwrap_err()),
        [said("ticked", "choice")]
    );
    let accepted = quotes::accept(app, &shop.test.ctx(), &token, &answer).unwrap();
    assert_eq!(accepted.amount.unwrap().minor_units, 200_000);
}

#[test]
fn time_makes_quotes_expire() {
    let shop = Shop::new();
    let admin = shop.admin();
    let company = shop.client().to_string();
    let past = records::create(
        &shop.test.app,
        &admin,
        Kind::Quote,
        &draft(&[("subject", "A"), ("valid_until", "2020-01-01")]),
        None,
    );
    assert_eq!(codes(past.err().unwrap()), [said("valid_until", "quote-valid-past")]);
    let quote = shop.sent(&[("subject", "Cuina"), ("company", &company)]);
    let token = shop.token(quote.meta.id);
    assert_eq!(quotes::round(&shop.test.app, &shop.test.ctx()).unwrap(), (0, 0));
    shop.test.advance(31 * 24 * 3_600);
    let late = quotes::accept(&shop.test.app, &shop.test.ctx(), &token, &shop.yes(&quote)).unwrap_err();
    assert_eq!(codes(late), [said("", "quote-over")]);
    assert_eq!(quotes::round(&shop.test.app, &shop.test.ctx()).unwrap(), (1, 0));
    assert_eq!(shop.get(quote.meta.id).status(), status::EXPIRED);
    assert_eq!(quotes::round(&shop.test.app, &shop.test.ctx()).unwrap(), (0, 0));
}

#[test]
fn nobody_touches_the_quotes_of_others() {
    let shop = Shop::new();
    let quote = shop.quote(&shop.admin(), &[("subject", "Secret")]);
    let rep = shop.test.hire("Laia", "rep");
    let rep = shop.test.at_work(rep.id());
    let id = quote.meta.id;
    assert!(matches!(quotes::content(&shop.test.app, &rep, id), Err(Error::NotFound)));
    assert!(matches!(quotes::save_lines(&shop.test.app, &rep, id, 1, &[]), Err(Error::NotFound)));
    assert!(matches!(quotes::pdf(&shop.test.app, &rep, id), Err(Error::NotFound)));
    assert!(matches!(shop.send(&rep, id), Err(Error::NotFound)));
    let analyst = shop.test.hire("Pau", "analyst");
    let analyst = shop.test.at_work(analyst.id());
    assert!(quotes::content(&shop.test.app, &analyst, id).is_ok());
    assert!(matches!(quotes::save_lines(&shop.test.app, &analyst, id, 1, &[]), Err(Error::Denied)));
    assert!(!services::permissions::may(&analyst, Kind::Quote, Action::Create));
}

/// What stands in for a quote in the table of routes: a draft with a line (version 2), a simulation, or one that was sent
/// (version 3).
pub(crate) fn for_roles(app: &services::App, ctx: &Ctx, path: &str) -> Uuid {
    let company =
        records::create(app, ctx, Kind::Company, &draft(&[("name", "Fusteria Puig")]), None).unwrap();
    let company = company.about().id;
    if path.ends_with("/quote") || path.ends_with("/share") {
        let made = quotes::simulate(app, ctx, Kind::Company, company).unwrap();
        return quotes::save_lines(app, ctx, made.meta.id, 1, &[line("Porta", "1", "10")]).unwrap().meta.id;
    }
    let fields = [("subject", "Cuina"), ("company", &company.to_string())];
    let id = records::create(app, ctx, Kind::Quote, &draft(&fields), None).unwrap().about().id;
    quotes::save_lines(app, ctx, id, 1, &[line("Porta", "1", "10")]).unwrap();
    if ["/link", "/void", "/answer", "/accept", "/reject", "/new-version"]
        .iter()
        .any(|end| path.ends_with(end))
    {
        quotes::send(app, ctx, id, 2, &Sending::default()).unwrap();
    }
    if path.ends_with("/differences") {
        quotes::send(app, ctx, id, 2, &Sending::default()).unwrap();
        return quotes::new_version(app, ctx, id).unwrap().meta.id;
    }
    id
}

#[test]
fn what_was_tried_out_becomes_a_quote_of_one_scenario() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let lead = shop.test.create("Forn Serra");
    let made = quotes::simulate(app, &admin, Kind::Lead, lead.meta.id).unwrap();
    assert_eq!((made.status(), made.lead), (status::SIMULATION, Some(lead.meta.id)));
    let of = |name: &str, line: LineDraft| LineDraft { alternative: name.to_owned(), ..line };
    let lines =
        [line("Muntatge", "1", "100"), of("A", line("Pi", "1", "1000")), of("B", line("Roure", "1", "2000"))];
    let tried = shop.put(&admin, made.meta.id, &lines).unwrap();
    assert_eq!((tried.number.as_deref(), tried.amount.unwrap().minor_units), (None, 110_000));
    assert_eq!(codes(shop.send(&admin, made.meta.id).unwrap_err()), [said("", "quote-state")]);
    assert_eq!(
        codes(quotes::quote_of(app, &admin, made.meta.id, "C").unwrap_err()),
        [said("scenario", "choice")]
    );
    let paper = text_of(&quotes::pdf(app, &admin, made.meta.id).unwrap().bytes);
    assert!(paper.contains("Simulació") && !paper.contains("Pressupost"), "{paper}");
    let quote = quotes::quote_of(app, &admin, made.meta.id, "B").unwrap();
    assert_eq!((quote.status(), quote.number.as_deref()), (status::DRAFT, Some("P2026-0001")));
    assert_eq!(quote.amount.unwrap().minor_units, 210_000);
    let content = quotes::content(app, &admin, quote.meta.id).unwrap();
    assert!(content.lines.iter().all(|line| line.alternative.is_none()));
    // The simulation stays with whom it was for, and opens to whoever has its link.
    let (kept, _) = records::related(app, &admin, lead.meta.id, Kind::Quote).unwrap();
    assert_eq!(kept.len(), 2);
    let version = shop.get(made.meta.id).meta.version;
    quotes::share(app, &admin, made.meta.id, version).unwrap();
    let view = quotes::client_view(app, &shop.test.ctx(), &shop.token(made.meta.id)).unwrap();
    assert!(!view.is_open && view.content.sums.len() == 2);
}
