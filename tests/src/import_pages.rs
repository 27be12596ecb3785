//! Pages of the import wizard, as a browser asks for them.

use crate::http_kit::{Answer, Kit};
use model::{FieldValue, Import, ImportId, Kind, Label, lists};
use poem::http::{Method, StatusCode};
use services::imports;
use services::own_fields::{self, FieldDraft};
use services::records::{self, Query};

struct Desk {
    kit: Kit,
    cookie: String,
}

fn address(import: &Import) -> String {
    format!("/imports/{}", import.id())
}

impl Desk {
    fn new() -> Desk {
        let kit = Kit::company();
        let cookie = format!("{}={}", server::SESSION, kit.session());
        Desk { kit, cookie }
    }

    fn import(&self, id: ImportId) -> Import {
        imports::get(&self.kit.state.app, &self.kit.admin(), id).unwrap()
    }

    fn uploaded(&self, entity: Kind, text: &str) -> Import {
        let app = &self.kit.state.app;
        imports::upload(app, &self.kit.admin(), entity, "fitxer.csv", text.as_bytes()).unwrap()
    }

    /// After the dry run, with the fields that its columns go to.
    fn checked(&self, import: &Import, targets: &[&str]) -> Import {
        let (app, admin) = (&self.kit.state.app, self.kit.admin());
        let mut plan = imports::plan(app, &admin, import.id()).unwrap();
        for (column, target) in plan.columns.iter_mut().zip(targets) {
            column.target = Some((*target).to_owned());
        }
        imports::set_plan(app, &admin, import.id(), import.meta.version, plan).unwrap();
        self.kit.work_imports();
        self.import(import.id())
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.kit.get(path, &[("cookie", self.cookie.as_str())]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.text()
    }

    async fn send(&self, path: &str, body: &str) -> Answer {
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.kit.ask(Method::POST, path, &headers, body).await
    }

    /// Started and worked on to its end.
    async fn run(&self, import: &Import) -> Import {
        let answer = self
            .send(&format!("{}/start", address(import)), &format!("version={}", import.meta.version))
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        self.kit.work_imports();
        self.import(import.id())
    }
}

/// Taxes are known by their rate; what is no option is chosen from all of them, or becomes one.
#[tokio::test]
async fn options_are_chosen_or_added_where_values_are_mended() {
    let desk = Desk::new();
    let file = "Nom;Família;IVA\nA;GTX;21\nB;GTX;IVA 10%\nC;MG;4 %\nD;;33\n";
    let import = desk.checked(&desk.uploaded(Kind::Product, file), &["name_ca", "family", "tax"]);
    assert_eq!((import.checked.created, import.checked.bad), (0, 4));
    let page = desk.page(&address(&import)).await;
    for part in ["<option value=\"vat_standard\">IVA general</option>", "Afegeix-lo a les opcions"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let form = desk.page("/products/new").await;
    assert!(form.contains("value=\"vat_standard\""), "{form}");
    assert!(!page.contains("value=\"withholding") && !form.contains("value=\"withholding"), "no product tax");
    let (path, version) = (format!("{}/values", address(&import)), import.meta.version);
    let typed = |to: &str| {
        format!(
            "version={version}&field-0=family&value-0=GTX&do-0=create&to-0=&field-1=family&value-1=MG&do-1=create\
             &to-1=&field-2=tax&value-2=33&do-2=replace&to-2={to}"
        )
    };
    let refused = desk.send(&path, &typed("")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Digueu per què es canvia «33»"), "{}", refused.text());
    assert!(refused.text().contains("<option value=\"create\" selected>"), "what was chosen is still there");
    assert_eq!(desk.send(&path, &typed("vat_zero")).await.status, StatusCode::SEE_OTHER);
    desk.kit.work_imports();
    let checked = desk.import(import.id());
    assert_eq!((checked.checked.created, checked.checked.bad), (4, 0));
    assert_eq!(desk.run(&checked).await.imported.created, 4);

    let (app, admin) = (&desk.kit.state.app, desk.kit.admin());
    let frame = app.frame();
    let families: Vec<&str> = frame.choices_of(lists::PRODUCT_FAMILIES).map(|(key, _)| key).collect();
    assert_eq!(families, ["gtx", "mg"]);
    let made = records::list(app, &admin, Kind::Product, &Query { limit: 10, ..Query::default() }).unwrap();
    let mut taxes: Vec<(String, FieldValue)> =
        made.records.iter().map(|product| (product.name(), product.built_in("tax"))).collect();
    taxes.sort_by(|one, other| one.0.cmp(&other.0));
    let expected =
        [("A", "vat_standard"), ("B", "vat_reduced"), ("C", "vat_super_reduced"), ("D", "vat_zero")];
    let expected =
        expected.map(|(name, tax)| (name.to_owned(), FieldValue::Codes(vec![tax.to_owned()]))).to_vec();
    assert_eq!(taxes, expected);
}

/// Options are a part of how the company is set up: who does not do that is told who does.
#[tokio::test]
async fn only_who_sets_up_the_company_adds_options() {
    let desk = Desk::new();
    let import = desk.checked(&desk.uploaded(Kind::Product, "Nom;Família\nA;GTX\n"), &["name_ca", "family"]);
    let key = desk.kit.key("manager");
    let path = format!("{}/findings", address(&import));
    let found = desk.kit.api(Method::GET, &path, &key, &[], "").await.json();
    assert_eq!(found["values"][0]["can_be_added"], false, "{found}");
    let plan = serde_json::json!({
        "version": import.meta.version,
        "mode": "create",
        "columns": [{ "field": "name_ca" }, { "field": "family" }],
        "mended": [{ "field": "family", "value": "GTX", "mending": "create" }],
    });
    let path = format!("{}/plan", address(&import));
    let refused = desk.kit.api(Method::PUT, &path, &key, &[], &plan.to_string()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
    assert_eq!(desk.kit.state.app.frame().choices_of(lists::PRODUCT_FAMILIES).count(), 0);
}

/// What is mended because the file comes from a program is shown where the file has it, by the names of stages.
#[tokio::test]
async fn mended_values_are_those_of_the_file_in_words() {
    let desk = Desk::new();
    let file = "Record ID,Deal Name,Deal Stage,Amount\n1,Coberta,Closed Won,100\n2,Porta,Inventada,50\n";
    let import = desk.uploaded(Kind::Opportunity, file);
    assert_eq!(import.program.as_deref(), Some("hubspot"));
    let page = desk.page(&address(&desk.checked(&import, &[]))).await;
    assert!(page.contains("Un valor corregit"), "{page}");
    assert!(page.contains("Closed Won") && !page.contains("Closed Lost") && !page.contains("closedwon"));
    let frame = desk.kit.state.app.frame();
    let (code, _, won) =
        model::stages_of(&frame).find(|(_, _, stage)| stage.kind == model::StageKind::Won).unwrap();
    assert!(
        page.contains(&format!("→ <strong>{}</strong>", won.label.get(model::Language::Ca))),
        "not {code}"
    );
}

/// Templates are applied and deleted beside columns that were chosen and not sent yet: those stay.
#[tokio::test]
async fn columns_chosen_on_the_page_outlive_what_is_done_with_templates() {
    let desk = Desk::new();
    let (app, admin) = (&desk.kit.state.app, desk.kit.admin());
    let first = desk.checked(&desk.uploaded(Kind::Company, "Alfa;Beta\nX;Olot\n"), &["name", "town"]);
    let template = imports::save_template(app, &admin, first.id(), "Fira").unwrap().meta.id;
    let import = desk.uploaded(Kind::Company, "Alfa;Beta;Gamma\nX;Olot;prop\n");
    let page = desk.page(&address(&import)).await;
    assert!(page.contains("<details class=\"confirm\">"), "a template is not deleted by one click: {page}");
    let typed = |import: &Import, last: &str| {
        format!(
            "version={}&import={}&column-0=&column-1=zone&column-2={last}&mode=create&match_by=\
             &given-field-0=industry&given-text-0=Fusta&template={template}",
            import.meta.version,
            import.id()
        )
    };
    let told = |id: ImportId| {
        let plan = imports::plan(app, &admin, id).unwrap();
        let targets: Vec<String> =
            plan.columns.into_iter().map(|column| column.target.unwrap_or_default()).collect();
        (targets, plan.given.into_iter().map(|given| given.text).collect::<Vec<_>>())
    };
    let as_said = |targets: [&str; 3]| (targets.map(str::to_owned).to_vec(), vec!["Fusta".to_owned()]);
    let path = format!("{}/template", address(&import));
    let applied = desk.send(&path, &typed(&import, "description")).await;
    assert_eq!(applied.status, StatusCode::SEE_OTHER, "{}", applied.text());
    assert_eq!(told(import.id()), as_said(["name", "town", "description"]), "the template has the first say");
    let path = format!("/imports/templates/{template}/delete");
    let deleted = desk.send(&path, &typed(&desk.import(import.id()), "website")).await;
    assert_eq!(deleted.status, StatusCode::SEE_OTHER, "{}", deleted.text());
    assert_eq!(told(import.id()), as_said(["", "zone", "website"]));
    assert!(imports::templates(app, &admin, Kind::Company).unwrap().is_empty());
}

/// A template that was applied by itself is done without: how known rows are found and what becomes of them stays as it was
/// changed on the page.
#[tokio::test]
async fn what_becomes_of_known_rows_outlives_the_template_that_is_not_used() {
    let desk = Desk::new();
    let (app, admin) = (&desk.kit.state.app, desk.kit.admin());
    let file = "Nom;NIF\nX;B17000018\n";
    let first = desk.checked(&desk.uploaded(Kind::Company, file), &["name", "tax_id"]);
    let template = imports::save_template(app, &admin, first.id(), "Fira").unwrap().meta.id;
    let import = desk.uploaded(Kind::Company, file);
    assert_eq!(import.template, Some(template));
    let body = format!(
        "version={}&column-0=name&column-1=tax_id&mode=update&match_by=tax_id&template={template}&without=yes",
        import.meta.version
    );
    let sent = desk.send(&format!("{}/template", address(&import)), &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(desk.import(import.id()).template, None);
    let plan = imports::plan(app, &admin, import.id()).unwrap();
    assert_eq!((plan.mode, plan.match_by.as_deref()), (model::ImportMode::Update, Some("tax_id")));
}

/// One of six is 16.7 %.
#[tokio::test]
async fn shares_of_rows_are_rounded() {
    let desk = Desk::new();
    let file = "Nom;NIF\nA;\nB;\nC;\nD;\nE;\nF;B17000018\n";
    let import = desk.checked(&desk.uploaded(Kind::Company, file), &["name", "tax_id"]);
    assert_eq!((import.checked.created, import.checked.bad), (5, 1));
    let page = desk.page(&address(&import)).await;
    assert!(page.contains("16,7\u{a0}%") && page.contains("83,3\u{a0}%"), "{page}");
}

/// A row of headers that is none is told with how many rows there are, and what was typed stays.
#[tokio::test]
async fn a_wrong_row_of_headers_is_told_by_its_number() {
    let desk = Desk::new();
    let import = desk.uploaded(Kind::Company, "Nom;NIF\nA;\nB;\n");
    let path = format!("{}/reading", address(&import));
    for typed in ["abc", "999", "", "0"] {
        let body = format!("version={}&encoding=UTF-8&header_row={typed}", import.meta.version);
        let refused = desk.send(&path, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        let page = refused.text();
        assert!(page.contains("La fila de les capçaleres és un nombre de l’1 al 3"), "{typed}: {page}");
        let field = format!("name=\"header_row\" type=\"text\" value=\"{typed}\"");
        assert!(page.contains(&field), "{field} is not in {page}");
    }
}

/// Rows are told by their names, too, and those that stayed out are all counted.
#[tokio::test]
async fn rows_that_stay_out_are_named_and_counted() {
    let desk = Desk::new();
    let file = "Nom;Cognoms;Correu;Telèfon\nBiel;Mas;biel@mas.cat;\nGabriel;Mas;biel@mas.cat;\n\
        Carla;Pou;;12\nDolors;Roca;;13\n";
    let targets = ["given_name", "family_name", "email", "phone"];
    let import = desk.checked(&desk.uploaded(Kind::Contact, file), &targets);
    let page = desk.page(&address(&import)).await;
    for name in ["Gabriel Mas", "Carla Pou", "Dolors Roca"] {
        assert!(page.contains(&format!("<td data-l=\"Nom\">{name}</td>")), "{name} is not in {page}");
    }
    let done = desk.run(&import).await;
    assert_eq!((done.imported.created, done.imported.duplicates, done.imported.bad), (1, 1, 2));
    let page = desk.page(&address(&done)).await;
    assert!(page.contains("Han quedat fora 3 files (amb errors: 2; duplicades: 1)."), "{page}");
    assert!(page.contains("<td data-l=\"Nom\">Carla Pou</td>"), "{page}");
    let page = desk.page(&format!("{}?tab=duplicate", address(&done))).await;
    assert!(page.contains("Gabriel Mas = la fila 2 del fitxer"), "{page}");
    let list = desk.page("/imports").await;
    assert!(list.contains("<td class=\"num\" data-l=\"Duplicades\">1</td>"), "{list}");
}

/// The file of rows that stayed out says of the value in it what is wrong, not of what it was replaced by.
#[tokio::test]
async fn the_reason_of_a_failed_row_is_about_what_its_cell_says() {
    let desk = Desk::new();
    let file = "Nom;Cognoms;Empresa\nAnna;Puig;GTXPro\n";
    let targets = ["given_name", "family_name", "company"];
    let import = desk.checked(&desk.uploaded(Kind::Contact, file), &targets);
    let body =
        format!("version={}&field-0=company&value-0=GTXPro&do-0=replace&to-0=GTX+Porro", import.meta.version);
    let mended = desk.send(&format!("{}/values", address(&import)), &body).await;
    assert_eq!(mended.status, StatusCode::SEE_OTHER, "{}", mended.text());
    desk.kit.work_imports();
    let failed = desk.page(&format!("{}/failed-rows", address(&import))).await;
    assert!(failed.contains("«GTXPro»"), "{failed}");
    assert!(!failed.contains("Porro"), "{failed}");
}

/// What was only uploaded goes again; what was started stays.
#[tokio::test]
async fn an_import_that_was_never_started_is_deleted() {
    let desk = Desk::new();
    let import = desk.uploaded(Kind::Company, "Nom\nFusteria Puig\n");
    let form = |import: &Import| format!("action=\"{}/delete\"", address(import));
    let page = desk.page(&address(&import)).await;
    assert!(page.contains(&form(&import)), "the page of the columns has a way out: {page}");
    assert!(desk.page("/imports").await.contains(&form(&import)), "and so has the list");
    let deleted = desk.send(&format!("{}/delete", address(&import)), "").await;
    assert_eq!(deleted.status, StatusCode::SEE_OTHER, "{}", deleted.text());
    let gone = desk.kit.get(&address(&import), &[("cookie", desk.cookie.as_str())]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);

    let import = desk.checked(&desk.uploaded(Kind::Company, "Nom\nHotel Ona\n"), &["name"]);
    let done = desk.run(&import).await;
    let (key, path) = (desk.kit.key("administrator"), address(&done));
    let refused = desk.kit.api(Method::DELETE, &path, &key, &[], "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    assert!(!desk.page(&path).await.contains(&form(&done)));
    let other = desk.uploaded(Kind::Company, "Nom\nTaller Mas\n");
    let deleted = desk.kit.api(Method::DELETE, &address(&other), &key, &[], "").await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.text());
}

/// All that can be imported is named before anything is, and that headers may stand lower.
#[tokio::test]
async fn the_introduction_speaks_of_all_there_is() {
    let desk = Desk::new();
    assert!(desk.page("/imports").await.contains("oportunitats o activitats"));
    assert!(desk.page("/imports/new").await.contains("podreu dir en quina són"));
}

/// What was cancelled before it began let nothing in; what was taken back is not in any more.
#[tokio::test]
async fn the_list_says_what_is_in() {
    let desk = Desk::new();
    let (app, admin) = (&desk.kit.state.app, desk.kit.admin());
    let text = "Empresa\nFusteria Puig\nHotel Ona\n";
    let cancelled = desk.checked(&desk.uploaded(Kind::Company, text), &["name"]);
    imports::cancel(app, &admin, cancelled.id()).unwrap();
    assert!(desk.page("/imports").await.contains("no n’ha entrat cap"));

    let done = desk.run(&desk.checked(&desk.uploaded(Kind::Company, text), &["name"])).await;
    assert_eq!(done.imported.created, 2);
    let puig = &records::list(app, &admin, Kind::Company, &Query { limit: 10, ..Query::default() }).unwrap();
    let puig = puig.records.iter().find(|record| record.name() == "Fusteria Puig").unwrap();
    let mut draft = records::Draft::default();
    draft.put("town", "Olot");
    let (id, version) = (puig.about().id, puig.about().version);
    records::update(app, &admin, Kind::Company, id, version, &draft).unwrap();
    imports::undo(app, &admin, done.id(), done.meta.version, model::ChangedSince::Keep).unwrap();
    desk.kit.work_imports();
    let page = desk.page("/imports").await;
    assert!(page.contains("desfets: 1 · encara hi són: 1"), "{page}");
}

/// What a field with options gets where the file says nothing is chosen from them, built in or own, one or several; what
/// is none of them stays as it was typed.
#[tokio::test]
async fn what_a_field_with_options_gets_is_chosen() {
    let desk = Desk::new();
    let (app, admin) = (&desk.kit.state.app, desk.kit.admin());
    for (name, kind) in [("gremi", "choice"), ("segells", "choices")] {
        let field = FieldDraft {
            entity: "company".to_owned(),
            name: name.to_owned(),
            label: Label::new(name, "", ""),
            kind: kind.to_owned(),
            choices: "Fusta\nMetall".to_owned(),
            ..FieldDraft::default()
        };
        own_fields::create(app, &admin, &field).unwrap();
    }
    let import = desk.uploaded(Kind::Company, "Nom\nFusteria Puig\n");
    let path = address(&import);
    let asked = |field: &str| format!("{path}/given?place=1&given-field-1={field}&given-text-1=a");
    let codes: Vec<String> = {
        let frame = app.frame();
        let spec = services::fields::spec_of(&frame, Kind::Company, "custom.gremi").unwrap();
        spec.choices.codes(&frame).unwrap()
    };
    let own = desk.page(&asked("custom.gremi")).await;
    assert!(own.contains("<select id=\"given-text-1\" name=\"given-text-1\">"), "{own}");
    assert!(own.contains(&format!("<option value=\"{}\">Fusta</option>", codes[0])), "{own}");
    assert!(desk.page(&asked("tax_regime")).await.contains("<select"), "and so are built-in ones");
    assert_eq!(desk.page(&asked("custom.segells")).await.matches("type=\"checkbox\"").count(), 2);
    let typed = desk.page(&asked("town")).await;
    assert!(typed.contains("type=\"text\"") && typed.contains("value=\"a\""), "{typed}");

    let body = format!(
        "version={}&mode=create&column-0=name&given-field-0=custom.gremi&given-text-0={}\
        &given-field-1=custom.segells&given-text-1=Fusta&given-text-1=Metall\
        &given-field-2=tax_regime&given-text-2=cap",
        import.meta.version, codes[1]
    );
    let sent = desk.send(&format!("{path}/mapping"), &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let given = imports::plan(app, &admin, import.id()).unwrap().given;
    let texts: Vec<&str> = given.iter().map(|given| given.text.as_str()).collect();
    assert_eq!(texts, [codes[1].as_str(), "Fusta; Metall", "cap"]);
    desk.kit.work_imports();
    let page = desk.page(&format!("{path}?step=columns")).await;
    assert!(page.contains(&format!("<option value=\"{}\" selected>Metall</option>", codes[1])), "{page}");
    assert!(page.contains("<option value=\"cap\" selected>cap</option>"), "{page}");
    assert!(page.contains("data-counted=\"# de 1 triades\">En obrir la pàgina: 1 de 1 triades<"), "{page}");
}

/// What does not go in, and whose new records will be, is said before the start.
#[tokio::test]
async fn what_a_file_leaves_unsaid_is_said_before_the_start() {
    let desk = Desk::new();
    let file = "Empresa;Responsable;Facturació 2023\nPuig;;12\nPons;;\n";
    let import = desk.uploaded(Kind::Company, file);
    let page = desk.page(&address(&desk.checked(&import, &["name", "owner"]))).await;
    for part in ["2 files noves no diuen de qui són", "Una columna amb dades no entra: «Facturació 2023»."]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let import = desk.checked(&desk.uploaded(Kind::Company, "Empresa\nPou\n"), &["name"]);
    let page = desk.page(&address(&import)).await;
    assert!(page.contains("seran de qui fa la importació"), "{page}");
    assert!(!page.contains("no entra:") && !page.contains("sense responsable"), "{page}");
    let leads = desk.checked(&desk.uploaded(Kind::Lead, "Empresa\nPou\n"), &["company"]);
    assert!(!desk.page(&address(&leads)).await.contains("seran de qui fa la importació"), "rules say it");
}

/// The only colleague of that name is offered first, to be chosen among all; so are the company's tags.
#[tokio::test]
async fn unknown_people_and_tags_are_chosen() {
    let desk = Desk::new();
    let import = desk.uploaded(Kind::Company, "Empresa;Responsable\nPuig;Aina\n");
    let page = desk.page(&address(&desk.checked(&import, &["name", "owner"]))).await;
    assert!(page.contains("<option value=\"Aina Admin\" selected>Aina Admin</option>"), "{page}");

    let import = desk.uploaded(Kind::Lead, "Empresa;Etiquetes\nPuig;important\n");
    let import = desk.checked(&import, &["company", "tags"]);
    let page = desk.page(&address(&import)).await;
    assert!(page.contains("type=\"checkbox\" name=\"to-0\" value=\"vip\""), "{page}");
    let body = format!("version={}&field-0=tags&value-0=important&do-0=&to-0=vip", import.meta.version);
    let sent = desk.send(&format!("{}/values", address(&import)), &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    desk.kit.work_imports();
    assert_eq!(desk.import(import.id()).checked.created, 1);
}

/// All sources stand once, where one is chosen; rows say only what is none of them, and amounts which ones there can be.
#[tokio::test]
async fn rows_say_what_is_wrong_in_a_few_words() {
    let desk = Desk::new();
    let import = desk.uploaded(Kind::Lead, "Empresa;Origen;Import\nPuig;Boca-orella vella;\nPons;;-300\n");
    let import = desk.checked(&import, &["company", "source", "amount"]);
    let page = desk.page(&address(&import)).await;
    assert_eq!(page.matches("«Boca-orella vella» no és cap origen de l’empresa").count(), 2, "{page}");
    assert!(page.contains("«-300» és fora dels límits: ha de ser de 0 a 10.000.000.000"), "{page}");
}

/// Rows that stay out as duplicates are no good rows, and what was taken back is not told as new.
#[tokio::test]
async fn pages_say_what_is_so_of_duplicates_and_after_an_undo() {
    let desk = Desk::new();
    let (app, admin) = (&desk.kit.state.app, desk.kit.admin());
    let file = "Nom;Cognoms;Correu\nBiel;Mas;biel@mas.cat\nGabriel;Mas;biel@mas.cat\n";
    let import = desk.checked(&desk.uploaded(Kind::Contact, file), &[]);
    let page = desk.page(&address(&import)).await;
    assert!(
        page.contains("Cap fila no té errors") && !page.contains("Totes les files són correctes"),
        "{page}"
    );
    assert!(page.contains("1 fila queda fora, com a duplicada"), "{page}");
    let done = desk.run(&import).await;
    imports::undo(app, &admin, done.id(), done.meta.version, model::ChangedSince::Keep).unwrap();
    desk.kit.work_imports();
    let page = desk.page(&address(&done)).await;
    assert!(page.contains("Desfets") && !page.contains("50,0\u{a0}%"), "{page}");
    assert!(page.contains("s’ha esborrat un registre") && !page.contains("com abans"), "{page}");
}

/// A file whose rows are all there, and an import that made more than its rows and was taken back.
#[tokio::test]
async fn pages_say_that_all_is_there_and_that_nothing_is_left() {
    let desk = Desk::new();
    let (app, admin) = (&desk.kit.state.app, desk.kit.admin());
    let file = "Nom;Cognoms;Correu;Empresa\nBiel;Mas;biel@mas.cat;Fusta\n";
    let uploaded = desk.uploaded(Kind::Contact, file);
    let mut plan = imports::plan(app, &admin, uploaded.id()).unwrap();
    plan.columns[3].creates = true;
    imports::set_plan(app, &admin, uploaded.id(), uploaded.meta.version, plan).unwrap();
    desk.kit.work_imports();
    let done = desk.run(&desk.import(uploaded.id())).await;
    assert_eq!((done.imported.created, done.also_made), (1, 1));
    assert!(desk.page(&address(&done)).await.contains("També s’ha creat un registre"));

    let again = desk.checked(&desk.uploaded(Kind::Contact, file), &[]);
    assert_eq!((again.checked.created, again.checked.duplicates), (0, 1));
    let page = desk.page(&address(&again)).await;
    assert!(page.contains("Totes les files hi són ja") && !page.contains("Cap fila no pot entrar"), "{page}");

    imports::undo(app, &admin, done.id(), done.meta.version, model::ChangedSince::Keep).unwrap();
    desk.kit.work_imports();
    let page = desk.page(&address(&done)).await;
    assert!(page.contains("s’han esborrat 2 registres") && !page.contains("També s’ha"), "{page}");
}

/// The columns of cards have names of ours, so they are said in the reader's language.
#[tokio::test]
async fn columns_of_cards_are_said_in_the_readers_language() {
    let desk = Desk::new();
    let card = "BEGIN:VCARD\nVERSION:3.0\nN:Puig;Anna;;;\nFN:Anna Puig\nTEL;TYPE=CELL:600112233\nEND:VCARD\n";
    let import = desk.uploaded(Kind::Contact, card);
    let page = desk.page(&address(&import)).await;
    assert!(page.contains(">Cognoms</label>") && page.contains(">Altres telèfons</label>"), "{page}");
    assert!(!page.contains(">Last name</label>"), "{page}");
}

/// Who says how the file is to be read and goes on with the columns gets it read so, and loses nothing that they chose.
#[tokio::test]
async fn a_file_is_read_anew_with_what_was_chosen_on_the_page() {
    let desk = Desk::new();
    let import = desk.uploaded(Kind::Company, "Empresa;Població\nEmpresa;Codi\nPuig;E1\n");
    let path = address(&import);
    let page = desk.page(&path).await;
    assert!(page.contains("name=\"as_read\" value=\"UTF-8 ·  · 1\""), "{page}");
    let body = |row: u8, version: u64| {
        format!(
            "version={version}&as_read=UTF-8+%C2%B7++%C2%B7+1&encoding=UTF-8&header_row={row}\
             &column-0=name&column-1=town&mode=both&match_by=title&on_double=skip"
        )
    };
    let mapping = format!("{path}/mapping");
    let sent = desk.send(&mapping, &body(2, import.meta.version)).await;
    assert_eq!(sent.header("location"), format!("{path}?step=columns&notice=import-columns-anew"));
    let plan = imports::plan(&desk.kit.state.app, &desk.kit.admin(), import.id()).unwrap();
    assert_eq!(
        (plan.mode, plan.columns[1].target.as_deref()),
        (model::ImportMode::Both, Some("external_key"))
    );
    let page = desk.page(&format!("{path}?step=columns")).await;
    assert!(page.contains("capçaleres a la fila 2"), "{page}");
}

/// A name that several companies have: each is offered with what tells it from the others, and goes in as itself.
#[tokio::test]
async fn namesakes_are_told_apart_where_values_are_mended() {
    let desk = Desk::new();
    let (app, admin) = (&desk.kit.state.app, desk.kit.admin());
    let made = |town: &str| {
        let mut draft = records::Draft::default();
        draft.put("name", "Fusta");
        draft.put("town", town);
        records::create(app, &admin, Kind::Company, &draft, None).unwrap().about().id
    };
    let (olot, roses) = (made("Olot"), made("Roses"));
    let import = desk.checked(&desk.uploaded(Kind::Contact, "Nom;Cognoms;Empresa\nBiel;Mas;Fusta\n"), &[]);
    assert_eq!((import.checked.created, import.checked.bad), (0, 1));
    let page = desk.page(&address(&import)).await;
    for (id, label) in [(olot, "Fusta · Olot"), (roses, "Fusta · Roses")] {
        assert!(
            page.contains(&format!("<option value=\"{id}\">{label}</option>")),
            "{label} is not in {page}"
        );
    }
    assert!(!page.contains("<option value=\"Fusta\">"), "a name that several have says nothing: {page}");
    let body =
        format!("version={}&field-0=company&value-0=Fusta&do-0=replace&to-0={roses}", import.meta.version);
    let sent = desk.send(&format!("{}/values", address(&import)), &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    desk.kit.work_imports();
    let checked = desk.import(import.id());
    assert_eq!((checked.checked.created, checked.checked.bad), (1, 0));
    let page = desk.page(&address(&checked)).await;
    assert!(!page.contains(&roses.to_string()), "what was chosen is said by its name: {page}");
    desk.run(&checked).await;
    let query = Query { limit: 10, ..Query::default() };
    let contacts = records::list(app, &admin, Kind::Contact, &query).unwrap().records;
    assert_eq!(contacts[0].built_in("company"), FieldValue::Record(roses));
}

/// Of leads nobody means the rules, and why they were let go is chosen from the company’s reasons.
#[tokio::test]
async fn owners_and_reasons_of_leads_are_asked_for() {
    let desk = Desk::new();
    let file = "Empresa;Responsable;Estat\nPuig;Qui sap;Nou\nPons;Algú;Nou\nPou;;Descartat\nPla;;Nou\n";
    let import = desk.checked(&desk.uploaded(Kind::Lead, file), &[]);
    assert_eq!((import.checked.created, import.checked.bad), (1, 3));
    let page = desk.page(&address(&import)).await;
    for part in [
        "Ningú: ho decideixen les regles d’assignació",
        "Un client potencial nou no té responsable",
        "name=\"field-0\" value=\"discard_reason\"",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let reason = desk.kit.state.app.frame();
    let reason = reason.choices_of(lists::DISCARD_REASONS).next().unwrap().0.to_owned();
    assert!(page.contains(&format!("<option value=\"{reason}\">")), "{reason} is not in {page}");
    let version = import.meta.version;
    let body = format!(
        "version={version}&all-owner=empty&field-0=owner&value-0=Qui+sap&do-0=&to-0=&field-1=owner\
             &value-1=Alg%C3%BA&do-1=&to-1=&field-2=discard_reason&value-2=&do-2=replace&to-2={reason}"
    );
    let sent = desk.send(&format!("{}/values", address(&import)), &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    desk.kit.work_imports();
    let checked = desk.import(import.id());
    assert_eq!((checked.checked.created, checked.checked.bad), (4, 0));
    let page = desk.page(&address(&checked)).await;
    assert!(page.contains("3 clients potencials nous no tenen responsable"), "{page}");
}
