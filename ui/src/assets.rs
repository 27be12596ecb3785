//! The files every page needs, inside the binary, under names that carry their content's hash.

use std::sync::LazyLock;

/// Where the server serves [`all`] from: `/static/<path>`, for ever cacheable.
pub const PREFIX: &str = "/static/";

/// One file as the server sends it.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// The name it is kept under in `ui/assets`.
    pub name: &'static str,
    /// The name with the hash of its content, under [`PREFIX`].
    pub path: &'static str,
    pub content_type: &'static str,
    pub bytes: &'static [u8],
}

/// Every asset. What refers to another one comes after it.
pub fn all() -> &'static [Asset] {
    &ASSETS
}

/// The address of an asset of `ui/assets`; a name that does not exist gives an address that is not found.
pub fn asset_url(name: &str) -> &'static str {
    URLS.iter().find(|(known, _)| *known == name).map_or("/static/not-found", |(_, url)| url.as_str())
}

const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";

static FONT: &[u8] = include_bytes!("../assets/inter.woff2");
static ICONS: &[u8] = include_bytes!("../assets/icons.svg");
static FAVICON: &[u8] = include_bytes!("../assets/favicon.svg");
static APP_JS: &[u8] = include_bytes!("../assets/app.js");
static SIGNATURE_JS: &[u8] = include_bytes!("../assets/signature.js");
static QUOTES_CLIENT_CSS: &[u8] = include_bytes!("../assets/quotes-client.css");
static HTMX: &[u8] = include_bytes!("../assets/htmx.min.js");

/// The style sheet names the font by its hashed name.
static APP_CSS: LazyLock<String> =
    LazyLock::new(|| include_str!("../assets/app.css").replace("inter.woff2", &hashed("inter.woff2", FONT)));

/// The manifest names the icon by its hashed name.
static MANIFEST: LazyLock<String> = LazyLock::new(|| {
    include_str!("../assets/manifest.webmanifest").replace("favicon.svg", &hashed("favicon.svg", FAVICON))
});

type Source = (&'static str, &'static str, &'static [u8]);

static SOURCES: LazyLock<[Source; 9]> = LazyLock::new(|| {
    [
        ("inter.woff2", "font/woff2", FONT),
        ("icons.svg", SVG, ICONS),
        ("favicon.svg", SVG, FAVICON),
        ("app.js", JS, APP_JS),
        ("signature.js", JS, SIGNATURE_JS),
        ("quotes-client.css", CSS, QUOTES_CLIENT_CSS),
        ("htmx.min.js", JS, HTMX),
        ("app.css", CSS, APP_CSS.as_bytes()),
        ("manifest.webmanifest", "application/manifest+json", MANIFEST.as_bytes()),
    ]
});

static URLS: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    SOURCES.iter().map(|(name, _, bytes)| (*name, format!("{PREFIX}{}", hashed(name, bytes)))).collect()
});

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    SOURCES
        .iter()
        .zip(URLS.iter())
        .map(|((name, content_type, bytes), (_, url))| Asset {
            name,
            path: url.strip_prefix(PREFIX).unwrap_or(url),
            content_type,
            bytes,
        })
        .collect()
});

/// `app.css` and its content become `app.0123456789abcdef.css`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{:016x}.{extension}", fnv1a(bytes))
}

/// FNV-1a, 64 bits: tells versions of our own files apart, guards against nobody.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_the_hash_and_references_follow_it() {
        assert!(asset_url("app.css").starts_with("/static/app."));
        let font = asset_url("inter.woff2").rsplit('/').next().unwrap();
        let css = all().iter().find(|asset| asset.name == "app.css").unwrap();
        assert!(std::str::from_utf8(css.bytes).unwrap().contains(font));
        assert_eq!(all().len(), 9);
    }

    /// Every icon that the pages name is in the sprite.
    #[test]
    fn icons_exist() {
        let sprite = std::str::from_utf8(ICONS).unwrap();
        for (file, source) in crate::messages::tests::sources() {
            for call in ["icon(\"", "icon: \"", "Icon(\""] {
                for piece in source.split(call).skip(1) {
                    let name = piece.split('"').next().unwrap();
                    assert!(
                        sprite.contains(&format!("id=\"{name}\"")),
                        "{file}: icon {name} is not in icons.svg"
                    );
                }
            }
        }
    }

    /// The budget of the design: what a first visit may weigh, before compression.
    #[test]
    fn assets_stay_small() {
        let size =
            |name: &str| all().iter().find(|asset| asset.name == name).map_or(0, |asset| asset.bytes.len());
        assert!(size("app.css") < 64_000, "app.css {}", size("app.css"));
        assert!(size("app.js") < 16_000, "app.js {}", size("app.js"));
        assert!(size("icons.svg") < 24_000, "icons {}", size("icons.svg"));
        assert!(size("inter.woff2") < 50_000);
    }
}
