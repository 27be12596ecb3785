//! Inici: what is new, what is mine, how the month goes; until there are leads, what to do first.

use crate::Locale;
use crate::activities::{TodoPanel, todo_panel};
use crate::components::{
    Bar, BarList, Kpi, Trend, bar_list, icon, kpis, page_head, panel, person, primary_link, progress,
    refresh_link,
};
use crate::format;
use crate::labels;
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::LeadStatus;
use model::jiff::Timestamp;

/// The address of the first page.
pub const PATH: &str = "/";

/// A lead among the latest ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LatestLead {
    pub href: String,
    pub title: String,
    /// Town or zone, source: what tells it apart.
    pub detail: String,
    pub status: LeadStatus,
    pub owner: Option<String>,
    pub created_at: Timestamp,
}

/// An import whose worker is busy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RunningImport {
    pub href: String,
    pub file_name: String,
    pub done: u64,
    pub total: u64,
}

/// The first steps of a new company, each ticked by the data itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Checklist {
    pub users_invited: bool,
    pub plugin_enabled: bool,
    pub leads_present: bool,
}

/// Leads that were answered for the first time in a month, and how long they had waited.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Answered {
    pub leads: u64,
    pub median_minutes: Option<u64>,
}

/// The figures, and the reader's own leads.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HomeFigures {
    /// Open leads without a first contact yet, among those the reader sees.
    pub new_leads: u64,
    pub my_open_leads: u64,
    /// Created this month up to now.
    pub this_month: u64,
    /// Created in the same month of last year up to the same day.
    pub same_month_last_year: u64,
    /// This month up to now, among those the reader sees; and all of the month before.
    pub answered: Answered,
    pub answered_before: Answered,
    /// The reader's open leads, in the order of the statuses.
    pub mine_by_status: Vec<(LeadStatus, u64)>,
}

/// Documents that soon are valid no more, or are so already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExpiringDocuments {
    pub count: u64,
    /// Whether there are more than were counted.
    pub has_more: bool,
    /// Their list.
    pub href: String,
}

/// Quotes that wait for somebody's approval, where the reader may give it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingQuotes {
    pub count: u64,
    /// Whether there are more than were counted.
    pub has_more: bool,
    /// Their list.
    pub href: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Home {
    /// Absent while they cannot be counted: too many ask at once.
    pub figures: Option<HomeFigures>,
    pub latest: Vec<LatestLead>,
    /// What the reader is to do.
    pub todo: TodoPanel,
    /// Absent where there are none.
    pub expiring: Option<ExpiringDocuments>,
    /// Absent where there are none.
    pub approvals: Option<WaitingQuotes>,
    pub imports: Vec<RunningImport>,
    /// Shown instead of the figures while there are no leads.
    pub checklist: Option<Checklist>,
}

/// `GET /`.
pub fn page(shell: &Shell, view: &Home) -> Markup {
    let l = shell.locale();
    let title = t!(l, "home-title");
    let today = shell.today();
    let weekday = format::weekday_short(l, today.weekday());
    let subtitle = format!("{weekday} {}", format::date_long(l, today));
    shell.page(
        &Page::new(&title, Nav::Home),
        html! {
            (page_head(&title, Some(&subtitle), html! {}))
            @if !view.imports.is_empty() { (imports(l, &view.imports)) }
            @if let Some(quotes) = &view.approvals { (approvals(l, quotes)) }
            @if let Some(documents) = &view.expiring { (expiring(l, documents)) }
            @if let Some(list) = &view.checklist { (checklist(shell, list)) }
            @else {
                @match &view.figures {
                    Some(figures) => {
                        (kpis(l, &tiles(shell, figures)))
                        p.hint-text { (t!(l, "home-response-definition")) }
                    }
                    None => {
                        div.notice.warn role="status" {
                            (icon("clock"))
                            div.words { p { (t!(l, "home-figures-busy")) } p { a href=(PATH) { (t!(l, "common-refresh")) } } }
                        }
                    }
                }
                div.cols {
                    div { (todo_panel(shell, &view.todo, PATH)) (latest(shell, &view.latest)) }
                    div { @if let Some(figures) = &view.figures { (mine(l, &figures.mine_by_status)) } }
                }
            }
        },
    )
}

fn expiring(l: Locale<'_>, documents: &ExpiringDocuments) -> Markup {
    let words = match documents.has_more {
        true => t!(l, "home-documents-many", count = documents.count),
        false => t!(l, "home-documents", count = documents.count),
    };
    html! {
        div.notice.warn {
            (icon("file"))
            div.words { p { a.target href=(documents.href) { (words) } } }
        }
    }
}

fn approvals(l: Locale<'_>, quotes: &WaitingQuotes) -> Markup {
    let words = match quotes.has_more {
        true => t!(l, "home-approvals-many", count = quotes.count),
        false => t!(l, "home-approvals", count = quotes.count),
    };
    html! {
        div.notice.warn {
            (icon("file-text"))
            div.words { p { a.target href=(quotes.href) { (words) } } }
        }
    }
}

/// Every lead is assigned as it comes in: until somebody answers it is new to whoever waits.
pub fn is_waiting(status: LeadStatus) -> bool {
    matches!(status, LeadStatus::New | LeadStatus::Assigned)
}

/// The filter for what is counted: a list behind a figure holds neither more nor less.
fn of_statuses(is_counted: impl Fn(LeadStatus) -> bool) -> String {
    let counted = LeadStatus::ALL.into_iter().filter(|status| is_counted(*status));
    let codes: Vec<&str> = counted.map(LeadStatus::as_str).collect();
    format!("filter=status:any:{}", codes.join(","))
}

fn tiles(shell: &Shell, view: &HomeFigures) -> Vec<Kpi> {
    let l = shell.locale();
    let today = shell.today();
    let last_year = (today.year() - 1).to_string();
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let trend = format::change_per_mille(signed(view.this_month), signed(view.same_month_last_year)).map(
        |per_mille| Trend {
            per_mille,
            compared_with: t!(l, "home-than-last-year", year = last_year.as_str()),
        },
    );
    vec![
        Kpi {
            label: t!(l, "home-new"),
            figure: format::count(l, view.new_leads),
            href: Some(format!("/leads?{}", of_statuses(is_waiting))),
            trend: None,
            note: Some(t!(l, "home-new-note")),
        },
        Kpi {
            label: t!(l, "home-mine"),
            figure: format::count(l, view.my_open_leads),
            href: Some(format!("/leads?owner=me&{}", of_statuses(LeadStatus::is_open))),
            trend: None,
            note: Some(t!(l, "home-mine-note")),
        },
        Kpi {
            label: t!(l, "home-this-month"),
            figure: format::count(l, view.this_month),
            href: Some("/leads?filter=created_at:this-month".to_owned()),
            trend,
            note: Some(t!(l, "home-no-comparison", year = last_year.as_str())),
        },
        response(l, view.answered, view.answered_before),
    ]
}

/// Fewer hours are better, so that no arrow says how it went: both figures are said.
fn response(l: Locale<'_>, now: Answered, before: Answered) -> Kpi {
    let note = match before.median_minutes {
        Some(minutes) => {
            let before = duration(l, minutes);
            t!(l, "home-response-note", count = now.leads, before = before.as_str())
        }
        None => t!(l, "home-response-note-alone", count = now.leads),
    };
    Kpi {
        label: t!(l, "home-response"),
        figure: now.median_minutes.map_or_else(|| "—".to_owned(), |minutes| duration(l, minutes)),
        href: Some("/leads?filter=first_response_at:this-month".to_owned()),
        trend: None,
        note: Some(note),
    }
}

/// «35 min», «5,2 h».
fn duration(l: Locale<'_>, minutes: u64) -> String {
    if minutes < 60 {
        return t!(l, "home-minutes", count = minutes);
    }
    let tenths = (minutes + 3) / 6;
    let hours = format::decimal(l, &format!("{}.{}", tenths / 10, tenths % 10));
    t!(l, "home-hours", count = hours.as_str())
}

fn latest(shell: &Shell, leads: &[LatestLead]) -> Markup {
    let l = shell.locale();
    panel(
        &t!(l, "home-latest"),
        html! { a href="/leads" { (t!(l, "home-all-leads")) } },
        html! {
            @if leads.is_empty() { div.body { p.muted { (t!(l, "home-latest-none")) } } }
            @else {
                ul.rows.split {
                    @for lead in leads {
                        li {
                            div.grow { a href=(lead.href) { (lead.title) } span.sub { (lead.detail) } }
                            span.muted { @if let Some(owner) = &lead.owner { (person(owner)) } }
                            (labels::lead_status_tag(l, lead.status))
                            span.sub { time datetime=(lead.created_at) { (format::relative(l, lead.created_at, shell.now, &shell.zone)) } }
                        }
                    }
                }
            }
        },
    )
}

fn mine(l: Locale<'_>, statuses: &[(LeadStatus, u64)]) -> Markup {
    let bars: Vec<Bar> = statuses
        .iter()
        .map(|(status, count)| Bar {
            label: labels::lead_status(l, *status),
            value: i64::try_from(*count).unwrap_or(i64::MAX),
            shown: format::count(l, *count),
            href: Some(format!("/leads?owner=me&status={}", status.as_str())),
        })
        .collect();
    panel(
        &t!(l, "home-mine-by-status"),
        html! {},
        html! {
            div.body {
                @if bars.is_empty() { p.muted { (t!(l, "home-mine-none")) } }
                @else { (bar_list(&BarList { bars: &bars })) }
            }
        },
    )
}

fn imports(l: Locale<'_>, running: &[RunningImport]) -> Markup {
    panel(
        &t!(l, "home-imports"),
        refresh_link(l, "/"),
        html! {
            div #running-imports .body data-hx-get="/" data-hx-trigger="every 2s" data-hx-select="#running-imports" data-hx-swap="outerHTML" {
                @for import in running {
                    div.job {
                        (progress(l, &import.file_name, import.done, import.total))
                        a.btn href=(import.href) { (t!(l, "home-import-open")) span.sr { " " (import.file_name) } }
                    }
                }
            }
        },
    )
}

/// One step: done or not, what it is about and where it is done.
struct Step {
    done: bool,
    title: String,
    text: String,
    href: &'static str,
    action: String,
}

fn checklist(shell: &Shell, list: &Checklist) -> Markup {
    let l = shell.locale();
    let may = shell.user.as_ref().map(|user| user.may).unwrap_or_default();
    let mut steps = vec![Step {
        done: true,
        title: t!(l, "home-step-company"),
        text: t!(l, "home-step-company-text"),
        href: "",
        action: String::new(),
    }];
    if may.manage_users {
        steps.push(Step {
            done: list.users_invited,
            title: t!(l, "home-step-users"),
            text: t!(l, "home-step-users-text"),
            href: "/users/new",
            action: t!(l, "home-step-users-action"),
        });
    }
    if may.manage_plugins {
        steps.push(Step {
            done: list.plugin_enabled,
            title: t!(l, "home-step-plugin"),
            text: t!(l, "home-step-plugin-text"),
            href: "/plugins",
            action: t!(l, "home-step-plugin-action"),
        });
    }
    if may.import {
        steps.push(Step {
            done: list.leads_present,
            title: t!(l, "home-step-leads"),
            text: t!(l, "home-step-leads-text"),
            href: "/imports/new",
            action: t!(l, "home-step-leads-action"),
        });
    }
    let done = steps.iter().filter(|step| step.done).count();
    html! {
        div.narrow.stack-m {
            (panel(&t!(l, "home-first-steps"), html! { span.hint-text { (t!(l, "home-steps-done", done = done, total = steps.len())) } }, html! {
                div.body { ul.checklist { @for step in &steps { (step_line(l, step)) } } }
            }))
            @if may.create_leads {
                div.actions { (primary_link("/leads/new", "plus", &t!(l, "home-first-lead"))) }
            }
        }
    }
}

fn step_line(l: Locale<'_>, step: &Step) -> Markup {
    html! {
        li class=[step.done.then_some("done")] {
            @if step.done { (icon("circle-check")) } @else { (icon("circle-dashed")) }
            div {
                strong { (step.title) @if step.done { span.sr { " " (t!(l, "home-step-done")) } } }
                @if !step.done { p { (step.text) } }
            }
            @if !step.done { a.btn href=(step.href) { (step.action) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Language;

    #[test]
    fn short_waits_are_minutes_and_long_ones_hours() {
        let of = |minutes| duration(Language::Ca.into(), minutes).replace('\u{a0}', " ");
        assert_eq!(
            [0, 59, 60, 63, 315, 66_000].map(of),
            ["0 min", "59 min", "1,0 h", "1,1 h", "5,3 h", "1.100,0 h"]
        );
        let note =
            |now, before| response(Language::Ca.into(), now, before).note.unwrap().replace('\u{a0}', " ");
        let answered = |leads, minutes| Answered { leads, median_minutes: Some(minutes) };
        assert_eq!(note(answered(14, 60), answered(9, 390)), "14 contestats; el mes passat, 6,5 h");
        assert_eq!(note(answered(1, 60), Answered::default()), "1 contestat; el mes passat, cap");
    }
}
