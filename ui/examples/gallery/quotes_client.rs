//! A quote as its client sees it, in every state, with plausible data.

use super::fixtures::{Named, now};
use model::uuid::Uuid;
use model::{
    Actor, Billing, Decimal, Entity, FieldErrors, LineKind, Meta, Quote, QuoteAcceptance, QuoteLine,
    Settings, TeamId, alternatives_of, quote_status,
};
use tracte_ui::Shell;
use tracte_ui::quotes_client::{self, ClientQuote, Typed};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let open = view(lines());
    let mut errors = FieldErrors::default();
    errors.add("name", "required", "");
    errors.add("agrees", "quote-agree", "");
    errors.add("signature", "signature-big", "256");
    let typed = Typed { errors, question: "Quan podeu començar?".to_owned(), ..open.typed.clone() };
    let plain =
        view(lines().into_iter().filter(|line| !line.optional && line.alternative.is_none()).collect());
    let page = |view: &ClientQuote| quotes_client::page(shell, view);
    vec![
        ("client-quote", page(&open)),
        ("client-quote-plain", page(&plain)),
        ("client-quote-errors", page(&ClientQuote { typed, ..open.clone() })),
        ("client-quote-accepted", page(&accepted(&open))),
        ("client-quote-rejected", page(&ended(&open, quote_status::REJECTED))),
        ("client-quote-expired", page(&ended(&open, quote_status::EXPIRED))),
        ("client-quote-superseded", page(&ended(&open, quote_status::SUPERSEDED))),
        ("client-quote-gone", quotes_client::gone(shell)),
    ]
}

fn meta() -> Meta {
    Meta::new(Uuid::nil(), now(), Actor::SYSTEM)
}

fn line(text: &str, quantity: i64, cents: i64) -> QuoteLine {
    QuoteLine {
        text: text.to_owned(),
        quantity: Decimal::from(quantity),
        unit_price: Decimal::new(cents, 2),
        percent: Decimal::from(21),
        tax: "vat_standard".to_owned(),
        ..QuoteLine::default()
    }
}

fn words(kind: LineKind, text: &str) -> QuoteLine {
    QuoteLine { kind, text: text.to_owned(), ..QuoteLine::default() }
}

fn lines() -> Vec<QuoteLine> {
    let of = |name: &str, line| QuoteLine { alternative: Some(name.to_owned()), ..line };
    vec![
        words(LineKind::Section, "Mobiliari de cuina"),
        QuoteLine {
            unit: Some("u.".to_owned()),
            ..line("Mòdul baix de 60 cm\nAmb calaixos de tancament suau", 6, 31_250)
        },
        QuoteLine { discount: Decimal::from(10), ..line("Taulell de quars", 1, 148_000) },
        of("A", line("Portes de roure massís", 12, 18_500)),
        of("B", line("Portes de pi lacades", 12, 9_900)),
        of("C", line("Portes laminades", 12, 4_250)),
        QuoteLine { optional: true, ..line("Il·luminació sota els mòduls alts", 1, 38_000) },
        QuoteLine {
            optional: true,
            ticked: true,
            percent: Decimal::from(10),
            ..line("Retirada de la cuina vella", 1, 25_000)
        },
        words(LineKind::Section, "Manteniment"),
        QuoteLine { billing: Billing::Monthly, ..line("Revisió i assistència", 1, 1_950) },
        words(LineKind::Text, "El muntatge dura tres dies i l’espai queda net cada vespre."),
    ]
}

fn view(lines: Vec<QuoteLine>) -> ClientQuote {
    let mut quote = Quote { sent_at: Some(now()), ..Quote::begin(meta()) };
    quote.put_status(quote_status::SENT);
    quote.number = Some("P2026-0012".to_owned());
    quote.revision = Some(Decimal::TWO);
    quote.subject = Some("Cuina nova al carrer de la Ciutadella".to_owned());
    quote.valid_until = "2026-12-23".parse().ok();
    quote.payment_terms = Some("40 % en fer la comanda, 60 % en acabar".to_owned());
    quote.conditions = Some("Garantia de dos anys.\nEls preus inclouen transport i muntatge.".to_owned());
    quote.state.pdf = Some("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned());
    let names = alternatives_of(&lines);
    let names: Vec<Option<String>> =
        if names.is_empty() { vec![None] } else { names.into_iter().map(Some).collect() };
    let terms = quote.terms(&lines);
    let sums = names.into_iter().filter_map(|name| {
        let priced: Vec<_> = lines.iter().map(|line| line.priced(name.as_deref())).collect();
        model::sums(&priced, &terms).ok().map(|sums| (name, sums))
    });
    let mut settings = Settings::new(meta(), "Fusteria Casadevall", TeamId(Uuid::nil()));
    settings.legal_name = "Fusteria Casadevall, SL".to_owned();
    settings.tax_id = "B17000003".to_owned();
    settings.address = "Carrer de Santa Clara, 12".to_owned();
    (settings.postcode, settings.town) = ("17001".to_owned(), "Girona".to_owned());
    settings.phone = "+34972123456".to_owned();
    ClientQuote {
        token: "4f9a".to_owned(),
        sums: sums.collect(),
        quote,
        lines,
        settings,
        client: "Casa Soler".to_owned(),
        seller: Some(("Laia Puig".to_owned(), "laia@exemple.cat".to_owned())),
        is_open: true,
        ended_at: None,
        newer: None,
        typed: Typed { alternative: "B".to_owned(), ticked: vec![7], ..Typed::default() },
        done: String::new(),
    }
}

fn ended(view: &ClientQuote, status: &str) -> ClientQuote {
    let mut view = ClientQuote { is_open: false, ended_at: Some(now()), ..view.clone() };
    view.quote.put_status(status);
    view
}

fn accepted(view: &ClientQuote) -> ClientQuote {
    let mut view = ClientQuote { done: "accepted".to_owned(), ..ended(view, quote_status::ACCEPTED) };
    view.quote.state.acceptance = Some(QuoteAcceptance {
        name: "Marta Soler i Vila".to_owned(),
        at: now(),
        address: None,
        agent: String::new(),
        pdf: view.quote.state.pdf.clone().unwrap_or_default(),
        signature: None,
        alternative: Some("B".to_owned()),
        ticked: vec![7],
    });
    view
}
