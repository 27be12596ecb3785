//! What the fields of a web form are called, in the form's own words and in the page's language.

use super::{FORM, FROM_HERE, asked, fair, ticket_in};
use crate::http_kit::Kit;
use model::{CustomField, FieldKind, FormField, Label, WebForm};
use poem::http::{Method, StatusCode};
use services::configuration;

fn fuel(app: &services::App, admin: &services::Ctx) {
    let field = CustomField {
        label: Label::new("Combustible actual", "", ""),
        help: Label::new("Gas, gasoil o llenya", "", ""),
        kind: FieldKind::Text,
        required: false,
        unique: false,
        default: None,
        target: None,
        shown: Vec::new(),
        archived: false,
    };
    configuration::create(app, admin, "lead.fuel", field).unwrap();
}

#[tokio::test]
async fn fields_have_the_words_of_their_form() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    fuel(app, &admin);
    let help = FormField {
        label: Label::new("Com us podem ajudar?", "", "How can we help?"),
        hint: Label::new("Amb quatre ratlles n’hi ha prou", "", ""),
        ..asked("description", true)
    };
    let heating =
        FormField { label: Label::new("Amb què us escalfeu?", "", ""), ..asked("custom.fuel", false) };
    let fields = vec![asked("name", true), asked("email", true), help, heating];
    configuration::create(app, &admin, "fira", WebForm { fields, ..fair() }).unwrap();

    let catalan = kit.get("/f/fira?lang=ca", &[]).await;
    let text = catalan.text();
    assert!(text.contains("Com us podem ajudar?") && text.contains(">Amb quatre ratlles"), "{text}");
    assert!(text.contains("Amb què us escalfeu?") && text.contains("Gas, gasoil o llenya"), "{text}");
    assert!(!text.contains("Observacions") && !text.contains("Combustible actual"), "{text}");
    // A mistake is said with the same words.
    let ticket = ticket_in(&catalan);
    kit.advance(5);
    let body = format!("ticket={ticket}&name=Marta&email=marta@exemple.cat");
    let refused = kit.ask(Method::POST, "/f/fira?lang=ca", &[FROM_HERE, FORM], &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains(">Com us podem ajudar?: "), "{}", refused.text());

    // What is missing in a language is the form's in another one, which is marked as that.
    let english = kit.get("/f/fira?lang=en", &[]).await.text();
    assert!(
        english.contains("How can we help?") && english.contains("lang=\"ca\">Amb quatre ratlles"),
        "{english}"
    );
    assert!(english.contains("<span lang=\"ca\">Amb què us escalfeu?</span>"), "{english}");
}

#[tokio::test]
async fn optional_is_said_in_the_language_of_the_page() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    fuel(app, &admin);
    let fields = vec![asked("name", true), asked("custom.fuel", false)];
    configuration::create(app, &admin, "fira", WebForm { fields, ..fair() }).unwrap();
    let english = kit.get("/f/fira?lang=en", &[]).await.text();
    let label = "<span lang=\"ca\">Combustible actual</span> <span class=\"optional\">(optional)</span>";
    assert!(english.contains(label) && !english.contains("opcional"), "{english}");
    assert!(english.contains("lang=\"ca\">Gas, gasoil o llenya"), "{english}");
}

#[tokio::test]
async fn words_of_fields_are_kept_by_page_and_api() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let cookie = format!("tracte_session={}", kit.session());
    let headers = [FROM_HERE, FORM, ("cookie", cookie.as_str())];
    let form = "version=0&label_ca=Fira&campaign=Fira&fields.0.field=name&fields.1.field=description\
        &fields.1.label_ca=Com+us+podem+ajudar%3F&fields.1.hint_en=A+few+lines&deed=";
    // A row that goes up takes its words along.
    let moved = kit.ask(Method::POST, "/settings/forms/new", &headers, &format!("{form}up-1")).await.text();
    assert!(
        moved.contains("name=\"fields.0.label_ca\" type=\"text\" value=\"Com us podem ajudar?\""),
        "{moved}"
    );
    let long = format!("{form}save&fields.0.hint_ca={}", "a".repeat(121));
    let refused = kit.ask(Method::POST, "/settings/forms/new", &headers, &long).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Camp 1, Ajuda sota l’etiqueta (Català): "), "{}", refused.text());
    let saved = kit.ask(Method::POST, "/settings/forms/new", &headers, &format!("{form}save")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let kept = configuration::get::<WebForm>(app, &admin, "fira").unwrap().piece.fields;
    let words = FormField {
        label: Label::new("Com us podem ajudar?", "", ""),
        hint: Label::new("", "", "A few lines"),
        ..asked("description", false)
    };
    assert_eq!(kept, [asked("name", false), words]);

    let key = kit.key("administrator");
    let body = r#"{"value":{"label":{"ca":"Web"},"campaign":"Web","fields":[{"field":"name","label":{"es":"¿Cómo se llama?"}}]}}"#;
    let made = kit.api(Method::PUT, "/configuration/web_forms/web", &key, &[], body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert!(made.text().contains("¿Cómo se llama?"), "{}", made.text());
    let file = services::config_file::export(app, &admin).unwrap();
    assert!(file.contains("¿Cómo se llama?") && file.contains("Com us podem ajudar?"), "{file}");
}
