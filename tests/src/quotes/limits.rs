//! What somebody may give is asked of all that a client can choose.

use super::*;

/// A rep whose role has these limits, in percent.
fn rep_within(shop: &Shop, discount_max: i64, margin_min: i64) -> Ctx {
    let (app, admin) = (&shop.test.app, shop.admin());
    let role: Configured<Role> = configuration::get(app, &admin, "rep").unwrap();
    let piece = Role {
        discount_max: Some(Decimal::from(discount_max)),
        margin_min: Some(Decimal::from(margin_min)),
        ..role.piece.clone()
    };
    configuration::update(app, &admin, "rep", role.meta.version, piece).unwrap();
    let rep = shop.test.hire("Laia", "rep");
    shop.test.at_work(rep.id())
}

#[test]
fn every_alternative_and_every_optional_line_is_within_the_limits() {
    let shop = Shop::new();
    let rep = rep_within(&shop, 10, 20);
    let company = shop.make(&rep, Kind::Company, &[("name", "Puig")]).to_string();
    let bare = super::line;
    let off = |percent: &str, line: LineDraft| LineDraft { discount: percent.to_owned(), ..line };
    let cost = |cost: &str, line: LineDraft| LineDraft { cost: cost.to_owned(), ..line };
    let of = |name: &str, line: LineDraft| LineDraft { alternative: name.to_owned(), ..line };
    let optional = |line: LineDraft| LineDraft { optional: true, ..line };
    // What is not known is a case of its own.
    let line = |text: &str, quantity: &str, price: &str| cost("1", bare(text, quantity, price));
    let wood = || line("Pi", "1", "1000");
    let cases: [(&str, Vec<LineDraft>, &[&str]); 12] = [
        ("within", vec![off("10", wood()), optional(off("10", line("Aixeta", "1", "33,33")))], &[]),
        ("another alternative", vec![of("A", wood()), of("B", off("20", wood()))], &["discount"]),
        ("not ticked", vec![off("10", wood()), optional(off("50", wood()))], &["discount"]),
        // The second one hides in what the first one comes to, unless the client leaves that out.
        (
            "one of two",
            vec![
                off("10", wood()),
                optional(line("Moble", "1", "100000")),
                optional(off("60", line("Aixeta", "1", "100"))),
            ],
            &["discount"],
        ),
        // 60 of 1.100: within.
        ("too little to matter", vec![wood(), optional(off("60", line("Aixeta", "1", "100")))], &[]),
        ("margin within", vec![cost("800", wood()), optional(cost("79", line("Porta", "1", "100")))], &[]),
        ("margin", vec![cost("800", wood()), optional(cost("95", line("Porta", "1", "100")))], &["margin"]),
        ("margin of the other", vec![of("A", cost("1", wood())), of("B", cost("900", wood()))], &["margin"]),
        ("not known", vec![bare("Pi", "1", "1000")], &["margin_unknown"]),
        ("not known if chosen", vec![wood(), optional(bare("Porta", "1", "100"))], &["margin_unknown"]),
        (
            "neither known nor enough",
            vec![of("A", cost("900", wood())), of("B", bare("Roure", "1", "100"))],
            &["margin", "margin_unknown"],
        ),
        ("given away", vec![line("Mostra", "1", "0")], &["margin"]),
    ];
    for (what, lines, expected) in cases {
        let id = shop.quote(&rep, &[("subject", what), ("company", &company)]).meta.id;
        shop.put(&rep, id, &lines).unwrap();
        let content = quotes::content(&shop.test.app, &rep, id).unwrap();
        let passed = quotes::limits_passed(&rep.caller().unwrap().role, &content);
        assert_eq!(passed.iter().map(|(limit, _)| *limit).collect::<Vec<_>>(), expected, "{what}");
        let status = if expected.is_empty() { status::SENT } else { status::PENDING };
        assert_eq!(shop.send(&rep, id).unwrap().status(), status, "{what}");
    }
}

#[test]
fn who_has_a_limit_of_margin_approves_none_that_nobody_knows() {
    let shop = Shop::new();
    let rep = rep_within(&shop, 10, 20);
    let company = shop.make(&rep, Kind::Company, &[("name", "Puig")]).to_string();
    let id = shop.quote(&rep, &[("subject", "Porta"), ("company", &company)]).meta.id;
    shop.put(&rep, id, &[line("Porta", "1", "100")]).unwrap();
    let waiting = shop.send(&rep, id).unwrap();
    assert_eq!(waiting.status(), status::PENDING);
    let own = quotes::approve(&shop.test.app, &rep, id, waiting.meta.version).unwrap_err();
    assert_eq!(codes(own), [said("", "quote-margin-unknown")]);
    quotes::approve(&shop.test.app, &shop.admin(), id, waiting.meta.version).unwrap();
    assert_eq!(shop.send(&rep, id).unwrap().status(), status::SENT);
}
