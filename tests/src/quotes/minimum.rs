//! For how long a client is bound at least.

use super::*;

#[test]
fn a_line_binds_for_what_its_product_says_or_its_own() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let product = [
        ("name_ca", "Manteniment"),
        ("code", "MANT"),
        ("unit_price", "50"),
        ("billing", "monthly"),
        ("minimum_term", "24"),
    ];
    shop.make(&admin, Kind::Product, &product);
    let company = shop.client().to_string();
    let id = shop.quote(&admin, &[("subject", "Contracte"), ("company", &company)]).meta.id;
    let of = |minimum: &str| LineDraft {
        product: "MANT".to_owned(),
        minimum_months: minimum.to_owned(),
        ..LineDraft::default()
    };
    let months = || {
        let content = quotes::content(app, &admin, id).unwrap();
        (content.lines[0].minimum(), content.quote.terms(&content.lines).months)
    };
    shop.put(&admin, id, &[of("")]).unwrap();
    assert_eq!(months(), (Some(24), 24));
    assert_eq!(shop.get(id).amount.unwrap().minor_units, 24 * 5_000);
    let paper = text_of(&quotes::pdf(app, &admin, id).unwrap().bytes);
    assert!(paper.contains("mínim 24 mesos"), "{paper}");
    shop.put(&admin, id, &[of("6")]).unwrap();
    assert_eq!(months(), (Some(6), 12));
    // None at all, also when the same lines are saved once more.
    shop.put(&admin, id, &[of("0")]).unwrap();
    let again = quotes::drafts_of(&quotes::content(app, &admin, id).unwrap().lines);
    shop.put(&admin, id, &again).unwrap();
    assert_eq!(months(), (None, 12));
    // What nobody has ticked binds nobody.
    let extra = LineDraft { optional: true, ..of("36") };
    shop.put(&admin, id, &[of("6"), extra]).unwrap();
    assert_eq!(months(), (Some(6), 12));
}

#[test]
fn a_minimum_is_of_whole_periods() {
    let shop = Shop::new();
    let admin = shop.admin();
    let id = shop.quote(&admin, &[("subject", "Contracte")]).meta.id;
    let of = |billing: &str, minimum: &str| LineDraft {
        billing: billing.to_owned(),
        minimum_months: minimum.to_owned(),
        ..line("Servei", "1", "50")
    };
    let wrong = [of("quarterly", "4"), of("yearly", "18"), of("monthly", "1,5"), of("monthly", "121")];
    let expected: Vec<_> =
        (0..wrong.len()).map(|place| said(&format!("lines.{place}.minimum_months"), "quote-term")).collect();
    assert_eq!(codes(shop.put(&admin, id, &wrong).unwrap_err()), expected);
    let once = shop.put(&admin, id, &[of("once", "12")]).unwrap_err();
    assert_eq!(codes(once), [said("lines.0.minimum_months", "quote-term-once")]);
    shop.put(&admin, id, &[of("quarterly", "6"), of("yearly", "24"), of("once", "0")]).unwrap();
    let product = draft(&[
        ("name_ca", "Revisió"),
        ("kind", "service"),
        ("billing", "quarterly"),
        ("minimum_term", "4"),
    ]);
    let refused = records::create(&shop.test.app, &admin, Kind::Product, &product, None).err().unwrap();
    assert_eq!(codes(refused), [said("minimum_term", "quote-term")]);
}
