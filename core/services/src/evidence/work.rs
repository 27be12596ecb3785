//! The work of a pack, step by step, and the end of those whose time is over.

use super::PACKS_MAX;
use super::counts::{self, Evidence};
use crate::reports::{self, FileFormat};
use crate::{App, Ctx, Error, config_file, printing};
use documents::{Content, ZipEntry};
use model::jiff::Timestamp;
use model::json::Value;
use model::uuid::Uuid;
use model::{Actor, EvidencePack, LogoKind, PackState, ProgramFunction, Screen};
use print::Picture;
use sheets::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What a download holds in memory at most.
const PACK_BYTES_MAX: u64 = documents::GET_BYTES_MAX;
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);
/// The template that prints it.
const TEMPLATE: &str = "evidence";

/// A table among the files behind a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetOut {
    /// `hours`.
    pub name: String,
    pub titles: Vec<String>,
    /// As many cells as titles.
    pub rows: Vec<Vec<String>>,
}

/// What a pack says, in the reader's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// What the template is given.
    pub paper: Value,
    pub sheets: Vec<SheetOut>,
}

/// Puts evidence into the reader's words. A screen is `files/<name of it>` to the template.
pub type Compose<'a> = &'a dyn Fn(&App, &Ctx, &Evidence) -> Composed;

/// The circumstances of whoever ordered a pack.
type CtxFor<'a> = &'a dyn Fn(&EvidencePack) -> Result<Ctx, Error>;

/// Makes packs until told to stop; failures of the machine go to `report`.
pub fn run_worker(
    app: &App,
    ctx_for: CtxFor<'_>,
    compose: Compose<'_>,
    now: &dyn Fn() -> Timestamp,
    stop: &AtomicBool,
    report: &dyn Fn(&Error),
) {
    while !stop.load(Ordering::Acquire) {
        let head = app.head();
        match step(app, ctx_for, compose, now()) {
            Ok(true) => {}
            Ok(false) => {
                app.store.wait_past(head, WAIT);
            }
            Err(error) => {
                report(&error);
                app.store.wait_past(u64::MAX, WAIT);
            }
        }
    }
}

/// One pack that waits, whole; then what has expired goes. Whether there was anything to do.
pub fn step(app: &App, ctx_for: CtxFor<'_>, compose: Compose<'_>, at: Timestamp) -> Result<bool, Error> {
    let waiting: Vec<EvidencePack> = app.store.members(EvidencePack::WORKING, PACKS_MAX)?;
    for pack in &waiting {
        let made = ctx_for(pack).and_then(|ctx| make(app, &ctx, pack.meta.id, compose));
        if let Err(error) = made {
            give_up(app, at, pack.meta.id, &error)?;
        }
    }
    let packs: Vec<EvidencePack> = app.store.members(Uuid::nil(), PACKS_MAX)?;
    for pack in packs.iter().filter(|pack| !pack.state.is_working() && pack.expires_at <= at) {
        forget(app, by_itself(at, pack), pack)?;
    }
    Ok(!waiting.is_empty())
}

fn make(app: &App, ctx: &Ctx, id: Uuid, compose: Compose<'_>) -> Result<(), Error> {
    let evidence = counts::gather(app, ctx)?;
    let without_screen: Vec<ProgramFunction> = evidence
        .functions
        .iter()
        .filter(|function| function.screens.is_empty())
        .map(|function| function.function)
        .collect();
    reach(app, ctx, id, |pack| EvidencePack { state: PackState::Printing, without_screen, ..pack })?;
    let composed = compose(app, ctx, &evidence);
    let screens: Vec<&Screen> = evidence.functions.iter().flat_map(|function| &function.screens).collect();
    let pictures: Result<Vec<Picture>, Error> = screens
        .iter()
        .map(|screen| {
            let bytes = app.documents.get(&screen.sha256).map_err(Error::internal)?;
            Ok(Picture { name: screen_name(&evidence, screen), bytes })
        })
        .collect();
    let pdf = printing::print(app, ctx, TEMPLATE, &composed.paper, &pictures?)?;
    reach(app, ctx, id, |pack| EvidencePack { state: PackState::Packing, ..pack })?;
    let mut entries = vec![ZipEntry { path: "evidence.pdf".to_owned(), content: Content::Bytes(pdf.bytes) }];
    for sheet in composed.sheets {
        entries.push(csv(ctx, sheet)?);
    }
    let configuration = config_file::export(app, ctx)?.into_bytes();
    entries.push(ZipEntry { path: "configuration.toml".to_owned(), content: Content::Bytes(configuration) });
    for screen in screens {
        let path = format!("screens/{}", screen_name(&evidence, screen));
        entries.push(ZipEntry { path, content: Content::Document(screen.sha256.clone()) });
    }
    let stored = app.documents.put_zip(&entries, PACK_BYTES_MAX).map_err(Error::internal)?;
    reach(app, ctx, id, |pack| EvidencePack {
        state: PackState::Done,
        sha256: Some(stored.sha256),
        size_bytes: stored.size_bytes,
        ..pack
    })
}

/// `leads-1.png`: the same name in the ZIP, in the PDF's data and on the page.
pub(crate) fn screen_name(evidence: &Evidence, screen: &Screen) -> String {
    let of = evidence.functions.iter().find(|function| function.function == screen.function);
    let index = of.and_then(|of| of.screens.iter().position(|other| other.meta.id == screen.meta.id));
    let ending = match screen.picture {
        LogoKind::Png => "png",
        LogoKind::Jpeg => "jpg",
        LogoKind::Webp => "webp",
    };
    format!("{}-{}.{ending}", screen.function.as_str(), index.unwrap_or_default() + 1)
}

impl Evidence {
    /// What a screen is called in the pack.
    pub fn file_of(&self, screen: &Screen) -> String {
        screen_name(self, screen)
    }
}

fn csv(ctx: &Ctx, sheet: SheetOut) -> Result<ZipEntry, Error> {
    let kinds = vec![sheets::Kind::Text; sheet.titles.len()];
    let rows = sheet.rows.into_iter().map(|row| row.into_iter().map(Cell::Text).collect());
    let file = reports::file(&sheet.name, ctx, FileFormat::Csv, &sheet.titles, &kinds, rows)?;
    Ok(ZipEntry { path: format!("{}.csv", sheet.name), content: Content::Bytes(file.bytes) })
}

/// The next step of a pack, written down.
fn reach(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    next: impl FnOnce(EvidencePack) -> EvidencePack,
) -> Result<(), Error> {
    let before = app.store.get::<EvidencePack>(id)?.ok_or(Error::NotFound)?;
    let after = next(before.clone());
    if after == before {
        return Ok(());
    }
    let mut write = ctx.write();
    write.update(&before, after);
    app.commit(write).map(|_| ())
}

/// Says on the pack what went wrong instead of trying for ever.
fn give_up(app: &App, at: Timestamp, id: Uuid, error: &Error) -> Result<(), Error> {
    let Some(before) = app.store.get::<EvidencePack>(id)? else { return Ok(()) };
    let failure = match error {
        Error::Invalid(errors) => errors.0.first().map(|problem| problem.detail.clone()).unwrap_or_default(),
        other => other.code().to_owned(),
    };
    let mut write = by_itself(at, &before);
    write
        .update(&before, EvidencePack { state: PackState::Failed, failure: Some(failure), ..before.clone() });
    app.commit(write).map(|_| ())
}

fn by_itself(at: Timestamp, pack: &EvidencePack) -> store::Write {
    store::Write::new(at, Actor::SYSTEM, &format!("evidence-{}", pack.meta.id))
}

/// The record first: bytes that no record names are only space.
pub(super) fn forget(app: &App, mut write: store::Write, pack: &EvidencePack) -> Result<(), Error> {
    write.delete(pack);
    app.commit(write)?;
    match &pack.sha256 {
        Some(sha256) => crate::documents::remove_bytes(app, sha256),
        None => Ok(()),
    }
}
