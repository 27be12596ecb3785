//! What was accepted ends what was to follow it.

use super::*;

#[test]
fn an_acceptance_ends_the_next_version_that_waits() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let company = shop.client().to_string();
    let first = shop.sent(&[("subject", "Cuina"), ("company", &company)]);
    let next = quotes::new_version(app, &admin, first.meta.id).unwrap();
    quotes::accept(app, &shop.test.ctx(), &shop.token(first.meta.id), &shop.yes(&first)).unwrap();
    assert_eq!(shop.get(next.meta.id).status(), status::SUPERSEDED);
    assert_eq!(codes(shop.send(&admin, next.meta.id).unwrap_err()), [said("", "quote-state")]);
    let lines = [line("Cuina", "1", "1")];
    assert_eq!(codes(shop.put(&admin, next.meta.id, &lines).unwrap_err()), [said("", "quote-fixed")]);
    for version in [first.meta.id, next.meta.id] {
        let further = quotes::new_version(app, &admin, version).unwrap_err();
        assert_eq!(codes(further), [said("", "quote-accepted")]);
    }
}
