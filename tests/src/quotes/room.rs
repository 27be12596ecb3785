//! Time to answer: a day at least when a quote goes out, and a day between letters about it.

use super::*;

fn to(email: &str) -> Sending {
    Sending { email: email.to_owned(), ..Sending::default() }
}

/// A draft of one line that can be accepted until this day.
fn until(shop: &Shop, day: &str) -> Uuid {
    let company = shop.client().to_string();
    let fields = [("subject", "Porta"), ("company", company.as_str()), ("valid_until", day)];
    let id = shop.quote(&shop.admin(), &fields).meta.id;
    shop.put(&shop.admin(), id, &[line("Porta", "1", "100")]).unwrap();
    id
}

#[test]
fn a_quote_goes_out_with_a_day_left_at_least() {
    let shop = Shop::new();
    let admin = shop.admin();
    let (today, tomorrow) = (until(&shop, "2026-11-23"), until(&shop, "2026-11-24"));
    assert_eq!(codes(shop.send(&admin, today).unwrap_err()), [said("valid_until", "quote-room")]);
    assert_eq!(shop.get(today).status(), status::DRAFT);
    assert_eq!(shop.send(&admin, tomorrow).unwrap().status(), status::SENT);
    shop.test.advance(24 * 3_600);
    let late = shop.send(&shop.admin(), today).unwrap_err();
    assert_eq!(codes(late), [said("valid_until", "quote-valid-past")]);
}

#[test]
fn a_reminder_is_no_second_letter_of_the_same_day() {
    let shop = Shop::new();
    crate::mail::take_letters(&shop.test);
    let app = &shop.test.app;
    let round = || quotes::round(app, &shop.test.ctx()).unwrap();
    let send = |id: Uuid| {
        quotes::send(app, &shop.admin(), id, shop.get(id).meta.version, &to("marta@puig.cat")).unwrap()
    };
    let first = send(until(&shop, "2026-11-25")).meta.id;
    assert_eq!(round(), (0, 0));
    shop.test.advance(23 * 3_600);
    assert_eq!(round(), (0, 0));
    shop.test.advance(3_600);
    assert_eq!((round(), round()), ((0, 1), (0, 0)));
    // The next version has its own reminder, a day after the letter that it went with.
    let next = quotes::new_version(app, &shop.admin(), first).unwrap().meta.id;
    send(next);
    assert_eq!(round(), (0, 0));
    shop.test.advance(24 * 3_600);
    assert_eq!((round(), round()), ((0, 1), (0, 0)));
}

#[test]
fn a_former_link_leads_on_whoever_got_both() {
    let shop = Shop::new();
    crate::mail::take_letters(&shop.test);
    let (app, admin) = (&shop.test.app, shop.admin());
    for (second, leads_on) in [("marta@puig.cat", true), ("joan@puig.cat", false), ("", false)] {
        let first = until(&shop, "2026-12-20");
        let send = |id: Uuid, email: &str| {
            quotes::send(app, &admin, id, shop.get(id).meta.version, &to(email)).unwrap();
        };
        send(first, "marta@puig.cat");
        let token = shop.token(first);
        let newer = || quotes::client_view(app, &shop.test.ctx(), &token).unwrap().newer;
        let next = quotes::new_version(app, &admin, first).unwrap().meta.id;
        assert_eq!(newer(), None, "a draft is nobody's");
        send(next, second);
        let expected = leads_on.then(|| format!("/q/{}", shop.token(next)));
        assert_eq!(newer(), expected, "{second}");
        let version = shop.get(next).meta.version;
        quotes::void(app, &admin, next, version).unwrap();
        assert_eq!(newer(), None, "it was taken back");
    }
}
