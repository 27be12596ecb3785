//! The inbox of leads: its page, and the decisions that its forms send.

use super::views::{Names, lead_page, person_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::{value_of, version_of};
use crate::routes::{Entry, page};
use model::{FieldErrors, Lead, LeadId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::clock::Standings;
use services::inbox::{self, InboxQuery, Whose};
use services::{App, Ctx, Error, leads, settings};
use ui::Locale;
use ui::address::Address;
use ui::leads::{INBOX_PATH, InboxDone, InboxForm, InboxRow, InboxView};

type Fields = Vec<(String, String)>;

pub(super) fn entries() -> Vec<Entry> {
    vec![
        page(Method::GET, INBOX_PATH, "change leads: own, team or all", show),
        page(Method::POST, "/leads/:id/inbox", "change this lead", decide),
    ]
}

/// What an address asks for.
#[derive(Default)]
struct Asked {
    whose: String,
    cursor: String,
    lead: Option<LeadId>,
    done: String,
    of: Option<LeadId>,
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let query = |name: &str| here.query(name).unwrap_or_default().to_owned();
    let asked = Asked {
        whose: query("whose"),
        cursor: query("cursor"),
        lead: query("lead").parse().ok(),
        done: query("done"),
        of: query("of").parse().ok(),
    };
    let words = here.facts.words.clone();
    let view = here.deed(move |app, ctx| view(app, ctx, words.locale(ctx.language), &asked)).await?;
    Ok(here.page(ui::leads::inbox_page(&here.shell(), &view)))
}

#[handler]
async fn decide(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let sent = fields.clone();
    match here.try_deed(move |app, ctx| decided(app, ctx, id, &sent)).await? {
        Ok(done) => Ok(here.go(&after(id, done, &fields))),
        Err(Error::Invalid(errors)) => again(&here, id, &fields, errors, false).await,
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            again(&here, id, &fields, errors, true).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Does what the form says; answers with the word for it.
fn decided(app: &App, ctx: &Ctx, id: LeadId, fields: &Fields) -> Result<&'static str, Error> {
    let version = version_of(fields);
    let value = |name: &str| value_of(fields, name);
    Ok(match value("deed") {
        "accept" => inbox::accept(app, ctx, id, version).map(|_| "accepted")?,
        "contacted" => inbox::contacted(app, ctx, id, version).map(|_| "contacted")?,
        "discard" => {
            // What was written counts more than what was chosen.
            let written = value("reason_note").trim();
            let reason = if written.is_empty() { value("reason") } else { written };
            inbox::discard(app, ctx, id, version, reason).map(|_| "discarded")?
        }
        "duplicate" => {
            // What was written counts more than the look-alike that the form begins with.
            let written = value("duplicate_of").trim();
            let of = if written.is_empty() { value("original") } else { written };
            inbox::discard_as_duplicate(app, ctx, id, version, of).map(|_| "duplicate")?
        }
        "snooze" => {
            let until = inbox::moment(app, ctx, value("until"), value("day"))?;
            inbox::snooze(app, ctx, id, version, until).map(|_| "snoozed")?
        }
        "wake" => inbox::wake(app, ctx, id, version).map(|_| "woken")?,
        "undo" => inbox::undo(app, ctx, id, version).map(|_| "undone")?,
        other => return Err(Error::invalid("deed", "choice", other)),
    })
}

/// To the next lead; to the same one where it is back; or to the page of the lead, where the form was there.
fn after(id: LeadId, done: &str, fields: &Fields) -> String {
    if value_of(fields, "back") == "lead" {
        return format!("/leads/{id}");
    }
    let id = id.to_string();
    let is_back = matches!(done, "woken" | "undone");
    let lead = if is_back { id.as_str() } else { value_of(fields, "next") };
    let address = Address::new(INBOX_PATH).with("whose", value_of(fields, "whose"));
    let address = address.with("cursor", value_of(fields, "cursor")).with("lead", lead);
    address.with("done", done).with("of", &id).into()
}

/// The page as it was, with what was typed and what is wrong with it.
async fn again(
    here: &Here,
    id: LeadId,
    fields: &Fields,
    errors: FieldErrors,
    is_stale: bool,
) -> Result<Response, Fault> {
    let asked = Asked {
        whose: value_of(fields, "whose").to_owned(),
        cursor: value_of(fields, "cursor").to_owned(),
        lead: Some(id),
        ..Asked::default()
    };
    let words = here.facts.words.clone();
    let mut view = here.deed(move |app, ctx| view(app, ctx, words.locale(ctx.language), &asked)).await?;
    view.form = InboxForm {
        deed: value_of(fields, "deed").to_owned(),
        reason: value_of(fields, "reason").to_owned(),
        reason_note: value_of(fields, "reason_note").to_owned(),
        day: value_of(fields, "day").to_owned(),
        original: value_of(fields, "original").to_owned(),
        duplicate_of: value_of(fields, "duplicate_of").to_owned(),
    };
    // The moment is typed as a day.
    let at_field = |mut problem: model::Problem| {
        if problem.field == "until" {
            "day".clone_into(&mut problem.field);
        }
        problem
    };
    view.errors = FieldErrors(errors.0.into_iter().map(at_field).collect());
    let markup = ui::leads::inbox_page(&here.shell(), &view);
    Ok(if is_stale { here.conflict(markup) } else { here.unprocessable(markup) })
}

fn view(app: &App, ctx: &Ctx, l: Locale<'_>, asked: &Asked) -> Result<InboxView, Error> {
    let choices = inbox::choices(ctx);
    let whose = Whose::from_code(&asked.whose).filter(|whose| choices.contains(whose)).unwrap_or_default();
    let cursor = Some(asked.cursor.clone()).filter(|cursor| !cursor.is_empty());
    let query = InboxQuery { whose, cursor: cursor.clone(), limit: 0 };
    let (page, count) = (inbox::list(app, ctx, &query)?, inbox::count(app, ctx, whose)?);
    let (names, standings) = (Names::read(app, ctx)?, Standings::now(app, ctx)?);
    let first = page.leads.first().map(|lead| LeadId(lead.meta.id));
    // What was asked for may be gone, or somebody else's by now.
    let asked_for = asked.lead.filter(|id| leads::get(app, ctx, *id).is_ok());
    let read = asked_for.or(first);
    let selected = read
        .map(|id| lead_page(app, ctx, l, id, crate::pages::activities::HistoryAsk::default()))
        .transpose()?;
    let is_waiting = match read {
        Some(id) => {
            let lead = leads::get(app, ctx, id)?;
            lead.is_in_inbox(ctx.at) && inbox::may_decide(ctx, &lead)
        }
        None => false,
    };
    let row = |lead: &Lead| InboxRow {
        id: lead.meta.id.to_string(),
        title: lead.title().to_owned(),
        detail: detail(l, lead),
        owner: lead.owner.and_then(|owner| names.get(owner.0)),
        created_at: lead.meta.created_at,
        standing: standings.of(lead),
        was_moved: lead.response.is_some_and(|clock| clock.moved > 0),
    };
    Ok(InboxView {
        whose: whose.as_str().to_owned(),
        choices: choices.into_iter().map(|whose| whose.as_str().to_owned()).collect(),
        count: count.count,
        late: count.late,
        has_more: count.has_more,
        has_target: settings::get(app, ctx)?.first_response_hours.is_some(),
        rows: page.leads.iter().map(row).collect(),
        cursor,
        next_page: page.next,
        selected: selected.map(Box::new),
        is_chosen: asked_for.is_some(),
        is_waiting,
        done: done(app, ctx, asked)?,
        form: InboxForm::default(),
        errors: FieldErrors::default(),
        has_keys: !ctx.caller()?.user.no_shortcuts,
    })
}

/// Person, town and source, as far as they are known.
fn detail(l: Locale<'_>, lead: &Lead) -> String {
    let source = lead.source.map(|source| ui::labels::source(l, source));
    let parts = [person_of(lead), lead.town.clone(), source];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn done(app: &App, ctx: &Ctx, asked: &Asked) -> Result<Option<InboxDone>, Error> {
    let Some(id) = asked.of.filter(|_| !asked.done.is_empty()) else { return Ok(None) };
    let lead = match leads::get(app, ctx, id) {
        Ok(lead) => lead,
        Err(Error::NotFound | Error::Denied) => return Ok(None),
        Err(error) => return Err(error),
    };
    let can_undo = asked.done != "undone" && inbox::can_undo(app, ctx, &lead)?;
    let is_put_off = asked.done == "snoozed" && lead.is_snoozed(ctx.at);
    Ok(Some(InboxDone {
        what: asked.done.clone(),
        id: id.to_string(),
        title: lead.title().to_owned(),
        until: lead.snooze.filter(|_| is_put_off).map(|snooze| snooze.until),
        undo: can_undo.then_some(lead.meta.version),
    }))
}
