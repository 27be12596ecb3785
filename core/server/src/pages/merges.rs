//! Several records become one: the page that asks, what came of it and the way back; pairs that may be the same one; and
//! what resembles a record while it is typed.

use super::conversion::candidate;
use super::fields::value_of;
use super::leads::columns::{Columns, label_of};
use super::records::{Of, draft_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{FieldErrors, Kind, LeadId, MERGED_MAX};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::duplicates::{self, Duplicate};
use services::merges::{self, MergeDraft};
use services::{App, Ctx, Error, leads, records, users};
use std::collections::BTreeMap;
use ui::merges::{
    Alike, ApartLine, DuplicateMay, Left, MergeChoice, MergeLine, MergeOne, MergePage, MergedPage, PairLine,
    PairsPage,
};
use ui::{Locale, Shell};

type Fields = Vec<(String, String)>;

/// The notice of a merge.
const MERGED: &str = "merged";

pub(crate) fn entries() -> Vec<Entry> {
    let merge = "change the one that stays, delete the others";
    let see = "see such records: own, team or all";
    let both = "change both records";
    let mut entries = Vec::new();
    for path in model::MATCHED.into_iter().filter_map(model::path_of) {
        let at = |rest: &str| format!("{path}{rest}");
        entries.extend([
            page(Method::GET, &at("/duplicates"), see, pairs),
            page(Method::POST, &at("/resembling"), "create or change such records", resembling),
            page(Method::POST, &at("/bulk/merge"), merge, choose),
            page(Method::GET, &at("/:id/merge"), merge, ask),
            page(Method::POST, &at("/:id/merge"), merge, merge_them),
        ]);
    }
    entries.extend([
        page(Method::GET, "/merges/:id", "see what came of it", show),
        page(Method::POST, "/merges/:id/undo", "change what came of it, create such records", undo),
        page(Method::POST, ui::merges::APART, both, set_apart),
        page(Method::POST, &format!("{}/:id/again", ui::merges::APART), both, compare_again),
    ]);
    entries
}

/// Those that have a tick, on one page.
#[handler]
async fn choose(here: Here, Of(kind): Of, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let ids = super::bulk::ids_of(&fields);
    let path = model::path_of(kind).unwrap_or_default();
    match ids.split_first() {
        Some((first, others)) if (1..MERGED_MAX).contains(&others.len()) => {
            let with: Vec<String> = others.iter().map(|id| format!("with={id}")).collect();
            Ok(here.go(&format!("{path}/{first}/merge?{}", with.join("&"))))
        }
        _ => Ok(here.go_with_notice(path, "merge-choose")),
    }
}

#[handler]
async fn ask(here: Here, Of(kind): Of, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let others = here.queries("with").map(|id| here.id::<Uuid>(id)).collect::<Result<Vec<Uuid>, Fault>>()?;
    let ids: Vec<Uuid> = [id].into_iter().chain(others).collect();
    let words = here.facts.words.clone();
    let asked = move |app: &App, ctx: &Ctx| {
        view_of(app, ctx, words.locale(ctx.language), kind, &ids, &Asked::default())
    };
    match here.try_deed(asked).await? {
        Ok(view) => Ok(here.page(ui::merges::merge_page(&here.shell(), &view))),
        // One alone, or too many: the list is where others are chosen.
        Err(Error::Invalid(_)) => {
            Ok(here.go_with_notice(model::path_of(kind).unwrap_or_default(), "merge-choose"))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn merge_them(
    here: Here,
    Of(kind): Of,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (ids, draft) = typed(id, &fields);
    let path = model::path_of(kind).unwrap_or_default();
    let wanted = draft.clone();
    let done = here.try_deed(move |app, ctx| merges::merge(app, ctx, kind, &wanted)).await?;
    let (errors, is_stale) = match done {
        Ok(merge) => return Ok(here.go_with_notice(&format!("{path}/{}", merge.answers), MERGED)),
        Err(Error::Invalid(errors)) => (errors, false),
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            (errors, true)
        }
        Err(error) => return Err(error.into()),
    };
    let words = here.facts.words.clone();
    let asked = Asked { draft: Some(draft), errors };
    let view = here
        .try_deed(move |app, ctx| view_of(app, ctx, words.locale(ctx.language), kind, &ids, &asked))
        .await?;
    match view {
        Ok(view) => {
            let markup = ui::merges::merge_page(&here.shell(), &view);
            Ok(if is_stale { here.conflict(markup) } else { here.unprocessable(markup) })
        }
        Err(Error::Invalid(_)) => Ok(here.go_with_notice(path, "merge-choose")),
        Err(error) => Err(error.into()),
    }
}

/// What a form said, and what was wrong with it.
#[derive(Default)]
struct Asked {
    draft: Option<MergeDraft>,
    errors: FieldErrors,
}

/// The records that a form is about, the one in the address first, and what it wants.
fn typed(id: Uuid, fields: &Fields) -> (Vec<Uuid>, MergeDraft) {
    let mut versions = BTreeMap::new();
    let mut ids = vec![id];
    for (_, text) in fields.iter().filter(|(name, _)| name == "record") {
        let Some((record, version)) = text.split_once(':') else { continue };
        if let (Ok(record), Ok(version)) = (record.parse::<Uuid>(), version.parse()) {
            versions.insert(record, version);
            if !ids.contains(&record) {
                ids.push(record);
            }
        }
    }
    let survivor = value_of(fields, "survivor").parse::<Uuid>().ok().filter(|one| ids.contains(one));
    let survivor = survivor.unwrap_or(id);
    let take = |(name, text): &(String, String)| {
        Some((name.strip_prefix("take.")?.to_owned(), text.parse::<Uuid>().ok()?))
    };
    let draft = MergeDraft {
        survivor,
        others: ids.iter().copied().filter(|one| *one != survivor).collect(),
        versions,
        take: fields.iter().filter_map(take).collect(),
    };
    (ids, draft)
}

fn view_of(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    kind: Kind,
    ids: &[Uuid],
    asked: &Asked,
) -> Result<MergePage, Error> {
    let offer = merges::offer(app, ctx, kind, ids)?;
    let columns = Columns::chosen(app, ctx, l, kind, &[])?;
    let one = |(record, linked): (&records::Record, &usize)| MergeOne {
        id: record.about().id.to_string(),
        title: record.name(),
        version: record.about().version,
        created_at: record.about().created_at,
        updated_at: record.about().updated_at,
        linked: *linked as u64,
        has_more: *linked >= merges::LINKED_COUNTED_MAX,
        may_stay: offer.may_stay.contains(&record.about().id),
    };
    let chosen = |key: &str, usual: usize| {
        let taken = asked.draft.as_ref().and_then(|draft| draft.take.get(key));
        let place = |id: &Uuid| offer.records.iter().position(|record| record.about().id == *id);
        taken.and_then(place).unwrap_or(usual)
    };
    let line = |choice: &merges::Choice| MergeChoice {
        key: choice.field.key.clone(),
        label: label_of(l, kind, &choice.field),
        values: choice.values.iter().map(|value| columns.words(&choice.field, value)).collect(),
        chosen: chosen(&choice.field.key, choice.usual),
    };
    let differing = || offer.choices.iter().filter(|choice| choice.differs());
    // The fields of an address are one line where they differ, at the place of the first one.
    let address_place = differing().position(merges::Choice::is_of_address);
    let is_alone = |choice: &&merges::Choice| address_place.is_none() || !choice.is_of_address();
    let mut choices: Vec<MergeChoice> = differing().filter(is_alone).map(line).collect();
    if let Some(place) = address_place {
        let parts: Vec<&merges::Choice> =
            offer.choices.iter().filter(|choice| choice.is_of_address()).collect();
        let usual = parts.first().map_or(0, |part| part.usual);
        choices.insert(place, whole_address(l, &columns, &parts, chosen(ADDRESS, usual)));
    }
    let same = offer.choices.iter().filter(|choice| !choice.differs()).filter(is_alone);
    let survivor = asked.draft.as_ref().map(|draft| draft.survivor);
    let survivor = survivor.filter(|id| offer.may_stay.contains(id)).unwrap_or(offer.survivor);
    Ok(MergePage {
        kind,
        records: offer.records.iter().zip(&offer.linked).map(one).collect(),
        survivor: survivor.to_string(),
        choices,
        same: same.map(line).collect(),
        errors: asked.errors.clone(),
    })
}

/// The field by which a whole address is chosen.
const ADDRESS: &str = "address";

/// The address of each record in one line, of which one stays.
fn whole_address(
    l: Locale<'_>,
    columns: &Columns<'_>,
    parts: &[&merges::Choice],
    chosen: usize,
) -> MergeChoice {
    let said = |place: usize| {
        let words = parts.iter().filter_map(|part| Some(columns.words(&part.field, part.values.get(place)?)));
        words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let records = parts.first().map_or(0, |part| part.values.len());
    MergeChoice {
        key: ADDRESS.to_owned(),
        label: ui::merges::address_label(l),
        values: (0..records).map(said).collect(),
        chosen,
    }
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let view = here.deed(move |app, ctx| merged(app, ctx, id)).await?;
    Ok(here.page(ui::merges::merged_page(&here.shell(), &view)))
}

#[handler]
async fn undo(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    match here.try_deed(move |app, ctx| merges::undo(app, ctx, id)).await? {
        Ok(_) => Ok(here.go_with_notice(&format!("/merges/{id}"), "merge-undone")),
        // The page says what is in the way, as of now.
        Err(Error::Invalid(_)) => Ok(here.go(&format!("/merges/{id}"))),
        Err(error) => Err(error.into()),
    }
}

fn merged(app: &App, ctx: &Ctx, id: Uuid) -> Result<MergedPage, Error> {
    let merge = merges::get(app, ctx, id)?;
    let titles = merges::former_titles(app, &merge)?;
    let title = |id: &Uuid| titles.iter().find(|(one, _)| one == id).map(|(_, title)| title.clone());
    let answers = services::links::name(app, ctx, merge.entity, merge.answers)?.unwrap_or_default();
    let left = |left: &model::Left| Left {
        record: title(&left.record).unwrap_or_else(|| answers.clone()),
        field: left.field.clone(),
        why: left.why,
    };
    let in_the_way = in_the_way(app, ctx, &merge)?;
    let by =
        merge.meta.created_by.user.map(|user| users::names(app, ctx).map(|names| names.get(&user).cloned()));
    Ok(MergedPage {
        id: id.to_string(),
        kind: merge.entity,
        at: merge.meta.created_at,
        by: by.transpose()?.flatten(),
        answers: (merge.answers.to_string(), answers.clone()),
        absorbed: merge.absorbed.iter().map(|id| (id.to_string(), title(id).unwrap_or_default())).collect(),
        moved: u64::from(merge.moved),
        taken: merge.taken.clone(),
        keys: merge.keys.clone(),
        undo_until: in_the_way.is_some().then(|| merge.undo_until()),
        in_the_way: in_the_way.unwrap_or_default(),
        undone: merge.undone.as_ref().map(|undone| {
            let lines = undone.left.iter().map(left).collect();
            (undone.at, u64::from(undone.moved), lines, u64::from(undone.left_count))
        }),
    })
}

/// What keeps a merge from being taken back; nothing for those who may not do it at all.
fn in_the_way(app: &App, ctx: &Ctx, merge: &model::Merge) -> Result<Option<FieldErrors>, Error> {
    match merges::in_the_way(app, ctx, merge) {
        Ok(in_the_way) => Ok(Some(in_the_way)),
        Err(Error::Denied | Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The frame of a record's page: where it says that it was merged just now, with the way back.
pub(super) fn shell_of(here: &Here, alike: &Alike) -> Shell {
    let is_said = here.query("notice") == Some(MERGED);
    let last = alike.merges.first().filter(|merge| is_said && merge.may_undo);
    Shell { notice_undo: last.map(|merge| ui::merges::undo_action(&merge.id)), ..here.shell() }
}

#[handler]
async fn pairs(here: Here, Of(kind): Of) -> Result<Response, Fault> {
    let from = here.query("from").map(str::to_owned);
    let view = here
        .deed(move |app, ctx| {
            let page = duplicates::pairs(app, ctx, kind, from.as_deref())?;
            let side = |record: &records::Record, by: &[model::MatchBy]| {
                let shown = candidate(record.as_ref(), by);
                (shown.id, shown.title, shown.below)
            };
            let line = |pair: &duplicates::Pair| PairLine {
                one: side(&pair.one, &pair.by),
                other: side(&pair.other, &pair.by),
                by: pair.by.clone(),
            };
            let named =
                |record: &records::Record| (record.entity(), record.about().id.to_string(), record.name());
            let apart = |apart: duplicates::Apart| ApartLine {
                id: apart.id.to_string(),
                one: named(&apart.one),
                other: named(&apart.other),
                at: apart.said.created_at,
            };
            Ok(PairsPage {
                kind,
                pairs: page.pairs.iter().map(line).collect(),
                next: page.next,
                is_later: from.is_some(),
                apart: duplicates::set_apart_of(app, ctx, kind)?.into_iter().map(apart).collect(),
                may: may(ctx, kind),
            })
        })
        .await?;
    Ok(here.page(ui::merges::pairs_page(&here.shell(), &view)))
}

fn may(ctx: &Ctx, kind: Kind) -> DuplicateMay {
    DuplicateMay {
        merge: merges::may(ctx, kind),
        set_apart: services::permissions::may(ctx, kind, model::Action::Change),
    }
}

#[handler]
async fn set_apart(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let named = |kind: &str, id: &str| {
        let kind = value_of(&fields, kind).parse::<Kind>().map_err(|()| Fault::not_found())?;
        Ok::<_, Fault>((kind, here.id::<Uuid>(value_of(&fields, id))?))
    };
    let (one, other) = (named("one_kind", "one")?, named("other_kind", "other")?);
    here.deed(move |app, ctx| duplicates::set_apart(app, ctx, one, other)).await?;
    let path = model::path_of(one.0).unwrap_or_default();
    let back = match value_of(&fields, "from") {
        "list" => format!("{path}/duplicates"),
        _ => format!("{path}/{}", one.1),
    };
    Ok(here.go_with_notice(&back, "set-apart"))
}

#[handler]
async fn compare_again(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    here.deed(move |app, ctx| duplicates::compare_again(app, ctx, id)).await?;
    let kind = value_of(&fields, "entity").parse::<Kind>().ok().filter(|kind| merges::is_mergeable(*kind));
    let path = kind.and_then(model::path_of).unwrap_or("/companies");
    Ok(here.go_with_notice(&format!("{path}/duplicates"), "compare-again"))
}

/// What resembles the record as far as it is typed: a part of its form, asked for while somebody types.
#[handler]
async fn resembling(here: Here, Of(kind): Of, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let edited = value_of(&fields, "edited").parse::<Uuid>().ok();
    let found = here.deed(move |app, ctx| found_for(app, ctx, kind, edited, &fields)).await?;
    let found: Vec<_> = found.iter().map(|one| candidate(one.record.as_ref(), &one.by)).collect();
    Ok(here.page(ui::merges::fragment(here.shell().locale(), &found)))
}

fn found_for(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    edited: Option<Uuid>,
    fields: &Fields,
) -> Result<Vec<Duplicate>, Error> {
    match kind {
        Kind::Lead => leads::resembling(app, ctx, edited.map(LeadId), &super::leads::draft_of(fields)),
        kind => records::resembling(app, ctx, kind, edited, &draft_of(kind, fields)),
    }
}

/// What is known of records that are, or may be, the same as this one: the card of its page.
pub(super) fn alike(app: &App, ctx: &Ctx, record: &dyn model::AnyRecord) -> Result<Alike, Error> {
    let (kind, id) = (record.entity(), record.about().id);
    if !merges::is_mergeable(kind) {
        return Ok(Alike::default());
    }
    let found = duplicates::of_record(app, ctx, record)?;
    let mut lines = Vec::new();
    for merge in merges::of(app, ctx, kind, id)? {
        if merge.is_in_force() && merge.answers == id {
            let titles = merges::former_titles(app, &merge)?.into_iter().map(|(_, title)| title).collect();
            let may_undo = in_the_way(app, ctx, &merge)?.is_some_and(|errors| errors.is_empty());
            let id = merge.meta.id.to_string();
            lines.push(MergeLine { id, at: merge.meta.created_at, titles, may_undo });
        }
    }
    let can_change = services::permissions::require_record(ctx, record, model::Action::Change).is_ok();
    let may = may(ctx, kind);
    let is_asked = !may.merge && found.iter().any(|one| one.record.entity() == kind);
    Ok(Alike {
        mergers: if is_asked { merges::who_may(app, ctx, record)? } else { Vec::new() },
        found: found.iter().map(|one| candidate(one.record.as_ref(), &one.by)).collect(),
        may: DuplicateMay { merge: may.merge, set_apart: may.set_apart && can_change },
        merges: lines,
    })
}

/// What records were called that merges in these changes are about.
pub(super) fn names_in(
    app: &App,
    ctx: &Ctx,
    changes: &[model::Change],
) -> Result<BTreeMap<Uuid, String>, Error> {
    let mut names = BTreeMap::new();
    for merge in changes.iter().filter_map(model::Change::record::<model::Merge>) {
        names.extend(merges::former_titles(app, &merge)?);
        if let Some(name) = services::links::name(app, ctx, merge.entity, merge.survivor)? {
            names.insert(merge.survivor, name);
        }
    }
    Ok(names)
}

/// Whether a form may be saved though something like it is there: its second button says so.
pub(super) fn on_duplicate(fields: &[(String, String)]) -> duplicates::OnDuplicate {
    match value_of(fields, "duplicates") {
        "allow" => duplicates::OnDuplicate::Allow,
        _ => duplicates::OnDuplicate::Refuse,
    }
}

/// The records because of which a form came back.
pub(super) fn known(known: &[services::Known]) -> ui::merges::Resembling {
    let found = known.iter().map(|one| ui::conversion::Candidate {
        kind: one.kind,
        id: one.id.to_string(),
        title: one.title.clone(),
        below: Vec::new(),
        by: one.by.clone(),
    });
    ui::merges::Resembling { found: found.collect(), is_refused: true }
}
