//! The company's own colour: one hue in, the accent tokens of the style sheet out, readable whichever hue it is.
//!
//! Lightness and chroma are those of the product's blue. Where a screen cannot show that chroma at that hue it is
//! lowered; where the contrast of WCAG 2.2 is missed by then, the lightness moves until it is there.

use std::fmt::Write as _;

/// WCAG 2.2, 1.4.3: text.
pub const TEXT_CONTRAST: f64 = 4.5;
/// Where the search for contrast ends up a little above the limit, so that rounding cannot go below it.
const TEXT_CONTRAST_WANTED: f64 = 4.6;
/// WCAG 2.2, 1.4.11: focus and borders.
pub const CONTROL_CONTRAST: f64 = 3.0;
/// Steps of lightness and chroma in the search.
const STEP: f64 = 0.005;

/// A colour of a screen: red, green and blue, 0 to 255.
pub type Rgb = [u8; 3];

/// One token in the light and in the dark scheme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    pub light: Rgb,
    pub dark: Rgb,
}

/// The tokens that follow the hue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Accent {
    pub accent: Pair,
    pub strong: Pair,
    pub soft: Pair,
    pub on_accent: Pair,
    pub focus: Pair,
}

/// What text of the accent's colour stands on, besides its own soft colour: canvas, surface and surface-2 of `app.css`.
const LIGHT_SURFACES: [Rgb; 3] = [[249, 250, 252], [255, 255, 255], [241, 244, 247]];
const DARK_SURFACES: [Rgb; 3] = [[16, 20, 25], [23, 28, 34], [32, 38, 45]];

/// The colours of a hue in degrees.
pub fn accent(hue: u16) -> Accent {
    let hue = f64::from(hue);
    let soft = Pair { light: shown(0.95, 0.024, hue), dark: shown(0.31, 0.05, hue) };
    let on_accent = Pair { light: [255, 255, 255], dark: shown(0.19, 0.03, hue) };
    let light_backs: Vec<Rgb> = LIGHT_SURFACES.into_iter().chain([soft.light, on_accent.light]).collect();
    let dark_backs: Vec<Rgb> = DARK_SURFACES.into_iter().chain([soft.dark, on_accent.dark]).collect();
    let darker =
        |lightness, chroma| readable(lightness, chroma, hue, -STEP, &light_backs, TEXT_CONTRAST_WANTED);
    let lighter =
        |lightness, chroma| readable(lightness, chroma, hue, STEP, &dark_backs, TEXT_CONTRAST_WANTED);
    Accent {
        accent: Pair { light: darker(0.50, 0.15), dark: lighter(0.74, 0.12) },
        strong: Pair { light: darker(0.44, 0.15), dark: lighter(0.80, 0.10) },
        focus: Pair { light: darker(0.50, 0.20), dark: lighter(0.80, 0.104) },
        soft,
        on_accent,
    }
}

/// The style sheet that is linked after `app.css`.
pub fn stylesheet(hue: u16) -> String {
    let found = accent(hue);
    let mut css = String::from("@layer tokens {\n  :root {\n");
    for (name, pair) in [
        ("accent", found.accent),
        ("accent-strong", found.strong),
        ("accent-soft", found.soft),
        ("on-accent", found.on_accent),
        ("focus", found.focus),
    ] {
        let _ = writeln!(css, "    --{name}: light-dark({}, {});", hex(pair.light), hex(pair.dark));
    }
    css.push_str("  }\n}\n");
    css
}

/// `#1762b6`.
pub fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The ratio of WCAG 2.2 between two colours, 1 to 21.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The colour nearest to what was asked for that can be read on all of these.
fn readable(mut lightness: f64, chroma: f64, hue: f64, step: f64, backs: &[Rgb], minimum: f64) -> Rgb {
    loop {
        let colour = shown(lightness, chroma, hue);
        let is_readable = backs.iter().all(|back| contrast(colour, *back) >= minimum);
        if is_readable || !(0.05..=0.98).contains(&lightness) {
            return colour;
        }
        lightness += step;
    }
}

/// The colour with as much of the chroma as a screen can show.
fn shown(lightness: f64, mut chroma: f64, hue: f64) -> Rgb {
    let inside = |channels: [f64; 3]| channels.iter().all(|linear| (-0.000_5..=1.000_5).contains(linear));
    while chroma > 0.0 && !inside(linear(lightness, chroma, hue)) {
        chroma -= STEP;
    }
    linear(lightness, chroma.max(0.0), hue).map(encoded)
}

/// Björn Ottosson's matrices, <https://bottosson.github.io/posts/oklab/>.
fn linear(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short,
    ]
}

/// One channel in the 256 steps of a screen. Rounded and clamped before it is cut, so nothing is lost.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn encoded(linear: f64) -> u8 {
    let linear = linear.clamp(0.0, 1.0);
    let encoded = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    (encoded * 255.0).round().clamp(0.0, 255.0) as u8
}

fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every hue there is: the text of links and buttons, on everything they stand on.
    #[test]
    fn every_hue_can_be_read() {
        for hue in 0..=360 {
            let found = accent(hue);
            let schemes = [
                (
                    LIGHT_SURFACES,
                    [found.accent.light, found.strong.light],
                    found.soft.light,
                    found.on_accent.light,
                    found.focus.light,
                ),
                (
                    DARK_SURFACES,
                    [found.accent.dark, found.strong.dark],
                    found.soft.dark,
                    found.on_accent.dark,
                    found.focus.dark,
                ),
            ];
            for (surfaces, accents, soft, on_accent, focus) in schemes {
                for front in accents {
                    for back in surfaces.into_iter().chain([soft, on_accent]) {
                        let ratio = contrast(front, back);
                        assert!(
                            ratio >= TEXT_CONTRAST,
                            "hue {hue}: {} on {} has {ratio:.2}",
                            hex(front),
                            hex(back)
                        );
                    }
                }
                for back in surfaces {
                    assert!(contrast(focus, back) >= CONTROL_CONTRAST, "hue {hue}: focus {}", hex(focus));
                }
            }
        }
    }

    /// The surfaces are those of the style sheet.
    #[test]
    fn surfaces_are_those_of_the_style_sheet() {
        let css = include_str!("../assets/app.css");
        let tokens = [
            "--canvas: light-dark(oklch(98.5% .003 250), oklch(19% .012 255));",
            "--surface: light-dark(#fff, oklch(22.5% .014 255));",
            "--surface-2: light-dark(oklch(96.5% .005 250), oklch(26.5% .016 255));",
        ];
        for token in tokens {
            assert!(css.contains(token), "app.css has other surfaces than brand.rs: {token}");
        }
        let light = [shown(0.985, 0.003, 250.0), [255; 3], shown(0.965, 0.005, 250.0)];
        let dark = [shown(0.19, 0.012, 255.0), shown(0.225, 0.014, 255.0), shown(0.265, 0.016, 255.0)];
        assert_eq!((light, dark), (LIGHT_SURFACES, DARK_SURFACES));
    }

    #[test]
    fn the_style_sheet_sets_the_tokens_in_their_layer() {
        let css = stylesheet(30);
        assert!(css.starts_with("@layer tokens {"), "{css}");
        assert_eq!(css.matches("light-dark(#").count(), 5, "{css}");
    }
}
