//! The letters: fonts that come with the program, so that a document looks the same on every machine.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Read once: Libertinus Serif, New Computer Modern and DejaVu Sans Mono (their licences are in the README).
static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

pub(crate) fn book() -> &'static LazyHash<FontBook> {
    &FONTS.0
}

pub(crate) fn font(index: usize) -> Option<Font> {
    FONTS.1.get(index).cloned()
}
