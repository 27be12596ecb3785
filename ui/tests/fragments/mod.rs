//! What htmx gets, and the sentences that figures become.

use super::fixtures;
use expect_test::{Expect, expect};
use model::jiff::civil::date;
use model::{
    Currency, FieldErrors, ImportCounts, ImportMode, ImportState, Kind, Language, LeadStatus, OnDouble,
    UndoCounts,
};
use std::collections::BTreeMap;
use tracte_ui::imports::{self, ImportPage, SheetView};
use tracte_ui::reports::{self, By, Figures, LeadsByMonthPage, MonthView, Whose, YearView};
use tracte_ui::search::{self, Hit, SearchPage, Total};

/// Markup without icons, so that a snapshot shows what matters.
fn without_icons(html: &str) -> String {
    let mut parts = html.split("<svg class=\"icon\"");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once("</svg> ").map_or("", |(_, rest)| rest));
    }
    text
}

fn import(state: ImportState) -> ImportPage {
    ImportPage {
        id: "2".into(),
        version: 3,
        entity: Kind::Lead,
        program: None,
        file_name: "clients.csv".into(),
        sheet: SheetView { format: "csv".into(), rows: 842, ..Default::default() },
        state,
        shows_columns: false,
        columns: Vec::new(),
        read: imports::ReadView::default(),
        fields: Vec::new(),
        match_keys: Vec::new(),
        templates: Vec::new(),
        template: None,
        mode: ImportMode::Create,
        match_by: None,
        on_double: OnDouble::Skip,
        alike: Vec::new(),
        alike_rows: Vec::new(),
        doubles: Vec::new(),
        changes: Vec::new(),
        taken_apart: None,
        postcodes: 0,
        converted: 0,
        first_postcode: String::new(),
        without_owner: 0,
        handed_out: 0,
        passed_over: None,
        are_importers: false,
        left_out: Vec::new(),
        given: Vec::new(),
        given_options: BTreeMap::new(),
        mended: Vec::new(),
        values: Vec::new(),
        offered: BTreeMap::new(),
        options: BTreeMap::new(),
        said_of_all: BTreeMap::new(),
        me: String::new(),
        problems_by_field: Vec::new(),
        new: Vec::new(),
        also_made: 0,
        undo: UndoCounts::default(),
        to_undo: 0,
        can_undo: false,
        can_delete: false,
        tab: String::new(),
        rows: Vec::new(),
        checked: ImportCounts { done: 420, good: 400, created: 400, bad: 20, ..Default::default() },
        imported: ImportCounts::default(),
        problem_rows: Vec::new(),
        failure: None,
        file: imports::FileKept::Days(90),
        errors: FieldErrors::default(),
    }
}

#[test]
fn progress_asks_again_until_it_is_done() {
    let shell = fixtures::shell(Language::Ca);
    let progress = |state| without_icons(&imports::progress(&shell, &import(state)).into_string());
    expect![[r#"<div class="stack-m" id="import-progress" data-hx-get="/imports/2/progress" data-hx-trigger="every 1s" data-hx-swap="outerHTML"><div class="progress"><div class="words"><span>S’estan comprovant totes les files</span><strong>49 %</strong></div><progress value="420" max="842" aria-label="S’estan comprovant totes les files">49 %</progress><div class="words"><span>420 de 842</span></div></div><dl class="counts"><div class="ok"><dt>Correctes</dt><dd>400</dd></div><div class="bad"><dt>Amb errors</dt><dd>20</dd></div></dl></div>"#]].assert_eq(&progress(ImportState::Checking));
    expect![[r#"<div id="import-progress" data-progress-done="/imports/2"><a class="btn" href="/imports/2">Mostra’n el resultat</a></div>"#]].assert_eq(&progress(ImportState::Checked));
}

#[test]
fn a_running_import_can_be_asked_again_without_javascript() {
    let shell = fixtures::shell(Language::Ca);
    let page = |state| without_icons(&imports::page(&shell, &import(state)).into_string());
    let refresh = "<noscript><a class=\"btn\" href=\"/imports/2\">Actualitza</a></noscript>";
    assert!(page(ImportState::Running).contains(refresh));
    assert!(!page(ImportState::Running).contains("http-equiv"));
    assert!(!page(ImportState::Done).contains(refresh));
    let columns = ImportPage { shows_columns: true, ..import(ImportState::Checking) };
    assert!(!without_icons(&imports::page(&shell, &columns).into_string()).contains(refresh));
}

#[test]
fn suggestions_are_links() {
    let view = SearchPage {
        query: "mas <riera>".into(),
        too_short: false,
        total: Total::MoreThan(10_000),
        hits: vec![Hit {
            kind: Kind::Lead,
            id: "7".into(),
            title: "Mas Riera".into(),
            below: vec!["Banyoles".into()],
            status: Some(LeadStatus::New),
            stage: None,
            owner: None,
            snippet: None,
        }],
        skipped: 0,
        next_skip: None,
    };
    let html = search::suggestions(&fixtures::shell(Language::Ca), &view).into_string();
    expect![[r#"<div class="suggestions" role="group" aria-label="Resultats mentre escriviu"><ul><li><a href="/leads/7"><strong>Mas Riera</strong><span class="sub">Banyoles</span><span class="tag info">nou</span></a></li></ul><a class="all" href="/search?q=mas%20%3Criera%3E">Més de 10.000 resultats: mostra’ls tots</a></div>"#]].assert_eq(&without_icons(&html));
}

/// A year with so many leads in January and nothing after.
fn year(year: i16, leads: i64) -> YearView {
    let figures = Figures { leads, amount_minor: 0 };
    YearView {
        year,
        months: vec![MonthView { first_day: date(year, 1, 1), figures: Some(figures) }],
        total: figures,
        to_date: figures,
        to_date_until: date(year, 11, 23),
    }
}

/// The finding of a report with this year’s and last year’s leads, in each language.
fn sentence(now: i64, then: i64, expected: &Expect) {
    let lines: Vec<String> = Language::ALL
        .into_iter()
        .map(|language| {
            let view = LeadsByMonthPage {
                whose: Whose::Own,
                by: By::Nothing,
                own: Vec::new(),
                year_choices: vec![2026],
                start_month: 1,
                currency: Currency::Eur,
                years: vec![year(2026, now), year(2025, then)],
                groups: Vec::new(),
                leads_in_other_currencies: 0,
                may_export: false,
                may_see_learned: false,
            };
            let html = reports::page(&fixtures::shell(language), &view).into_string();
            let after_chart = html.split("</svg></div><p class=\"hint-text\">").nth(1).unwrap_or_default();
            after_chart.split("</p>").next().unwrap_or_default().replace('\u{a0}', "~")
        })
        .collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn figures_become_sentences() {
    sentence(
        112,
        100,
        &expect![[r#"
        El 2026 en porta 112 fins al 23/11/2026: un 12~% més que el 2025 fins al mateix dia (100).
        En 2026 van 112 hasta el 23/11/2026: un 12~% más que en 2025 hasta el mismo día (100).
        2026 has 112 until 23/11/2026: 12% more than 2025 until the same day (100)."#]],
    );
    sentence(
        50,
        100,
        &expect![[r#"
        El 2026 en porta 50 fins al 23/11/2026: un 50~% menys que el 2025 fins al mateix dia (100).
        En 2026 van 50 hasta el 23/11/2026: un 50~% menos que en 2025 hasta el mismo día (100).
        2026 has 50 until 23/11/2026: 50% less than 2025 until the same day (100)."#]],
    );
    sentence(
        1_234,
        1_234,
        &expect![[r#"
        El 2026 en porta 1.234 fins al 23/11/2026: els mateixos que el 2025 fins al mateix dia (1.234).
        En 2026 van 1.234 hasta el 23/11/2026: los mismos que en 2025 hasta el mismo día (1.234).
        2026 has 1,234 until 23/11/2026: as many as 2025 until the same day (1,234)."#]],
    );
    sentence(
        7,
        0,
        &expect![[r#"
        El 2026 en porta 7 fins al 23/11/2026.
        En 2026 van 7 hasta el 23/11/2026.
        2026 has 7 until 23/11/2026."#]],
    );
}

/// A page of the gallery in Catalan.
fn gallery(name: &str) -> String {
    let pages = super::trade::pages(&fixtures::shell(Language::Ca));
    let found = pages.into_iter().find(|(page, _)| *page == name);
    found.map(|(_, markup)| markup.into_string()).unwrap_or_default()
}

/// What was asked for comes before the charts, which are the same for every breakdown.
#[test]
fn the_breakdown_stands_first_under_the_figures() {
    for (name, head) in [("report-by-source", "Origen"), ("report-by-owner", "Responsable")] {
        let html = gallery(name);
        let place = |text: &str| html.find(text).unwrap_or_else(|| panic!("{name}: no {text}"));
        let figures = place("<dl class=\"kpis\">");
        let groups = place(&format!("<th scope=\"col\">{head}</th>"));
        assert!((figures..place("<figure")).contains(&groups), "{name}");
    }
}

/// How many people were available says something of plugins and turns, nothing of whoever chose by hand.
#[test]
fn an_assignment_by_hand_names_who_made_it() {
    let html = gallery("lead-by-hand");
    assert!(html.contains("Assignació a mà, feta per Marta Puigdomènech i Serra."));
    assert!(!html.contains("disponible"), "the card speaks of candidates");
    assert!(gallery("lead").contains("Hi havia 3 persones disponibles."));
}

#[test]
fn amounts_stand_in_forms_as_the_reader_writes_them() {
    let shown = |language, expected: [&str; 3]| {
        let pages = super::trade::pages(&fixtures::shell(language));
        let html = |name: &str| {
            let found = pages.iter().find(|(page, _)| *page == name);
            found.map(|(_, markup)| markup.0.replace('\u{a0}', "~")).unwrap_or_default()
        };
        let [typed, mine, saved] = expected;
        assert!(html("lead-edit").contains(&format!("value=\"{typed}\"")), "{typed}");
        assert!(html("lead-conflict").contains(&format!(">{mine}</td>")), "{mine}");
        assert!(html("lead-conflict").contains(&format!(">{saved}</td>")), "{saved}");
        assert!(html("lead-errors").contains("value=\"12 mil\""), "what is not understood stays as typed");
    };
    shown(Language::Ca, ["12.400,00", "12.400,00~€", "9.800,50~€"]);
    shown(Language::Es, ["12.400,00", "12.400,00~€", "9.800,50~€"]);
    shown(Language::En, ["12,400.00", "€12,400.00", "€9,800.50"]);
}

#[test]
fn a_list_says_how_long_it_is() {
    let check = |page: &str, expected: &str| {
        let html = gallery(page);
        let said = html.split("<p class=\"sub\">").nth(1).and_then(|rest| rest.split("</p>").next());
        assert_eq!(said.unwrap_or_default(), expected, "{page}");
    };
    check("leads", "2.314 en total");
    check("leads-filtered", "Com a mínim 37 amb aquests filtres");
    check("leads-none-filtered", "");
}

#[test]
fn countries_are_named_and_unknown_ones_keep_their_code() {
    let check = |code: &str, expected: [&str; 3]| {
        let names = [Language::Ca, Language::Es, Language::En].map(|l| tracte_ui::labels::country(l, code));
        assert_eq!(names, expected.map(str::to_owned), "{code}");
    };
    check("ES", ["Espanya", "España", "Spain"]);
    check("NL", ["Països Baixos", "Países Bajos", "Netherlands"]);
    check("JP", ["JP", "JP", "JP"]);
    assert!(gallery("lead").contains("Espanya"), "the page of a lead shows a code");
}
