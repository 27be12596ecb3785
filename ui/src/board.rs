//! The board of a pipeline: a column a stage, with its cards. A card is moved by the form on it; dragging fills in that form
//! and sends it.

mod calendar;
mod card;
mod forecast;
mod moving;
mod stays;

pub use calendar::{CALENDAR_PATH, CalendarDayView, CalendarEntryView, CalendarView, calendar_page};
pub use card::{CardNext, CardView};
pub use forecast::{FORECAST_PATH, ForecastAmounts, ForecastMonthView, ForecastView, forecast_page};
pub(crate) use moving::moved_notice;
pub use moving::{MoveConflict, MovePage, Moved, move_page};
pub use stays::StayView;
pub(crate) use stays::panel as stays_panel;

use crate::address::Address;
use crate::components::{Empty, Tab, empty, error_summary, icon, link_button, page_head, primary_link, tabs};
use crate::filters::{FilterFieldView, FilterWords};
use crate::messages::t;
use crate::records::{ListFilters, chips};
use crate::saved_views::{ViewBar, view_bar};
use crate::{Locale, Nav, Page, Shell, format};
use maud::{Markup, html};
use model::{Condition, Currency, FieldErrors, Filter, ME, MY_TEAM, Money, Operator, StageKind};

pub const BOARD_PATH: &str = "/opportunities/board";

/// Whose opportunities: a part of the filter with a place of its own on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    All,
    Team,
    Mine,
}

impl Whose {
    const ALL: [Whose; 3] = [Whose::All, Whose::Team, Whose::Mine];

    fn condition(self) -> Option<Condition> {
        match self {
            Whose::All => None,
            Whose::Team => Some(Condition::new("team", Operator::AnyOf, [MY_TEAM])),
            Whose::Mine => Some(Condition::new("owner", Operator::AnyOf, [ME])),
        }
    }

    /// What a filter says.
    fn of(filter: &Filter) -> Whose {
        let says = |whose: &Whose| {
            whose
                .condition()
                .is_some_and(|one| filter.groups.iter().any(|group| group.conditions == [one.clone()]))
        };
        [Whose::Mine, Whose::Team].into_iter().find(says).unwrap_or(Whose::All)
    }

    /// The same filter for them.
    fn put_into(self, filter: &Filter) -> Filter {
        let is_another = |group: &model::Group| {
            Whose::ALL.into_iter().filter_map(Whose::condition).all(|one| group.conditions != [one])
        };
        let kept =
            Filter { groups: filter.groups.iter().filter(|group| is_another(group)).cloned().collect() };
        self.condition().map_or(kept.clone(), |condition| kept.and(condition))
    }
}

/// A stage with its cards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnView {
    /// `<pipeline>.<stage>`.
    pub code: String,
    pub label: String,
    pub kind: StageKind,
    /// Percent.
    pub probability: u8,
    pub count: u64,
    /// Whether all were counted.
    pub is_whole: bool,
    /// One for each currency.
    pub sums: Vec<Money>,
    pub weighted: Vec<Money>,
    pub cards: Vec<CardView>,
    pub next: Option<String>,
}

impl ColumnView {
    fn id(&self) -> String {
        format!("stage-{}", self.code.replace('.', "-"))
    }
}

/// `GET /opportunities/board?pipeline=…&filter=…&stage=…&cursor=…`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoardView {
    pub filters: ListFilters,
    pub errors: FieldErrors,
    pub views: ViewBar,
    /// The fields that the filter can name.
    pub fields: Vec<FilterFieldView>,
    pub currency: Currency,
    /// The key of the pipeline that is shown.
    pub pipeline: String,
    /// Key and name of each that is worked with.
    pub pipelines: Vec<(String, String)>,
    /// The stages that a card can be moved to, with their names.
    pub stages: Vec<(String, String)>,
    pub columns: Vec<ColumnView>,
    /// One column alone was asked for, from here on.
    pub stage: Option<String>,
    pub cursor: Option<String>,
    /// Closed ones are shown for so many days.
    pub closed_days: i64,
    pub may_create: bool,
    /// Whether the reader sees those of others.
    pub sees_others: bool,
    pub moved: Option<Moved>,
}

impl BoardView {
    /// The same board at another address: a form of a card, the page after it.
    fn address_at(&self, path: &str) -> Address {
        self.filters.address_at(path).with("pipeline", &self.pipeline)
    }

    fn address_of(&self, filters: &ListFilters) -> String {
        filters.address_at(BOARD_PATH).with("pipeline", &self.pipeline).into()
    }

    fn stage_address(&self, column: &ColumnView, cursor: &str) -> String {
        self.address_at(BOARD_PATH).with("stage", &column.code).with("cursor", cursor).into()
    }

    fn is_filtered(&self) -> bool {
        !self.filters.filter.is_empty()
    }

    /// The cards of all columns.
    fn is_empty(&self) -> bool {
        self.columns.iter().all(|column| column.cards.is_empty())
    }
}

pub fn board_page(shell: &Shell, view: &BoardView) -> Markup {
    let l = shell.locale();
    let title = t!(l, "board-title");
    let page = Page::new(title.as_str(), Nav::Board).errors(&view.errors);
    shell.page(
        &page,
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, None, actions(l, view)))
            (ways(l, view))
            div #moved .moved role="status" { @if let Some(moved) = &view.moved { (moved_notice(l, moved)) } }
            (board(shell, view, Focus::Nowhere))
        },
    )
}

/// Where the focus goes once htmx has put the board in its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Nowhere,
    MovedCard,
}

/// After a move by htmx: the board, and what happened.
pub fn board_again(shell: &Shell, view: &BoardView) -> Markup {
    html! {
        (board(shell, view, Focus::MovedCard))
        hx-partial hx-target="#moved" hx-swap="innerHTML" {
            @if let Some(moved) = &view.moved { (moved_notice(shell.locale(), moved)) }
        }
    }
}

/// The next cards of one column for htmx, with the button that follows them.
pub fn more_cards(shell: &Shell, view: &BoardView) -> Markup {
    html! {
        @for column in &view.columns {
            @let elsewhere = card::elsewhere(view, &column.code);
            @for (place, card) in column.cards.iter().enumerate() {
                (card::card(shell, view, card, &elsewhere, place == 0))
            }
            (more(shell.locale(), view, column))
        }
    }
}

fn actions(l: Locale<'_>, view: &BoardView) -> Markup {
    html! {
        (link_button(&String::from(view.filters.address("")), "list", &t!(l, "board-to-list")))
        (link_button(&String::from(view.address_at(CALENDAR_PATH)), "calendar", &t!(l, "calendar-title")))
        (link_button(&String::from(view.address_at(FORECAST_PATH)), "trending-up", &t!(l, "forecast-title")))
        @if view.may_create { (primary_link("/opportunities/new", "plus", &t!(l, "entity-opportunity-new"))) }
    }
}

/// Pipelines, views, whose and filters: all that says what the board shows.
fn ways(l: Locale<'_>, view: &BoardView) -> Markup {
    let pipelines: Vec<Tab> = view
        .pipelines
        .iter()
        .map(|(key, label)| Tab {
            label: label.clone(),
            href: view.filters.address_at(BOARD_PATH).with("pipeline", key).into(),
            current: *key == view.pipeline,
        })
        .collect();
    html! {
        @if pipelines.len() > 1 { (tabs(&t!(l, "board-pipelines"), &pipelines)) }
        (view_bar(l, &view.views))
        (filter_bar(l, &view.filters, &view.fields, view.currency, view.sees_others, &|path, filters| {
            let path = path.unwrap_or(BOARD_PATH);
            let board = if path == BOARD_PATH { "pipeline" } else { "board" };
            filters.address_at(path).with(board, &view.pipeline).into()
        }))
        @if view.stage.is_some() {
            p { a.btn.quiet href=(view.address_of(&view.filters)) { (icon("chevron-left")) (t!(l, "board-whole")) } }
        }
    }
}

/// On a phone, where stages stand below each other.
fn stage_picker(l: Locale<'_>, view: &BoardView) -> Markup {
    html! {
        nav.stage-picker aria-label=(t!(l, "board-stages")) {
            @for column in &view.columns {
                a href=(format!("#{}", column.id())) { (column.label) " " span.muted { (count(l, column)) } }
            }
        }
    }
}

/// An address of the page with another filter; of another page with a path.
type At<'a> = dyn Fn(Option<&str>, &ListFilters) -> String + 'a;

/// Whose, and the filters that are on: for the board and the forecast.
fn filter_bar(
    l: Locale<'_>,
    filters: &ListFilters,
    fields: &[FilterFieldView],
    currency: Currency,
    sees_others: bool,
    at: &At<'_>,
) -> Markup {
    let now = Whose::of(&filters.filter);
    let tab = |whose: Whose| Tab {
        label: match whose {
            Whose::All => t!(l, "board-whose-all"),
            Whose::Team => t!(l, "board-whose-team"),
            Whose::Mine => t!(l, "board-whose-mine"),
        },
        href: at(None, &ListFilters { filter: whose.put_into(&filters.filter), ..filters.clone() }),
        current: whose == now,
    };
    // What the tabs say is not said again among the filters.
    let further = ListFilters { filter: Whose::All.put_into(&filters.filter), ..filters.clone() };
    let with_whose =
        |other: &ListFilters| at(None, &ListFilters { filter: now.put_into(&other.filter), ..other.clone() });
    let is_told = sees_others || now == Whose::All;
    let shown = if is_told { &further } else { filters };
    html! {
        @if sees_others { (tabs(&t!(l, "board-whose"), &Whose::ALL.map(tab))) }
        search.stack-s aria-label=(t!(l, "leads-filters")) {
            div.actions { (link_button(&at(Some("/opportunities/filter"), filters), "funnel", &t!(l, "common-filter"))) }
            (chips(l, shown, FilterWords { fields, currency }, &with_whose))
        }
    }
}

fn board(shell: &Shell, view: &BoardView, focus: Focus) -> Markup {
    let l = shell.locale();
    html! {
        div #board .stack-m {
            @if view.stage.is_none() { (stage_picker(l, view)) }
            @if view.is_empty() && view.cursor.is_none() { (nothing(l, view)) }
            div.board role="group" tabindex="0" aria-label=(t!(l, "board-title")) {
                @for column in &view.columns { (stage(shell, view, column, focus)) }
            }
        }
    }
}

fn nothing(l: Locale<'_>, view: &BoardView) -> Markup {
    if view.is_filtered() {
        let all = ListFilters { filter: Filter::default(), ..view.filters.clone() };
        return empty(&Empty {
            icon: "funnel",
            title: t!(l, "board-none-filtered"),
            text: t!(l, "board-none-filtered-text"),
            actions: html! { a.btn href=(view.address_of(&all)) { (t!(l, "common-clear-filters")) } },
        });
    }
    empty(&Empty {
        icon: "target",
        title: t!(l, "entity-opportunity-none-title"),
        text: t!(l, "entity-opportunity-none-text"),
        actions: html! {
            @if view.may_create { (primary_link("/opportunities/new", "plus", &t!(l, "entity-opportunity-new"))) }
        },
    })
}

fn stage(shell: &Shell, view: &BoardView, column: &ColumnView, focus: Focus) -> Markup {
    let l = shell.locale();
    let id = column.id();
    let is_open = column.kind == StageKind::Open;
    html! {
        section.stage id=(id) data-stage=(column.code) aria-labelledby=(format!("{id}-h")) {
            header {
                h2 id=(format!("{id}-h")) { (icon(icon_of(column.kind))) (column.label) " " span.count { (count(l, column)) } }
                dl {
                    div { dt { (t!(l, "board-sum")) } dd { (amounts(l, &column.sums)) } }
                    @if is_open {
                        div { dt { (t!(l, "board-weighted", percent = column.probability)) } dd { (amounts(l, &column.weighted)) } }
                    }
                }
                @if !is_open {
                    p.sub {
                        (t!(l, "board-closed-lately", days = view.closed_days)) " "
                        a href=(all_of(view, column)) { (t!(l, "board-closed-all")) span.sr { ": " (column.label) } }
                    }
                }
                @if !column.is_whole { p.sub { (t!(l, "board-partly")) } }
            }
            @if column.cards.is_empty() { p.none { (t!(l, "board-column-none")) } }
            @else {
                ol {
                    @let elsewhere = card::elsewhere(view, &column.code);
                    @for card in &column.cards {
                        @let is_focus = focus == Focus::MovedCard && is_moved(view, card);
                        (card::card(shell, view, card, &elsewhere, is_focus))
                    }
                    (more(l, view, column))
                }
            }
        }
    }
}

/// It was moved just now.
fn is_moved(view: &BoardView, card: &CardView) -> bool {
    view.moved.as_ref().is_some_and(|moved| moved.id == card.id)
}

/// All of a stage, also those closed long ago, in the list.
fn all_of(view: &BoardView, column: &ColumnView) -> String {
    let condition = Condition::new("stage", Operator::AnyOf, [column.code.as_str()]);
    let filter = view.filters.filter.clone().and(condition);
    ListFilters { filter, ..view.filters.clone() }.address("").into()
}

fn more(l: Locale<'_>, view: &BoardView, column: &ColumnView) -> Markup {
    html! {
        @if let Some(next) = &column.next {
            @let href = view.stage_address(column, next);
            li.more {
                a.btn.quiet href=(href) rel="next" data-hx-get=(href) data-hx-target="closest li" data-hx-swap="outerHTML" {
                    (icon("chevron-down")) (t!(l, "leads-more")) span.sr { ": " (column.label) }
                }
            }
        }
    }
}

fn count(l: Locale<'_>, column: &ColumnView) -> String {
    let count = format::count(l, column.count);
    if column.is_whole { count } else { format!("{count}+") }
}

/// One for each currency; nothing adds up to a dash.
fn amounts(l: Locale<'_>, sums: &[Money]) -> Markup {
    let texts: Vec<String> = sums.iter().map(|sum| format::money_whole(l, *sum)).collect();
    html! {
        @if texts.is_empty() { span aria-hidden="true" { "—" } span.sr { (t!(l, "common-empty-value")) } }
        @else { (texts.join(" · ")) }
    }
}

/// What marks a stage, besides its name.
pub(crate) fn icon_of(kind: StageKind) -> &'static str {
    match kind {
        StageKind::Open => "circle-dot",
        StageKind::Won => "circle-check",
        StageKind::Lost => "circle-x",
        StageKind::Cancelled => "x",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_is_a_part_of_the_filter() {
        let filter: Filter = "source:any:web".parse().unwrap_or_default();
        let check = |whose: Whose, expected: &str| {
            let put = whose.put_into(&filter);
            assert_eq!((put.to_string().as_str(), Whose::of(&put)), (expected, whose));
            assert_eq!(Whose::All.put_into(&put), filter);
        };
        check(Whose::All, "source:any:web");
        check(Whose::Mine, "source:any:web;owner:any:me");
        check(Whose::Team, "source:any:web;team:any:my-team");
    }
}
