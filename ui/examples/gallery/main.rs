//! Writes every component and page with fixtures to `target/gallery/<language>/*.html`, without any engine.

mod components;
mod pages;
mod trade;

use model::jiff::Timestamp;
use model::jiff::tz::TimeZone;
use model::{Language, Role};
use std::io;
use std::path::{Path, PathBuf};
use tracte_ui::{May, Shell, ShellUser, Theme, assets};

/// A page: the name of its file and its markup.
pub(crate) type Named = (&'static str, tracte_ui::Markup);

fn main() -> io::Result<()> {
    let root = output_folder();
    for language in Language::ALL {
        let folder = root.join(language.code());
        std::fs::create_dir_all(&folder)?;
        let shell = shell(language);
        let stranger = Shell { user: None, ..shell.clone() };
        let mut all = pages::of_users(&shell);
        all.extend(pages::of_strangers(&stranger));
        all.extend(trade::pages(&shell));
        all.push(("components", components::page(&shell)));
        for (name, markup) in all {
            write_page(&folder.join(format!("{name}.html")), &markup.into_string())?;
        }
    }
    write_assets(&root.join("static"))
}

/// `target/gallery` of the workspace, or where the build goes.
fn output_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from)
        .join("gallery")
}

/// Pages are opened as files: the assets lie one folder up.
fn write_page(path: &Path, html: &str) -> io::Result<()> {
    std::fs::write(path, html.replace(assets::PREFIX, "../static/"))
}

fn write_assets(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for asset in assets::all() {
        std::fs::write(folder.join(asset.path), asset.bytes)?;
    }
    Ok(())
}

/// 23 November 2026, 17:05 in Girona.
pub(crate) fn now() -> Timestamp {
    "2026-11-23T16:05:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn shell(language: Language) -> Shell {
    Shell {
        language,
        theme: Theme::System,
        company: "Fusteria Casadevall".to_owned(),
        user: Some(ShellUser {
            name: "Marta Puigdomènech i Serra".to_owned(),
            role: Role::Administrator,
            may: May::ALL,
        }),
        path: "/".to_owned(),
        query: String::new(),
        notice: None,
        as_of: None,
        now: now(),
        zone: TimeZone::get("Europe/Madrid").unwrap_or(TimeZone::UTC),
    }
}
