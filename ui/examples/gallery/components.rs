//! Every component in every state that the pages use.

use maud::{Markup, html};
use model::{FieldErrors, LeadStatus};
use tracte_ui::components::*;
use tracte_ui::{Nav, Notice, NoticeKind, Page, Shell, format, labels};

pub(crate) fn page(shell: &Shell) -> Markup {
    let l = shell.language;
    let errors = errors();
    shell.page(
        &Page::new("Components", Nav::Nowhere).errors(&errors),
        html! {
            (error_summary(l, &errors))
            (page_head("Components", Some("Tot el que hi ha"), html! {
                (details_menu(html! { "Accions" }, html! { a href="#main" { (icon("pencil")) "Edita" } a href="#main" { (icon("archive")) "Arxiva" } }))
                (link_button("#main", "download", "Exporta"))
                (primary_link("#main", "plus", "Nou"))
            }))
            @for (kind, text) in [(NoticeKind::Ok, "S’han desat els canvis."), (NoticeKind::Info, "Les dades es refan cada nit."), (NoticeKind::Warn, "Falten 3 correspondències."), (NoticeKind::Danger, "No s’ha pogut desar.")] {
                (notice(&Notice { kind, text: text.to_owned() }))
            }
            (tabs("Vistes", &[
                Tab { label: "Tots".into(), href: "#main".into(), current: true },
                Tab { label: "Meus".into(), href: "#main".into(), current: false },
                Tab { label: "Sense assignar".into(), href: "#main".into(), current: false },
            ]))
            (stepper(l, &["Fitxer".into(), "Columnes".into(), "Simulació".into(), "Importació".into()], 3))
            (progress(l, "clients-2026.xlsx", 3_412, 10_000))
            div.actions { @for status in LeadStatus::ALL { (labels::lead_status_tag(l, status)) } }
            (list(shell))
            (chart(shell))
            div.cols.even {
                div { (fields(shell, &errors)) }
                div { (history(shell)) (empty(&Empty { icon: "inbox", title: "Encara no hi ha res".into(), text: "Importeu-los o creeu-ne un a mà.".into(), actions: primary_link("#main", "upload", "Importa") })) }
            }
        },
    )
}

fn errors() -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add("email", "email-form", "marta@");
    errors.add("amount", "amount-form", "mil euros");
    errors
}

fn fields(shell: &Shell, errors: &FieldErrors) -> Markup {
    let l = shell.language;
    let choices = [Choice::new("a", "Girona"), Choice::new("b", "Osona").hint("Vic i comarca")];
    panel(
        "Camps",
        html! {},
        html! {
            form.body method="post" action="#" novalidate {
                (Field::text("plain", "Nom").value("Ferreteria Soler"))
                (Field::email("email", "Correu electrònic").value("marta@").problems(l, errors))
                (Field::money("amount", "Import previst", "€").value("mil euros").hint("Sense IVA").problems(l, errors))
                (Field::date("when", "Data").value("2026-11-23").echo(Some(format::date_long(l, shell.today()))))
                (Field::select("zone", "Zona", &choices).value("b").optional(l))
                (Field::radios("radio", "Equip", &choices).value("a"))
                (Field::checkbox("flag", "Rep avisos", true).hint("Per correu"))
                (Field::textarea("notes", "Notes", 3).value("Va trucar dimarts."))
                (Field::file("file", "Fitxer", ".csv,.xlsx"))
                (form_actions("Desa", "#main", "Cancel·la"))
            }
        },
    )
}

fn list(shell: &Shell) -> Markup {
    let l = shell.language;
    let columns = [
        Column::text("Nom").sorted(Sort { href: "#main".into(), now: None }),
        Column::text("Estat"),
        Column::number("Import").sorted(Sort { href: "#main".into(), now: Some("descending") }),
    ];
    html! {
        (filter_bar(l, &FilterBar {
            action: "#",
            controls: html! { div { label for="status" { "Estat" } select #status name="status" { option { "Tots" } } } div { label for="since" { "Des de" } input #since name="since" type="date"; } },
            hidden: &[("sort", "amount")],
            active: &[ActiveFilter { label: "Estat: nou".into(), remove_href: "#main".into() }],
            clear_href: "#main",
        }))
        (table("Clients potencials", &columns, html! {
            @for (name, status, amount) in [("Ferreteria Soler", LeadStatus::New, 123_450), ("Òptica Vidal i Fills", LeadStatus::Qualified, 1_234_500), ("Cal Ñoño", LeadStatus::Discarded, 5_000)] {
                tr {
                    th scope="row" { a href="#main" { (name) } }
                    td data-l="Estat" { (labels::lead_status_tag(l, status)) }
                    td.num data-l="Import" { (format::money(l, model::Money { minor_units: amount, currency: model::Currency::Eur })) }
                }
            }
        }))
        (pager(l, &Paging { first_href: Some("#main".into()), next_href: Some("#main".into()), words: labels::results(l, 1_234) }))
    }
}

fn chart(shell: &Shell) -> Markup {
    let l = shell.language;
    let categories: Vec<String> = (1..=12).map(|month| format::month_short(l, month).to_owned()).collect();
    let now = [31, 28, 42, 39, 45, 51, 33, 12, 48, 55, 37].map(Some);
    let before = [25, 31, 35, 30, 41, 44, 38, 9, 40, 47, 44, 29];
    let older = [19, 22, 30, 28, 33, 35, 31, 11, 36, 38, 30, 21];
    let series = [
        Series { label: "2026".into(), values: now.into_iter().chain([None]).collect() },
        Series { label: "2025".into(), values: before.into_iter().map(Some).collect() },
        Series { label: "2024".into(), values: older.into_iter().map(Some).collect() },
    ];
    let bars: Vec<Bar> = [("web", 188), ("recomanació", 121), ("fira", 64), ("altres", 9)]
        .map(|(label, value)| Bar {
            label: label.into(),
            value,
            shown: value.to_string(),
            href: Some("#main".into()),
        })
        .into();
    html! {
        div.cols {
            div { (column_chart(l, &ColumnChart {
                title: "Clients potencials per mes",
                subtitle: "Creats en cada mes de l’exercici",
                sentence: "El 2026 en porta 421 fins al novembre, un 9,6 % més que el 2025 fins al mateix dia.",
                category_label: "Mes",
                categories: &categories,
                series: &series,
                format: &|value| format::integer(l, value),
            })) }
            div { (panel("Per origen", html! {}, html! { div.body { (bar_list(&BarList { bars: &bars })) } })) }
        }
    }
}

fn history(shell: &Shell) -> Markup {
    let l = shell.language;
    let entry = |icon, tone, title: &str| TimelineEntry {
        icon,
        tone,
        title: title.to_owned(),
        href: None,
        instant: "2026-11-20T09:12:00Z".into(),
        when: "fa 3 dies".into(),
        when_exactly: "20/11/2026 10:12".into(),
        way: None,
        said: None,
        changes: Vec::new(),
    };
    panel(
        "Historial",
        html! {},
        html! {
            div.body {
                (timeline(l, &[
                    TimelineEntry { said: Some("Volen pressupost per a dues botigues.\nTrucar dijous.".into()), ..entry("message-square", Tone::Accent, "Marta Puig ha escrit una nota") },
                    TimelineEntry { changes: vec![("Estat".into(), Value::text("nou"), Value::text("contactat")), ("Telèfon".into(), Value::Nothing, Value::text("972 12 34 56"))], ..entry("pencil", Tone::Plain, "Jordi Vila ha canviat dos camps") },
                    entry("user-check", Tone::Ok, "Assignat a Jordi Vila per territori"),
                ]))
                (facts(l, &[Fact::new("NIF", Value::text("B17000004")), Fact::new("Web", Value::Link { href: "#main".into(), text: "soler.cat".into() }), Fact::new("Zona", Value::Nothing)]))
                (secret(l, "demo-secret", "tra_4f9a1c0b7e2d8a6f5c3b1e9d7a4f2c8b"))
            }
        },
    )
}
