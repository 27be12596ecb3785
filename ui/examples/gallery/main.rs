//! Writes every component and page with fixtures to `target/gallery/<language>/*.html`, without any engine.

mod assignment;
mod board;
mod bulk;
mod components;
mod figures;
mod fixtures;
mod identity;
mod imports;
mod lists;
mod logs;
mod merges;
mod own_fields;
mod pages;
mod people;
mod prices;
mod quotes_client;
mod records;
mod scoring;
mod second_factor;
mod settings;
mod trade;
mod web_forms;
mod webhooks;
mod words;

use model::Language;
use std::io;
use std::path::{Path, PathBuf};
use tracte_ui::assets;

fn main() -> io::Result<()> {
    let root = output_folder();
    for language in Language::ALL {
        let folder = root.join(language.code());
        std::fs::create_dir_all(&folder)?;
        let shell = fixtures::shell(language);
        let stranger = fixtures::stranger(language);
        let mut all = pages::of_users(&shell);
        all.extend(pages::of_strangers(&stranger));
        all.extend(people::of_users(&shell));
        all.extend(people::of_strangers(&stranger));
        all.extend(second_factor::of_users(&shell));
        all.extend(second_factor::of_strangers(&stranger));
        all.extend(identity::of_users(&shell));
        all.extend(identity::of_strangers(&stranger));
        all.extend(trade::pages(&shell));
        all.extend(records::pages(&shell));
        all.extend(board::pages(&shell));
        all.extend(prices::pages(&shell));
        all.extend(merges::pages(&shell));
        all.extend(bulk::pages(&shell));
        all.extend(logs::pages(&shell));
        all.extend(settings::pages(&shell));
        all.extend(assignment::pages(&shell));
        all.extend(scoring::pages(&shell));
        all.extend(web_forms::pages(&shell));
        all.extend(webhooks::pages(&shell));
        all.extend(quotes_client::pages(&stranger));
        all.extend(own_fields::pages(&shell));
        all.extend(words::pages(&shell));
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
