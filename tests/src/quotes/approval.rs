//! A quote that waits for approval: what was typed for its client stays with it, and whoever may let it pass learns of it.

use super::*;
use crate::http_kit::{Kit, PASSWORD};
use model::Via;
use services::mail_settings::{self, MailDraft};
use services::users::{self, UserDraft};

/// A rep whose discounts end at ten percent.
fn rep(kit: &Kit) -> Ctx {
    let (app, admin) = (&kit.state.app, kit.admin());
    let role: Configured<Role> = configuration::get(app, &admin, "rep").unwrap();
    let piece = Role { discount_max: Some(Decimal::TEN), ..role.piece.clone() };
    configuration::update(app, &admin, "rep", role.meta.version, piece).unwrap();
    let draft = UserDraft {
        name: "Laia Serra".to_owned(),
        email: "laia@exemple.cat".to_owned(),
        role: "rep".to_owned(),
        teams: vec![services::settings::get(app, &admin).unwrap().default_team.to_string()],
        language: "ca".to_owned(),
        active: true,
        password: PASSWORD.to_owned(),
        ..UserDraft::default()
    };
    let rep = users::create(app, &admin, &draft).unwrap();
    kit.ctx().with_caller(users::caller(app, rep.id()).unwrap(), Via::Page)
}

/// A quote with too much discount that the rep asked approval for.
fn waiting(kit: &Kit, rep: &Ctx) -> Quote {
    let app = &kit.state.app;
    let make = |kind, fields: &[(&str, &str)]| {
        records::create(app, rep, kind, &draft(fields), None).unwrap().about().id
    };
    let company = make(Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let id = make(Kind::Quote, &[("subject", "Cuina"), ("company", &company), ("discount", "15")]);
    let written = quotes::save_lines(app, rep, id, 1, &[line("Cuina", "1", "1000")]).unwrap();
    let sending = Sending { message: "Com vam dir per telèfon.".to_owned(), ..Sending::default() };
    quotes::send(app, rep, id, written.meta.version, &sending).unwrap()
}

async fn page(kit: &Kit, path: &str) -> String {
    let cookie = format!("tracte_session={}", kit.session());
    kit.get(path, &[("cookie", cookie.as_str())]).await.text()
}

#[tokio::test]
async fn the_letter_waits_with_its_quote() {
    let kit = Kit::company();
    let rep = rep(&kit);
    let (app, admin) = (&kit.state.app, kit.admin());
    let letters = MailDraft {
        host: "localhost".to_owned(),
        port: "1".to_owned(),
        security: "none".to_owned(),
        from_name: "Exemple".to_owned(),
        from_email: "crm@exemple.cat".to_owned(),
        link_address: "https://crm.exemple.cat".to_owned(),
        ..MailDraft::default()
    };
    let (version, _) = mail_settings::get(app, &admin).unwrap();
    mail_settings::update(app, &admin, version, &letters).unwrap();
    let asked = waiting(&kit, &rep);
    assert_eq!(asked.status(), status::PENDING);
    assert_eq!(asked.state.message.as_deref(), Some("Com vam dir per telèfon."));
    let approved = quotes::approve(app, &admin, asked.meta.id, asked.meta.version).unwrap();
    assert_eq!(approved.state.message, asked.state.message);
    let form = page(&kit, &format!("/quotes/{}/send", asked.meta.id)).await;
    assert!(form.contains("Com vam dir per telèfon."), "{form}");
    // What is sent in the end is what stands in the form then.
    let id = asked.meta.id;
    let sent = quotes::send(app, &rep, id, approved.meta.version, &Sending::default()).unwrap();
    assert_eq!((sent.status(), sent.state.message.clone()), (status::SENT, None));
}

#[tokio::test]
async fn who_may_approve_reads_that_it_waits_and_why() {
    let kit = Kit::company();
    let rep = rep(&kit);
    let app = &kit.state.app;
    assert_eq!(quotes::waiting(app, &kit.admin()).unwrap(), 0);
    let asked = waiting(&kit, &rep);
    let shown = page(&kit, &format!("/quotes/{}", asked.meta.id)).await;
    assert!(shown.contains("Laia Serra en demana l’aprovació"), "{shown}");
    assert!(shown.contains("El descompte passa del seu límit (10 %)"), "{shown}");
    assert_eq!(quotes::waiting(app, &kit.admin()).unwrap(), 1);
    let first = page(&kit, "/").await;
    assert!(first.contains("1 pressupost espera aprovació"), "{first}");
    // Whoever asked has nothing to approve.
    assert_eq!(quotes::waiting(app, &rep).unwrap(), 0);
    quotes::approve(app, &kit.admin(), asked.meta.id, asked.meta.version).unwrap();
    assert_eq!(quotes::waiting(app, &kit.admin()).unwrap(), 0);
}
