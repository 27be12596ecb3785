//! Evidence in the words of whoever reads it: what the template and the files behind it are given.

use model::jiff::tz::TimeZone;
use model::{Kind, ProgramFunction};
use services::evidence::{Composed, Evidence, FunctionEvidence, SheetOut, Usage};
use services::{App, Ctx};
use ui::parametrisation::{self as views, EvidencePaper, FunctionPart, UsageRow};
use ui::{Locale, Words};

/// For the worker that makes packs.
pub fn compose(app: &App, ctx: &Ctx, evidence: &Evidence) -> Composed {
    let words = Words::of(app.frame());
    let l = words.locale(ctx.language);
    let paper = paper_of(l, ctx, evidence);
    let sheets = vec![
        SheetOut { name: "hours".to_owned(), titles: views::export_titles(l), rows: hours(l, evidence) },
        SheetOut { name: "counts".to_owned(), titles: counts_titles(l), rows: counts(l, &paper) },
        SheetOut {
            name: "loads".to_owned(),
            titles: views::load_titles(l),
            rows: views::load_rows(l, &paper),
        },
    ];
    Composed { paper: views::evidence_paper(l, &paper).into_data(), sheets }
}

fn paper_of(l: Locale<'_>, ctx: &Ctx, evidence: &Evidence) -> EvidencePaper {
    let settings = &evidence.settings;
    let rows = |of: &[(Kind, Usage)]| {
        of.iter().map(|(kind, usage)| row(ui::audit::kind_name(l, *kind), *usage)).collect::<Vec<_>>()
    };
    let function = |of: &FunctionEvidence| {
        let mut used = rows(&of.used);
        if !of.by_api.is_empty() {
            used.push(row(views::by_api_name(l), of.by_api));
        }
        let entries = of.entries.iter().map(|entry| {
            let parts = [entry.text.clone(), views::origin_text(l, &entry.origin)];
            let text: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            (entry.date, entry.consultant.clone(), u64::from(entry.minutes), text.join(" · "))
        });
        FunctionPart {
            function: of.function,
            configured: rows(&of.configured),
            used,
            minutes: of.minutes,
            entries: entries.collect(),
            screens: of
                .screens
                .iter()
                .map(|screen| (evidence.file_of(screen), screen.caption.clone()))
                .collect(),
        }
    };
    let loads = evidence.imports.iter().filter_map(|import| {
        Some((import.file_name.clone(), import.finished_at?, import.imported.good, import.imported.bad))
    });
    EvidencePaper {
        company: settings.company_name.clone(),
        tax_id: settings.tax_id.clone(),
        at: ctx.at,
        zone: settings.zone(),
        segment: evidence.log.segment,
        minutes: evidence.log.minutes,
        general: rows(&evidence.general),
        functions: evidence.functions.iter().map(function).collect(),
        imports: loads.collect(),
        changes: evidence.head,
    }
}

fn row(what: String, usage: Usage) -> UsageRow {
    UsageRow {
        what,
        now: usage.now(),
        created: usage.created,
        changed: usage.changed,
        first: usage.first,
        last: usage.last,
    }
}

fn hours(l: Locale<'_>, evidence: &Evidence) -> Vec<Vec<String>> {
    let row = |entry: &model::Parametrization| {
        vec![
            entry.date.to_string(),
            entry.consultant.clone(),
            entry.minutes.to_string(),
            views::function_name(l, entry.function),
            entry.text.clone(),
            views::origin_text(l, &entry.origin),
        ]
    };
    evidence.log.entries.iter().map(row).collect()
}

fn counts_titles(l: Locale<'_>) -> Vec<String> {
    let function = views::export_titles(l).into_iter().nth(3).unwrap_or_default();
    std::iter::once(function).chain(views::usage_titles(l)).collect()
}

fn counts(l: Locale<'_>, paper: &EvidencePaper) -> Vec<Vec<String>> {
    let with = |name: String, zone: &TimeZone, row: &UsageRow| {
        std::iter::once(name).chain(views::usage_row(l, zone, row)).collect::<Vec<String>>()
    };
    let name = |function: ProgramFunction| views::function_name(l, function);
    let general = paper.general.iter().map(|row| with(String::new(), &paper.zone, row));
    let functions = paper.functions.iter().flat_map(|of| {
        of.configured.iter().chain(&of.used).map(move |row| with(name(of.function), &paper.zone, row))
    });
    general.chain(functions).collect()
}
