//! Proof for the programme that pays: screens of each function, and packs of everything, made by a job. A pack begins
//! anew after a crash: nothing of it counts before its last step.

mod counts;
mod work;

pub use counts::{Evidence, FunctionEvidence, Usage};
pub use work::{Compose, Composed, SheetOut, run_worker, step};

use crate::error::none_of;
use crate::{App, Ctx, Error, documents, imports::File, permissions};
use model::jiff::ToSpan;
use model::uuid::Uuid;
use model::{
    Action, CAPTION_CHARACTERS_MAX, EvidencePack, FieldErrors, Kind, Language, LogoKind, Meta, PackState,
    ProgramFunction, SCREEN_BYTES_MAX, SCREEN_PIXELS_MAX, SCREENS_A_FUNCTION_MAX, Screen, picture_size,
};

/// A pack is handed in within days; who needs it again makes it again.
pub const KEPT_DAYS: i64 = 30;
/// Packs kept at once: each may have some hundred megabytes.
pub const PACKS_MAX: usize = 10;
pub const ZIP_TYPE: &str = "application/zip";

/// The screens, by function in the programme's order.
pub fn screens(app: &App, ctx: &Ctx) -> Result<Vec<Screen>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    all_screens(app)
}

fn all_screens(app: &App) -> Result<Vec<Screen>, Error> {
    let limit = SCREENS_A_FUNCTION_MAX * ProgramFunction::ALL.len();
    let mut screens: Vec<Screen> = app.store.members(Uuid::nil(), limit)?;
    screens.sort_by_key(|screen| (screen.function, screen.meta.id));
    Ok(screens)
}

/// The bytes of a screen.
pub fn screen(app: &App, ctx: &Ctx, id: Uuid) -> Result<(LogoKind, Vec<u8>), Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let screen = app.store.get::<Screen>(id)?.ok_or(Error::NotFound)?;
    Ok((screen.picture, app.documents.get(&screen.sha256).map_err(Error::internal)?))
}

/// Attaches a picture: PNG or JPEG by its first bytes, of a size that can be printed, and whole.
pub fn add_screen(
    app: &App,
    ctx: &Ctx,
    function: &str,
    caption: &str,
    bytes: &[u8],
) -> Result<Screen, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let mut errors = FieldErrors::default();
    let known = ProgramFunction::from_code(function);
    let caption = caption.trim();
    match known {
        None => errors.add("function", "choice", function),
        Some(function) => {
            let there = all_screens(app)?.iter().filter(|screen| screen.function == function).count();
            if there >= SCREENS_A_FUNCTION_MAX {
                errors.add("function", "too-many-screens", SCREENS_A_FUNCTION_MAX.to_string());
            }
        }
    }
    if caption.is_empty() {
        errors.add("caption", "required", "");
    } else if caption.chars().count() > CAPTION_CHARACTERS_MAX {
        errors.add("caption", "too-long", CAPTION_CHARACTERS_MAX.to_string());
    }
    let picture = picture_of(bytes, &mut errors);
    none_of(errors)?;
    let (Some(function), Some(picture)) = (known, picture) else {
        return Err(Error::internal("a screen without problems and without picture"));
    };
    let stored = app.documents.put(bytes, SCREEN_BYTES_MAX as u64).map_err(Error::internal)?;
    let screen = Screen {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        function,
        sha256: stored.sha256,
        picture,
        size_bytes: stored.size_bytes,
        caption: caption.to_owned(),
    };
    let mut write = ctx.write();
    write.create(screen.clone());
    app.commit(write)?;
    Ok(screen)
}

fn picture_of(bytes: &[u8], errors: &mut FieldErrors) -> Option<LogoKind> {
    let picture = LogoKind::of(bytes).filter(|kind| *kind != LogoKind::Webp);
    let pixels = picture_size(bytes).map(|(width, height)| u64::from(width) * u64::from(height));
    if bytes.is_empty() {
        errors.add("file", "file-missing", "");
    } else if bytes.len() > SCREEN_BYTES_MAX {
        errors.add("file", "screen-size", (SCREEN_BYTES_MAX / 1024 / 1024).to_string());
    } else if picture.is_none() {
        errors.add("file", "screen-kind", "");
    } else if pixels.is_some_and(|pixels| pixels > SCREEN_PIXELS_MAX) {
        errors.add("file", "screen-pixels", (SCREEN_PIXELS_MAX / 1_000_000).to_string());
    } else if pixels.is_none_or(|pixels| pixels == 0) || !print::is_picture(bytes) {
        // The engine that will print it cannot read it: better said now than by the job.
        errors.add("file", "screen-broken", "");
    }
    picture
}

/// Takes a screen away, and its bytes if nothing else has the same.
pub fn remove_screen(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let screen = app.store.get::<Screen>(id)?.ok_or(Error::NotFound)?;
    if screen.meta.version != version {
        return Err(app.conflict(&screen, &screen));
    }
    let mut write = ctx.write();
    write.delete(&screen);
    app.commit(write)?;
    let is_logo = app
        .frame()
        .settings
        .as_ref()
        .and_then(|settings| settings.logo.as_ref())
        .is_some_and(|logo| logo.sha256 == screen.sha256);
    if is_logo || all_screens(app)?.iter().any(|other| other.sha256 == screen.sha256) {
        return Ok(());
    }
    documents::remove_bytes(app, &screen.sha256)
}

/// The packs, the latest first.
pub fn packs(app: &App, ctx: &Ctx) -> Result<Vec<EvidencePack>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let mut packs: Vec<EvidencePack> = app.store.members(Uuid::nil(), PACKS_MAX)?;
    packs.sort_by_key(|pack| std::cmp::Reverse(pack.meta.created_at));
    Ok(packs)
}

/// Orders a pack in a language; a worker makes it.
pub fn start(app: &App, ctx: &Ctx, language: &str) -> Result<EvidencePack, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Export)?;
    let language =
        Language::from_code(language).ok_or_else(|| Error::invalid("language", "choice", language))?;
    let packs = packs(app, ctx)?;
    if packs.iter().any(|pack| pack.state.is_working()) {
        return Err(Error::invalid("", "pack-at-work", ""));
    }
    if packs.len() >= PACKS_MAX {
        return Err(Error::invalid("", "too-many-packs", PACKS_MAX.to_string()));
    }
    let pack = EvidencePack {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        owner: ctx.caller()?.user.id(),
        language,
        state: PackState::Waiting,
        sha256: None,
        size_bytes: 0,
        without_screen: Vec::new(),
        failure: None,
        expires_at: ctx.at + (KEPT_DAYS * 24).hours(),
    };
    let mut write = ctx.write();
    write.create(pack.clone());
    app.commit(write)?;
    Ok(pack)
}

/// A pack that is done, to download.
pub fn download(app: &App, ctx: &Ctx, id: Uuid) -> Result<File, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Export)?;
    let pack = app.store.get::<EvidencePack>(id)?.ok_or(Error::NotFound)?;
    let sha256 = pack.sha256.ok_or(Error::NotFound)?;
    let bytes = app.documents.get(&sha256).map_err(Error::internal)?;
    let day = pack.meta.created_at.to_zoned_datetime(crate::settings::get(app, ctx)?.zone()).date();
    Ok(File { name: format!("tracte-{day}.zip"), content_type: ZIP_TYPE, bytes })
}

/// Deletes a pack before its time.
pub fn remove(app: &App, ctx: &Ctx, id: Uuid) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let pack = app.store.get::<EvidencePack>(id)?.ok_or(Error::NotFound)?;
    work::forget(app, ctx.write(), &pack)
}
