//! A quote as its client meets it: read, chosen from, accepted once, rejected, asked about; and links that open nothing.

use crate::http_kit::{Answer, Kit};
use crate::test_app::TestApp;
use model::uuid::Uuid;
use model::{FieldValue, Kind, Quote, quote_status};
use poem::http::{Method, StatusCode};
use services::quotes::{self, LineDraft, Sending};
use services::records::{self, Draft, Query};
use services::{App, Ctx};

mod acceptance;
mod erased;
mod links;

const FROM_HERE: (&str, &str) = ("sec-fetch-site", "same-origin");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn create(app: &App, ctx: &Ctx, kind: Kind, fields: &[(&str, &str)]) -> Uuid {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    let made = records::create(app, ctx, kind, &draft, None);
    made.unwrap_or_else(|error| panic!("{kind:?} {fields:?}: {error:?}")).about().id
}

fn line(text: &str, unit_price: &str) -> LineDraft {
    LineDraft { text: text.to_owned(), unit_price: unit_price.to_owned(), ..LineDraft::default() }
}

/// A heading, a kitchen, its care by the month, drawers if wanted, two kinds of wood, and a sentence.
fn lines() -> Vec<LineDraft> {
    let optional = |line: LineDraft| LineDraft { optional: true, ..line };
    let of = |name: &str, line: LineDraft| LineDraft { alternative: name.to_owned(), ..line };
    vec![
        LineDraft { kind: "section".to_owned(), ..line("Fusteria", "") },
        LineDraft {
            quantity: "2".to_owned(),
            unit: "u.".to_owned(),
            ..line("Moble de cuina\nAmb portes", "500")
        },
        LineDraft { billing: "monthly".to_owned(), discount: "10".to_owned(), ..line("Manteniment", "50") },
        optional(line("Calaixos", "200")),
        of("A", line("Fusta de roure", "500")),
        of("B", line("Fusta de pi", "300")),
        LineDraft { kind: "text".to_owned(), ..line("Muntatge inclòs.", "") },
    ]
}

/// A quote with these lines and fields that went to a company, and its opportunity.
pub(crate) struct Sent {
    quote: Quote,
    token: String,
    company: Uuid,
    opportunity: Uuid,
}

fn content(app: &App, admin: &Ctx, id: Uuid) -> Quote {
    quotes::content(app, admin, id).unwrap().quote
}

fn token_of(app: &App, admin: &Ctx, quote: &Quote) -> String {
    let address = quotes::address_of(app, admin, quote).unwrap().unwrap();
    address.strip_prefix("/q/").unwrap().to_owned()
}

fn send_it(app: &App, admin: &Ctx, id: Uuid, email: &str) -> Quote {
    let version = content(app, admin, id).meta.version;
    quotes::send(app, admin, id, version, &Sending { email: email.to_owned(), ..Sending::default() }).unwrap()
}

fn sent_with(app: &App, admin: &Ctx, fields: &[(&str, &str)], lines: &[LineDraft], email: &str) -> Sent {
    let company = create(app, admin, Kind::Company, &[("name", "Casa Soler"), ("town", "Olot")]);
    let company_text = company.to_string();
    let opportunity = create(
        app,
        admin,
        Kind::Opportunity,
        &[("name", "Cuina nova"), ("company", &company_text), ("amount", "1")],
    );
    let opportunity_text = opportunity.to_string();
    let mut all = vec![
        ("subject", "Cuina nova"),
        ("opportunity", opportunity_text.as_str()),
        ("term_months", "12"),
        ("payment_terms", "La meitat en fer la comanda"),
        ("conditions", "Garantia de dos anys.\nPortes pagats."),
    ];
    all.extend_from_slice(fields);
    let id = create(app, admin, Kind::Quote, &all);
    let draft = content(app, admin, id);
    quotes::save_lines(app, admin, id, draft.meta.version, lines).unwrap();
    let quote = send_it(app, admin, id, email);
    let token = token_of(app, admin, &quote);
    Sent { quote, token, company, opportunity }
}

pub(crate) fn sent(app: &App, admin: &Ctx) -> Sent {
    sent_with(app, admin, &[], &lines(), "")
}

/// A server with one quote that went out.
struct House {
    kit: Kit,
    sent: Sent,
}

impl House {
    fn new() -> House {
        let kit = Kit::company();
        let sent = sent(&kit.state.app, &kit.admin());
        House { kit, sent }
    }

    fn quote(&self) -> Quote {
        content(&self.kit.state.app, &self.kit.admin(), self.sent.quote.meta.id)
    }

    async fn page(&self, rest: &str) -> Answer {
        self.kit.get(&format!("/q/{}{rest}", self.sent.token), &[]).await
    }

    async fn post(&self, deed: &str, body: &str) -> Answer {
        let path = format!("/q/{}/{deed}?lang=ca", self.sent.token);
        self.kit.ask(Method::POST, &path, &[FROM_HERE, FORM], body).await
    }

    /// What a client sends who accepts alternative B with the drawers.
    fn yes(&self) -> String {
        let pdf = self.sent.quote.state.pdf.as_deref().unwrap();
        format!("choices=1&alternative=B&ticked=3&name=Marta+Soler&agrees=true&pdf={pdf}")
    }
}

/// Every one of `parts` is said, in this order.
#[track_caller]
fn says(page: &Answer, parts: &[&str]) {
    let text = page.text();
    let mut rest = text.as_str();
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("«{part}» is missing, or out of order, in {text}"));
        rest = &rest[at + part.len()..];
    }
}

#[tokio::test]
async fn a_client_reads_a_quote_in_three_languages() {
    let house = House::new();
    let page = house.page("").await;
    assert_eq!(page.status, StatusCode::OK);
    let parts = [
        "lang=\"ca\"",
        "Exemple, SL",
        "Pressupost P",
        "Cuina nova",
        "De part de",
        "Casa Soler",
        "23 de novembre del 2026",
        "Vàlid fins al",
        "23 de desembre del 2026",
        "Fusteria",
        "Moble de cuina",
        "Amb portes",
        "2\u{a0}u.",
        "500,00\u{a0}€",
        "Cada mes",
        "IVA\u{a0}21\u{a0}%",
        "45,00\u{a0}€",
        "Calaixos",
        "Opcional",
        "Fusta de roure",
        "Muntatge inclòs.",
        "Trieu una opció",
        "Opció A",
        "1.869,45\u{a0}€",
        "Opció B",
        "1.627,45\u{a0}€",
        "Recalcula",
        "Primer pagament",
        "1.869,45\u{a0}€",
        "Cada mes",
        "54,45\u{a0}€",
        "En 12 mesos",
        "2.468,40\u{a0}€",
        "La meitat en fer la comanda",
        "Garantia de dos anys.",
        "Accepto el pressupost",
    ];
    says(&page, &parts);
    assert!(!page.text().contains("/sign-in") && !page.text().contains("href=\"/\""), "{}", page.text());
    says(
        &house.page("?lang=es").await,
        &["lang=\"es\"", "Presupuesto P", "Válido hasta el", "Elija una opción", "Acepto"],
    );
    says(
        &house.page("?lang=en").await,
        &["lang=\"en\"", "Quote P", "Valid until", "€1,869.45", "Over 12 months", "I accept"],
    );
    // What the seller wrote stays in the quote's language, and says so.
    says(
        &house.page("?lang=en").await,
        &[
            "<p class=\"subject\" lang=\"ca\">Cuina nova",
            "<h3 lang=\"ca\">Fusteria",
            "<span lang=\"ca\">Moble de cuina",
            "<p class=\"pre\" lang=\"ca\">Muntatge inclòs.",
            "<p class=\"pre\" lang=\"ca\">Garantia de dos anys.",
        ],
    );
    says(&page, &["<p class=\"subject\">Cuina nova", "<span>Moble de cuina"]);
    // In the quote's language, whatever the browser's.
    let page = house.kit.get(&format!("/q/{}", house.sent.token), &[("accept-language", "en")]).await;
    says(&page, &["lang=\"ca\""]);
}

#[tokio::test]
async fn what_is_chosen_changes_the_sums() {
    let house = House::new();
    let part = house.page("/sums?choices=1&alternative=A&ticked=3").await;
    says(
        &part,
        &[
            "2.111,45\u{a0}€",
            "En 12 mesos",
            "2.710,40\u{a0}€",
            "hx-partial",
            "offer-sums-B",
            "1.869,45\u{a0}€",
        ],
    );
    assert!(!part.text().contains("<html"), "{}", part.text());
    says(&house.page("/sums?choices=1&alternative=B").await, &["opció B", "1.627,45\u{a0}€"]);
    // Without the script the whole page, with the choices and what was typed.
    let page = house.page("?choices=1&alternative=B&ticked=3&name=Marta+%3CSoler%3E&agrees=true").await;
    says(
        &page,
        &["value=\"3\" checked", "value=\"B\" checked", "1.869,45\u{a0}€", "value=\"Marta &lt;Soler&gt;\""],
    );
    // What nobody offers is not counted.
    let odd = house.page("/sums?choices=1&alternative=Z&ticked=1&ticked=x&ticked=70000").await;
    says(&odd, &["opció A", "1.869,45\u{a0}€"]);
}

#[tokio::test]
async fn only_a_client_counts_as_one_who_looked() {
    let house = House::new();
    let path = format!("/q/{}", house.sent.token);
    house.kit.ask(Method::HEAD, &path, &[], "").await;
    let cookie = format!("{}={}", server::SESSION, house.kit.session());
    let page = house.kit.get(&path, &[("cookie", &cookie)]).await;
    assert_eq!(page.status, StatusCode::OK);
    house.kit.get(&path, &[("sec-purpose", "prefetch")]).await;
    house.page("/pdf").await;
    assert_eq!((house.quote().status(), house.quote().viewed_at), (quote_status::SENT, None));
    house.kit.advance(60);
    house.page("").await;
    let first = house.quote();
    assert_eq!(first.status(), quote_status::VIEWED);
    house.kit.advance(60);
    house.page("").await;
    assert_eq!(house.quote().viewed_at, first.viewed_at);
}

#[tokio::test]
async fn a_client_asks_and_rejects() {
    let house = House::new();
    let asked = house.post("ask", "asker=&question=").await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&asked, &["2 problemes", "#f-asker", "#f-question"]);
    let long = format!("asker=Marta&question={}", "a".repeat(1_001));
    says(&house.post("ask", &long).await, &["massa llarg", "value=\"Marta\"", "aaaa"]);
    let asked = house.post("ask", "asker=Marta+Soler&question=Quan+podeu+comen%C3%A7ar%3F").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let back = house.kit.get(asked.header("location"), &[]).await;
    says(&back, &["Hem rebut la pregunta"]);
    let tasks = activities(&house.kit.state.app, &house.kit.admin());
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].built_in("text"), text("Quan podeu començar?"));
    let number = house.quote().number.unwrap();
    assert_eq!(tasks[0].name(), format!("Pregunta: {number} · Marta Soler"));
    let cookie = format!("{}={}", server::SESSION, house.kit.session());
    let page = house.kit.get(&format!("/activities/{}", tasks[0].about().id), &[("cookie", &cookie)]).await;
    says(&page, &["Pregunta d’un client"]);
    assert!(!page.text().contains("quote-question"), "{}", page.text());
    assert_eq!(tasks[0].built_in("company"), FieldValue::Record(house.sent.company));
    let long = format!("reason={}", "a".repeat(1_001));
    assert_eq!(house.post("reject", &long).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let rejected = house.post("reject", "reason=Massa+car").await;
    assert_eq!(rejected.status, StatusCode::SEE_OTHER);
    let back = house.kit.get(rejected.header("location"), &[]).await;
    says(&back, &["Heu rebutjat el pressupost", "/pdf", "Rebutjat el 23 de novembre del 2026 a les 10:00"]);
    assert!(!back.text().contains("<form"), "{}", back.text());
    let quote = house.quote();
    assert_eq!((quote.status(), quote.answer.as_deref()), (quote_status::REJECTED, Some("Massa car")));
    assert_eq!(house.post("accept", &house.yes()).await.status, StatusCode::CONFLICT);
    assert_eq!(house.post("reject", "").await.status, StatusCode::CONFLICT);
    assert_eq!(house.quote().status(), quote_status::REJECTED);
}

/// All activities that there are.
fn activities(app: &App, ctx: &Ctx) -> Vec<records::Record> {
    records::list(app, ctx, Kind::Activity, &Query { limit: 100, ..Query::default() }).unwrap().records
}

fn value(app: &App, ctx: &Ctx, kind: Kind, id: Uuid, key: &str) -> FieldValue {
    records::get(app, ctx, kind, id).unwrap().built_in(key)
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

/// All quotes that there are.
fn all_quotes(test: &TestApp) -> Vec<Quote> {
    let (app, admin) = (&test.app, test.admin());
    let page = records::list(app, &admin, Kind::Quote, &Query { limit: 100, ..Query::default() }).unwrap();
    page.records.iter().map(|record| content(app, &admin, record.about().id)).collect()
}

/// Clients accept everything that is open, one after the other.
pub(crate) fn accept_all(test: &TestApp) {
    for quote in all_quotes(test).iter().filter(|quote| quote.is_open()) {
        let token = token_of(&test.app, &test.admin(), quote);
        quotes::accept(&test.app, &test.ctx(), &token, &acceptance::yes(quote, "Marta Soler")).unwrap();
    }
}

/// How many quotes are accepted, each with all that follows from it; those that are not, with nothing of it.
pub(crate) fn accepted_whole(test: &TestApp) -> usize {
    let (all, admin) = (all_quotes(test), test.admin());
    for quote in &all {
        let is_accepted = quote.state.acceptance.is_some();
        assert_eq!(is_accepted, quote.status() == quote_status::ACCEPTED);
        let of = |kind, id: Option<Uuid>, key| value(&test.app, &admin, kind, id.unwrap(), key);
        let amount = of(Kind::Opportunity, quote.opportunity, "amount");
        assert_eq!(amount, FieldValue::Amount(if is_accepted { 204_000 } else { 100 }));
        assert_eq!(of(Kind::Opportunity, quote.opportunity, "closed_at").is_nothing(), !is_accepted);
        assert_eq!(of(Kind::Company, quote.company, "client_since").is_nothing(), !is_accepted);
    }
    all.iter().filter(|quote| quote.state.acceptance.is_some()).count()
}
