//! What is done about records: written down on their pages, done, cancelled and taken up again; and the ready views of the
//! list of activities.

use super::fields::{value_of, version_of};
use super::leads::views::Names;
use super::records::Of;
use super::{leads, records as record_pages};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{
    Activity, AnyRecord, Condition, Entity as _, FieldErrors, FieldValue, Filter, Kind, ME, Operator,
};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::activities::{self, How, Logged, StateDeed};
use services::records::DUE;
use services::timelines::Sort;
use services::{App, Ctx, Error, permissions};
use ui::Locale;
use ui::activities::{ActivityState, ComposeForm, ComposeTab, Due, TodoAbout, TodoLine, TodoPanel};
use ui::records::ListFilters;
use ui::saved_views::ViewBar;

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let change = "change this activity";
    let mut entries = vec![
        page(Method::POST, "/activities/:id/done", change, set_done),
        page(Method::POST, "/activities/:id/cancel", change, set_cancelled),
        page(Method::POST, "/activities/:id/reopen", change, set_open),
    ];
    for kind in model::ABOUT {
        let path = format!("{}/:id/activities", model::path_of(kind).unwrap_or_default());
        entries.push(page(Method::POST, &path, "create activities about this record", log));
    }
    entries
}

/// What the address of a record's page asks of its history, and of the form above it.
#[derive(Clone, Default)]
pub(in crate::pages) struct HistoryAsk {
    pub(in crate::pages) before: Option<u64>,
    pub(in crate::pages) sort: Sort,
    pub(in crate::pages) compose: ComposeForm,
}

impl HistoryAsk {
    pub(in crate::pages) fn of(here: &Here) -> HistoryAsk {
        let tab = ComposeTab::of(here.query("compose").unwrap_or_default());
        HistoryAsk {
            before: here.query("before").and_then(|seq| seq.parse().ok()),
            sort: here.query("show").and_then(Sort::from_code).unwrap_or_default(),
            compose: ComposeForm { tab, ..ComposeForm::default() },
        }
    }

    /// The form of a note as it was typed.
    pub(in crate::pages) fn with_note(text: String) -> HistoryAsk {
        HistoryAsk { compose: ComposeForm { text, ..ComposeForm::default() }, ..HistoryAsk::default() }
    }
}

#[handler]
async fn log(
    here: Here,
    Of(kind): Of,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let logged = logged_of(&fields);
    let (typed, how) = (logged.clone(), logged.how);
    match here.try_deed(move |app, ctx| activities::log(app, ctx, kind, id, &typed)).await? {
        Ok(_) => {
            let notice = if how == How::Done { "activity-logged" } else { "activity-planned" };
            Ok(here.go_with_notice(&page_of(kind, id), notice))
        }
        Err(Error::Invalid(errors)) => log_again(&here, kind, id, logged, errors).await,
        Err(error) => Err(error.into()),
    }
}

fn page_of(kind: Kind, id: Uuid) -> String {
    format!("{}/{id}", model::path_of(kind).unwrap_or_default())
}

fn logged_of(fields: &Fields) -> Logged {
    let text = |name: &str| value_of(fields, name).to_owned();
    Logged {
        kind: text("kind"),
        subject: text("subject"),
        text: text("text"),
        due: text("due"),
        due_time: text("due_time"),
        duration: text("duration"),
        how: if value_of(fields, "how") == "done" { How::Done } else { How::ToDo },
    }
}

/// The record's page with the form as it was typed, and what is wrong with it.
async fn log_again(
    here: &Here,
    kind: Kind,
    id: Uuid,
    logged: Logged,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let compose = ComposeForm {
        tab: ComposeTab::of(&logged.kind),
        kind: logged.kind,
        subject: logged.subject,
        text: logged.text,
        due: logged.due,
        due_time: logged.due_time,
        duration: logged.duration,
        ..ComposeForm::default()
    };
    let ask = HistoryAsk { compose, ..HistoryAsk::default() };
    match kind {
        Kind::Lead => leads::again(here, model::LeadId(id), ask, errors).await,
        kind => record_pages::again(here, kind, id, ask, errors).await,
    }
}

#[handler]
async fn set_done(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let outcome = value_of(&fields, "outcome").to_owned();
    set_state(&here, &id, &fields, StateDeed::Done, Some(outcome), "activity-done").await
}

#[handler]
async fn set_cancelled(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    set_state(&here, &id, &fields, StateDeed::Cancel, None, "activity-cancelled").await
}

#[handler]
async fn set_open(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    set_state(&here, &id, &fields, StateDeed::Reopen, None, "activity-reopened").await
}

async fn set_state(
    here: &Here,
    id: &str,
    fields: &Fields,
    deed: StateDeed,
    outcome: Option<String>,
    notice: &str,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(id)?;
    let version = version_of(fields);
    let typed = outcome.clone().filter(|text| !text.trim().is_empty());
    let done =
        here.try_deed(move |app, ctx| activities::set_state(app, ctx, id, version, deed, typed.as_deref()));
    let own = page_of(Kind::Activity, id);
    match done.await? {
        Ok(_) => Ok(here.go_with_notice(page_before(fields).unwrap_or(&own), notice)),
        // It changed since the page was opened: look again.
        Err(Error::Conflict(_)) => Ok(here.go(&own)),
        Err(Error::Invalid(errors)) => state_again(here, id, outcome.unwrap_or_default(), errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The page of the activity with what was typed as its outcome, and what is wrong with it.
async fn state_again(here: &Here, id: Uuid, outcome: String, errors: FieldErrors) -> Result<Response, Fault> {
    let mut view = record_pages::view_of(here, Kind::Activity, id, HistoryAsk::default()).await?;
    if let Some(state) = &mut view.activity {
        state.outcome = outcome;
    }
    view.errors = errors;
    Ok(here.unprocessable(ui::records::page(&here.shell(), &view)))
}

/// The first page, or that of a record, to come back to; nothing for any other address.
fn page_before(fields: &Fields) -> Option<&str> {
    let back = value_of(fields, "back");
    if back == ui::home::PATH {
        return Some(back);
    }
    let (path, id) = back.rsplit_once('/')?;
    let is_page = model::ABOUT.into_iter().any(|kind| model::path_of(kind) == Some(path));
    (is_page && id.parse::<Uuid>().is_ok()).then_some(back)
}

/// What is still to be done about a record the caller sees.
pub(in crate::pages) fn todo_panel(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    id: Uuid,
    names: &Names,
) -> Result<TodoPanel, Error> {
    if !model::ABOUT.contains(&kind) {
        return Ok(TodoPanel::default());
    }
    let found = activities::todo_about(app, ctx, kind, id)?;
    let line = |activity: &Activity| TodoLine {
        owner: activity.common.owner.and_then(|owner| names.get(owner.0)),
        ..todo_line(app, ctx, activity)
    };
    let filter = todo().and(Condition::new(kind.as_str(), Operator::AnyOf, [id.to_string()]));
    let all = ListFilters { filter, ..by_day(Filter::default()) };
    Ok(TodoPanel {
        lines: found.iter().map(line).collect(),
        all_href: (found.len() == activities::TODO_SHOWN).then(|| all.address("").into()),
    })
}

fn todo_line(app: &App, ctx: &Ctx, activity: &Activity) -> TodoLine {
    TodoLine {
        id: activity.meta.id.to_string(),
        version: activity.meta.version,
        kind: activity.kind.clone().unwrap_or_default(),
        title: activity.title(),
        about: None,
        due: due_of(activity),
        owner: None,
        may_change: permissions::require_with_links(app, ctx, activity, model::Action::Change).is_ok(),
    }
}

/// What the caller is to do, with what each is about.
pub(in crate::pages) fn own_todo(app: &App, ctx: &Ctx, found: &[Activity]) -> Result<TodoPanel, Error> {
    let line = |activity: &Activity| {
        let about = match activity.links().next() {
            Some((kind, id)) => {
                let name = services::links::name(app, ctx, kind, id)?;
                name.map(|name| TodoAbout { href: page_of(kind, id), name })
            }
            None => None,
        };
        Ok(TodoLine { about, ..todo_line(app, ctx, activity) })
    };
    let lines = found.iter().map(line).collect::<Result<Vec<_>, Error>>()?;
    let all_href = (!lines.is_empty()).then(|| mine().path().to_owned());
    Ok(TodoPanel { lines, all_href })
}

/// How far an activity is, for its page; nothing for any other record.
pub(in crate::pages) fn state_of(app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> Option<ActivityState> {
    if record.entity() != Kind::Activity {
        return None;
    }
    let code = |key: &str| match record.built_in(key) {
        FieldValue::Codes(codes) => codes.into_iter().next().unwrap_or_default(),
        _ => String::new(),
    };
    Some(ActivityState {
        state: code("state"),
        is_note: code("kind") == "note",
        due: due_of(record),
        done_at: match record.built_in("done_at") {
            FieldValue::Instant(at) => Some(at),
            _ => None,
        },
        may_change: permissions::require_with_links(app, ctx, record, model::Action::Change).is_ok(),
        outcome: match record.built_in("outcome") {
            FieldValue::Text(text) => text,
            _ => String::new(),
        },
    })
}

/// When an activity is due.
pub(in crate::pages) fn due_of(record: &dyn AnyRecord) -> Option<Due> {
    let FieldValue::Day(day) = record.built_in(DUE) else { return None };
    let is_todo = matches!(record.built_in("state"), FieldValue::Codes(codes) if codes == ["todo"]);
    Some(Due {
        day,
        is_todo,
        time: match record.built_in("due_time") {
            FieldValue::Text(time) => Some(time),
            _ => None,
        },
        reminder: match record.built_in("reminder") {
            FieldValue::Day(day) => Some(day),
            _ => None,
        },
    })
}

/// Activities that match, what is due first, put together by day.
fn by_day(filter: Filter) -> ListFilters {
    ListFilters {
        filter,
        group: DUE.to_owned(),
        sort: DUE.to_owned(),
        ascending: true,
        has_first_view: true,
        ..ListFilters::usual(Kind::Activity)
    }
}

fn todo() -> Filter {
    Filter::one(Condition::new("state", Operator::AnyOf, ["todo"]))
}

fn of_me(filter: Filter) -> Filter {
    filter.and(Condition::new("owner", Operator::AnyOf, [ME]))
}

/// The list of activities as it begins: one's own that are to be done.
pub(in crate::pages) fn mine() -> ListFilters {
    by_day(of_me(todo()))
}

/// Views of the list that everybody has, before those that people saved.
fn ready() -> [(&'static str, ListFilters); 4] {
    let overdue = of_me(todo()).and(Condition::new(DUE, Operator::OverDaysAgo, ["0"]));
    let today = of_me(todo()).and(Condition::new::<String>(DUE, Operator::Today, []));
    let done = of_me(Filter::one(Condition::new("state", Operator::AnyOf, ["done"])));
    let plain = |filter| ListFilters { group: String::new(), ..by_day(filter) };
    let done = ListFilters { sort: "done_at".to_owned(), ascending: false, ..plain(done) };
    [("mine", mine()), ("overdue", plain(overdue)), ("today", plain(today)), ("done", done)]
}

/// Puts the ready views before the saved ones.
pub(in crate::pages) fn add_ready(l: Locale<'_>, bar: &mut ViewBar, filters: &ListFilters) {
    let views = ready().map(|(view, shown)| {
        let href = if view == "mine" { shown.path().to_owned() } else { shown.address("").into() };
        (ui::activities::view_label(l, view), href, shown)
    });
    record_pages::saved::add_ready(bar, filters, views);
}
