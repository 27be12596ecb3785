//! Two people at one quote: nobody overwrites or sends what they have not seen.

use super::*;

#[test]
fn every_change_of_a_line_makes_another_version_of_the_quote() {
    let shop = Shop::new();
    let (admin, app) = (shop.admin(), &shop.test.app);
    let company = shop.client().to_string();
    let id = shop.quote(&admin, &[("subject", "Cuina"), ("company", &company)]).meta.id;
    let of = |name: &str, line: LineDraft| LineDraft { alternative: name.to_owned(), ..line };
    let extra = |price: &str| LineDraft { optional: true, ..line("Aixeta", "1", price) };
    let lines = |wood: &str, oak: &str, tap: &str| {
        [of("A", line(wood, "1", "1000")), of("B", line("Roure", "1", oak)), extra(tap)]
    };
    let mut seen = shop.put(&admin, id, &lines("Pi", "2000", "200")).unwrap();
    // None of these changes what the first alternative comes to.
    for lines in [
        lines("Pi massís", "2000", "200"),
        lines("Pi massís", "2500", "200"),
        lines("Pi massís", "2500", "90"),
    ] {
        let changed = shop.put(&admin, id, &lines).unwrap();
        assert_eq!((changed.meta.version, changed.amount), (seen.meta.version + 1, seen.amount));
        let late = quotes::save_lines(app, &admin, id, seen.meta.version, &lines);
        assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
        let unseen = quotes::send(app, &admin, id, seen.meta.version, &Sending::default());
        assert!(matches!(unseen, Err(Error::Conflict(_))), "{unseen:?}");
        seen = changed;
    }
    // The same lines once more are no change.
    let same = shop.put(&admin, id, &lines("Pi massís", "2500", "90")).unwrap();
    assert_eq!(same.meta.version, seen.meta.version);
}
